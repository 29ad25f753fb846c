//! Days and times with a zone.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::LocalDateTime;
use super::local_time::NANOS_IN_SECOND;
use super::zone::{Zone, offset_text};

/// A day and a time with a zone: an offset from UTC, or a named zone with the offset that it has at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    local: LocalDateTime,
    /// Seconds east of UTC, within 18 hours.
    offset: i32,
    /// The name of the zone, such as `Asia/Shanghai`.
    zone: Option<Arc<str>>,
}

impl DateTime {
    /// The moment when the clocks of a zone show `local`. Of two such moments, when clocks are set back, it is the first;
    /// where there is none, clocks have been set forward, and so is the time.
    ///
    /// `None` at the very ends of the calendar.
    pub(crate) fn from_local(local: LocalDateTime, zone: &Zone) -> Option<Self> {
        let (local, offset) = zone.resolve(local)?;
        Some(Self { local, offset, zone: zone.name() })
    }

    /// The same with the offset told apart from the other one that clocks set back allow; `None` when the zone never has
    /// that offset at that time.
    pub(crate) fn from_local_with_offset(local: LocalDateTime, offset: i32, zone: &Zone) -> Option<Self> {
        let instant = local.nanos() - i128::from(offset) * i128::from(NANOS_IN_SECOND);
        Self::from_instant(instant, zone).filter(|found| found.offset == offset)
    }

    /// The clock of a zone so many nanoseconds after 1970-01-01T00:00Z.
    pub(crate) fn from_instant(nanos: i128, zone: &Zone) -> Option<Self> {
        let offset = zone.offset_at(nanos)?;
        let local = LocalDateTime::from_nanos(nanos + i128::from(offset) * i128::from(NANOS_IN_SECOND))?;
        Some(Self { local, offset, zone: zone.name() })
    }

    /// What the clock shows.
    #[must_use]
    pub fn local(&self) -> LocalDateTime {
        self.local
    }

    /// Seconds east of UTC.
    #[must_use]
    pub fn offset(&self) -> i32 {
        self.offset
    }

    /// The name of the zone, when it has one.
    #[must_use]
    pub fn zone_name(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    pub(crate) fn zone(&self) -> Zone {
        self.zone.clone().map_or(Zone::Fixed(self.offset), Zone::Named)
    }

    /// Nanoseconds since 1970-01-01T00:00Z.
    pub(crate) fn instant(&self) -> i128 {
        self.local.nanos() - i128::from(self.offset) * i128::from(NANOS_IN_SECOND)
    }
}

impl Ord for DateTime {
    /// By the moment, then by the clock, then by the name of the zone.
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant()
            .cmp(&other.instant())
            .then_with(|| self.local.cmp(&other.local))
            .then_with(|| self.zone.cmp(&other.zone))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for DateTime {
    /// ISO 8601 with the zone behind: `2024-02-29T12:31+08:00[Asia/Shanghai]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, offset_text(self.offset))?;
        self.zone.as_ref().map_or(Ok(()), |zone| write!(f, "[{zone}]"))
    }
}
