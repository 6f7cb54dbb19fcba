//! The block structure of a body, followed line by line as CommonMark has it: which
//! quotes, list items and components a line lies in, and whether it is code, raw
//! HTML or text. Only as much as is needed to know where a component's tag is
//! one, and how a line of its own must begin. The Markdown library has the last word.

use super::component;
use super::containers::Cursor;
use super::lines::{closes_fence, fence, is_heading, is_rule, is_underline, line_end, next_line};
use super::recognisers::{self, Reads};
use super::scan::{Leaf, Mode, Scan};
use crate::page::markdown::html;

impl Scan<'_> {
    /// Walks over the whole body.
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            at = self.line(at);
        }
    }

    /// Reads the line that begins at `start`; tells where the next one begins.
    fn line(&mut self, start: usize) -> usize {
        let end = line_end(self.text, start);
        let next = next_line(self.text, end);
        if self.containers.is_empty() && self.is_plain(&self.text.as_bytes()[start..end]) {
            return next;
        }
        let mut cursor = Cursor::new(self.text, start, end);
        let mut cuts = Vec::new();
        let matched = self.enter(&mut cursor, &mut cuts);
        self.cut(&cuts, end);
        let inside = matched == self.containers.len();
        match self.leaf {
            Leaf::Fence { mark, length } if inside => {
                if cursor.indent() < 4 && closes_fence(cursor.content(), mark, length) {
                    self.leaf = Leaf::None;
                }
                return next;
            }
            Leaf::Verbatim(ends) if inside => {
                if html::holds_any(cursor.rest(), ends) {
                    self.leaf = Leaf::None;
                }
                return next;
            }
            Leaf::Fence { .. } | Leaf::Verbatim(_) => self.leaf = Leaf::None,
            _ => {}
        }
        let item_was_empty = std::mem::take(&mut self.item_is_empty);
        if cursor.is_blank() {
            self.close_to(matched - usize::from(inside && item_was_empty));
            self.leaf = Leaf::None;
            self.html_tail = false;
            return next;
        }
        let in_html = inside && self.leaf == Leaf::Html;
        let opened = !in_html && self.open_containers(&mut cursor, matched);
        if !opened && !inside && !self.continues_lazily(&cursor, end) {
            self.close_to(matched);
            self.leaf = Leaf::None;
        }
        self.content(cursor, end)
    }

    /// Whether a line outside of all containers is nothing but code, or text in which nothing can be found: most
    /// lines are, and are told at a glance. Takes note of the text.
    fn is_plain(&mut self, line: &[u8]) -> bool {
        match self.leaf {
            Leaf::Fence { mark, .. } => line.trim_ascii_start().first() != Some(&mark),
            Leaf::Paragraph | Leaf::None => {
                let goes_on = self.leaf == Leaf::Paragraph;
                // `import` and `export` may begin a statement where no paragraph goes on.
                let is_text = |first: &u8| match first {
                    b'i' | b'e' => goes_on,
                    b'|' => true,
                    first => first.is_ascii_alphabetic(),
                };
                if !line.first().is_some_and(is_text) || self.signs.find(line).is_some() {
                    return false;
                }
                if !goes_on {
                    self.extent = 0;
                    self.inline_open.clear();
                }
                self.html_tail = false;
                self.leaf = Leaf::Paragraph;
                true
            }
            Leaf::Verbatim(_) | Leaf::Html => false,
        }
    }

    /// Whether a line that lies in fewer containers still continues their paragraph.
    fn continues_lazily(&mut self, cursor: &Cursor<'_>, end: usize) -> bool {
        if self.leaf != Leaf::Paragraph {
            return false;
        }
        let (at, indent) = cursor.space();
        indent >= 4 || !(self.begins_block(cursor.content()) || self.tag_breaks_paragraph(at, end))
    }

    /// Reads what stands in the containers of a line; tells where the next line begins.
    fn content(&mut self, cursor: Cursor<'_>, end: usize) -> usize {
        let (at, indent) = cursor.space();
        let next = next_line(self.text, end);
        let content = cursor.content();
        if self.leaf != Leaf::Paragraph {
            self.extent = 0;
            self.inline_open.clear();
        }
        let tail = std::mem::take(&mut self.html_tail) && content.starts_with(b"<");
        if indent >= 4 && self.leaf == Leaf::None {
            if tail {
                let line = format!("\n{}", self.prefix(self.containers.len()));
                self.edit(at..at, line);
            } else if self.open.is_empty() || !component::begins(content) {
                return next;
            }
        }
        if (indent < 4 || tail)
            && let Some(next) = self.block(at, end, content)
        {
            return next;
        }
        let mode = if self.leaf == Leaf::Html { Mode::Html } else { Mode::Block };
        self.inline(at, indent, end, mode)
    }

    /// Reads a line that begins a block other than a paragraph.
    fn block(&mut self, at: usize, end: usize, content: &[u8]) -> Option<usize> {
        let next = next_line(self.text, end);
        if self.leaf == Leaf::Html {
            return None;
        }
        if let Some((mark, length)) = fence(content) {
            self.leaf = Leaf::Fence { mark, length };
            return Some(next);
        }
        for recogniser in recognisers::of(self.dialect) {
            if let Reads::Line { begins, read, .. } = recogniser.reads
                && begins(content)
                && let Some(next) = read(self, at..end)
            {
                return Some(next);
            }
        }
        if is_heading(content) {
            self.leaf = Leaf::None;
            self.extent = 0;
            let next = self.inline(at, 0, end, Mode::Line);
            self.leaf = Leaf::None;
            return Some(next);
        }
        if is_rule(content) || (self.leaf == Leaf::Paragraph && is_underline(content)) {
            self.leaf = Leaf::None;
            return Some(next);
        }
        if content.first() == Some(&b'<') {
            if let Some(ends) = html::verbatim(content) {
                self.html_tag(at);
                self.leaf = if html::holds_any(&content[2..], ends) { Leaf::None } else { Leaf::Verbatim(ends) };
                return Some(next);
            }
            if html::begins_block(content) {
                self.leaf = Leaf::Html;
                return Some(self.inline(at, 0, end, Mode::Html));
            }
        }
        None
    }
}
