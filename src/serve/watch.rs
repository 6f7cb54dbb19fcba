//! Tells that something changed in the project's folders, never what: who is told
//! looks for himself. Where the system can't watch, time passing counts as a change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How often folders that can't be watched are looked at.
const POLLING: Duration = Duration::from_millis(500);

/// Watches folders, each for itself: what lies below a folder that isn't named (the published
/// site, `.git`, `node_modules`) costs nothing.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    events: Receiver<Vec<PathBuf>>,
    problem: Option<String>,
    _wake: Sender<Vec<PathBuf>>,
}

impl Watch {
    /// A watch over nothing yet.
    pub fn new() -> Self {
        let (wake, events) = channel();
        let told = wake.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(gone) = event.map_or(Some(Vec::new()), |event| news(&event)) {
                // Nobody is left to be told when the preview ends.
                let _ = told.send(gone);
            }
        });
        let problem = watcher.as_ref().err().map(complaint);
        Self { watcher: watcher.ok(), watched: BTreeSet::new(), events, problem, _wake: wake }
    }

    /// Watches exactly these folders from now on; whether there are new ones among them, in which
    /// something may have happened unseen.
    pub fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> bool {
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
    pub fn problem(&mut self) -> Option<String> {
        self.problem.take()
    }

    /// Waits until something may have changed. `restless`: it may change unseen.
    pub fn wait(&mut self, restless: bool) {
        let first = if restless || self.watcher.is_none() {
            match self.events.recv_timeout(POLLING) {
                Ok(gone) => gone,
                Err(RecvTimeoutError::Timeout) => Vec::new(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        } else {
            self.events.recv().unwrap_or_default()
        };
        self.forget(first);
        while let Ok(gone) = self.events.try_recv() {
            self.forget(gone);
        }
    }

    /// Waits until something may have changed, but not for long.
    pub fn wait_a_little(&mut self) {
        if let Ok(gone) = self.events.recv_timeout(Duration::from_millis(10)) {
            self.forget(gone);
        }
    }

    /// A folder that was removed or renamed is watched no more, even if one of its name comes back.
    fn forget(&mut self, gone: Vec<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        for gone in gone {
            let lost: Vec<PathBuf> = below(&self.watched, &gone).cloned().collect();
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

/// The paths that an event takes away; nothing for an event that changes nothing. Our own
/// reading raises events too.
fn news(event: &Event) -> Option<Vec<PathBuf>> {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Vec::new()),
        EventKind::Access(_) => None,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(event.paths.clone()),
        _ => Some(Vec::new()),
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

    #[test]
    fn a_folder_that_is_gone_takes_those_in_it_along() {
        let watched: BTreeSet<PathBuf> = ["/a", "/a/b", "/a/b/c", "/a/bc", "/a/d"].map(PathBuf::from).into();
        let lost: Vec<_> = below(&watched, Path::new("/a/b")).map(|path| path.display().to_string()).collect();
        assert_eq!(lost, ["/a/b", "/a/b/c"]);
    }
}
