//! Components' tags: noted, and tokens put in their places, on lines of their own where they stand for blocks.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes;
use super::scan::{Container, Leaf, Line, Mode, Open, Scan};
use crate::html::tag::{self, Syntax};
use crate::page::dialect::Extension;
use crate::page::markdown::component_marks::{MAX_COMPONENTS, Mark};
use crate::page::markdown::html;
use crate::page::markdown::tag::ReadTag;

/// Whether a body may hold a component.
pub(super) fn occurs(body: &[u8]) -> bool {
    memchr::memchr_iter(b'<', body).any(|at| begins(&body[at..]))
}

/// Whether a component's tag may begin a text.
pub(super) fn begins(text: &[u8]) -> bool {
    let after = if text.starts_with(b"</") { 2 } else { 1 };
    text.first() == Some(&b'<') && text.get(after).is_some_and(u8::is_ascii_uppercase)
}

/// How a component's tag is passed on.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// In its line of text.
    Inline,
    /// As a line of its own, which it is, or which is made of it.
    Block,
    /// As a line of its own that closes the component with this index among those open.
    Closes(usize),
}

impl<'a> Scan<'a> {
    /// A component's tag: noted, and a token put in its place.
    pub(super) fn component(&mut self, line: &mut Line, at: usize, read: &ReadTag<'a>) {
        let name = read.str(&read.tag.name).to_owned();
        let end = read.source(read.tag.end);
        let first = !line.visible && line.tags == 0;
        let rest_end = self.line_end(line, end);
        let form = self.form(line.mode, first, read, end..rest_end);
        let meant = form != Form::Inline || first || !read.tag.attributes.is_empty() || self.closes_after(&name, end);
        let opening = (!read.tag.closing).then(|| attributes::read(self, read));
        let self_closing = read.tag.self_closing && !read.tag.closing;
        let mark = Mark { opening: None, self_closing, key: name.clone(), range: at..end, meant, formula: None };
        let mark = self.mark(opening, mark);
        line.end = rest_end;
        if form == Form::Inline {
            match self.inline_open.iter().rposition(|open| *open == name) {
                Some(index) if read.tag.closing => self.inline_open.truncate(index),
                _ if read.tag.closing || read.tag.self_closing => {}
                _ => self.inline_open.push(name),
            }
            line.tags += 1;
            line.last_tag = Some((self.edits.len(), mark));
            (line.at, line.seen, line.start) = (end, end, end);
            let token = self.token(mark, false);
            self.edit(at..end, token);
        } else {
            let indent = line.indent;
            self.block_token(line, mark, form, first);
            self.open_component(read, form, indent, rest_end);
        }
    }

    /// Puts a tag on a line of its own.
    fn block_token(&mut self, line: &mut Line, mark: usize, form: Form, first: bool) {
        let range = self.marks[mark].range.clone();
        let in_html = line.mode == Mode::Html;
        let mut break_before = !first || in_html || line.indent >= 4;
        if let Form::Closes(index) = form {
            let depth = self.open[index].depth;
            // A list that the closing tag stands in ends with it.
            let left = &self.containers[depth..];
            break_before |= left.iter().any(|c| matches!(c, Container::Quote | Container::Item { .. }));
            self.html_tail = self.open[index].in_html;
            self.close_to(depth);
            self.open.truncate(index);
        }
        let mut text = String::new();
        let prefix = self.prefix(self.containers.len());
        if break_before {
            text.extend(["\n", &prefix]);
        }
        text.push_str(&self.token(mark, true));
        let rest = self.text[range.end..line.end].trim_start_matches([' ', '\t']);
        let mut after = range.end;
        if !rest.trim_end().is_empty() {
            after = line.end - rest.len();
            text.extend(["\n", &prefix]);
            if rest.starts_with(['>', '#', '+', '-', '=', ':']) {
                text.push('\\');
            }
        }
        self.edit(range.start..after, text);
        (line.at, line.seen, line.start) = (after, after, after);
        line.mode = if line.mode == Mode::Line { Mode::Line } else { Mode::Block };
        line.indent = 0;
        line.visible = false;
        line.tags = 0;
        line.last_tag = None;
        line.was_block = true;
        self.extent = 0;
        self.inline_open.clear();
        if in_html && form == Form::Block {
            self.html_tail = false;
        }
    }

    /// Notes a component that a tag of its own line opens.
    fn open_component(&mut self, read: &ReadTag<'a>, form: Form, indent: usize, end: usize) {
        let name = read.str(&read.tag.name);
        let closed = read.tag.closing || read.tag.self_closing;
        if form != Form::Block || closed || !self.closes_after(name, end) {
            return;
        }
        let depth = self.containers.len();
        if self.open.len() >= MAX_COMPONENTS || depth >= MAX_COMPONENTS * 3 {
            return;
        }
        let columns = self.children_indent(name, indent, end);
        let in_html = self.leaf == Leaf::Html;
        self.leaf = Leaf::None;
        self.open.push(Open { name: name.to_owned(), depth, in_html });
        if columns > 0 {
            self.containers.push(Container::Shift { columns });
        }
    }

    /// How a component's tag is passed on that `rest` of its line follows.
    fn form(&mut self, mode: Mode, first: bool, read: &ReadTag<'a>, rest: Range<usize>) -> Form {
        let name = read.str(&read.tag.name);
        let after = self.text[rest.clone()].trim();
        if read.tag.closing {
            if self.inline_open.iter().any(|open| open == name) {
                return Form::Inline;
            }
            return match self.open.iter().rposition(|open| open.name == name) {
                Some(index) => Form::Closes(index),
                None if first && after.is_empty() && mode == Mode::Block => Form::Block,
                None => Form::Inline,
            };
        }
        let alone = first && after.is_empty();
        if mode == Mode::Line || !first || (mode == Mode::Html && read.tag.self_closing) {
            return Form::Inline;
        }
        if alone && (mode == Mode::Block || self.closes_after(name, rest.end)) {
            return Form::Block;
        }
        let closes_here =
            memchr::memmem::find_iter(after.as_bytes(), b"</").any(|at| html::closes(&after.as_bytes()[at..], name));
        let spans_lines = !alone && !read.tag.self_closing && !closes_here && self.closes_after(name, rest.end);
        if spans_lines { Form::Block } else { Form::Inline }
    }

    /// Whether the tag at the beginning of a line gets a line of its own, which ends a paragraph before it.
    pub(super) fn tag_breaks_paragraph(&mut self, at: usize, end: usize) -> bool {
        if !self.dialect.holds(Extension::Components) || !begins(&self.text.as_bytes()[at..end]) {
            return false;
        }
        let Ok(tag) = tag::read(&self.text[..end], at, Syntax::Jsx) else { return false };
        let rest = tag.end..end;
        let read = ReadTag { tag, text: Cow::Borrowed(self.text), places: Vec::new() };
        html::is_component(read.str(&read.tag.name)) && self.form(Mode::Block, true, &read, rest) != Form::Inline
    }

    /// Whether a closing tag of that name stands after `at`.
    fn closes_after(&mut self, name: &str, at: usize) -> bool {
        let text = self.text;
        let closers = self.closers.get_or_insert_with(|| {
            let tags = memchr::memmem::find_iter(text.as_bytes(), b"</");
            tags.map(|at| {
                let rest = &text[at + 2..];
                let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(b)).count();
                (&rest[..length], at)
            })
            .collect()
        });
        closers.get(name).is_some_and(|&last| last >= at)
    }
}
