//! Temporal values.
