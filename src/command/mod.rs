//! What the program can be asked to do, one small file a subcommand: its
//! arguments with their help, and the function that does it. Commands print what
//! they have to say; what becomes of a failure, and the exit code, is `main`'s.

pub mod globals;
pub mod instead;
mod opened;
mod asking;
mod shell_words;
mod known;
mod flags;
mod findings;
mod step_summary;
mod progress;
mod rows;
mod side;
mod compared_with;
mod shared_cache;
pub mod build;
pub mod check;
pub mod explain;
pub mod query;
pub mod matrix;
pub mod links;
pub mod diff;
pub mod tags;
pub mod books;
pub mod mv;
pub mod ledger;
pub mod assess;
mod catalogues;
pub mod translations;
pub mod serve;
pub mod headers;
mod workflows;
pub mod publish;
mod adopt;
pub mod init;
mod draft;
pub mod new;
mod file_schemas;
pub mod schema;
pub mod theme;
pub mod completions;
pub mod man;

use std::io;

use crate::project::{self, Project};
use crate::report::plain;
use crate::terminal;

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Clean,
    /// With findings that keep the site from being published, or the command from its work.
    Findings,
}

/// Tells what is wrong in the configuration, if anything is.
fn tell_configuration(project: &Project) -> io::Result<()> {
    let shown = project.config_path.as_deref().map_or_else(|| project::CONFIG_FILE.into(), |path| project.shown(path));
    let line = |finding| plain::line(finding, &shown, project.config_text()) + "\n";
    terminal::note(&project.findings.iter().map(line).collect::<String>())
}
