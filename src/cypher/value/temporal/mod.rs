//! Dates, times and durations: one file per type.
//!
//! Civil arithmetic is our own, in the proleptic Gregorian calendar with years from -999,999,999 to 999,999,999; only the
//! rules of named time zones come from elsewhere ([`zone`]).

mod date;
mod date_time;
mod duration;
mod local_date_time;
mod local_time;
mod time;

pub use date::Date;
pub use date_time::DateTime;
pub use duration::Duration;
pub use local_date_time::LocalDateTime;
pub use local_time::LocalTime;
pub use time::Time;
