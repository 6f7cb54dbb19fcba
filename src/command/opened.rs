//! The project that a command is about, found and read; whoever asks with `--verbose` is told what was found where.

use std::path::Path;

use crate::diagnostic::counted;
use crate::project::{self, Overrides, Project};
use crate::session::{ParsedPages, Purpose, ReadProject, Session};
use crate::store;
use crate::terminal;

/// Finds the project of the folder `start`.
///
/// # Errors
/// As `project::open`.
pub(super) fn project(start: &Path, overrides: &Overrides) -> anyhow::Result<Project> {
    let project = project::open(start, overrides)?;
    tell(&project, overrides);
    Ok(project)
}

/// Tells where a project and its parts lie.
pub(super) fn tell(project: &Project, overrides: &Overrides) {
    let why =
        if overrides.config.is_some() { "as was said" } else { "the nearest at or above where it was looked for" };
    terminal::detail(|| match &project.config_path {
        Some(path) => format!("the configuration is `{}`, {why}", project.shown(path)),
        None => "there is no configuration: all is as it is by default".into(),
    });
    for (what, folder) in [
        ("pages", Some(&project.source_dir)),
        ("static files", project.static_dir.as_ref()),
        ("templates", project.templates_dir.as_ref()),
        ("data", project.data_dir.as_ref()),
        ("catalogues", project.catalogs_dir.as_ref()),
        ("the site", Some(&project.out_dir)),
        ("the cache", project.cache_dir.as_ref()),
    ] {
        terminal::detail(|| match folder {
            Some(folder) => format!("{what}: `{}`", project.shown(folder)),
            None => format!("{what}: nowhere"),
        });
    }
    let said = if overrides.today.is_some() { ", as was said" } else { "" };
    terminal::detail(|| format!("today is {}{said}", project.today));
}

/// Reads a project from disk, once.
///
/// # Errors
/// If the machine can't read it.
pub(super) fn read(project: Project, purpose: Purpose) -> anyhow::Result<ReadProject> {
    let read = ReadProject::of(project, purpose)?;
    let tree = read.tree();
    terminal::detail(|| {
        let (pages, assets) = (counted(tree.pages.len(), "page"), counted(tree.assets.len(), "other file"));
        format!("{pages}, {assets} and {} were read", counted(tree.templates.len(), "template"))
    });
    Ok(read)
}

/// Reads a project from disk and parses it.
///
/// # Errors
/// As `read`.
pub(super) fn session(project: Project, purpose: Purpose) -> anyhow::Result<Session> {
    let parsed = parsed(&project, purpose);
    Ok(read(project, purpose)?.parse(&parsed))
}

/// What builds have left of parsed pages, for those who need whole pages: a body that nobody asks for is read sooner
/// than what was kept of it.
pub(super) fn parsed(project: &Project, purpose: Purpose) -> ParsedPages {
    match purpose {
        Purpose::Check => ParsedPages::left(&project.cache(), &store::program()),
        Purpose::Publish { .. } | Purpose::Ask | Purpose::Move => ParsedPages::default(),
    }
}
