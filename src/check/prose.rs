//! A page's text with its prose told from its front matter, code, comments and
//! tags, so that rules about words never speak of an example. Knows no Markdown: the page
//! says where its code and its comments stand.

use super::pairs::BytePairs;
use crate::page::{Formula, Page};
use crate::source::Span;

/// A page's text and which bytes of it are prose.
pub struct Prose<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Where the body begins.
    pub body: usize,
    /// What is not prose, in order, without overlaps: code, comments and formulas.
    pub hidden: Vec<Span>,
    /// The comments among what is hidden.
    pub comments: &'a [Span],
    formulas: &'a [Formula],
    /// The lines of the body.
    pub lines: Vec<Line<'a>>,
    pairs: BytePairs,
}

/// A line of the body.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Where it begins in the file.
    pub start: usize,
    /// Its text, without its end.
    pub text: &'a str,
    /// Whether it begins inside code or a comment.
    pub hidden: bool,
}

impl Line<'_> {
    /// The bytes of the line.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

impl<'a> Prose<'a> {
    /// Finds what is prose in a page.
    pub fn read(page: &'a Page) -> Self {
        let (text, body) = (&*page.text, Self::body_of(page));
        let blocks = page.code.iter().map(|code| code.span).filter(|span| span.end <= text.len());
        let mut hidden: Vec<Span> = blocks
            .chain(page.code_spans.iter().chain(&page.comments).copied())
            .chain(page.formulas.iter().map(|formula| formula.span))
            .collect();
        hidden.sort_unstable();
        hidden.dedup_by(|next, before| {
            let inside = next.start < before.end;
            if inside {
                before.end = before.end.max(next.end);
            }
            inside
        });
        let lines = lines(text, body, &hidden);
        Self {
            text,
            body,
            hidden,
            comments: &page.comments,
            formulas: &page.formulas,
            lines,
            pairs: BytePairs::of(text.as_bytes()),
        }
    }

    /// Where the body of a page begins.
    pub(super) fn body_of(page: &Page) -> usize {
        // A byte-order mark is nothing that a writer wrote.
        let mark = page.text.len() - page.text.trim_start_matches('\u{feff}').len();
        page.body_start.max(mark)
    }

    /// Where something of two bytes or more stands in the body, hidden or not.
    pub(super) fn places(&self, wanted: &str) -> std::vec::IntoIter<usize> {
        if !self.pairs.may_hold(wanted) {
            return Vec::new().into_iter();
        }
        let found = memchr::memmem::find_iter(&self.text.as_bytes()[self.body..], wanted).map(|at| self.body + at);
        found.collect::<Vec<_>>().into_iter()
    }

    /// Whether the body, or the front matter, holds something of two bytes or more.
    pub(super) fn holds(&self, wanted: &str) -> bool {
        self.pairs.may_hold(wanted) && memchr::memmem::find(self.text.as_bytes(), wanted.as_bytes()).is_some()
    }

    /// Whether the text may hold something of two bytes or more.
    pub(super) fn may_hold(&self, wanted: &str) -> bool {
        self.pairs.may_hold(wanted)
    }

    /// Whether a formula in some bytes holds a bar, which is no border of cells.
    pub(super) fn holds_bar_in_formula(&self, span: Span) -> bool {
        let within = |formula: &&Formula| formula.span.start >= span.start && formula.span.end <= span.end;
        self.formulas.iter().filter(within).any(|formula| formula.tex.contains('|'))
    }

    /// Whether a byte lies in code or a comment.
    pub fn is_hidden(&self, offset: usize) -> bool {
        let after = self.hidden.partition_point(|span| span.end <= offset);
        self.hidden.get(after).is_some_and(|span| span.start <= offset)
    }
}

/// The lines from `body` on.
fn lines<'a>(text: &'a str, body: usize, hidden: &[Span]) -> Vec<Line<'a>> {
    let bytes = text.as_bytes();
    let mut hidden = hidden.iter().peekable();
    let mut lines = Vec::with_capacity((bytes.len() - body) / 32);
    let mut start = body;
    let last = (!text.ends_with('\n')).then_some(bytes.len());
    for end in memchr::memchr_iter(b'\n', &bytes[body..]).map(|at| body + at).chain(last) {
        while hidden.next_if(|span| span.end <= start).is_some() {}
        let hidden = hidden.peek().is_some_and(|span| span.start <= start);
        let returns = bytes[start..end].iter().rev().take_while(|&&b| b == b'\r').count();
        lines.push(Line { start, text: &text[start..end - returns], hidden });
        start = end + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourcePath};

    #[test]
    fn code_and_comments_are_not_prose() {
        let text = "---\nid: `a`\n---\na `b` \\`c <!-- d --> `e\n\nf` {/* g */}\n\n![`h`](i)\n\n```\n<!-- j -->\n```\n";
        let page = crate::page::parse(
            &Source { path: SourcePath::content("a.md"), text: text.into() },
            crate::page::Dialect::OWN,
        );
        let prose = Prose::read(&page);
        let of = |spans: &[Span]| spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(&prose.hidden), ["`b`", "<!-- d -->", "{/* g */}", "`h`", "```\n<!-- j -->\n```"]);
        assert_eq!(of(prose.comments), ["<!-- d -->", "{/* g */}"]);
    }
}
