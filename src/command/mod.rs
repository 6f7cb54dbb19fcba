//! What the program can be asked to do, one small file a subcommand: its
//! arguments with their help, and the function that does it. Commands print what
//! they have to say; what becomes of a failure, and the exit code, is `main`'s.

mod asking;
mod shell_words;
mod known;
mod flags;
mod findings;
mod progress;
mod rows;
mod side;
pub mod build;
pub mod check;
pub mod explain;
pub mod query;
pub mod matrix;
pub mod links;
pub mod diff;
pub mod tags;
pub mod mv;
pub mod ledger;
pub mod assess;
mod catalogues;
pub mod translations;
pub mod serve;
pub mod headers;
pub mod publish;
pub mod init;
mod draft;
pub mod new;
pub mod schema;
pub mod theme;
pub mod completions;

use std::io;

use crate::project::Project;
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
    let line = |finding| plain::line(finding, project.config_text()) + "\n";
    terminal::note(&project.findings.iter().map(line).collect::<String>())
}
