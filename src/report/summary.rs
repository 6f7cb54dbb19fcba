//! Findings as a short table in Markdown, for the page on which a service shows what a run came to.

use super::{Files, count, locate};
use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::diff::escaped;

/// Whoever wants to see more reads what was printed.
const MOST: usize = 50;

/// What a command came to in a sentence, how much was found, and errors and warnings line by line, errors first.
pub fn report(heading: &str, came_to: &str, findings: &[Diagnostic], files: &Files) -> String {
    let (errors, warnings, notes) = count(findings);
    let numbers = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")].join(", ");
    let mut out = format!("### {heading}\n\n{}\n\n{numbers}\n\n", escaped(came_to.trim_end()));
    let mut told: Vec<_> =
        locate(findings, files).into_iter().filter(|located| located.finding.severity > Severity::Info).collect();
    told.sort_by_key(|located| std::cmp::Reverse(located.finding.severity));
    if !told.is_empty() {
        out += "| | where | what |\n| --- | --- | --- |\n";
    }
    for located in told.iter().take(MOST) {
        let finding = located.finding;
        let place = escaped(&format!("{}:{}", located.shown, located.start.line));
        // Code keeps the bars that would end a cell.
        let message = in_cell(&escaped(&finding.message));
        out += &format!("| {} | {place} | {message} ({}) |\n", finding.severity.as_str(), finding.code);
    }
    if told.len() > MOST {
        out += &format!("\n… and {} more\n", told.len() - MOST);
    }
    out + "\n"
}

/// Markdown in a cell of a table: there a bar ends the cell, in code as well.
fn in_cell(markdown: &str) -> String {
    let mut out = String::new();
    for c in markdown.chars() {
        if c == '|' && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::report::File;
    use crate::source::{SourcePath, Span};

    #[test]
    fn what_pages_say_ends_no_cell_and_long_lists_end() {
        let path = SourcePath::content("a|b.md");
        let mut files = Files::default();
        files.insert(path.clone(), File { shown: "a|b.md".into(), text: "one\ntwo".into(), ..File::default() });
        let found = Diagnostic::new(Code::BrokenLink, &path, Span::at(4), "`x|y` and <b> @me |");
        let text = report("bokworm check", "All | done", std::slice::from_ref(&found), &files);
        assert!(text.contains("\n| warning | a\\|b.md:2 | `x\\|y` and &lt;b> &#64;me \\| (broken-link) |\n"), "{text}");
        let text = report("bokworm check", "Done", &vec![found; MOST + 2], &files);
        assert_eq!((text.matches("\n| warning").count(), text.contains("… and 2 more")), (MOST, true));
    }
}
