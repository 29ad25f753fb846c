//! Going back: the rows that later commits replaced, laid over the present ones.

use std::collections::HashMap;

use super::catalog::Catalog;
use super::page::PageKind;
use super::row::{self, AdjacencyRow, FactRow};
use super::snapshot::Snapshot;
use super::{StoreError, codec};
use crate::names::{IndexBuilder, LayerBytes, NamesError};

/// What lies over the present pages to make a past generation of them.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// The generation after which nothing counts.
    pub(super) catalog: Catalog,
    /// Rows of entities, facts and sources as they were.
    rows: HashMap<(PageKind, u32), Vec<u8>>,
    /// The facts of each entity among these rows.
    edges: HashMap<u32, AdjacencyRow>,
    /// How many rows of entities there are now.
    entities_now: u32,
}

impl Past {
    /// Reads the way back to a generation. Costs the rows that were replaced since.
    pub(super) fn read(present: &Snapshot, generation: u64) -> Result<Self, StoreError> {
        let now = present.catalog();
        if !(now.oldest..=now.generation).contains(&generation) {
            let (oldest, newest) = (now.oldest, now.generation);
            return Err(StoreError::NoSuchGeneration { generation, oldest, newest });
        }
        let mut past = Self { catalog: now.clone(), entities_now: now.entities, ..Self::default() };
        for later in (generation + 1..=now.generation).rev() {
            let log = present.log_row(later)?;
            for page in log.first..log.first.saturating_add(log.pages).min(now.history) {
                for row in present.past_rows(page)? {
                    // The commit nearest to the generation has the last word.
                    past.rows.insert((row.kind, row.number), row.bytes);
                }
            }
            let [entities, facts, sources] = log.rows;
            past.catalog =
                Catalog { generation: later - 1, entities, facts, sources, retracted: log.retracted, ..past.catalog };
        }
        let catalog = &past.catalog;
        past.rows.retain(|&(kind, number), _| number < catalog.rows(kind));
        past.connect(present)?;
        Ok(past)
    }

    /// Works out the edges of the facts that were other facts then.
    fn connect(&mut self, present: &Snapshot) -> Result<(), StoreError> {
        for (&(kind, number), bytes) in &self.rows {
            if kind != PageKind::Facts || codec::is_retracted(bytes) {
                continue;
            }
            let place = || format!("fact {number}");
            let row: FactRow = codec::decode(bytes, place)?;
            // Ids are the same at all times, and words are never given up.
            let Some(fact) = present.fact_in(number, bytes)? else { continue };
            let edge = |neighbour| row::edge_row(&fact, &row, number, neighbour);
            self.edges.entry(row.subject).or_default().outgoing.push(edge(row.object));
            self.edges.entry(row.object).or_default().incoming.push(edge(row.subject));
        }
        Ok(())
    }

    /// The row of a record, where it was another one.
    pub(super) fn row(&self, kind: PageKind, number: u32) -> Option<&[u8]> {
        self.rows.get(&(kind, number)).map(Vec::as_slice)
    }

    /// The facts of an entity as they were, from those that it has now.
    pub(super) fn adjacency(&self, entity: u32, mut now: AdjacencyRow) -> AdjacencyRow {
        let then = self.edges.get(&entity);
        for (edges, then) in
            [(&mut now.outgoing, then.map(|row| &row.outgoing)), (&mut now.incoming, then.map(|row| &row.incoming))]
        {
            edges.retain(|edge| edge.fact < self.catalog.facts && self.row(PageKind::Facts, edge.fact).is_none());
            edges.extend(then.into_iter().flatten().cloned());
            edges.sort_unstable();
        }
        now
    }

    /// A layer for the index of names that has the names of then in place of those of now.
    pub(super) fn names(&self, snapshot: &Snapshot) -> Result<LayerBytes, StoreError> {
        let damaged = |error: NamesError| StoreError::damaged("the name index", error.to_string());
        let mut builder = IndexBuilder::new();
        let mut replaced: Vec<u32> = (self.catalog.entities..self.entities_now).collect();
        for (&(kind, number), bytes) in &self.rows {
            if kind != PageKind::Entities {
                continue;
            }
            replaced.push(number);
            if codec::is_retracted(bytes) {
                continue;
            }
            for (position, name) in (0..=u16::MAX).zip(&snapshot.heading(number)?.names) {
                builder.add(number, position, name);
            }
        }
        replaced.sort_unstable();
        Ok(LayerBytes { index: builder.finish().map_err(damaged)?, replaced })
    }
}
