//! The tags in a line: components' are noted and tokens put in their places, on lines
//! of their own where they stand for blocks; HTML's are written as HTML.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes;
use super::jsx::{self, Rewrite};
use super::lines::line_end;
use super::scan::{Container, Leaf, Line, Mode, Open, Scan};
use crate::diagnostic::Code;
use crate::html::tag::{self, Syntax};
use crate::page::markdown::html;
use crate::page::markdown::marks::{MAX_COMPONENTS, Mark};
use crate::page::markdown::tag::ReadTag;

/// The longest tag in a quote.
const MAX_QUOTED_TAG: usize = 1 << 16;

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
    pub(super) fn tag(&mut self, line: &mut Line) {
        let at = line.at;
        line.at += 1;
        let text = self.text.as_bytes();
        let is_target = at >= 2
            && line.mode != Mode::Html
            && matches!(&text[at - 2..at], b"](" | b": ")
            && (text[at - 2] == b']' || text[..at - 2].ends_with(b"]"));
        if is_target || self.budget == 0 {
            return;
        }
        if line.mode != Mode::Html
            && let Some(end) = autolink_end(&text[at..line.end])
        {
            let end = at + end;
            line.visible = true;
            (line.at, line.seen, line.start) = (end, end, end);
            return;
        }
        let Some(read) = self.read_tag(at, line) else { return };
        if html::is_component(read.str(&read.tag.name)) {
            self.component(line, at, &read);
        } else {
            self.plain_tag(line, &read);
        }
    }

    /// Reads the tag at `at`, if it is one that can stand there.
    fn read_tag(&mut self, at: usize, line: &Line) -> Option<ReadTag<'a>> {
        let text = self.text;
        let in_quote = self.containers.contains(&Container::Quote);
        let result =
            if in_quote { tag::read(&text[..line.end], at, Syntax::Jsx) } else { tag::read(text, at, Syntax::Jsx) };
        let read = match result {
            Ok(tag) => ReadTag { tag, text: Cow::Borrowed(text), places: Vec::new() },
            Err(stop) if in_quote && stop >= line.end => {
                let (text, places) = self.without_prefixes(at, MAX_QUOTED_TAG);
                self.budget = self.budget.saturating_sub(text.len());
                ReadTag { tag: tag::read(&text, 0, Syntax::Jsx).ok()?, text: Cow::Owned(text), places }
            }
            Err(stop) => {
                self.budget = self.budget.saturating_sub(stop.saturating_sub(at));
                if self.budget == 0 {
                    self.find_too_deep(at);
                }
                return None;
            }
        };
        let end = read.source(read.tag.end);
        let crosses = end > line.end && self.leaves_paragraph(line.end, end);
        let begins = !line.visible && line.tags == 0 && html::is_component(read.str(&read.tag.name));
        let braced = read.tag.attributes.iter().any(|attribute| matches!(attribute.value, tag::Value::Braced(_)));
        (!crosses || begins || braced).then_some(read)
    }

    /// A tag of HTML: written as HTML where it is written as JSX.
    fn plain_tag(&mut self, line: &mut Line, read: &ReadTag<'a>) {
        let end = read.source(read.tag.end);
        let closed = self.rewrite(read);
        let first = !line.visible && line.tags == 0;
        line.html_tag = (first && !closed).then_some(end);
        line.visible = true;
        line.end = self.line_end(line, end);
        (line.at, line.seen, line.start) = (end, end, end);
    }

    /// Makes HTML of a tag that is written as JSX, with findings for what can't be
    /// told; tells whether it closed it.
    fn rewrite(&mut self, read: &ReadTag<'a>) -> bool {
        let Some(Rewrite { edits, unread, closed }) = jsx::rewrite(read, &mut self.values) else { return false };
        for range in unread {
            let expression = self.text[range.clone()].to_owned();
            let message = format!("`{expression}` is not a value that HTML can hold, so it was left out");
            let help = "Write a literal, such as `\"text\"` or `{42}`, or a path such as `{frontMatter.title}`.";
            self.find(Code::UnreadableExpression, range, message, help);
        }
        if read.places.is_empty() {
            for (range, text) in edits {
                self.edit(range, text);
            }
            return closed;
        }
        // In a quote, the tag goes on one line.
        let mut text = read.text[..read.tag.end].to_owned();
        for (range, replacement) in edits.into_iter().rev() {
            text.replace_range(range, &replacement);
        }
        let range = read.source(0)..read.source(read.tag.end);
        self.edit(range, text.replace('\n', " "));
        closed
    }

    /// A tag of HTML at the beginning of a block whose text is not looked at.
    pub(super) fn html_tag(&mut self, at: usize) {
        if let Ok(tag) = tag::read(&self.text[..line_end(self.text, at)], at, Syntax::Jsx) {
            let read = ReadTag { tag, text: Cow::Borrowed(self.text), places: Vec::new() };
            self.rewrite(&read);
        }
    }

    /// A component's tag: noted, and a token put in its place.
    fn component(&mut self, line: &mut Line, at: usize, read: &ReadTag<'a>) {
        let name = read.str(&read.tag.name).to_owned();
        let end = read.source(read.tag.end);
        let first = !line.visible && line.tags == 0;
        let rest_end = self.line_end(line, end);
        let form = self.form(line.mode, first, read, end..rest_end);
        let meant = form != Form::Inline || first || !read.tag.attributes.is_empty() || self.closes_after(&name, end);
        let opening = (!read.tag.closing).then(|| attributes::read(self, read));
        let self_closing = read.tag.self_closing && !read.tag.closing;
        let mark = Mark { opening: None, self_closing, key: name.clone(), range: at..end, meant };
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
        if !html::begins_component(&self.text.as_bytes()[at..end]) {
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

/// The length of `<scheme:…>` or `<me@example.org>`.
fn autolink_end(text: &[u8]) -> Option<usize> {
    let end = text.iter().position(|&b| b == b'>' || b == b' ' || b == b'\t')?;
    if text[end] != b'>' || text[1..end].contains(&b'<') {
        return None;
    }
    let inner = &text[1..end];
    let scheme = inner.iter().take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
    let is_address = (2..=32).contains(&scheme) && inner.get(scheme) == Some(&b':');
    let is_mail = inner.contains(&b'@') && !inner.iter().any(|b| b"\"'={}/".contains(b));
    (is_address || is_mail).then_some(end + 1)
}
