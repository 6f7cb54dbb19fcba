//! What a build tells of the findings: warnings and errors in full, notes by their number.

use std::io::{self, Write};

use super::survey::{Assembled, Survey};
use super::wants_colour;
use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::report::human;

/// Prints findings for people.
pub fn tell(survey: &Survey, assembled: &Assembled, found: &[Diagnostic], quiet: bool) -> io::Result<()> {
    let told: Vec<Diagnostic> = found.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
    let mut stderr = io::stderr().lock();
    if !told.is_empty() {
        let from = std::env::current_dir().unwrap_or_default();
        let files = survey.files(assembled, &told, &from);
        let style = human::Style { colour: wants_colour(&io::stderr()), links: false, width: 100 };
        stderr.write_all(human::report(&told, &files, style).as_bytes())?;
    }
    match found.len() - told.len() {
        notes if notes == 0 || quiet => Ok(()),
        notes => writeln!(stderr, "{} for information: `bokworm check` shows them.", counted(notes, "note")),
    }
}
