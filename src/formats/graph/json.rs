//! Values and records as JSON.

use serde_json::{Map, Number, Value as Json};

use crate::model::{Source, Value};

/// A value: dates as their text, numbers as numbers.
pub(super) fn value(value: &Value) -> Json {
    match value {
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(number) => Json::from(*number),
        // Stored numbers are finite.
        Value::Float(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Text(text) => Json::String(text.clone()),
        Value::Date(date) => Json::String(date.to_string()),
        Value::Temporal(temporal) => Json::String(temporal.as_str().to_owned()),
        Value::List(values) => Json::Array(values.iter().map(self::value).collect()),
    }
}

/// Attributes as an object, after what stands first.
pub(super) fn object(first: &[(&str, &str)], attributes: Vec<(String, Value)>) -> Json {
    let mut map = Map::new();
    for (key, text) in first {
        map.insert((*key).to_owned(), Json::String((*text).to_owned()));
    }
    for (key, attribute) in attributes {
        map.insert(key, value(&attribute));
    }
    Json::Object(map)
}

/// Sources by id: title, publisher, date and address.
pub(super) fn sources(sources: &[Source]) -> Json {
    let one = |source: &Source| {
        let mut map = Map::new();
        map.insert("title".to_owned(), Json::String(source.title.clone()));
        let published = source.published.map(|date| date.to_string());
        let parts = [
            ("publisher", source.publisher.clone()),
            ("published", published),
            ("url", source.link().map(str::to_owned)),
        ];
        map.extend(parts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Json::String(text?)))));
        (source.id.as_str().to_owned(), Json::Object(map))
    };
    Json::Object(sources.iter().map(one).collect())
}
