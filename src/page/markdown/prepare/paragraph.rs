//! How far a paragraph goes: what a code span or a tag that is not closed on its line may lead on to.

use super::containers::{Cursor, container};
use super::lines::{begins_block, is_underline, line_end, next_line};
use super::recognisers::{self, Reads, Recogniser};
use super::scan::Scan;

impl Scan<'_> {
    /// Whether a line, without its containers, ends a paragraph before it.
    pub(super) fn begins_block(&self, content: &[u8]) -> bool {
        let interrupts = |recogniser: &Recogniser| match recogniser.reads {
            Reads::Line { begins, interrupts, .. } => interrupts && begins(content),
            Reads::Text { .. } | Reads::Tags => false,
        };
        begins_block(content) || recognisers::of(self.dialect).any(interrupts)
    }

    /// Whether a paragraph with a line that ends at `end` ends before `until`.
    pub(super) fn leaves_paragraph(&self, end: usize, until: usize) -> bool {
        let mut end = end;
        while end < until {
            let start = next_line(self.text, end);
            end = line_end(self.text, start);
            let content = self.text.as_bytes()[start..end].trim_ascii_start();
            if content.is_empty() || self.begins_block(content) || is_underline(content) {
                return true;
            }
        }
        false
    }

    /// Where the paragraph that holds `at` ends, as far as lines tell without their containers.
    pub(super) fn paragraph_end(&mut self, at: usize) -> usize {
        if at < self.extent {
            return self.extent;
        }
        self.ticks = None;
        let mut end = line_end(self.text, at);
        loop {
            let start = next_line(self.text, end);
            let line_end = line_end(self.text, start.min(self.text.len()));
            let line = &self.text.as_bytes()[start..line_end];
            let quotes = line.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
            let content = &line[quotes..];
            let mut cursor = Cursor::new(self.text, start + quotes, line_end);
            if content.is_empty() || self.begins_block(content) || container(&mut cursor, true, false).is_some() {
                self.extent = end.max(at + 1);
                return self.extent;
            }
            end = line_end;
        }
    }
}
