//! The report of `bokworm diff --format html`: both sites rendered as far as it shows them, and a folder written as a site's
//! is, which replaces nothing but what bokworm made.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::held::HeldFiles;
use super::shown::shown as named;
use crate::diff::{Difference, ReportedDifference, ReportedSite, report};
use crate::make::Tools;
use crate::session::State;
use crate::source::{Asset, SourcePath};
use crate::store::{self, Cache};
use crate::write::Publication;

/// Where a report lies in the project's folder, if nobody says.
const USUAL: &str = ".bokworm/diff";

/// One side of the difference.
pub(super) struct ReportState<'a> {
    pub state: &'a State,
    /// What people call it.
    pub called: &'a str,
}

/// What somebody says of a report.
#[derive(Clone, Copy)]
pub(super) struct ReportAsked<'a> {
    /// Where it is to be, if not where it usually is.
    pub out: Option<&'a Path>,
    /// Where the edited site can be looked at.
    pub preview: Option<&'a str>,
    /// Where he is.
    pub start: &'a Path,
    /// What the files of both sides hold.
    pub held: &'a HeldFiles,
}

/// Writes the report; says where.
pub(super) fn write(
    asked: ReportAsked<'_>,
    difference: &Difference,
    sides: [ReportState<'_>; 2],
) -> anyhow::Result<String> {
    let [before, after] = sides;
    let project = &after.state.project;
    let out = match asked.out {
        Some(out) => asked.start.join(out),
        None => here(asked.start, before.state, after.state).join(USUAL),
    };
    let publication = Publication::begin(&out, &project.protected())?;
    let shown = project.shown(publication.out());
    if project.out_dir.canonicalize().is_ok_and(|site| site == publication.out()) {
        bail!("`{shown}` is where the site is published; choose another folder with --out");
    }
    store::keep_out_of_git(&out)?;
    let tools = Tools::of_preview(&Cache::none());
    let (search_before, search_after) = (tools.search(before.state), tools.search(after.state));
    let renderers = [tools.renderer(before.state, &search_before), tools.renderer(after.state, &search_after)];
    let (shown_before, shown_after) =
        (|path: &SourcePath| named(before.state, path), |path: &SourcePath| named(after.state, path));
    let bytes = |file: &Asset| asked.held.bytes(file);
    let files = report(&ReportedDifference {
        difference,
        before: ReportedSite {
            library: &before.state.library,
            renderer: &renderers[0],
            shown: &shown_before,
            bytes: &bytes,
        },
        after: ReportedSite {
            library: &after.state.library,
            renderer: &renderers[1],
            shown: &shown_after,
            bytes: &bytes,
        },
        called: [before.called, after.called],
        preview: asked.preview,
    });
    for file in &files {
        publication.put(file)?;
    }
    publication.finish()?;
    Ok(format!("The report is in `{shown}`: open its index.html.\n"))
}

/// The folder of the project, which of a commit may lie elsewhere by now.
fn here<'a>(start: &'a Path, before: &'a State, after: &'a State) -> &'a Path {
    let roots = [&after.project.root, &before.project.root].into_iter();
    roots.map(PathBuf::as_path).find(|root| root.is_dir()).unwrap_or(start)
}
