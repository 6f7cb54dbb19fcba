//! What a command came to, added to the page that GitHub shows of a run of a workflow.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::project::seen_from;
use crate::report::summary;
use crate::session::State;
use crate::terminal;

/// What there is to add.
pub(super) struct StepSummary<'a> {
    pub command: &'static str,
    /// What it came to, in a sentence.
    pub came_to: &'a str,
    pub findings: &'a [Diagnostic],
}

impl StepSummary<'_> {
    /// Adds it where a workflow of GitHub runs. That it can't be added keeps nothing from being done.
    ///
    /// # Errors
    /// If that can't be told.
    pub(super) fn add(&self, state: &State) -> io::Result<()> {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let Some(file) = set("GITHUB_STEP_SUMMARY").filter(|_| set("GITHUB_ACTIONS").is_some_and(|it| it == "true"))
        else {
            return Ok(());
        };
        let files = state.files(self.findings, |file| Some(seen_from(&workspace(), file).display().to_string()));
        let heading = format!("bokworm {}", self.command);
        let text = summary::report(&heading, self.came_to, self.findings, &files);
        let opened = std::fs::OpenOptions::new().append(true).create(true).open(&file);
        match opened.and_then(|mut summary| summary.write_all(text.as_bytes())) {
            Ok(()) => Ok(()),
            Err(error) => terminal::note(&format!("warning: the summary of the step can't be written: {error}\n")),
        }
    }
}

/// The folder that GitHub knows paths from: the repository's.
pub(super) fn workspace() -> PathBuf {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    workspace.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}
