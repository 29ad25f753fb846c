//! Export of a graph, whole or in part, to the formats of other programs.
//!
//! | format | read by | file |
//! |---|---|---|
//! | [`graphml`] | yEd, Gephi, igraph, networkx | one, `.graphml` |
//! | [`gexf`] (1.3) | Gephi, networkx | one, `.gexf` |
//! | [`node_link`] | networkx, D3 | one, `.json` |
//! | [`cytoscape`] | Cytoscape, Cytoscape.js | one, `.cyjs` |
//! | [`csv`] | Neo4j's import, spreadsheets | two, `nodes.csv` and `edges.csv` |
//! | [`cypher`] | Neo4j, Memgraph | one, `.cypher` |
//! | [`turtle`] | RDF stores | one, `.ttl` |
//!
//! All take [`GraphRecords`]. Parallel facts stay distinct edges with their ids. These formats show one claim for a key where
//! the database may hold several, and evidence by its source; only [`jsonl`](super::jsonl) is lossless.
//! `docs/diagrams.md` tells how each is read.

pub mod csv;
pub mod cypher;
pub mod cytoscape;
pub mod gexf;
pub mod graphml;
mod json;
pub mod node_link;
mod records;
mod schema;
#[cfg(test)]
mod tests;
pub mod turtle;

use std::io::{self, Write};
use std::path::Path;

pub use records::{EdgeRecord, GraphRecords, NodeRecord};

/// A format for graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GraphFormat {
    /// [`graphml`].
    GraphMl,
    /// [`gexf`].
    Gexf,
    /// [`node_link`].
    NodeLink,
    /// [`cytoscape`].
    Cytoscape,
    /// [`csv`].
    Csv,
    /// [`cypher`].
    Cypher,
    /// [`turtle`].
    Turtle,
}

impl GraphFormat {
    /// Every format.
    pub const ALL: [Self; 7] =
        [Self::GraphMl, Self::Gexf, Self::NodeLink, Self::Cytoscape, Self::Csv, Self::Cypher, Self::Turtle];

    /// The word by which it is asked for.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::NodeLink => "node-link",
            Self::Cytoscape => "cytoscape",
            Self::Csv => "csv",
            Self::Cypher => "cypher",
            Self::Turtle => "turtle",
        }
    }

    /// The format of that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// The format that a file's ending stands for. CSV has none, because it takes two files.
    #[must_use]
    pub fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "graphml" => Some(Self::GraphMl),
            "gexf" => Some(Self::Gexf),
            "json" => Some(Self::NodeLink),
            "cyjs" => Some(Self::Cytoscape),
            "cypher" | "cql" => Some(Self::Cypher),
            "ttl" => Some(Self::Turtle),
            _ => None,
        }
    }

    /// Writes the records. CSV, which takes two files, writes the nodes, an empty line, and the edges.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::GraphMl => graphml::write(records, out),
            Self::Gexf => gexf::write(records, out),
            Self::NodeLink => node_link::write(records, out),
            Self::Cytoscape => cytoscape::write(records, out),
            Self::Csv => {
                csv::write_nodes(records, out)?;
                out.write_all(b"\r\n")?;
                csv::write_edges(records, out)
            }
            Self::Cypher => cypher::write(records, out),
            Self::Turtle => turtle::write(records, out),
        }
    }
}
