//! Values and properties in JSON, read with the type that their key asks for.
//!
//! JSON has no dates. Under a key that holds dates (`vocabulary::property_type`) a string is a date; anywhere else a
//! date is written `{"date": "2024-02"}`, and so are the times of the query language under their own words. A value that
//! does not fit its key, which only the query language can have set, is written `{"value": ...}`. So every value survives
//! the way out and back.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::object::word;
use crate::model::vocabulary::{self, PropertyType};
use crate::model::{PartialDate, Properties, Temporal, TemporalKind, Value};

/// The key of an object that stands for a date.
pub(super) const DATE: &str = "date";

/// The key of an object that holds a value as it is, whatever its key asks for.
pub(super) const AS_IT_IS: &str = "value";

/// Whether a string under this key is a date.
pub(super) fn holds_dates(key: &str) -> bool {
    vocabulary::property_type(key) == PropertyType::Date
}

/// A seed for the value of `key`.
#[derive(Clone, Copy)]
pub(super) struct ValueOf<'k> {
    /// The key, or `None` inside a list and where the key is not known yet.
    pub(super) key: Option<&'k str>,
}

/// A value that was read.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) value: Value,
    /// Whether it stays as it is, whatever its key asks for.
    pub(super) as_it_is: bool,
}

impl ValueOf<'_> {
    fn checked<E: Error>(self, value: Value) -> Result<Given, E> {
        if let Some(key) = self.key {
            vocabulary::check_property(key, &value).map_err(E::custom)?;
        }
        Ok(Given { value, as_it_is: false })
    }
}

impl<'de> DeserializeSeed<'de> for ValueOf<'_> {
    type Value = Given;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueOf<'_> {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, true, false, or a list of such values")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Given, E> {
        self.checked(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Given, E> {
        self.checked(Value::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Given, E> {
        let value = i64::try_from(value).map_err(|_| E::custom(too_large(&value.to_string())))?;
        self.checked(Value::Int(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Given, E> {
        self.checked(Value::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Given, E> {
        let value = if self.key.is_some_and(holds_dates) {
            Value::Date(text.parse().map_err(E::custom)?)
        } else {
            Value::Text(text.to_owned())
        };
        self.checked(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Given, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(ValueOf { key: None })? {
            values.push(value.value);
        }
        self.checked(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let refused = "an object cannot be a value: expected text, a number, true, false, a list, or {\"date\": ...}";
        let first: Option<String> = map.next_key()?;
        let given = match first.as_deref() {
            Some(AS_IT_IS) => {
                let inner = map.next_value_seed(ValueOf { key: None })?;
                inner.value.check(AS_IT_IS).map_err(A::Error::custom)?;
                Given { value: inner.value, as_it_is: true }
            }
            Some(DATE) => self.checked(Value::Date(map.next_value_seed(word("a date", str::parse::<PartialDate>))?))?,
            Some(other) => {
                let kind = TemporalKind::of_word(other).ok_or_else(|| A::Error::custom(refused))?;
                let text: String = map.next_value()?;
                self.checked(Value::Temporal(Temporal::new(kind, text).map_err(A::Error::custom)?))?
            }
            None => return Err(A::Error::custom(refused)),
        };
        if map.next_key::<String>()?.is_some() {
            return Err(A::Error::custom(refused));
        }
        Ok(given)
    }
}

/// Gives a value that was read before its key the type that the key asks for.
pub(super) fn fit(key: &str, given: Given) -> Result<Value, String> {
    if given.as_it_is {
        return Ok(given.value);
    }
    let value = match given.value {
        Value::Text(text) if holds_dates(key) => {
            Value::Date(text.parse().map_err(|error: crate::model::ModelError| error.to_string())?)
        }
        other => other,
    };
    vocabulary::check_property(key, &value).map_err(|error| error.to_string())?;
    Ok(value)
}

/// The message for a whole number that does not fit.
pub(super) fn too_large(number: &str) -> String {
    let shown: String = number.chars().take(40).collect();
    format!("whole number {shown} does not fit: expected one from {} to {}", i64::MIN, i64::MAX)
}

/// A seed for properties: an object with any keys.
#[derive(Clone, Copy)]
pub(super) struct AnyProperties;

impl<'de> DeserializeSeed<'de> for AnyProperties {
    type Value = Properties;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Properties, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AnyProperties {
    type Value = Properties;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
        // Properties insert into a sorted vector, which is quadratic for a hostile line with a million keys in
        // descending order. The map sorts first.
        let mut sorted: BTreeMap<String, Value> = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if sorted.contains_key(&key) {
                let shown: String = key.chars().take(40).collect();
                return Err(A::Error::custom(format!("property {shown:?} stands twice: expected it once")));
            }
            let value = map.next_value_seed(ValueOf { key: Some(&key) })?;
            sorted.insert(key, value.value);
        }
        Ok(sorted.into_iter().collect())
    }
}
