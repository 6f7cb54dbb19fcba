//! How far a longer piece of work has come, on one line of a terminal that
//! disappears when it is done. Work that takes but a moment shows nothing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::terminal;

/// Work shorter than this shows nothing; the line is then renewed as often.
const MOMENT: Duration = Duration::from_millis(400);

/// Counts steps from any number of threads.
pub(super) struct Progress {
    total: usize,
    done: AtomicUsize,
    started: Instant,
    /// Milliseconds after the start at which the line is shown next; `usize::MAX` for never.
    next: AtomicUsize,
    /// What is done.
    what: &'static str,
}

impl Progress {
    /// Begins to count. Nothing is shown where nobody looks, or where quiet is asked for.
    pub(super) fn start(total: usize, quiet: bool) -> Self {
        Self::of("Rendering", total, quiet)
    }

    /// The same of other work.
    pub(super) fn of(what: &'static str, total: usize, quiet: bool) -> Self {
        let silent = quiet || !terminal::is_watched();
        let next = if silent { usize::MAX } else { MOMENT.as_millis() as usize };
        Self { total, done: AtomicUsize::new(0), started: Instant::now(), next: AtomicUsize::new(next), what }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let next = self.next.load(Ordering::Relaxed);
        if next == usize::MAX {
            return;
        }
        let now = self.started.elapsed().as_millis() as usize;
        let due = now + MOMENT.as_millis() as usize;
        if now >= next && self.next.compare_exchange(next, due, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            // Nobody is left to tell if this fails.
            let _ = terminal::note(&format!("\r\x1b[K{} {done} of {}", self.what, self.total));
        }
    }

    /// All is done: the line disappears, if it was ever shown.
    pub(super) fn end(self) {
        let shown = self.next.load(Ordering::Relaxed);
        if shown != usize::MAX && shown > MOMENT.as_millis() as usize {
            let _ = terminal::note("\r\x1b[K");
        }
    }
}
