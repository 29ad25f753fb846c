//! Identifiers of entities, facts and sources: stable, ASCII, and distinct types so that they cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ModelError;

/// No identifier is longer than this many bytes.
const LONGEST: usize = 200;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $expected:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks `text` and makes an identifier of it.
            ///
            /// # Errors
            /// [`ModelError::Id`] when the text does not have the identifier's form.
            pub fn new(text: impl Into<String>) -> Result<Self, ModelError> {
                let text: String = text.into();
                let valid: fn(&str) -> bool = $valid;
                if !text.is_empty() && text.len() <= LONGEST && valid(&text) {
                    Ok(Self(text.into_boxed_str()))
                } else {
                    Err(ModelError::Id { kind: $kind, text: text.chars().take(60).collect(), expected: $expected })
                }
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ModelError;

            fn from_str(text: &str) -> Result<Self, ModelError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ModelError;

            fn try_from(text: String) -> Result<Self, ModelError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into_string()
            }
        }
    };
}

identifier! {
    /// The identifier of an entity: a kind, a colon and a slug, such as `startup:moonshot-ai`.
    ///
    /// The kind is where the entity was first filed; its labels say what it is.
    ///
    /// # Examples
    /// ```
    /// use ailand::model::EntityId;
    ///
    /// let id = EntityId::new("startup:moonshot-ai")?;
    /// assert_eq!(id.kind(), "startup");
    /// assert!(EntityId::new("月之暗面").is_err());
    /// # Ok::<(), ailand::model::ModelError>(())
    /// ```
    EntityId, "entity", "kind:slug in small ASCII letters, digits and .+-_ (for example startup:moonshot-ai)",
    |text| {
        text.split_once(':').is_some_and(|(kind, slug)| {
            kind.starts_with(|c: char| c.is_ascii_lowercase())
                && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !slug.is_empty()
                && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".+-_".contains(&b))
        })
    }
}

identifier! {
    /// The identifier of a fact, such as `f:0042`.
    FactId, "fact", "ASCII letters, digits and .:+-_/ without spaces (for example f:0042)", is_token
}

identifier! {
    /// The identifier of a source, such as `p_tc_moonshot`.
    SourceId, "source", "ASCII letters, digits and .:+-_/ without spaces (for example p_tc_moonshot)", is_token
}

impl EntityId {
    /// The part before the colon.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.split_once(':').map_or("", |(kind, _)| kind)
    }
}

fn is_token(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b".:+-_/".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_ids_have_a_kind_and_a_slug() {
        for good in ["startup:01-ai", "model:glm-4.5", "round:a+_b"] {
            assert!(EntityId::new(good).is_ok(), "{good}");
        }
        for bad in ["", "startup", "startup:", ":x", "Startup:x", "startup:月", "startup:a b", "1x:y"] {
            assert!(EntityId::new(bad).is_err(), "{bad}");
        }
        assert!(EntityId::new(format!("a:{}", "x".repeat(300))).is_err());
    }

    #[test]
    fn other_ids_are_single_tokens() {
        assert!(FactId::new("f:0042").is_ok());
        assert!(SourceId::new("p 1").is_err());
        assert!(SourceId::new("p\u{0}").is_err());
    }
}
