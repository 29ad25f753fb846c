//! Dates, times and durations.

/// A day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Date;
/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalTime;
/// A time of day with an offset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time;
/// A day and a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalDateTime;
/// A day and a time with a zone.
#[derive(Debug, Clone, PartialEq)]
pub struct DateTime;
/// A length of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Duration;
