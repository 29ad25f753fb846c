//! Functions on values of any type, and those that give something new on every call.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

use super::signature::{Function, arguments};
use super::{Graph, Moment};
use crate::cypher::value::{Types, Value, equals};
use crate::cypher::{Detail, Kind, QueryError};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("coalesce", arguments!(value: ANY), Types::ANY, "The first value that is not null.", coalesce)
        .lenient()
        .repeating(),
    Function::new(
        "nullIf",
        arguments!(value: ANY, other: ANY),
        Types::ANY,
        "Null when both are equal, else the first.",
        null_if,
    )
    .lenient(),
    Function::new("exists", arguments!(value: ANY), Types::BOOL, "Whether the value is not null.", exists).lenient(),
    Function::new(
        "size",
        arguments!(value: LIST | TEXT),
        Types::INT,
        "How many elements a list has, or how many characters a string.",
        size,
    ),
    Function::new(
        "isEmpty",
        arguments!(value: LIST | TEXT | MAP),
        Types::BOOL,
        "Whether a list, a string or a map holds nothing.",
        is_empty,
    ),
    Function::new("valueType", arguments!(value: ANY), Types::TEXT, "The name of the type.", value_type).lenient(),
    Function::new(
        "timestamp",
        arguments!(),
        Types::INT,
        "Milliseconds from 1970-01-01T00:00Z to the start of the statement.",
        timestamp,
    ),
    Function::new("rand", arguments!(), Types::FLOAT, "A random number from 0.0 up to but without 1.0.", rand)
        .unstable(),
    Function::new("randomUUID", arguments!(), Types::TEXT, "A random identifier of 128 bits.", random_uuid).unstable(),
];

fn coalesce(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(arguments.iter().find(|value| !value.is_null()).cloned().unwrap_or_default())
}

fn null_if(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [value, other] if equals(value, other) == Some(true) => Ok(Value::Null),
        [value, _] => Ok(value.clone()),
        _ => Ok(Value::Null),
    }
}

fn exists(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(Value::Bool(!arguments.iter().all(Value::is_null)))
}

/// A count as a value.
pub(super) fn count(count: usize) -> Result<Value, QueryError> {
    i64::try_from(count).map(Value::Int).map_err(|_| {
        QueryError::run(
            Kind::ArithmeticError,
            Detail::IntegerOverflow,
            "the count does not fit in an integer of 64 bits",
        )
    })
}

fn size(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::List(values)] => count(values.len()),
        [Value::Text(text)] => count(text.chars().count()),
        _ => Ok(Value::Null),
    }
}

fn is_empty(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::List(values)] => Value::Bool(values.is_empty()),
        [Value::Text(text)] => Value::Bool(text.is_empty()),
        [Value::Map(map)] => Value::Bool(map.is_empty()),
        _ => Value::Null,
    })
}

fn value_type(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(arguments.first().map(type_name).into())
}

/// The name of the value's type; of a list also what its elements are, when they are of one type.
fn type_name(value: &Value) -> String {
    let name = match value {
        Value::Null => "NULL",
        Value::Bool(_) => "BOOLEAN NOT NULL",
        Value::Int(_) => "INTEGER NOT NULL",
        Value::Float(_) => "FLOAT NOT NULL",
        Value::Text(_) => "STRING NOT NULL",
        Value::Map(_) => "MAP NOT NULL",
        Value::Node(_) => "NODE NOT NULL",
        Value::Relationship(_) => "RELATIONSHIP NOT NULL",
        Value::Path(_) => "PATH NOT NULL",
        Value::Date(_) => "DATE NOT NULL",
        Value::LocalTime(_) => "LOCAL TIME NOT NULL",
        Value::Time(_) => "ZONED TIME NOT NULL",
        Value::LocalDateTime(_) => "LOCAL DATETIME NOT NULL",
        Value::DateTime(_) => "ZONED DATETIME NOT NULL",
        Value::Duration(_) => "DURATION NOT NULL",
        Value::List(values) => return format!("LIST<{}> NOT NULL", element_type(values)),
    };
    name.to_owned()
}

fn element_type(values: &[Value]) -> String {
    let mut names: Vec<_> = values.iter().map(type_name).collect();
    let nullable = names.iter().any(|name| name == "NULL");
    names.retain(|name| name != "NULL");
    names.sort_unstable();
    names.dedup();
    match (names.as_slice(), nullable) {
        ([], true) => "NULL".to_owned(),
        ([], false) => "NOTHING".to_owned(),
        (names, false) => names.join(" | "),
        (names, true) => names.iter().map(|name| name.trim_end_matches(" NOT NULL")).collect::<Vec<_>>().join(" | "),
    }
}

fn timestamp(graph: &dyn Graph, _: &[Value]) -> Result<Value, QueryError> {
    let Moment { seconds, nanos } = graph.statement_time();
    Ok(Value::Int(seconds.saturating_mul(1000).saturating_add(i64::from(nanos / 1_000_000))))
}

thread_local! {
    /// The state of the generator; the standard library's hash keys are its seed.
    static RANDOM: Cell<u64> = Cell::new(RandomState::new().hash_one(0_u8));
}

/// 64 random bits: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn random_bits() -> u64 {
    let state = RANDOM.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
    RANDOM.set(state);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[allow(clippy::cast_precision_loss)] // 53 bits fit exactly
fn rand(_: &dyn Graph, _: &[Value]) -> Result<Value, QueryError> {
    Ok(Value::Float((random_bits() >> 11) as f64 / (1_u64 << 53) as f64))
}

fn random_uuid(_: &dyn Graph, _: &[Value]) -> Result<Value, QueryError> {
    // Version 4, variant 1 (RFC 9562).
    let high = random_bits() & !0xF000 | 0x4000;
    let low = random_bits() & !(0b11 << 62) | 0b10 << 62;
    let text = format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    );
    Ok(text.into())
}
