//! Parameters of saved queries.

use std::fmt;

use serde_json::Value as Json;

use crate::cypher::Value;
use crate::landscape::Error;
use crate::model::PartialDate;

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A day, a month or a year: `2024-02-25`, `2024-02`, `2024`. Text in the statement.
    Date,
    /// Several values: a JSON list, or texts between commas.
    List,
}

impl ParameterType {
    const ALL: [Self; 6] = [Self::String, Self::Integer, Self::Float, Self::Boolean, Self::Date, Self::List];

    /// The word in headers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Integer => "INTEGER",
            Self::Float => "FLOAT",
            Self::Boolean => "BOOLEAN",
            Self::Date => "DATE",
            Self::List => "LIST",
        }
    }

    /// What a value of the type looks like.
    fn expected(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Integer => "a whole number, such as 3",
            Self::Float => "a number, such as 0.5",
            Self::Boolean => "true or false",
            Self::Date => "a date, such as 2024, 2024-02 or 2024-02-25",
            Self::List => "a list, such as A,B or [\"A\", \"B\"]",
        }
    }

    /// Reads a value as it is typed on a command line.
    fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::String => Some(text.into()),
            Self::Integer => text.trim().parse().ok().map(Value::Int),
            Self::Float => text.trim().parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Float),
            Self::Boolean => text.trim().parse().ok().map(Value::Bool),
            Self::Date => text.trim().parse::<PartialDate>().ok().map(|date| date.to_string().into()),
            Self::List => match serde_json::from_str(text) {
                Ok(list @ Json::Array(_)) => Some(Value::from(&list)),
                _ if text.trim_start().starts_with('[') => None,
                _ => {
                    let parts = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
                    Some(Value::list(parts.map(Value::from).collect()))
                }
            },
        }
    }

    /// Whether a default is of the type; null always is.
    fn admits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null)
            | (Self::String, Value::Text(_))
            | (Self::Integer, Value::Int(_))
            | (Self::Float, Value::Int(_) | Value::Float(_))
            | (Self::Boolean, Value::Bool(_))
            | (Self::List, Value::List(_)) => true,
            (Self::Date, Value::Text(text)) => text.parse::<PartialDate>().is_ok(),
            _ => false,
        }
    }
}

/// A parameter of a saved query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryParameter {
    /// Its name, without the `$`.
    pub name: String,
    /// Its type.
    pub kind: ParameterType,
    /// Its value when none is given; without a default one must be given.
    pub default: Option<Value>,
    /// What it means.
    pub meaning: String,
}

impl QueryParameter {
    /// Reads an entry `name TYPE = default -- meaning`; default and meaning may be left out.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (declared, meaning) = text.split_once(" -- ").unwrap_or((text, ""));
        let (declared, default) = match declared.split_once('=') {
            Some((declared, default)) => (declared, Some(default.trim())),
            None => (declared, None),
        };
        let mut words = declared.split_whitespace();
        let (Some(name), Some(kind), None) = (words.next(), words.next(), words.next()) else {
            return Err(format!("expected `name TYPE = default -- meaning`, found {text:?}"));
        };
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.starts_with(char::is_numeric);
        if !is_name {
            return Err(format!("expected the name of a parameter, found {name:?}"));
        }
        let known = ParameterType::ALL.into_iter().find(|known| known.word() == kind).ok_or_else(|| {
            let words = ParameterType::ALL.map(ParameterType::word).join(", ");
            format!("expected a type ({words}), found {kind:?}")
        })?;
        let default = default
            .map(|text| {
                let json: Option<Json> = serde_json::from_str(text).ok();
                let value = json.as_ref().map(Value::from).filter(|value| known.admits(value));
                value.ok_or_else(|| format!("expected {} in JSON as the default, found {text}", known.expected()))
            })
            .transpose()?;
        Ok(Self { name: name.to_owned(), kind: known, default, meaning: meaning.trim().to_owned() })
    }

    /// Reads a value as it is typed on a command line.
    ///
    /// # Errors
    /// [`Error::Options`] when it is none of the type.
    pub fn read(&self, text: &str) -> Result<Value, Error> {
        // Where null is the usual value, it can be said.
        if text == "null" && self.default.as_ref().is_some_and(Value::is_null) {
            return Ok(Value::Null);
        }
        self.kind.read(text).ok_or_else(|| Error::Options {
            message: format!("the parameter {} is {}, found {text:?}", self.name, self.kind.expected()),
        })
    }
}

impl fmt::Display for QueryParameter {
    /// As it is declared: `least INTEGER = 2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.kind.word())?;
        match self.default_text() {
            Some(default) => write!(f, " = {default}"),
            None => Ok(()),
        }
    }
}
