//! The workflows that build, publish and check a site where its repository lies.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config::Folders;
use crate::project::{self, Overrides, seen_from};

/// Where a repository lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Service {
    /// GitHub: its Pages and pull requests
    Github,
}

/// The workflows of a project, and the folder that their places are below: that of the repository.
pub(super) struct Workflows {
    pub repository: PathBuf,
    pub files: Vec<(&'static str, Cow<'static, str>)>,
}

const PUBLISH: &str = include_str!("skeleton/github/publish.yml");
const CHANGES: &str = include_str!("skeleton/github/changes.yml");

/// Where the source of the program is published, as `Cargo.toml` says; empty as long as it is nowhere.
const SOURCE: &str = env!("CARGO_PKG_REPOSITORY");

/// The workflows of the project in the folder `root`, which may not have been made yet.
///
/// # Errors
/// If its configuration can't be read.
pub(super) fn workflows(service: Service, root: &Path) -> anyhow::Result<Workflows> {
    let root = std::path::absolute(root).context("the current folder can't be found")?;
    let is_repository = |folder: &&Path| fs::symlink_metadata(folder.join(".git")).is_ok();
    let repository = root.ancestors().find(is_repository).unwrap_or(&root).to_path_buf();
    let (output, cache) = if is_project(&root) {
        let project = project::open(&root, &Overrides::default())?;
        let cache = project.cache_dir.unwrap_or_else(|| root.join(".bokworm/cache"));
        (project.out_dir, cache)
    } else {
        (root.join(Folders::default().output), root.join(".bokworm/cache"))
    };
    let seen = |folder: &Path| seen_from(&repository, folder).display().to_string().replace('\\', "/");
    let (folder, output, cache) = (seen(&root), seen(&output), seen(&cache));
    let install = install(SOURCE);
    let filled = |text: &str| {
        let text = text.replace("@INSTALL@\n", &install).replace("@FOLDER@", &quoted(&folder));
        Cow::from(text.replace("@OUTPUT@", &quoted(&output)).replace("@CACHE@", &quoted(&cache)))
    };
    let Service::Github = service;
    let files =
        vec![(".github/workflows/publish.yml", filled(PUBLISH)), (".github/workflows/changes.yml", filled(CHANGES))];
    Ok(Workflows { repository, files })
}

/// Whether the folder has a project already.
pub(super) fn is_project(root: &Path) -> bool {
    project::configured_in(root).is_some()
}

/// Whether somebody has to say where the program comes from before the workflows can run.
pub(super) fn has_no_source() -> bool {
    SOURCE.is_empty()
}

/// The steps that bring the program: the action of its repository, or its source from where somebody says.
fn install(source: &str) -> String {
    let text = match source.strip_prefix("https://github.com/") {
        Some(repository) => include_str!("skeleton/github/install-action.yml").replace("@REPOSITORY@", repository),
        None => include_str!("skeleton/github/install-source.yml").into(),
    };
    text.replace("@VERSION@", env!("CARGO_PKG_VERSION"))
}

/// As it stands between double quotes in YAML.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_comes_from_its_own_repository_once_that_is_known() {
        let version = env!("CARGO_PKG_VERSION");
        assert!(install("https://github.com/a/b").ends_with(&format!("        uses: a/b@v{version}\n")));
        assert!(install("").contains(&format!("--tag \"v{version}\" bokworm\n")));
        assert!(!install("").contains('@') || install("").matches('@').count() == 1);
    }
}
