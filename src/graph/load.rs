//! The graph of a database.

use thiserror::Error;

use super::{Edge, Graph, GraphBuilder, GraphError};
use crate::store::{Snapshot, StoreError};

/// A graph that cannot be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was read is no graph.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// There are more predicates, labels and keys than a graph can number.
    #[error("word {number} has too high a number for a graph: at most 65,535")]
    Word {
        /// The number of the word.
        number: u32,
    },
}

/// Whether the labels of the entities are loaded too; they cost a look at every entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// No node carries a label.
    Without,
    /// Nodes carry the labels of their entities.
    With,
}

/// Loads the graph of a snapshot: nodes are the numbers of its entities, predicates and labels those of its words. The
/// numbers of retracted entities are absent ([`Graph::has_node`]).
///
/// Reads the adjacency of every entity and no fact: O(entities + facts).
///
/// # Errors
/// [`LoadError::Store`] when the database cannot be read, [`LoadError::Word`] when it has more than 65,536 words.
pub fn load(snapshot: &Snapshot, labels: Labels) -> Result<Graph, LoadError> {
    let counts = snapshot.counts();
    let mut builder = GraphBuilder::new(snapshot.entity_bound())?;
    builder.reserve(counts.facts as usize);
    let word = |number: u32| u16::try_from(number).map_err(|_| LoadError::Word { number });
    for node in 0..snapshot.entity_bound() {
        let Some(outgoing) = snapshot.find_outgoing(node)? else {
            builder.set_absent(node)?;
            continue;
        };
        for edge in outgoing {
            builder.add_edge(Edge {
                from: node,
                to: edge.neighbour,
                predicate: word(edge.predicate)?,
                fact: edge.fact,
                date: edge.date,
                modality: edge.modality,
                confidence: edge.confidence,
            })?;
        }
        if labels == Labels::With {
            let numbers = snapshot.label_numbers(node)?.into_iter().map(word);
            let numbers: Vec<u16> = numbers.collect::<Result<_, _>>()?;
            builder.set_labels(node, &numbers)?;
        }
    }
    Ok(builder.build())
}
