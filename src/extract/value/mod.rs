//! Amounts of money, dates and rounds, as news writes them.

pub(super) mod amount;
mod clock;
pub(super) mod currency;
pub(super) mod date;
pub(super) mod number;
pub(super) mod round;

pub(super) use amount::Amount;
pub(super) use clock::Clock;
