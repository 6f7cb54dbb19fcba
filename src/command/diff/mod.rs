//! `bokworm diff`: what an edit does to the site, in the terms of the site.

mod held;
mod html;
mod shown;

use std::cell::OnceCell;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::bail;
use serde_json::json;

use held::HeldFiles;
use html::{ReportAsked, ReportState};
use shown::shown;

use super::Outcome;
use super::compared_with::{no_branch_point, no_commit};
use super::flags::Flags;
use super::opened;
use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::{self, Commented, ComparedSite, Comparing, Difference, PageEvent, SiteSeen};
use crate::history::{NoBranchPoint, Revision, branch_point, files_that_differ};
use crate::session::{CommittedPlace, Purpose, Session, State};
use crate::source::{Asset, SourcePath};
use crate::terminal;

/// Tell what an edit does to the site: pages, lists, links, tags, findings
///
/// The site of a commit is compared with the working tree, edits that aren't committed included. By
/// default the commit is the one where the branch left the main one. Nothing is checked out.
///
///   bokworm diff
///   bokworm diff v1.0
///   bokworm diff main feature --format markdown
///   bokworm diff --format html --out /tmp/changes
///   bokworm diff --fail-on removed,links
///
/// Exit codes: 0 as asked; 1 with --fail-on and what it names; 2 could not run.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The commit to compare with; by default where the branch left the main one
    #[arg(value_name = "REV")]
    pub before: Option<String>,
    /// The commit that is compared with it; by default the working tree
    #[arg(value_name = "REV2")]
    pub after: Option<String>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// For whom: people at a terminal, a comment of a pull request, programs, or people with a browser
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: SiteDiffFormat,
    /// Name what shows a changed page or file, over so many steps of links and lists; without it, it is counted
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,
    /// With --format html: the folder that is written, which is replaced if bokworm made it; by default .bokworm/diff in
    /// the project
    #[arg(long, visible_alias = "output", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// With --format markdown and html: where the edited site can be looked at
    #[arg(long, value_name = "ADDRESS")]
    pub preview: Option<String>,
    /// End with exit code 1 if there is any of these, with commas between them
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub fail_on: Vec<FailOn>,
}

/// For whom a difference is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum SiteDiffFormat {
    /// For people
    #[default]
    Human,
    /// A comment for a pull request
    Markdown,
    /// One JSON object
    Json,
    /// A folder of pages: what is different, and each page with what changed marked
    Html,
}

/// What may be too much for an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// Whatever changes the meaning of a page, or what the site shows
    Any,
    /// A page or file that is gone, or moved, and whose address leads nowhere
    Removed,
    /// A heading that is gone and that others linked to
    Headings,
    /// A link that broke
    Links,
    /// A finding that is new, but those for information
    Findings,
}

impl FailOn {
    fn is_in(self, difference: &Difference) -> bool {
        let pages = &difference.pages;
        match self {
            Self::Any => {
                let means_something = pages.iter().any(|page| page.event != PageEvent::Rewritten);
                let rest = Difference { pages: Vec::new(), ..difference.clone() };
                means_something || !rest.is_empty()
            }
            Self::Removed => {
                let files = difference.files.iter().map(|file| file.redirected);
                pages.iter().map(|page| page.redirected).chain(files).any(|redirected| redirected == Some(false))
            }
            Self::Headings => {
                pages.iter().any(|page| page.headings_gone.iter().any(|heading| !heading.linked_from.is_empty()))
            }
            Self::Links => pages.iter().any(|page| !page.links_broken.is_empty()),
            Self::Findings => difference.findings.new.iter().any(|new| new.severity != Severity::Info.as_str()),
        }
    }
}

/// Compares the project of the folder `start` with what it was.
///
/// # Errors
/// If git can't tell what it was, or the machine can't read it.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    if arguments.out.is_some() && arguments.format != SiteDiffFormat::Html {
        bail!("`--out` names the folder of a report\nhelp: write `--format html`, too");
    }
    let revision = match &arguments.before {
        Some(name) => named(start, name)?,
        None => branch_point(start).map_err(|why| anyhow::anyhow!(no_branch_point(why)))?,
    };
    let overrides = arguments.project.overrides();
    let place = CommittedPlace { start, overrides: &overrides };
    let (after, revision_after) = match &arguments.after {
        Some(name) => {
            let revision = named(start, name)?;
            (Session::at(revision.clone(), &place, Purpose::Check)?, Some(revision))
        }
        None => (opened::session(opened::project(start, &overrides)?, Purpose::Check)?, None),
    };
    let before = after.at_beside(revision.clone(), &place, Purpose::Check)?;
    let called = told_name(&revision, before.is_configured_by(&after));
    // The program ends when the difference is told, and what it was found in goes with it.
    let (mut before, mut after) = (ManuallyDrop::new(before), ManuallyDrop::new(after));
    let (before, after) = (ManuallyDrop::new(before.state()), ManuallyDrop::new(after.state()));
    let name =
        revision_after.as_ref().map_or_else(|| "the working tree".to_owned(), |revision| told_name(revision, false));
    let others = OnceCell::new();
    let differ = |before: &Asset, _: &Asset| {
        let others = others.get_or_init(|| files_that_differ(&revision, revision_after.as_ref()));
        revision.path_of(&before.file).is_some_and(|path| others.contains(path))
    };
    let held = HeldFiles::of([Some(&revision), revision_after.as_ref()].into_iter().flatten().cloned());
    let text = |file: &Asset| String::from_utf8(held.bytes(file)?).ok();
    let comparing = Comparing { depth: arguments.depth.unwrap_or(1), differ: &differ, text: &text };
    let difference = compared(&before, &after, comparing);
    let text = match arguments.format {
        SiteDiffFormat::Human => {
            format!("From {called} to {name}:\n\n") + &diff::human(&difference, arguments.depth.is_some())
        }
        SiteDiffFormat::Markdown => diff::markdown(&difference, Commented { preview: arguments.preview.as_deref() }),
        SiteDiffFormat::Json => as_json(&difference, &revision, &name)?,
        SiteDiffFormat::Html => {
            let before = ReportState { state: &before, called: &called };
            let after = ReportState { state: &after, called: &name };
            let asked = ReportAsked {
                out: arguments.out.as_deref(),
                preview: arguments.preview.as_deref(),
                start,
                held: &held,
            };
            html::write(asked, &difference, [before, after])?
        }
    };
    terminal::say(&text)?;
    let fails = arguments.fail_on.iter().any(|what| what.is_in(&difference));
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

fn as_json(difference: &Difference, from: &Revision, to: &str) -> anyhow::Result<String> {
    let mut all = json!({"format": "bokworm-diff/1", "from": from.commit.hash, "to": to});
    if let (Some(all), serde_json::Value::Object(parts)) = (all.as_object_mut(), serde_json::to_value(difference)?) {
        all.extend(parts);
    }
    Ok(format!("{all:#}\n"))
}

/// Two states, compared.
fn compared(before: &State, after: &State, comparing: Comparing<'_>) -> Difference {
    let [told_before, told_after] = before.check_for_difference(after);
    let (shown_before, shown_after) = (|path: &SourcePath| shown(before, path), |path: &SourcePath| shown(after, path));
    diff::compare(
        &ComparedSite::of(seen(before, &told_before, &shown_before)),
        &ComparedSite::of(seen(after, &told_after, &shown_after)),
        comparing,
    )
}

fn seen<'a, 's>(
    state: &'a State,
    findings: &'a [Diagnostic],
    shown: &'s dyn Fn(&SourcePath) -> String,
) -> SiteSeen<'a, 's>
where
    'a: 's,
{
    SiteSeen { library: &state.library, calendar: state.calendar(), findings, sources: &state.sources, shown }
}

fn named(start: &Path, name: &str) -> anyhow::Result<Revision> {
    if let Some(revision) = Revision::named(start, name) {
        return Ok(revision);
    }
    match branch_point(start) {
        Err(NoBranchPoint::NoRepository) => bail!(no_branch_point(NoBranchPoint::NoRepository)),
        _ => bail!(no_commit(start, name)),
    }
}

fn told_name(revision: &Revision, is_configured_now: bool) -> String {
    let as_if = if is_configured_now { ", as if it had today's book.toml" } else { "" };
    let short = revision.commit.hash.get(..10).unwrap_or(&revision.commit.hash);
    match revision.name == revision.commit.hash {
        true => format!("{short} of {}{as_if}", revision.commit.date),
        false => format!("{} ({short} of {}{as_if})", revision.name, revision.commit.date),
    }
}
