//! From what an article states to the records of one commit.

mod naming;
mod withdrawal;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::extract::{CandidateFact, Extraction};
use crate::landscape::Error;
use crate::model::{Entity, EntityId, Evidence, Fact, FactId, Language, Properties, Source, Span, Value, vocabulary};
use crate::store::{Changes, Snapshot};

use super::agreement::{self, Relation};
use super::article::{Standing, is_of};
use super::identity::Identity;
use super::report::{NamedId, ReportedFact, Status};
use super::rounds::{self, RoundIds, Rounds};
use super::{Article, ids};

/// The version of what turns text into facts; a part of every evidence.
const READER: u32 = 1;
/// No article gives more quotes for one fact.
const QUOTES: usize = 5;

/// What is to be written, and what is said about it.
pub(super) struct Plan {
    pub(super) changes: Changes,
    pub(super) facts: Vec<ReportedFact>,
    pub(super) withdrawn: Vec<Fact>,
    /// The entities that the facts are about.
    pub(super) used: HashSet<EntityId>,
}

/// A fact of the article; statements of one fact in several places are one.
struct Stated {
    fact: Fact,
    /// The places in the text, as indices of the facts of the extraction.
    at: Vec<usize>,
    status: Status,
    against: Vec<FactId>,
}

/// Works out what the article changes.
pub(super) fn plan(
    snapshot: &Snapshot,
    article: &Article,
    standing: &Standing,
    found: &Extraction,
    identities: &[Identity],
) -> Result<Plan, Error> {
    let old: &[Fact] = match standing {
        Standing::Changed(_, facts) => facts,
        _ => &[],
    };
    let mut draft = Draft::new(snapshot, article, standing, found, identities, old);
    draft.state_rounds()?;
    draft.state_facts()?;
    draft.compare()?;
    draft.describe_entities();
    draft.finish(old)
}

struct Draft<'a> {
    snapshot: &'a Snapshot,
    article: &'a Article,
    source: &'a Source,
    found: &'a Extraction,
    identities: &'a [Identity],
    /// Whether the database has an earlier version, whose evidence does not count any more.
    is_here: bool,
    rounds: HashMap<EntityId, Rounds>,
    round_ids: RoundIds,
    /// The round entity of each round of the extraction, and of each fact that states one.
    round_of: HashMap<usize, EntityId>,
    round_of_fact: HashMap<usize, EntityId>,
    /// Facts about rounds that contradict what is known about the round.
    disputed: HashSet<usize>,
    stated: Vec<Stated>,
    entities: Vec<Entity>,
    place_of: HashMap<EntityId, usize>,
    /// Where an entity is first named with so many characters.
    first_mention: HashMap<(usize, u32), Span>,
}

impl<'a> Draft<'a> {
    fn new(
        snapshot: &'a Snapshot,
        article: &'a Article,
        standing: &'a Standing,
        found: &'a Extraction,
        identities: &'a [Identity],
        old: &[Fact],
    ) -> Self {
        let source = standing.source();
        let is_ours = |fact: &&Fact| fact.evidence.iter().all(|evidence| is_of(evidence, &source.id));
        let mut round_ids = RoundIds::default();
        round_ids.free = old
            .iter()
            .filter(is_ours)
            .filter(|fact| fact.predicate == "RAISED")
            .map(|fact| fact.object.clone())
            .collect();
        let mut first_mention = HashMap::new();
        for mention in &found.mentions {
            let length = mention.span.end.saturating_sub(mention.span.start);
            first_mention.entry((mention.entity, length)).or_insert(mention.span);
        }
        Self {
            snapshot,
            article,
            source,
            found,
            identities,
            is_here: matches!(standing, Standing::Changed(..)),
            rounds: HashMap::new(),
            round_ids,
            round_of: HashMap::new(),
            round_of_fact: HashMap::new(),
            disputed: HashSet::new(),
            stated: Vec::new(),
            entities: Vec::new(),
            place_of: HashMap::new(),
            first_mention,
        }
    }

    fn identity(&self, at: usize) -> Option<&'a Identity> {
        self.identities.get(at)
    }

    fn named(&self, at: usize) -> Option<NamedId> {
        let name = self.found.entities.get(at)?.name.clone();
        Some(NamedId { id: self.identity(at)?.id.clone(), name })
    }

    fn evidence(&self, fact: &CandidateFact) -> Evidence {
        Evidence {
            source: self.source.id.clone(),
            quote: Some(fact.quote.clone()),
            span: Some(self.article.place(fact.span)),
            row: None,
            rule: format!("{}/{READER}", fact.rule),
            confidence: fact.confidence.clamp(0.0, 1.0),
            asserted_by: fact.asserted_by.and_then(|at| self.identity(at)).map(|one| one.id.clone()),
        }
    }

    /// Finds the round of each statement that a company raised money, and what is new about it.
    fn state_rounds(&mut self) -> Result<(), Error> {
        let ignored = self.is_here.then_some(&self.source.id);
        for (at, fact) in self.found.facts.iter().enumerate() {
            let Some(company) = self.identity(fact.subject).filter(|_| fact.object.is_none()) else { continue };
            if !self.rounds.contains_key(&company.id) {
                let number = self.snapshot.entity_number(&company.id)?;
                self.rounds.insert(company.id.clone(), Rounds::of(self.snapshot, number, ignored)?);
            }
            let evidence = self.evidence(fact);
            let name = match &company.known {
                Some(entity) => entity.name_in(&Language::English).to_owned(),
                None => self.found.entities.get(fact.subject).map(|one| one.name.clone()).unwrap_or_default(),
            };
            let Some(rounds) = self.rounds.get_mut(&company.id) else { continue };
            let known = fact.round.and_then(|round| self.round_of.get(&round));
            let round = rounds.find(
                self.snapshot,
                (&company.id, &name),
                (&fact.properties, fact.modality),
                known,
                &mut self.round_ids,
            )?;
            if rounds::claim(&mut round.entity, &fact.properties, fact.modality, &evidence) {
                self.disputed.insert(at);
            }
            let (id, entity) = (round.entity.id.clone(), round.entity.clone());
            if let Some(number) = fact.round {
                self.round_of.entry(number).or_insert_with(|| id.clone());
            }
            self.round_of_fact.insert(at, id);
            self.put(entity);
        }
        Ok(())
    }

    /// Makes a fact of each statement; what the article says twice is one fact with two evidences.
    fn state_facts(&mut self) -> Result<(), Error> {
        let mut parallels: HashMap<(EntityId, &str, EntityId), Vec<usize>> = HashMap::new();
        for (at, candidate) in self.found.facts.iter().enumerate() {
            let Some(subject) = self.identity(candidate.subject) else { continue };
            let object = match candidate.object {
                Some(object) => self.identity(object).map(|one| one.id.clone()),
                None => self.round_of_fact.get(&at).cloned(),
            };
            // Two names that turn out to mean one entity say nothing about it.
            let Some(object) = object.filter(|object| *object != subject.id) else { continue };
            let evidence = self.evidence(candidate);
            let ours = Fact {
                id: FactId::new("a:unnamed").map_err(Error::model)?,
                subject: subject.id.clone(),
                predicate: candidate.predicate.to_owned(),
                object,
                properties: self.properties(candidate),
                modality: candidate.modality,
                evidence: vec![evidence.clone()],
            };
            let key = (ours.subject.clone(), candidate.predicate, ours.object.clone());
            let parallel = parallels.entry(key).or_default();
            let is_same = |at: &&usize| {
                self.stated.get(**at).is_some_and(|Stated { fact: theirs, .. }| {
                    ours.modality == theirs.modality
                        && agreement::relation(&ours, theirs) == Relation::Same
                        && agreement::relation(theirs, &ours) == Relation::Same
                })
            };
            let same = parallel.iter().find(is_same).copied();
            let Some(stated) = same.and_then(|same| self.stated.get_mut(same)) else {
                parallel.push(self.stated.len());
                self.stated.push(Stated { fact: ours, at: vec![at], status: Status::New, against: Vec::new() });
                continue;
            };
            stated.at.push(at);
            for (key, value) in ours.properties.iter() {
                if stated.fact.properties.get(key).is_none() {
                    stated.fact.properties.set(key, value.clone());
                }
            }
            if stated.fact.evidence.len() < QUOTES && !stated.fact.evidence.contains(&evidence) {
                stated.fact.evidence.push(evidence);
            }
        }
        Ok(())
    }

    /// The properties of the fact in the database.
    fn properties(&self, candidate: &CandidateFact) -> Properties {
        if candidate.object.is_none() {
            // The round holds the rest.
            return candidate
                .properties
                .get("date")
                .map(|date| ("date".to_owned(), date.clone()))
                .into_iter()
                .collect();
        }
        let fits = |(key, value): &(&str, &Value)| vocabulary::check_property(key, value).is_ok();
        let fitting = candidate.properties.iter().filter(fits);
        let mut properties: Properties = fitting.map(|(key, value)| (key.to_owned(), value.clone())).collect();
        if let Some(round) = candidate.round.and_then(|round| self.round_of.get(&round)) {
            properties.set("round_id", Value::Text(round.as_str().to_owned()));
        }
        if let Some(party) = candidate.asserted_by.and_then(|at| self.identity(at)) {
            properties.set("claimed_by", Value::Text(party.id.as_str().to_owned()));
        }
        properties
    }

    /// Compares each fact with those of the database: one of them may be the same, or contradict it.
    fn compare(&mut self) -> Result<(), Error> {
        let mut stated = std::mem::take(&mut self.stated);
        for one in &mut stated {
            let known = self.known_facts(&one.fact)?;
            let relation = |theirs: &Fact| agreement::relation(&one.fact, theirs);
            if let Some(same) = known.iter().find(|theirs| relation(theirs) == Relation::Same) {
                one.status = Status::Corroborated;
                let own = std::mem::replace(&mut one.fact, same.clone());
                for evidence in own.evidence {
                    if !one.fact.evidence.contains(&evidence) {
                        one.fact.evidence.push(evidence);
                    }
                }
            } else {
                one.against =
                    known.iter().filter(|t| relation(t) == Relation::Conflict).map(|t| t.id.clone()).collect();
                one.fact.id = ids::fact_id(&one.fact, &self.source.id).map_err(Error::model)?;
                if self.snapshot.fact_number(&one.fact.id)?.is_some() {
                    one.status = Status::Corroborated;
                }
            }
            if !one.against.is_empty() || one.at.iter().any(|at| self.disputed.contains(at)) {
                one.status = Status::Contradicts;
            }
        }
        self.stated = stated;
        Ok(())
    }

    /// The facts of the database between the same two, without what only an earlier version of the article says.
    fn known_facts(&self, ours: &Fact) -> Result<Vec<Fact>, Error> {
        let mut facts = Vec::new();
        let (Some(subject), Some(object)) =
            (self.snapshot.entity_number(&ours.subject)?, self.snapshot.entity_number(&ours.object)?)
        else {
            return Ok(facts);
        };
        for edge in self.snapshot.adjacency(subject)?.outgoing {
            if edge.neighbour == object && self.snapshot.word(edge.predicate)? == ours.predicate {
                let mut fact = self.snapshot.fact(edge.fact)?;
                if self.is_here {
                    fact.evidence.retain(|evidence| !is_of(evidence, &self.source.id));
                }
                if !fact.evidence.is_empty() {
                    facts.push(fact);
                }
            }
        }
        Ok(facts)
    }

    fn put(&mut self, entity: Entity) {
        match self.place_of.get(&entity.id).and_then(|place| self.entities.get_mut(*place)) {
            Some(place) => *place = entity,
            None => {
                self.place_of.insert(entity.id.clone(), self.entities.len());
                self.entities.push(entity);
            }
        }
    }

    fn finish(mut self, old: &[Fact]) -> Result<Plan, Error> {
        let mut changes = Changes::by(format!("ingest/{READER}"));
        changes.reason = Some(format!("what {} states", self.source.id));
        let mut reported: BTreeMap<usize, ReportedFact> = BTreeMap::new();
        let mut kept: HashSet<FactId> = HashSet::new();
        for stated in &self.stated {
            for at in &stated.at {
                reported.extend(self.report(*at, stated).map(|fact| (*at, fact)));
            }
            kept.insert(stated.fact.id.clone());
        }
        let mut used: HashSet<EntityId> = HashSet::new();
        for stated in &self.stated {
            used.extend([stated.fact.subject.clone(), stated.fact.object.clone()]);
            used.extend(stated.fact.evidence.iter().filter_map(|evidence| evidence.asserted_by.clone()));
        }
        let withdrawn: Vec<Fact> = old.iter().filter(|fact| !kept.contains(&fact.id)).cloned().collect();
        self.withdraw(&withdrawn, &used, &mut changes)?;
        if !self.stated.is_empty() || self.is_here {
            changes.sources.push(self.source.clone());
        }
        changes.entities = self.entities;
        changes.facts.extend(self.stated.into_iter().map(|stated| stated.fact));
        Ok(Plan { changes, facts: reported.into_values().collect(), withdrawn, used })
    }

    fn report(&self, at: usize, stated: &Stated) -> Option<ReportedFact> {
        let candidate = self.found.facts.get(at)?;
        let object = match candidate.object {
            Some(object) => self.named(object)?,
            None => {
                let id = self.round_of_fact.get(&at)?.clone();
                let entity = self.place_of.get(&id).and_then(|place| self.entities.get(*place));
                let name =
                    entity.map_or_else(|| id.to_string(), |entity| entity.name_in(&Language::English).to_owned());
                NamedId { id, name }
            }
        };
        let asserted_by = candidate.asserted_by.and_then(|party| self.named(party));
        let mut properties = candidate.properties.clone();
        if let (Some(party), Some(_)) = (&asserted_by, candidate.object) {
            properties.set("claimed_by", Value::Text(party.name.clone()));
        }
        Some(ReportedFact {
            id: stated.fact.id.clone(),
            subject: self.named(candidate.subject)?,
            predicate: candidate.predicate,
            object,
            properties,
            modality: candidate.modality,
            asserted_by,
            quote: candidate.quote.clone(),
            span: self.article.place(candidate.span),
            rule: candidate.rule,
            confidence: candidate.confidence,
            status: stated.status,
            against: stated.against.clone(),
        })
    }
}
