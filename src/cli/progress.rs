//! How far a long command is, told in one line of a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::store::Progress;

/// Commands that are done sooner say nothing.
const QUIET: Duration = Duration::from_millis(500);
/// The line is written no more often than this.
const PAUSE: Duration = Duration::from_millis(100);

/// A line on standard error that is written again and again, when that is a terminal.
pub(super) struct ProgressLine {
    what: &'static str,
    is_terminal: bool,
    next: Instant,
    shown: bool,
}

impl ProgressLine {
    /// A line that says what is being done, such as `backing up`.
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, is_terminal: io::stderr().is_terminal(), next: Instant::now() + QUIET, shown: false }
    }

    /// Tells how far it is. That it cannot be told must not end what is being done.
    pub(super) fn tell(&mut self, progress: Progress) {
        let now = Instant::now();
        if !self.is_terminal || now < self.next {
            return;
        }
        self.next = now + PAUSE;
        self.shown = true;
        let far = match progress.all {
            Some(all) => format!("{} %", (progress.done * 100).checked_div(all).unwrap_or(100)),
            None => format!("{} pages", progress.done),
        };
        drop(write!(io::stderr(), "\r{}: {far} ", self.what));
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.shown {
            // Back to the beginning, and the rest of the line away.
            drop(write!(io::stderr(), "\r\x1b[K"));
        }
    }
}
