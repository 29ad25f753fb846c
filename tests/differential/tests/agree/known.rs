//! What was looked into and judged to be a mistake of the other engine.

/// The reason, when the difference is a known mistake of theirs.
pub(crate) fn mistake(
    _statement: &str,
    _ours: &Result<Vec<String>, String>,
    _theirs: &Result<Vec<String>, String>,
) -> Option<&'static str> {
    None
}
