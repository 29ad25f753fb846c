//! The operators of a plan: what each does and with which slots.

use std::rc::Rc;
use std::sync::Arc;

use super::expression::{Expr, LabelTest, PathPiece};
use super::{Plan, Slot};
use crate::cypher::function::Aggregate;
use crate::cypher::procedure::Procedure;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::Direction;
use crate::cypher::view::WordId;

/// One step of a plan. All but [`Operator::Argument`] take rows from an input.
#[derive(Debug, Clone)]
pub(crate) enum Operator {
    /// The row as it is, once.
    Argument,
    AllNodes(Rc<AllNodes>),
    LabelScan(Rc<LabelScan>),
    Seek(Rc<Seek>),
    RelationshipEnds(Rc<RelationshipEnds>),
    Expand(Rc<Expand>),
    Trails(Rc<Trails>),
    Shortest(Rc<Shortest>),
    Filter(Rc<Filter>),
    Optional(Rc<Optional>),
    Apply(Rc<Apply>),
    Project(Rc<Project>),
    Aggregation(Rc<Aggregation>),
    Distinct(Rc<Distinct>),
    Sort(Rc<Sort>),
    Skip(Rc<Skip>),
    Limit(Rc<Limit>),
    Unwind(Rc<Unwind>),
    Union(Rc<Union>),
    ProcedureCall(Rc<ProcedureCall>),
    Create(Rc<Create>),
    Merge(Rc<Merge>),
    Set(Rc<Set>),
    Delete(Rc<Delete>),
    Foreach(Rc<Foreach>),
    /// No rows, after all of the input.
    Nothing(Rc<Nothing>),
}

/// Every node.
#[derive(Debug)]
pub(crate) struct AllNodes {
    pub(crate) input: Plan,
    pub(crate) node: Slot,
}

/// Every node with a label.
#[derive(Debug)]
pub(crate) struct LabelScan {
    pub(crate) input: Plan,
    pub(crate) node: Slot,
    pub(crate) label: WordId,
}

/// The nodes that an index leads to.
#[derive(Debug)]
pub(crate) struct Seek {
    pub(crate) input: Plan,
    pub(crate) node: Slot,
    pub(crate) by: Key,
    /// The key or, for `IN`, a list of keys.
    pub(crate) key: Expr,
    pub(crate) list: bool,
}

/// What an index is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// Names, by normal form.
    Name,
    /// The `id` of entities.
    Id,
    /// The number of a node, `id(n)`.
    Number,
}

/// The ends of a relationship that is known already.
#[derive(Debug)]
pub(crate) struct RelationshipEnds {
    pub(crate) input: Plan,
    pub(crate) relationship: Slot,
    pub(crate) from: Slot,
    pub(crate) to: Slot,
    pub(crate) direction: Direction,
    /// Whether `from` and `to` have values that must fit.
    pub(crate) from_bound: bool,
    pub(crate) to_bound: bool,
    pub(crate) types: Option<LabelTest>,
    pub(crate) unique: Vec<Slot>,
}

/// One relationship further.
#[derive(Debug)]
pub(crate) struct Expand {
    pub(crate) input: Plan,
    pub(crate) from: Slot,
    pub(crate) relationship: Slot,
    pub(crate) to: Slot,
    pub(crate) direction: Direction,
    pub(crate) types: Types,
    /// Whether `to` has a value that must be reached.
    pub(crate) into: bool,
    /// Relationships of the same pattern: none may be walked twice.
    pub(crate) unique: Vec<Slot>,
}

/// Which types of relationship are walked.
#[derive(Debug, Clone)]
pub(crate) enum Types {
    All,
    One(WordId),
    Some(Vec<WordId>),
    Test(LabelTest),
}

/// Chains of relationships, none twice: `-[*1..3]->` and quantified groups.
#[derive(Debug)]
pub(crate) struct Trails {
    pub(crate) input: Plan,
    pub(crate) from: Slot,
    pub(crate) to: Slot,
    pub(crate) into: bool,
    pub(crate) group: Group,
    pub(crate) unique: Vec<Slot>,
}

/// What is repeated, and how often.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) steps: Vec<GroupStep>,
    /// The slot of the node that every repetition begins with; the inside of the group is evaluated in the same row.
    pub(crate) first: Slot,
    /// What the first node of every repetition must fulfil.
    pub(crate) first_filter: Option<Expr>,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
    /// Lists that the repetitions fill: the slot inside, the slot of the list.
    pub(crate) lists: Vec<(Slot, Slot)>,
    /// The slot of the list of all relationships, in their order.
    pub(crate) relationships: Slot,
    /// Where it is written from right to left: lists are turned round.
    pub(crate) reversed: bool,
}

/// One relationship of a repetition.
#[derive(Debug)]
pub(crate) struct GroupStep {
    pub(crate) relationship: Slot,
    pub(crate) node: Slot,
    pub(crate) direction: Direction,
    pub(crate) types: Types,
    /// What relationship and node must fulfil, once both are there.
    pub(crate) filter: Option<Expr>,
}

/// The shortest ways between two nodes.
#[derive(Debug)]
pub(crate) struct Shortest {
    pub(crate) input: Plan,
    pub(crate) from: Slot,
    pub(crate) to: Slot,
    pub(crate) into: bool,
    pub(crate) which: Which,
    /// What lies between the ends.
    pub(crate) parts: Vec<ShortestPart>,
    /// A condition that belongs to the choice of a path, not to what comes after it.
    pub(crate) condition: Option<Expr>,
    /// The path as a value, for the condition.
    pub(crate) path: Option<Slot>,
    pub(crate) pieces: Vec<PathPiece>,
    pub(crate) unique: Vec<Slot>,
}

/// A part of a path whose shortest matches are looked for.
#[derive(Debug)]
pub(crate) enum ShortestPart {
    /// A single relationship and the node behind it.
    Step(GroupStep),
    /// Repetitions, and the node behind them with what it must fulfil.
    Group { group: Group, node: Slot, filter: Option<Expr> },
}

/// How many of the paths are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// That many for each pair of ends.
    Paths(u64),
    /// All of that many lengths for each pair of ends.
    Lengths(u64),
}

/// Rows for which something is true.
#[derive(Debug)]
pub(crate) struct Filter {
    pub(crate) input: Plan,
    pub(crate) condition: Expr,
}

/// The rows of the inner plan; where it has none, one with nulls.
#[derive(Debug)]
pub(crate) struct Optional {
    pub(crate) input: Plan,
    pub(crate) inner: Plan,
    pub(crate) nulls: Vec<Slot>,
}

/// The inner plan for each row.
#[derive(Debug)]
pub(crate) struct Apply {
    pub(crate) input: Plan,
    pub(crate) inner: Plan,
    /// Whether the inner plan only has effects: then every row passes once.
    pub(crate) unit: bool,
}

/// Computes values into slots.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) input: Plan,
    pub(crate) items: Vec<(Slot, Expr)>,
}

/// Groups rows by their keys.
#[derive(Debug)]
pub(crate) struct Aggregation {
    pub(crate) input: Plan,
    pub(crate) keys: Vec<(Slot, Expr)>,
    pub(crate) aggregates: Vec<AggregateItem>,
}

/// One aggregate of a grouping.
#[derive(Debug)]
pub(crate) struct AggregateItem {
    pub(crate) slot: Slot,
    pub(crate) aggregate: &'static Aggregate,
    pub(crate) distinct: bool,
    /// None for `count(*)`.
    pub(crate) arguments: Vec<Expr>,
    pub(crate) span: Span,
}

/// Every row once, by some of its slots.
#[derive(Debug)]
pub(crate) struct Distinct {
    pub(crate) input: Plan,
    pub(crate) slots: Vec<Slot>,
}

/// Rows in order; with a limit only the first ones are kept.
#[derive(Debug)]
pub(crate) struct Sort {
    pub(crate) input: Plan,
    pub(crate) keys: Vec<(Expr, bool)>,
    /// How many rows are wanted: the sum of these.
    pub(crate) limit: Option<Vec<Expr>>,
    /// The slots that go on.
    pub(crate) slots: Vec<Slot>,
}

#[derive(Debug)]
pub(crate) struct Skip {
    pub(crate) input: Plan,
    pub(crate) count: Expr,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) input: Plan,
    pub(crate) count: Expr,
    pub(crate) span: Span,
    /// Whether the input writes: then it is run even when no row is wanted.
    pub(crate) writes: bool,
}

/// A row for each item of a list.
#[derive(Debug)]
pub(crate) struct Unwind {
    pub(crate) input: Plan,
    pub(crate) list: Expr,
    pub(crate) slot: Slot,
}

/// The rows of one plan after those of another.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) branches: Vec<(Plan, Vec<Slot>)>,
    /// The slots that the columns get.
    pub(crate) slots: Vec<Slot>,
}

#[derive(Debug)]
pub(crate) struct ProcedureCall {
    pub(crate) input: Plan,
    pub(crate) procedure: Arc<Procedure>,
    pub(crate) arguments: Vec<Expr>,
    /// Which output column goes to which slot.
    pub(crate) outputs: Vec<(usize, Slot)>,
    pub(crate) optional: bool,
    pub(crate) span: Span,
}

/// A node to be created.
#[derive(Debug)]
pub(crate) struct NewNode {
    pub(crate) slot: Slot,
    pub(crate) labels: Vec<WordId>,
    pub(crate) properties: Option<Expr>,
}

/// A relationship to be created.
#[derive(Debug)]
pub(crate) struct NewRelationship {
    pub(crate) slot: Slot,
    pub(crate) from: Slot,
    pub(crate) to: Slot,
    pub(crate) kind: WordId,
    pub(crate) properties: Option<Expr>,
    pub(crate) span: Span,
}

/// What a pattern creates, in its order.
#[derive(Debug)]
pub(crate) enum New {
    Node(NewNode),
    Relationship(NewRelationship),
}

#[derive(Debug)]
pub(crate) struct Create {
    pub(crate) input: Plan,
    pub(crate) items: Vec<New>,
    pub(crate) paths: Vec<(Slot, Expr)>,
}

/// Matches a pattern, or creates it.
#[derive(Debug)]
pub(crate) struct Merge {
    pub(crate) input: Plan,
    pub(crate) matching: Plan,
    pub(crate) items: Vec<New>,
    pub(crate) paths: Vec<(Slot, Expr)>,
    pub(crate) on_create: Vec<SetItem>,
    pub(crate) on_match: Vec<SetItem>,
    pub(crate) span: Span,
}

/// A change of what is there.
#[derive(Debug)]
pub(crate) enum SetItem {
    Property {
        target: Expr,
        key: Arc<str>,
        value: Expr,
        span: Span,
    },
    /// `x = map`; `keep` for `x += map`.
    Properties {
        target: Slot,
        value: Expr,
        keep: bool,
    },
    AddLabels {
        target: Slot,
        labels: Vec<WordId>,
    },
    RemoveLabels {
        target: Slot,
        labels: Vec<WordId>,
    },
}

#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) input: Plan,
    pub(crate) items: Vec<SetItem>,
}

#[derive(Debug)]
pub(crate) struct Delete {
    pub(crate) input: Plan,
    pub(crate) targets: Vec<(Expr, Span)>,
    pub(crate) detach: bool,
}

/// Runs the inner plan for each item of a list, for its effects.
#[derive(Debug)]
pub(crate) struct Foreach {
    pub(crate) input: Plan,
    pub(crate) list: Expr,
    pub(crate) slot: Slot,
    pub(crate) inner: Plan,
}

#[derive(Debug)]
pub(crate) struct Nothing {
    pub(crate) input: Plan,
}
