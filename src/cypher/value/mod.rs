//! Values as a statement computes them.

pub(crate) mod temporal;

use std::sync::Arc;

pub use temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time};

/// The number of a node within a statement; those of the database first, then those the statement creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// The number of a relationship within a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub u32);

/// What an expression computes and what a row holds.
///
/// Nodes and relationships are numbers here; what they are called and which properties they have is told by the graph that
/// the statement sees.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing is known.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction; may be NaN or infinite.
    Float(f64),
    /// Text.
    Text(Arc<str>),
    /// Values in order.
    List(Arc<Vec<Value>>),
    /// Values by key, sorted by key, each key once.
    Map(Arc<Map>),
    /// A node.
    Node(NodeId),
    /// A relationship.
    Relationship(RelationshipId),
    /// A path.
    Path(Arc<Path>),
    /// A day.
    Date(Date),
    /// A time of day without a zone.
    LocalTime(LocalTime),
    /// A time of day with an offset.
    Time(Time),
    /// A day and a time without a zone.
    LocalDateTime(LocalDateTime),
    /// A day and a time with a zone.
    DateTime(Arc<DateTime>),
    /// A length of time in months, days, seconds and nanoseconds.
    Duration(Arc<Duration>),
}

/// Values by key, in the order of the keys.
pub type Map = std::collections::BTreeMap<Arc<str>, Value>;

/// Nodes and the relationships between them in turn: one more node than relationships.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The nodes, from the first to the last.
    pub nodes: Vec<NodeId>,
    /// The relationships between them, in whichever direction.
    pub relationships: Vec<RelationshipId>,
}
