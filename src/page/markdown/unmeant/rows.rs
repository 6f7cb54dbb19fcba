//! Rows of a table that is read as none: without its line of dashes, right below a line of text, without bars at
//! their ends.

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// A line that begins with a bar.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) at: usize,
    /// Which line of its stretch it is.
    pub(super) number: usize,
}

/// What stands around rows.
#[derive(Clone, Copy)]
pub(super) struct RowsAround {
    /// How many lines their text has.
    pub(super) count: usize,
    /// Whether a table ended right before.
    pub(super) after_table: bool,
}

/// Lines between bars that are no table.
pub(super) fn unread(told: &mut Telling<'_>, lines: &[Row], around: RowsAround) {
    let RowsAround { count, after_table } = around;
    let is_row = |line: &&Row| {
        let text = told.line_from(line.at).trim_end();
        text.len() > 4 && text.ends_with('|') && !text.ends_with("\\|")
    };
    let rows: Vec<&Row> = lines.iter().filter(is_row).collect();
    let (Some(first), true) = (rows.first().copied(), rows.len() > 1 || after_table) else { return };
    let cells = |line: &Row| told.line_from(line.at).replace("\\|", "").trim_end().matches('|').count() - 1;
    let is_dashes = |line: &Row| {
        let text = told.line_from(line.at);
        text.contains('-') && text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
    };
    let follow = rows.windows(2).all(|pair| pair[1].number == pair[0].number + 1);
    let alike = rows.iter().all(|row| cells(row) == cells(first)) && cells(first) > 1;
    if !follow || !alike || rows.len() != count - first.number {
        return;
    }
    let line = told.line_from(first.at).trim_end();
    let range = first.at..first.at + line.len();
    if is_dashes(first) && first.number == 0 && rows.len() > 1 {
        let message = "this is not read as a table, since no head stands right above its line of dashes";
        told.tell(Code::UnreadTable, range, message, "Write the head on the line before, without a blank line.");
    } else if rows.len() > 1 && is_dashes(rows[1]) && told.line_from(rows[1].at).contains('\t') {
        let at = rows[1].at;
        let dashes = told.line_from(at);
        let message = "this is not read as a table, since a tab stands in its line of dashes";
        told.tell(Code::UnreadTable, at..at + dashes.trim_end().len(), message, "Write a space in place of each tab.");
        let tabs = dashes.match_indices('\t').map(|(tab, _)| at + tab..at + tab + 1);
        let tabs = tabs.map(|range| Replacing { range, written: " ".into() }).collect();
        told.mend("write spaces", tabs);
    } else if after_table && first.number == 0 {
        let message = "this row is not read as part of the table above it, since a blank line stands between";
        told.tell(Code::UnreadTable, range, message, "Remove the blank line.");
    } else if rows.len() > 1 && is_dashes(rows[1]) && first.number > 0 {
        let message = "this is not read as a table, since it stands right below a line of text";
        told.tell(Code::UnreadTable, range, message, "Leave a blank line before the table.");
        if told.text[..first.at].ends_with('\n') {
            let end = if told.text[..first.at].ends_with("\r\n") { "\r\n" } else { "\n" };
            told.mend("leave a blank line", vec![Replacing::insert(first.at, end)]);
        }
    } else if let Some(line) =
        rows.get(1).map(|row| (row.at, told.line_from(row.at).trim_end())).filter(|row| is_rule(row.1))
    {
        let (at, written) = line;
        let message = "this is not read as a table, since its second line is not made of hyphens";
        let dashes = format!("|{}", "---|".repeat(cells(first)));
        told.tell(Code::UnreadTable, at..at + written.len(), message, format!("Write `{dashes}` in its place."));
        told.mend("write hyphens", vec![Replacing { range: at..at + written.len(), written: dashes }]);
    } else if !rows.iter().any(|row| is_dashes(row)) {
        let message = "this is not read as a table, since it has no line of dashes below its head";
        let dashes = "---|".repeat(cells(first).min(8));
        told.tell(Code::UnreadTable, range, message, format!("Write `|{dashes}` as its second line."));
    }
}

/// Whether a row is nothing but other signs than hyphens: `|———|———|`, `|===|===|`.
fn is_rule(row: &str) -> bool {
    row.chars().all(|c| matches!(c, '|' | ' ' | ':' | '-' | '—' | '–' | '─' | '=' | '_'))
        && row.contains(['—', '–', '─', '=', '_'])
}

/// Lines `Name | Cost` without a line of dashes; whether they are told.
pub(super) fn without_bars(told: &mut Telling<'_>, first: usize, count: usize) -> bool {
    let head = told.near(first, 400).trim_end();
    let columns = head.split(" | ").count();
    let begins_cell = |cell: &str| cell.trim().starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    if columns < 2 || !head.split(" | ").all(begins_cell) {
        return false;
    }
    let is_cell = |cell: &str| {
        (1..40).contains(&cell.trim().len())
            && !cell.contains(['|', '`', '=', '{', '<', '[', '/'])
            && !cell.contains("--")
    };
    let mut rows = 0;
    for line in told.text[first..].lines().take(count) {
        let line = line.trim_start_matches(['>', ' ']).trim_end();
        if line.len() > 400 || line.split(" | ").count() != columns || !line.split(" | ").all(is_cell) {
            return false;
        }
        rows += 1;
    }
    if rows == count {
        let message = "this is not read as a table, since it has no line of dashes below its head";
        let dashes = vec!["---"; columns.min(8)].join(" | ");
        told.tell(
            Code::UnreadTable,
            first..first + head.len(),
            message,
            format!("Write `{dashes}` as its second line."),
        );
    }
    rows == count
}
