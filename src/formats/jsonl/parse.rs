//! From the text of a line to a record.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::Record;
use super::object::{List, Object, Shape, Word, fill, list, object, required, text, unknown_key, word};
use super::value::{AnyProperties, Given, ValueOf, fit};
use crate::model::{
    Claim, Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, PartialDate, Properties,
    Reliability, Source, SourceId, Span,
};

/// A seed for any record: its first key says which.
pub(super) struct AnyRecord;

impl<'de> DeserializeSeed<'de> for AnyRecord {
    type Value = Record;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AnyRecord {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record in braces that begins with \"entity\", \"fact\" or \"source\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let first: Option<String> = map.next_key()?;
        match first.as_deref() {
            Some("entity") => fill::<EntityParts, A>(first, map).map(Record::Entity),
            Some("fact") => fill::<FactParts, A>(first, map).map(Record::Fact),
            Some("source") => fill::<SourceParts, A>(first, map).map(Record::Source),
            Some(other) => {
                let shown: String = other.chars().take(40).collect();
                Err(A::Error::custom(format!(
                    "a record cannot begin with {shown:?}: expected \"entity\", \"fact\" or \"source\" as its first key"
                )))
            }
            None => Err(A::Error::custom("the record is empty: expected \"entity\", \"fact\" or \"source\"")),
        }
    }
}

#[derive(Default)]
struct EntityParts {
    id: Option<EntityId>,
    labels: Option<Vec<String>>,
    names: Vec<Name>,
    claims: Vec<Claim>,
}

impl Shape for EntityParts {
    type Whole = Entity;
    const NAME: &'static str = "an entity";
    const KEYS: &'static [&'static str] = &["entity", "labels", "names", "claims"];

    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "entity" => self.id = Some(map.next_value_seed(entity_id())?),
            "labels" => self.labels = Some(map.next_value_seed(list("a list of labels", text("a label")))?),
            "names" => self.names = map.next_value_seed(list("a list of names", object::<NameParts>()))?,
            "claims" => self.claims = map.next_value_seed(list("a list of claims", object::<ClaimParts>()))?,
            other => return Err(unknown_key::<Self, A::Error>(other)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Entity, String> {
        let entity = Entity {
            id: required::<Self, _>(self.id, "entity")?,
            labels: required::<Self, _>(self.labels, "labels")?,
            names: self.names,
            claims: self.claims,
        };
        entity.check().map_err(|error| error.to_string())?;
        Ok(entity)
    }
}

#[derive(Default)]
struct NameParts {
    text: Option<String>,
    language: Option<Language>,
    kind: Option<NameKind>,
    derived: bool,
    evidence: Vec<Evidence>,
}

impl Shape for NameParts {
    type Whole = Name;
    const NAME: &'static str = "a name";
    const KEYS: &'static [&'static str] = &["text", "language", "kind", "derived", "evidence"];

    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "text" => self.text = Some(map.next_value_seed(text("the text of the name"))?),
            "language" => self.language = Some(map.next_value_seed(language())?),
            "kind" => self.kind = Some(map.next_value_seed(word("the kind of the name", NameKind::parse))?),
            "derived" => self.derived = map.next_value()?,
            "evidence" => self.evidence = map.next_value_seed(evidence())?,
            other => return Err(unknown_key::<Self, A::Error>(other)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Name, String> {
        Ok(Name {
            text: required::<Self, _>(self.text, "text")?,
            language: required::<Self, _>(self.language, "language")?,
            kind: required::<Self, _>(self.kind, "kind")?,
            derived: self.derived,
            evidence: self.evidence,
        })
    }
}

#[derive(Default)]
struct ClaimParts {
    key: Option<String>,
    value: Option<Given>,
    qualifiers: Properties,
    evidence: Option<Vec<Evidence>>,
}

impl Shape for ClaimParts {
    type Whole = Claim;
    const NAME: &'static str = "a claim";
    const KEYS: &'static [&'static str] = &["key", "value", "qualifiers", "evidence"];

    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "key" => self.key = Some(map.next_value_seed(text("the key of the claim"))?),
            // With the key at hand the value is checked in its place; otherwise at the end.
            "value" => self.value = Some(map.next_value_seed(ValueOf { key: self.key.as_deref() })?),
            "qualifiers" => self.qualifiers = map.next_value_seed(AnyProperties)?,
            "evidence" => self.evidence = Some(map.next_value_seed(evidence())?),
            other => return Err(unknown_key::<Self, A::Error>(other)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Claim, String> {
        let key = required::<Self, _>(self.key, "key")?;
        let value = fit(&key, required::<Self, _>(self.value, "value")?)?;
        let evidence = required::<Self, _>(self.evidence, "evidence")?;
        Ok(Claim { key, value, qualifiers: self.qualifiers, evidence })
    }
}

#[derive(Default)]
struct FactParts {
    id: Option<FactId>,
    subject: Option<EntityId>,
    predicate: Option<String>,
    object: Option<EntityId>,
    modality: Option<Modality>,
    properties: Properties,
    evidence: Option<Vec<Evidence>>,
}

impl Shape for FactParts {
    type Whole = Fact;
    const NAME: &'static str = "a fact";
    const KEYS: &'static [&'static str] =
        &["fact", "subject", "predicate", "object", "modality", "properties", "evidence"];

    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "fact" => self.id = Some(map.next_value_seed(word("the id of the fact", str::parse))?),
            "subject" => self.subject = Some(map.next_value_seed(entity_id())?),
            "predicate" => self.predicate = Some(map.next_value_seed(text("a predicate such as INVESTED_IN"))?),
            "object" => self.object = Some(map.next_value_seed(entity_id())?),
            "modality" => self.modality = Some(map.next_value_seed(word("a modality", Modality::parse))?),
            "properties" => self.properties = map.next_value_seed(AnyProperties)?,
            "evidence" => self.evidence = Some(map.next_value_seed(evidence())?),
            other => return Err(unknown_key::<Self, A::Error>(other)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Fact, String> {
        let fact = Fact {
            id: required::<Self, _>(self.id, "fact")?,
            subject: required::<Self, _>(self.subject, "subject")?,
            predicate: required::<Self, _>(self.predicate, "predicate")?,
            object: required::<Self, _>(self.object, "object")?,
            properties: self.properties,
            modality: self.modality.unwrap_or(Modality::Asserted),
            evidence: self.evidence.unwrap_or_default(),
        };
        fact.check().map_err(|error| error.to_string())?;
        Ok(fact)
    }
}

#[derive(Default)]
struct SourceParts {
    id: Option<SourceId>,
    kind: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    published: Option<PartialDate>,
    language: Option<Language>,
    content_hash: Option<String>,
    license: Option<String>,
    reliability: Option<Reliability>,
}

impl Shape for SourceParts {
    type Whole = Source;
    const NAME: &'static str = "a source";
    const KEYS: &'static [&'static str] = &[
        "source", "kind", "title", "publisher", "url", "published", "language", "content_hash", "license",
        "reliability",
    ];

    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "source" => self.id = Some(map.next_value_seed(source_id())?),
            "kind" => self.kind = Some(map.next_value_seed(text("the kind of the source"))?),
            "title" => self.title = Some(map.next_value_seed(text("the title"))?),
            "publisher" => self.publisher = Some(map.next_value_seed(text("the publisher"))?),
            "url" => self.url = Some(map.next_value_seed(text("an address"))?),
            "published" => self.published = Some(map.next_value_seed(word("a date", str::parse))?),
            "language" => self.language = Some(map.next_value_seed(language())?),
            "content_hash" => self.content_hash = Some(map.next_value_seed(text("a hash"))?),
            "license" => self.license = Some(map.next_value_seed(text("a licence"))?),
            "reliability" => self.reliability = Some(map.next_value_seed(word("A, B or C", Reliability::parse))?),
            other => return Err(unknown_key::<Self, A::Error>(other)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Source, String> {
        Ok(Source {
            id: required::<Self, _>(self.id, "source")?,
            kind: required::<Self, _>(self.kind, "kind")?,
            title: required::<Self, _>(self.title, "title")?,
            publisher: self.publisher,
            url: self.url,
            published: self.published,
            language: self.language,
            content_hash: self.content_hash,
            license: self.license,
            reliability: required::<Self, _>(self.reliability, "reliability")?,
        })
    }
}

#[derive(Default)]
struct EvidenceParts {
    source: Option<SourceId>,
    quote: Option<String>,
    span: Option<Span>,
    row: Option<String>,
    rule: Option<String>,
    confidence: Option<f32>,
    asserted_by: Option<EntityId>,
}

impl Shape for EvidenceParts {
    type Whole = Evidence;
    const NAME: &'static str = "evidence";
    const KEYS: &'static [&'static str] = &["source", "quote", "span", "row", "rule", "confidence", "asserted_by"];

    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "source" => self.source = Some(map.next_value_seed(source_id())?),
            "quote" => self.quote = Some(map.next_value_seed(text("a quotation"))?),
            "span" => {
                let [start, end]: [u32; 2] = map.next_value()?;
                self.span = Some(Span { start, end });
            }
            "row" => self.row = Some(map.next_value_seed(text("the name of a row"))?),
            "rule" => self.rule = Some(map.next_value_seed(text("a rule and its version"))?),
            "confidence" => self.confidence = Some(map.next_value()?),
            "asserted_by" => self.asserted_by = Some(map.next_value_seed(entity_id())?),
            other => return Err(unknown_key::<Self, A::Error>(other)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Evidence, String> {
        let plain = Evidence::curated(required::<Self, _>(self.source, "source")?);
        let evidence = Evidence {
            source: plain.source,
            quote: self.quote,
            span: self.span,
            row: self.row,
            rule: self.rule.unwrap_or(plain.rule),
            confidence: self.confidence.unwrap_or(plain.confidence),
            asserted_by: self.asserted_by,
        };
        evidence.check().map_err(|error| error.to_string())?;
        Ok(evidence)
    }
}

/// A seed for one piece of evidence: an object, or the id of a source that says it all.
#[derive(Clone, Copy)]
struct OneEvidence;

impl<'de> DeserializeSeed<'de> for OneEvidence {
    type Value = Evidence;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Evidence, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for OneEvidence {
    type Value = Evidence;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("evidence: the id of a source, or an object with \"source\"")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Evidence, E> {
        SourceId::new(id).map(Evidence::curated).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Evidence, A::Error> {
        let seed: Object<EvidenceParts> = object();
        seed.visit_map(map)
    }
}

fn evidence() -> List<OneEvidence> {
    list("a list of evidence", OneEvidence)
}

fn entity_id() -> Word<EntityId> {
    word("the id of an entity", str::parse)
}

fn source_id() -> Word<SourceId> {
    word("the id of a source", str::parse)
}

fn language() -> Word<Language> {
    word("a language tag such as en or zh-Hans", |tag| Ok(Language::from(tag)))
}
