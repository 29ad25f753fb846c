//! Where in a line an error stands, in the terms of someone who looks at the line.
//!
//! The JSON parser reports how far it had read, in bytes. For a value that it understood but that does not fit, that
//! is the value's last byte; a reader looks for its first character.

use std::ops::Range;

use serde_json::error::Category;

use super::value::too_large;

/// No message repeats more of a line than this many characters.
const LONGEST_MESSAGE: usize = 400;

/// An error in a line, before the place is known.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte of the line where it stands.
    pub(super) at: usize,
    /// Whether the line is not even JSON.
    pub(super) syntax: bool,
    /// What was found and expected.
    pub(super) problem: String,
}

impl Fault {
    /// Turns the parser's error about `line` into a fault with the place where the offending token begins.
    pub(super) fn of(error: &serde_json::Error, line: &str) -> Self {
        let message = error.to_string();
        let suffix = format!(" at line {} column {}", error.line(), error.column());
        let problem = shorten(message.strip_suffix(&suffix).unwrap_or(&message));
        match error.classify() {
            Category::Data => Self { at: offending_token(line, error.column()), syntax: false, problem },
            Category::Eof => {
                Self { at: line.len(), syntax: true, problem: format!("the line ends too early ({problem})") }
            }
            _ if problem.starts_with("recursion limit") => {
                let problem = "nested too deep: expected at most 127 levels".to_owned();
                Self { at: error.column().saturating_sub(1), syntax: true, problem }
            }
            _ => {
                let at = error.column().saturating_sub(1);
                match tokens(line).find(|token| token.contains(&at)) {
                    Some(token) => {
                        let found = line.get(token.clone()).unwrap_or_default();
                        // The message may go to a terminal.
                        let shown: String =
                            found.chars().take(20).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
                        // A string may be long, so the place inside it counts; of a number or word, the beginning.
                        let at = if found.starts_with('"') { at } else { token.start };
                        Self { at, syntax: true, problem: format!("{problem}, found {shown}") }
                    }
                    None => Self { at, syntax: true, problem },
                }
            }
        }
    }
}

/// The whole number in `line` that no `i64` can hold, if there is one.
///
/// The parser would turn it into a float and lose digits in silence.
pub(super) fn oversized_integer(line: &str) -> Option<Fault> {
    let digits = |text: &str| text.strip_prefix('-').unwrap_or(text).bytes().all(|b| b.is_ascii_digit());
    tokens(line).filter(|token| token.len() >= 19).find_map(|token| {
        let number = line.get(token.clone())?;
        (digits(number) && number.parse::<i64>().is_err()).then(|| Fault {
            at: token.start,
            syntax: false,
            problem: too_large(number),
        })
    })
}

/// Where the token begins that the parser stopped at after `consumed` bytes.
fn offending_token(line: &str, consumed: usize) -> usize {
    let mut last = 0..0;
    for token in tokens(line) {
        if token.start >= consumed {
            // After a colon, a comma or an opening bracket the parser was looking at the next value.
            let about_next = matches!(line.get(last.clone()), Some(":" | "," | "[" | ""));
            return if about_next { token.start } else { last.start };
        }
        last = token;
    }
    last.start
}

/// The strings, numbers, words and punctuation marks of a JSON text, as byte ranges.
///
/// Broken text gives some tokens too: an unclosed string ends with the text.
fn tokens(line: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let start = at + rest.iter().position(|b| !b.is_ascii_whitespace())?;
        let rest = bytes.get(start..)?;
        let length = match rest.first()? {
            b'"' => string_length(rest),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            _ => rest.iter().position(|b| b.is_ascii_whitespace() || b"{}[],:\"".contains(b)).unwrap_or(rest.len()),
        };
        at = start + length;
        Some(start..at)
    })
}

/// How many bytes the string has that `text` begins with, quotation marks included.
fn string_length(text: &[u8]) -> usize {
    let mut escaped = false;
    for (i, byte) in text.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

fn shorten(message: &str) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_json() {
        let line = r#" {"a\"b": [1.5e3,true], "月":"" }"#;
        let found: Vec<&str> = tokens(line).map(|token| &line[token]).collect();
        assert_eq!(found, ["{", r#""a\"b""#, ":", "[", "1.5e3", ",", "true", "]", ",", "\"月\"", ":", "\"\"", "}"]);
        let open: Vec<_> = tokens(r#"["a\"#).collect();
        assert_eq!(open, [0..1, 1..4]);
    }

    #[test]
    fn whole_numbers_must_fit() {
        for good in ["[9223372036854775807]", "[-9223372036854775808]", "[1e30]", "[0.12345678901234567890]"] {
            assert_eq!(oversized_integer(good), None, "{good}");
        }
        assert_eq!(oversized_integer("\"99999999999999999999\""), None);
        assert_eq!(oversized_integer("[1, 9223372036854775808]").unwrap().at, 4);
        assert_eq!(oversized_integer("[-99999999999999999999]").unwrap().at, 1);
    }
}
