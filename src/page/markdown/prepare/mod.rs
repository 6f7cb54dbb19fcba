//! A page's body made ready for the Markdown library, which knows no components:
//! each component's tag becomes a token that survives as HTML does, JSX spelling
//! becomes plain HTML, and what only a program reads (imports, comments) goes.
//! Keeps the map from what the library sees back to the file. A body without any
//! of these is passed on as it is.

mod lines;
mod literal;
mod scan;
mod containers;
mod paragraph;
mod module;
mod admonition;
mod jsx;
mod attributes;
mod component;
mod expression;
mod formula;
mod tags;
mod recognisers;
mod inline;
mod blocks;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem::Finder;

pub(super) use self::scan::Reading;
use self::scan::{Edit, MAX_CONTAINERS, Scan};
use crate::diagnostic::Diagnostic;
use crate::page::dialect::Dialect;
use crate::page::markdown::autolink;
use crate::page::markdown::component_marks::{Mark, Opening};
use crate::source::{SourcePath, Span};

/// A body as the Markdown library reads it.
pub(super) struct Prepared<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// The component tags that tokens stand for.
    pub(super) marks: Vec<Mark>,
    /// What the opening ones among them say.
    pub(super) openings: Vec<Opening>,
    /// What was found on the way.
    pub(super) findings: Vec<Diagnostic>,
    /// The comments in braces, which are taken away, as spans of the file.
    pub(super) comments: Vec<Span>,
    body: &'a str,
    offset: usize,
    stretches: Vec<Stretch>,
    token: String,
    /// The same, ready to be looked for: every text of a page is asked.
    finder: Finder<'static>,
    /// Whether an address may stand in it that nothing marks as one.
    pub(super) may_link: bool,
}

/// A stretch of the prepared text, and the stretch of the body that it comes from.
struct Stretch {
    at: usize,
    source: Range<usize>,
    copied: bool,
}

impl<'a> Prepared<'a> {
    /// Makes a body ready.
    pub(super) fn new(
        body: &'a str,
        offset: usize,
        path: &'a SourcePath,
        reading: Reading<'a>,
        digest: blake3::Hash,
    ) -> Self {
        // A reference (`&#64;`) may stand for a part of one.
        let may_link = autolink::may_hold_somewhere(body) || memchr::memchr(b'&', body.as_bytes()).is_some();
        if !needs_scan(body, reading.dialect) {
            let text = Cow::Borrowed(body);
            let (marks, openings, findings, comments, stretches) = Default::default();
            return Self {
                text,
                marks,
                openings,
                findings,
                comments,
                body,
                offset,
                stretches,
                token: String::new(),
                finder: Finder::new("").into_owned(),
                may_link,
            };
        }
        let mut scan = Scan::new(body, offset, path, reading);
        scan.token = token_of(digest);
        scan.signs = recognisers::signs(reading.dialect, body.as_bytes());
        scan.run();
        let Scan { edits, marks, openings, findings, comments, token, .. } = scan;
        let (text, stretches) = apply(body, edits);
        let text = Cow::Owned(text);
        let finder = Finder::new(&token).into_owned();
        Self { text, marks, openings, findings, comments, body, offset, stretches, token, finder, may_link }
    }

    /// A range of the prepared text as a span of the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_start(range.start);
        Span::new(start, self.source_end(range.end).max(start)).shifted(self.offset)
    }

    /// A range of the body as a span of the file.
    pub(super) fn body_span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.offset)
    }

    /// What stands in a span of the file, if that lies in the body.
    pub(super) fn source(&self, span: Span) -> &'a str {
        let place = span.start.checked_sub(self.offset).zip(span.end.checked_sub(self.offset));
        place.and_then(|(start, end)| self.body.get(start..end)).unwrap_or_default()
    }

    /// What a mark looks like in the file.
    pub(super) fn written(&self, mark: usize) -> &'a str {
        &self.body[self.marks[mark].range.clone()]
    }

    /// The first token in a text: where it stands and which mark it is.
    fn token_in(&self, text: &str) -> Option<(Range<usize>, usize)> {
        if self.marks.is_empty() || memchr::memchr(b'<', text.as_bytes()).is_none() {
            return None;
        }
        self.finder.find_iter(text.as_bytes()).find_map(|at| {
            let start = if text[..at].ends_with("<!--") { at - 4 } else { at.checked_sub(1)? };
            let (length, mark) = self.token_at(text, start).filter(|_| text.is_char_boundary(start))?;
            Some((start..start + length, mark))
        })
    }

    /// Whether a text may hold a token, or the rest of one; much faster than looking for one.
    pub(super) fn may_hold_token(&self, text: &str) -> bool {
        !self.marks.is_empty() && self.finder.find(text.as_bytes()).is_some()
    }

    /// Whether a text begins with the token of a formula.
    pub(super) fn is_formula(&self, text: &str) -> bool {
        self.token_at(text, 0).is_some_and(|(_, mark)| self.marks[mark].formula.is_some())
    }

    /// The token that begins at a place in a text: its length and its mark.
    pub(super) fn token_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let rest = &text[at..];
        let (open, close) = if rest.starts_with("<!--") { ("<!--", "-->") } else { ("<", "/>") };
        let rest = rest.strip_prefix(open)?.strip_prefix(&*self.token).filter(|_| !self.token.is_empty())?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mark = rest[..digits].parse::<usize>().ok().filter(|&mark| mark < self.marks.len())?;
        let length = open.len() + self.token.len() + digits + close.len();
        rest[digits..].starts_with(close).then_some((length, mark))
    }

    /// A text with its tokens turned back into what the file holds: for code,
    /// titles and whatever else is no place for a component.
    pub(super) fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.restore_with(text, str::to_owned)
    }

    /// The same, with what the file holds changed to suit the place.
    pub(super) fn restore_with<'t>(&self, text: &'t str, suit: impl Fn(&str) -> String) -> Cow<'t, str> {
        let Some((mut range, mut mark)) = self.token_in(text) else { return Cow::Borrowed(text) };
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        loop {
            out.push_str(&rest[..range.start]);
            out.push_str(&suit(self.written(mark)));
            rest = &rest[range.end..];
            match self.token_in(rest) {
                Some(next) => (range, mark) = next,
                None => break,
            }
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// A link's target with its tokens turned back. Where one is all of it, the library took its brackets off.
    pub(super) fn restore_target<'t>(&self, target: &'t str) -> Cow<'t, str> {
        if !self.marks.is_empty() && target.starts_with(&self.token) {
            let bracketed = format!("<{target}>");
            if let Some((length, mark)) = self.token_at(&bracketed, 0)
                && length == bracketed.len()
            {
                return Cow::Owned(self.written(mark).trim_matches(['<', '>']).to_owned());
            }
        }
        self.restore(target)
    }

    fn source_start(&self, at: usize) -> usize {
        match self.stretches.partition_point(|stretch| stretch.at <= at).checked_sub(1) {
            Some(index) => self.stretches[index].source_of(at),
            None => at,
        }
    }

    fn source_end(&self, at: usize) -> usize {
        match self.stretches.partition_point(|stretch| stretch.at < at).checked_sub(1) {
            Some(index) if self.stretches[index].copied => self.stretches[index].source_of(at),
            Some(index) => self.stretches[index].source.end,
            None => at,
        }
    }
}

impl Stretch {
    fn source_of(&self, at: usize) -> usize {
        if self.copied { (self.source.start + at - self.at).min(self.source.end) } else { self.source.start }
    }
}

/// Makes the edits, which are in order and don't overlap, and notes what came from where.
fn apply(body: &str, edits: Vec<Edit>) -> (String, Vec<Stretch>) {
    let mut text = String::with_capacity(body.len() + edits.len() * 8);
    let mut stretches = Vec::with_capacity(edits.len() * 2 + 1);
    let mut done = 0;
    for edit in edits {
        debug_assert!(edit.range.start >= done, "edits overlap");
        if edit.range.start < done {
            continue;
        }
        if edit.range.start > done {
            stretches.push(Stretch { at: text.len(), source: done..edit.range.start, copied: true });
            text.push_str(&body[done..edit.range.start]);
        }
        if !edit.text.is_empty() {
            stretches.push(Stretch { at: text.len(), source: edit.range.clone(), copied: false });
            text.push_str(&edit.text);
        }
        done = edit.range.end;
    }
    stretches.push(Stretch { at: text.len(), source: done..body.len(), copied: true });
    text.push_str(&body[done..]);
    (text, stretches)
}

/// A name that nothing in the file has, nor anything that comes of it later (entities, values of the front
/// matter): a text can't hold its own digest.
fn token_of(digest: blake3::Hash) -> String {
    format!("bok{}-", &digest.to_hex()[..20])
}

/// Whether a body may hold anything that the Markdown library must not see as it is.
fn needs_scan(body: &str, dialect: Dialect) -> bool {
    let bytes = body.as_bytes();
    recognisers::of(dialect).any(|recogniser| (recogniser.occurs)(bytes)) || may_be_too_deep(bytes)
}

/// Whether a line begins with so much white space and so many markers that lists
/// or quotes could nest deeper than is allowed.
fn may_be_too_deep(bytes: &[u8]) -> bool {
    let is_marker = |b: &&u8| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9');
    let is_long = |line: &[u8]| line.iter().take(2 * MAX_CONTAINERS).take_while(is_marker).count() >= MAX_CONTAINERS;
    is_long(bytes) || memchr::memchr2_iter(b'\n', b'\r', bytes).any(|at| is_long(&bytes[at + 1..]))
}
