//! Times of day without a zone.

/// A time of day without a zone, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// Nanoseconds since midnight, less than a day of them.
    nanos: i64,
}
