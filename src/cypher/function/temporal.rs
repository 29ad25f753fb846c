//! Functions that make dates, times and durations.

use super::signature::{Argument, Function, arguments};
use super::{Graph, Moment};
use crate::cypher::QueryError;
use crate::cypher::value::temporal::{self, BetweenUnit, Type};
use crate::cypher::value::{Map, Types, Value};

const ZONE: &[Argument] = arguments!(timezone: TEXT);

/// The functions of one type: the one that makes it, those of the three clocks, and the one that cuts.
macro_rules! functions {
    ($($name:literal $types:ident $made:ident $doc:literal;)*) => {
        &[
            $(
                Function::new($name, arguments!(from: TEXT | MAP | INSTANT), Types::$types, $doc,
                    |graph, arguments| make(graph, arguments, Type::$made)).requiring(0),
                Function::new(concat!($name, ".statement"), ZONE, Types::$types,
                    "The clock at the start of the statement, in UTC or the given zone.",
                    |graph, arguments| clock(graph.statement_time(), arguments, Type::$made)).requiring(0),
                Function::new(concat!($name, ".transaction"), ZONE, Types::$types,
                    "The clock at the start of the transaction, which is that of the statement.",
                    |graph, arguments| clock(graph.statement_time(), arguments, Type::$made)).requiring(0),
                Function::new(concat!($name, ".realtime"), ZONE, Types::$types,
                    "The clock at this very moment, in UTC or the given zone.",
                    |_, arguments| clock(Moment::now(), arguments, Type::$made)).requiring(0).unstable(),
                Function::new(concat!($name, ".truncate"), arguments!(unit: TEXT, value: INSTANT, fields: MAP), Types::$types,
                    "The first moment of the unit that the value lies in, with the fields of a map set.",
                    |graph, arguments| truncate(graph, arguments, Type::$made)).requiring(1),
            )*
            Function::new("datetime.fromEpoch", arguments!(seconds: INT, nanoseconds: INT), Types::DATE_TIME,
                "The moment so many seconds and nanoseconds after 1970-01-01T00:00Z.", from_epoch).requiring(1),
            Function::new("datetime.fromEpochMillis", arguments!(milliseconds: INT), Types::DATE_TIME,
                "The moment so many milliseconds after 1970-01-01T00:00Z.", from_epoch_millis),
            Function::new("duration", arguments!(from: TEXT | MAP | DURATION), Types::DURATION,
                "A duration of a map such as {months: 1} or a string such as 'P1M'.",
                |graph, arguments| make(graph, arguments, Type::Duration)),
            Function::new("duration.between", arguments!(from: INSTANT, to: INSTANT), Types::DURATION,
                "From one date or time to another: months, then days, then time.",
                |_, arguments| between(arguments, BetweenUnit::All)),
            Function::new("duration.inMonths", arguments!(from: INSTANT, to: INSTANT), Types::DURATION,
                "From one date or time to another in whole months.",
                |_, arguments| between(arguments, BetweenUnit::Months)),
            Function::new("duration.inDays", arguments!(from: INSTANT, to: INSTANT), Types::DURATION,
                "From one date or time to another in whole days.",
                |_, arguments| between(arguments, BetweenUnit::Days)),
            Function::new("duration.inSeconds", arguments!(from: INSTANT, to: INSTANT), Types::DURATION,
                "From one date or time to another in seconds.",
                |_, arguments| between(arguments, BetweenUnit::Seconds)),
        ]
    };
}

pub(super) const FUNCTIONS: &[Function] = functions! {
    "date" DATE Date "A day, of a string, a map, or another date or time; today without arguments.";
    "localtime" LOCAL_TIME LocalTime "A time of day without a zone; that of the statement without arguments.";
    "time" TIME Time "A time of day with an offset; that of the statement without arguments.";
    "localdatetime" LOCAL_DATE_TIME LocalDateTime "A day and a time without a zone; that of the statement without arguments.";
    "datetime" DATE_TIME DateTime "A day and a time with a zone; that of the statement without arguments.";
};

fn make(graph: &dyn Graph, arguments: &[Value], made: Type) -> Result<Value, QueryError> {
    match arguments {
        [] => clock(graph.statement_time(), arguments, made),
        [Value::Text(text)] => temporal::from_text(made, text),
        [Value::Map(map)] => match (map.get("timezone"), map.len()) {
            // Only a zone: the clock there.
            (Some(zone @ Value::Text(_)), 1) if made != Type::Duration => {
                clock(graph.statement_time(), std::slice::from_ref(zone), made)
            }
            _ => temporal::from_map(made, map),
        },
        [value, ..] => temporal::from_value(made, value),
    }
}

fn clock(now: Moment, arguments: &[Value], made: Type) -> Result<Value, QueryError> {
    temporal::now(made, i128::from(now.seconds) * 1_000_000_000 + i128::from(now.nanos), arguments.first())
}

fn truncate(graph: &dyn Graph, arguments: &[Value], made: Type) -> Result<Value, QueryError> {
    let none = Map::new();
    match arguments {
        [Value::Text(unit)] => temporal::truncate(made, unit, &clock(graph.statement_time(), &[], made)?, &none),
        [Value::Text(unit), value] => temporal::truncate(made, unit, value, &none),
        [Value::Text(unit), value, Value::Map(fields)] => temporal::truncate(made, unit, value, fields),
        _ => Ok(Value::Null),
    }
}

fn from_epoch(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Int(seconds)] => temporal::from_epoch(*seconds, 0),
        [Value::Int(seconds), Value::Int(nanos)] => temporal::from_epoch(*seconds, *nanos),
        _ => Ok(Value::Null),
    }
}

fn from_epoch_millis(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Int(millis)] = arguments else { return Ok(Value::Null) };
    temporal::from_epoch(millis.div_euclid(1000), millis.rem_euclid(1000) * 1_000_000)
}

fn between(arguments: &[Value], unit: BetweenUnit) -> Result<Value, QueryError> {
    let [from, to] = arguments else { return Ok(Value::Null) };
    Ok(temporal::between(from, to, unit)?.into())
}
