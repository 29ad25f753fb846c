//! Procedures: what `CALL name(...)` runs.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::QueryError;
use super::run::Context;
use super::value::{Types, Value, equals};

/// What a procedure does with its arguments.
type Body = fn(&[Value], &mut Context) -> Result<Vec<Vec<Value>>, QueryError>;

/// A named way to make rows.
#[derive(Debug)]
pub(crate) struct Procedure {
    name: String,
    inputs: Vec<(String, Types)>,
    outputs: Vec<(String, Types)>,
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
    /// The name with its namespace.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The names of the inputs.
    pub(crate) fn inputs(&self) -> impl ExactSizeIterator<Item = &str> {
        self.inputs.iter().map(|(name, _)| name.as_str())
    }

    /// The types of the inputs.
    pub(crate) fn input_types(&self) -> impl ExactSizeIterator<Item = Types> {
        self.inputs.iter().map(|(_, types)| *types)
    }

    /// The names of the columns.
    pub(crate) fn outputs(&self) -> impl ExactSizeIterator<Item = &str> {
        self.outputs.iter().map(|(name, _)| name.as_str())
    }

    /// The types of the columns.
    pub(crate) fn output_types(&self) -> impl ExactSizeIterator<Item = Types> {
        self.outputs.iter().map(|(_, types)| *types)
    }

    /// The rows for these arguments.
    pub(crate) fn call(&self, arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
        match &self.source {
            Source::Body(body) => body(arguments, context),
            Source::Table(rows) => {
                let fits = |row: &&Vec<Value>| {
                    row.iter().zip(arguments).all(|(own, given)| equals(own, given) == Some(true) || own == given)
                };
                Ok(rows.iter().filter(fits).map(|row| row.iter().skip(self.inputs.len()).cloned().collect()).collect())
            }
        }
    }
}

/// The procedures that statements may call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Procedures {
    by_name: BTreeMap<String, Rc<Procedure>>,
}

impl Procedures {
    /// The project's procedures.
    pub(crate) fn standard() -> Self {
        Self::default()
    }

    /// The procedure of that name.
    pub(crate) fn get(&self, name: &str) -> Option<Rc<Procedure>> {
        self.by_name.get(name).or_else(|| self.by_name.get(&name.to_lowercase())).cloned()
    }

    /// Every procedure, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rc<Procedure>> {
        self.by_name.values()
    }

    /// Adds a procedure whose rows are listed.
    pub(crate) fn add_table(
        &mut self,
        name: &str,
        inputs: Vec<(String, Types)>,
        outputs: Vec<(String, Types)>,
        rows: Vec<Vec<Value>>,
    ) {
        let procedure = Procedure { name: name.to_owned(), inputs, outputs, source: Source::Table(rows) };
        self.by_name.insert(name.to_owned(), Rc::new(procedure));
    }
}
