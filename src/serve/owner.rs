//! The one who holds the project: waits until something changed, reads what is
//! other than before, puts the site together whole and hands it out. What can't be
//! loaded changes nothing for readers: they keep the last good site, and are told.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::sync::watch;

use super::events::Events;
use super::findings::CheckJob;
use super::moved::{Vanished, languages_of_both};
use super::snapshot::Snapshot;
use super::watch::Watch;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::make::Tools;
use crate::project::{Opener, Project};
use crate::session::{Reopened, Session, State};
use crate::site::{Library, address};
use crate::source::{Root, SourcePath, Span};
use crate::terminal;

/// How often a project is looked at whose folder is missing.
const RESTLESS: Duration = Duration::from_millis(500);

/// After touched places were looked at and nothing more happened for so long, everything is: what the
/// system forgot to tell isn't missed for long.
const QUIET: Duration = Duration::from_secs(1);

/// Where what the owner makes goes.
pub(super) struct Outputs {
    /// The site, for requests.
    pub snapshots: watch::Sender<Arc<Snapshot>>,
    /// What browsers are told.
    pub events: Arc<Events>,
    /// What is to be checked.
    pub checks: Sender<CheckJob>,
}

/// The session that the preview shows, and what tells when to look again.
pub(super) struct Owner {
    opener: Opener,
    session: Session,
    watch: Watch,
    tools: Arc<Tools>,
    vanished: Vanished,
    /// Why the project can't be loaded as it stands, if it can't.
    stopped: Vec<Diagnostic>,
    version: u64,
    /// Whether only touched places were looked at since everything was.
    whole_look_due: bool,
}

impl Owner {
    /// Reads the project for the first time.
    ///
    /// # Errors
    /// If the machine can't.
    pub(super) fn begin(opener: Opener, project: Project, drafts: bool) -> anyhow::Result<(Self, Arc<Snapshot>)> {
        let mut watch = Watch::new();
        watch.follow(&project.around());
        let tools = Arc::new(Tools::of_preview(&project.cache()));
        let mut session = Session::follow(project, drafts)?;
        if watch.follow(&session.folders()) {
            session.look()?;
            session.take_in();
        }
        let (vanished, stopped) = (Vanished::default(), Vec::new());
        let mut owner = Self { opener, session, watch, tools, vanished, stopped, version: 0, whole_look_due: false };
        let snapshot = owner.freeze(None);
        Ok((owner, snapshot))
    }

    /// Looks after the project for ever.
    pub(super) fn work(mut self, outputs: &Outputs) {
        self.hand_to_check(outputs);
        loop {
            if let Some(problem) = self.watch.problem() {
                // Without a terminal nobody can act on it anyway.
                let _ = terminal::note(&format!("note: {problem}\n"));
            }
            self.watch.wait(self.patience());
            self.look(outputs);
        }
    }

    /// How long nothing is looked at if nothing seems to happen.
    fn patience(&self) -> Option<Duration> {
        // Something may change where nobody watches: a folder is missing.
        let restless = !self.session.project().source_dir.is_dir();
        if restless { Some(RESTLESS) } else { self.whole_look_due.then_some(QUIET) }
    }

    /// Takes in what changed, if anything did.
    fn look(&mut self, outputs: &Outputs) {
        let before = std::mem::take(&mut self.stopped);
        let touched = self.watch.touched().filter(|_| before.is_empty());
        let mut news = false;
        if touched.is_some_and(|touched| self.reread_only(touched)) {
            self.whole_look_due = true;
            news = self.session.take_in();
        } else {
            self.whole_look_due = false;
            let reopened = self.reopen();
            news |= self.session.look_at_history(reopened);
            match self.reread() {
                Ok(()) => news |= self.session.take_in(),
                Err(error) => self.stopped.push(failure(&format!("{error:#}"))),
            }
        }
        self.stopped.extend(self.session.theme_findings().iter().cloned());
        if news {
            self.publish(outputs);
        } else if self.stopped != before {
            self.hand_to_check(outputs);
        }
    }

    /// Reads the configuration again if it may be another; whether it is.
    fn reopen(&mut self) -> bool {
        match self.open_when_filled().map(|project| self.session.reopen(project)) {
            Ok(Reopened::Same) => false,
            Ok(Reopened::Other) => true,
            Ok(Reopened::Refused(findings)) => {
                self.stopped.extend(findings);
                false
            }
            Err(error) => {
                self.stopped.push(failure(&format!("{error:#}")));
                false
            }
        }
    }

    /// Reads the configuration; one that was emptied this moment is given time to be filled, as pages are.
    fn open_when_filled(&mut self) -> anyhow::Result<Project> {
        let is_empty = |project: &Project| project.configuration.as_ref().is_some_and(|source| source.text.is_empty());
        let had_text = !is_empty(self.session.project());
        for _ in 0..25 {
            let opened = self.opener.again();
            if !(had_text && opened.as_ref().is_ok_and(is_empty)) {
                return opened;
            }
            self.watch.wait_a_little();
        }
        self.opener.again()
    }

    /// Reads what changed, and again as long as there are new folders that nobody watched while they were filled.
    fn reread(&mut self) -> anyhow::Result<()> {
        loop {
            let about_to_change = self.session.look()?;
            let unwatched = self.watch.follow(&self.session.folders());
            if about_to_change {
                self.watch.wait_a_little();
            } else if !unwatched {
                return Ok(());
            }
        }
    }

    /// Reads what changed at these places; whether nothing else can have changed.
    fn reread_only(&mut self, mut touched: BTreeSet<PathBuf>) -> bool {
        loop {
            let Some(about_to_change) = self.session.look_at(&touched) else { return false };
            if !about_to_change {
                return true;
            }
            self.watch.wait_a_little();
            let Some(more) = self.watch.touched() else { return false };
            touched.extend(more);
        }
    }

    fn publish(&mut self, outputs: &Outputs) {
        let before = Arc::clone(&outputs.snapshots.borrow());
        let snapshot = self.freeze(Some(&before));
        let old = outputs.snapshots.send_replace(Arc::clone(&snapshot));
        let (old, new) = (&old.state.library, &snapshot.state.library);
        outputs.events.published(self.version, &changed_files(old, new));
        for (from, to) in self.vanished.moves(old, new) {
            outputs.events.moved(&from, &to);
        }
        self.hand_to_check(outputs);
    }

    fn hand_to_check(&self, outputs: &Outputs) {
        let project = Arc::clone(self.session.project());
        let state = State { project, ..outputs.snapshots.borrow().state.clone() };
        let job = CheckJob { state, stopped: self.stopped.clone() };
        // Whoever checks has ended with the preview.
        let _ = outputs.checks.send(job);
    }

    /// The state of the site as it stands now, after the one `before` it.
    fn freeze(&mut self, before: Option<&Snapshot>) -> Arc<Snapshot> {
        self.version += 1;
        Arc::new(Snapshot::new(self.session.state(), Arc::clone(&self.tools), before))
    }
}

/// What is wrong that is no page's fault, as a finding.
fn failure(message: &str) -> Diagnostic {
    let (message, help) = message.split_once("\nhelp: ").unwrap_or((message, "the last good site is still shown"));
    let mut finding =
        Diagnostic::new(Code::InvalidConfig, &SourcePath::new(Root::Project, "book.toml"), Span::default(), message);
    finding.severity = Severity::Error;
    finding.with_help(help)
}

/// The addresses, with the base path, of files that hold other bytes than before, in whatever language they lie.
fn changed_files(old: &Library, new: &Library) -> Vec<String> {
    let others = languages_of_both(old, new).filter(|(old, new)| !new.has_frame_of(old));
    let changed = others.flat_map(|(old, new)| {
        let other = |route: &String, file| new.files.get(route).is_some_and(|other| other != file);
        let routes = old.files.iter().filter(move |(route, file)| other(route, *file)).map(|(route, _)| route);
        routes.map(|route| {
            let (base, below) = (&new.config.site.base_path, route.trim_start_matches('/'));
            format!("{}{}", address::encode_path(base), address::encode_path(below))
        })
    });
    changed.collect()
}
