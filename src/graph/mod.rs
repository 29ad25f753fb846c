//! The graph in memory: neighbourhoods, paths and measures.
//!
//! A [`Graph`] knows entities and facts by small numbers only: an entity is a node, a fact an edge, a predicate and a label
//! are numbers too. Which number means which name is the store's business. Every answer has a documented order, takes a
//! [`Filter`] and [`Bounds`], carries the facts it rests on and says whether a bound cut it.
//!
//! The only folder that names petgraph: [`Graph`] implements its visit traits.

mod bounds;
mod builder;
mod columns;
mod common;
mod csr;
mod error;
mod filter;
mod load;
mod marks;
mod measures;
mod neighborhood;
mod paths;
mod subgraph;
pub mod visit;

#[cfg(test)]
mod tests;

pub use bounds::{Answer, Bounds, Cut};
pub use builder::GraphBuilder;
pub use columns::{Columns, pack_date, unpack_date};
pub use common::{Shared, common_neighbors};
pub use csr::{Edge, EdgeRef, Graph};
pub use error::GraphError;
pub use filter::{Direction, Filter};
pub use load::{Labels, LoadError, load};
pub use measures::{
    Betweenness, Centrality, Communities, Degree, PageRank, Pair, Pairs, Partition, Ranks, betweenness, co_investments,
    communities, core_numbers, degree_of, degrees, pagerank, strong_components, top, weak_components,
};
pub use neighborhood::{Neighborhood, Reached, neighborhood};
pub use paths::{
    Link, Parallel, Path, Paths, Step, all_shortest_paths, confidence_cost, k_lightest_paths, k_shortest_paths,
    lightest_path, shortest_path, simple_paths,
};
pub use subgraph::{Subgraph, induced_subgraph};
