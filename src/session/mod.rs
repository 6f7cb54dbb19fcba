//! A project while somebody works at it: the one mutable value. What is known of it is brought up to date by
//! whatever happens to it: files that were saved, a configuration that was rewritten, texts that nobody has saved
//! yet, a new commit. Commands, the preview and whoever else wants to know of a project are guests of a session:
//! each asks it for a frozen `State`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Context;

mod committed;
mod ledger_file;
mod own_files;
mod parsed;
mod themes;
mod workspace;
mod state;

pub use parsed::ParsedPages;
pub use state::State;
pub use workspace::Workspace;

use crate::diagnostic::Diagnostic;
use crate::history::{self, CommittedFiles, History, Revision};
use crate::project::{self, Overrides, Project};
use crate::read::{self, DiskChange, IncrementalReader, KnownTexts, Looks, Places, Tree};
use crate::site::Library;
use crate::source::{Source, SourcePath};
use crate::translations;

/// What a project is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To tell what is wrong in it: git is asked in any case, and pictures are not read whole.
    Check,
    /// To answer what is asked of its pages: git is asked only if the configuration wants to know, no picture is looked
    /// at, bodies of pages are read when something of them is asked for, and no template is.
    Ask,
    /// To move something of it: as to ask, but with drafts, to which links lead as well.
    Move,
    /// To publish or show it, with drafts if they are wanted: git is asked only if the configuration wants to know.
    Publish {
        /// Whether drafts count as published.
        drafts: bool,
    },
}

/// A project and everything that is kept between two looks at it.
pub struct Session {
    project: Arc<Project>,
    /// What was read, where somebody looks again; else nothing.
    reader: IncrementalReader,
    workspace: Workspace,
    history: Arc<History>,
    /// When something was last committed, as far as is known.
    committed: Option<SystemTime>,
    /// What was read that is not in the workspace yet.
    unseen: DiskChange,
    /// Texts that stand in place of those on the disk.
    unsaved: BTreeMap<SourcePath, Arc<str>>,
}

/// A project as read, but not parsed.
pub struct ReadProject {
    project: Project,
    tree: Tree,
    history: History,
    purpose: Purpose,
}

/// Where a project of a commit is looked for.
#[derive(Clone, Copy)]
pub struct CommittedPlace<'a> {
    /// The folder in which somebody is.
    pub start: &'a Path,
    /// What he says in place of the configuration.
    pub overrides: &'a Overrides,
}

/// What is wanted of a project of a commit.
#[derive(Clone, Copy)]
struct Sought<'a> {
    purpose: Purpose,
    /// Texts that needn't be asked for.
    known: &'a KnownTexts,
    /// Whose configuration counts where the commit has none.
    like: Option<&'a Project>,
}

/// What it came to that a project was opened again.
pub enum Reopened {
    /// It is as it was.
    Same,
    /// It is another, and everything is to be read again.
    Other,
    /// Its configuration has mistakes: the last good one holds.
    Refused(Vec<Diagnostic>),
}

impl ReadProject {
    /// Reads a project from disk, once.
    ///
    /// # Errors
    /// If the machine can't read it.
    pub fn of(project: Project, purpose: Purpose) -> anyhow::Result<Self> {
        let places = places(&project, purpose);
        let tree = read::project(&places)?;
        let wanted = purpose == Purpose::Check || wants_history(&project);
        let history = if wanted { history::read(&project.standpoint()) } else { History::default() };
        Ok(Self { project, tree, history, purpose })
    }

    /// Reads a project of a commit, once: `project` was opened there (`project::open_committed_like`). What is published as it
    /// is has its length and its size as a picture; its bytes are not to be had.
    fn committed(project: Project, files: &CommittedFiles, sought: Sought<'_>) -> Self {
        let Sought { purpose, known, .. } = sought;
        let places = places(&project, purpose);
        let tree = read::committed(files, &places, known);
        let wanted = purpose == Purpose::Check || wants_history(&project);
        let history = if wanted { history::read(&project.standpoint()) } else { History::default() };
        Self { project, tree, history, purpose }
    }

    /// The project as it was at a commit, where `start` would lie in a checkout.
    ///
    /// # Errors
    /// If git doesn't know the commit, or no project was there.
    pub fn at(revision: Revision, place: &CommittedPlace<'_>, purpose: Purpose) -> anyhow::Result<Self> {
        Self::sought(revision, place, Sought { purpose, known: &KnownTexts::default(), like: None })
    }

    /// The same project as it was at a commit; where that has no configuration, as if it had this one.
    ///
    /// # Errors
    /// As `at`.
    pub fn earlier(&self, revision: Revision, place: &CommittedPlace<'_>) -> anyhow::Result<Self> {
        let known = &KnownTexts::default();
        Self::sought(revision, place, Sought { purpose: self.purpose, known, like: Some(&self.project) })
    }

    fn sought(revision: Revision, place: &CommittedPlace<'_>, sought: Sought<'_>) -> anyhow::Result<Self> {
        let (project, files) = Self::opened(revision, place, sought.like)?;
        Ok(Self::committed(project, &files, sought))
    }

    /// The project of a commit, with its files; as if it had the configuration of another where it has none.
    fn opened(
        revision: Revision,
        place: &CommittedPlace<'_>,
        like: Option<&Project>,
    ) -> anyhow::Result<(Project, CommittedFiles)> {
        let name = revision.name.clone();
        let files = CommittedFiles::of(revision).with_context(|| format!("git can't tell what `{name}` holds"))?;
        let project = project::open_committed_like(&files, place.start, place.overrides, like)
            .with_context(|| format!("there is no such project in `{name}`"))?;
        Ok((project, files))
    }

    /// Where it lies, and its configuration.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What was read.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The same project with other texts in some files, and some files elsewhere, as it would be read then.
    #[must_use]
    pub fn changed(
        &self,
        texts: &BTreeMap<SourcePath, Arc<str>>,
        place: impl Fn(&SourcePath) -> Option<SourcePath>,
    ) -> Self {
        let (mut project, mut tree) = (self.project.clone(), self.tree.clone());
        if let Some(text) = project.configuration.as_ref().and_then(|source| texts.get(&source.path)) {
            project.rewrite(text);
        }
        tree.change(texts, place);
        Self { project, tree, history: self.history.clone(), purpose: self.purpose }
    }

    /// The same project with a page as it is handed over, whether it lies there or not.
    #[must_use]
    pub fn with_page(mut self, page: Source) -> Self {
        self.tree.put(page);
        self
    }

    /// The same project, read for something else that asks no more of it.
    #[must_use]
    pub fn to(&self, purpose: Purpose) -> Self {
        Self { project: self.project.clone(), tree: self.tree.clone(), history: self.history.clone(), purpose }
    }

    /// Parses what was read, but for pages that are kept as parsed.
    pub fn parse(self, parsed: &ParsedPages) -> Session {
        let Self { project, tree, history, purpose } = self;
        let drafts = purpose == Purpose::Publish { drafts: true };
        let workspace = match purpose {
            Purpose::Ask | Purpose::Move => {
                Workspace::as_asked(Arc::clone(&project.config), purpose == Purpose::Move, tree)
            }
            _ => Workspace::new(Arc::clone(&project.config), drafts, tree, parsed),
        };
        Session {
            workspace,
            project: Arc::new(project),
            reader: IncrementalReader::default(),
            history: Arc::new(history),
            committed: None,
            unseen: DiskChange::Nothing,
            unsaved: BTreeMap::new(),
        }
    }
}

impl Session {
    /// Reads a project from disk and parses it.
    ///
    /// # Errors
    /// If the machine can't read it.
    pub fn open(project: Project, purpose: Purpose) -> anyhow::Result<Self> {
        Ok(ReadProject::of(project, purpose)?.parse(&ParsedPages::default()))
    }

    /// The project as it was at a commit, where `start` would lie in a checkout. It is read out of git: nothing is
    /// checked out, and nothing on the disk counts. Nobody looks at it again.
    ///
    /// # Errors
    /// If git doesn't know the commit, or no project was there.
    pub fn at(revision: Revision, place: &CommittedPlace<'_>, purpose: Purpose) -> anyhow::Result<Self> {
        Ok(ReadProject::at(revision, place, purpose)?.parse(&ParsedPages::default()))
    }

    /// The same beside another state of the project: what both have is neither asked of git nor parsed again. Where the
    /// commit has no configuration, this one's counts: nobody edited what pages are and where they lie.
    ///
    /// # Errors
    /// As `at`.
    pub fn at_beside(&self, revision: Revision, place: &CommittedPlace<'_>, purpose: Purpose) -> anyhow::Result<Self> {
        let known = self.workspace.known_texts();
        let like = Some(&*self.project);
        Ok(ReadProject::sought(revision, place, Sought { purpose, known: &known, like })?
            .parse(&self.workspace.parsed_pages()))
    }

    /// The frozen editions as they stand now.
    pub fn library(&mut self) -> Arc<Library> {
        self.workspace.current()
    }

    /// The same for somebody who looks again: then only what changed is read.
    ///
    /// # Errors
    /// If the machine can't read it.
    pub fn follow(project: Project, drafts: bool) -> anyhow::Result<Self> {
        let mut reader = IncrementalReader::default();
        reader.read(&project.places())?;
        let workspace = Workspace::new(Arc::clone(&project.config), drafts, reader.tree(), &ParsedPages::default());
        let (history, committed, unseen, unsaved) = (Arc::default(), None, DiskChange::Nothing, BTreeMap::new());
        let project = Arc::new(project);
        let mut session = Self { workspace, project, reader, history, committed, unseen, unsaved };
        session.look_at_history(true);
        Ok(session)
    }

    /// Whether it was read as if it had the configuration of another.
    pub fn is_configured_by(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.project.config, &other.project.config)
    }

    /// Where it lies, and its configuration.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// All folders in which something may change.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let mut folders = self.project.around();
        folders.extend(self.reader.folders().iter().cloned());
        folders
    }

    /// Reads what changed on the disk. Says whether a file is about to change, so that one should look again soon.
    ///
    /// # Errors
    /// If the machine can't read it; then what was read before is kept.
    pub fn look(&mut self) -> anyhow::Result<bool> {
        let reread = self.reader.read(&self.project.places())?;
        self.unseen = std::mem::take(&mut self.unseen).and(reread.change);
        Ok(reread.about_to_change)
    }

    /// The same, but only at these places; nothing if that can't tell how the project stands.
    pub fn look_at(&mut self, touched: &BTreeSet<PathBuf>) -> Option<bool> {
        let reread = self.reader.read_only(touched).ok()??;
        self.unseen = std::mem::take(&mut self.unseen).and(reread.change);
        Some(reread.about_to_change)
    }

    /// Takes in what was read since; whether there was anything.
    pub fn take_in(&mut self) -> bool {
        match std::mem::take(&mut self.unseen) {
            DiskChange::Nothing => return false,
            DiskChange::Pages(pages) => self.workspace.edit(pages),
            DiskChange::More => self.workspace.take(self.reader.tree()),
        }
        if !self.unsaved.is_empty() {
            self.workspace.rewrite(&self.unsaved);
        }
        true
    }

    /// Takes other texts for those of files that are here, as if they were saved: whatever is read of these files
    /// from now on, until they are let go.
    pub fn rewrite(&mut self, texts: &BTreeMap<SourcePath, Arc<str>>) {
        self.unsaved.extend(texts.iter().map(|(path, text)| (path.clone(), Arc::clone(text))));
        self.workspace.rewrite(texts);
        let path = self.project.configuration.as_ref().map(|source| &source.path);
        if let Some(text) = path.and_then(|path| texts.get(path)) {
            Arc::make_mut(&mut self.project).rewrite(text);
            self.workspace.configure(Arc::clone(&self.project.config));
        }
    }

    /// Lets a file's text be the one on the disk again, once that is looked at: it was saved, or nobody writes at it
    /// any more.
    pub fn let_go(&mut self, path: &SourcePath) {
        if self.unsaved.remove(path).is_some() {
            self.unseen = DiskChange::More;
        }
    }

    /// Has the session follow the project as it was opened anew.
    pub fn reopen(&mut self, mut project: Project) -> Reopened {
        let path = project.configuration.as_ref().map(|source| &source.path);
        if let Some(text) = path.and_then(|path| self.unsaved.get(path)) {
            project.rewrite(text);
        }
        if project == *self.project {
            return Reopened::Same;
        }
        if project.is_misconfigured() {
            let Project { findings, configuration, .. } = project;
            // The text that the findings speak of; everything else stays as it was.
            Arc::make_mut(&mut self.project).configuration = configuration;
            return Reopened::Refused(findings);
        }
        if project.places() != self.project.places() {
            self.reader = IncrementalReader::default();
        }
        self.project = Arc::new(project);
        self.workspace.configure(Arc::clone(&self.project.config));
        self.unseen = DiskChange::More;
        Reopened::Other
    }

    /// Asks git when pages changed, if the site shows it and there is a new commit (or `anyway`); whether it says
    /// something else than before.
    pub fn look_at_history(&mut self, anyway: bool) -> bool {
        if !wants_history(&self.project) {
            let had = !self.history.is_empty();
            self.history = Arc::default();
            return had;
        }
        let committed = last_commit(&self.project.source_dir);
        if !anyway && committed == self.committed {
            return false;
        }
        self.committed = committed;
        let history = history::read(&self.project.standpoint());
        let news = history != *self.history;
        self.history = Arc::new(history);
        news
    }

    /// Why the site's own templates can't be used as they stand, if they can't.
    pub fn theme_findings(&self) -> &[Diagnostic] {
        self.workspace.theme_findings()
    }

    /// The project as it stands now.
    pub fn state(&mut self) -> State {
        let library = self.workspace.current();
        let tells = self.project.config.translations.notice;
        let outdated = tells.then(|| translations::report(&library, &self.project.standpoint()).outdated());
        State {
            project: Arc::clone(&self.project),
            library,
            outdated: Arc::new(outdated.unwrap_or_default()),
            themes: Arc::clone(self.workspace.themes()),
            history: Arc::clone(&self.history),
            sources: self.workspace.sources().cloned().collect(),
        }
    }
}

/// What is read for a purpose, and where it lies.
fn places(project: &Project, purpose: Purpose) -> Places {
    let mut places = project.places();
    match purpose {
        Purpose::Publish { .. } => {}
        Purpose::Check => places.looks.digests = false,
        Purpose::Ask | Purpose::Move => places.looks = Looks::default(),
    }
    places
}

fn wants_history(project: &Project) -> bool {
    project.config.git.last_updated || project.config.git.authors
}

/// When something was last committed to the repository that a folder lies in.
fn last_commit(folder: &Path) -> Option<SystemTime> {
    let log = folder.ancestors().map(|folder| folder.join(".git/logs/HEAD")).find(|log| log.is_file())?;
    log.metadata().ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{self, Overrides};
    use crate::source::Root;

    const FILES: &[(&str, &str)] = &[
        ("book.toml", "[site]\ntitle = \"A\"\n\n[findings]\nmissing-title = \"error\"\n"),
        ("content/a.md", "# A\n\n[b](b.md) <Note text=\"t\"/>\n"),
        ("content/part/b.md", "---\ntags: [red]\n---\n# B\n"),
        ("content/part/_category_.yml", "label: Part\n"),
        ("content/tags.yml", "red:\n  label: red\n"),
        (
            "templates/components/Note.html",
            "{% component Note(text: string) %}<p>{{ text }}</p>{% endcomponent Note %}\n",
        ),
    ];

    fn save(root: &Path, files: &[(&str, &str)]) {
        for (path, text) in files {
            let file = root.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
    }

    fn open(root: &Path) -> Session {
        Session::open(project::open(root, &Overrides::default()).unwrap(), Purpose::Check).unwrap()
    }

    /// What can be told of a state.
    fn told(state: &State) -> String {
        let findings = state.check(&state.severities(&[]), Vec::new());
        let files = state.files(&findings, |file| Some(file.display().to_string()));
        let files: Vec<_> = findings.iter().map(|finding| files.get(&finding.path)).collect();
        let told = (&findings, files, &state.sources, &state.project, &state.original().pages, &state.original().tree);
        format!("{told:#?}")
    }

    #[test]
    fn texts_that_nobody_has_saved_yet_count_as_if_they_were_saved() {
        let others: &[&[(&str, &str)]] = &[
            &[("content/a.md", "No title, [b](part/b.md).\n")],
            &[("content/part/_category_.yml", "label: Other\nposition: 3\n"), ("content/tags.yml", "{}\n")],
            &[(
                "templates/components/Note.html",
                "{% component Note(more: string) %}{{ more }}{% endcomponent Note %}\n",
            )],
            &[("book.toml", "[site]\ntitel = \"A\"\nlanguage = \"de\"\n"), ("content/part/b.md", "# C\n")],
        ];
        for texts in others {
            let folder = tempfile::tempdir().unwrap();
            save(folder.path(), FILES);
            let mut session = open(folder.path());
            let before = told(&session.state());
            let path = |path: &str| match path.split_once('/') {
                Some(("content", below)) => SourcePath::content(below),
                Some((_, below)) => SourcePath::new(Root::Templates, below),
                None => SourcePath::new(Root::Project, path),
            };
            session.rewrite(&texts.iter().map(|(at, text)| (path(at), Arc::from(*text))).collect());
            save(folder.path(), texts);
            let now = told(&session.state());
            assert!(now != before, "{texts:?}");
            assert!(now == told(&open(folder.path()).state()), "{texts:?}: {now}");
        }
    }

    #[test]
    fn what_is_saved_beside_them_leaves_texts_as_they_are_until_they_are_let_go() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), FILES);
        let mut session = Session::follow(project::open(folder.path(), &Overrides::default()).unwrap(), false).unwrap();
        let path = SourcePath::content("a.md");
        let text_after = |session: &mut Session, text: &str| {
            save(folder.path(), &[("content/a.md", text), ("content/c.md", text)]);
            session.look().unwrap();
            session.take_in();
            let state = session.state();
            let text = |path: &SourcePath| state.source(path).map(|source| source.text.to_string());
            assert_eq!(state.original().pages[0].page.text, state.source(&path).unwrap().text);
            (text(&path).unwrap(), text(&SourcePath::content("c.md")).unwrap())
        };
        session.rewrite(&BTreeMap::from([(path.clone(), Arc::from("unsaved"))]));
        assert_eq!(text_after(&mut session, "one"), ("unsaved".into(), "one".into()));
        assert_eq!(text_after(&mut session, "more"), ("unsaved".into(), "more".into()));
        session.let_go(&path);
        assert_eq!(text_after(&mut session, "more"), ("more".into(), "more".into()));
    }

    #[test]
    fn a_configuration_with_mistakes_leaves_the_last_good_one() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), FILES);
        let mut session = open(folder.path());
        let again = || project::open(folder.path(), &Overrides::default()).unwrap();
        assert!(matches!(session.reopen(again()), Reopened::Same));
        let wrong = "[site]\ntitle = [";
        save(folder.path(), &[("book.toml", wrong)]);
        assert!(matches!(session.reopen(again()), Reopened::Refused(findings) if !findings.is_empty()));
        let state = session.state();
        assert_eq!((state.project.config.site.title.as_str(), state.project.config_text()), ("A", wrong));
        save(folder.path(), &[("book.toml", "[site]\ntitle = \"B\"\n")]);
        assert!(matches!(session.reopen(again()), Reopened::Other));
        assert_eq!(session.state().original().config.site.title, "B");
    }
}
