//! What the entities of an article are called, and what that adds to those of the database.

use std::collections::HashSet;

use crate::extract::Kind;
use crate::model::vocabulary::ORGANISATION;
use crate::model::{Claim, Entity, Evidence, Language, Modality, Name, NameKind, Properties, Value};
use crate::names::{is_han, is_simplified_only, name_key, script_of};

use super::super::Basis;
use super::super::identity::{Identity, MAY_BE};
use super::{Draft, READER};

impl Draft<'_> {
    /// Puts the entities that the facts are about: new ones, and known ones that gain a name or a label.
    pub(super) fn describe_entities(&mut self) {
        let mut used = vec![false; self.identities.len()];
        let mut investors = HashSet::new();
        for fact in &self.found.facts {
            for at in [Some(fact.subject), fact.object, fact.asserted_by].into_iter().flatten() {
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
            }
            if fact.predicate == "INVESTED_IN" && matches!(fact.modality, Modality::Asserted | Modality::Reported) {
                investors.insert(fact.subject);
            }
        }
        for (at, identity) in self.identities.iter().enumerate().filter(|(at, _)| used.get(*at) == Some(&true)) {
            let Some(candidate) = self.found.entities.get(at) else { continue };
            let before = identity.known.clone();
            let mut entity = match self.place_of.get(&identity.id).and_then(|place| self.entities.get(*place)) {
                Some(entity) => entity.clone(),
                None => before.clone().unwrap_or_else(|| Entity {
                    id: identity.id.clone(),
                    labels: vec![candidate.kind.label().to_owned()],
                    names: Vec::new(),
                    claims: Vec::new(),
                }),
            };
            let is_organisation = ORGANISATION.iter().any(|label| entity.has_label(label));
            if investors.contains(&at) && is_organisation && !entity.has_label("Investor") {
                entity.labels.push("Investor".to_owned());
            }
            self.add_names(&mut entity, at, identity);
            if !identity.candidates.is_empty() && !entity.claims.iter().any(|claim| claim.key == MAY_BE) {
                let ids = identity.candidates.iter().map(|one| Value::Text(one.id.as_str().to_owned())).collect();
                entity.claims.push(Claim {
                    key: MAY_BE.to_owned(),
                    value: Value::List(ids),
                    qualifiers: Properties::new(),
                    evidence: vec![self.evidence_of_name(&candidate.name, at, "doubt")],
                });
            }
            if before.as_ref() != Some(&entity) {
                self.put(entity);
            }
        }
    }

    /// Adds the names of the text that the entity lacks: all that stand on their own of a new one, and of a known one the
    /// name that led to it by a rule.
    fn add_names(&self, entity: &mut Entity, at: usize, identity: &Identity) {
        let Some(candidate) = self.found.entities.get(at) else { return };
        let is_new = identity.known.is_none();
        let others = candidate
            .surfaces
            .iter()
            .filter(|surface| is_new && stands_alone(surface, &candidate.name, candidate.kind));
        for (position, text) in std::iter::once(&candidate.name).chain(others).enumerate() {
            let key = name_key(text);
            if entity.names.iter().any(|name| name_key(&name.text) == key) {
                continue;
            }
            let kind = match (entity.names.is_empty(), position) {
                (true, 0) => NameKind::Canonical,
                _ if identity.basis == Basis::LegalName => NameKind::Legal,
                _ => NameKind::Alias,
            };
            entity.names.push(Name {
                text: text.clone(),
                language: self.language_of(text),
                kind,
                derived: false,
                evidence: vec![self.evidence_of_name(text, at, identity.basis.word())],
            });
        }
    }

    fn evidence_of_name(&self, text: &str, at: usize, why: &str) -> Evidence {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let span = self.first_mention.get(&(at, length)).copied();
        Evidence {
            source: self.source.id.clone(),
            quote: Some(text.to_owned()),
            span: span.map(|span| self.article.place(span)),
            row: None,
            rule: format!("identity.{why}/{READER}"),
            confidence: 1.0,
            asserted_by: None,
        }
    }

    /// A Chinese name is in the script of the article, unless its characters say otherwise.
    fn language_of(&self, name: &str) -> Language {
        match (script_of(name), &self.source.language) {
            (Language::Simplified, Some(Language::Traditional)) if !name.chars().any(is_simplified_only) => {
                Language::Traditional
            }
            (own, _) => own,
        }
    }
}

/// Whether another spelling of a new name can be found on its own elsewhere: one in another script, or one that is no
/// everyday word. "Index" for Index Ventures would be found in every list.
fn stands_alone(surface: &str, name: &str, kind: Kind) -> bool {
    let has_han = |text: &str| text.chars().any(is_han);
    if has_han(surface) != has_han(name) {
        return surface.chars().count() >= 3;
    }
    match (kind, has_han(surface)) {
        // Family names are shared.
        (Kind::Person, _) => false,
        (_, true) => surface.chars().count() >= 3,
        (_, false) => {
            surface.split_whitespace().count() >= 2
                || surface.chars().any(|c| c.is_ascii_digit())
                || surface.chars().filter(char::is_ascii_uppercase).count() >= 2
        }
    }
}
