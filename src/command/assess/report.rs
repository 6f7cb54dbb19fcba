//! `bokworm assess report`: a result as a page to print.

use super::super::opened;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::files::{ensure_of, model, result, write};
use crate::assess::settle;
use crate::command::Outcome;
use crate::command::asking::edition;
use crate::command::flags::Flags;
use crate::command::known;
use crate::render::{ReportParts, ReportedResult, assess_report};
use crate::session::Purpose;
use crate::terminal;

/// What `assess report` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct ReportArguments {
    /// The result
    #[arg(value_name = "RESULT")]
    pub result: PathBuf,
    /// The file that is written; without it, the report is printed
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Another result that it is compared with
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// The language of the report, where the site has several; by default the original
    #[arg(long, value_name = "CODE", add = known::language())]
    pub language: Option<String>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Writes a report for the project of the folder `start`.
pub(super) fn run(arguments: &ReportArguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Check)?.state();
    let language = arguments.language.as_deref();
    let (site, model) = (edition(&state, language)?, model(&state, language)?);
    let place = state.library.editions().position(|(_, edition)| std::ptr::eq(&**edition, site));
    let Some(theme) = place.and_then(|place| state.themes.get(place)) else { bail!("the theme can't be loaded") };
    let read = |file: &PathBuf| {
        let read = result(&start.join(file))?;
        ensure_of(&model, &read, file)?;
        Ok::<_, anyhow::Error>(read)
    };
    let file = read(&arguments.result)?;
    let other = arguments.compare.as_ref().map(read).transpose()?;
    let settled = settle(&file.result, &model);
    let other_settled = other.as_ref().map(|other| settle(&other.result, &model));
    let compared = other.as_ref().zip(other_settled.as_ref());
    let html = assess_report(&ReportParts {
        site,
        theme,
        model: &model,
        told: ReportedResult { result: &file.result, settled: &settled },
        other: compared.map(|(other, settled)| ReportedResult { result: &other.result, settled }),
        is_changed: !file.is_untouched(),
    });
    let html = html.map_err(|finding| anyhow!("`{}`: {}", finding.path, finding.message))?;
    match &arguments.out {
        Some(out) => write(&start.join(out), &html)?,
        None => terminal::say(&html)?,
    }
    Ok(Outcome::Clean)
}
