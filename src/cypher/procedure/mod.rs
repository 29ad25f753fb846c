//! Procedures: what `CALL name(...)` runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::QueryError;
use super::check::{Signature, Signatures};
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
    /// How many of the inputs must be given.
    required: usize,
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

/// Procedures that statements may call.
#[derive(Debug, Clone, Default)]
pub struct Procedures {
    by_name: BTreeMap<String, Arc<Procedure>>,
}

impl Procedures {
    /// The project's procedures.
    #[must_use]
    pub fn standard() -> Self {
        Self::default()
    }

    /// The procedure of that name.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Procedure>> {
        self.by_name.get(name).or_else(|| self.by_name.get(&name.to_lowercase())).cloned()
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
        let procedure = Procedure { name: name.to_owned(), inputs, outputs, required, source: Source::Table(rows) };
        self.by_name.insert(name.to_owned(), Arc::new(procedure));
    }

    /// These procedures and those of `more`.
    pub(crate) fn extend(&mut self, more: &Self) {
        self.by_name.extend(more.by_name.iter().map(|(name, procedure)| (name.clone(), Arc::clone(procedure))));
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
