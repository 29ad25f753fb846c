//! Statements in a text: each ends with a semicolon that stands in no quotes and no comment.

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Statement,
    Quotes(char),
    LineComment,
    BlockComment,
}

/// The statements of a text, without their semicolons, and what stands behind the last one.
///
/// A line that begins with a colon, where no statement has begun, is a command of the shell and needs no semicolon.
pub(super) fn split(text: &str) -> (Vec<&str>, &str) {
    let mut statements = Vec::new();
    let mut begin = 0;
    let mut within = Within::Statement;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let fresh = is_blank(text.get(begin..at).unwrap_or_default());
        match (within, c) {
            (Within::Statement, ':') if fresh => {
                let rest = text.get(at..).unwrap_or_default();
                let end = rest.find('\n').map_or(text.len(), |line| at + line + 1);
                statements.push(text.get(at..end).unwrap_or_default().trim());
                begin = end;
                while chars.peek().is_some_and(|(place, _)| *place < end) {
                    chars.next();
                }
            }
            (Within::Statement, ';') => {
                statements.push(text.get(begin..at).unwrap_or_default().trim());
                begin = at + 1;
            }
            (Within::Statement, '\'' | '"' | '`') => within = Within::Quotes(c),
            (Within::Statement, '/') if next == Some('/') => within = Within::LineComment,
            (Within::Statement, '/') if next == Some('*') => {
                chars.next();
                within = Within::BlockComment;
            }
            (Within::Quotes('\'' | '"'), '\\') => drop(chars.next()),
            (Within::Quotes(quote), c) if c == quote => within = Within::Statement,
            (Within::LineComment, '\n') => within = Within::Statement,
            (Within::BlockComment, '*') if next == Some('/') => {
                chars.next();
                within = Within::Statement;
            }
            _ => {}
        }
    }
    statements.retain(|statement| !is_blank(statement));
    (statements, text.get(begin..).unwrap_or_default())
}

/// Whether there is nothing but space and comments.
pub(super) fn is_blank(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
        } else {
            return rest.is_empty();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_with_semicolons() {
        for (text, statements, rest) in [
            ("", &[][..], ""),
            ("RETURN 1", &[], "RETURN 1"),
            ("RETURN 1; RETURN 2;", &["RETURN 1", "RETURN 2"], ""),
            ("RETURN ';' AS a;", &["RETURN ';' AS a"], ""),
            (r"RETURN '\';' AS a;x", &[r"RETURN '\';' AS a"], "x"),
            ("RETURN 1 AS `;` // no; end\n;", &["RETURN 1 AS `;` // no; end"], ""),
            ("RETURN 1 /* ; */ + 2;;", &["RETURN 1 /* ; */ + 2"], ""),
            (":help\nRETURN 1;", &[":help", "RETURN 1"], ""),
            ("// first\n:set format json\n", &[":set format json"], ""),
            ("MATCH (n\n:Startup) RETURN n;", &["MATCH (n\n:Startup) RETURN n"], ""),
            ("RETURN \"公司；\";", &["RETURN \"公司；\""], ""),
        ] {
            assert_eq!(split(text), (statements.to_vec(), rest), "{text:?}");
        }
    }

    #[test]
    fn comments_are_nothing() {
        for blank in ["", "  \n", "// a", "/* b */ // c\n", "/* not closed"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        assert!(!is_blank("// a\nx") && !is_blank("/"));
    }
}
