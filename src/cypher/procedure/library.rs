//! What can be called.

use super::super::QueryError;
use super::super::function::{FAMILIES, aggregate::AGGREGATES};
use super::super::run::Context;
use super::super::value::{Types, Value};
use super::{Procedure, Procedures};

pub(super) fn procedures() -> Vec<Procedure> {
    let text = Types::TEXT;
    vec![
        Procedure::new(
            "dbms.procedures",
            &[],
            &[("name", text), ("signature", text), ("description", text)],
            "The procedures of the project.",
            all_procedures,
        ),
        Procedure::new(
            "dbms.functions",
            &[],
            &[("name", text), ("signature", text), ("category", text), ("description", text)],
            "The functions and aggregates of the language.",
            all_functions,
        ),
    ]
}

fn all_procedures(_: &[Value], _: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let standard = Procedures::standard();
    let row =
        |procedure: &Procedure| vec![procedure.name().into(), procedure.to_string().into(), procedure.doc().into()];
    Ok(standard.iter().map(|procedure| row(procedure)).collect())
}

fn all_functions(_: &[Value], _: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let mut rows = Vec::new();
    for (family, functions) in FAMILIES {
        for function in *functions {
            let signature = function.to_string();
            rows.push(vec![function.name.into(), signature.into(), (*family).into(), function.doc.into()]);
        }
    }
    for aggregate in AGGREGATES {
        let names: Vec<&str> = aggregate.arguments.iter().map(|argument| argument.name).collect();
        let signature = format!("{}({})", aggregate.name, names.join(", "));
        rows.push(vec![aggregate.name.into(), signature.into(), "aggregates".into(), aggregate.doc.into()]);
    }
    Ok(rows)
}
