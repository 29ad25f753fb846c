//! Functions on strings. Positions and lengths count characters, not bytes.

use unicode_normalization::UnicodeNormalization as _;

use super::Graph;
use super::scalar::count;
use super::signature::{Function, arguments};
use crate::cypher::value::{Types, Value};
use crate::cypher::{Detail, Kind, QueryError};

/// A function from one string to another.
macro_rules! text {
    ($name:literal, $doc:literal, $body:expr) => {
        Function::new($name, arguments!(text: TEXT), Types::TEXT, $doc, |_, arguments| map(arguments, $body))
    };
}

/// A function that takes characters off the ends.
macro_rules! trim {
    ($name:literal, $doc:literal, $from:expr) => {
        Function::new($name, arguments!(text: TEXT, characters: TEXT), Types::TEXT, $doc, |_, arguments| {
            Ok(trim(arguments, $from))
        })
        .requiring(1)
    };
}

pub(super) const FUNCTIONS: &[Function] = &[
    text!("toUpper", "The string in upper case.", str::to_uppercase),
    text!("upper", "The string in upper case.", str::to_uppercase),
    text!("toLower", "The string in lower case.", str::to_lowercase),
    text!("lower", "The string in lower case.", str::to_lowercase),
    trim!("trim", "The string without space, or those characters, at both ends.", Ends::Both),
    trim!("btrim", "The string without space, or those characters, at both ends.", Ends::Both),
    trim!("ltrim", "The string without space, or those characters, at its start.", Ends::Start),
    trim!("rtrim", "The string without space, or those characters, at its end.", Ends::End),
    Function::new("left", arguments!(text: TEXT, length: INT), Types::TEXT, "The first characters.", left),
    Function::new("right", arguments!(text: TEXT, length: INT), Types::TEXT, "The last characters.", right),
    Function::new(
        "substring",
        arguments!(text: TEXT, start: INT, length: INT),
        Types::TEXT,
        "The characters from a position, counted from 0, to the end or so many.",
        substring,
    )
    .requiring(2),
    Function::new(
        "replace",
        arguments!(text: TEXT, search: TEXT, replacement: TEXT, limit: INT),
        Types::TEXT,
        "The string with each occurrence, or the first so many, replaced.",
        replace,
    )
    .requiring(3),
    Function::new(
        "split",
        arguments!(text: TEXT, separator: TEXT | LIST),
        Types::LIST,
        "The parts between the separators.",
        split,
    ),
    Function::new(
        "join",
        arguments!(list: LIST, separator: TEXT),
        Types::TEXT,
        "The elements as one string with the separator between them; null is left out.",
        join,
    ),
    Function::new("char_length", arguments!(text: TEXT), Types::INT, "How many characters there are.", length),
    Function::new("character_length", arguments!(text: TEXT), Types::INT, "How many characters there are.", length),
    Function::new(
        "normalize",
        arguments!(text: TEXT, form: TEXT),
        Types::TEXT,
        "The string in a Unicode normal form: NFC, NFD, NFKC or NFKD; NFC unless said.",
        normalize,
    )
    .requiring(1),
];

fn map(arguments: &[Value], body: fn(&str) -> String) -> Result<Value, QueryError> {
    let [Value::Text(text)] = arguments else { return Ok(Value::Null) };
    Ok(body(text).into())
}

/// Where characters are taken off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Start,
    End,
    Both,
}

fn trim(arguments: &[Value], ends: Ends) -> Value {
    let (text, set) = match arguments {
        [Value::Text(text)] => (text, None),
        [Value::Text(text), Value::Text(set)] => (text, Some(set)),
        _ => return Value::Null,
    };
    let goes = |c: char| set.map_or(c.is_whitespace(), |set| set.contains(c));
    let mut rest: &str = text;
    if ends != Ends::End {
        rest = rest.trim_start_matches(goes);
    }
    if ends != Ends::Start {
        rest = rest.trim_end_matches(goes);
    }
    rest.into()
}

/// A number of characters.
fn amount(name: &str, number: i64) -> Result<usize, QueryError> {
    if number < 0 {
        let message = format!("{name}: expected a number of characters from 0 up, found {number}");
        return Err(QueryError::run(Kind::ArgumentError, Detail::NegativeIntegerArgument, message));
    }
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

fn left(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Text(text), Value::Int(length)] = arguments else { return Ok(Value::Null) };
    Ok(text.chars().take(amount("left", *length)?).collect::<String>().into())
}

fn right(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Text(text), Value::Int(length)] = arguments else { return Ok(Value::Null) };
    let before = text.chars().count().saturating_sub(amount("right", *length)?);
    Ok(text.chars().skip(before).collect::<String>().into())
}

fn substring(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let (text, start, length) = match arguments {
        [Value::Text(text), Value::Int(start)] => (text, start, i64::MAX),
        [Value::Text(text), Value::Int(start), Value::Int(length)] => (text, start, *length),
        _ => return Ok(Value::Null),
    };
    let (start, length) = (amount("substring", *start)?, amount("substring", length)?);
    Ok(text.chars().skip(start).take(length).collect::<String>().into())
}

fn replace(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::Text(text), Value::Text(search), Value::Text(replacement)] => {
            text.replace(&**search, replacement).into()
        }
        [Value::Text(text), Value::Text(search), Value::Text(replacement), Value::Int(limit)] => {
            text.replacen(&**search, replacement, amount("replace", *limit)?).into()
        }
        _ => Value::Null,
    })
}

fn split(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Text(text), separator] = arguments else { return Ok(Value::Null) };
    let mut separators = Vec::new();
    let given = match separator {
        Value::List(separators) => separators.as_slice(),
        other => std::slice::from_ref(other),
    };
    for separator in given {
        match separator {
            Value::Text(separator) => separators.push(&**separator),
            Value::Null => return Ok(Value::Null),
            other => return Err(other.refuse("a string as the separator")),
        }
    }
    let parts = if separators.contains(&"") {
        let parts_at = |c: &char| separators.iter().any(|separator| separator.chars().eq([*c]));
        text.chars().filter(|c| !parts_at(c)).map(String::from).collect()
    } else {
        parts(text, &separators)
    };
    Ok(Value::list(parts.into_iter().map(Value::from).collect()))
}

/// The parts between separators, none of which is empty; where several fit the first of them counts.
fn parts(text: &str, separators: &[&str]) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut part, mut rest) = (String::new(), text);
    while let Some(next) = rest.chars().next() {
        if let Some(after) = separators.iter().find_map(|separator| rest.strip_prefix(separator)) {
            parts.push(std::mem::take(&mut part));
            rest = after;
        } else {
            part.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    parts.push(part);
    parts
}

fn join(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::List(values), Value::Text(separator)] = arguments else { return Ok(Value::Null) };
    let mut parts = Vec::new();
    for value in values.iter().filter(|value| !value.is_null()) {
        parts.push(value.plain_text().ok_or_else(|| value.refuse("strings, numbers, booleans or dates to join"))?);
    }
    Ok(parts.join(separator).into())
}

fn length(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Text(text)] = arguments else { return Ok(Value::Null) };
    count(text.chars().count())
}

fn normalize(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let (text, form) = match arguments {
        [Value::Text(text)] => (text, "NFC"),
        [Value::Text(text), Value::Text(form)] => (text, &**form),
        _ => return Ok(Value::Null),
    };
    let normal: String = match form.to_ascii_uppercase().as_str() {
        "NFC" => text.nfc().collect(),
        "NFD" => text.nfd().collect(),
        "NFKC" => text.nfkc().collect(),
        "NFKD" => text.nfkd().collect(),
        _ => {
            let message = format!("normalize: '{form}' is no normal form");
            return Err(QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message)
                .with_hint("normal forms are NFC, NFD, NFKC and NFKD"));
        }
    };
    Ok(normal.into())
}
