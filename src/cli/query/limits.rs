//! What a statement may use up, as it is said on the command line.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use clap::Args;

use crate::cli::args;
use crate::cypher::{Limits, Options};

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Bounds")]
pub(in crate::cli) struct LimitArguments {
    /// Refuse statements that write, before they run
    #[arg(long, help_heading = None)]
    pub(in crate::cli) read_only: bool,
    /// At most this many rows; more are an error [default: 10 million]
    #[arg(long, visible_alias = "limit-rows", value_name = "N", value_parser = rows)]
    pub(in crate::cli) max_rows: Option<u64>,
    /// Run at most this long, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = args::seconds, allow_hyphen_values = true)]
    pub(in crate::cli) timeout: Duration,
    /// Keep at most so much for sorting, grouping, lists and results: 500M, 2G [default: 2G]
    #[arg(long, visible_alias = "memory", value_name = "BYTES", value_parser = bytes)]
    pub(in crate::cli) max_memory: Option<u64>,
}

impl LimitArguments {
    /// The options of a statement that stops when the flag is set.
    pub(in crate::cli) fn options(&self, cancelled: Arc<AtomicBool>) -> Options {
        let usual = Limits::default();
        let limits = Limits {
            rows: self.max_rows.unwrap_or(usual.rows),
            memory: self.max_memory.unwrap_or(usual.memory),
            time: Some(self.timeout),
            ..usual
        };
        Options { limits, read_only: self.read_only, cancelled: Some(cancelled), ..Options::default() }
    }
}

pub(in crate::cli) fn rows(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "expected a whole number".to_owned())
}

/// Reads an amount of memory: bytes, or with K, M or G behind in steps of 1,024.
pub(in crate::cli) fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || "expected a number of bytes, such as 500M or 2G".to_owned();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text.get(number.len()..).unwrap_or_default().to_ascii_uppercase().trim_end_matches("IB") {
        "" | "B" => 0,
        "K" | "KB" => 10,
        "M" | "MB" => 20,
        "G" | "GB" => 30,
        _ => return Err(wrong()),
    };
    number.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_with_its_unit() {
        for (text, expected) in [("0", 0), ("12", 12), ("3K", 3 << 10), ("500mb", 500 << 20), ("2GiB", 2 << 30)] {
            assert_eq!(bytes(text), Ok(expected), "{text}");
        }
        for wrong in ["", "M", "-1", "1.5G", "2X", "99999999999G", "月"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
