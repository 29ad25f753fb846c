//! Records as canonical lines.
//!
//! Keys stand in a fixed order, properties in the order of their keys, and defaults are left out, so that equal records
//! are equal bytes.

use std::io::Write;

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use super::Record;
use super::value::{AS_IT_IS, DATE, holds_dates};
use crate::formats::FormatError;
use crate::model::vocabulary::PropertyType;
use crate::model::{Claim, Entity, Evidence, Fact, Modality, Name, Properties, Source, Value, vocabulary};

/// Writes a record as one line.
///
/// # Errors
/// [`FormatError::Write`] when the system cannot write; [`FormatError::Unwritable`] for a number that is not finite.
/// Nothing of a record that cannot be written is written.
pub fn write_record(record: &Record, out: &mut impl Write) -> Result<(), FormatError> {
    match record {
        Record::Entity(entity) => write_entity(entity, out),
        Record::Fact(fact) => write_fact(fact, out),
        Record::Source(source) => write_source(source, out),
    }
}

/// Writes an entity as one line.
///
/// # Errors
/// Those of [`write_record`].
pub fn write_entity(entity: &Entity, out: &mut impl Write) -> Result<(), FormatError> {
    write_entity_among(entity, &|_| true, out)
}

/// Writes an entity as one line. A property that names an entity which is not among those that `there` knows by id is
/// written as it is, so that whoever reads the line does not look for it.
///
/// # Errors
/// Those of [`write_record`].
pub fn write_entity_among(
    entity: &Entity,
    there: &dyn Fn(&str) -> bool,
    out: &mut impl Write,
) -> Result<(), FormatError> {
    write_line(&Among { record: entity, there }, "entity", entity.id.as_str(), out)
}

/// Writes a fact as one line.
///
/// # Errors
/// Those of [`write_record`].
pub fn write_fact(fact: &Fact, out: &mut impl Write) -> Result<(), FormatError> {
    write_fact_among(fact, &|_| true, out)
}

/// Writes a fact as one line, with its properties as [`write_entity_among`] writes them.
///
/// # Errors
/// Those of [`write_record`].
pub fn write_fact_among(fact: &Fact, there: &dyn Fn(&str) -> bool, out: &mut impl Write) -> Result<(), FormatError> {
    write_line(&Among { record: fact, there }, "fact", fact.id.as_str(), out)
}

/// Writes a source as one line.
///
/// # Errors
/// Those of [`write_record`].
pub fn write_source(source: &Source, out: &mut impl Write) -> Result<(), FormatError> {
    write_line(&Json(source), "source", source.id.as_str(), out)
}

fn write_line(json: &impl Serialize, kind: &str, id: &str, out: &mut impl Write) -> Result<(), FormatError> {
    let mut line = serde_json::to_vec(json)
        .map_err(|error| FormatError::Unwritable { record: format!("{kind} {id:?}"), problem: error.to_string() })?;
    line.push(b'\n');
    out.write_all(&line)?;
    Ok(())
}

/// Whether an entity is there, by its id.
type There<'a> = &'a dyn Fn(&str) -> bool;

/// A model value on its way to JSON.
///
/// The model itself does not implement `Serialize`: what its types look like in a file is decided here alone.
struct Json<'a, T: ?Sized>(&'a T);

/// The same for what has properties, with the entities that are there.
#[derive(Clone, Copy)]
struct Among<'a, T: ?Sized> {
    record: &'a T,
    there: There<'a>,
}

impl<'a, T: ?Sized> Among<'a, T> {
    /// A part of the record, among the same entities.
    fn part<P: ?Sized>(&self, part: &'a P) -> Among<'a, P> {
        Among { record: part, there: self.there }
    }
}

impl Serialize for Among<'_, Entity> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("entity", self.record.id.as_str())?;
        map.serialize_entry("labels", &self.record.labels)?;
        if !self.record.names.is_empty() {
            map.serialize_entry("names", &Json(self.record.names.as_slice()))?;
        }
        if !self.record.claims.is_empty() {
            map.serialize_entry("claims", &self.part(self.record.claims.as_slice()))?;
        }
        map.end()
    }
}

impl Serialize for Json<'_, Name> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("text", &self.0.text)?;
        map.serialize_entry("language", self.0.language.tag())?;
        map.serialize_entry("kind", self.0.kind.word())?;
        if self.0.derived {
            map.serialize_entry("derived", &true)?;
        }
        if !self.0.evidence.is_empty() {
            map.serialize_entry("evidence", &Json(self.0.evidence.as_slice()))?;
        }
        map.end()
    }
}

impl Serialize for Among<'_, Claim> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &self.record.key)?;
        map.serialize_entry("value", &Keyed { key: Some((&self.record.key, self.there)), value: &self.record.value })?;
        if !self.record.qualifiers.is_empty() {
            map.serialize_entry("qualifiers", &self.part(&self.record.qualifiers))?;
        }
        map.serialize_entry("evidence", &Json(self.record.evidence.as_slice()))?;
        map.end()
    }
}

impl Serialize for Among<'_, [Claim]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.record.iter().map(|claim| self.part(claim)))
    }
}

impl Serialize for Among<'_, Fact> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("fact", self.record.id.as_str())?;
        map.serialize_entry("subject", self.record.subject.as_str())?;
        map.serialize_entry("predicate", &self.record.predicate)?;
        map.serialize_entry("object", self.record.object.as_str())?;
        if self.record.modality != Modality::Asserted {
            map.serialize_entry("modality", self.record.modality.word())?;
        }
        if !self.record.properties.is_empty() {
            map.serialize_entry("properties", &self.part(&self.record.properties))?;
        }
        map.serialize_entry("evidence", &Json(self.record.evidence.as_slice()))?;
        map.end()
    }
}

impl Serialize for Json<'_, Source> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let source = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("source", source.id.as_str())?;
        map.serialize_entry("kind", &source.kind)?;
        map.serialize_entry("title", &source.title)?;
        let published = source.published.map(|date| date.to_string());
        for (key, value) in [
            ("publisher", source.publisher.as_deref()),
            ("url", source.url.as_deref()),
            ("published", published.as_deref()),
            ("language", source.language.as_ref().map(|language| language.tag())),
            ("content_hash", source.content_hash.as_deref()),
            ("license", source.license.as_deref()),
        ] {
            if let Some(value) = value {
                map.serialize_entry(key, value)?;
            }
        }
        map.serialize_entry("reliability", source.reliability.letter())?;
        map.end()
    }
}

impl Serialize for Json<'_, Evidence> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain = Evidence::curated(self.0.source.clone());
        if *self.0 == plain {
            return serializer.serialize_str(plain.source.as_str());
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("source", self.0.source.as_str())?;
        if let Some(quote) = &self.0.quote {
            map.serialize_entry("quote", quote)?;
        }
        if let Some(span) = self.0.span {
            map.serialize_entry("span", &[span.start, span.end])?;
        }
        if let Some(row) = &self.0.row {
            map.serialize_entry("row", row)?;
        }
        if self.0.rule != plain.rule {
            map.serialize_entry("rule", &self.0.rule)?;
        }
        if self.0.confidence.to_bits() != plain.confidence.to_bits() {
            if !self.0.confidence.is_finite() {
                return Err(S::Error::custom("its confidence is not a finite number"));
            }
            map.serialize_entry("confidence", &self.0.confidence)?;
        }
        if let Some(party) = &self.0.asserted_by {
            map.serialize_entry("asserted_by", party.as_str())?;
        }
        map.end()
    }
}

impl<'a, T> Serialize for Json<'a, [T]>
where
    Json<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Json))
    }
}

impl Serialize for Among<'_, Properties> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(self.record.iter().map(|(key, value)| (key, Keyed { key: Some((key, self.there)), value })))
    }
}

/// A value under a key, among the entities that are there; inside lists there is no key.
struct Keyed<'a> {
    key: Option<(&'a str, There<'a>)>,
    value: &'a Value,
}

impl Serialize for Keyed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some((key, there)) = self.key
            && !fits(key, self.value, there)
        {
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_entry(AS_IT_IS, &Keyed { key: None, value: self.value })?;
            return map.end();
        }
        match self.value {
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(value) => serializer.serialize_i64(*value),
            Value::Float(value) if value.is_finite() => serializer.serialize_f64(*value),
            Value::Float(_) => Err(S::Error::custom("a number is not finite")),
            Value::Text(value) => serializer.serialize_str(value),
            Value::Date(date) if self.key.is_some_and(|(key, _)| holds_dates(key)) => serializer.collect_str(date),
            Value::Date(date) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(DATE, &date.to_string())?;
                map.end()
            }
            Value::Temporal(temporal) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(temporal.kind().word(), temporal.as_str())?;
                map.end()
            }
            Value::List(values) => serializer.collect_seq(values.iter().map(|value| Keyed { key: None, value })),
        }
    }
}

/// Whether a value is what its key asks for.
fn fits(key: &str, value: &Value, there: &dyn Fn(&str) -> bool) -> bool {
    let leads = match value {
        Value::Text(id) if vocabulary::property_type(key) == PropertyType::Entity => there(id),
        _ => true,
    };
    leads && vocabulary::check_property(key, value).is_ok()
}
