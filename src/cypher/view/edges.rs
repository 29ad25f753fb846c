//! Expansion: the relationships of a node, and those between two nodes.

use super::overlay::{Chain, Chains, NONE};
use super::words::WordId;
use super::{Direction, View};
use crate::cypher::value::{NodeId, RelationshipId};

/// A place among the relationships of a node. Plain data: it borrows nothing, and a copy goes its own way.
///
/// Relationships that are created after the cursor are not met by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EdgeCursor {
    /// The node that the relationships are seen from.
    node: u32,
    /// The only node that they may lead to; `NONE` for any.
    other: u32,
    /// The node where created relationships must end when they are followed from either of the two.
    far: u32,
    /// Edges of the base that go out: the next and the end.
    out: (u32, u32),
    /// Those that come in: places among all incoming edges or, between two nodes, the edges themselves.
    into: (u32, u32),
    /// The next created relationship that goes out, and the next that comes in.
    created: (u32, u32),
    /// Created relationships end here.
    limit: u32,
    /// Whether loops were met going out, and are left out coming in.
    both: bool,
}

/// Both ends of a range. The graph has fewer than 2^32 edges.
fn pair(range: std::ops::Range<usize>) -> (u32, u32) {
    (range.start as u32, range.end as u32)
}

impl EdgeCursor {
    /// A cursor without relationships.
    pub(crate) fn nowhere() -> Self {
        let (none, nothing) = ((0, 0), (NONE, NONE));
        Self { node: NONE, other: NONE, far: NONE, out: none, into: none, created: nothing, limit: 0, both: false }
    }

    /// The node to report for a created relationship that ends at `end`, when it may be met.
    fn end(&self, end: u32) -> Option<u32> {
        if self.other == NONE {
            return Some(end);
        }
        (end == self.far).then_some(self.other)
    }
}

impl View {
    /// The relationships of a node: those of the base, then those that the statement created; outgoing before incoming.
    #[inline]
    pub(crate) fn edges(&self, node: NodeId, direction: Direction) -> EdgeCursor {
        let Chains { out, into } = self.overlay.chains_of(node.0);
        let graph = &self.base.graph;
        let (goes_out, goes_in) = (direction.goes_out(), direction.goes_in());
        EdgeCursor {
            node: node.0,
            other: NONE,
            far: NONE,
            out: if goes_out { pair(graph.out_span(node.0)) } else { (0, 0) },
            into: if goes_in { pair(graph.in_span(node.0)) } else { (0, 0) },
            created: (if goes_out { out.first } else { NONE }, if goes_in { into.first } else { NONE }),
            limit: self.relationship_limit(),
            both: goes_out && goes_in,
        }
    }

    /// The relationships between two nodes, `direction` seen from the first: they lead to the second.
    ///
    /// O(log d) with the smaller degree in the base; created ones are looked for on the side that has fewer.
    pub(crate) fn edges_between(&self, from: NodeId, to: NodeId, direction: Direction) -> EdgeCursor {
        let graph = &self.base.graph;
        let range = |goes: bool, from: NodeId, to: NodeId| {
            let range = if goes { graph.edges_between(from.0, to.0) } else { 0..0 };
            (range.start, range.end)
        };
        let (goes_out, goes_in) = (direction.goes_out(), direction.goes_in());
        let (near, far) = (self.overlay.chains_of(from.0), self.overlay.chains_of(to.0));
        let count =
            |out: Chain, into: Chain| (if goes_out { out.length } else { 0 }) + if goes_in { into.length } else { 0 };
        // What goes out from here comes in over there.
        let here = count(near.out, near.into) <= count(far.into, far.out);
        let (end, chains, out, into) =
            if here { (to, near, goes_out, goes_in) } else { (from, far, goes_in, goes_out) };
        EdgeCursor {
            node: from.0,
            other: to.0,
            far: end.0,
            out: range(goes_out, from, to),
            into: range(goes_in && !(goes_out && from == to), to, from),
            created: (if out { chains.out.first } else { NONE }, if into { chains.into.first } else { NONE }),
            limit: self.relationship_limit(),
            both: goes_out && goes_in,
        }
    }

    /// The next relationship, with the node at its other end and its type. Deleted ones are passed over; a loop comes
    /// once.
    #[inline]
    pub(crate) fn next_edge(&self, cursor: &mut EdgeCursor) -> Option<(RelationshipId, NodeId, WordId)> {
        loop {
            let (relationship, node, kind) = self.step(cursor)?;
            let deleted = &self.overlay.deleted_relationships;
            if deleted.is_empty() || !deleted.contains(relationship) {
                return Some((RelationshipId(relationship), NodeId(node), kind));
            }
        }
    }

    #[inline]
    fn step(&self, cursor: &mut EdgeCursor) -> Option<(u32, u32, WordId)> {
        let graph = &self.base.graph;
        if cursor.out.0 < cursor.out.1 {
            let edge = cursor.out.0;
            cursor.out.0 += 1;
            return Some((edge, graph.target(edge as usize)?, WordId(graph.predicate(edge).into())));
        }
        while cursor.into.0 < cursor.into.1 {
            let place = cursor.into.0;
            cursor.into.0 += 1;
            let (source, edge) =
                if cursor.other == NONE { graph.incoming_at(place as usize)? } else { (cursor.other, place) };
            if !(cursor.both && source == cursor.node && cursor.other == NONE) {
                return Some((edge, source, WordId(graph.predicate(edge).into())));
            }
        }
        if cursor.created == (NONE, NONE) { None } else { self.step_created(cursor) }
    }

    #[cold]
    fn step_created(&self, cursor: &mut EdgeCursor) -> Option<(u32, u32, WordId)> {
        let first = self.base.relationship_limit();
        let created = |number: u32| self.overlay.created_relationships.get(number.checked_sub(first)? as usize);
        while cursor.created.0 < cursor.limit {
            let number = cursor.created.0;
            let relationship = created(number)?;
            cursor.created.0 = relationship.next_out;
            if let Some(end) = cursor.end(relationship.to) {
                return Some((number, end, relationship.kind));
            }
        }
        while cursor.created.1 < cursor.limit {
            let number = cursor.created.1;
            let relationship = created(number)?;
            cursor.created.1 = relationship.next_in;
            let loops = cursor.both && relationship.from == relationship.to;
            if let (false, Some(end)) = (loops, cursor.end(relationship.from)) {
                return Some((number, end, relationship.kind));
            }
        }
        cursor.created = (NONE, NONE);
        None
    }

    /// How many relationships [`View::edges`] leads to; in both directions a loop counts once.
    pub(crate) fn degree(&self, node: NodeId, direction: Direction) -> usize {
        if self.overlay.deleted_relationships.is_empty() && self.overlay.created_relationships.is_empty() {
            let loops = match direction {
                Direction::Both => self.base.graph.edges_between(node.0, node.0).len(),
                _ => 0,
            };
            return self.base.graph.degree(node.0, direction) - loops;
        }
        let mut cursor = self.edges(node, direction);
        std::iter::from_fn(|| self.next_edge(&mut cursor)).count()
    }
}
