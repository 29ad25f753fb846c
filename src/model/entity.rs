//! Things with names.

use super::{EntityId, Evidence, Language, ModelError, Properties, Reliability, SourceId, Value, vocabulary};

/// What part a name plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The name to show in its language.
    Canonical,
    /// Another name in use.
    Alias,
    /// A name that was given up.
    Former,
    /// The registered name.
    Legal,
}

impl NameKind {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Alias => "alias",
            Self::Former => "former",
            Self::Legal => "legal",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// [`ModelError::Word`].
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        match text {
            "canonical" => Ok(Self::Canonical),
            "alias" => Ok(Self::Alias),
            "former" => Ok(Self::Former),
            "legal" => Ok(Self::Legal),
            other => Err(ModelError::Word {
                field: "name kind",
                text: other.chars().take(40).collect(),
                expected: "canonical, alias, former, legal",
            }),
        }
    }
}

/// A name of an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// Its language and script.
    pub language: Language,
    /// The part it plays.
    pub kind: NameKind,
    /// Whether it was converted from another script instead of being seen.
    pub derived: bool,
    /// Where it was seen. Empty for well-known names that no listed source was read for.
    pub evidence: Vec<Evidence>,
}

impl Name {
    /// Whether this is the same name, whatever part it plays and wherever it was seen.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.text == other.text && self.language == other.language
    }
}

/// Something said about an entity itself: a key, a value, and who says so.
///
/// Several claims with one key may stand beside each other, because sources disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What is claimed, for example `founded`.
    pub key: String,
    /// The value.
    pub value: Value,
    /// What narrows the value down: `as_of`, `qualifier`, `currency`, `note`, ...
    pub qualifiers: Properties,
    /// Who says so.
    pub evidence: Vec<Evidence>,
}

impl Claim {
    /// Whether this claims the same, whoever says so.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value && self.qualifiers == other.qualifiers
    }
}

/// A thing in the landscape: a startup, an investor, a person, a model, a funding round.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The stable identifier.
    pub id: EntityId,
    /// What it is, the main label first. The query language also makes entities without labels.
    pub labels: Vec<String>,
    /// Its names, in all scripts.
    pub names: Vec<Name>,
    /// What sources say about it.
    pub claims: Vec<Claim>,
}

impl Entity {
    /// Whether the entity carries `label`.
    #[must_use]
    pub fn has_label(&self, label: &str) -> bool {
        self.labels.iter().any(|own| own == label)
    }

    /// The name to show to a reader of `language`.
    ///
    /// The first of these that there is: the canonical name in that language; for Chinese, the canonical name in the
    /// other script; an alias in that language; a canonical name in any language; any name at all, be it former or
    /// legal; the id. Within each, the name that the entity lists first.
    ///
    /// # Examples
    /// ```
    /// use ailand::model::{Entity, EntityId, Language, Name, NameKind};
    ///
    /// let name = |text: &str, language, kind| Name { text: text.into(), language, kind, derived: false, evidence: vec![] };
    /// let zhipu = Entity {
    ///     id: EntityId::new("startup:zhipu-ai")?,
    ///     labels: vec!["Startup".into()],
    ///     names: vec![
    ///         name("智譜", Language::Traditional, NameKind::Alias),
    ///         name("智谱AI", Language::Simplified, NameKind::Canonical),
    ///         name("Z.ai", Language::English, NameKind::Alias),
    ///     ],
    ///     claims: vec![],
    /// };
    /// assert_eq!(zhipu.name_in(&Language::Traditional), "智谱AI");
    /// assert_eq!(zhipu.name_in(&Language::English), "Z.ai");
    /// assert_eq!(zhipu.name_in(&Language::from("fr")), "智谱AI");
    /// # Ok::<(), ailand::model::ModelError>(())
    /// ```
    #[must_use]
    pub fn name_in(&self, language: &Language) -> &str {
        let pick = |wanted: &Language, canonical: bool| {
            self.names
                .iter()
                .find(|name| {
                    name.language == *wanted
                        && (name.kind == NameKind::Canonical || (!canonical && name.kind == NameKind::Alias))
                })
                .map(|name| name.text.as_str())
        };
        let other_script = match language {
            Language::Simplified => Some(Language::Traditional),
            Language::Traditional => Some(Language::Simplified),
            _ => None,
        };
        pick(language, true)
            .or_else(|| other_script.as_ref().and_then(|script| pick(script, true)))
            .or_else(|| pick(language, false))
            .or_else(|| self.names.iter().find(|name| name.kind == NameKind::Canonical).map(|name| name.text.as_str()))
            .or_else(|| self.names.first().map(|name| name.text.as_str()))
            .unwrap_or(self.id.as_str())
    }

    /// The claim to show for `key` when only one can be shown.
    ///
    /// What a statement set wins ([`Evidence::STATEMENT`]); then the claim with the best source; among those the one with
    /// more sources; then the one with the later `as_of`; then the first. `reliability` tells how far a source can be
    /// trusted.
    pub fn shown(&self, key: &str, reliability: impl Fn(&SourceId) -> Reliability) -> Option<&Claim> {
        self.claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.key == key)
            .min_by_key(|(position, claim)| {
                let best = claim.evidence.iter().map(|e| reliability(&e.source)).min().unwrap_or(Reliability::C);
                let as_of = claim.qualifiers.get("as_of").and_then(Value::as_date);
                let set = claim.evidence.iter().any(|evidence| evidence.rule == Evidence::STATEMENT);
                (!set, best, std::cmp::Reverse(claim.evidence.len()), std::cmp::Reverse(as_of), *position)
            })
            .map(|(_, claim)| claim)
    }

    /// Checks what the types cannot: labels and names are not empty, claims have evidence, numbers are finite.
    ///
    /// This is what no entity in a database may lack. What the vocabulary asks of a key is for importers to check
    /// ([`vocabulary::check_property`]).
    ///
    /// # Errors
    /// The first [`ModelError`] found.
    pub fn check(&self) -> Result<(), ModelError> {
        let missing = |part, why| ModelError::Missing { record: format!("entity {:?}", self.id.as_str()), part, why };
        if let Some(label) = self.labels.iter().find(|label| !vocabulary::is_label(label)) {
            return Err(ModelError::Word {
                field: "label",
                text: label.chars().take(60).collect(),
                expected: vocabulary::LABEL_FORM,
            });
        }
        for name in &self.names {
            if name.text.trim().is_empty() {
                return Err(missing("text in one of its names", "an empty name cannot be found"));
            }
            name.evidence.iter().try_for_each(Evidence::check)?;
        }
        for claim in &self.claims {
            if claim.evidence.is_empty() {
                return Err(missing("evidence for one of its claims", "every claim must say where it was read"));
            }
            claim.value.check(&claim.key)?;
            claim.qualifiers.check()?;
            claim.evidence.iter().try_for_each(Evidence::check)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity() -> Entity {
        let name = |text: &str, language: &str, kind| Name {
            text: text.into(),
            language: language.into(),
            kind,
            derived: false,
            evidence: vec![],
        };
        Entity {
            id: EntityId::new("startup:zhipu-ai").unwrap(),
            labels: vec!["Startup".into()],
            names: vec![
                name("Zhipu AI", "en", NameKind::Canonical),
                name("智谱AI", "zh-Hans", NameKind::Canonical),
                name("智譜", "zh-Hant", NameKind::Alias),
            ],
            claims: vec![],
        }
    }

    fn claim(year: &str, sources: &[&str]) -> Claim {
        Claim {
            key: "founded".into(),
            value: Value::Date(year.parse().unwrap()),
            qualifiers: Properties::new(),
            evidence: sources.iter().map(|id| Evidence::curated(SourceId::new(*id).unwrap())).collect(),
        }
    }

    #[test]
    fn names_are_shown_in_the_reader_s_script() {
        let entity = entity();
        assert_eq!(entity.name_in(&Language::English), "Zhipu AI");
        assert_eq!(entity.name_in(&Language::Simplified), "智谱AI");
        assert_eq!(entity.name_in(&Language::Traditional), "智谱AI");
        assert_eq!(entity.name_in(&Language::from("fr")), "Zhipu AI");
    }

    #[test]
    fn the_best_supported_claim_is_shown() {
        let mut entity = entity();
        entity.claims = vec![claim("2018", &["c1", "c2", "c3"]), claim("2019", &["a1"]), claim("2020", &["a1", "c1"])];
        let reliability = |id: &SourceId| if id.as_str().starts_with('a') { Reliability::A } else { Reliability::C };
        assert_eq!(entity.shown("founded", reliability).unwrap().value, Value::Date("2020".parse().unwrap()));
        assert!(entity.shown("valuation", reliability).is_none());
    }

    #[test]
    fn claims_need_evidence_and_labels_are_not_empty() {
        let mut bare = entity();
        bare.claims = vec![claim("2019", &[])];
        assert!(matches!(bare.check(), Err(ModelError::Missing { .. })));
        bare.claims.clear();
        assert!(bare.check().is_ok());
        bare.labels.clear();
        assert!(bare.check().is_ok());
        bare.labels.push("any text".into());
        assert!(bare.check().is_ok());
        bare.labels.push(String::new());
        assert!(bare.check().is_err());
    }
}
