//! The view against a graph so simple that it cannot be wrong, and the landscape's own records.

mod landscape;
mod naive;
mod random;
