//! How long two things take that all stages of a build do: to find and show what pages have to do with each other, and
//! what lists hold. No stage can be timed for them, so they are timed where they are done, over all threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Something that is done in all stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Relations found, checked, compared and shown.
    Relations,
    /// Lists and matrices found, checked, compared and shown.
    Lists,
}

/// What was taken so far, in nanoseconds.
#[derive(Debug, Default)]
pub struct Effort {
    relations: AtomicU64,
    lists: AtomicU64,
}

impl Effort {
    /// Does a part of a task.
    pub fn time<T>(&self, task: Task, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        let took = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
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
        }
    }
}
