//! Braces in a line: `{/* comments */}` go, and paths into the front matter are filled in.

use std::ops::Range;

use super::literal::{self, plain};
use super::scan::{Line, Mode, Scan};
use crate::diagnostic::Code;
use crate::page::markdown::escape;
use crate::source::Span;

/// The longest path into the front matter.
const MAX_PATH: usize = 400;

/// Whether a body may hold braces that mean something.
pub(super) fn occurs(body: &[u8]) -> bool {
    memchr::memchr_iter(b'{', body).any(|at| begins(&body[at..]))
}

/// Whether braces may begin a comment or a path.
pub(super) fn begins(text: &[u8]) -> bool {
    let inner = text[1..].trim_ascii_start();
    [&b"/*"[..], b"frontMatter", b"props.frontMatter"].iter().any(|mark| inner.starts_with(mark))
}

impl Scan<'_> {
    /// `{/* comments */}` go, `{frontMatter.paths}` are filled in, the rest stays.
    pub(super) fn expression(&mut self, line: &mut Line) {
        let at = line.at;
        let rest = &self.text[at + 1..];
        let inner = rest.trim_start();
        line.at += 1;
        if inner.starts_with("/*") {
            if let Some(end) = self.jsx_comment(at, at + 1 + rest.len() - inner.len()) {
                self.edit(at..end, "");
                self.comments.push(Span::from(at..end).shifted(self.offset));
                line.at = end;
                line.end = self.line_end(line, end);
                line.seen = end;
                line.start = end;
            }
            return;
        }
        let rest = &self.text[at + 1..line.end];
        let inner = rest.trim_start_matches([' ', '\t']);
        if !(inner.starts_with("frontMatter") || inner.starts_with("props.frontMatter")) {
            return;
        }
        let Some(length) = rest.bytes().take(MAX_PATH).position(|b| b == b'}') else { return };
        self.fill_in(line, at..at + length + 2);
    }

    fn jsx_comment(&mut self, at: usize, inner: usize) -> Option<usize> {
        if self.no_jsx_comment_end {
            return None;
        }
        let Some(length) = memchr::memmem::find(&self.text.as_bytes()[inner + 2..], b"*/") else {
            self.no_jsx_comment_end = true;
            let help = "Write `*/}` where it ends.";
            self.find(
                Code::UnclosedComment,
                at..inner + 2,
                "this comment is never closed, so readers see it".into(),
                help,
            );
            return None;
        };
        let end = inner + 2 + length + 2;
        let after = self.text[end..].trim_start();
        (after.starts_with('}') && end > at).then(|| self.text.len() - after.len() + 1)
    }

    /// Writes the value of a front matter path as text.
    fn fill_in(&mut self, line: &mut Line, range: Range<usize>) {
        let expression = &self.text[range.start + 1..range.end - 1];
        match literal::read(expression.trim(), &mut self.values) {
            Ok(value) => {
                let value = plain(&value);
                let text = if line.mode == Mode::Html { escape::text(&value) } else { as_markdown(&value) };
                line.visible |= !text.is_empty();
                line.at = range.end;
                line.seen = range.end;
                line.start = range.end;
                self.edit(range, text);
            }
            Err(literal::Unread::Missing(key)) => {
                let message = format!("`{{{expression}}}` names `{key}`, which the front matter does not have");
                let help = "Add the key to the front matter, or correct the name.";
                self.find(Code::UnreadableExpression, range, message, help);
            }
            Err(literal::Unread::TooMuch) => self.find_too_much(range),
            Err(literal::Unread::Expression) => {
                let message = format!("`{{{expression}}}` is no path into the front matter");
                let help = "Write a path such as `{frontMatter.title}`.";
                self.find(Code::UnreadableExpression, range, message, help);
            }
        }
    }
}

/// Text in which Markdown finds no markup.
fn as_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            _ => {
                if c.is_ascii_punctuation() {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}
