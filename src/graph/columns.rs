//! The columns a graph consists of, as they are kept on disk and in memory.

use crate::model::{Modality, PartialDate};

use super::GraphError;

/// Confidences are kept in steps of one ten-thousandth.
pub(super) const CONFIDENCE_STEPS: u16 = 10_000;

/// Node numbers keep one bit free for the searches that mark which side saw a node.
pub(super) const MOST_NODES: usize = (u32::MAX >> 1) as usize;

/// Edge numbers must fit in the offsets.
pub(super) const MOST_EDGES: usize = u32::MAX as usize;

/// A graph as plain columns: what the store keeps and what a graph is loaded from.
///
/// Edges stand in the order (from, to, predicate, fact), each of them ascending, and an edge's number is its position in
/// that order. The node an edge comes from is not a column: it follows from `offsets`. Every edge costs 17 bytes here,
/// every node 8 and 2 for each label.
///
/// # Examples
/// ```
/// use ailand::graph::{Columns, Graph};
///
/// // Node 0 points to nodes 1 and 2.
/// let columns = Columns {
///     offsets: vec![0, 2, 2, 2],
///     to: vec![1, 2],
///     predicate: vec![0, 0],
///     fact: vec![10, 11],
///     date: vec![0, 0],
///     modality: vec![0, 0],
///     confidence: vec![10_000, 8_500],
///     label_offsets: vec![0, 0, 0, 0],
///     labels: vec![],
///     absent: vec![],
/// };
/// let graph = Graph::from_columns(columns)?;
/// assert_eq!(graph.successors(0), [1, 2]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Where each node's outgoing edges begin, and at the end the number of edges: one more entry than nodes.
    pub offsets: Vec<u32>,
    /// The node each edge points to.
    pub to: Vec<u32>,
    /// The number of each edge's predicate.
    pub predicate: Vec<u16>,
    /// The number of the fact behind each edge.
    pub fact: Vec<u32>,
    /// The date of each edge as [`pack_date`] writes it; 0 where there is none.
    pub date: Vec<u32>,
    /// The position of each edge's modality in [`Modality::ALL`].
    pub modality: Vec<u8>,
    /// The confidence of each edge in ten-thousandths.
    pub confidence: Vec<u16>,
    /// Where each node's labels begin in `labels`, and at the end their number.
    pub label_offsets: Vec<u32>,
    /// The numbers of the labels of every node, ascending within a node.
    pub labels: Vec<u16>,
    /// Numbers that no node has, ascending: entities that were retracted.
    pub absent: Vec<u32>,
}

impl Columns {
    /// Checks that the columns describe a graph: lengths fit, numbers are in range, the order is kept.
    ///
    /// O(V + E).
    ///
    /// # Errors
    /// [`GraphError::Column`] with the first place that is wrong.
    pub fn check(&self) -> Result<(), GraphError> {
        let wrong = |column, at, expected| Err(GraphError::Column { column, at, expected });
        let edges = self.to.len();
        let lengths = [
            ("predicate", self.predicate.len()),
            ("fact", self.fact.len()),
            ("date", self.date.len()),
            ("modality", self.modality.len()),
            ("confidence", self.confidence.len()),
        ];
        if let Some(&(column, length)) = lengths.iter().find(|&&(_, length)| length != edges) {
            return wrong(column, length, "one row for each edge");
        }
        if self.label_offsets.len() != self.offsets.len() {
            return wrong("label_offsets", self.label_offsets.len(), "as many rows as offsets");
        }
        check_offsets("offsets", &self.offsets, edges)?;
        check_offsets("label_offsets", &self.label_offsets, self.labels.len())?;
        let nodes = self.offsets.len().saturating_sub(1);
        if nodes > MOST_NODES {
            return wrong("offsets", nodes, "at most 2^31 - 1 nodes");
        }
        if let Some(at) = self.to.iter().position(|&to| to as usize >= nodes) {
            return wrong("to", at, "a node number");
        }
        if let Some(at) = self.date.iter().position(|&date| !is_date_code(date)) {
            return wrong("date", at, "a packed date or 0");
        }
        if let Some(at) = self.modality.iter().position(|&code| modality_of(code).is_none()) {
            return wrong("modality", at, "a number below 4");
        }
        if let Some(at) = self.confidence.iter().position(|&confidence| confidence > CONFIDENCE_STEPS) {
            return wrong("confidence", at, "at most 10000");
        }
        if !self.absent.is_sorted_by(|a, b| a < b) || self.absent.last().is_some_and(|&last| last as usize >= nodes) {
            return wrong("absent", 0, "ascending numbers of nodes");
        }
        self.check_order()
    }

    fn check_order(&self) -> Result<(), GraphError> {
        let wrong = |column, at, expected| Err(GraphError::Column { column, at, expected });
        let key = |at: usize| Some((*self.to.get(at)?, *self.predicate.get(at)?, *self.fact.get(at)?));
        for node in 0..self.offsets.len().saturating_sub(1) {
            let row = span(&self.offsets, node);
            let targets = self.to.get(row.clone()).unwrap_or_default();
            // Only where a target does not grow can the order be wrong; the other columns are not looked at elsewhere.
            for (before, (a, b)) in (row.start..).zip(targets.iter().zip(targets.iter().skip(1))) {
                if a >= b && key(before) > key(before + 1) {
                    return wrong("to", before + 1, "order by (to, predicate, fact)");
                }
            }
            let labels = span(&self.label_offsets, node);
            let start = labels.start;
            if !self.labels.get(labels).unwrap_or_default().is_sorted_by(|a, b| a < b) {
                return wrong("labels", start, "ascending labels within a node");
            }
        }
        Ok(())
    }
}

fn check_offsets(column: &'static str, offsets: &[u32], rows: usize) -> Result<(), GraphError> {
    let wrong = |at, expected| Err(GraphError::Column { column, at, expected });
    match (offsets.first(), offsets.last()) {
        (Some(0), Some(&last)) if last as usize == rows => {}
        (Some(0), Some(_)) => return wrong(offsets.len() - 1, "the number of rows at the end"),
        _ => return wrong(0, "0 at the beginning"),
    }
    match offsets.iter().zip(offsets.iter().skip(1)).position(|(a, b)| a > b) {
        Some(at) => wrong(at + 1, "offsets that do not fall"),
        None => Ok(()),
    }
}

/// The rows that belong to `node`; empty for a node that does not exist.
#[inline]
pub(super) fn span(offsets: &[u32], node: usize) -> std::ops::Range<usize> {
    match offsets.get(node..node.saturating_add(2)) {
        Some(&[start, end]) => start as usize..end as usize,
        _ => 0..0,
    }
}

/// A date as one number: year times 512, plus month times 32, plus day, with 0 for what is not known; 0 for no date.
///
/// The order of the numbers is the order of the dates.
#[must_use]
pub fn pack_date(date: Option<PartialDate>) -> u32 {
    date.map_or(0, |date| {
        u32::from(date.year()) << 9 | u32::from(date.month().unwrap_or(0)) << 5 | u32::from(date.day().unwrap_or(0))
    })
}

/// The date that [`pack_date`] wrote; `None` for 0 and for numbers that are no date.
#[must_use]
pub fn unpack_date(packed: u32) -> Option<PartialDate> {
    let year = u16::try_from(packed >> 9).ok()?;
    let part = |bits: u32| u8::try_from(bits).ok().filter(|&part| part != 0);
    PartialDate::new(year, part(packed >> 5 & 15), part(packed & 31)).ok()
}

/// Whether [`pack_date`] can have written the number. Most dates are told by their parts.
fn is_date_code(packed: u32) -> bool {
    let (year, month, day) = (packed >> 9, packed >> 5 & 15, packed & 31);
    let plain = (1..=9999).contains(&year) && (1..=12).contains(&month) && day <= 28;
    plain || packed == 0 || unpack_date(packed).is_some()
}

/// The modality behind a number of the column.
#[inline]
pub(super) fn modality_of(code: u8) -> Option<Modality> {
    Modality::ALL.get(usize::from(code)).copied()
}

/// The number of a modality: its position in [`Modality::ALL`].
#[inline]
pub(super) fn modality_code(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted => 0,
        Modality::Reported => 1,
        Modality::Planned => 2,
        Modality::Denied => 3,
    }
}

/// A confidence between 0 and 1 in ten-thousandths, rounded; `None` outside that range.
pub(super) fn confidence_code(confidence: f32) -> Option<u16> {
    // In range, so the cast cannot cut.
    (0.0..=1.0).contains(&confidence).then(|| (f64::from(confidence) * f64::from(CONFIDENCE_STEPS)).round() as u16)
}

/// The confidence behind a number of the column.
#[inline]
pub(super) fn confidence_of(code: u16) -> f32 {
    f32::from(code) / f32::from(CONFIDENCE_STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_order_of_modalities() {
        for (code, modality) in Modality::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(modality_code(modality)), code);
        }
        assert_eq!(modality_of(4), None);
    }

    #[test]
    fn packed_dates_come_back_and_keep_their_order() {
        let texts =
            ["0001", "1999-12-31", "2024", "2024-01", "2024-01-01", "2024-01-31", "2024-02", "2025", "9999-12-31"];
        let packed: Vec<u32> = texts.iter().map(|text| pack_date(text.parse().ok())).collect();
        assert!(packed.is_sorted_by(|a, b| a < b));
        for (text, packed) in texts.iter().zip(packed) {
            assert_eq!(unpack_date(packed).unwrap().to_string(), *text);
            assert!(is_date_code(packed));
        }
        assert_eq!(pack_date(None), 0);
        for broken in [1, 31, 2024 << 9 | 13 << 5, 2024 << 9 | 1, 2023 << 9 | 2 << 5 | 29, u32::MAX] {
            assert_eq!(unpack_date(broken), None, "{broken}");
            assert!(!is_date_code(broken));
        }
    }

    #[test]
    fn confidences_with_four_decimals_are_exact() {
        for step in 0..=CONFIDENCE_STEPS {
            let confidence: f32 = format!("0.{step:04}").parse().unwrap();
            let confidence = if step == CONFIDENCE_STEPS { 1.0 } else { confidence };
            assert_eq!(confidence_of(confidence_code(confidence).unwrap()), confidence);
        }
        for out in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
            assert_eq!(confidence_code(out), None);
        }
    }

    fn valid() -> Columns {
        Columns {
            offsets: vec![0, 2, 3],
            to: vec![0, 1, 0],
            predicate: vec![0, 1, 0],
            fact: vec![0, 1, 2],
            date: vec![0, 2024 << 9, 0],
            modality: vec![0, 3, 1],
            confidence: vec![0, 10_000, 5],
            label_offsets: vec![0, 2, 2],
            labels: vec![1, 4],
            absent: vec![],
        }
    }

    #[test]
    fn damage_is_named() {
        valid().check().unwrap();
        type Damage = fn(&mut Columns);
        let cases: [(&str, Damage); 14] = [
            ("offsets", |c| c.offsets.clear()),
            ("offsets", |c| c.offsets[0] = 1),
            ("offsets", |c| c.offsets[2] = 4),
            ("offsets", |c| c.offsets[1] = 9),
            ("to", |c| c.to[1] = 2),
            ("to", |c| c.to.swap(0, 1)),
            ("predicate", |c| c.predicate.push(0)),
            ("fact", |c| c.fact.clear()),
            ("date", |c| c.date[0] = 7),
            ("modality", |c| c.modality[0] = 4),
            ("confidence", |c| c.confidence[0] = 10_001),
            ("label_offsets", |c| c.label_offsets.push(2)),
            ("label_offsets", |c| c.label_offsets[1] = 3),
            ("labels", |c| c.labels.swap(0, 1)),
        ];
        for (at, (column, damage)) in cases.into_iter().enumerate() {
            let mut columns = valid();
            damage(&mut columns);
            let error = columns.check().unwrap_err().to_string();
            let named = if at == 0 { "label_offsets" } else { column };
            assert!(error.starts_with(&format!("column {named} ")), "{error}");
        }
    }
}
