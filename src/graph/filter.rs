//! Which facts and entities a question may use.

use crate::model::{Modality, PartialDate};

use super::Graph;
use super::columns::{CONFIDENCE_STEPS, modality_code, pack_date};

/// Which way facts are walked, seen from the entity one stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Direction {
    /// From subject to object.
    Out,
    /// From object to subject.
    In,
    /// Either way.
    #[default]
    Both,
}

impl Direction {
    /// Whether outgoing facts are walked.
    #[must_use]
    #[inline]
    pub fn goes_out(self) -> bool {
        self != Self::In
    }

    /// Whether incoming facts are walked.
    #[must_use]
    #[inline]
    pub fn goes_in(self) -> bool {
        self != Self::Out
    }

    /// The direction in which the same walk is made backwards.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
            Self::Both => Self::Both,
        }
    }
}

/// Which facts are walked, and which entities they may lead to.
///
/// A new filter lets everything pass, in both directions. Every method narrows it further; a set that was given empty
/// lets nothing pass. A filter without conditions costs nothing.
///
/// **Dates.** A date that is only known to the month or the year stands for all days it may mean, and a fact passes when one
/// of them lies in the window. So a fact dated `2024` passes [`as_of`](Self::as_of) `2024-03` and not `2023-12`, and `as_of`
/// `2024` is the end of that year. Undated facts pass `as_of`, since nothing says that they came later, but not
/// [`between`](Self::between), which asks for facts of that time.
///
/// **Entities.** The ends that a question names need no label. An avoided entity is never walked to, through or from, even
/// when the question names it.
///
/// # Examples
/// ```
/// use ailand::graph::{Direction, Filter};
/// use ailand::model::Modality;
///
/// let filter = Filter::new()
///     .direction(Direction::Out)
///     .predicates([3, 4])
///     .modalities([Modality::Asserted, Modality::Reported])
///     .as_of("2024-06".parse()?)
///     .min_confidence(0.8)
///     .avoid([17]);
/// assert!(!filter.is_open());
/// assert!(Filter::new().is_open());
/// # Ok::<(), ailand::model::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    direction: Direction,
    /// Whether every edge passes.
    any_edge: bool,
    predicates: Option<Numbers>,
    /// Packed last day of the window.
    latest: u32,
    /// Packed first day of the window.
    earliest: u32,
    undated: bool,
    /// One bit for each modality.
    modalities: u8,
    min_confidence: u16,
    labels: Option<Numbers>,
    end_labels: Option<Numbers>,
    /// Sorted.
    avoided: Vec<u32>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            direction: Direction::Both,
            any_edge: true,
            predicates: None,
            latest: u32::MAX,
            earliest: 0,
            undated: true,
            modalities: u8::MAX,
            min_confidence: 0,
            labels: None,
            end_labels: None,
            avoided: Vec::new(),
        }
    }
}

impl Filter {
    /// A filter that lets everything pass, in both directions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Walks facts this way only.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Walks facts with one of these predicates only.
    #[must_use]
    pub fn predicates(mut self, predicates: impl IntoIterator<Item = u16>) -> Self {
        self.predicates = Some(predicates.into_iter().collect());
        self.any_edge = false;
        self
    }

    /// Hides facts dated after `date`; undated facts stay.
    #[must_use]
    pub fn as_of(mut self, date: PartialDate) -> Self {
        self.latest = self.latest.min(pack_date(Some(date.last_day())));
        self.any_edge = false;
        self
    }

    /// Hides facts that cannot lie between the first day of `from` and the last of `to`, and undated ones.
    #[must_use]
    pub fn between(mut self, from: PartialDate, to: PartialDate) -> Self {
        self.earliest = self.earliest.max(pack_date(Some(from.first_day())));
        self.undated = false;
        self.as_of(to)
    }

    /// Walks facts of one of these modalities only.
    #[must_use]
    pub fn modalities(mut self, modalities: impl IntoIterator<Item = Modality>) -> Self {
        self.modalities = modalities.into_iter().fold(0, |bits, modality| bits | 1 << modality_code(modality));
        self.any_edge = false;
        self
    }

    /// Walks facts with at least this confidence only; with NaN, none.
    #[must_use]
    pub fn min_confidence(mut self, least: f32) -> Self {
        let steps = f32::from(CONFIDENCE_STEPS);
        let nearest = (least * steps).round();
        let least = if nearest / steps < least { nearest + 1.0 } else { nearest };
        // Just above the highest step when no fact can pass; the cast then has nothing to cut.
        self.min_confidence = if least <= steps { least.max(0.0) as u16 } else { CONFIDENCE_STEPS + 1 };
        self.any_edge = false;
        self
    }

    /// Walks only to and through entities with one of these labels.
    #[must_use]
    pub fn labels(mut self, labels: impl IntoIterator<Item = u16>) -> Self {
        self.labels = Some(labels.into_iter().collect());
        self
    }

    /// Reports only entities with one of these labels in a neighbourhood; others are still walked through.
    #[must_use]
    pub fn end_labels(mut self, labels: impl IntoIterator<Item = u16>) -> Self {
        self.end_labels = Some(labels.into_iter().collect());
        self
    }

    /// Never walks to, through or from these entities, in addition to those avoided before.
    #[must_use]
    pub fn avoid(mut self, nodes: impl IntoIterator<Item = u32>) -> Self {
        self.avoided.extend(nodes);
        self.avoided.sort_unstable();
        self.avoided.dedup();
        self
    }

    /// The same filter without its condition on labels.
    pub(super) fn any_label(mut self) -> Self {
        self.labels = None;
        self
    }

    /// Which way facts are walked.
    #[must_use]
    #[inline]
    pub fn walks(&self) -> Direction {
        self.direction
    }

    /// Whether every fact and every entity passes.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.any_edge && self.any_node() && self.end_labels.is_none()
    }

    /// Whether the edge passes, whichever way it is walked.
    #[must_use]
    #[inline]
    pub fn admits_edge(&self, graph: &Graph, edge: u32) -> bool {
        self.any_edge || self.admits_attributes(graph, edge)
    }

    /// Whether the entity may be walked to and through.
    #[must_use]
    #[inline]
    pub fn admits_node(&self, graph: &Graph, node: u32) -> bool {
        self.any_node()
            || self.admits_end(node) && self.labels.as_ref().is_none_or(|labels| labels.any(graph.labels(node)))
    }

    /// Whether the entity may be named as an end of a question.
    #[must_use]
    #[inline]
    pub fn admits_end(&self, node: u32) -> bool {
        self.avoided.is_empty() || self.avoided.binary_search(&node).is_err()
    }

    /// Whether a neighbourhood reports the entity.
    #[must_use]
    #[inline]
    pub fn reports(&self, graph: &Graph, node: u32) -> bool {
        self.end_labels.as_ref().is_none_or(|labels| labels.any(graph.labels(node)))
    }

    #[inline]
    fn any_node(&self) -> bool {
        self.labels.is_none() && self.avoided.is_empty()
    }

    fn admits_attributes(&self, graph: &Graph, edge: u32) -> bool {
        self.predicates.as_ref().is_none_or(|set| set.has(graph.predicate(edge)))
            && self.modalities >> graph.modality_code(edge) & 1 == 1
            && graph.confidence_code(edge) >= self.min_confidence
            && self.admits_date(graph.date_code(edge))
    }

    #[inline]
    fn admits_date(&self, date: u32) -> bool {
        match date {
            0 => self.undated,
            // Unknown parts are 0, so the packed date is not above the last day of the window if its first day is not.
            _ => date <= self.latest && last_code(date) >= self.earliest,
        }
    }
}

/// The packed date with its unknown parts at their highest.
#[inline]
fn last_code(date: u32) -> u32 {
    let day = if date & 31 == 0 { 31 } else { 0 };
    let month = if date >> 5 & 15 == 0 { 15 << 5 } else { 0 };
    date | day | month
}

/// A set of small numbers, one bit for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Numbers(Vec<u64>);

impl Numbers {
    #[inline]
    fn has(&self, number: u16) -> bool {
        self.0.get(usize::from(number >> 6)).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }

    #[inline]
    fn any(&self, numbers: &[u16]) -> bool {
        numbers.iter().any(|&number| self.has(number))
    }
}

impl FromIterator<u16> for Numbers {
    fn from_iter<I: IntoIterator<Item = u16>>(numbers: I) -> Self {
        let mut words: Vec<u64> = Vec::new();
        for number in numbers {
            let at = usize::from(number >> 6);
            if words.len() <= at {
                words.resize(at + 1, 0);
            }
            if let Some(word) = words.get_mut(at) {
                *word |= 1 << (number & 63);
            }
        }
        Self(words)
    }
}
