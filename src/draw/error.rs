//! Pictures that cannot be drawn.

use std::io;

use thiserror::Error;

use crate::graph::GraphError;
use crate::store::StoreError;

/// What can go wrong on the way from a graph to a picture.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DrawError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The question does not fit the graph.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// There is more to draw than can be laid out.
    #[error("{limit} entities are too many for a picture: at most {most}")]
    TooMany {
        /// How many were asked for.
        limit: usize,
        /// How many there may be.
        most: usize,
    },
    /// Graphviz is not installed.
    #[error("{format} is drawn by Graphviz, whose program `dot` was not found")]
    NoGraphviz {
        /// The format that was asked for.
        format: &'static str,
    },
    /// Graphviz did not draw.
    #[error("Graphviz could not draw the picture: {problem}")]
    Graphviz {
        /// What it said.
        problem: String,
    },
    /// The picture cannot be written.
    #[error("cannot write the picture: {0}")]
    Write(#[from] io::Error),
}

impl DrawError {
    /// What the reader of the message can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoGraphviz { .. } => Some(
                "install it (apt install graphviz, brew install graphviz, winget install graphviz), or write .svg, which needs \
                 nothing installed"
                    .to_owned(),
            ),
            _ => None,
        }
    }
}
