//! A line of text or raw HTML: finds what extensions and tags begin in it, past escapes,
//! code spans and comments, and decides what the line was.

use std::collections::HashMap;

use super::lines::{line_end, next_line};
use super::recognisers::{self, Reads};
use super::scan::{Leaf, Line, Mode, Scan};

impl<'a> Scan<'a> {
    /// Reads a line from its content at `at` on; tells where the next line begins.
    pub(super) fn inline(&mut self, at: usize, indent: usize, end: usize, mode: Mode) -> usize {
        let start = self.skip_until.clamp(at, end);
        let mut line = Line {
            at: start,
            end,
            seen: start,
            start,
            mode,
            indent,
            visible: start > at,
            tags: 0,
            last_tag: None,
            was_block: false,
            html_tag: None,
        };
        let fresh = self.leaf != Leaf::Paragraph;
        let edits = self.edits.len();
        if mode == Mode::Block {
            self.leaf = Leaf::Paragraph;
        }
        while line.at < line.end {
            let Some(length) = self.signs.find(&self.text.as_bytes()[line.at..line.end]) else { break };
            line.at += length;
            self.special(&mut line);
        }
        self.see(&mut line, usize::MAX);
        if line.mode == Mode::Block {
            let changed = self.edits.len() > edits;
            self.settle(&line, fresh, changed);
        }
        next_line(self.text, line.end)
    }

    /// Where the line ends that holds `at`: this one, unless a tag led on to another.
    pub(super) fn line_end(&self, line: &Line, at: usize) -> usize {
        if at > line.end { line_end(self.text, at) } else { line.end }
    }

    /// Notes whether there is text between what was last looked at and `upto`.
    fn see(&self, line: &mut Line, upto: usize) {
        let upto = upto.min(line.end);
        if line.seen < upto {
            let text = &self.text[line.seen..upto];
            line.visible |= !text.bytes().all(|b| matches!(b, b' ' | b'\t'));
            line.seen = upto;
        }
    }

    /// Looks at a sign and passes what it begins.
    fn special(&mut self, line: &mut Line) {
        let bytes = self.text.as_bytes();
        let at = line.at;
        self.see(line, at);
        let slashes = bytes[line.start..at].iter().rev().take_while(|&&b| b == b'\\').count();
        if line.mode != Mode::Html && slashes % 2 == 1 {
            line.at += 1;
            return;
        }
        for recogniser in recognisers::of(self.dialect) {
            if let Reads::Text { sign, begins, read } = recogniser.reads
                && sign == bytes[at]
                && begins(&bytes[at..])
            {
                return read(self, line);
            }
        }
        match (bytes[at], bytes.get(at + 1)) {
            (b'`', _) => self.code_span(line),
            (b'<', Some(b'!')) if bytes[at..].starts_with(b"<!--") => self.comment(line),
            (b'<', Some(b)) if b.is_ascii_alphabetic() || *b == b'/' => self.tag(line),
            _ => line.at += 1,
        }
    }

    fn code_span(&mut self, line: &mut Line) {
        let run = self.text.as_bytes()[line.at..].iter().take_while(|&&b| b == b'`').count();
        line.at += run;
        if line.mode == Mode::Html {
            return;
        }
        let end = if line.mode == Mode::Line { line.end } else { self.paragraph_end(line.at - run) };
        if let Some(close) = self.ticks_after(line.at - run, end, run) {
            self.pass(line, close + run);
        }
    }

    /// The next run of so many backticks in the paragraph.
    fn ticks_after(&mut self, at: usize, end: usize, run: usize) -> Option<usize> {
        let text = self.text.as_bytes();
        let ticks = self.ticks.get_or_insert_with(|| {
            let mut ticks: HashMap<usize, Vec<usize>> = HashMap::new();
            let mut from = at;
            while let Some(length) = memchr::memchr(b'`', &text[from..end]) {
                let start = from + length;
                let run = text[start..].iter().take_while(|&&b| b == b'`').count();
                ticks.entry(run).or_default().push(start);
                from = start + run;
            }
            ticks
        });
        let starts = ticks.get(&run)?;
        let next = *starts.get(starts.partition_point(|&start| start < at + run))?;
        if end == self.extent || next < end { Some(next) } else { None }
    }

    fn comment(&mut self, line: &mut Line) {
        let at = line.at;
        line.at += 4;
        let end = self.comment_end(at + 2);
        let limit = if line.mode == Mode::Line { line.end } else { self.blank_line(at) };
        if end <= limit {
            self.pass(line, end);
        }
    }

    /// Where the next comment ends.
    fn comment_end(&mut self, at: usize) -> usize {
        if self.comment_end < at + 3 {
            let found = memchr::memmem::find(&self.text.as_bytes()[at..], b"-->");
            self.comment_end = found.map_or(usize::MAX, |length| at + length + 3);
        }
        self.comment_end
    }

    /// Where the next blank line begins.
    pub(super) fn blank_line(&mut self, at: usize) -> usize {
        while self.blank_line <= at {
            let mut end = line_end(self.text, at);
            self.blank_line = loop {
                let next = next_line(self.text, end);
                let next_end = line_end(self.text, next);
                if next >= self.text.len() || self.text[next..next_end].trim().is_empty() {
                    break next.max(at + 1);
                }
                end = next_end;
            };
        }
        self.blank_line
    }

    /// Passes text that is nothing but itself, perhaps over lines to come.
    fn pass(&mut self, line: &mut Line, until: usize) {
        line.visible = true;
        line.at = until.min(line.end);
        line.seen = line.at;
        line.start = line.at;
        self.skip_until = until;
    }

    /// Decides what a line was, once it is read.
    fn settle(&mut self, line: &Line, fresh: bool, changed: bool) {
        if line.visible {
            let alone = line.html_tag.is_some_and(|end| self.text[end..line.end].trim().is_empty());
            self.leaf = if fresh && alone { Leaf::Html } else { Leaf::Paragraph };
            return;
        }
        match line.last_tag {
            // Something invisible stood beside it: it is alone all the same.
            Some((edit, mark)) if line.tags == 1 => {
                let token = self.token(mark, true);
                self.edits[edit].text = token;
                self.leaf = Leaf::None;
            }
            Some(_) => self.leaf = Leaf::Paragraph,
            None if line.was_block || changed => self.leaf = Leaf::None,
            None => {}
        }
    }
}
