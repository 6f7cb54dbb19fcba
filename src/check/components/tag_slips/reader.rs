//! A tag while it is read: what is known of it, and what was found to have slipped.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::source::Span;

/// No tag is looked at for longer.
const LONGEST: usize = 4_000;

/// White space that is none to a program.
pub(super) const ODD_SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{3000}'];

/// Something slipped in a tag.
#[derive(Clone, Debug)]
pub(in crate::check) struct Slip {
    pub(in crate::check) kind: SlipKind,
    /// Where, in the text.
    pub(in crate::check) span: Span,
    /// The attribute that it happened at; empty between attributes.
    pub(in crate::check) name: String,
    /// That attribute's value as it is meant.
    pub(in crate::check) value: String,
    pub(super) edits: Vec<Edit>,
}

/// What can slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum SlipKind {
    /// `tag=“Policy”`
    CurlyQuotes,
    /// `tag=Legal Risk`
    NoQuotes,
    /// `tag=Policy"`
    NoOpeningQuote,
    /// `tag="Policy />`
    NoClosingQuote,
    /// `tag="Policy' />`
    OtherQuote,
    /// `title="He said "yes""`
    InnerQuotes,
    /// `tag=''Policy''`
    DoubledQuotes,
    /// `tag "Policy"`
    NoEquals,
    /// `/ >`
    SplitEnd,
    /// `tag=>"Policy"`, `tag: "Policy"`, `tag=="Policy"`
    Separator,
    /// `tag="Policy", layout="list"`
    Comma,
    /// A space that is none to a program.
    OddSpace,
    /// `\>`
    Backslash,
    /// No `>`.
    NoEnd,
    /// `< BokTagList`
    SpaceBeforeName,
}

/// What is known of the tag.
pub(in crate::check) struct AskedTag<'a> {
    pub(in crate::check) text: &'a str,
    /// Where its `<` stands.
    pub(in crate::check) at: usize,
    /// Whether the page took it for a component.
    pub(in crate::check) is_read: bool,
    /// Whether the component shows what stands inside it.
    pub(in crate::check) has_body: bool,
    /// The attributes that the component knows.
    pub(in crate::check) names: &'a [&'a str],
}

/// A tag as far as it is read.
pub(super) struct Reader<'a> {
    pub(super) asked: &'a AskedTag<'a>,
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) slips: Vec<Slip>,
    /// Where the last attribute ends, and whether it has a value in quotes.
    pub(super) last: usize,
    pub(super) is_sure: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(asked: &'a AskedTag<'a>) -> Self {
        let end = block_end(asked.text, asked.at);
        Self { asked, text: &asked.text[..end], at: asked.at + 1, slips: Vec::new(), last: 0, is_sure: false }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn slip(&mut self, kind: SlipKind, span: Range<usize>, edits: Vec<Edit>) {
        self.slips.push(Slip { kind, span: span.into(), name: String::new(), value: String::new(), edits });
    }

    /// Notes a slip at an attribute that is known; of another, nothing can be told.
    pub(super) fn named(
        &mut self,
        kind: SlipKind,
        start: usize,
        name: &str,
        value: &str,
        edits: Vec<Edit>,
    ) -> Option<()> {
        self.last = self.at;
        if !self.asked.names.contains(&name) {
            return if self.asked.is_read { Some(()) } else { None };
        }
        let span = (start..self.at).into();
        self.slips.push(Slip { kind, span, name: name.to_owned(), value: value.to_owned(), edits });
        Some(())
    }
}

/// Where the block ends in which a tag begins.
pub(super) fn block_end(text: &str, at: usize) -> usize {
    let mut end = (at + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut from = at;
    while let Some(length) = memchr::memchr(b'\n', &text.as_bytes()[from..end]) {
        from += length + 1;
        let line = text[from..end].split('\n').next().unwrap_or_default();
        if line.trim().is_empty() {
            return from - 1;
        }
    }
    end
}

/// One replacement.
pub(super) fn edit(range: Range<usize>, replacement: &str) -> Edit {
    Edit { span: range.into(), replacement: replacement.to_owned() }
}
