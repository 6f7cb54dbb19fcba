//! What the program can be asked to do, one small file a subcommand: its
//! arguments with their help, and the function that does it. Commands print what
//! they have to say; what becomes of a failure, and the exit code, is `main`'s.

pub mod project;
mod survey;
mod mend;
mod findings;
mod progress;
mod timings;
pub mod build;
pub mod check;
pub mod explain;
pub mod tags;
pub mod serve;
pub mod init;
mod draft;
pub mod new;
pub mod schema;
pub mod theme;
pub mod completions;

use std::io::{self, IsTerminal, Write};

use crate::report::plain;
use project::Project;

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Clean,
    /// With findings that keep the site from being published, or the command from its work.
    Findings,
}

/// Whether to colour what is written to a stream: only for a terminal, and not where
/// `NO_COLOR` is set (<https://no-color.org>).
pub fn wants_colour(stream: &impl IsTerminal) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Tells what is wrong in the configuration, if anything is.
fn tell_configuration(project: &Project) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    for finding in &project.findings {
        writeln!(stderr, "{}", plain::line(finding, &project.config_text))?;
    }
    Ok(())
}
