//! Functions of the landscape: evidence, names, partial dates and money.

use super::signature::{Function, arguments};
use super::{Graph, Subject};
use crate::cypher::value::{Date, Map, Types, Value};
use crate::cypher::{Detail, Kind, QueryError};
use crate::model::{Currency, Language, Money, PartialDate};
use crate::names::name_key;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "evidence",
        arguments!(of: NODE | RELATIONSHIP),
        Types::LIST,
        "What a fact, or an entity's claims, rest on: a map with the quote and the source of each.",
        |graph, arguments| maps(graph, arguments, |graph, subject| graph.evidence(subject)),
    ),
    Function::new(
        "sources",
        arguments!(of: NODE | RELATIONSHIP),
        Types::LIST,
        "The sources of a fact or an entity, each once, as maps.",
        |graph, arguments| maps(graph, arguments, |graph, subject| graph.sources(subject)),
    ),
    Function::new("name", arguments!(node: NODE), Types::TEXT, "The name that is shown; null without one.", name),
    Function::new("names", arguments!(node: NODE), Types::LIST, "Every name, the one that is shown first.", names),
    Function::new(
        "named",
        arguments!(node: NODE, name: TEXT),
        Types::BOOL,
        "Whether one of the node's names is that name, in any script, width or case.",
        named,
    ),
    Function::new(
        "normalForm",
        arguments!(name: TEXT),
        Types::TEXT,
        "What names are compared by: two spellings of a name have one normal form.",
        normal_form,
    ),
    Function::new(
        "year",
        arguments!(date: TEXT | DATE | LOCAL_DATE_TIME | DATE_TIME),
        Types::INT,
        "The year of a date, also of a partial one: year('2024-02') is 2024.",
        year,
    ),
    Function::new(
        "quarter",
        arguments!(date: TEXT | DATE | LOCAL_DATE_TIME | DATE_TIME),
        Types::TEXT,
        "The quarter of a date: quarter('2024-02') is '2024-Q1'; null when only the year is known.",
        |_, arguments| period(arguments, |year, month| format!("{year:04}-Q{}", month.div_ceil(3))),
    ),
    Function::new(
        "month",
        arguments!(date: TEXT | DATE | LOCAL_DATE_TIME | DATE_TIME),
        Types::TEXT,
        "The month of a date: month('2024-02-25') is '2024-02'; null when only the year is known.",
        |_, arguments| period(arguments, |year, month| format!("{year:04}-{month:02}")),
    ),
    Function::new(
        "firstDay",
        arguments!(date: TEXT | DATE),
        Types::DATE,
        "The first day of a partial date: firstDay('2024-02') is 2024-02-01.",
        |_, arguments| day(arguments, PartialDate::first_day),
    ),
    Function::new(
        "lastDay",
        arguments!(date: TEXT | DATE),
        Types::DATE,
        "The last day of a partial date: lastDay('2024-02') is 2024-02-29.",
        |_, arguments| day(arguments, PartialDate::last_day),
    ),
    Function::new(
        "within",
        arguments!(date: TEXT | DATE, period: TEXT | DATE),
        Types::BOOL,
        "Whether a date lies within a period: within('2024-02-25', '2024') is true.",
        within,
    ),
    Function::new(
        "money",
        arguments!(amount: INT, currency: TEXT, language: TEXT),
        Types::TEXT,
        "An amount as people write it: money(2500000000, 'CNY', 'zh') is '25亿元人民币'.",
        money,
    )
    .requiring(1)
    .lenient(),
];

fn maps(
    graph: &dyn Graph,
    arguments: &[Value],
    list: fn(&dyn Graph, Subject) -> Result<Vec<Map>, QueryError>,
) -> Result<Value, QueryError> {
    let subject = match arguments {
        [Value::Node(node)] => Subject::Node(*node),
        [Value::Relationship(relationship)] => Subject::Relationship(*relationship),
        _ => return Ok(Value::Null),
    };
    Ok(Value::list(list(graph, subject)?.into_iter().map(Value::from).collect()))
}

fn name(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Node(node)] = arguments else { return Ok(Value::Null) };
    Ok(graph.names(*node)?.into_iter().next().into())
}

fn names(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Node(node)] = arguments else { return Ok(Value::Null) };
    Ok(Value::list(graph.names(*node)?.into_iter().map(Value::Text).collect()))
}

fn named(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Node(node), Value::Text(name)] = arguments else { return Ok(Value::Null) };
    Ok(Value::Bool(graph.is_named(*node, &name_key(name))?))
}

fn normal_form(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Text(name)] = arguments else { return Ok(Value::Null) };
    Ok(name_key(name).into())
}

fn invalid(message: String) -> QueryError {
    QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message)
}

/// A date as precise as it is known, of a string or a day.
fn partial_date(value: &Value) -> Result<PartialDate, QueryError> {
    let text = match value {
        Value::Text(text) => text,
        other => &other.plain_text().unwrap_or_default(),
    };
    // Of a date and time the day counts.
    let day = if value.is_text() { text } else { text.split('T').next().unwrap_or(text) };
    day.parse().map_err(|_| invalid(format!("expected a date such as 2024, 2024-02 or 2024-02-25, found '{text}'")))
}

fn year(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [date] = arguments else { return Ok(Value::Null) };
    Ok(Value::Int(partial_date(date)?.year().into()))
}

fn period(arguments: &[Value], text: fn(u16, u8) -> String) -> Result<Value, QueryError> {
    let [date] = arguments else { return Ok(Value::Null) };
    let date = partial_date(date)?;
    Ok(date.month().map(|month| text(date.year(), month)).into())
}

fn day(arguments: &[Value], choose: fn(PartialDate) -> PartialDate) -> Result<Value, QueryError> {
    let [date] = arguments else { return Ok(Value::Null) };
    let date = choose(partial_date(date)?);
    let day = date.month().zip(date.day()).and_then(|(month, day)| Date::new(date.year().into(), month, day));
    Ok(day.into())
}

fn within(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [date, period] = arguments else { return Ok(Value::Null) };
    Ok(Value::Bool(partial_date(period)?.contains(partial_date(date)?)))
}

fn money(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let Some(Value::Int(amount)) = arguments.first() else { return Ok(Value::Null) };
    let currency = match arguments.get(1) {
        Some(Value::Text(code)) => Some(Currency::parse(code).map_err(|error| invalid(error.to_string()))?),
        _ => None,
    };
    let language = match arguments.get(2) {
        Some(Value::Text(language)) => match &**language {
            "en" => Language::English,
            "zh" | "zh-Hans" => Language::Simplified,
            "zh-Hant" => Language::Traditional,
            _ => {
                return Err(invalid(format!(
                    "expected en, zh, zh-Hans or zh-Hant as the language, found '{language}'"
                )));
            }
        },
        _ => Language::English,
    };
    Ok(Money { amount: *amount, currency, qualifier: None }.display(&language).into())
}

impl Value {
    /// Whether this is a string.
    fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}
