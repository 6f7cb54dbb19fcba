//! What was found, and the text in which it stands: as the Markdown library reads it, told as places of the file.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::markdown::prepare::Prepared;
use crate::source::{SourcePath, Span};

/// The findings so far.
pub(super) struct Telling<'a> {
    pub(super) text: &'a str,
    /// Whether there is a character reference anywhere.
    pub(super) has_ampersand: bool,
    /// Whether there is a bar anywhere.
    pub(super) has_bar: bool,
    prepared: &'a Prepared<'a>,
    path: &'a SourcePath,
    pub(super) findings: Vec<Diagnostic>,
}

/// A stretch of the text and what is to stand there.
pub(super) struct Replacing {
    pub(super) range: Range<usize>,
    pub(super) written: String,
}

impl Replacing {
    /// An insertion.
    pub(super) fn insert(at: usize, written: impl Into<String>) -> Self {
        Self { range: at..at, written: written.into() }
    }

    /// A removal.
    pub(super) fn remove(range: Range<usize>) -> Self {
        Self { range, written: String::new() }
    }
}

impl<'a> Telling<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, path: &'a SourcePath) -> Self {
        let has_ampersand = memchr::memchr(b'&', prepared.text.as_bytes()).is_some();
        let has_bar = memchr::memchr(b'|', prepared.text.as_bytes()).is_some();
        Self { text: &prepared.text, has_ampersand, has_bar, prepared, path, findings: Vec::new() }
    }

    /// Tells what is wrong at a place, and what to do about it.
    pub(super) fn tell(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic::new(code, self.path, self.prepared.span(range), message);
        self.findings.push(finding.with_help(help));
    }

    /// Says what makes the last finding the same, whatever its message counts.
    pub(super) fn identify(&mut self, identity: &str) {
        if let Some(finding) = self.findings.last_mut() {
            finding.identity = Some(identity.into());
        }
    }

    /// Adds the edits that settle the last finding; they are in order. None are added where the text isn't the file's.
    pub(super) fn mend(&mut self, title: &str, rewrites: Vec<Replacing>) {
        let mut edits = Vec::with_capacity(rewrites.len());
        for Replacing { range, written } in rewrites {
            let span = self.span_as_written(&range);
            let Some(span) = span else { return };
            edits.push(Edit { span, replacement: written });
        }
        if let Some(finding) = self.findings.last_mut() {
            finding.fix = Some(Fix { title: title.to_owned(), edits });
        }
    }

    /// Adds edits to those of a finding, which come after them.
    pub(super) fn mend_more(&mut self, index: usize, rewrites: Vec<Replacing>) {
        let spans: Option<Vec<Span>> = rewrites.iter().map(|rewrite| self.span_as_written(&rewrite.range)).collect();
        let fix = self.findings.get_mut(index).and_then(|finding| finding.fix.as_mut());
        if let (Some(spans), Some(fix)) = (spans, fix) {
            let edits =
                spans.into_iter().zip(rewrites).map(|(span, rewrite)| Edit { span, replacement: rewrite.written });
            fix.edits.extend(edits);
        }
    }

    /// Where a range stands in the file, if the same is written there, and before it.
    fn span_as_written(&self, range: &Range<usize>) -> Option<Span> {
        let start = self.text[..range.start].char_indices().next_back().map_or(range.start, |(at, _)| at);
        let around = self.prepared.span(start..range.end);
        let same = self.prepared.source(around) == self.text.get(start..range.end)?;
        same.then(|| Span::new(around.end - range.len(), around.end))
    }

    /// The line of a place from there on, without its end.
    pub(super) fn line_from(&self, at: usize) -> &'a str {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        rest[..end].trim_end_matches('\r')
    }

    /// So much of it, at most: a line may be a whole book, and hold something in every word.
    pub(super) fn near(&self, at: usize, most: usize) -> &'a str {
        let mut end = at.saturating_add(most).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let rest = self.text.get(at..end).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    /// Where the line of a place begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |found| found + 1)
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// The character at a place.
    pub(super) fn after(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }
}
