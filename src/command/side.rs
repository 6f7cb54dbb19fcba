//! One side of a comparison: the project as a commit has it, as it lies in another folder, or as it is now, with what nobody
//! has committed yet.

use std::path::Path;

use anyhow::Context;

use super::flags::Flags;
use super::opened;
use crate::history::Revision;
use crate::project::{self, Overrides};
use crate::session::{CommittedPlace, Purpose, Session, State};

/// A project as it stands somewhere, and what people call that.
pub(super) struct ComparedSide {
    pub state: State,
    pub called: String,
}

/// Where a project is compared.
#[derive(Clone, Copy)]
pub(super) struct Compared<'a> {
    /// The folder in which somebody is.
    pub start: &'a Path,
    /// Where the project lies.
    pub flags: &'a Flags,
    /// What it is read for.
    pub purpose: Purpose,
}

/// The side that somebody names: a folder if there is one of that name, or else a commit; the project as it is now where
/// nothing is named.
pub(super) fn side(name: Option<&str>, compared: Compared<'_>) -> anyhow::Result<ComparedSide> {
    let Compared { start, flags, purpose } = compared;
    let overrides = flags.overrides();
    let Some(name) = name else {
        let state = opened::session(opened::project(start, &overrides)?, purpose)?.state();
        return Ok(ComparedSide { state, called: "the working tree".into() });
    };
    let folder = start.join(name);
    if folder.is_dir() {
        let state = opened::session(project_in(&folder, start, overrides)?, purpose)?.state();
        return Ok(ComparedSide { state, called: name.to_owned() });
    }
    let revision = Revision::named(start, name);
    let revision =
        revision.with_context(|| format!("`{name}` is neither a folder nor a commit that git knows here"))?;
    let called = format!("{name} ({}, {})", revision.commit.short(), revision.commit.date);
    let place = CommittedPlace { start, overrides: &overrides };
    Ok(ComparedSide { state: Session::at(revision, &place, purpose)?.state(), called })
}

/// A folder that is a project of its own, or that has the pages of this one.
fn project_in(folder: &Path, start: &Path, overrides: Overrides) -> anyhow::Result<project::Project> {
    if project::configured_in(folder).is_some() {
        let Overrides { today, .. } = overrides;
        return opened::project(folder, &Overrides { today, ..Overrides::default() });
    }
    opened::project(start, &Overrides { source: Some(folder.to_path_buf()), ..overrides })
}
