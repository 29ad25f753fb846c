//! The facts of an entity as bytes, and how a commit changes them.
//!
//! Edges stand in order, so each tells only how it differs from the one before it:
//!
//! ```text
//! byte 0    what differs: 1 the predicate, 2 the date, 4 the modality or the confidence
//! then      those of them that differ: the predicate; 0 for no date, or 1 + (year << 9 | month << 5 | day); the
//!           modality (1 byte) and the confidence
//! then      the steps to the neighbour and to the fact
//! ```
//!
//! Numbers are those of varint.rs. Before the first edge stands one with predicate, neighbour, fact and modality 0, no
//! date and full confidence.

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::row::{AdjacencyRow, EdgeRow, Number};
use super::varint;

const PREDICATE: u8 = 1;
const DATE: u8 = 2;
const SURENESS: u8 = 4;

/// Edges in their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packed(Vec<u8>);

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Packed;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes of edges")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Packed, E> {
                Ok(Packed(bytes.to_vec()))
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Packed, E> {
                Ok(Packed(bytes))
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}

fn before_first() -> EdgeRow {
    EdgeRow { predicate: 0, neighbour: 0, fact: 0, date: None, modality: 0, confidence: 1000 }
}

/// Packs edges.
pub(crate) fn pack(edges: &[EdgeRow]) -> Packed {
    let mut bytes = Vec::with_capacity(8 * edges.len());
    let first = before_first();
    let mut before = &first;
    for edge in edges {
        let differs = |bit: u8, differs: bool| if differs { bit } else { 0 };
        let flags = differs(PREDICATE, edge.predicate != before.predicate)
            | differs(DATE, edge.date != before.date)
            | differs(SURENESS, (edge.modality, edge.confidence) != (before.modality, before.confidence));
        bytes.push(flags);
        if flags & PREDICATE != 0 {
            varint::write(edge.predicate.into(), &mut bytes);
        }
        if flags & DATE != 0 {
            let number =
                |(year, month, day): (u16, u8, u8)| 1 + (u64::from(year) << 9 | u64::from(month) << 5 | u64::from(day));
            varint::write(edge.date.map_or(0, number), &mut bytes);
        }
        if flags & SURENESS != 0 {
            bytes.push(edge.modality);
            varint::write(edge.confidence.into(), &mut bytes);
        }
        varint::write_step(before.neighbour, edge.neighbour, &mut bytes);
        varint::write_step(before.fact, edge.fact, &mut bytes);
        before = edge;
    }
    Packed(bytes)
}

/// Unpacks edges; `None` for bytes that [`pack`] did not write.
pub(crate) fn unpack(packed: &Packed) -> Option<Vec<EdgeRow>> {
    let mut rest = packed.0.as_slice();
    let mut edges = Vec::new();
    let mut edge = before_first();
    while let Some((&flags, behind)) = rest.split_first() {
        rest = behind;
        if flags & !(PREDICATE | DATE | SURENESS) != 0 {
            return None;
        }
        if flags & PREDICATE != 0 {
            edge.predicate = varint::read(&mut rest)?.try_into().ok()?;
        }
        if flags & DATE != 0 {
            edge.date = match varint::read(&mut rest)?.checked_sub(1) {
                None => None,
                Some(date) => Some((u16::try_from(date >> 9).ok()?, (date >> 5 & 15) as u8, (date & 31) as u8)),
            };
        }
        if flags & SURENESS != 0 {
            let (&modality, behind) = rest.split_first()?;
            rest = behind;
            edge.modality = modality;
            edge.confidence = varint::read(&mut rest)?.try_into().ok()?;
        }
        edge.neighbour = varint::read_step(edge.neighbour, &mut rest)?;
        edge.fact = varint::read_step(edge.fact, &mut rest)?;
        edges.push(edge.clone());
    }
    Some(edges)
}

/// What a commit changes about the facts of an entity.
#[derive(Debug, Default)]
pub(crate) struct AdjacencyChange {
    outgoing: Vec<EdgeRow>,
    incoming: Vec<EdgeRow>,
    /// Facts that stand in the base and no longer.
    gone: Vec<Number>,
}

impl AdjacencyChange {
    pub(crate) fn add_outgoing(&mut self, edge: EdgeRow) {
        self.outgoing.push(edge);
    }

    pub(crate) fn add_incoming(&mut self, edge: EdgeRow) {
        self.incoming.push(edge);
    }

    /// Takes a fact away, be it of the base or of this commit.
    pub(crate) fn remove(&mut self, fact: Number) {
        self.outgoing.retain(|edge| edge.fact != fact);
        self.incoming.retain(|edge| edge.fact != fact);
        self.gone.push(fact);
    }

    /// The row as it is after the change.
    pub(crate) fn apply(&mut self, mut row: AdjacencyRow) -> AdjacencyRow {
        self.gone.sort_unstable();
        for (edges, fresh) in [(&mut row.outgoing, &self.outgoing), (&mut row.incoming, &self.incoming)] {
            if !self.gone.is_empty() {
                edges.retain(|edge| self.gone.binary_search(&edge.fact).is_err());
            }
            edges.extend_from_slice(fresh);
            edges.sort_unstable();
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edge() -> impl Strategy<Value = EdgeRow> {
        let date = prop::option::of((any::<u16>(), 0u8..16, 0u8..32));
        (0u32..3, any::<u32>(), any::<u32>(), date, any::<u8>(), any::<u16>()).prop_map(
            |(predicate, neighbour, fact, date, modality, confidence)| EdgeRow {
                predicate,
                neighbour,
                fact,
                date,
                modality,
                confidence,
            },
        )
    }

    proptest! {
        #[test]
        fn edges_come_back(mut edges in prop::collection::vec(edge(), 0..20), sorted: bool) {
            if sorted {
                edges.sort_unstable();
            }
            prop_assert_eq!(unpack(&pack(&edges)), Some(edges));
        }

        #[test]
        fn any_bytes_are_edges_or_none(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let length = bytes.len();
            prop_assert!(unpack(&Packed(bytes)).is_none_or(|edges| edges.len() <= length));
        }
    }
}
