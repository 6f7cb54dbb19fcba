//! Marks in a stretch of text that are shown as they stand, since they are not read as marks: `**bold` without an
//! end, `** spaced **`, `~~gone`, `` `code ``; character references shown as such; a backslash at the end.

use std::ops::Range;

use super::told::{Replacing, Telling};
use super::{emphasis, entities};
use crate::diagnostic::Code;

/// More of them in one stretch are no mistake, but a drawing or a formula.
const MOST: usize = 8;

/// The longest text that somebody makes bold.
const LONGEST: usize = 400;

/// A run of one mark, left over.
#[derive(Clone)]
struct LeftMark {
    byte: u8,
    range: Range<usize>,
}

/// What is left over in the stretch of text that is read.
#[derive(Default)]
pub(super) struct LeftMarks {
    marks: Vec<LeftMark>,
    /// Where the last text ends.
    end: usize,
    /// Where the stretch begins.
    start: usize,
    /// The emphasis that ended last.
    emphasis: Range<usize>,
    /// Single ones that may be references to a footnote, as in `**Only in some countries`.
    openers: Vec<OpenedMark>,
    /// How many stretches there were.
    count: usize,
    /// Whether a word ends with such a reference.
    has_footnotes: bool,
    /// How the stretch of text is built: in a cell, stars are footnotes.
    pub(super) in_cell: bool,
}

impl LeftMarks {
    /// Notes what a text holds.
    pub(super) fn text(&mut self, told: &mut Telling<'_>, text: &str, range: &Range<usize>) {
        if self.end == 0 {
            self.start = range.start;
        }
        self.end = range.end;
        let bytes = text.as_bytes();
        if bytes.first() == Some(&b'&') && text.len() == 1 && range.len() == 5 {
            return entities::doubled(told, range.start);
        }
        if range.len() != text.len() || self.marks.len() > MOST {
            return;
        }
        if told.has_ampersand {
            memchr::memchr_iter(b'&', bytes).for_each(|at| entities::unended(told, &text[at..], range.start + at));
        }
        for at in memchr::memchr3_iter(b'*', b'~', b'`', bytes) {
            self.mark(told, bytes[at], range.start + at);
        }
        if bytes[0] == b'_' {
            (0..bytes.iter().take_while(|b| **b == b'_').count())
                .for_each(|at| self.mark(told, b'_', range.start + at));
        }
    }

    fn mark(&mut self, told: &mut Telling<'_>, byte: u8, at: usize) {
        if byte == b'*' && self.emphasis.end == at && told.after(at + 1) != Some('*') && self.emphasis.len() > 3 {
            let before = told.before(self.emphasis.start);
            let is_star = told.after(self.emphasis.start) == Some('*') && told.after(at) == Some('*');
            if is_star && before.is_none_or(|c| !c.is_alphanumeric() && c != '*') {
                return lopsided(told, self.emphasis.start..at + 1);
            }
        }
        match self.marks.last_mut() {
            Some(last) if last.byte == byte && last.range.end == at => last.range.end += 1,
            _ if told.text.as_bytes().get(at) != Some(&byte) || told.text[..at].ends_with('\\') => {}
            _ => self.marks.push(LeftMark { byte, range: at..at + 1 }),
        }
    }

    /// Emphasis begins: a star right before it is one too many.
    pub(super) fn emphasis(&mut self, told: &mut Telling<'_>, range: &Range<usize>) {
        let star = |mark: &LeftMark| mark.byte == b'*' && mark.range.len() == 1 && mark.range.end == range.start;
        let inner = told.text.get(range.start + 1..range.end.max(range.start + 2) - 1).unwrap_or_default();
        if self.marks.last().is_some_and(star) && inner.contains(char::is_alphabetic) {
            self.marks.pop();
            lopsided(told, range.start - 1..range.end);
        }
    }

    /// Emphasis ended: a star right after it may be one too many.
    pub(super) fn after_emphasis(&mut self, range: &Range<usize>) {
        self.emphasis = range.clone();
    }

    /// Ends the stretch of text.
    pub(super) fn end(&mut self, told: &mut Telling<'_>) {
        if self.end == 0 {
            return;
        }
        if !self.in_cell && told.text[..self.end].ends_with('\\') {
            last_backslash(told, self.end - 1);
        }
        let marks = std::mem::take(&mut self.marks);
        self.count += 1;
        let stretch = self.start..std::mem::take(&mut self.end);
        if marks.is_empty() || marks.len() > MOST {
            return;
        }
        for byte in [b'*', b'~', b'_', b'`'] {
            let of_kind: Vec<&LeftMark> = marks.iter().filter(|mark| mark.byte == byte).collect();
            match (byte, of_kind.as_slice()) {
                (_, []) => {}
                (b'`', [only]) if only.range.len() == 1 => backtick(told, only, &stretch, self.in_cell),
                (b'`', [one, other]) => uneven_backticks(told, one, other),
                (b'*', [only]) if only.range.len() == 1 && !self.in_cell => {
                    emphasis::unclosed(told, &only.range, &stretch);
                }
                (b'_', several) => self.underscores(told, several, &stretch),
                (b'~', [one, other]) if one.range.len() != other.range.len() => {
                    emphasis::uneven_tildes(told, &one.range, &other.range);
                }
                (b'*' | b'~', [only]) if only.range.len() == 2 => self.single(told, only, &stretch),
                (b'*' | b'~', several) => pairs(told, several),
                _ => {}
            }
        }
    }

    /// Several may be left over, of which none is another's end.
    fn underscores(&mut self, told: &mut Telling<'_>, marks: &[&LeftMark], stretch: &Range<usize>) {
        for mark in marks {
            match mark.range.len() {
                1 => emphasis::unclosed(told, &mark.range, stretch),
                2 => self.single(told, mark, stretch),
                _ => {}
            }
        }
    }

    /// One mark that has no other.
    fn single(&mut self, told: &mut Telling<'_>, mark: &LeftMark, stretch: &Range<usize>) {
        let (before, after) = (told.before(mark.range.start), told.after(mark.range.end));
        let rest = &told.text[mark.range.end..stretch.end.max(mark.range.end)];
        // Chinese and Japanese write no spaces.
        let is_unspaced = rest.chars().take(4).filter(|c| is_of_unspaced(*c)).count() == 4;
        let begins = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '>'))
            || is_unspaced && before.is_some_and(is_of_unspaced);
        let words = if is_unspaced { 2 } else { rest.split_whitespace().take(2).count() };
        let names_code = rest.split([' ', ',', ')', ':']).next().is_some_and(is_parameter);
        // `__name` is what programs call something.
        let is_name = mark.byte == b'_' && after.is_some_and(char::is_lowercase) && !emphasis::begins_with_stress(rest);
        if begins && words == 2 && after.is_some_and(char::is_alphabetic) && !names_code && !is_name && !self.in_cell {
            return self.openers.push(OpenedMark { mark: mark.clone(), stretch: self.count, goes_on: false });
        }
        let closes = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
        let count = self.count;
        let opener =
            self.openers.last_mut().filter(|opener| opener.mark.byte == mark.byte && opener.stretch + 1 == count);
        if closes && let Some(opener) = opener {
            opener.goes_on = true;
            return;
        }
        self.has_footnotes |= closes && before.is_some_and(char::is_alphanumeric);
        let said = &told.text[stretch.start.min(mark.range.start)..mark.range.start];
        let line = said.rsplit('\n').next().unwrap_or_default();
        if before == Some(':') && after.is_none_or(char::is_whitespace) && line.len() > 2 && line.len() < 80 {
            let sign = mark.sign();
            let message = format!("`{sign}` closes nothing here, so readers see it");
            let help = format!("Write `{sign}` before the first of the words, too, or leave it out.");
            told.tell(Code::UnreadMark, mark.range.clone(), message, help);
        }
    }

    /// Tells those marks that are opened, unless the page has footnotes of this kind.
    pub(super) fn finish(self, told: &mut Telling<'_>) {
        let stars_are_notes = self.has_footnotes;
        for OpenedMark { mark, goes_on, .. } in self.openers {
            if mark.byte == b'*' && stars_are_notes && !goes_on {
                continue;
            }
            if goes_on {
                let message = format!("`{}` is closed in another paragraph, so readers see it", mark.sign());
                told.tell(
                    Code::UnreadMark,
                    mark.range,
                    message,
                    "Close it at the end of each paragraph, and open it again.",
                );
                continue;
            }
            let sign = mark.sign();
            let message = format!("`{sign}` is opened here and never closed, so readers see it");
            let help = format!("Write `{sign}` after the last of the words, too, without a space before it.");
            told.tell(Code::UnreadMark, mark.range, message, help);
        }
    }
}

/// A mark that was opened and not closed in its stretch of text.
struct OpenedMark {
    mark: LeftMark,
    /// Which stretch it stands in.
    stretch: usize,
    /// Whether it is closed in the next.
    goes_on: bool,
}

impl LeftMark {
    fn sign(&self) -> &'static str {
        match self.byte {
            b'*' => "**",
            b'_' => "__",
            _ => "~~",
        }
    }
}

/// Whether a letter is of a script that is written without spaces.
fn is_of_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// Whether a word is what programs call parameters: `**kwargs`.
fn is_parameter(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '*']);
    let ends = ["args", "kw", "kwds", "opts", "options", "params", "props"];
    word.contains(['_', '=', '(', '/', '.', '[', '{', '"', '\'']) || ends.iter().any(|end| word.ends_with(end))
}

/// Marks of which no pairs were made.
fn pairs(told: &mut Telling<'_>, mut marks: &[&LeftMark]) {
    while let [one, other, ..] = marks {
        let is_pair = one.range.len() == 2 && other.range.len() == 2;
        let before = told.findings.len();
        if is_pair {
            pair(told, one, other);
        }
        marks = &marks[if told.findings.len() > before { 2 } else { 1 }..];
    }
}

/// Two marks of which no pair was made.
fn pair(told: &mut Telling<'_>, one: &LeftMark, other: &LeftMark) {
    let sign = one.sign();
    let inner = &told.text[one.range.end..other.range.start];
    let said = inner.trim();
    let is_word =
        said.len() > 1 && said.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '“' | '"' | '「'));
    let (before, after) = (told.before(one.range.start), told.after(other.range.end));
    let whole = one.range.start..other.range.end;
    if !is_word || inner.len() > LONGEST || inner.contains('|') {
        return;
    }
    let stands_apart = before.is_none_or(|c| !c.is_ascii_alphanumeric())
        && after.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '.') || c == '.');
    if said.len() < inner.len() {
        let is_prose = !said.contains(['=', '*', '/']) && said.chars().any(char::is_alphabetic);
        // `**Note: **text` is certain; `**a and **b` may be names.
        let is_label = inner.starts_with(char::is_uppercase) && before.is_none_or(char::is_whitespace);
        if !stands_apart && !is_label && !ends_early(inner, before, &told.text[other.range.end..])
            || !is_prose
            || inner.contains("\n\n")
        {
            return;
        }
        let message = format!("`{sign}` is not read as a mark here, since a space stands inside of it");
        told.tell(Code::UnreadMark, whole, message, format!("Write `{sign}{}{sign}`.", shortened(said)));
        let front = inner.len() - inner.trim_start().len();
        let back = inner.len() - inner.trim_end().len();
        let (open, close) = (one.range.end, other.range.start);
        let spaces = [open..open + front, close - back..close];
        let of_line =
            inner[..front].chars().chain(inner[inner.len() - back..].chars()).all(|c| matches!(c, ' ' | '\t'));
        let is_apart = before.is_none_or(char::is_whitespace) && after.is_none_or(|c| !c.is_alphanumeric());
        if of_line && is_apart {
            let spaces = spaces.into_iter().filter(|space| !space.is_empty());
            told.mend("remove the spaces", spaces.map(Replacing::remove).collect());
        } else if of_line && is_label && front == 0 && !stands_apart {
            // `**Note: **text`: the space belongs behind the mark.
            let space = Replacing::insert(other.range.end, " ");
            told.mend("move the space out", vec![Replacing::remove(close - back..close), space]);
        }
        return;
    }
    let ends =
        said.chars().next_back().is_some_and(|c| !c.is_alphanumeric()) && after.is_some_and(char::is_alphanumeric);
    let starts = said.starts_with(|c: char| !c.is_alphanumeric()) && before.is_some_and(char::is_alphanumeric);
    if ends || starts {
        let message = format!("`{sign}` is not read as a mark here, since a letter stands right beside it");
        let side = if ends { "after the last" } else { "before the first" };
        let help = format!("Put a space {side} `{sign}`, or leave the sign at the end of the words outside of it.");
        told.tell(Code::UnreadMark, whole, message, help);
    }
}

/// Whether a space slipped inside: `**roses **need`. Of `**options and **more`, both are names.
fn ends_early(inner: &str, before: Option<char>, after: &str) -> bool {
    let next = after.split([' ', ',', '.']).next().unwrap_or_default();
    let are_words = inner.split(' ').all(|word| word.chars().all(char::is_alphabetic) && !is_parameter(word));
    let joins = [" and ", " or ", " und ", " et ", " y "].iter().any(|word| inner.ends_with(word));
    before.is_none_or(char::is_whitespace)
        && inner.starts_with(char::is_alphabetic)
        && are_words
        && !joins
        && next.chars().all(char::is_alphabetic)
        && !is_parameter(next)
        && after[next.len()..].starts_with([' ', '.'])
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// `**bold*`: two stars at one end, one at the other.
fn lopsided(told: &mut Telling<'_>, range: Range<usize>) {
    let message = "this has more stars at one end than at the other, so readers see one";
    told.tell(Code::UnreadMark, range, message, "Write as many stars at one end as at the other.");
}

/// Code that begins with other marks than it ends with.
fn uneven_backticks(told: &mut Telling<'_>, one: &LeftMark, other: &LeftMark) {
    let inner = &told.text[one.range.end..other.range.start];
    let (before, after) = (told.before(one.range.start), told.after(other.range.end));
    let is_code = !inner.is_empty() && inner.len() < 100 && inner.trim() == inner && !inner.contains(['\n', '\'', '’']);
    let stands_apart =
        before.is_none_or(|c| c.is_whitespace() || c == '(') && after.is_none_or(|c| !c.is_alphanumeric());
    if one.range.len() != other.range.len() && is_code && stands_apart {
        let message = "this has more backticks at one end than at the other, so readers see them";
        let whole = one.range.start..other.range.end;
        told.tell(Code::UnreadMark, whole, message, "Write as many at one end as at the other.");
    }
}

/// A backtick that has no other.
fn backtick(told: &mut Telling<'_>, mark: &LeftMark, stretch: &Range<usize>, in_cell: bool) {
    let (before, after) = (told.before(mark.range.start), told.after(mark.range.end));
    let rest = &told.text[mark.range.end..stretch.end.max(mark.range.end)];
    // 'Quoted' as it once was done: `so'.
    let is_quote = rest.chars().take(200).any(|c| matches!(c, '\'' | '’' | '‘' | '´'));
    let begins = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '>'));
    let opens = after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '$' | '<' | '{' | '@'));
    if begins && opens && !is_quote && rest.len() > 1 {
        let message = "a backtick is opened here and never closed, so readers see it";
        let help = if in_cell && told.text[stretch.end..].trim_start_matches(' ').starts_with('|') {
            "Write another one where the code ends.\nA bar ends a cell of a table, also in code: write it as `\\|`."
        } else {
            "Write another one where the code ends."
        };
        told.tell(Code::UnreadMark, mark.range.clone(), message, help);
    }
}

/// A backslash as the last thing of a paragraph, where it breaks no line.
fn last_backslash(told: &mut Telling<'_>, at: usize) {
    let line = &told.text[told.line_start(at)..at];
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    // What a definition follows is no paragraph.
    let below = told.text[at + 1..].trim_start_matches(['\r', '\n', ' ', '>']);
    if word.ends_with('\\') || line.trim().is_empty() || below.starts_with(':') {
        return;
    }
    let message = "readers see the backslash at the end of this paragraph";
    if word.contains('\\') {
        return told.tell(Code::StrayBackslash, at..at + 1, message, "Write paths as code, in backticks.");
    }
    told.tell(
        Code::StrayBackslash,
        at..at + 1,
        message,
        "Remove it: a backslash breaks a line only where another follows.",
    );
    told.mend("remove the backslash", vec![Replacing::remove(at..at + 1)]);
}

/// A line break by a backslash that belongs to a path: `C:\docs\`.
pub(super) fn broken_path(told: &mut Telling<'_>, at: usize) {
    let line = &told.text[told.line_start(at)..at];
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_path = word.as_bytes().get(1..3) == Some(b":\\") || word.starts_with("\\\\");
    if is_path && !word.ends_with('\\') && told.text[at..].starts_with('\\') {
        let message = "the backslash at this line's end is read as a line break and not shown";
        told.tell(Code::StrayBackslash, at..at + 1, message, "Write paths as code, in backticks.");
    }
}
