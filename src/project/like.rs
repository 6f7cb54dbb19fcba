//! A project of a commit from before there was a configuration, as if it had that of another: who came from another
//! generator had pages before there was a book.toml.

use std::path::{Path, PathBuf};

use super::open::open_committed;
use super::{Overrides, Project};
use crate::history::CommittedFiles;

/// The project of a commit, where `start` would lie in a checkout; where the commit has no configuration, with that of
/// `like`.
///
/// # Errors
/// As `open_committed`.
pub fn open_committed_like(
    files: &CommittedFiles,
    start: &Path,
    overrides: &Overrides,
    like: Option<&Project>,
) -> anyhow::Result<Project> {
    match open_committed(files, start, overrides) {
        Ok(project) if project.config_path.is_some() => Ok(project),
        otherwise => like.and_then(|like| alike(files, like)).map_or(otherwise, Ok),
    }
}

/// As if it had the configuration of another; nothing if it hadn't its pages in the same place.
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
