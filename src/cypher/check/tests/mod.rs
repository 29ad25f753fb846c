//! Tests of the checks.

mod context;
mod errors;
mod kit;
mod noise;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CheckContext, Signature, Signatures, check};
use crate::cypher::error::QueryError;
use crate::cypher::syntax::{SyntaxLimits, parse};
use crate::cypher::value::{Map, Types, Value};

/// Procedures from signatures as the compatibility kit writes them: `test.my.proc(name :: STRING?) :: (city :: STRING?)`.
#[derive(Default)]
struct Procedures(BTreeMap<String, Signature>);

impl Procedures {
    fn new<'s>(signatures: impl IntoIterator<Item = &'s str>) -> Self {
        Self(signatures.into_iter().map(signature).collect())
    }
}

impl Signatures for Procedures {
    fn signature(&self, name: &str) -> Option<Signature> {
        self.0.get(name).cloned()
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

fn signature(text: &str) -> (String, Signature) {
    let (name, rest) = text.split_once('(').unwrap();
    let (arguments, columns) = rest.split_once(") :: ").unwrap();
    let fields = |text: &str| -> Vec<(Arc<str>, Types)> {
        let text = text.trim().trim_start_matches('(').trim_end_matches(')');
        let fields = text.split(',').filter_map(|field| field.split_once("::"));
        fields.map(|(name, of)| (name.trim().into(), types(of.trim().trim_end_matches('?')))).collect()
    };
    let (arguments, columns) = (fields(arguments), fields(columns));
    (name.to_owned(), Signature { required: arguments.len(), arguments, columns })
}

fn types(word: &str) -> Types {
    match word {
        "STRING" => Types::TEXT,
        "INTEGER" => Types::INT,
        "FLOAT" => Types::FLOAT,
        "NUMBER" => Types::NUMBER,
        "BOOLEAN" => Types::BOOL,
        _ => Types::ANY,
    }
}

/// Parses and checks.
fn judge(text: &str, procedures: &Procedures, parameters: Option<&[&str]>) -> Result<(), QueryError> {
    let given: Option<Map> = parameters.map(|names| names.iter().map(|name| ((*name).into(), Value::Null)).collect());
    let context = CheckContext { parameters: given.as_ref(), procedures, read_only: false, words: None };
    let statement = parse(text, &SyntaxLimits::default())?;
    check(&statement, &context).map_err(|error| error.within(text))
}
