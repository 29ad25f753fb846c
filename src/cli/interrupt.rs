//! Ctrl-C: it stops the statement that runs, not the program.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::Outcome;
use super::output::complain;

/// What Ctrl-C does.
pub(super) struct Interrupt {
    /// Set by Ctrl-C; the statement looks at it.
    cancelled: Arc<AtomicBool>,
    running: Arc<AtomicBool>,
}

impl Interrupt {
    /// From now on, Ctrl-C cancels what runs under [`Interrupt::watch`]. A second one ends the program, unless it is
    /// `patient`; so does the first one while nothing runs.
    pub(super) fn install(patient: bool) -> Self {
        let (cancelled, running) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (flag, busy) = (Arc::clone(&cancelled), Arc::clone(&running));
        let installed = ctrlc::set_handler(move || {
            let again = flag.swap(true, Ordering::SeqCst);
            if !busy.load(Ordering::SeqCst) || (again && !patient) {
                process::exit(Outcome::Cancelled.code().into());
            }
        });
        if installed.is_err() {
            complain("Ctrl-C will end the program: its signal cannot be caught");
        }
        Self { cancelled, running }
    }

    /// Runs something that stops when the flag it is given is set.
    pub(super) fn watch<T>(&self, work: impl FnOnce(Arc<AtomicBool>) -> T) -> T {
        self.cancelled.store(false, Ordering::SeqCst);
        self.running.store(true, Ordering::SeqCst);
        let done = work(Arc::clone(&self.cancelled));
        self.running.store(false, Ordering::SeqCst);
        done
    }
}
