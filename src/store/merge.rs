//! Two entities that are one, and the way back.

use std::collections::BTreeSet;

use super::StoreError;
use super::changes::{Changes, Merged};
use super::history::PastRow;
use super::page::PageKind;
use super::past::Past;
use super::row;
use super::snapshot::Snapshot;
use crate::model::{Claim, Entity, EntityId, Evidence, Fact, Name, NameKind};

/// The changes that merge `absorbed` into `kept`. Looks at the records that mention it.
pub(super) fn merging(base: &Snapshot, absorbed: &EntityId, kept: &EntityId) -> Result<Changes, StoreError> {
    let own = |id: &EntityId| {
        let unknown = || row::unknown("the merging", "entity", id.as_str());
        base.own_entity_number(id)?.ok_or_else(unknown)
    };
    let (from, to) = (own(absorbed)?, own(kept)?);
    let adjacency = base.adjacency_row(from)?;
    let mentions = base.mention_row(from)?;
    let of = |wanted: PageKind| mentions.all().filter(move |&(kind, _)| kind == wanted).map(|(_, number)| number);
    let edges = adjacency.outgoing.iter().chain(&adjacency.incoming).map(|edge| edge.fact);
    let facts: BTreeSet<u32> = edges.chain(of(PageKind::Facts)).collect();
    let mut changes = Changes::default();
    for fact in facts {
        let mut fact = base.fact(fact)?;
        rename(&mut fact.subject, absorbed, kept);
        rename(&mut fact.object, absorbed, kept);
        rename_parties(&mut fact.evidence, absorbed, kept);
        changes.facts.push(fact);
    }
    for entity in of(PageKind::Entities).filter(|&number| number != from && number != to) {
        let mut entity = base.entity(entity)?;
        parties(&mut entity).for_each(|evidence| rename_parties(evidence, absorbed, kept));
        changes.entities.push(entity);
    }
    let mut both = base.entity(to)?;
    absorb(&mut both, base.entity(from)?);
    parties(&mut both).for_each(|evidence| rename_parties(evidence, absorbed, kept));
    changes.entities.push(both);
    changes.retractions.merged.push(Merged { absorbed: absorbed.clone(), kept: kept.clone() });
    Ok(changes)
}

fn rename(id: &mut EntityId, from: &EntityId, to: &EntityId) {
    if id == from {
        id.clone_from(to);
    }
}

fn rename_parties(evidence: &mut [Evidence], from: &EntityId, to: &EntityId) {
    evidence.iter_mut().filter_map(|one| one.asserted_by.as_mut()).for_each(|party| rename(party, from, to));
}

/// All evidence of an entity.
fn parties(entity: &mut Entity) -> impl Iterator<Item = &mut Vec<Evidence>> {
    let names = entity.names.iter_mut().map(|name| &mut name.evidence);
    names.chain(entity.claims.iter_mut().map(|claim| &mut claim.evidence))
}

/// Gives an entity what another one has. Names and claims that both have are kept once, with the evidence of both.
fn absorb(entity: &mut Entity, other: Entity) {
    for label in other.labels {
        if !entity.has_label(&label) {
            entity.labels.push(label);
        }
    }
    for mut name in other.names {
        if name.kind == NameKind::Canonical {
            name.kind = NameKind::Alias;
        }
        match entity.names.iter_mut().find(|own| own.is_same(&name)) {
            Some(own) => add_evidence(&mut own.evidence, name.evidence),
            None => entity.names.push(name),
        }
    }
    for claim in other.claims {
        match entity.claims.iter_mut().find(|own| own.is_same(&claim)) {
            Some(own) => add_evidence(&mut own.evidence, claim.evidence),
            None => entity.claims.push(claim),
        }
    }
}

fn add_evidence(evidence: &mut Vec<Evidence>, more: Vec<Evidence>) {
    for one in more {
        if !evidence.contains(&one) {
            evidence.push(one);
        }
    }
}

/// The changes that split a merged entity off again. Looks at what the merging changed.
pub(super) fn splitting(base: &Snapshot, id: &EntityId) -> Result<Changes, StoreError> {
    let not_merged = || StoreError::NotMerged { entity: id.as_str().to_owned() };
    let number = base.indexed(PageKind::EntityIds, id.as_str())?.ok_or_else(not_merged)?;
    let stone = base.retracted_row(PageKind::Entities, number)?.ok_or_else(not_merged)?;
    let kept_number = stone.kept.ok_or_else(not_merged)?;
    let kept = base.entity_id(kept_number)?;
    if let Some(later) = base.retracted_row(PageKind::Entities, kept_number)? {
        let entity = kept.as_str().to_owned();
        return Err(match later.kept {
            Some(into) => StoreError::Merged { entity, kept: base.entity_id(into)?.as_str().to_owned() },
            None => StoreError::Retracted { record: format!("entity {entity:?}") },
        });
    }
    if stone.generation <= base.oldest() {
        let (oldest, newest) = (base.oldest(), base.generation());
        return Err(StoreError::NoSuchGeneration { generation: stone.generation - 1, oldest, newest });
    }
    let merging = base.log_row(stone.generation)?;
    // What the merging left behind, to see what was changed since.
    let after = Past::read(base, stone.generation)?;
    let mut changes = Changes::default();
    changes.retractions.split.push(id.clone());
    let undo = Undo { base, after: &after, id, kept: &kept };
    for page in merging.first..merging.first.saturating_add(merging.pages).min(base.catalog().history) {
        for row in base.past_rows(page)? {
            match row.kind {
                PageKind::Entities => changes.entities.extend(undo.entity(&row)?),
                PageKind::Facts => changes.facts.extend(undo.fact(&row)?),
                _ => {}
            }
        }
    }
    Ok(changes)
}

/// The way back from a merging: each record as it was before, as it was after, and as it is now.
struct Undo<'a> {
    base: &'a Snapshot,
    after: &'a Past,
    id: &'a EntityId,
    kept: &'a EntityId,
}

impl Undo<'_> {
    /// The row of a record as the merging left it.
    fn after(&self, row: &PastRow) -> Result<Vec<u8>, StoreError> {
        match self.after.row(row.kind, row.number) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.base.row_bytes(row.kind, row.number),
        }
    }

    /// What a fact becomes; `None` where it stays as it is.
    fn fact(&self, row: &PastRow) -> Result<Option<Fact>, StoreError> {
        let read = |bytes: &[u8]| self.base.fact_in(row.number, bytes);
        let now = self.base.row_bytes(row.kind, row.number)?;
        let (before, after, now) = (read(&row.bytes)?, read(&self.after(row)?)?, read(&now)?);
        let (Some(before), Some(after), Some(now)) = (before, after, now) else { return Ok(None) };
        if now == after {
            return Ok(Some(before));
        }
        let mut restored = now.clone();
        restored.evidence = undone(&before.evidence, &after.evidence, &now.evidence, |a, b| {
            a.source == b.source && a.quote == b.quote && a.row == b.row && a.rule == b.rule
        });
        for (end, before) in [(&mut restored.subject, &before.subject), (&mut restored.object, &before.object)] {
            if before == self.id && end == self.kept {
                end.clone_from(before);
            }
        }
        Ok((restored != now).then_some(restored))
    }

    /// What an entity becomes; `None` where it stays as it is.
    fn entity(&self, row: &PastRow) -> Result<Option<Entity>, StoreError> {
        let read = |bytes: &[u8]| self.base.entity_in(row.number, bytes);
        let Some(before) = read(&row.bytes)? else { return Ok(None) };
        if before.id == *self.id {
            return self.without_what_is_gone(before).map(Some);
        }
        let now = self.base.row_bytes(row.kind, row.number)?;
        let (Some(after), Some(now)) = (read(&self.after(row)?)?, read(&now)?) else { return Ok(None) };
        if now == after {
            return Ok(Some(before));
        }
        let restored = Entity {
            id: now.id.clone(),
            labels: undone(&before.labels, &after.labels, &now.labels, |_, _| false),
            names: undone(&before.names, &after.names, &now.names, Name::is_same),
            claims: undone(&before.claims, &after.claims, &now.claims, Claim::is_same),
        };
        Ok((restored != now).then_some(restored))
    }

    /// An entity of before without evidence that refers to what was retracted since, and without the claims that have no
    /// other.
    fn without_what_is_gone(&self, mut entity: Entity) -> Result<Entity, StoreError> {
        for evidence in parties(&mut entity) {
            let mut left = Vec::with_capacity(evidence.len());
            for mut one in std::mem::take(evidence) {
                if self.base.source_number(&one.source)?.is_none() {
                    continue;
                }
                if let Some(party) = &one.asserted_by
                    && party != self.id
                    && self.base.entity_number(party)?.is_none()
                {
                    one.asserted_by = None;
                }
                left.push(one);
            }
            *evidence = left;
        }
        entity.claims.retain(|claim| !claim.evidence.is_empty());
        Ok(entity)
    }
}

/// The list as it is `now` without what happened to it between `before` and `after`: what was added goes, and where it
/// stood in for something that is the same (`is_same`), that comes back. What was changed since stays.
fn undone<T: Clone + PartialEq>(before: &[T], after: &[T], now: &[T], is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let without =
        |list: &[T], taken: &[T]| -> Vec<T> { list.iter().filter(|one| !taken.contains(one)).cloned().collect() };
    let added = without(after, before);
    let mut removed = without(before, after);
    let mut restored = Vec::with_capacity(now.len());
    for one in now {
        if !added.contains(one) {
            restored.push(one.clone());
        } else if let Some(place) = removed.iter().position(|other| is_same(other, one)) {
            restored.push(removed.remove(place));
        }
    }
    restored
}
