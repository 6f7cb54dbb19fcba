//! A session that goes from commit to commit, to see what each published: nothing on the disk counts, and pages that say
//! the same at the next are not parsed again.

use std::sync::Arc;

use super::{CommittedPlace, Purpose, ReadProject, Session, Sought, places};
use crate::history::Revision;
use crate::project::Project;
use crate::read::{self, KnownTexts};
use crate::session::ParsedPages;

impl Session {
    /// The project as it was at a commit. Where that has no configuration, another generator published it: then it is read
    /// as if it had that of `like`, whose addresses are those that people know.
    ///
    /// # Errors
    /// If git doesn't know the commit, or no project was there.
    pub fn at_like(revision: Revision, place: &CommittedPlace<'_>, like: &Project) -> anyhow::Result<Self> {
        let (project, files) = ReadProject::opened(revision, place, Some(like))?;
        let sought = Sought { purpose: Purpose::Ask, known: &KnownTexts::default(), like: None };
        Ok(ReadProject::committed(project, &files, sought).parse(&ParsedPages::default()))
    }

    /// Turns to another commit, as if the session had been opened there.
    ///
    /// # Errors
    /// As `at_like`; then it stays where it was.
    pub fn turn_to(&mut self, revision: Revision, place: &CommittedPlace<'_>, like: &Project) -> anyhow::Result<()> {
        let (project, files) = ReadProject::opened(revision, place, Some(like))?;
        if project.config != self.project.config {
            self.workspace.configure(Arc::clone(&project.config));
        }
        let known = self.workspace.known_texts();
        self.workspace.take(read::committed(&files, &places(&project, Purpose::Ask), &known));
        self.project = Arc::new(project);
        Ok(())
    }
}
