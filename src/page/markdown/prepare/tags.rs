//! The tags in a line: which of them are components', and which are HTML's, which are written as HTML.

use std::borrow::Cow;

use super::jsx::{self, Rewrite};
use super::lines::line_end;
use super::scan::{Container, Line, Mode, Scan};
use crate::diagnostic::Code;
use crate::html::tag::{self, Syntax};
use crate::page::dialect::Extension;
use crate::page::markdown::html;
use crate::page::markdown::tag::ReadTag;

/// The longest tag in a quote.
const MAX_QUOTED_TAG: usize = 1 << 16;

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
        if self.is_component(read.str(&read.tag.name)) {
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
        let begins = !line.visible && line.tags == 0 && self.is_component(read.str(&read.tag.name));
        let braced = read.tag.attributes.iter().any(|attribute| matches!(attribute.value, tag::Value::Braced(_)));
        (!crosses || begins || braced).then_some(read)
    }

    fn is_component(&self, name: &str) -> bool {
        self.dialect.holds(Extension::Components) && html::is_component(name)
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
        if !self.dialect.holds(Extension::Jsx) {
            return false;
        }
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
