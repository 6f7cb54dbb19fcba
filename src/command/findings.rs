//! What a build tells of the findings: warnings and errors in full, notes by their number.

use std::io;

use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::report::human;
use crate::session::State;
use crate::terminal;

/// Prints findings for people.
pub(super) fn tell(state: &State, found: &[Diagnostic], quiet: bool) -> io::Result<()> {
    let told: Vec<Diagnostic> = found.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
    if !told.is_empty() {
        let files = state.files(&told, |file| Some(state.project.shown(file)));
        let style = human::Style { colour: terminal::notes_in_colour(), links: false, width: 100 };
        terminal::note(&human::report(&told, &files, style))?;
    }
    match found.len() - told.len() {
        notes if notes == 0 || quiet => Ok(()),
        notes => terminal::note(&format!("{} for information: `bokworm check` shows them.\n", counted(notes, "note"))),
    }
}
