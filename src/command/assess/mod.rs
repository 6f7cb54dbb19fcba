//! `bokworm assess`: what comes of results: a benchmark of many, a report of one, and what a new edition of the model does
//! to them.

mod diff;
mod files;
mod merge;
mod report;

use std::path::Path;

use super::Outcome;

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
    pub action: AssessAction,
}

/// What can be done with results.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum AssessAction {
    /// Merge many results into a benchmark that tells of no one
    ///
    /// Without `--out`, prints the benchmark as JSON; with it, writes `benchmark.json`, `benchmark.csv` and
    /// `benchmark.md`, a page that shows it. With `data` as the folder, `<Benchmark data="benchmark" />` on any
    /// page shows it with the reader's own answers drawn in (in the browser only).
    ///
    /// Whatever could tell of fewer results than `--at-least` is withheld; docs/benchmarks.md says what is
    /// promised. Files that are no results of this edition of the model are left out, each with the reason.
    #[command(verbatim_doc_comment)]
    Merge(merge::MergeArguments),
    /// Tell how two editions of the model differ, and what that does to answers
    ///
    /// OLD and NEW are commits, branches or tags, or else folders with a project or its pages; NEW is the
    /// working tree where nothing is said, with what nobody has committed yet. Nothing is checked out.
    ///
    ///   bokworm assess diff HEAD
    ///   bokworm assess diff v1.0 v2.0 --format markdown
    ///   bokworm assess diff v1.0 --answers team-a.json
    #[command(verbatim_doc_comment)]
    Diff(diff::DiffArguments),
    /// Make a report of a result, as a page to print
    ///
    /// The page stands alone, without scripts or anything that it loads: a cover, where you stand, what to do
    /// next, and all answers, in the site's language. Print it from a browser, or pass it on as it is.
    ///
    ///   bokworm assess report team-a.json --out report.html
    ///   bokworm assess report team-a.json --compare last-year.json --language de --out report.html
    #[command(verbatim_doc_comment)]
    Report(report::ReportArguments),
}

/// Does what is asked for in the folder `start`.
///
/// # Errors
/// If the project has no checklists, a file is no result, or the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    match &arguments.action {
        AssessAction::Merge(arguments) => merge::run(arguments, start),
        AssessAction::Diff(arguments) => diff::run(arguments, start),
        AssessAction::Report(arguments) => report::run(arguments, start),
    }
}
