//! Items of a list by marks that Markdown doesn't know, and boxes to tick that are none: `•`, `-[ ]`, `- []`.

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// Marks with which word processors write lists.
const BULLETS: [char; 6] = ['•', '●', '▪', '◦', '‣', '∙'];

/// Boxes as they are written right, and as they aren't.
const BOXES: [&str; 3] = ["[ ] ", "[x] ", "[X] "];
const ODD_BOXES: [&str; 5] = ["[] ", "[x ] ", "[ x] ", "[ x ] ", "[X ] "];

/// Lines that begin with a sign that was meant as an item's, which are all of a text from the first on.
pub(super) fn bullets(told: &mut Telling<'_>, lines: &[usize], is_all: bool) {
    let sign = |at: usize| told.after(at).filter(|c| BULLETS.contains(c));
    let lines: Vec<usize> = lines.iter().copied().filter(|at| sign(*at).is_some()).collect();
    let (Some(&first), true) = (lines.first(), is_all) else { return };
    let Some(bullet) = sign(first) else { return };
    if lines.len() < 2 {
        return;
    }
    let range = first..first + told.line_from(first).trim_end().len();
    let message = format!("`{bullet}` is no mark of a list, so these lines run into one another");
    told.tell(Code::UnreadList, range, message, "Begin each item with `-` and a space.");
    let mended = lines.into_iter().map(|at| {
        let rest = &told.text[at + bullet.len_utf8()..];
        let space = if rest.starts_with([' ', '\t']) { "-" } else { "- " };
        Replacing { range: at..at + told.after(at).map_or(0, char::len_utf8), written: space.into() }
    });
    let mended = mended.collect();
    told.mend("write `-`", mended);
}

/// A line `-[ ] text`, whose mark ends there.
pub(super) fn box_after(line: &str, mark: usize) -> bool {
    line.get(mark..).is_some_and(|rest| BOXES.iter().any(|written| rest.starts_with(written)))
}

/// An item's text that begins with what was meant as a box.
pub(super) fn odd_box(told: &mut Telling<'_>, at: usize) {
    let Some(written) = ODD_BOXES.iter().find(|written| told.text[at..].starts_with(**written)) else { return };
    let written = written.trim_end();
    let right = if written.contains(['x', 'X']) { "[x]" } else { "[ ]" };
    let message = format!("`{written}` is not read as a box to tick");
    told.tell(Code::UnreadList, at..at + written.len(), message, format!("Write `{right}`."));
    told.mend(&format!("write `{right}`"), vec![Replacing { range: at..at + written.len(), written: right.into() }]);
}
