//! Links and pictures that are read, or nearly, and aren't all that was meant: a text before them that was to be theirs,
//! a bracket after them that nothing opens, a picture that shows nothing.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// How far before a link a bracket may be opened.
const FAR: usize = 2_000;

/// A link begins: a text in brackets right before it was perhaps to be its own. `last`: where the last link ended.
pub(super) fn before(told: &mut Telling<'_>, kind: LinkType, range: &Range<usize>, last: usize) {
    let before = &told.text[..range.start];
    if kind == LinkType::Inline {
        return shown_picture(told, range);
    }
    let (space, what) = match kind {
        LinkType::Shortcut if before.ends_with("] ") => (1, "a space stands between its brackets"),
        LinkType::Autolink if before.ends_with(']') => (0, "its address stands in angles, not in brackets"),
        _ => return,
    };
    let line = before.rsplit('\n').next().unwrap_or_default();
    let end = range.start - space;
    let Some(open) = line.rfind('[').map(|at| range.start - line.len() + at) else { return };
    let text = told.text.get(open + 1..end.saturating_sub(1)).unwrap_or_default();
    let is_words = text.len() > 1 && text.len() < 100 && text.chars().any(char::is_alphabetic) && !text.contains(']');
    // A link before it, a box to tick, a note.
    if end == last || !is_words || text.starts_with(['^', '!']) || told.text[..open].ends_with(['!', '\\', ']']) {
        return;
    }
    let message = format!("this is meant as one link, but {what}");
    let whole = open..range.end;
    if space == 1 {
        told.tell(Code::UnreadLink, whole, message, "Remove the space.");
        told.mend("remove the space", vec![Replacing::remove(end..range.start)]);
    } else {
        told.tell(Code::UnreadLink, whole, message, "Write `[text](target)`.");
        let address = told.text[range.start + 1..range.end - 1].to_owned();
        told.mend("write it in brackets", vec![Replacing { range: range.clone(), written: format!("({address})") }]);
    }
}

/// Endings of pictures' names, with the bracket behind them.
const PICTURES: [&str; 6] = [".png)", ".jpg)", ".jpeg)", ".svg)", ".gif)", ".webp)"];

/// A link to a picture, whose `!` stands where it makes none of it: `! [text](a.png)`, `[!text](a.png)`.
fn shown_picture(told: &mut Telling<'_>, range: &Range<usize>) {
    let written = &told.text[range.clone()];
    let (first, inside) = (range.start, written.starts_with("[!") && !written.starts_with("[!["));
    let apart = told.text[..first].ends_with("! ");
    if !(inside || apart) || !PICTURES.iter().any(|ending| written.ends_with(ending)) {
        return;
    }
    let message = "this is meant as a picture, but its `!` does not stand right before the bracket";
    if inside {
        told.tell(Code::UnreadLink, range.clone(), message, "Write `![text](picture.png)`.");
        told.mend("put the `!` first", vec![Replacing { range: first..first + 2, written: "![".into() }]);
    } else if told.text[..first - 2].chars().next_back().is_none_or(char::is_whitespace) {
        told.tell(Code::UnreadLink, first - 2..range.end, message, "Remove the space behind the `!`.");
        told.mend("remove the space", vec![Replacing::remove(first - 1..first)]);
    }
}

/// `[` that begins nothing: perhaps a link whose text is not closed, `[text(page.md)`.
pub(super) fn unclosed_text(told: &mut Telling<'_>, at: usize) {
    let line = told.near(at, 200);
    let Some(open) = line.find(['(', ']', '`', '<']).filter(|open| line[*open..].starts_with('(')) else { return };
    let Some(target) = line[open + 1..].split_once(')').map(|(target, _)| target) else { return };
    let is_page = target.ends_with(".md") || target.starts_with("https://") || target.starts_with("http://");
    let text = &line[1..open];
    if !is_page || target.contains([' ', '[', ']']) || !text.contains(char::is_alphabetic) || text.contains('[') {
        return;
    }
    let message = "this is meant as a link, but the bracket around its text is not closed";
    let help = format!("Write `[{}]({target})`.", text.trim());
    told.tell(Code::UnreadLink, at..at + open + target.len() + 2, message, help);
    if text.trim_end() == text {
        told.mend("close the bracket", vec![Replacing::insert(at + open, "]")]);
    }
}

/// A link ended: a bracket after it may be one that nothing opens.
pub(super) fn after(told: &mut Telling<'_>, range: &Range<usize>) {
    let at = range.end;
    if !told.text[at..].starts_with(')') || !told.text[range.clone()].ends_with(')') {
        return;
    }
    let mut from = range.start.saturating_sub(FAR);
    while !told.text.is_char_boundary(from) {
        from -= 1;
    }
    let before = &told.text[from..range.start];
    let paragraph = before.rfind("\n\n").map_or(before, |blank| &before[blank..]);
    let goes_on = told.after(at + 1).is_some_and(|c| c.is_alphanumeric() || c == ')');
    if paragraph.contains(['(', '（', ':', ';']) || goes_on || before.len() >= FAR && paragraph.len() == before.len() {
        return;
    }
    told.tell(Code::UnreadLink, at..at + 1, "this bracket closes nothing: the link before it is closed", "Remove it.");
    told.mend("remove it", vec![Replacing::remove(at..at + 1)]);
}

/// `![text]` without what it shows.
pub(super) fn picture(told: &mut Telling<'_>, range: &Range<usize>) {
    let written = &told.text[range.clone()];
    let stands_alone = told.before(range.start).is_none_or(char::is_whitespace)
        && told.after(range.end).is_none_or(|c| !matches!(c, '(' | '[' | '{') && !c.is_alphanumeric());
    let parted = told.text[range.end..].starts_with(" (");
    let is_text = written.chars().filter(|c| c.is_alphabetic()).count() > 2 && !written.contains(['=', '"', '\n', '<']);
    // `> [!NOTE]` is written otherwise, and `![x]` is a line of many a programming language.
    if stands_alone && !parted && is_text && written.starts_with("![") {
        let message = "this is meant as a picture, but does not say which file it shows";
        told.tell(
            Code::UnreadLink,
            range.clone(),
            message,
            format!("Write the file's path behind it: `{written}(picture.png)`."),
        );
    }
}
