//! `bokworm assess report`: a result as a page to print.

use std::path::{Path, PathBuf};

use crate::command::Outcome;
use crate::command::flags::Flags;

/// Make a report of a result, as a page to print
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct ReportArguments {
    /// The result
    #[arg(value_name = "RESULT")]
    pub result: PathBuf,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

pub(super) fn run(_arguments: &ReportArguments, _start: &Path) -> anyhow::Result<Outcome> {
    Ok(Outcome::Clean)
}
