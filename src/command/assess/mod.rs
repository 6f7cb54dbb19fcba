//! `bokworm assess`: what comes of results: a benchmark of many, a report of one, and what a new edition of the model does
//! to them.

mod diff;
mod merge;
mod report;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail, ensure};

use super::Outcome;
use super::asking::edition;
use crate::assess::{self, ResultFile};
use crate::session::State;
use crate::site::assessment::Model;

/// Merge results of assessments into a benchmark, print one as a report, or compare editions of the model
///
/// A result is the JSON file that readers export from the summary of their assessment. Nothing is sent
/// anywhere: who wants a benchmark collects such files and merges them here.
///
///   bokworm assess merge results/ --anonymous --out data/
///   bokworm assess report team-a.json --out report.html
///   bokworm assess diff v1.0 --answers team-a.json
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done with results.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum Action {
    /// Merge many results into a benchmark that tells of no one
    Merge(merge::MergeArguments),
    /// Tell how two editions of the model differ, and what that does to answers
    Diff(diff::DiffArguments),
    /// Make a report of a result, as a page to print
    Report(report::ReportArguments),
}

/// Does what is asked for in the folder `start`.
///
/// # Errors
/// If the project has no checklists, a file is no result, or the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    match &arguments.action {
        Action::Merge(arguments) => merge::run(arguments, start),
        Action::Diff(arguments) => diff::run(arguments, start),
        Action::Report(arguments) => report::run(arguments, start),
    }
}

/// What is assessed in a project, in one of its languages.
fn model(state: &State, language: Option<&str>) -> anyhow::Result<Model> {
    let asked = edition(state, language)?;
    let original = (!std::ptr::eq(asked, state.original())).then(|| state.question_to(state.original()));
    let model = Model::of(state.question_to(asked), original);
    ensure!(
        !model.items.is_empty(),
        "no page here has a checklist\nhelp: `checklist:` in a page's front matter is a list of statements"
    );
    Ok(model)
}

/// A result file, read.
fn result(file: &Path) -> anyhow::Result<ResultFile> {
    let shown = file.display();
    let text = text(file).map_err(|why| anyhow::anyhow!("`{shown}` {why}"))?;
    assess::read(&text).map_err(|why| anyhow::anyhow!("`{shown}` {why}"))
}

/// Refuses a result of another model.
fn ensure_of(model: &Model, file: &ResultFile, shown: &Path) -> anyhow::Result<()> {
    let named = &file.result.model;
    if named.id != model.id {
        bail!(
            "`{}` is of another model, `{}`",
            shown.display(),
            if named.id.is_empty() { &named.title } else { &named.id }
        );
    }
    Ok(())
}

/// The text of a file that may be a result: of a longer one, only as much is read as shows that it is too long.
///
/// # Errors
/// Why there is none, as a sentence without its subject.
fn text(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let most = assess::MOST_BYTES as u64 + 1;
    let read = File::open(file).and_then(|opened| opened.take(most).read_to_end(&mut bytes));
    read.map_err(|error| format!("can't be read: {error}"))?;
    if bytes.len() > assess::MOST_BYTES {
        return Err(format!("is larger than {} MB", assess::MOST_BYTES / 1_000_000));
    }
    String::from_utf8(bytes).map_err(|_| "isn't JSON: it isn't UTF-8 text".into())
}

/// Writes a file in one step.
fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    crate::store::replace(file, |out| std::io::Write::write_all(out, text.as_bytes()))
        .with_context(|| format!("`{}` can't be written", file.display()))
}
