//! How long some things take that no stage of a build does alone: to find and show what pages have to do with each other, and
//! what lists hold; and to put a book together. No stage can be timed for them, so they are timed where they are done, over all threads.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Something that is done in all stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Relations found, checked, compared and shown.
    Relations,
    /// Lists and matrices found, checked, compared and shown.
    Lists,
    /// Books for e-readers put together.
    Book,
}

/// Tells how much time has passed.
pub type Clock = Box<dyn Fn() -> Duration + Send + Sync>;

/// What was taken so far, where somebody has brought a clock.
#[derive(Default)]
pub struct Effort {
    clock: OnceLock<Clock>,
    /// In nanoseconds.
    relations: AtomicU64,
    lists: AtomicU64,
    book: AtomicU64,
}

impl fmt::Debug for Effort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Effort")
    }
}

impl Effort {
    /// Has what is done from now on counted.
    pub fn count_by(&self, clock: Clock) {
        let _ = self.clock.set(clock);
    }

    /// Does a part of a task.
    pub fn time<T>(&self, task: Task, work: impl FnOnce() -> T) -> T {
        let Some(clock) = self.clock.get() else { return work() };
        let begun = clock();
        let done = work();
        let took = u64::try_from(clock().saturating_sub(begun).as_nanos()).unwrap_or(u64::MAX);
        self.of(task).fetch_add(took, Ordering::Relaxed);
        done
    }

    /// How long a task took so far, over all threads.
    pub fn taken(&self, task: Task) -> Duration {
        Duration::from_nanos(self.of(task).load(Ordering::Relaxed))
    }

    fn of(&self, task: Task) -> &AtomicU64 {
        match task {
            Task::Relations => &self.relations,
            Task::Lists => &self.lists,
            Task::Book => &self.book,
        }
    }
}
