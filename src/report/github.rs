//! Findings as GitHub's workflow commands, which it shows as annotations beside the
//! lines of a pull request.

use super::{Files, locate};
use crate::diagnostic::{Diagnostic, Severity};

/// All findings, one command a line.
pub fn report(findings: &[Diagnostic], files: &Files) -> String {
    let mut out = String::new();
    for located in locate(findings, files) {
        let finding = located.finding;
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Off => "notice",
        };
        let mut place = format!("file={},line={}", property(located.shown), located.start.line);
        // GitHub takes columns only where a finding lies in one line.
        if located.start.line == located.end.line {
            place += &format!(",col={},endColumn={}", located.start.column, located.end.column);
        } else {
            place += &format!(",endLine={}", located.end.line);
        }
        let text = match &finding.help {
            Some(help) => format!("{}\n{help}", finding.message),
            None => finding.message.clone(),
        };
        out += &format!("::{level} {place},title={}::{}\n", finding.code, data(&text));
    }
    out
}

/// A message as a command wants it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value as a command wants it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
