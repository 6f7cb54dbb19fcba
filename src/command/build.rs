//! `bokworm build`: publishes a project.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::project::{Flags, Overrides, Project};
use super::{Outcome, tell_configuration};

/// Publish the site
///
/// Reads the pages, checks them and writes the whole site. Without arguments it builds the project
/// in the current folder, or the nearest one above it that has a book.toml: content/, static/ and
/// templates/ become public/. Any folder of Markdown pages can be tried without a configuration:
///
///   bokworm build --source docs --out /tmp/site
///
/// The old site is replaced only when the new one is complete. What a contributor got wrong in
/// a page is told as a warning, and the site is published; an error keeps the old site.
///
/// Exit codes: 0 published, 1 not published because of findings, 2 could not run.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// Where the site is written, in place of the configuration's (public)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The address that the site is published at, in place of the configuration's: https://example.org/handbook/,
    /// or only its path
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Where results are kept for the next build; by default .bokworm/cache in the project, and nowhere without one
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Don't publish when there are warnings either
    #[arg(long)]
    pub strict: bool,
    /// Print nothing but findings
    #[arg(long, short)]
    pub quiet: bool,
}

/// Publishes the project of the folder `start`.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let Arguments { project, out, base_url, cache, .. } = arguments;
    let overrides = Overrides { out: out.as_deref(), base_url: base_url.as_deref(), cache: cache.as_deref() };
    let project = Project::open(start, project, overrides)?;
    tell_configuration(&project)?;
    if project.is_misconfigured() {
        return Ok(Outcome::Findings);
    }
    publish(arguments, &project)
}

/// Reads, assembles, checks, renders and writes.
fn publish(_arguments: &Arguments, project: &Project) -> anyhow::Result<Outcome> {
    bail!("the stages behind `build` are not joined yet: nothing was written to `{}`", project.out_dir.display())
}
