//! Tells that something may have changed in the project's folders, and at which places if
//! that is known; who is told looks for himself. Where the system can't watch, time passing
//! counts as a change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How often folders that can't be watched are looked at.
const POLLING: Duration = Duration::from_millis(500);

/// Where more places than these were touched, everything is looked at.
const MOST_PLACES: usize = 64;

/// Watches folders, each for itself: what lies below a folder that isn't named (the published
/// site, `.git`, `node_modules`) costs nothing.
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    events: Receiver<Heard>,
    /// The places that were touched since that was last asked; `None` if it may be any.
    touched: Touched,
    problem: Option<String>,
    _wake: Sender<Heard>,
}

/// Places; `None` if it may be any.
pub(super) type Touched = Option<BTreeSet<PathBuf>>;

/// What one event tells.
enum Heard {
    /// Something happened at these places.
    At(Vec<PathBuf>),
    /// Something went from these places, or came.
    Moved(Vec<PathBuf>),
    /// Something happened, and it isn't known where.
    Anywhere,
}

impl Watch {
    /// A watch over nothing yet.
    pub(super) fn new() -> Self {
        let (wake, events) = channel();
        let told = wake.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(news) = event.map_or(Some(Heard::Anywhere), news) {
                // Nobody is left to be told when the preview ends.
                let _ = told.send(news);
            }
        });
        Self::of(watcher, events, wake)
    }

    fn of(watcher: notify::Result<RecommendedWatcher>, events: Receiver<Heard>, wake: Sender<Heard>) -> Self {
        let problem = watcher.as_ref().err().map(complaint);
        Self {
            watcher: watcher.ok(),
            watched: BTreeSet::new(),
            events,
            touched: Some(BTreeSet::new()),
            problem,
            _wake: wake,
        }
    }

    /// Watches exactly these folders from now on; whether there are new ones among them, in which
    /// something may have happened unseen.
    pub(super) fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        for folder in self.watched.difference(folders) {
            // It may be gone, and its watch with it.
            let _ = watcher.unwatch(folder);
        }
        self.watched.retain(|folder| folders.contains(folder));
        let new: Vec<PathBuf> = folders.difference(&self.watched).cloned().collect();
        let mut any = false;
        for folder in new {
            match watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    any = true;
                    self.watched.insert(folder);
                }
                Err(_) if !folder.is_dir() => {}
                Err(error) => {
                    self.problem = Some(complaint(&error));
                    self.watcher = None;
                    return any;
                }
            }
        }
        any
    }

    /// Why the folders are looked at twice a second instead of being watched; told once.
    pub(super) fn problem(&mut self) -> Option<String> {
        self.problem.take()
    }

    /// Waits until something may have changed, and no longer than `limit`: then anything may have.
    pub(super) fn wait(&mut self, limit: Option<Duration>) {
        // Something was heard of in between that nobody has looked at.
        let mut untold = self.touched.as_ref().is_none_or(|touched| !touched.is_empty());
        while let Ok(news) = self.events.try_recv() {
            self.hear(news);
            untold = true;
        }
        if untold {
            return;
        }
        let limit = if self.watcher.is_none() { Some(limit.unwrap_or(POLLING).min(POLLING)) } else { limit };
        let first = match limit {
            Some(limit) => self.events.recv_timeout(limit).unwrap_or(Heard::Anywhere),
            None => self.events.recv().unwrap_or(Heard::Anywhere),
        };
        self.hear(first);
        while let Ok(news) = self.events.try_recv() {
            self.hear(news);
        }
    }

    /// Waits until something may have changed, but not for long.
    pub(super) fn wait_a_little(&mut self) {
        if let Ok(news) = self.events.recv_timeout(Duration::from_millis(10)) {
            self.hear(news);
        }
    }

    /// The places that were touched since this was last asked; `None` if it may be any.
    pub(super) fn touched(&mut self) -> Touched {
        self.touched.replace(BTreeSet::new())
    }

    fn hear(&mut self, news: Heard) {
        let places = match news {
            Heard::Anywhere => {
                self.touched = None;
                return;
            }
            Heard::At(places) => places,
            Heard::Moved(places) => {
                self.forget(&places);
                places
            }
        };
        self.touched = self.touched.take().filter(|touched| touched.len() < MOST_PLACES).map(|mut touched| {
            touched.extend(places);
            touched
        });
    }

    /// A folder that was removed or renamed is watched no more, even if one of its name comes back.
    fn forget(&mut self, gone: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        for gone in gone {
            let lost: Vec<PathBuf> = below(&self.watched, gone).cloned().collect();
            for folder in lost {
                let _ = watcher.unwatch(&folder);
                self.watched.remove(&folder);
            }
        }
    }
}

/// The folder and those in it.
fn below<'a>(watched: &'a BTreeSet<PathBuf>, gone: &'a Path) -> impl Iterator<Item = &'a PathBuf> {
    watched.range(gone.to_owned()..).take_while(move |folder| folder.starts_with(gone))
}

/// What an event tells; nothing if it changes nothing. Our own reading raises events too.
fn news(event: Event) -> Option<Heard> {
    if event.need_rescan() || event.paths.is_empty() {
        return Some(Heard::Anywhere);
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Heard::At(event.paths)),
        EventKind::Access(_) => None,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(Heard::Moved(event.paths)),
        _ => Some(Heard::At(event.paths)),
    }
}

fn complaint(error: &notify::Error) -> String {
    let limit = matches!(error.kind, notify::ErrorKind::MaxFilesWatch)
        || matches!(&error.kind, notify::ErrorKind::Io(error) if matches!(error.raw_os_error(), Some(24 | 28)));
    if limit {
        "the system watches no more folders for this account, so changes are looked for twice a second\n\
         help: `sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512` lets it watch more"
            .into()
    } else {
        format!("the folders can't be watched ({error}), so changes are looked for twice a second")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits until something is heard of, and tells what.
    fn heard(watch: &mut Watch) -> Touched {
        watch.wait(Some(Duration::from_secs(10)));
        while let Ok(news) = watch.events.recv_timeout(Duration::from_millis(50)) {
            watch.hear(news);
        }
        watch.touched()
    }

    #[test]
    fn a_save_is_told_by_its_place_and_too_many_by_none() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let mut watch = Watch::new();
        assert!(watch.follow(&[top.clone()].into()));
        std::fs::write(top.join("a.md"), "one").unwrap();
        assert_eq!(heard(&mut watch), Some([top.join("a.md")].into()));
        for at in 0..=MOST_PLACES {
            std::fs::write(top.join(format!("{at}.md")), "one").unwrap();
        }
        assert_eq!(heard(&mut watch), None);
        std::fs::write(top.join("a.md"), "two").unwrap();
        assert_eq!(heard(&mut watch), Some([top.join("a.md")].into()));
        std::fs::write(top.join("b.md"), "one").unwrap();
        while watch.touched.as_ref().is_some_and(BTreeSet::is_empty) {
            watch.wait_a_little();
        }
        watch.wait(None);
        assert_eq!(watch.touched(), Some([top.join("b.md")].into()), "what was heard in between is told");
        // When nothing more comes, the time that passed may have brought anything.
        while watch.touched().is_some() {
            watch.wait(Some(Duration::from_millis(20)));
        }
    }

    #[test]
    fn where_the_system_watches_nothing_time_passing_is_a_change() {
        let (wake, events) = channel();
        let mut watch = Watch::of(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)), events, wake);
        let problem = watch.problem().unwrap();
        assert!(problem.contains("twice a second") && problem.contains("fs.inotify.max_user_watches"), "{problem}");
        assert_eq!(watch.problem(), None, "it is told once");
        assert!(!watch.follow(&[PathBuf::from("/")].into()));
        let begun = std::time::Instant::now();
        watch.touched();
        watch.wait(None);
        assert!(begun.elapsed() >= POLLING && watch.touched().is_none());
    }

    #[test]
    fn a_folder_that_is_gone_takes_those_in_it_along() {
        let watched: BTreeSet<PathBuf> = ["/a", "/a/b", "/a/b/c", "/a/bc", "/a/d"].map(PathBuf::from).into();
        let lost: Vec<_> = below(&watched, Path::new("/a/b")).map(|path| path.display().to_string()).collect();
        assert_eq!(lost, ["/a/b", "/a/b/c"]);
    }
}
