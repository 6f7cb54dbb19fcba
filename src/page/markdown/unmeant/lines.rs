//! The lines of a stretch of text that begin with what may have been meant as a mark: `##Heading`, `-item`, `1.item`,
//! rows of a table that is read as none.

use super::rows::{self, Row, RowsAround};
use super::told::{Replacing, Telling};
use super::{fences, headings, items};
use crate::diagnostic::Code;

/// What a line looks like.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// `#`
    Hash,
    /// `| a | b |`
    Row,
    /// `-item`
    Item,
    /// `• item`, or quotation marks in place of backticks
    Sign,
}

/// A line of interest.
#[derive(Clone, Copy)]
struct Begun {
    at: usize,
    /// Which line of the stretch it is.
    number: usize,
    look: Look,
}

/// The lines of the stretch of text that is read.
#[derive(Default)]
pub(super) struct BegunLines {
    begun: Vec<Begun>,
    /// How many lines began.
    count: usize,
    /// Where the first of them did.
    first: usize,
    /// Whether text came already on this page.
    has_text: bool,
    /// Whether a table ended right before.
    pub(super) after_table: bool,
    /// The marker of the list around it.
    pub(super) marker: Option<u8>,
}

impl BegunLines {
    /// A line of text begins with a byte.
    pub(super) fn line(&mut self, first: u8, at: usize) {
        let number = self.count;
        if number == 0 {
            self.first = at;
        }
        self.count += 1;
        let look = match first {
            // A wide sign begins with the other byte.
            b'#' | 0xef => Look::Hash,
            b'|' => Look::Row,
            b'-' | b'*' | b'+' | b'0'..=b'9' => Look::Item,
            // What bullets and quotation marks begin with in UTF-8.
            0xe2 | 0xc2 | b'\'' => Look::Sign,
            _ => return,
        };
        self.begun.push(Begun { at, number, look });
    }

    /// Ends the stretch of text.
    pub(super) fn end(&mut self, told: &mut Telling<'_>) {
        let count = std::mem::take(&mut self.count);
        if count == 0 {
            return;
        }
        let first = !std::mem::replace(&mut self.has_text, true);
        if told.has_bar && count > 1 && rows::without_bars(told, self.first, count) || self.begun.is_empty() {
            return self.begun.clear();
        }
        let begun = std::mem::take(&mut self.begun);
        for line in begun.iter().filter(|line| line.look == Look::Hash) {
            headings::unspaced(told, line.at, count == 1, first);
        }
        let of = |look: Look| begun.iter().copied().filter(|line| line.look == look).collect::<Vec<_>>();
        let rows: Vec<Row> = of(Look::Row).iter().map(|line| Row { at: line.at, number: line.number }).collect();
        rows::unread(told, &rows, RowsAround { count, after_table: self.after_table });
        self.items(told, &of(Look::Item), count);
        let bullets = of(Look::Sign);
        if let Some(quotes) = bullets.iter().find(|line| line.number == 0 && fences::of_quotes(told.line_from(line.at)))
        {
            return fences::quotes(told, quotes.at);
        }
        let is_all = bullets.first().is_some_and(|first| bullets.len() == count - first.number);
        items::bullets(told, &bullets.iter().map(|line| line.at).collect::<Vec<_>>(), is_all);
    }

    /// Lines that begin like items of a list, but for the space.
    fn items(&self, told: &mut Telling<'_>, lines: &[Begun], count: usize) {
        let marked: Vec<Begun> =
            lines.iter().copied().filter(|line| marker(told.line_from(line.at)).is_some()).collect();
        let Some(first) = marked.first() else { return };
        let kind = |line: &Begun| told.text.as_bytes()[line.at].to_ascii_lowercase();
        let same =
            |line: &Begun| kind(line) == kind(first) || kind(line).is_ascii_digit() && kind(first).is_ascii_digit();
        let all_alike = marked.iter().all(same);
        // After the first of them, every line is one.
        let is_list = marked.len() > 1 && marked.len() == count - first.number;
        let in_list = items::box_after(told.line_from(first.at), 1)
            || first.number > 0 && self.marker.is_some_and(|marker| marker == kind(first));
        if !all_alike || !is_list && !in_list {
            return;
        }
        if kind(first).is_ascii_digit() && !counts(told, &marked) {
            return;
        }
        let line = told.line_from(first.at);
        let mark = &line[..marker(line).unwrap_or(1)];
        let range = first.at..first.at + line.trim_end().len();
        let message = format!("this is not read as an item of a list, since a space is missing after `{mark}`");
        let help =
            if marked.len() > 1 { "Write a space after the mark of each item." } else { "Write a space after it." };
        let space =
            |line: &Begun| marker(told.line_from(line.at)).map(|length| Replacing::insert(line.at + length, " "));
        let spaces: Vec<Replacing> = marked.iter().filter_map(space).collect();
        told.tell(Code::UnreadList, range, message, help);
        if first.number == 0 || in_list || kind(first) == b'-' || kind(first) == b'*' || line.starts_with("1") {
            told.mend("write the spaces", spaces);
        }
    }
}

/// Whether the lines' numbers are those of a list: one after the other, or all the same.
fn counts(told: &Telling<'_>, lines: &[Begun]) -> bool {
    let number = |line: &Begun| {
        let line = told.line_from(line.at);
        line[..line.bytes().take_while(u8::is_ascii_digit).count()].parse::<u32>().ok()
    };
    let numbers: Vec<Option<u32>> = lines.iter().map(number).collect();
    numbers.iter().all(Option::is_some)
        && numbers
            .windows(2)
            .all(|pair| pair[0] == pair[1] || pair[1] == pair[0].map(|number| number.saturating_add(1)))
        && numbers[0].is_some_and(|first| first <= 2)
}

/// The length of a marker that a letter follows at once; none if it is an option, a number or an emphasis.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let length = if digits > 0 { digits + 1 } else { 1 };
    if digits > 2 || digits > 0 && !matches!(line.as_bytes().get(digits), Some(b'.' | b')')) {
        return None;
    }
    let rest = line.get(length..)?;
    if digits == 0 && items::box_after(line, 1) {
        return Some(1);
    }
    let word = rest.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let is_word = word.chars().take(2).filter(|c| c.is_alphabetic()).count() == 2;
    let is_option = rest.contains("  ")
        || rest.contains('\t')
        || rest.contains(" -")
        || rest.contains('*')
        || word.contains(['=', '<', '[', '_', '/', '(', '|'])
        || word.contains(',') && word.len() < 5;
    (is_word && !is_option && (digits > 0 || word.len() > 2)).then_some(length)
}
