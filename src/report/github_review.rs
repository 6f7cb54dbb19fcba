//! Findings as a review of a pull request, in the form in which GitHub's interface takes one: comments beside the lines,
//! with the fix as a suggestion where it changes whole lines, and the rest in the review's own text. GitHub refuses a
//! review with a comment on a line that the pull request doesn't show, so whoever asks says which lines it shows.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::{Files, Located, locate};
use crate::diagnostic::{Diagnostic, Edit, Severity, counted};

/// A review with more comments is one that nobody reads.
const MOST_COMMENTS: usize = 40;

/// So many findings are named in the review's own text: GitHub takes no text without end.
const MOST_NAMED: usize = 60;

/// A suggestion of more lines is for an editor.
const LONGEST_SUGGESTION: usize = 12;

/// Whether a pull request shows all these lines of a file side by side.
pub type ShowsLines<'a> = dyn Fn(&str, &RangeInclusive<usize>) -> bool + 'a;

/// The review, as one JSON object.
pub fn report(findings: &[Diagnostic], files: &Files, shows: &ShowsLines<'_>) -> String {
    let (mut comments, mut others) = (Vec::new(), Vec::new());
    let mut beginnings: HashMap<&str, Vec<usize>> = HashMap::new();
    for located in locate(findings, files) {
        let text = located.file.map_or("", |file| &*file.text);
        let beginnings = beginnings.entry(located.shown).or_insert_with(|| lines(text));
        match comment(&located, text, beginnings, shows).filter(|_| comments.len() < MOST_COMMENTS) {
            Some(comment) => comments.push(comment),
            None => others.push(named(&located)),
        }
    }
    let review = json!({ "event": "COMMENT", "body": body(comments.len(), &others), "comments": comments });
    format!("{review:#}\n")
}

/// The review's own text: how much was found, and what has no line to stand beside.
fn body(commented: usize, others: &[String]) -> String {
    let found = commented + others.len();
    if found == 0 {
        return "bokworm found nothing in what this pull request changes.".to_owned();
    }
    let mut body = format!("bokworm found {} in what this pull request changes.", counted(found, "thing"));
    if others.is_empty() {
        return body;
    }
    body += "\n\nBeside no line that it shows:\n\n";
    body.extend(others.iter().take(MOST_NAMED).map(String::as_str));
    if others.len() > MOST_NAMED {
        body += &format!("- and {} more: `bokworm check --changed` tells them.\n", others.len() - MOST_NAMED);
    }
    body
}

/// A finding that has no line to stand beside.
fn named(located: &Located<'_>) -> String {
    let Located { finding, shown, start, .. } = located;
    let severity = finding.severity.as_str();
    format!("- `{shown}:{}`: {severity} `{}`: {}\n", start.line, finding.code, finding.message)
}

/// A finding beside its line, if the pull request shows that.
fn comment(located: &Located<'_>, text: &str, beginnings: &[usize], shows: &ShowsLines<'_>) -> Option<Value> {
    let Located { finding, shown, start, .. } = located;
    let mut said = format!("**{}** `{}`: {}", severity(finding.severity), finding.code, finding.message);
    if let Some(help) = &finding.help {
        said += &format!("\n\n{}", help.replace('\n', "\n\n"));
    }
    let suggested = suggestion(finding, text, beginnings).filter(|suggested| shows(shown, &suggested.lines));
    let lines = match suggested {
        Some(Suggestion { lines, text }) => {
            let fence = fence(&text);
            said += &format!("\n\n{fence}suggestion\n{text}{fence}");
            lines
        }
        None => start.line..=start.line,
    };
    if !shows(shown, &lines) {
        return None;
    }
    let mut comment = json!({ "path": shown, "line": lines.end(), "side": "RIGHT", "body": said });
    if lines.start() < lines.end() {
        comment["start_line"] = (*lines.start()).into();
        comment["start_side"] = "RIGHT".into();
    }
    Some(comment)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info | Severity::Off => "For information",
    }
}

/// What stands in the place of some lines once a fix is made.
struct Suggestion {
    lines: RangeInclusive<usize>,
    /// The lines as they would be, each with its end.
    text: String,
}

fn suggestion(finding: &Diagnostic, text: &str, beginnings: &[usize]) -> Option<Suggestion> {
    let edits = finding.fix.as_ref()?.edits.as_slice();
    let (first, last) = (edits.first()?, edits.last()?);
    let line_of = |at: usize| beginnings.partition_point(|begin| *begin <= at).max(1) - 1;
    let from = line_of(first.span.start);
    let to = line_of(last.span.end.max(last.span.start + 1) - 1);
    let start = *beginnings.get(from)?;
    let end = beginnings.get(to + 1).copied().unwrap_or(text.len());
    let is_sound = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start)
        && edits.iter().all(|edit| start <= edit.span.start && edit.span.end <= end);
    if !is_sound || to - from >= LONGEST_SUGGESTION {
        return None;
    }
    let moved = edits.iter().map(|edit| Edit {
        span: crate::source::Span::new(edit.span.start - start, edit.span.end - start),
        replacement: edit.replacement.clone(),
    });
    let mut mended = Edit::all_in(&text[start..end], &moved.collect::<Vec<_>>()).replace('\r', "");
    if !mended.is_empty() && !mended.ends_with('\n') {
        mended.push('\n');
    }
    Some(Suggestion { lines: from + 1..=to + 1, text: mended })
}

/// Where the lines of a text begin.
fn lines(text: &str) -> Vec<usize> {
    let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).filter(|at| *at < text.len());
    std::iter::once(0).chain(after).collect()
}

/// A fence that nothing in a text closes.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}
