//! A session that goes from commit to commit, to see what each published: nothing on the disk counts, and pages that say
//! the same at the next are not parsed again.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;

use super::{CommittedPlace, Purpose, ReadProject, Session, Sought, places};
use crate::history::{CommittedFiles, Revision};
use crate::project::{self, Project};
use crate::read::{self, KnownTexts};
use crate::session::ParsedPages;

impl Session {
    /// The project as it was at a commit. Where that has no configuration, another generator published it: then it is read
    /// as if it had that of `like`, whose addresses are those that people know.
    ///
    /// # Errors
    /// If git doesn't know the commit, or no project was there.
    pub fn at_like(revision: Revision, place: &CommittedPlace<'_>, like: &Project) -> anyhow::Result<Self> {
        let (project, files) = opened(revision, place, Some(like))?;
        let sought = Sought { purpose: Purpose::Ask, known: &KnownTexts::default(), like: None };
        Ok(ReadProject::committed(project, &files, sought).parse(&ParsedPages::default()))
    }

    /// Turns to another commit, as if the session had been opened there.
    ///
    /// # Errors
    /// As `at_like`; then it stays where it was.
    pub fn turn_to(&mut self, revision: Revision, place: &CommittedPlace<'_>, like: &Project) -> anyhow::Result<()> {
        let (project, files) = opened(revision, place, Some(like))?;
        if project.config != self.project.config {
            self.workspace.configure(Arc::clone(&project.config));
        }
        let known = self.workspace.known_texts();
        self.workspace.take(read::committed(&files, &places(&project, Purpose::Ask), &known));
        self.project = Arc::new(project);
        Ok(())
    }
}

/// The project of a commit, with its files; as if it had the configuration of another where it has none.
pub(super) fn opened(
    revision: Revision,
    place: &CommittedPlace<'_>,
    like: Option<&Project>,
) -> anyhow::Result<(Project, CommittedFiles)> {
    let name = revision.name.clone();
    let files = CommittedFiles::of(revision).with_context(|| format!("git can't tell what `{name}` holds"))?;
    let project = match project::open_committed(&files, place.start, place.overrides) {
        Ok(project) if project.config_path.is_some() => Ok(project),
        otherwise => like.and_then(|like| alike(&files, like)).map_or(otherwise, Ok),
    };
    let project = project.with_context(|| format!("there is no such project in `{name}`"))?;
    Ok((project, files))
}

/// The project of a commit as if it had the configuration of another; nothing if it hadn't its pages in the same place.
fn alike(files: &CommittedFiles, like: &Project) -> Option<Project> {
    let real = |folder: &PathBuf| folder.canonicalize().unwrap_or_else(|_| folder.clone());
    let source_dir = real(&like.source_dir);
    files.real(&source_dir).filter(|path| files.is_folder(path))?;
    like.config_path.as_ref()?;
    Some(Project {
        root: real(&like.root),
        source_dir,
        static_dir: like.static_dir.as_ref().map(real),
        templates_dir: like.templates_dir.as_ref().map(real),
        catalogs_dir: like.catalogs_dir.as_ref().map(real),
        data_dir: like.data_dir.as_ref().map(real),
        revision: Some(files.revision.clone()),
        ..like.clone()
    })
}
