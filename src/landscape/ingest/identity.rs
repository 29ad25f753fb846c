//! Which entities of the database the names of an article mean.
//!
//! A name means an entity when the entity carries it, in any script, and is the kind of thing that the text speaks of. Two
//! rules go beyond that, both about organisations: a registered name is the name without its legal dress, and a name that
//! the text itself gives as another one for the same thing counts as well. Similarity never decides. What is not clear
//! becomes an entity of its own, beside a list of those that it might be.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ask::Candidate;
use crate::extract::{self, Extraction, Kind};
use crate::landscape::Error;
use crate::model::vocabulary::{MADE, ORGANISATION};
use crate::model::{Entity, EntityId};
use crate::names::{is_han, name_key, script_of};
use crate::store::Snapshot;

use super::dress::Dress;
use super::ids;

/// The key of the claim on an entity that might be one of several others: their ids.
pub(super) const MAY_BE: &str = "may_be";

/// Why a name is taken for an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The entity carries the name.
    Name,
    /// The entity carries what is left of the name without its legal dress.
    LegalName,
    /// The entity carries another name that the text gives for the same thing.
    OtherName,
    /// No entity of that kind carries the name.
    New,
}

impl Basis {
    /// A word for evidence and reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::LegalName => "legal-name",
            Self::OtherName => "other-name",
            Self::New => "new",
        }
    }
}

/// What a name of the article was found to mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Identity {
    /// The entity.
    pub(super) id: EntityId,
    /// The entity as the database has it; `None` for a new one.
    pub(super) known: Option<Entity>,
    /// Why.
    pub(super) basis: Basis,
    /// Which known entities it might be as well.
    pub(super) candidates: Vec<Candidate>,
}

/// Says for each entity of the extraction which entity of the database it is.
pub(super) fn identify(snapshot: &Snapshot, found: &Extraction) -> Result<Vec<Identity>, Error> {
    let mut search = Search { snapshot, dress: Dress::load(), taken: HashMap::new() };
    let mut identities: BTreeMap<usize, Identity> = BTreeMap::new();
    // People are told apart by their organisations, which therefore come first.
    let is_person = |at: &usize| found.entities.get(*at).is_some_and(|one| one.kind == Kind::Person);
    let (people, things): (Vec<usize>, Vec<usize>) = (0..found.entities.len()).partition(is_person);
    for at in things.into_iter().chain(people) {
        let Some(candidate) = found.entities.get(at) else { continue };
        let around = match candidate.kind {
            Kind::Person => search.around(found, at, &identities)?,
            _ => BTreeSet::new(),
        };
        identities.insert(at, search.identity(candidate, &around)?);
    }
    Ok(identities.into_values().collect())
}

struct Search<'s> {
    snapshot: &'s Snapshot,
    dress: Dress,
    /// The ids that this article gives to new entities, with their kinds and names.
    taken: HashMap<EntityId, String>,
}

/// Known entities with a name, those that fit what the text speaks of.
type Fitting = Vec<(u32, Entity)>;

impl Search<'_> {
    fn identity(&mut self, candidate: &extract::Candidate, around: &BTreeSet<EntityId>) -> Result<Identity, Error> {
        let fitting = self.named(&candidate.name, candidate.kind)?;
        if candidate.kind == Kind::Person {
            return self.person(candidate, fitting, around);
        }
        match fitting.as_slice() {
            [] => self.by_other_names(candidate),
            [one] => Ok(known(one.1.clone(), Basis::Name)),
            _ => self.doubtful(candidate, fitting),
        }
    }

    /// The known entities that carry a name and are of the kind; those of exactly the kind, when there are any.
    fn named(&self, name: &str, kind: Kind) -> Result<Fitting, Error> {
        let mut numbers: Vec<u32> = self.snapshot.names()?.named(name).iter().map(|posting| posting.entity).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut fitting = Vec::new();
        for number in numbers {
            let entity = self.snapshot.entity(number)?;
            if fits(&entity, kind) {
                fitting.push((number, entity));
            }
        }
        if fitting.len() > 1 && fitting.iter().any(|(_, entity)| entity.has_label(kind.label())) {
            fitting.retain(|(_, entity)| entity.has_label(kind.label()));
        }
        Ok(fitting)
    }

    /// A name that no entity of the kind carries: perhaps one of its other forms is known.
    fn by_other_names(&mut self, candidate: &extract::Candidate) -> Result<Identity, Error> {
        let mut doubtful: Fitting = Vec::new();
        if candidate.kind.is_organisation() {
            for core in self.dress.without_legal_dress(&candidate.name) {
                let fitting = self.named(&core, candidate.kind)?;
                if let [(_, entity)] = fitting.as_slice() {
                    return Ok(known(entity.clone(), Basis::LegalName));
                }
                doubtful.extend(fitting);
            }
        }
        for surface in candidate.surfaces.iter().filter(|surface| name_key(surface) != name_key(&candidate.name)) {
            let fitting = self.named(surface, candidate.kind)?;
            let says_so = is_han_name(surface) != is_han_name(&candidate.name)
                || (candidate.kind.is_organisation() && self.dress.is_short_form(&candidate.name, surface));
            match fitting.as_slice() {
                [(_, entity)] if says_so => return Ok(known(entity.clone(), Basis::OtherName)),
                _ => doubtful.extend(fitting),
            }
        }
        if candidate.kind.is_organisation() {
            for fuller in self.dress.fuller_names(&candidate.name) {
                doubtful.extend(self.named(&fuller, candidate.kind)?);
            }
        }
        self.doubtful(candidate, doubtful)
    }

    /// A person is known by name and company; by the name alone only when few people share such a name.
    fn person(
        &mut self,
        candidate: &extract::Candidate,
        mut fitting: Fitting,
        around: &BTreeSet<EntityId>,
    ) -> Result<Identity, Error> {
        if fitting.is_empty() {
            for surface in &candidate.surfaces {
                if is_han_name(surface) != is_han_name(&candidate.name) {
                    fitting.extend(self.named(surface, candidate.kind)?);
                }
            }
        }
        let mut sharing = Vec::new();
        for (number, entity) in &fitting {
            let facts = self.snapshot.adjacency(*number)?;
            for edge in facts.outgoing.iter().chain(&facts.incoming) {
                if around.contains(&self.snapshot.entity_id(edge.neighbour)?) {
                    sharing.push(entity.clone());
                    break;
                }
            }
        }
        match (sharing.as_slice(), fitting.as_slice()) {
            ([one], _) => Ok(known(one.clone(), Basis::Name)),
            ([], [one]) if is_rare(&candidate.name) => Ok(known(one.1.clone(), Basis::Name)),
            _ => self.doubtful(candidate, fitting),
        }
    }

    /// The entities that the article connects with one of its people.
    fn around(
        &self,
        found: &Extraction,
        person: usize,
        identities: &BTreeMap<usize, Identity>,
    ) -> Result<BTreeSet<EntityId>, Error> {
        let of_person = found.facts.iter().filter_map(|fact| match (fact.subject, fact.object) {
            (subject, Some(object)) if subject == person => Some(object),
            (subject, Some(object)) if object == person => Some(subject),
            _ => None,
        });
        Ok(of_person.filter_map(|other| identities.get(&other)).map(|identity| identity.id.clone()).collect())
    }

    /// A new entity; or, for a name that was in doubt before, the entity that was made for it then.
    fn doubtful(&mut self, candidate: &extract::Candidate, mut fitting: Fitting) -> Result<Identity, Error> {
        fitting.sort_by_key(|(number, _)| *number);
        fitting.dedup_by_key(|(number, _)| *number);
        let language = script_of(&candidate.name);
        let made_for_it = fitting.iter().position(|(_, entity)| {
            candidate.kind != Kind::Person && entity.claims.iter().any(|claim| claim.key == MAY_BE)
        });
        let made_for_it = made_for_it.map(|at| fitting.remove(at).1);
        let candidates = fitting
            .into_iter()
            .map(|(_, entity)| Candidate {
                name: entity.name_in(&language).to_owned(),
                id: entity.id,
                labels: entity.labels,
            })
            .collect();
        Ok(match made_for_it {
            Some(entity) => Identity { candidates, ..known(entity, Basis::Name) },
            None => Identity {
                id: self.free_id(kind_of_id(candidate.kind), &candidate.name)?,
                known: None,
                basis: Basis::New,
                candidates,
            },
        })
    }

    /// An id that no other name has, in the database or in this article.
    fn free_id(&mut self, kind: &str, name: &str) -> Result<EntityId, Error> {
        let (slug, key) = (ids::slug(name), name_key(name));
        for number in 1.. {
            let id = ids::entity_id(kind, &slug, number).map_err(Error::model)?;
            match self.taken.get(&id) {
                Some(other) if *other == key => return Ok(id),
                Some(_) => continue,
                None => {}
            }
            if self.snapshot.entity_number(&id)?.is_none() {
                self.taken.insert(id.clone(), key);
                return Ok(id);
            }
        }
        // Numbers do not end before ids do.
        Err(Error::Options { message: format!("there is no free id for {name:?}") })
    }
}

fn known(entity: Entity, basis: Basis) -> Identity {
    Identity { id: entity.id.clone(), known: Some(entity), basis, candidates: Vec::new() }
}

/// Whether an entity can be what the text speaks of.
fn fits(entity: &Entity, kind: Kind) -> bool {
    let any = |labels: &[&str]| labels.iter().any(|label| entity.has_label(label));
    match kind {
        kind if kind.is_organisation() => any(ORGANISATION),
        Kind::Model | Kind::Product => any(MADE),
        other => entity.has_label(other.label()),
    }
}

/// The part of an id before the colon.
fn kind_of_id(kind: Kind) -> &'static str {
    match kind {
        Kind::Startup => "startup",
        Kind::Investor => "investor",
        Kind::Company => "company",
        Kind::ResearchOrg => "research",
        Kind::Person => "person",
        Kind::Model => "model",
        Kind::Product => "product",
        Kind::Benchmark => "benchmark",
    }
}

fn is_han_name(name: &str) -> bool {
    name.chars().any(is_han)
}

/// Whether a name of a person is hardly borne by two people of this small world: three Chinese characters, or a given
/// name and a family name.
fn is_rare(name: &str) -> bool {
    if is_han_name(name) {
        name.chars().filter(|c| is_han(*c)).count() >= 3
    } else {
        name.split_whitespace().count() >= 2
    }
}
