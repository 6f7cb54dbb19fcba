//! Findings as JSON Lines: one object a line, for programs.

use serde::Serialize;

use super::{Files, Located, locate};
use crate::diagnostic::Diagnostic;
use crate::source::LineColumn;

/// A finding as programs get it.
#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'a str,
    severity: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    help: Option<&'a str>,
    target: Option<&'a str>,
    fix: Option<FixLine<'a>>,
}

#[derive(Serialize)]
struct FixLine<'a> {
    title: &'a str,
    edits: Vec<EditLine<'a>>,
}

/// A replacement, by bytes of the file.
#[derive(Serialize)]
struct EditLine<'a> {
    start: usize,
    end: usize,
    replacement: &'a str,
}

/// All findings, one a line.
pub fn report(findings: &[Diagnostic], files: &Files) -> String {
    let mut out = String::new();
    for located in locate(findings, files) {
        if let Ok(line) = serde_json::to_string(&line(&located)) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

fn line<'a>(located: &Located<'a>) -> JsonFinding<'a> {
    let finding = located.finding;
    let LineColumn { line, column } = located.start;
    let LineColumn { line: end_line, column: end_column } = located.end;
    let edits = |fix: &'a crate::diagnostic::Fix| {
        fix.edits
            .iter()
            .map(|edit| EditLine { start: edit.span.start, end: edit.span.end, replacement: &edit.replacement })
            .collect()
    };
    JsonFinding {
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        path: located.shown,
        line,
        column,
        end_line,
        end_column,
        message: &finding.message,
        help: finding.help.as_deref(),
        target: finding.target.as_deref(),
        fix: finding.fix.as_ref().map(|fix| FixLine { title: &fix.title, edits: edits(fix) }),
    }
}
