//! Setting properties of the landscape's own records.

use crate::cypher::error::{Detail, Kind, QueryError};
use crate::model::{Claim, Entity, Evidence, Fact, Language, Modality, Name, NameKind, Properties, SourceId, Value};
use crate::names::script_of;

/// The source of what a statement says, until its own source is known.
pub(super) const PENDING: &str = "cypher:pending";

fn pending(confidence: f32) -> Option<Evidence> {
    let source = SourceId::new(PENDING).ok()?;
    let curated = Evidence::curated(source);
    Some(Evidence { rule: Evidence::STATEMENT.to_owned(), confidence, ..curated })
}

fn refuse(message: String, hint: &str) -> QueryError {
    QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message).with_hint(hint)
}

/// Sets a property of an entity; nothing removes it.
///
/// The names are names: a new `name`, `name_en` or `name_zh` becomes the canonical name, and the one before stays an
/// alias. Everything else becomes a claim, which is shown before those of other sources; they stay beside it. Removing
/// takes all claims of the key away.
pub(super) fn entity(entity: &mut Entity, key: &str, value: Option<Value>) -> Result<(), QueryError> {
    match key {
        "id" if value.as_ref().and_then(Value::as_text) == Some(entity.id.as_str()) => Ok(()),
        "id" => Err(refuse(
            format!("the id of {} cannot be changed", entity.id),
            "facts and other databases refer to it; use SET n += {...} to leave it as it is",
        )),
        "name" | "name_en" | "name_zh" => rename(entity, key, value),
        _ => {
            let statement = |claim: &Claim| claim.evidence.iter().any(|evidence| evidence.rule == Evidence::STATEMENT);
            entity.claims.retain(|claim| claim.key != key || (value.is_some() && !statement(claim)));
            if let Some(value) = value {
                let evidence = pending(1.0).into_iter().collect();
                entity.claims.push(Claim { key: key.to_owned(), value, qualifiers: Properties::new(), evidence });
            }
            Ok(())
        }
    }
}

fn rename(entity: &mut Entity, key: &str, value: Option<Value>) -> Result<(), QueryError> {
    let languages: &[Language] = match key {
        "name_en" => &[Language::English],
        "name_zh" => &[Language::Simplified, Language::Traditional],
        _ => &[],
    };
    let Some(value) = value else {
        if languages.is_empty() {
            return Err(refuse(
                format!("{} must keep a name", entity.id),
                "set another name, or use SET n += {...} to leave it as it is",
            ));
        }
        let in_use = |kind| matches!(kind, NameKind::Canonical | NameKind::Alias);
        entity.names.retain(|name| !(languages.contains(&name.language) && in_use(name.kind)));
        return Ok(());
    };
    let text = value.as_text().filter(|text| super::names::is_name(text)).ok_or_else(|| {
        QueryError::run(Kind::TypeError, Detail::InvalidPropertyType, format!("{key} of {} must be text", entity.id))
            .with_hint("a name is text of 1 to 500 characters that is not blank")
    })?;
    let shown = if key == "name" { super::shown::name(entity) } else { super::shown::name_in(entity, languages) };
    if shown == Some(text) {
        return Ok(());
    }
    let language = match (key, script_of(text)) {
        ("name_en", _) => Language::English,
        ("name_zh", Language::Traditional) => Language::Traditional,
        ("name_zh", _) => Language::Simplified,
        (_, script) => script,
    };
    let mut evidence: Vec<Evidence> = pending(1.0).into_iter().collect();
    entity.names.retain_mut(|name| {
        let known = name.text == text && name.language == language;
        if known {
            evidence.append(&mut name.evidence);
        }
        !known
    });
    let canonical = |name: &Name| name.kind == NameKind::Canonical;
    let place = if key == "name" {
        // The first canonical name is the one that is shown.
        entity.names.iter().position(canonical).unwrap_or_default()
    } else {
        let replaced = |name: &Name| canonical(name) && languages.contains(&name.language);
        entity.names.iter().position(replaced).unwrap_or(entity.names.len())
    };
    for name in entity.names.iter_mut().filter(|name| canonical(name)) {
        if name.language == language || languages.contains(&name.language) {
            name.kind = NameKind::Alias;
        }
    }
    let kind = NameKind::Canonical;
    entity.names.insert(place, Name { text: text.to_owned(), language, kind, derived: false, evidence });
    Ok(())
}

/// Sets a property of a fact; nothing removes it. The statement joins the evidence of the fact.
pub(super) fn fact(fact: &mut Fact, key: &str, value: Option<Value>) -> Result<(), QueryError> {
    let fixed = |why: &str| Err(refuse(format!("{key} of fact {} cannot be set", fact.id), why));
    match key {
        "id" => return fixed("facts are known by their ids"),
        "confidence" | "sources" => return fixed("it follows from the evidence of the fact"),
        "modality" => {
            let word = value.as_ref().and_then(Value::as_text).unwrap_or_default();
            match Modality::parse(word) {
                Ok(modality) => fact.modality = modality,
                Err(error) => return Err(refuse(error.to_string(), "modality says how the sources put the fact")),
            }
        }
        _ => {
            match value {
                Some(value) => fact.properties.set(key, value),
                None => fact.properties.remove(key),
            };
        }
    }
    if !fact.evidence.iter().any(|evidence| evidence.source.as_str() == PENDING) {
        // It does not make the fact surer than it was.
        fact.evidence.extend(pending(fact.confidence()));
    }
    Ok(())
}
