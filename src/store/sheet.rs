//! Parts of records: what a reader of many of them needs, without the rest.

use fst::{IntoStreamer, Streamer};

use super::page::PageKind;
use super::row::{EdgeRow, Restore};
use super::snapshot::{Edge, Snapshot};
use super::{StoreError, codec, edges};
use crate::model::{Entity, FactId, Modality, Properties, SourceId};

/// A fact without its ends and without what its evidence says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactSheet {
    /// The id.
    pub(crate) id: FactId,
    /// What is said about the relation.
    pub(crate) properties: Properties,
    /// How the sources put it.
    pub(crate) modality: Modality,
    /// The highest confidence among the evidence.
    pub(crate) confidence: f32,
    /// The numbers of the sources, each once, in the order of the evidence.
    pub(crate) sources: Vec<u32>,
}

impl Snapshot {
    /// The entity with that number, without evidence where it makes no difference to what is shown: that of names, and
    /// that of claims without a rival for their key.
    ///
    /// # Errors
    /// As [`Snapshot::entity`].
    pub(crate) fn entity_sheet(&self, number: u32) -> Result<Entity, StoreError> {
        let mut row = self.entity_row(number)?;
        row.names.iter_mut().for_each(|name| name.evidence.clear());
        let keys: Vec<u32> = row.claims.iter().map(|claim| claim.key).collect();
        for claim in &mut row.claims {
            if keys.iter().filter(|&&key| key == claim.key).nth(1).is_none() {
                claim.evidence.clear();
                claim.qualifiers.clear();
            }
        }
        Restore { names: self, place: &|| format!("entity {number}") }.entity(row)
    }

    /// The numbers of the entities whose ids begin with `prefix`, retracted ones included; in the order of the ids.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub(crate) fn entities_called(&self, prefix: &str) -> Result<Vec<u32>, StoreError> {
        let mut numbers = Vec::new();
        for map in self.id_maps(PageKind::EntityIds)? {
            let mut ids = map.range().ge(prefix).into_stream();
            while let Some((id, number)) = ids.next() {
                if !id.starts_with(prefix.as_bytes()) {
                    break;
                }
                numbers.extend(u32::try_from(number).ok().filter(|&number| number < self.entity_bound()));
            }
        }
        Ok(numbers)
    }

    /// The numbers of the words that are the labels of an entity.
    ///
    /// # Errors
    /// As [`Snapshot::entity`].
    pub(crate) fn label_numbers(&self, number: u32) -> Result<Vec<u32>, StoreError> {
        let place = || format!("entity {number}");
        let (_id, labels): (String, Vec<u32>) =
            self.with_row(PageKind::Entities, number, |bytes| codec::decode_first(bytes, place))?;
        Ok(labels)
    }

    /// The facts whose subject an entity is; `None` when it is retracted.
    ///
    /// # Errors
    /// As [`Snapshot::adjacency`].
    pub(crate) fn find_outgoing(&self, entity: u32) -> Result<Option<Vec<Edge>>, StoreError> {
        if self.past.is_some() {
            return Ok(self.find_adjacency(entity)?.map(|adjacency| adjacency.outgoing));
        }
        let place = || format!("facts of entity {entity}");
        let read = |bytes: &[u8]| -> Result<Option<Vec<EdgeRow>>, StoreError> {
            if codec::is_retracted(bytes) {
                return Ok(None);
            }
            let edges = edges::unpack(&codec::decode_first(bytes, place)?);
            edges.map(Some).ok_or_else(|| StoreError::damaged(place(), "the edges cannot be unpacked"))
        };
        // An entity without a row has no facts.
        let rows = self.find_row(PageKind::Adjacency, entity, read)?.unwrap_or(Some(Vec::new()));
        let restore = Restore { names: self, place: &place };
        rows.map(|rows| rows.iter().map(|row| restore.edge(row)).collect()).transpose()
    }

    /// The fact with that number, without ends and evidence.
    ///
    /// # Errors
    /// As [`Snapshot::fact`].
    pub(crate) fn fact_sheet(&self, number: u32) -> Result<FactSheet, StoreError> {
        let row = self.fact_row(number)?;
        let place = || format!("fact {number}");
        let restore = Restore { names: self, place: &place };
        let mut sources = Vec::with_capacity(row.evidence.len());
        for evidence in &row.evidence {
            if !sources.contains(&evidence.source) {
                sources.push(evidence.source);
            }
        }
        Ok(FactSheet {
            id: restore.fact_id(row.id)?,
            properties: restore.properties(row.properties)?,
            modality: restore.modality(row.modality)?,
            confidence: row.evidence.iter().map(|evidence| evidence.confidence).fold(0.0, f32::max),
            sources,
        })
    }

    /// The id of the fact with that number.
    ///
    /// # Errors
    /// As [`Snapshot::fact`].
    pub(crate) fn fact_id(&self, number: u32) -> Result<FactId, StoreError> {
        let place = || format!("fact {number}");
        let id: String = self.with_row(PageKind::Facts, number, |bytes| codec::decode_first(bytes, place))?;
        Restore { names: self, place: &place }.fact_id(id)
    }

    /// The id of the source with that number.
    ///
    /// # Errors
    /// As [`Snapshot::source`].
    pub(crate) fn source_id(&self, number: u32) -> Result<SourceId, StoreError> {
        super::row::Naming::source_id(self, number)
    }
}
