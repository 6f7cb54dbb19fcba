//! What machines make for each other: large things that lie elsewhere too, where every build may take them from and
//! puts what it made. It only ever saves time: what can't be had is made, and after the first trouble nobody asks again.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// How many things are fetched or sent at once: each waits for the line, not for a core.
const AT_ONCE: usize = 16;

/// A place elsewhere. Several threads use it at once.
pub trait SharedStore: std::fmt::Debug + Send + Sync {
    /// What lies there under a name, if anything does.
    ///
    /// # Errors
    /// Why it can't be told.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String>;

    /// Puts something there under a name, whole or not at all.
    ///
    /// # Errors
    /// Why it can't be put there.
    fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), String>;
}

/// A place elsewhere, and how it went with it.
#[derive(Clone, Debug)]
pub struct Shared {
    store: Arc<dyn SharedStore>,
    news: Arc<News>,
}

/// How it went.
#[derive(Debug, Default)]
struct News {
    trouble: OnceLock<String>,
    taken: AtomicUsize,
    given: AtomicUsize,
}

impl Shared {
    /// Things are taken from there, and given to it.
    pub fn with(store: impl SharedStore + 'static) -> Self {
        Self { store: Arc::new(store), news: Arc::default() }
    }

    /// Why it was left alone, if it was.
    pub fn trouble(&self) -> Option<&str> {
        self.news.trouble.get().map(String::as_str)
    }

    /// How many things were taken from there, and how many given.
    pub fn counts(&self) -> (usize, usize) {
        (self.news.taken.load(Ordering::Relaxed), self.news.given.load(Ordering::Relaxed))
    }

    /// Takes what lies there under these names; `keep` says of each whether it is good.
    pub(super) fn take(&self, names: &[String], keep: impl Fn(&str, Vec<u8>) -> bool + Sync) {
        self.each(names, |name| {
            let good = self.store.read(name)?.is_some_and(|bytes| keep(name, bytes));
            self.news.taken.fetch_add(usize::from(good), Ordering::Relaxed);
            Ok(())
        });
    }

    /// Gives what `bytes` has for these names.
    pub(super) fn give(&self, names: &[String], bytes: impl Fn(&str) -> Option<Vec<u8>> + Sync) {
        self.each(names, |name| {
            let Some(bytes) = bytes(name) else { return Ok(()) };
            self.store.write(name, bytes)?;
            self.news.given.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
    }

    /// Does something for each name, many at once, as long as there is no trouble.
    fn each(&self, names: &[String], one: impl Fn(&str) -> Result<(), String> + Sync) {
        let next = AtomicUsize::new(0);
        let work = || {
            while self.trouble().is_none()
                && let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed))
            {
                if let Err(why) = one(name) {
                    // Others may have met it too: one tells.
                    let _ = self.news.trouble.set(why);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(names.len()) {
                scope.spawn(work);
            }
        });
    }
}
