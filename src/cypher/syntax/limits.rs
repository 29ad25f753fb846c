//! How large a statement may be.

/// The limits that keep the text of a statement from exhausting memory or the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyntaxLimits {
    /// The most bytes a statement may have; at most 4 GiB, because places are kept as 32-bit numbers.
    pub(crate) length: usize,
    /// How deep brackets, operators and subqueries may stand inside each other: what the parser recurses into. A query
    /// within a query counts as several levels.
    pub(crate) nesting: usize,
    /// The greatest height of an expression's tree. Chains such as `1 + 1 + ...` grow it without nesting.
    pub(crate) height: usize,
}

impl Default for SyntaxLimits {
    /// 4 MiB of text, 160 levels of nesting, trees of height 600: room for what people and programs write, and safe on a
    /// thread with a stack of 2 MiB.
    fn default() -> Self {
        Self { length: 4 << 20, nesting: 160, height: 600 }
    }
}
