//! What an earlier version of an article said and the new one does not.

use std::collections::HashSet;

use crate::landscape::Error;
use crate::model::{EntityId, Fact, FactId};
use crate::store::Changes;

use super::super::article::is_of;
use super::super::rounds;
use super::Draft;

impl Draft<'_> {
    /// Takes back what the earlier version said and this one does not: its evidence and, where no other is left, the fact
    /// and the entities that only it was about.
    pub(super) fn withdraw(
        &mut self,
        withdrawn: &[Fact],
        used: &HashSet<EntityId>,
        changes: &mut Changes,
    ) -> Result<(), Error> {
        let mut gone: HashSet<&FactId> = HashSet::new();
        for fact in withdrawn {
            let mut left = fact.clone();
            left.evidence.retain(|evidence| !is_of(evidence, &self.source.id));
            if left.evidence.is_empty() {
                gone.insert(&fact.id);
                changes.retractions.facts.push(fact.id.clone());
            } else {
                changes.facts.push(left);
            }
        }
        let mut seen = HashSet::new();
        for id in withdrawn.iter().flat_map(|fact| [&fact.subject, &fact.object]) {
            if used.contains(id) || !seen.insert(id) {
                continue;
            }
            let Some(number) = self.snapshot.entity_number(id)? else { continue };
            let mut entity = self.snapshot.entity(number)?;
            let facts = self.snapshot.adjacency(number)?;
            let mut is_bare = true;
            for edge in facts.outgoing.iter().chain(&facts.incoming) {
                is_bare &= gone.contains(&self.snapshot.fact(edge.fact)?.id);
            }
            let is_round = entity.has_label("FundingRound");
            rounds::drop_source(&mut entity, &self.source.id);
            let is_ours = entity.claims.is_empty() && entity.names.iter().all(|name| name.evidence.is_empty());
            if is_bare && is_ours && (is_round || self.was_brought_here(number)?) {
                changes.retractions.entities.push(entity.id);
            } else if is_round {
                self.put(entity);
            }
        }
        Ok(())
    }

    /// Whether the names of an entity were read in this article, and only here.
    fn was_brought_here(&self, number: u32) -> Result<bool, Error> {
        let entity = self.snapshot.entity(number)?;
        Ok(!entity.names.is_empty()
            && entity.names.iter().all(|name| {
                !name.evidence.is_empty() && name.evidence.iter().all(|evidence| is_of(evidence, &self.source.id))
            }))
    }
}
