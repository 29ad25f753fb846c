//! Procedures: what `CALL name(...)` runs, one file per family.
//!
//! | file | procedures |
//! |---|---|
//! | [`names`] | `ailand.find` |
//! | [`neighbors`] | `ailand.neighbors` |
//! | [`paths`] | `ailand.paths` |
//! | [`measures`] | `ailand.degree`, `ailand.pagerank`, `ailand.betweenness` |
//! | [`groups`] | `ailand.communities`, `ailand.components` |
//! | [`coinvestors`] | `ailand.coinvestors` |
//! | [`claims`] | `ailand.claims` |
//! | [`schema`] | `db.labels`, `db.relationshipTypes`, `db.propertyKeys`, `db.schema.*` |
//! | [`library`] | `dbms.procedures`, `dbms.functions` |
//!
//! They see what the statement has changed so far: [`ground`] builds the graph that they walk.

mod claims;
mod coinvestors;
mod ground;
mod groups;
mod library;
mod measures;
mod names;
mod neighbors;
mod paths;
mod schema;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use super::check::{Signature, Signatures};
use super::run::Context;
use super::value::{Types, Value, equals};
use super::{Detail, Kind, QueryError};

/// The families, in the order in which the help shows them.
const FAMILIES: &[fn() -> Vec<Procedure>] = &[
    names::procedures,
    neighbors::procedures,
    paths::procedures,
    measures::procedures,
    groups::procedures,
    coinvestors::procedures,
    claims::procedures,
    schema::procedures,
    library::procedures,
];

/// What a procedure does with its arguments.
type Body = fn(&[Value], &mut Context) -> Result<Vec<Vec<Value>>, QueryError>;

/// A named way to make rows.
#[derive(Debug)]
pub(crate) struct Procedure {
    name: String,
    inputs: Vec<(String, Types)>,
    outputs: Vec<(String, Types)>,
    /// How many of the inputs must be given.
    required: usize,
    /// One sentence on what it does; empty for a table of rows.
    doc: &'static str,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// Code of ours.
    Body(Body),
    /// Rows that are listed: first the inputs, then the outputs.
    Table(Vec<Vec<Value>>),
}

impl Procedure {
    /// A procedure of ours that needs all its inputs.
    fn new(name: &str, inputs: &[(&str, Types)], outputs: &[(&str, Types)], doc: &'static str, body: Body) -> Self {
        let owned =
            |fields: &[(&str, Types)]| fields.iter().map(|(name, types)| ((*name).to_owned(), *types)).collect();
        let (inputs, outputs): (Vec<_>, Vec<_>) = (owned(inputs), owned(outputs));
        Self { name: name.to_owned(), required: inputs.len(), inputs, outputs, doc, source: Source::Body(body) }
    }

    /// The same with only the first inputs required.
    fn requiring(self, required: usize) -> Self {
        Self { required, ..self }
    }

    /// How many of the inputs a call needs at least.
    pub(crate) fn required(&self) -> usize {
        self.required
    }

    /// One sentence on what it does.
    pub(crate) fn doc(&self) -> &'static str {
        self.doc
    }

    /// The name with its namespace.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The names of the inputs.
    pub(crate) fn inputs(&self) -> impl ExactSizeIterator<Item = &str> {
        self.inputs.iter().map(|(name, _)| name.as_str())
    }

    /// The names of the columns.
    pub(crate) fn outputs(&self) -> impl ExactSizeIterator<Item = &str> {
        self.outputs.iter().map(|(name, _)| name.as_str())
    }

    /// The rows for these arguments.
    ///
    /// # Errors
    /// When an argument has the wrong type, or as its documentation says.
    pub(crate) fn call(&self, arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
        match &self.source {
            Source::Body(body) => {
                for ((name, types), value) in self.inputs.iter().zip(arguments) {
                    // Integers are taken where numbers with a fraction are.
                    let types = if types.meets(Types::FLOAT) { *types | Types::INT } else { *types };
                    if !types.admit(value) {
                        let message = format!("{}: {name} must be {types}, found {}", self.name, value.kind());
                        return Err(QueryError::run(Kind::TypeError, Detail::InvalidArgumentType, message));
                    }
                }
                // Nothing is known about what is not known.
                if arguments.iter().take(self.required).any(Value::is_null) {
                    return Ok(Vec::new());
                }
                body(arguments, context)
            }
            Source::Table(rows) => {
                let fits = |row: &&Vec<Value>| {
                    row.iter().zip(arguments).all(|(own, given)| equals(own, given) == Some(true) || own == given)
                };
                Ok(rows.iter().filter(fits).map(|row| row.iter().skip(self.inputs.len()).cloned().collect()).collect())
            }
        }
    }
}

impl fmt::Display for Procedure {
    /// The call as the help shows it: `ailand.find(text[, limit]) YIELD node, name, why`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (at, (name, _)) in self.inputs.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            if at >= self.required { write!(f, "[{comma}{name}]")? } else { write!(f, "{comma}{name}")? }
        }
        f.write_str(")")?;
        let outputs: Vec<&str> = self.outputs().collect();
        if outputs.is_empty() { Ok(()) } else { write!(f, " YIELD {}", outputs.join(", ")) }
    }
}

/// Procedures that statements may call.
#[derive(Debug, Clone, Default)]
pub struct Procedures {
    by_name: Arc<BTreeMap<String, Arc<Procedure>>>,
}

impl Procedures {
    /// The project's procedures.
    #[must_use]
    pub fn standard() -> Self {
        static STANDARD: LazyLock<Procedures> = LazyLock::new(|| {
            let all = FAMILIES.iter().flat_map(|family| family());
            Procedures {
                by_name: Arc::new(all.map(|procedure| (procedure.name.clone(), Arc::new(procedure))).collect()),
            }
        });
        STANDARD.clone()
    }

    /// The procedure of that name, in any case of letters.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Procedure>> {
        let alike = || self.by_name.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, own)| own);
        self.by_name.get(name).or_else(alike).cloned()
    }

    /// Every procedure, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.by_name.values()
    }

    /// Adds a procedure whose rows are listed: each has the inputs, then the outputs. Names stand with their types, such as
    /// `("name", "STRING?")`; a type that is not known means any.
    pub fn add_table(&mut self, name: &str, inputs: &[(&str, &str)], outputs: &[(&str, &str)], rows: Vec<Vec<Value>>) {
        let typed = |fields: &[(&str, &str)]| {
            fields
                .iter()
                .map(|(field, types)| ((*field).to_owned(), Types::named(types).unwrap_or(Types::ANY)))
                .collect()
        };
        let (inputs, outputs): (Vec<_>, Vec<_>) = (typed(inputs), typed(outputs));
        let required = inputs.len();
        let procedure =
            Procedure { name: name.to_owned(), inputs, outputs, required, doc: "", source: Source::Table(rows) };
        Arc::make_mut(&mut self.by_name).insert(name.to_owned(), Arc::new(procedure));
    }

    /// These procedures and those of `more`.
    pub(crate) fn extend(&mut self, more: &Self) {
        if more.by_name.is_empty() {
            return;
        }
        let own = Arc::make_mut(&mut self.by_name);
        own.extend(more.by_name.iter().map(|(name, procedure)| (name.clone(), Arc::clone(procedure))));
    }
}

impl Signatures for Procedures {
    fn signature(&self, name: &str) -> Option<Signature> {
        let procedure = self.get(name)?;
        let typed = |fields: &[(String, Types)]| -> Vec<(Arc<str>, Types)> {
            fields.iter().map(|(name, types)| (Arc::from(name.as_str()), *types)).collect()
        };
        let required = procedure.required;
        Some(Signature { arguments: typed(&procedure.inputs), required, columns: typed(&procedure.outputs) })
    }

    fn names(&self) -> Vec<String> {
        self.iter().map(|procedure| procedure.name().to_owned()).collect()
    }
}

/// An optional argument: `None` when it is not given, or null.
fn given(arguments: &[Value], at: usize) -> Option<&Value> {
    arguments.get(at).filter(|value| !value.is_null())
}

/// A whole number that is given, of at least `least`.
fn whole(arguments: &[Value], at: usize, name: &str, least: i64, default: i64) -> Result<usize, QueryError> {
    let number = match given(arguments, at) {
        Some(Value::Int(number)) => *number,
        _ => default,
    };
    if number < least {
        return Err(invalid(format!("{name} must be {least} or more, found {number}")));
    }
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

fn invalid(message: String) -> QueryError {
    QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message)
}

/// What rows of so many columns take, roughly.
fn size_of_rows(rows: usize, columns: usize) -> usize {
    rows.saturating_mul(columns * size_of::<Value>() + size_of::<Vec<Value>>())
}
