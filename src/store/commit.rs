//! Writing: records in, changed pages out, one generation further.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::thread;

use super::StoreError;
use super::changes::{Changes, CommitReport};
use super::draft::{self, Draft};
use super::page::{PageKey, PageKind};
use super::row::{EntityRow, EvidenceRow, FactRow};
use super::snapshot::Snapshot;
use crate::model::{Entity, EntityId, Evidence, ModelError};

/// No entity has more names.
const MOST_NAMES: usize = u16::MAX as usize;

/// Pages to write, in the order of their keys; `None` removes a page.
pub(crate) type PageChanges = Vec<(PageKey, Option<Vec<u8>>)>;

/// Works out the pages that a commit writes; nothing is written yet.
pub(crate) fn prepare(base: &Snapshot, changes: &Changes) -> Result<(PageChanges, CommitReport), StoreError> {
    check(changes)?;
    let retractions = &changes.retractions;
    let split: HashSet<&str> = retractions.split.iter().map(EntityId::as_str).collect();
    let mut draft = Draft::new(base, changes);
    let mut report = CommitReport { generation: base.generation(), ..CommitReport::default() };
    for entity in &changes.entities {
        // Numbers first: facts, claims and evidence of this commit may refer to any of them.
        draft.number_entity(&entity.id, split.contains(entity.id.as_str()))?;
    }
    for source in &changes.sources {
        draft.number_source(&source.id)?;
    }
    let kept: BTreeMap<&EntityId, &EntityId> =
        retractions.merged.iter().map(|merged| (&merged.absorbed, &merged.kept)).collect();
    for id in retractions.entities.iter().chain(kept.keys().copied()) {
        draft.doom_entity(id)?;
    }
    for id in &retractions.sources {
        draft.doom_source(id)?;
    }
    for source in &changes.sources {
        draft.put_source(source, &mut report.sources)?;
    }
    let mut renamed = HashMap::new();
    for entity in &changes.entities {
        let unchanged = report.entities.unchanged;
        let number = draft.put_entity(entity, &mut report.entities)?;
        if report.entities.unchanged == unchanged {
            renamed.insert(number, Some(entity));
        }
    }
    // The names of a bulk load take as long as its facts. Retractions change the names once more.
    let names = thread::scope(|scope| {
        let names = retractions.is_empty().then(|| scope.spawn(|| draft::index_names(&renamed)));
        for fact in &changes.facts {
            draft.put_fact(fact, &mut report.facts)?;
        }
        let stopped = |_| StoreError::damaged("the name index", "it cannot be built");
        names.map(|names| names.join().map_err(stopped)).transpose()
    })?;
    for id in &retractions.facts {
        draft.retract_fact(id, &mut report.facts)?;
    }
    if !retractions.sources.is_empty() {
        withdraw_sources(base, &mut draft, &mut report)?;
    }
    for id in &retractions.sources {
        draft.retract_source(id, &mut report.sources)?;
    }
    for (id, kept) in
        retractions.entities.iter().map(|id| (id, None)).chain(kept.iter().map(|(&id, &kept)| (id, Some(kept))))
    {
        renamed.insert(draft.retract_entity(id, kept, &mut report.entities)?, None);
    }
    draft.check_mentions()?;
    let forgets = changes.forget_before.is_some_and(|generation| generation > base.oldest());
    if report.touched() == 0 && !forgets {
        return Ok((Vec::new(), report));
    }
    report.generation += 1;
    if report.entities.touched() > 0 {
        let names = match names {
            Some(names) => names?,
            None => draft::index_names(&renamed)?,
        };
        draft.add_names(names)?;
    }
    Ok((draft.finish(changes, &report)?, report))
}

/// Refuses records that are not well formed, and commits that contradict themselves, whatever the database holds.
fn check(changes: &Changes) -> Result<(), StoreError> {
    let refuse =
        |kind: &str, id: &str, error: ModelError| StoreError::Record { record: format!("{kind} {id:?}"), error };
    for entity in &changes.entities {
        let named = entity.check().and_then(|()| check_names(entity));
        named.map_err(|error| refuse("entity", entity.id.as_str(), error))?;
    }
    for fact in &changes.facts {
        fact.check().map_err(|error| refuse("fact", fact.id.as_str(), error))?;
    }
    let retractions = &changes.retractions;
    if retractions.is_empty() {
        return Ok(());
    }
    let merged = || retractions.merged.iter().map(|merged| &merged.absorbed);
    let gone: HashSet<&EntityId> = retractions.entities.iter().chain(merged()).collect();
    check_disjoint("entity", gone.iter().copied(), changes.entities.iter().map(|entity| &entity.id))?;
    check_disjoint("entity", gone.iter().copied(), retractions.merged.iter().map(|merged| &merged.kept))?;
    check_disjoint("fact", &retractions.facts, changes.facts.iter().map(|fact| &fact.id))?;
    check_disjoint("source", &retractions.sources, changes.sources.iter().map(|source| &source.id))
}

/// The name index counts the names of an entity in 16 bits.
fn check_names(entity: &Entity) -> Result<(), ModelError> {
    match entity.names.len() {
        0..=MOST_NAMES => Ok(()),
        found => Err(ModelError::Range {
            field: "the number of names",
            found: found.to_string(),
            expected: "at most 65535 names",
        }),
    }
}

fn check_disjoint<'a, I: AsRef<str> + 'a>(
    kind: &'static str,
    retracted: impl IntoIterator<Item = &'a I>,
    needed: impl IntoIterator<Item = &'a I>,
) -> Result<(), StoreError> {
    let retracted: HashSet<&str> = retracted.into_iter().map(AsRef::as_ref).collect();
    match needed.into_iter().find(|id| retracted.contains(id.as_ref())) {
        Some(id) => Err(StoreError::Contradiction { kind, id: id.as_ref().to_owned() }),
        None => Ok(()),
    }
}

/// Takes the evidence of the sources that are about to be retracted from every record, and retracts the facts and drops
/// the claims that have no other.
fn withdraw_sources(base: &Snapshot, draft: &mut Draft<'_>, report: &mut CommitReport) -> Result<(), StoreError> {
    let doomed = draft.doomed_sources();
    let tainted = |evidence: &[EvidenceRow]| evidence.iter().any(|one| doomed.contains_key(&one.source));
    let cleanse = |evidence: &mut Vec<Evidence>| evidence.retain(|one| !doomed.values().any(|id| *id == one.source));
    for number in 0..base.catalog().rows(PageKind::Facts) {
        // What this commit puts was checked to name other sources; what it retracts is gone already.
        if draft.has_new_row(PageKind::Facts, number) || !base.has_fact(number)? {
            continue;
        }
        let row: FactRow = base.fact_row(number)?;
        if !tainted(&row.evidence) {
            continue;
        }
        let mut fact = base.fact(number)?;
        cleanse(&mut fact.evidence);
        if fact.evidence.is_empty() {
            draft.retract_fact(&fact.id, &mut report.facts)?;
        } else {
            draft.put_fact(&fact, &mut report.facts)?;
        }
    }
    for number in 0..base.catalog().rows(PageKind::Entities) {
        if draft.has_new_row(PageKind::Entities, number) || draft.is_doomed(number) || !base.has_entity(number)? {
            continue;
        }
        let row: EntityRow = base.entity_row(number)?;
        let names = row.names.iter().map(|name| &name.evidence);
        if !names.chain(row.claims.iter().map(|claim| &claim.evidence)).any(|evidence| tainted(evidence)) {
            continue;
        }
        let mut entity = base.entity(number)?;
        entity.names.iter_mut().for_each(|name| cleanse(&mut name.evidence));
        entity.claims.iter_mut().for_each(|claim| cleanse(&mut claim.evidence));
        entity.claims.retain(|claim| !claim.evidence.is_empty());
        // The names stay, so the index of names does.
        draft.put_entity(&entity, &mut report.entities)?;
    }
    Ok(())
}
