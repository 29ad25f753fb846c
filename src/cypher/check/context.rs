//! What the checks know beside the statement.

use std::sync::Arc;

use crate::cypher::value::{Map, Types};

/// What a statement is checked against.
#[derive(Clone, Copy)]
pub(crate) struct CheckContext<'a> {
    /// The parameters that are given; `None` when they are not known yet, and any will do.
    pub(crate) parameters: Option<&'a Map>,
    pub(crate) procedures: &'a dyn Signatures,
    /// Whether clauses that write are refused.
    pub(crate) read_only: bool,
    /// The words of the database, for warnings.
    pub(crate) words: Option<&'a dyn Words>,
}

/// What a procedure takes and gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signature {
    /// Names and types of the arguments, all of them required.
    pub(crate) arguments: Vec<(Arc<str>, Types)>,
    /// How many of the arguments a call needs at least.
    pub(crate) required: usize,
    /// Names and types of the columns.
    pub(crate) columns: Vec<(Arc<str>, Types)>,
}

/// The procedures that can be called.
pub(crate) trait Signatures {
    /// The signature of the procedure of that name.
    fn signature(&self, name: &str) -> Option<Signature>;

    /// The names of all procedures, for suggestions.
    fn names(&self) -> Vec<String>;
}

/// The words that a database uses.
pub(crate) trait Words {
    /// All labels of nodes.
    fn labels(&self) -> Vec<Arc<str>>;

    /// All types of relationships.
    fn types(&self) -> Vec<Arc<str>>;

    /// All names of properties.
    fn keys(&self) -> Vec<Arc<str>>;
}
