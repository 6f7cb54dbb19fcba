//! Items of a list by marks that Markdown doesn't know, and boxes to tick that are none: `•`, `-[ ]`, `- []`.

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// Marks with which word processors write lists.
const BULLETS: [char; 7] = ['•', '●', '▪', '◦', '‣', '∙', DASH];

/// What a word processor makes of `-`; where somebody speaks, it begins what is said.
const DASH: char = '–';

/// Boxes as they are written right, and as they aren't.
const BOXES: [&str; 3] = ["[ ] ", "[x] ", "[X] "];
const ODD_BOXES: [&str; 5] = ["[] ", "[x ] ", "[ x] ", "[ x ] ", "[X ] "];

/// Lines that begin with a sign that was meant as an item's, which are all of a text from the first on.
pub(super) fn bullets(told: &mut Telling<'_>, lines: &[usize], is_all: bool) {
    let sign = |at: usize| told.after(at).filter(|c| BULLETS.contains(c));
    let lines: Vec<usize> = lines.iter().copied().filter(|at| sign(*at).is_some()).collect();
    let (Some(&first), true) = (lines.first(), is_all) else { return };
    let Some(bullet) = sign(first) else { return };
    if lines.len() < 2 || bullet == DASH && !lines.iter().all(|at| is_short(told.line_from(*at))) {
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

/// Whether a line behind a dash is rather an item than what somebody says.
fn is_short(line: &str) -> bool {
    let said = line.trim_end();
    said.starts_with("– ") && said.len() < 80 && !said.ends_with(['.', '!', '?', '…', ',', '»', '”', '"'])
}

/// A line `-[ ] text`, whose mark ends there.
pub(super) fn box_after(line: &str, mark: usize) -> bool {
    line.get(mark..).is_some_and(|rest| BOXES.iter().any(|written| rest.starts_with(written)))
}

/// An item's text that begins with what was meant as a box.
pub(super) fn odd_box(told: &mut Telling<'_>, at: usize) {
    let near = told.near(at, 8);
    let is_box = BOXES.iter().any(|right| near.starts_with(&right[..3]));
    if is_box && near[3..].starts_with(char::is_alphabetic) {
        let message = format!("`{}` is not read as a box to tick, since a space is missing behind it", &near[..3]);
        told.tell(Code::UnreadList, at..at + 3, message, "Write a space behind it.");
        return told.mend("write the space", vec![Replacing::insert(at + 3, " ")]);
    }
    let Some(written) = ODD_BOXES.iter().find(|written| told.text[at..].starts_with(**written)) else { return };
    let written = written.trim_end();
    let right = if written.contains(['x', 'X']) { "[x]" } else { "[ ]" };
    let message = format!("`{written}` is not read as a box to tick");
    told.tell(Code::UnreadList, at..at + written.len(), message, format!("Write `{right}`."));
    told.mend(&format!("write `{right}`"), vec![Replacing { range: at..at + written.len(), written: right.into() }]);
}
