//! TBD

use super::signature::{Function, arguments};

pub(super) const FUNCTIONS: &[Function] = &[];
