//! Code blocks that are never closed, or closed by a line that doesn't: what follows is shown as code, or what is code
//! as text. Told once a page, where it begins: all that comes after is of its making.

use std::ops::Range;

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// A block of fenced code.
#[derive(Clone)]
struct Fence {
    range: Range<usize>,
    mark: u8,
    length: usize,
    /// Where its first line begins in the text, in columns.
    column: usize,
    language: String,
}

/// What was seen of the page's blocks.
#[derive(Default)]
pub(super) struct FencedBlocks {
    /// The last one, if it isn't closed.
    open: Option<Fence>,
    /// Whether one was told.
    pub(super) told: bool,
}

/// What tells that text was swallowed.
enum Sign {
    /// A line of fewer or other marks, which was meant to close the block.
    Marks(Range<usize>),
    /// The space before a line of right marks, which stands too far right.
    Space(Range<usize>),
    /// Marks at the end of a line of code.
    End(Range<usize>),
    /// A heading, a link or a sentence.
    Prose,
}

impl FencedBlocks {
    /// A block of fenced code.
    pub(super) fn block(&mut self, told: &mut Telling<'_>, range: &Range<usize>, info: &str) {
        self.open = None;
        if self.told {
            return;
        }
        let Some(fence) = Fence::read(told, range, info) else { return };
        if let Some(inner) = fence.another(told.text) {
            self.told = true;
            return run_together(told, &fence, inner);
        }
        if fence.is_closed(told.text) {
            return;
        }
        if told.text[range.end..].trim_start().is_empty() {
            self.open = Some(fence);
        } else {
            self.told = outdented(told, &fence);
        }
    }

    /// Tells the last block if it swallowed what isn't code.
    pub(super) fn finish(&mut self, told: &mut Telling<'_>) {
        let Some(fence) = self.open.take() else { return };
        let Some(sign) = fence.sign(told.text) else { return };
        self.told = true;
        let place = fence.first_line(told);
        match sign {
            Sign::End(marks) => {
                let message =
                    "this does not close the code block above it, since it does not stand on a line of its own";
                told.tell(Code::UnclosedCode, marks.clone(), message, "Begin a new line before it.");
                if fence.column == 0 {
                    told.mend("begin a new line", vec![Replacing::insert(marks.start, "\n")]);
                }
            }
            Sign::Prose => {
                let message = "the code block that begins here is never closed, so all that follows is shown as code";
                let help = format!(
                    "Write a line of {} where the code ends.\nIf this line was to end a block, the one above it is not \
                     closed.",
                    in_words(fence.mark, fence.length)
                );
                told.tell(Code::UnclosedCode, place, message, help);
            }
            Sign::Space(range) => {
                let message =
                    "the code block that begins here is never closed: the line that should do so stands too far right";
                told.tell(Code::UnclosedCode, place, message, "Remove the space before the marks that end it.");
                if fence.column == 0 && told.text[range.clone()].bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
                    told.mend("remove the space", vec![Replacing::remove(range)]);
                }
            }
            Sign::Marks(range) => {
                let begins = in_words(fence.mark, fence.length);
                let ends = in_words(told.text.as_bytes()[range.start], range.len());
                let message =
                    format!("the code block that begins here with {begins} is never closed: {ends} do not close it");
                told.tell(Code::UnclosedCode, place, message, format!("End it as it begins: with {begins}."));
                told.mend(&format!("end it with {begins}"), vec![Replacing { range, written: fence.marks() }]);
            }
        }
    }
}

impl Fence {
    fn read(told: &Telling<'_>, range: &Range<usize>, info: &str) -> Option<Self> {
        let written = &told.text[range.clone()];
        let mark = *written.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = written.bytes().take_while(|byte| *byte == mark).count();
        let language = info.split([' ', '{', ',']).next().unwrap_or_default().to_lowercase();
        let column = range.start - told.line_start(range.start);
        Some(Self { range: range.clone(), mark, length, column, language })
    }

    fn marks(&self) -> String {
        char::from(self.mark).to_string().repeat(self.length)
    }

    fn first_line(&self, told: &Telling<'_>) -> Range<usize> {
        let line = told.line_from(self.range.start).trim_end();
        self.range.start..self.range.start + line.len()
    }

    /// Whether the last line closes it.
    fn is_closed(&self, text: &str) -> bool {
        let written = text[self.range.clone()].trim_end();
        let Some(at) = written.rfind('\n') else { return false };
        let last = written[at + 1..].trim_start_matches([' ', '\t', '>']);
        last.len() >= self.length && last.bytes().all(|byte| byte == self.mark)
    }

    /// Where another block of code begins inside of it.
    fn another(&self, text: &str) -> Option<usize> {
        let written = &text[self.range.clone()];
        let wanted = self.marks();
        memchr::memmem::find_iter(written.as_bytes(), &wanted).skip(1).map(|at| self.range.start + at).find(|&at| {
            let line = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |found| found + 1);
            let before = &text[line..at];
            let rest = text[at..self.range.end].lines().next().unwrap_or_default();
            let info = rest.trim_start_matches(char::from(self.mark)).trim();
            let is_language = info.starts_with(|c: char| c.is_ascii_alphabetic())
                && info.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'-' | b'_'));
            before.len() <= self.column + 3 && before.bytes().all(|b| matches!(b, b' ' | b'>')) && is_language
        })
    }

    /// What in it isn't code.
    fn sign(&self, text: &str) -> Option<Sign> {
        let mut after_blank = false;
        let is_text = ["md", "markdown", "mdx", "text", "txt", "plain", "plaintext"].contains(&self.language.as_str());
        let mut prose = false;
        let mut other: Option<Range<usize>> = None;
        let mut at_end: Option<Range<usize>> = None;
        let mut at = self.range.start;
        for written in text[self.range.clone()].split_inclusive('\n') {
            let start = at;
            at += written.len();
            let line = written.trim();
            let marks = line.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
            if start > self.range.start
                && let Some(mark) = marks
                && line.len() > 2
                && line.bytes().all(|byte| byte == mark)
            {
                if other.is_some() {
                    return Some(Sign::Prose);
                }
                let start = start + written.len() - written.trim_start().len();
                other = Some(start..start + line.len());
            }
            let code = line.trim_end_matches('`');
            if other.is_none() && self.mark == b'`' && line.len() - code.len() == self.length && !code.contains('`') {
                let end = start + written.len() - written.trim_start().len() + line.len();
                at_end = at_end.or((!code.is_empty()).then_some(end - self.length..end));
            }
            prose |= !is_text && after_blank && is_prose(line);
            after_blank = line.is_empty();
        }
        match other {
            Some(range) if text.as_bytes()[range.start] == self.mark && range.len() >= self.length => {
                let line = memchr::memrchr(b'\n', &text.as_bytes()[..range.start]).map_or(0, |found| found + 1);
                Some(Sign::Space(line..range.start))
            }
            Some(range) => Some(Sign::Marks(range)),
            None => at_end.map(Sign::End).or(prose.then_some(Sign::Prose)),
        }
    }
}

/// Whether a line that follows a blank one is rather text than code.
fn is_prose(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    let hashes = line.len() - words.len();
    let is_heading = (2..=6).contains(&hashes)
        && words
            .strip_prefix(' ')
            .is_some_and(|words| words.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()));
    let has_link = ["](http", "](/", "](./", "](../", "](#"].iter().any(|sign| line.contains(sign));
    let is_sentence = line.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && line.ends_with(['.', '。', ':', '!', '?'])
        && line.split(' ').filter(|word| !word.is_empty()).take(5).count() == 5
        && !line.contains(['{', '}', '=', ';', '\\', '|', '<', '$']);
    is_heading || has_link || is_sentence
}

/// So many marks, as one says them.
fn in_words(mark: u8, length: usize) -> String {
    let name = if mark == b'`' { "backticks" } else { "tildes" };
    match length {
        3 => format!("three {name}"),
        4 => format!("four {name}"),
        5 => format!("five {name}"),
        length => format!("{length} {name}"),
    }
}

/// A piece of code in a line of text, which may have been meant as a block: its marks are two.
pub(super) fn two_marks(told: &mut Telling<'_>, range: &Range<usize>) {
    let written = &told.text[range.clone()];
    let begins_line = told.text[..range.start].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
    let last = written.rsplit('\n').next().unwrap_or_default().trim();
    if !written.starts_with("``")
        || written.starts_with("```")
        || last != "``"
        || last.len() == written.len()
        || !begins_line
    {
        return;
    }
    let message = "two backticks begin no block of code: its lines run into one another";
    told.tell(
        Code::UnclosedCode,
        range.start..range.start + 2,
        message,
        "Write three backticks at its beginning and at its end.",
    );
    told.mend("write three backticks", vec![Replacing::insert(range.start, "`"), Replacing::insert(range.end, "`")]);
}

/// A block in which another begins.
fn run_together(told: &mut Telling<'_>, fence: &Fence, inner: usize) {
    let number = told.text[fence.range.start..inner].matches('\n').count();
    let lines = if number == 1 { "the next line".to_owned() } else { format!("{number} lines below") };
    let message = format!("this code block is not closed before another one begins, {lines}");
    let help = format!(
        "Write a line of {} where its code ends.\nIf it is to show how a block is written, begin and end it with {}.",
        in_words(fence.mark, fence.length),
        in_words(fence.mark, fence.length + 1)
    );
    let place = fence.first_line(told);
    told.tell(Code::UnclosedCode, place, message, help);
    told.identify("a block in which another begins");
}

/// A block in a list, whose last line isn't indented like it: there another one begins.
fn outdented(told: &mut Telling<'_>, fence: &Fence) -> bool {
    let mut at = fence.range.end;
    if !told.text[..at].ends_with('\n') {
        at += usize::from(told.text[at..].starts_with('\r'));
        at += usize::from(told.text[at..].starts_with('\n'));
    }
    let line = told.line_from(at);
    let marks = line.trim();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let closes = marks.len() >= fence.length && marks.bytes().all(|byte| byte == fence.mark);
    let before = told.text[..fence.range.start].rsplit('\n').next().unwrap_or_default();
    if !closes || indent >= fence.column {
        return false;
    }
    let start = at + indent;
    let message = "this line does not close the code block above it, since it is not indented as far";
    let help = format!("Indent it by {} spaces, or all below is read the wrong way round.", fence.column);
    told.tell(Code::UnclosedCode, start..start + marks.len(), message, help);
    if before.bytes().all(|byte| byte == b' ') {
        told.mend("indent the line", vec![Replacing::insert(start, " ".repeat(fence.column - indent))]);
    }
    true
}

/// Whether a line is three quotation marks, with which word processors replace backticks.
pub(super) fn of_quotes(line: &str) -> bool {
    let line = line.trim_end();
    let rest = line.trim_start_matches(['‘', '’', '´', '“', '”', '\'']);
    line[..line.len() - rest.len()].chars().count() == 3 && rest.chars().all(|c| c.is_ascii_lowercase())
}

/// A block of code that begins with quotation marks.
pub(super) fn quotes(told: &mut Telling<'_>, at: usize) {
    let line = told.line_from(at).trim_end();
    let message = format!("`{line}` begins no block of code: these are quotation marks");
    told.tell(Code::UnclosedCode, at..at + line.len(), message, "Write three backticks, above and below the code.");
}
