//! The one who holds the project: waits until something changed, reads what is
//! other than before, puts the site together whole and hands it out. What can't be
//! loaded changes nothing for readers: they keep the last good site, and are told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use super::findings::Work;
use super::moved::Vanished;
use super::news::News;
use super::setting::{Open, Setting};
use super::snapshot::{Snapshot, Stock};
use super::watch::Watch;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::highlight::Highlighter;
use crate::history::{self, History};
use crate::parsed::ParsedPages;
use crate::picture::Pictures;
use crate::read::{Change, Memory};
use crate::search::{Kept, Search};
use crate::site::{Site, address};
use crate::source::{Root, SourcePath, Span};
use crate::store::Cache;
use crate::terminal;
use crate::workspace::Workspace;

/// How often a project is looked at whose folder is missing.
const RESTLESS: Duration = Duration::from_millis(500);

/// After touched places were looked at and nothing more happened for so long, everything is: what the
/// system forgot to tell isn't missed for long.
const QUIET: Duration = Duration::from_secs(1);

/// Where what the owner makes goes.
pub struct Outlet {
    /// The site, for requests.
    pub snapshots: watch::Sender<Arc<Snapshot>>,
    /// What browsers are told.
    pub news: Arc<News>,
    /// What is to be checked.
    pub checks: Sender<Work>,
}

/// The project and everything that is kept between two looks at it.
pub struct Owner {
    open: Open,
    setting: Arc<Setting>,
    memory: Memory,
    workspace: Workspace,
    watch: Watch,
    highlighter: Arc<Highlighter>,
    pictures: Arc<Pictures>,
    history: Arc<History>,
    /// What the search indexes of all states share.
    searched: Arc<Kept>,
    committed: Option<SystemTime>,
    vanished: Vanished,
    /// Why the project can't be loaded as it stands, if it can't.
    stopped: Vec<Diagnostic>,
    version: u64,
    /// What was read that is not in the workspace yet.
    unseen: Change,
    /// Whether only touched places were looked at since everything was.
    whole_look_due: bool,
}

impl Owner {
    /// Reads the project for the first time.
    ///
    /// # Errors
    /// If the machine can't.
    pub fn begin(open: Open, setting: Setting) -> anyhow::Result<(Self, Arc<Snapshot>)> {
        let setting = Arc::new(setting);
        let mut watch = Watch::new();
        let mut memory = Memory::default();
        watch.follow(&around(&setting));
        memory.read(&setting.places)?;
        if watch.follow(&followed(&setting, &memory)) {
            memory.read(&setting.places)?;
        }
        let highlighter = Arc::new(Highlighter::new(&Cache::none()));
        let mut owner = Self {
            workspace: Workspace::new(
                Arc::clone(&setting.config),
                setting.drafts,
                memory.tree(),
                &ParsedPages::default(),
            ),
            pictures: Arc::new(Pictures::new(&setting.cache)),
            open,
            setting,
            memory,
            watch,
            highlighter,
            history: Arc::default(),
            searched: Arc::default(),
            committed: None,
            vanished: Vanished::default(),
            stopped: Vec::new(),
            version: 0,
            unseen: Change::Nothing,
            whole_look_due: false,
        };
        owner.look_at_history(true);
        let snapshot = owner.freeze(None);
        Ok((owner, snapshot))
    }

    /// Looks after the project for ever.
    pub fn work(mut self, outlet: &Outlet) {
        self.hand_to_check(outlet);
        loop {
            if let Some(problem) = self.watch.problem() {
                // Without a terminal nobody can act on it anyway.
                let _ = terminal::note(&format!("note: {problem}\n"));
            }
            self.watch.wait(self.patience());
            self.look(outlet);
        }
    }

    /// How long nothing is looked at if nothing seems to happen.
    fn patience(&self) -> Option<Duration> {
        // Something may change where nobody watches: a folder is missing.
        let restless = !self.setting.places.content.is_dir();
        if restless { Some(RESTLESS) } else { self.whole_look_due.then_some(QUIET) }
    }

    /// Takes in what changed, if anything did.
    fn look(&mut self, outlet: &Outlet) {
        let before = std::mem::take(&mut self.stopped);
        let touched = self.watch.touched().filter(|_| before.is_empty());
        let mut news = false;
        if touched.is_some_and(|touched| self.reread_only(touched)) {
            self.whole_look_due = true;
            news = self.take_in();
        } else {
            self.whole_look_due = false;
            let reopened = self.reopen();
            news |= self.look_at_history(reopened);
            if reopened {
                self.unseen = Change::More;
            }
            match self.reread() {
                Ok(()) => news |= self.take_in(),
                Err(error) => self.stopped.push(failure(&format!("{error:#}"))),
            }
        }
        self.stopped.extend(self.workspace.theme_findings().iter().cloned());
        if news {
            self.publish(outlet);
        } else if self.stopped != before {
            self.hand_to_check(outlet);
        }
    }

    /// Hands what was read to the workspace; whether there was anything.
    fn take_in(&mut self) -> bool {
        match std::mem::take(&mut self.unseen) {
            Change::Nothing => return false,
            Change::Pages(pages) => self.workspace.edit(pages),
            Change::More => self.workspace.take(self.memory.tree()),
        }
        true
    }

    /// Reads the configuration again if it may be another; whether it is.
    fn reopen(&mut self) -> bool {
        match self.open_when_filled() {
            Ok(setting) if setting == *self.setting => false,
            Ok(setting) if setting.findings.iter().any(|finding| finding.severity == Severity::Error) => {
                let Setting { findings, configuration, .. } = setting;
                self.stopped.extend(findings);
                // The text that the findings speak of; everything else stays as it was.
                let mut kept = Setting::clone(&self.setting);
                kept.configuration = configuration;
                self.setting = Arc::new(kept);
                false
            }
            Ok(setting) => {
                if setting.places != self.setting.places {
                    self.memory = Memory::default();
                }
                self.setting = Arc::new(setting);
                self.workspace.configure(Arc::clone(&self.setting.config));
                true
            }
            Err(error) => {
                self.stopped.push(failure(&format!("{error:#}")));
                false
            }
        }
    }

    /// Reads the configuration; one that was emptied this moment is given time to be filled, as pages are.
    fn open_when_filled(&mut self) -> anyhow::Result<Setting> {
        let is_empty = |setting: &Setting| setting.configuration.as_ref().is_some_and(|source| source.text.is_empty());
        let had_text = !is_empty(&self.setting);
        for _ in 0..25 {
            let opened = (self.open)();
            if !(had_text && opened.as_ref().is_ok_and(is_empty)) {
                return opened;
            }
            self.watch.wait_a_little();
        }
        (self.open)()
    }

    /// Reads what changed, and again as long as there are new folders that nobody watched while they were filled.
    fn reread(&mut self) -> anyhow::Result<()> {
        loop {
            let reread = self.memory.read(&self.setting.places)?;
            self.unseen = std::mem::take(&mut self.unseen).and(reread.change);
            let unwatched = self.watch.follow(&followed(&self.setting, &self.memory));
            if reread.about_to_change {
                self.watch.wait_a_little();
            } else if !unwatched {
                return Ok(());
            }
        }
    }

    /// Reads what changed at these places; whether nothing else can have changed.
    fn reread_only(&mut self, mut touched: BTreeSet<PathBuf>) -> bool {
        loop {
            let Ok(Some(reread)) = self.memory.read_only(&touched) else { return false };
            self.unseen = std::mem::take(&mut self.unseen).and(reread.change);
            if !reread.about_to_change {
                return true;
            }
            self.watch.wait_a_little();
            let Some(more) = self.watch.touched() else { return false };
            touched.extend(more);
        }
    }

    fn publish(&mut self, outlet: &Outlet) {
        let before = Arc::clone(&outlet.snapshots.borrow());
        let snapshot = self.freeze(Some(&before));
        let old = outlet.snapshots.send_replace(Arc::clone(&snapshot));
        let (old, new) = (&*old.stock.site, &*snapshot.stock.site);
        outlet.news.published(self.version, &changed_files(old, new));
        for (from, to) in self.vanished.moves(old, new) {
            outlet.news.moved(&from, &to);
        }
        self.hand_to_check(outlet);
    }

    fn hand_to_check(&self, outlet: &Outlet) {
        let work = Work {
            snapshot: Arc::clone(&outlet.snapshots.borrow()),
            setting: Arc::clone(&self.setting),
            sources: self.workspace.sources().cloned().collect(),
            stopped: self.stopped.clone(),
        };
        // Whoever checks has ended with the preview.
        let _ = outlet.checks.send(work);
    }

    /// The state of the site as it stands now, after the one `before` it.
    fn freeze(&mut self, before: Option<&Snapshot>) -> Arc<Snapshot> {
        self.version += 1;
        let stock = Stock {
            site: self.workspace.current(),
            theme: Arc::clone(self.workspace.theme()),
            highlighter: Arc::clone(&self.highlighter),
            pictures: Arc::clone(&self.pictures),
            history: Arc::clone(&self.history),
            search: Search::sharing(&self.searched),
        };
        Arc::new(match before {
            Some(before) => before.next(stock),
            None => Snapshot::new(stock),
        })
    }

    /// Asks git when pages changed, if the site shows it and there is a new commit (or `anyway`).
    fn look_at_history(&mut self, anyway: bool) -> bool {
        let git = &self.setting.config.git;
        if !git.last_updated && !git.authors {
            let had = !self.history.is_empty();
            self.history = Arc::default();
            return had;
        }
        let committed = last_commit(&self.setting.places.content);
        if !anyway && committed == self.committed {
            return false;
        }
        self.committed = committed;
        let history = history::read(&self.setting.places.content);
        let news = history != *self.history;
        self.history = Arc::new(history);
        news
    }
}

/// When something was last committed to the repository that a folder lies in.
fn last_commit(folder: &Path) -> Option<SystemTime> {
    let log = folder.ancestors().map(|folder| folder.join(".git/logs/HEAD")).find(|log| log.is_file())?;
    log.metadata().ok()?.modified().ok()
}

/// What is wrong that is no page's fault, as a finding.
fn failure(message: &str) -> Diagnostic {
    let (message, help) = message.split_once("\nhelp: ").unwrap_or((message, "the last good site is still shown"));
    let mut finding =
        Diagnostic::new(Code::InvalidConfig, &SourcePath::new(Root::Project, "book.toml"), Span::default(), message);
    finding.severity = Severity::Error;
    finding.with_help(help)
}

/// All folders in which something may change.
fn followed(setting: &Setting, memory: &Memory) -> BTreeSet<PathBuf> {
    let mut folders = around(setting);
    folders.extend(memory.folders().iter().cloned());
    folders
}

/// The folders in which one of the project's own would come back or begin to be.
fn around(setting: &Setting) -> BTreeSet<PathBuf> {
    let places = &setting.places;
    let parts = [&places.content, &places.static_files, &places.templates];
    let above = parts.into_iter().filter_map(|part| part.ancestors().skip(1).find(|folder| folder.is_dir()));
    above.chain(Some(&*setting.root).filter(|root| root.is_dir())).map(Path::to_path_buf).collect()
}

/// The addresses, with the base path, of files that hold other bytes than before.
fn changed_files(old: &Site, new: &Site) -> Vec<String> {
    if new.has_frame_of(old) {
        return Vec::new();
    }
    let base = &new.config.site.base_path;
    let changed = old.files.iter().filter(|(route, file)| new.files.get(*route).is_some_and(|other| other != *file));
    changed
        .map(|(route, _)| {
            let below = address::encode_path(route.trim_start_matches('/'));
            format!("{}{below}", address::encode_path(base))
        })
        .collect()
}
