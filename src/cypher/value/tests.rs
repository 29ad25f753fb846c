//! Equality, comparison, order and grouping against their definitions.
