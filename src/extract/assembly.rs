//! Assembly: drafts become facts, entries become entities, and what is left over becomes the report.

use std::collections::HashMap;

use crate::text::Text;

use super::Kind;
use super::engine::Reading;
use super::outcome::{Candidate, CandidateFact, Extraction, Gap, Mention, Unresolved};
use super::reader::Draft;
use super::roster::{Hint, Roster};

/// Puts everything together.
pub(super) fn assemble(text: &Text<'_>, roster: &mut Roster, reading: Reading) -> Extraction {
    let mut drafts = merge(roster, reading.drafts);
    drafts.sort_by_key(|draft| (draft.range.start, draft.range.end));
    for draft in &drafts {
        let (subject, object) = kinds(draft.predicate);
        roster.hint(draft.subject, Hint::Part, subject);
        if let Some(entry) = draft.object {
            roster.hint(entry, Hint::Part, object);
        }
    }
    // Entities in the order in which they are first named.
    let mut first: HashMap<usize, usize> = HashMap::new();
    for name in &reading.names {
        first.entry(roster.root(name.entry)).or_insert(name.start);
    }
    for draft in &drafts {
        for entry in [Some(draft.subject), draft.object, draft.asserted_by].into_iter().flatten() {
            first.entry(roster.root(entry)).or_insert(draft.range.start);
        }
    }
    let mut order: Vec<(usize, usize)> = first.into_iter().map(|(entry, start)| (start, entry)).collect();
    order.sort_unstable();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut entities = Vec::new();
    for (_, entry) in order {
        let Some(kind) = roster.kind(entry) else { continue };
        let Some(found) = roster.get(entry) else { continue };
        numbers.insert(entry, entities.len());
        entities.push(Candidate {
            name: roster.name(entry).to_owned(),
            kind,
            surfaces: found.surfaces.clone(),
            known: found.known.clone(),
        });
    }
    let number = |entry: usize| numbers.get(&roster.root(entry)).copied();
    let mentions = reading
        .names
        .iter()
        .filter_map(|name| Some(Mention { span: text.span(name.start..name.end), entity: number(name.entry)? }))
        .collect();
    let facts: Vec<CandidateFact> = drafts
        .iter()
        .filter_map(|draft| {
            let object = match draft.object {
                Some(entry) => Some(number(entry)?),
                None => None,
            };
            let span = text.span(draft.range.clone());
            Some(CandidateFact {
                subject: number(draft.subject)?,
                predicate: draft.predicate,
                object,
                properties: draft.properties.clone(),
                round: draft.round,
                modality: draft.modality,
                asserted_by: draft.asserted_by.and_then(number),
                span,
                quote: text.quote(draft.range.clone()).to_owned(),
                rule: draft.rule,
                confidence: draft.confidence,
            })
        })
        .collect();
    let unresolved = unresolved(
        text,
        roster,
        &reading.sentences,
        &drafts,
        &reading.names,
        [&reading.amounts, &reading.dates, &reading.gaps],
    );
    Extraction { mentions, entities, facts, unresolved, trace: reading.trace }
}

/// What the two sides of a predicate are, when nothing else says so.
fn kinds(predicate: &str) -> (Kind, Kind) {
    match predicate {
        "INVESTED_IN" => (Kind::Investor, Kind::Startup),
        "FOUNDED_BY" => (Kind::Company, Kind::Person),
        "HAS_ROLE" | "PREVIOUSLY_AT" => (Kind::Person, Kind::Company),
        "DEVELOPED_BY" => (Kind::Model, Kind::Company),
        "BENCHMARKED_AGAINST" => (Kind::Model, Kind::Model),
        "EVALUATED_ON" => (Kind::Model, Kind::Benchmark),
        "RAISED" => (Kind::Startup, Kind::Startup),
        _ => (Kind::Company, Kind::Company),
    }
}

/// Subject, predicate, object and round.
type Relation = (usize, &'static str, Option<usize>, Option<usize>);

/// One draft for each fact: what is said twice is one fact, with the properties of both.
fn merge(roster: &Roster, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::new();
    let mut known: HashMap<Relation, usize> = HashMap::new();
    for mut draft in drafts {
        draft.subject = roster.root(draft.subject);
        draft.object = draft.object.map(|object| roster.root(object));
        if draft.object == Some(draft.subject) {
            continue;
        }
        // Facts of a round are one for each round; comparisons and results differ by what they say.
        let round = if draft.predicate == "INVESTED_IN" || draft.predicate == "RAISED" { draft.round } else { None };
        let key = (draft.subject, draft.predicate, draft.object, round);
        if let Some(place) = known.get(&key).copied()
            && let Some(other) = merged.get_mut(place)
            && agrees(other, &draft)
        {
            for (name, value) in draft.properties.iter() {
                if other.properties.get(name).is_none() {
                    other.properties.set(name, value.clone());
                }
            }
            other.asserted_by = other.asserted_by.or(draft.asserted_by);
            continue;
        }
        known.insert(key, merged.len());
        merged.push(draft);
    }
    // An investor without a word about the round adds nothing to the same investor with one.
    let bare = |draft: &Draft| {
        draft.predicate == "INVESTED_IN" && draft.properties.iter().all(|(key, _)| key == "lead" || key == "existing")
    };
    let full: Vec<(usize, Option<usize>)> = merged
        .iter()
        .filter(|draft| draft.predicate == "INVESTED_IN" && !bare(draft))
        .map(|draft| (draft.subject, draft.object))
        .collect();
    merged.retain(|draft| !(bare(draft) && full.contains(&(draft.subject, draft.object))));
    merged
}

/// Whether two drafts of the same entities may be one fact.
fn agrees(a: &Draft, b: &Draft) -> bool {
    let telling: &[&str] = match a.predicate {
        "BENCHMARKED_AGAINST" => &["outcome", "scope", "benchmark"],
        "EVALUATED_ON" => &["score", "rank"],
        _ => &[],
    };
    telling.iter().all(|key| match (a.properties.get(key), b.properties.get(key)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    })
}

type Found = Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>;

/// What was seen in sentences that gave no fact, and what facts lack.
fn unresolved(
    text: &Text<'_>,
    roster: &Roster,
    sentences: &[crate::text::Sentence],
    drafts: &[Draft],
    names: &[super::engine::Place],
    [amounts, dates, gaps]: [&Found; 3],
) -> Vec<Unresolved> {
    let mut spoken: Vec<std::ops::Range<usize>> = drafts.iter().map(|draft| draft.range.clone()).collect();
    spoken.sort_by_key(|range| range.start);
    // The furthest end of all ranges up to each, so that one search tells whether anything overlaps.
    let mut furthest = 0;
    let ends: Vec<usize> = spoken
        .iter()
        .map(|range| {
            furthest = furthest.max(range.end);
            furthest
        })
        .collect();
    let gave = |sentence: &std::ops::Range<usize>| {
        let before = spoken.partition_point(|range| range.start < sentence.end);
        before.checked_sub(1).and_then(|last| ends.get(last)).is_some_and(|end| *end > sentence.start)
    };
    let entry = |gap: Gap, range: &std::ops::Range<usize>, sentence: &std::ops::Range<usize>| Unresolved {
        gap,
        span: text.span(range.clone()),
        text: text.quote(range.clone()).to_owned(),
        sentence: text.span(sentence.clone()),
    };
    let mut list = Vec::new();
    list.extend(
        amounts
            .iter()
            .filter(|(_, sentence)| !gave(sentence))
            .map(|(range, sentence)| entry(Gap::Amount, range, sentence)),
    );
    list.extend(
        dates.iter().filter(|(_, sentence)| gave(sentence)).map(|(range, sentence)| entry(Gap::Date, range, sentence)),
    );
    list.extend(gaps.iter().map(|(range, sentence)| entry(Gap::Participant, range, sentence)));
    for name in names {
        if !roster.kind(name.entry).is_some_and(Kind::is_organisation) {
            continue;
        }
        let place = sentences.partition_point(|sentence| sentence.range.start <= name.start);
        let Some(sentence) = place.checked_sub(1).and_then(|at| sentences.get(at)) else { continue };
        if !gave(&sentence.range) {
            list.push(entry(Gap::Name, &(name.start..name.end), &sentence.range));
        }
    }
    list.sort_by_key(|gap| (gap.span, gap.gap));
    list
}
