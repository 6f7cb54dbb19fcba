//! Tables whose rows have more or fewer cells than their head, and what is meant as a
//! table but isn't read as one.

use crate::check::context::TextContext;
use crate::check::prose::{Line, Prose};
use crate::diagnostic::{Code, Diagnostic, Severity, counted};
use crate::source::SourcePath;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    if memchr::memchr(b'|', context.prose.text.as_bytes()).is_some() {
        tables(&context.page.path, context.prose, findings);
    }
}

fn tables(path: &SourcePath, prose: &Prose<'_>, findings: &mut Vec<Diagnostic>) {
    let mut head: Option<&Line<'_>> = None;
    let mut columns: Option<usize> = None;
    for line in &prose.lines {
        // Every line of every page comes by here: most are text and stand in no table.
        let is_text = line.text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        if is_text && !line.hidden && columns.is_none() {
            head = Some(line);
            continue;
        }
        let text = bare(line.text);
        if line.hidden || text.is_empty() {
            (head, columns) = (None, None);
            continue;
        }
        if let Some(columns) = columns {
            let is_cut = cells(text) > columns && prose.holds_bar_in_formula(line.span());
            findings.extend(if is_cut { None } else { row(path, line, text, columns) });
            continue;
        }
        if let Some(above) = head.filter(|_| is_delimiter(text)) {
            let (wanted, found) = (cells(bare(above.text)), cells(text));
            if wanted == found {
                columns = Some(wanted);
            } else if bare(above.text).contains('|') {
                let message = format!(
                    "this is not read as a table: its head has {}, the line below it {found}",
                    counted(wanted, "cell")
                );
                let finding = Diagnostic::new(Code::RaggedTable, path, line.span(), message);
                findings.push(
                    finding.with_identity("a head").with_help("Give the line of dashes as many cells as the head."),
                );
            }
        }
        head = Some(line);
    }
}

/// What is wrong with one row.
fn row(path: &SourcePath, line: &Line<'_>, text: &str, columns: usize) -> Option<Diagnostic> {
    let finding = |message: String| Diagnostic::new(Code::RaggedTable, path, line.span(), message);
    if !text.contains('|') {
        let is_text = text.starts_with(char::is_alphanumeric);
        let message = "this line is read as a row of the table above it".to_owned();
        return is_text.then(|| finding(message).with_help("Leave a blank line after the table."));
    }
    let found = cells(text);
    if found > columns {
        let message =
            format!("this row has {}, but the table only {columns}: the rest is not shown", counted(found, "cell"));
        return Some(
            finding(message)
                .with_identity("a longer row")
                .with_help("Join cells, add a column to the head, or write `\\|` for a bar within a cell."),
        );
    }
    if found < columns {
        let mut finding = finding(format!("this row has {}, but the table {columns}", counted(found, "cell")));
        // Nothing is lost: the missing cells are shown as empty ones.
        finding.severity = Severity::Info;
        return Some(
            finding
                .with_identity("a shorter row")
                .with_help("Nothing need be done, if the last cells are meant to be empty."),
        );
    }
    None
}

/// A line without what stands before it in quotes and lists.
fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// Whether a line is the line of dashes below a table's head.
fn is_delimiter(text: &str) -> bool {
    text.starts_with(['-', ':', '|', ' ', '\t'])
        && text.contains('-')
        && text.contains('|')
        && text.bytes().all(|b| matches!(b, b'-' | b':' | b'|' | b' ' | b'\t'))
        && inner(text)
            .split('|')
            .all(|cell| cell.trim().trim_matches(':').bytes().all(|b| b == b'-') && cell.contains('-'))
}

/// A row without the bars at its ends.
fn inner(text: &str) -> &str {
    let text = text.strip_prefix('|').unwrap_or(text);
    match text.strip_suffix('|') {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => text,
    }
}

/// How many cells a row has: bars that are not escaped separate them.
fn cells(text: &str) -> usize {
    let mut count = 1;
    let mut escaped = false;
    for b in inner(text).bytes() {
        match b {
            b'\\' => escaped = !escaped,
            b'|' if !escaped => count += 1,
            _ => escaped = false,
        }
        if b == b'|' {
            escaped = false;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_separate_cells_unless_they_are_escaped() {
        assert_eq!(cells("| a | b |"), 2);
        assert_eq!(cells("a | b"), 2);
        assert_eq!(cells(r"| a \| b | c \|"), 2);
        assert!(is_delimiter("|---|:--:|"));
        assert!(is_delimiter("--- | ---"));
        assert!(!is_delimiter("| - a |"));
        assert!(!is_delimiter("---"));
        assert!(!is_delimiter("| | |"));
    }
}
