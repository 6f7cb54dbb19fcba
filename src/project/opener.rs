//! Opens one project again and again while people write at it, and reads its configuration only when that may be another.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::located::Project;
use super::open::{Overrides, open};

/// Disks count time in steps: of a file that changed just now nothing is certain.
const STEP: Duration = Duration::from_millis(100);

/// How a project was opened, and what it came to last.
pub struct Opener {
    start: PathBuf,
    overrides: Overrides,
    last: Option<(ConfigState, Project)>,
}

/// What tells whether a configuration has to be read again: its file, and which of the folders that it
/// names there are.
#[derive(PartialEq, Eq)]
struct ConfigState {
    modified: SystemTime,
    len: u64,
    folders: Vec<bool>,
}

impl Opener {
    /// Opens the project of the folder `start`. From now on its configuration is the one that was found, so that
    /// another project's above it is never taken while an editor saves.
    ///
    /// # Errors
    /// As `open`.
    pub fn begin(start: &Path, overrides: Overrides) -> anyhow::Result<(Self, Project)> {
        let project = open(start, &overrides)?;
        let config = overrides.config.or_else(|| project.config_path.clone());
        let overrides = Overrides { config, ..overrides };
        Ok((Self { start: start.to_path_buf(), overrides, last: None }, project))
    }

    /// The project as its configuration stands now.
    ///
    /// # Errors
    /// As `open`.
    pub fn again(&mut self) -> anyhow::Result<Project> {
        let known = self.last.as_ref().and_then(|(stamp, project)| Some((stamp, project, ConfigState::of(project)?)));
        if let Some((_, project, _)) = known.filter(|(stamp, _, now)| *stamp == now) {
            return Ok(project.clone());
        }
        let project = open(&self.start, &self.overrides)?;
        self.last = ConfigState::of(&project).map(|stamp| (stamp, project.clone()));
        Ok(project)
    }
}

impl ConfigState {
    fn of(project: &Project) -> Option<Self> {
        let metadata = project.config_path.as_ref()?.metadata().ok()?;
        let modified = metadata.modified().ok()?;
        if !modified.elapsed().is_ok_and(|age| age > STEP) {
            return None;
        }
        let named = &project.config.folders;
        let named = [&named.source, &named.static_files, &named.templates, &named.catalogs, &named.data];
        let folders = named.map(|folder| project.root.join(folder).is_dir()).into();
        Some(Self { modified, len: metadata.len(), folders })
    }
}
