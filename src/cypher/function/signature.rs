//! What a function is called, takes and gives.

use std::fmt;

use super::Graph;
use crate::cypher::value::{Types, Value};
use crate::cypher::{Detail, Kind, QueryError};

/// One argument of a function.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Argument {
    /// What the help calls it.
    pub(crate) name: &'static str,
    /// The types that it may have, null always among them.
    pub(crate) types: Types,
}

/// The code of a function.
pub(crate) type Body = fn(&dyn Graph, &[Value]) -> Result<Value, QueryError>;

/// A function of the library.
#[derive(Clone, Copy)]
pub(crate) struct Function {
    /// The name as written in the help; it is found in any case of letters.
    pub(crate) name: &'static str,
    /// The arguments; the last one repeats when `repeats` says so.
    pub(crate) arguments: &'static [Argument],
    /// How many arguments a call needs at least.
    pub(crate) required: usize,
    /// Whether the last argument may be given any number of times.
    pub(crate) repeats: bool,
    /// The types that the result may have.
    pub(crate) result: Types,
    /// One sentence on what it does.
    pub(crate) doc: &'static str,
    /// Whether null in any argument gives null without a call.
    pub(crate) strict: bool,
    /// Whether equal arguments give equal results within a statement, so that a call can be computed once.
    pub(crate) stable: bool,
    body: Body,
}

impl Function {
    /// A strict function that needs all its arguments.
    pub(super) const fn new(
        name: &'static str,
        arguments: &'static [Argument],
        result: Types,
        doc: &'static str,
        body: Body,
    ) -> Self {
        let required = arguments.len();
        Self { name, arguments, required, repeats: false, result, doc, strict: true, stable: true, body }
    }

    /// The same with only the first arguments required.
    pub(super) const fn requiring(self, required: usize) -> Self {
        Self { required, ..self }
    }

    /// The same with the last argument any number of times.
    pub(super) const fn repeating(self) -> Self {
        Self { repeats: true, ..self }
    }

    /// The same, but null arguments are handed to it.
    pub(super) const fn lenient(self) -> Self {
        Self { strict: false, ..self }
    }

    /// The same, but each call may give another result.
    pub(super) const fn unstable(self) -> Self {
        Self { stable: false, ..self }
    }

    /// How many arguments a call may have; `None` for any number.
    pub(crate) fn most(&self) -> Option<usize> {
        (!self.repeats).then_some(self.arguments.len())
    }

    /// Whether a call may have so many arguments.
    pub(crate) fn takes(&self, count: usize) -> bool {
        count >= self.required && self.most().is_none_or(|most| count <= most)
    }

    /// What the argument at that place may be; `None` behind the last.
    pub(crate) fn argument(&self, at: usize) -> Option<&Argument> {
        self.arguments.get(at).or_else(|| self.arguments.last().filter(|_| self.repeats))
    }

    /// Calls the function.
    ///
    /// # Errors
    /// When the number or the types of the arguments are wrong, or as its documentation says.
    pub(crate) fn call(&self, graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
        if !self.takes(arguments.len()) {
            let message = format!("{self} was called with {} arguments", arguments.len());
            return Err(QueryError::run(Kind::ArgumentError, Detail::InvalidNumberOfArguments, message));
        }
        for (at, value) in arguments.iter().enumerate() {
            match self.argument(at) {
                Some(argument) if !argument.types.admit(value) => return Err(self.refuse(argument, value)),
                _ => {}
            }
        }
        if self.strict && arguments.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        (self.body)(graph, arguments)
    }

    fn refuse(&self, argument: &Argument, value: &Value) -> QueryError {
        let Argument { name, types } = argument;
        let message = format!("{}: {name} must be {types}, found {}", self.name, value.kind());
        QueryError::run(Kind::TypeError, Detail::InvalidArgumentValue, message)
    }
}

impl fmt::Display for Function {
    /// The call as the help shows it: `substring(text, start[, length])`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (at, argument) in self.arguments.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            if at >= self.required {
                write!(f, "[{comma}{}]", argument.name)?
            } else {
                write!(f, "{comma}{}", argument.name)?
            }
        }
        f.write_str(if self.repeats { ", ...)" } else { ")" })
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Writes the arguments of a function: `arguments!(text: TEXT, start: INT)`.
macro_rules! arguments {
    ($($name:ident: $($types:ident)|+),*) => {
        &[$($crate::cypher::function::Argument {
            name: stringify!($name),
            types: $crate::cypher::value::Types::NONE$(.or($crate::cypher::value::Types::$types))+,
        }),*]
    };
}
pub(super) use arguments;
