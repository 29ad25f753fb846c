//! Days and times with a zone.

use std::cmp::Ordering;
use std::sync::Arc;

use super::LocalDateTime;

/// A day and a time with a zone: an offset from UTC, or a named zone with the offset that it has at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    local: LocalDateTime,
    /// Seconds east of UTC, within 18 hours.
    offset: i32,
    /// The name of the zone, such as `Asia/Shanghai`.
    zone: Option<Arc<str>>,
}

impl Ord for DateTime {
    /// By the moment, then by the clock, then by the zone.
    fn cmp(&self, other: &Self) -> Ordering {
        self.local.cmp(&other.local)
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
