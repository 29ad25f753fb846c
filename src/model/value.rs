//! What properties hold.

use super::{ModelError, PartialDate, Temporal, TemporalKind};

/// The value of a property or a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// A whole number; amounts of money are whole units of their currency.
    Int(i64),
    /// A number with a fraction, such as a score. Never NaN or infinite.
    Float(f64),
    /// Text, and identifiers of other entities.
    Text(String),
    /// A date, as precise as it is known.
    Date(PartialDate),
    /// A time, a duration or an exact date, as the query language knows them.
    Temporal(Temporal),
    /// Several values.
    List(Vec<Value>),
}

impl Value {
    /// What kind of value this is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "true or false",
            Self::Int(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date",
            Self::Temporal(_) => "a time, a duration or an exact date",
            Self::List(_) => "a list",
        }
    }

    /// The text, when this is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number, when this is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// The number, whole or not.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)] // amounts stay below 2^53
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// The truth value, when this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The temporal value, when this is one.
    #[must_use]
    pub fn as_temporal(&self) -> Option<&Temporal> {
        if let Self::Temporal(temporal) = self { Some(temporal) } else { None }
    }

    /// The date, when this is one, partial or exact.
    #[must_use]
    pub fn as_date(&self) -> Option<PartialDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Temporal(temporal) if temporal.kind() == TemporalKind::Date => temporal.as_str().parse().ok(),
            _ => None,
        }
    }
}

impl Value {
    /// Whether no number in the value is infinite or not a number, in lists at any depth.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        match self {
            Self::Float(number) => number.is_finite(),
            Self::List(values) => values.iter().all(Self::is_finite),
            _ => true,
        }
    }

    /// Refuses what no database can hold and no file can say: numbers that are not finite.
    ///
    /// What the vocabulary asks of a key is not looked at; importers do that with [`check_property`](super::vocabulary::check_property).
    ///
    /// # Errors
    /// [`ModelError::PropertyType`].
    pub fn check(&self, key: &str) -> Result<(), ModelError> {
        if self.is_finite() {
            return Ok(());
        }
        Err(ModelError::PropertyType { key: key.to_owned(), found: "not a finite number", expected: "finite numbers" })
    }
}

impl std::fmt::Display for Value {
    /// Values as a reader expects them: text bare, lists with commas.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
            Self::Date(value) => write!(f, "{value}"),
            Self::Temporal(value) => write!(f, "{value}"),
            Self::List(values) => {
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{value}")?;
                }
                Ok(())
            }
        }
    }
}

/// Properties by key, sorted by key, each key once.
///
/// Records have a handful of properties, so a sorted vector is smaller and faster than a map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Properties(Vec<(Box<str>, Value)>);

impl Properties {
    /// No properties.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.binary_search_by(|(k, _)| (**k).cmp(key)).ok().and_then(|i| self.0.get(i)).map(|(_, value)| value)
    }

    /// Sets `key`, and hands back the value that it had before.
    pub fn set(&mut self, key: &str, value: Value) -> Option<Value> {
        match self.0.binary_search_by(|(k, _)| (**k).cmp(key)) {
            Ok(i) => self.0.get_mut(i).map(|slot| std::mem::replace(&mut slot.1, value)),
            Err(i) => {
                self.0.insert(i, (key.into(), value));
                None
            }
        }
    }

    /// Removes `key`, and hands back the value that it had.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.0.binary_search_by(|(k, _)| (**k).cmp(key)).ok().map(|i| self.0.remove(i).1)
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// How many properties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks every value as [`Value::check`] does.
    ///
    /// # Errors
    /// [`ModelError::PropertyType`] for the first one that cannot be stored.
    pub fn check(&self) -> Result<(), ModelError> {
        self.iter().try_for_each(|(key, value)| value.check(key))
    }
}

impl FromIterator<(String, Value)> for Properties {
    /// Collects pairs; of several with one key the last one stays.
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(pairs: I) -> Self {
        let mut properties = Self::new();
        for (key, value) in pairs {
            properties.set(&key, value);
        }
        properties
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_sorted_and_unique() {
        let mut properties = Properties::new();
        assert_eq!(properties.set("round", Value::Text("B".into())), None);
        assert_eq!(properties.set("date", Value::Int(1)), None);
        assert_eq!(properties.set("date", Value::Int(2)), Some(Value::Int(1)));
        assert_eq!(properties.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["date", "round"]);
        assert_eq!(properties.get("date"), Some(&Value::Int(2)));
        assert_eq!(properties.get("dat"), None);
        assert_eq!(properties.remove("date"), Some(Value::Int(2)));
        assert_eq!(properties.len(), 1);
    }
}
