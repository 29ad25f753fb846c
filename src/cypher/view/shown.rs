//! What a statement sees of a record.
//!
//! A record of the landscape shows what the design says: an entity its id, its names and the claims to show, a fact its
//! properties, modality, confidence and sources. A record that a statement made shows exactly the properties it was
//! given. The two are told apart by the id: statements number what they make, `node:17` and `rel:42`.

use std::sync::Arc;

use super::base::Base;
use super::record::Record;
use super::stored;
use super::words::{WordId, Words};
use crate::cypher::error::QueryError;
use crate::cypher::value::Value;
use crate::model::{Entity, Fact, FactId, Language, Modality, NameKind, Properties, Reliability};
use crate::store::FactSheet;

/// What the ids of entities begin with that statements made; a number follows.
pub(super) const NODE: &str = "node:";
/// What the ids of facts begin with that statements made; a number follows.
pub(super) const RELATIONSHIP: &str = "rel:";

/// Whether a statement made the record with this id.
pub(super) fn is_made(id: &str) -> bool {
    let number = id.strip_prefix(NODE).or_else(|| id.strip_prefix(RELATIONSHIP));
    number.is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit()) && number.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    })
}

/// The words of a base, and those that a statement brought.
#[derive(Clone, Copy)]
pub(super) struct Lexicon<'a> {
    pub(super) base: &'a Words,
    pub(super) own: Option<&'a Words>,
}

impl Lexicon<'_> {
    fn number(self, text: &str) -> Option<WordId> {
        self.base.number(text).or_else(|| self.own?.number(text))
    }

    fn set(self, record: &mut Record, word: WordId, value: Value) {
        if let Some(text) = self.base.text(word).or_else(|| self.own?.text(word)) {
            record.set(word, text, value);
        }
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// The properties of an entity. Every key must be a known word.
pub(super) fn entity(base: &Base, words: Lexicon<'_>, entity: &Entity) -> Result<Record, QueryError> {
    let made = is_made(entity.id.as_str());
    let mut record = Record::of(!made);
    for claim in &entity.claims {
        let Some(word) = words.number(&claim.key).filter(|&word| record.get(word).is_none()) else { continue };
        let rivals = || entity.claims.iter().filter(|other| other.key == claim.key);
        if rivals().nth(1).is_none() {
            words.set(&mut record, word, stored::seen(&claim.value));
            continue;
        }
        let mut reliabilities = Vec::new();
        for evidence in rivals().flat_map(|rival| &rival.evidence) {
            reliabilities.push((&evidence.source, base.reliability(&evidence.source)?));
        }
        let of = |id: &_| reliabilities.iter().find(|(own, _)| *own == id).map_or(Reliability::C, |&(_, own)| own);
        if let Some(claim) = entity.shown(&claim.key, of) {
            words.set(&mut record, word, stored::seen(&claim.value));
        }
    }
    if !made {
        let keys = &base.keys;
        words.set(&mut record, keys.id, text(entity.id.as_str()));
        for (key, name) in [
            (keys.name, name(entity)),
            (keys.name_en, name_in(entity, &[Language::English])),
            (keys.name_zh, name_in(entity, &[Language::Simplified, Language::Traditional])),
        ] {
            words.set(&mut record, key, name.map_or(Value::Null, text));
        }
    }
    Ok(record)
}

/// The name to show when the language does not matter: the first canonical one, or the first at all.
pub(super) fn name(entity: &Entity) -> Option<&str> {
    let canonical = entity.names.iter().find(|name| name.kind == NameKind::Canonical);
    canonical.or(entity.names.first()).map(|name| name.text.as_str())
}

/// The name to show in the first of some languages that has one: canonical before other names in use.
pub(super) fn name_in<'e>(entity: &'e Entity, languages: &[Language]) -> Option<&'e str> {
    [NameKind::Canonical, NameKind::Alias].into_iter().find_map(|kind| {
        languages.iter().find_map(|language| {
            let fits = |name: &&crate::model::Name| name.kind == kind && name.language == *language;
            entity.names.iter().find(fits).map(|name| name.text.as_str())
        })
    })
}

/// The properties of a fact. Every key must be a known word.
pub(super) fn fact(base: &Base, words: Lexicon<'_>, fact: &Fact) -> Record {
    let mut record = properties(words, fact.id.as_str(), &fact.properties);
    if record.landscape {
        let mut sources: Vec<&str> = Vec::new();
        for evidence in &fact.evidence {
            if !sources.contains(&evidence.source.as_str()) {
                sources.push(evidence.source.as_str());
            }
        }
        let sources = sources.into_iter().map(text).collect();
        attributes(&mut record, base, words, &fact.id, (fact.modality, fact.confidence(), sources));
    }
    record
}

/// The properties of a fact that nothing has changed.
pub(super) fn sheet(base: &Base, sheet: &FactSheet) -> Result<Record, QueryError> {
    let words = base.lexicon();
    let mut record = properties(words, sheet.id.as_str(), &sheet.properties);
    if record.landscape {
        let sources = sheet.sources.iter().map(|&number| base.source_id(number)).collect::<Result<_, _>>()?;
        attributes(&mut record, base, words, &sheet.id, (sheet.modality, sheet.confidence, sources));
    }
    Ok(record)
}

fn properties(words: Lexicon<'_>, id: &str, properties: &Properties) -> Record {
    let mut record = Record::of(!is_made(id));
    for (key, value) in properties.iter() {
        if let Some(word) = words.number(key) {
            words.set(&mut record, word, stored::seen(value));
        }
    }
    record
}

/// Adds what facts of the landscape have beside their properties.
fn attributes(
    record: &mut Record,
    base: &Base,
    words: Lexicon<'_>,
    id: &FactId,
    (modality, confidence, sources): (Modality, f32, Vec<Value>),
) {
    let keys = &base.keys;
    words.set(record, keys.id, text(id.as_str()));
    words.set(record, keys.modality, text(modality.word()));
    words.set(record, keys.confidence, Value::Float(decimal(confidence)));
    words.set(record, keys.sources, Value::List(Arc::new(sources)));
}

/// A confidence as it is written: it has few digits, and what the shorter float has behind them is noise.
pub(super) fn decimal(confidence: f32) -> f64 {
    (f64::from(confidence) * 1e6).round() / 1e6
}
