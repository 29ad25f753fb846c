//! The values of number and text literals.

use std::borrow::Cow;

use super::Span;
use crate::cypher::error::{Detail, QueryError};

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Float(f64),
}

/// The value of a number literal: decimal, `0x` hexadecimal, `0o` octal, or with a fraction or an exponent.
///
/// `negative` tells that a minus stands before it: the least integer has no positive counterpart.
///
/// # Errors
/// `InvalidNumberLiteral` for letters that do not belong there, `IntegerOverflow` and `FloatingPointOverflow` for numbers
/// beyond 64 bits.
pub(super) fn number(text: &str, negative: bool, span: Span) -> Result<Number, QueryError> {
    let invalid = || {
        QueryError::syntax(Detail::InvalidNumberLiteral, span, format!("'{text}' is not a number"))
            .with_hint("a name that begins with a digit stands between backticks")
    };
    // Single underscores between digits group them.
    let grouped = text.contains('_');
    if grouped && (text.starts_with('_') || text.ends_with('_') || text.contains("__")) {
        return Err(invalid());
    }
    let digits: Cow<'_, str> = if grouped { text.replace('_', "").into() } else { text.into() };
    let (radix, digits) = match digits.get(..2) {
        Some("0x" | "0X") => (16, digits.get(2..).unwrap_or_default()),
        Some("0o" | "0O") => (8, digits.get(2..).unwrap_or_default()),
        _ => (10, &*digits),
    };
    if !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix)) {
        return integer(digits, radix, negative).map(Number::Int).ok_or_else(|| {
            let sign = if negative { "-" } else { "" };
            let message = format!("{sign}{text} does not fit into a 64-bit integer");
            QueryError::syntax(Detail::IntegerOverflow, span, message)
        });
    }
    if radix != 10 || !is_decimal(digits) {
        return Err(invalid());
    }
    let value: f64 = digits.parse().map_err(|_| invalid())?;
    if value.is_infinite() {
        let message = format!("{text} is larger than the largest number with a fraction");
        return Err(QueryError::syntax(Detail::FloatingPointOverflow, span, message));
    }
    Ok(Number::Float(if negative { -value } else { value }))
}

fn integer(digits: &str, radix: u32, negative: bool) -> Option<i64> {
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// Whether a text is digits, a dot and an exponent, as far as they are there.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && !fraction.is_empty() && exponent.is_none_or(|e| !e.is_empty() && digits(e))
}

/// The text of a literal, quotes included, with its escapes resolved.
///
/// # Errors
/// `InvalidUnicodeLiteral` for `\u` without four hexadecimal digits and `\U` without eight, or when they are no
/// character; `UnexpectedSyntax` for an escape that does not exist.
pub(super) fn text(literal: &str, span: Span) -> Result<Cow<'_, str>, QueryError> {
    let inner = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default();
    if !inner.contains('\\') {
        return Ok(inner.into());
    }
    let mut plain = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(backslash) = rest.find('\\') {
        plain.push_str(rest.get(..backslash).unwrap_or_default());
        rest = rest.get(backslash..).unwrap_or_default();
        let (c, length) = escape(rest).map_err(|fault| {
            let start = span.start + 1 + place(inner.len() - rest.len());
            let shown: String = rest.chars().take(if fault == Detail::InvalidUnicodeLiteral { 6 } else { 2 }).collect();
            let end = start + place(shown.len());
            let message = format!("'{shown}' is not an escape");
            let hint = match fault {
                Detail::InvalidUnicodeLiteral => "write \\u and the four hexadecimal digits of a character",
                _ => "a backslash itself is written \\\\",
            };
            QueryError::syntax(fault, Span { start, end }, message).with_hint(hint)
        })?;
        plain.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    Ok(plain.into())
}

/// The character that an escape stands for, and how many bytes the escape has.
fn escape(text: &str) -> Result<(char, usize), Detail> {
    let simple = match text.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(quoted @ (b'\\' | b'\'' | b'"' | b'`')) => char::from(*quoted),
        Some(b'u') => {
            let first = hexadecimal(text, 2, 4)?;
            if !(0xd800..0xdc00).contains(&first) {
                return Ok((char::from_u32(first).ok_or(Detail::InvalidUnicodeLiteral)?, 6));
            }
            // Characters outside the basic plane come as a pair of surrogates.
            let second = match text.get(6..8) {
                Some("\\u") => hexadecimal(text, 8, 4)?,
                _ => return Err(Detail::InvalidUnicodeLiteral),
            };
            if !(0xdc00..0xe000).contains(&second) {
                return Err(Detail::InvalidUnicodeLiteral);
            }
            let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return Ok((char::from_u32(code).ok_or(Detail::InvalidUnicodeLiteral)?, 12));
        }
        Some(b'U') => {
            let code = hexadecimal(text, 2, 8)?;
            return Ok((char::from_u32(code).ok_or(Detail::InvalidUnicodeLiteral)?, 10));
        }
        _ => return Err(Detail::UnexpectedSyntax),
    };
    Ok((simple, 2))
}

fn hexadecimal(text: &str, start: usize, length: usize) -> Result<u32, Detail> {
    let digits = text.get(start..start + length).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    u32::from_str_radix(digits.ok_or(Detail::InvalidUnicodeLiteral)?, 16).map_err(|_| Detail::InvalidUnicodeLiteral)
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
