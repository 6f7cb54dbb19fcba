//! Headings that are none, since they lack the space, and headings that nobody meant: a paragraph above `---`.

use std::ops::Range;

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// What is longer is a sentence, if it ends like one.
const LONG: usize = 60;

/// What is longer is no title, however it ends.
const VERY_LONG: usize = 80;

/// A line of text that begins with `#`: perhaps a heading without its space. `alone`: it is all of its paragraph;
/// `first`: it is the first thing on its page.
pub(super) fn unspaced(told: &mut Telling<'_>, at: usize, alone: bool, first: bool) {
    let line = told.line_from(at).trim_end();
    if let Some(words) = line.strip_prefix('＃').map(|words| words.trim_start_matches('＃')) {
        let sign = &line[..line.len() - words.len()];
        let message = format!("`{}` is not read as a heading, since its sign is a wide one", shown(line));
        let help = format!("Write `{}` and a space.", "#".repeat(sign.chars().count()));
        told.tell(Code::UnreadHeading, at..at + line.len(), message, help);
        let written = format!("{} ", "#".repeat(sign.chars().count()));
        let end = line.len() - words.trim_start().len();
        return told.mend("write plain signs", vec![Replacing { range: at..at + end, written }]);
    }
    let words = line.trim_start_matches('#');
    let hashes = line.len() - words.len();
    if hashes > 6 && words.starts_with(' ') && words.trim().starts_with(char::is_alphabetic) {
        let message = "this is not read as a heading, since it has more than six signs";
        return told.tell(Code::UnreadHeading, at..at + hashes, message, "Write six of them, or fewer.");
    }
    let Some(letter) = first_letter(words, hashes) else { return };
    if hashes > 6 || words.contains('#') && hashes == 1 || told.text[..at].ends_with('\\') {
        return;
    }
    let first_word = words.split_whitespace().next().unwrap_or_default();
    let is_tag = first_word.chars().skip(1).any(char::is_uppercase) || first_word.contains(['_', '(', '.', '/']);
    let is_certain = hashes > 1 && (letter.is_uppercase() || alone && !letter.is_lowercase());
    let is_one = hashes == 1
        && alone
        && (first || words.split_whitespace().take(2).count() == 2)
        && !letter.is_lowercase()
        && !is_tag
        && !words.ends_with([';', ',', '.']);
    if !is_certain && !is_one {
        return;
    }
    let message = format!("`{}` is not read as a heading, since a space is missing", shown(line));
    let sign = &line[..hashes];
    told.tell(Code::UnreadHeading, at..at + line.len(), message, format!("Write a space after `{sign}`."));
    if is_certain {
        told.mend("write a space", vec![Replacing::insert(at + hashes, " ")]);
    }
}

/// The letter that a heading begins with; of one with several signs, also behind its number or marks: `##1. Plan`.
fn first_letter(words: &str, hashes: usize) -> Option<char> {
    let digits = words.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let numbered = words[digits..].strip_prefix(". ").filter(|_| digits > 0);
    let inner = numbered.or_else(|| words.strip_prefix("**")).filter(|_| hashes > 1).unwrap_or(words);
    inner.chars().next().filter(|c| c.is_alphabetic())
}

fn shown(line: &str) -> String {
    match line.char_indices().nth(50) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// A heading that says nothing.
pub(super) fn empty(told: &mut Telling<'_>, range: Range<usize>) {
    let line = told.line_from(range.start);
    let length = line.trim_end().len();
    if line.starts_with('#') {
        let message = "this heading says nothing";
        told.tell(
            Code::EmptyHeading,
            range.start..range.start + length,
            message,
            "Write its text, or remove the line.",
        );
    }
}

/// A heading that stands above a line of dashes, or of `=`.
pub(super) fn underlined(told: &mut Telling<'_>, range: &Range<usize>) {
    let written = told.text[range.clone()].trim_end();
    if written.starts_with('#') || !written.ends_with(['-', '=']) {
        return;
    }
    let line = written.rfind('\n').map_or(0, |at| at + 1);
    let dashes = written[line..].trim_start_matches(['>', ' ', '\t']);
    let above = written[..line].trim_end();
    let lines = above.lines().count();
    let last = above.lines().next_back().unwrap_or_default().trim_start_matches(['>', ' ', '\t']).trim_end();
    let (length, width) = (dashes.chars().count(), last.chars().count());
    // Whoever underlines a title makes the line about as long.
    let widths = above.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end().chars().count());
    let is_underline = length > 3
        && (dashes.starts_with('=')
            || length > 5 && length >= width
            || widths.into_iter().any(|w| length.abs_diff(w) <= 3));
    let is_sentence = last.ends_with(['.', '。', '!', '?', '！', '？', ';', '；', ',']) && above.chars().count() > LONG;
    // Titles end with a full stop only where a word is cut short.
    let words = if last.is_ascii() { last.split(' ').count() } else { last.chars().count() / 3 };
    let is_sentence = is_sentence || length == 3 && last.ends_with(['.', '。']) && !last.ends_with("..") && words > 2;
    let is_long = length == 3 && above.chars().count() > VERY_LONG;
    let is_data = above.lines().all(|line| line.contains(": ") || line.trim_end().ends_with(':'));
    let after_rule = told.text[..range.start].trim_end().ends_with("---");
    if is_underline || is_data || after_rule || lines < 2 && !is_sentence && !is_long {
        return;
    }
    let at = range.start + written.len() - dashes.len();
    let what = if lines > 1 { "the lines above it" } else { "the sentence above it" };
    let message = format!("`{}` makes a heading of {what}", dashes.get(..8).unwrap_or(dashes));
    told.tell(
        Code::UnmeantHeading,
        at..at + dashes.len(),
        message,
        "Leave a blank line before it, if a line across is meant.",
    );
    if told.text[..at].ends_with('\n') {
        let end = if told.text[..at].ends_with("\r\n") { "\r\n" } else { "\n" };
        told.mend("leave a blank line", vec![Replacing::insert(at, end)]);
    }
}
