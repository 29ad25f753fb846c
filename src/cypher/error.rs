//! What can be wrong with a statement.

use std::fmt;

use super::syntax::Span;

/// When an error was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before anything ran.
    Compile,
    /// While the statement ran; nothing was written.
    Run,
}

macro_rules! details {
    ($($name:ident)*) => {
        /// What is wrong, in the words of the openCypher compatibility kit, and some of our own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)] // the names say it
        #[non_exhaustive]
        pub enum Detail { $($name),* }

        impl Detail {
            /// The word of the compatibility kit.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
        }
    };
}

details! {
    InvalidArgumentType InvalidArgumentValue VariableAlreadyBound UndefinedVariable UnexpectedSyntax VariableTypeConflict
    InvalidAggregation AmbiguousAggregationExpression NestedAggregation IntegerOverflow FloatingPointOverflow
    NonConstantExpression NoSingleRelationshipType NegativeIntegerArgument InvalidParameterUse InvalidNumberOfArguments
    InvalidNumberLiteral NumberOutOfRange InvalidClauseComposition DeletedEntityAccess RequiresDirectedRelationship
    InvalidRelationshipPattern InvalidDelete DifferentColumnsInUnion CreatingVarLength ColumnNameConflict
    ProcedureNotFound MapElementAccessByNonString ListElementAccessByNonInteger InvalidPropertyType UnknownFunction
    RelationshipUniquenessViolation NoVariablesInScope NoExpressionAlias InvalidUnicodeLiteral InvalidUnicodeCharacter
    InvalidArgumentPassingMode MergeReadOwnWrites MissingParameter DeleteConnectedNode DivisionByZero
    TooLong TooDeep TooManyRows OutOfTime OutOfMemory Cancelled ReadOnly NotSupported Storage
}

/// The family of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
#[non_exhaustive]
pub enum Kind {
    SyntaxError,
    SemanticError,
    TypeError,
    ArgumentError,
    ArithmeticError,
    EntityNotFound,
    ParameterMissing,
    ProcedureError,
    ConstraintVerificationFailed,
    LimitExceeded,
    ReadOnlyError,
    StorageError,
}

impl Kind {
    /// The word of the compatibility kit.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SyntaxError => "SyntaxError",
            Self::SemanticError => "SemanticError",
            Self::TypeError => "TypeError",
            Self::ArgumentError => "ArgumentError",
            Self::ArithmeticError => "ArithmeticError",
            Self::EntityNotFound => "EntityNotFound",
            Self::ParameterMissing => "ParameterMissing",
            Self::ProcedureError => "ProcedureError",
            Self::ConstraintVerificationFailed => "ConstraintVerificationFailed",
            Self::LimitExceeded => "LimitExceeded",
            Self::ReadOnlyError => "ReadOnlyError",
            Self::StorageError => "StorageError",
        }
    }
}

/// An error of a statement, with the place it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryError(Box<Inner>);

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    phase: Phase,
    kind: Kind,
    detail: Detail,
    message: String,
    hint: Option<String>,
    span: Option<Span>,
    /// The statement, once it is known; the place is told from it.
    text: Option<String>,
}

impl QueryError {
    /// A mistake that shows before the statement runs.
    pub(crate) fn compile(kind: Kind, detail: Detail, span: Span, message: impl Into<String>) -> Self {
        let (message, hint, text) = (message.into(), None, None);
        Self(Box::new(Inner { phase: Phase::Compile, kind, detail, message, hint, span: Some(span), text }))
    }

    /// A syntax error: the commonest of [`QueryError::compile`].
    pub(crate) fn syntax(detail: Detail, span: Span, message: impl Into<String>) -> Self {
        Self::compile(Kind::SyntaxError, detail, span, message)
    }

    /// A mistake that shows while the statement runs.
    pub(crate) fn run(kind: Kind, detail: Detail, message: impl Into<String>) -> Self {
        let (message, hint, text) = (message.into(), None, None);
        Self(Box::new(Inner { phase: Phase::Run, kind, detail, message, hint, span: None, text }))
    }

    /// The same error with advice.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same error about a place, unless it names one already.
    #[must_use]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.0.span.get_or_insert(span);
        self
    }

    /// The same error with the statement it is about, so that it can show the line.
    #[must_use]
    pub(crate) fn within(mut self, text: &str) -> Self {
        self.0.text.get_or_insert_with(|| text.to_owned());
        self
    }

    /// When it was found.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.0.phase
    }

    /// Its family.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What exactly is wrong.
    #[must_use]
    pub fn detail(&self) -> Detail {
        self.0.detail
    }

    /// The message, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Line and column of the place, both from 1; the column counts characters.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        self.0.span?.place(self.0.text.as_ref()?)
    }

    /// The line of the statement that the error is about, and below it carets under the place. Of a long line, what stands
    /// around the place.
    ///
    /// Wide characters take two columns, so that the carets stand under them in a terminal.
    #[must_use]
    pub fn excerpt(&self) -> Option<String> {
        let (text, span) = (self.0.text.as_ref()?, self.0.span?);
        let start = span.start as usize;
        let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
        let end = (span.end as usize).clamp(start, line_end);
        // What is marked begins within the first characters that are shown.
        let (before, marked, after) = (text.get(line_start..start)?, text.get(start..end)?, text.get(end..line_end)?);
        let cut_before = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let shown_before = before.get(cut_before..)?;
        let shown_marked = first(marked, 2 * AROUND);
        let shown_after = if shown_marked.len() < marked.len() { "" } else { first(after, AROUND) };
        let dots = |cut: bool| if cut { "..." } else { "" };
        let (left, right) =
            (dots(cut_before > 0), dots(shown_marked.len() + shown_after.len() < marked.len() + after.len()));
        let width = |part: &str| unicode_width::UnicodeWidthStr::width(part);
        let line = format!("{left}{shown_before}{shown_marked}{shown_after}{right}");
        let (indent, carets) = (width(left) + width(shown_before), width(shown_marked).max(1));
        Some(format!("{line}\n{}{}", " ".repeat(indent), "^".repeat(carets)))
    }
}

/// Of a longer line, so many characters are shown before and behind the place of an error.
const AROUND: usize = 60;

/// The first characters of a text.
fn first(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place() {
            write!(f, "line {line}, column {column}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, start: usize, end: usize) -> String {
        let span = Span { start: start as u32, end: end as u32 };
        QueryError::syntax(Detail::UnexpectedSyntax, span, "x").within(text).excerpt().unwrap()
    }

    #[test]
    fn carets_stand_under_the_place() {
        assert_eq!(excerpt("a\nRETURN 公司 x", 9, 15), "RETURN 公司 x\n       ^^^^");
        assert_eq!(excerpt("RETURN ", 7, 7), "RETURN \n       ^");
        assert_eq!(excerpt("a 'b\nc'", 2, 7), "a 'b\n  ^^");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{}X{}", "a".repeat(500), "公".repeat(500));
        let expected = format!("...{}X{}...\n{}^", "a".repeat(60), "公".repeat(60), " ".repeat(63));
        assert_eq!(excerpt(&text, 500, 501), expected);
        let all = excerpt(&text, 0, text.len());
        assert_eq!(all, format!("{}...\n{}", "a".repeat(120), "^".repeat(120)));
    }
}
