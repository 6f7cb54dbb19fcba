//! What was meant to belong to an item of a numbered list, but isn't indented far enough: there the list ends, and
//! another begins below.

use std::ops::Range;

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// A numbered list that ended.
#[derive(Clone, Copy)]
struct NumberedList {
    start: u64,
    items: usize,
    /// Where its last item's number stands, and where its text begins, in columns.
    indent: usize,
    content: usize,
}

/// What stands side by side in a page, a quote or an item.
#[derive(Default)]
struct Level {
    /// The list that is read, or that ended right before.
    numbered: Option<NumberedList>,
    /// What stands between it and the next, and isn't part of it.
    between: Option<Between>,
    /// The finding about the lists before, which tells of all of them.
    finding: Option<usize>,
}

/// A block between two lists.
struct Between {
    range: Range<usize>,
    column: usize,
    content: usize,
    /// Whether only a list that begins at 1 again makes it a mistake.
    restarts: bool,
    /// The number with which the next list goes on, where only that makes it a mistake.
    goes_on: Option<u64>,
}

/// A block that may stand between.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sibling {
    Paragraph,
    Code,
    Bullets,
}

/// The lists around what is read.
pub(super) struct Lists {
    levels: Vec<Level>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { levels: vec![Level::default()] }
    }
}

impl Lists {
    pub(super) fn enter(&mut self) {
        self.levels.push(Level::default());
    }

    pub(super) fn leave(&mut self) {
        if self.levels.len() > 1 {
            self.levels.pop();
        }
    }

    fn level(&mut self) -> Option<&mut Level> {
        self.levels.last_mut()
    }

    /// A numbered list begins.
    pub(super) fn numbered(&mut self, told: &mut Telling<'_>, start: u64) {
        let Some(level) = self.level() else { return };
        if let Some(between) = level.between.take()
            && (!between.restarts || start == 1)
            && between.goes_on.is_none_or(|next| start == next)
        {
            let kind = if between.goes_on.is_some() { Sibling::Bullets } else { Sibling::Paragraph };
            misplaced(told, level, &between, kind);
        }
        level.numbered = Some(NumberedList { start, items: 0, indent: 0, content: 0 });
    }

    /// An item of a list begins, whose level is the one outside of it.
    pub(super) fn item(&mut self, told: &Telling<'_>, at: usize) {
        let indent = column(told, at);
        let Some(numbered) = self.level().and_then(|level| level.numbered.as_mut()) else { return };
        let line = told.line_from(at);
        let marker = line.bytes().take_while(u8::is_ascii_digit).count() + 1;
        let space = line.get(marker..).map_or(1, |rest| rest.len() - rest.trim_start_matches(' ').len());
        numbered.items += 1;
        numbered.indent = indent.unwrap_or(usize::MAX);
        numbered.content = indent.unwrap_or_default() + marker + if (1..=4).contains(&space) { space } else { 1 };
    }

    /// A block begins beside the lists.
    pub(super) fn block(&mut self, told: &mut Telling<'_>, kind: Sibling, range: &Range<usize>) {
        let column = column(told, range.start);
        let Some(level) = self.level() else { return };
        let (list, between) = (level.numbered.take(), level.between.take());
        let (Some(list), Some(column), None) = (list, column, between) else { return level.finding = None };
        let (content, range) = (list.content, range.clone());
        if list.indent < column && column < content {
            let between = Between { range, column, content, restarts: false, goes_on: None };
            if kind == Sibling::Bullets && follows_at_once(told, &between.range) {
                misplaced(told, level, &between, kind);
            } else {
                level.between = Some(between);
            }
        } else if kind == Sibling::Bullets && column == list.indent && follows_at_once(told, &range) {
            let goes_on = Some(list.start + list.items as u64);
            level.between = Some(Between { range, column, content, restarts: false, goes_on });
        } else if kind == Sibling::Code && column == list.indent && list.items == 1 && list.start == 1 {
            level.between = Some(Between { range, column, content, restarts: true, goes_on: None });
        } else {
            level.finding = None;
        }
    }

    /// Something else begins, which ends what lists have to do with each other.
    pub(super) fn other(&mut self) {
        if let Some(level) = self.level() {
            *level = Level::default();
        }
    }
}

/// Whether no blank line stands before a block.
fn follows_at_once(told: &Telling<'_>, range: &Range<usize>) -> bool {
    let before = told.text[..told.line_start(range.start)].trim_end_matches([' ', '\t', '\r']);
    !before.ends_with("\n\n") && !before.ends_with("\n\r\n")
}

/// In which column a place stands, if only spaces are before it.
fn column(told: &Telling<'_>, at: usize) -> Option<usize> {
    let (before, after) = told.text.as_bytes().split_at_checked(at)?;
    let spaces_before = before.iter().rev().take_while(|b| **b == b' ').count();
    let begins_line = matches!(before[..before.len() - spaces_before].last(), None | Some(b'\n'));
    begins_line.then(|| spaces_before + after.iter().take_while(|b| **b == b' ').count())
}

/// Tells of a block that was meant to belong to the item above it; of those of one run of lists, once.
fn misplaced(told: &mut Telling<'_>, level: &mut Level, between: &Between, kind: Sibling) {
    let Between { ref range, column, content, restarts, .. } = *between;
    let start = told.line_start(range.start) + column;
    let first = told.line_from(start).trim_end();
    let edits = if kind == Sibling::Bullets { shifted(told, range, column, content - column) } else { Vec::new() };
    if let Some(index) = level.finding {
        return told.mend_more(index, edits);
    }
    level.finding = Some(told.findings.len());
    let message = if restarts {
        "this is not part of the numbered item above it, so the numbers begin again below".to_owned()
    } else {
        "this is not part of the numbered item above it, since it is not indented far enough".to_owned()
    };
    let help = format!("Indent it by {content} spaces, so that it begins below the item's text.");
    told.tell(Code::UnreadList, start..start + first.len(), message, help);
    if !edits.is_empty() {
        told.mend("indent it", edits);
    }
}

/// The lines of a block indented by so many columns more; nothing where some aren't indented like its first.
fn shifted(told: &Telling<'_>, range: &Range<usize>, column: usize, by: usize) -> Vec<Replacing> {
    let mut edits = Vec::new();
    let mut at = told.line_start(range.start);
    for line in told.text[at..range.end].split_inclusive('\n') {
        if !line.trim().is_empty() {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            if spaces < column || line.trim_start().starts_with('\t') || line.contains('\t') {
                return Vec::new();
            }
            edits.push(Replacing::insert(at, " ".repeat(by)));
        }
        at += line.len();
    }
    edits
}
