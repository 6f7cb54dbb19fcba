//! Pages that a text names in double square brackets: `[[ri-5]]`, `[[ri-5|with words of its own]]`. Which page is meant is
//! found out where all are known.

use std::ops::Range;

use super::collector::Collector;
use crate::page::facts::{Link, LinkKind, LinkSpan};
use crate::page::markdown::autolink;
use crate::page::markdown::nodes::Node;

/// The longest that can stand in the brackets.
const MAX_LENGTH: usize = 300;

/// A page that is named in a text.
pub(super) struct NamedPage {
    range: Range<usize>,
    name: Range<usize>,
    text: Option<Range<usize>>,
}

/// Whether a text may name a page.
pub(super) fn may_hold(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"[[").is_some()
}

/// All pages that a text names, in order.
pub(super) fn find(text: &str) -> Vec<NamedPage> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("[[").map(|at| from + at) {
        let inner = at + 2;
        from = inner;
        let Some(length) = text[inner..].find("]]").filter(|length| *length <= MAX_LENGTH) else { continue };
        let inside = &text[inner..inner + length];
        // With a `!` before it others would show the page itself.
        if inside.contains(['[', ']', '\n']) || text[..at].ends_with('!') {
            continue;
        }
        let (name, own) = inside.split_once('|').map_or((inside, None), |(name, own)| (name, Some(own)));
        if name.trim().is_empty() || own.is_some_and(|own| own.trim().is_empty()) {
            continue;
        }
        let name = trimmed(text, inner..inner + name.len());
        let text = own.map(|own| trimmed(text, inner + length - own.len()..inner + length));
        from = inner + length + 2;
        found.push(NamedPage { range: at..from, name, text });
    }
    found
}

/// A range without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

impl Collector<'_> {
    /// Writes a run of text with links where it names pages, and where addresses stand between them.
    pub(super) fn link_names(&mut self, joined: &str, named: Vec<NamedPage>, addresses: &[autolink::Found]) {
        if !named.is_empty() {
            self.say_without_brackets(joined, &named);
        }
        let mut done = 0;
        for page in named {
            let Some(whole) = self.as_written(joined, &page.range) else { continue };
            self.link_between(joined, done..page.range.start, addresses);
            done = page.range.end;
            let number = self.body.links.len();
            let text = page.text.map_or("", |text| &joined[text]);
            self.body.links.push(Link {
                kind: LinkKind::Named,
                target: joined[page.name].to_owned(),
                text: text.to_owned(),
                attributes: Vec::new(),
                span: LinkSpan { whole, place: whole, is_exact: false },
            });
            self.interrupt_anchor();
            self.push(Node::Link(number));
            if !text.is_empty() {
                self.push_text(text);
            }
            self.push(Node::LinkEnd(number));
        }
        self.link_between(joined, done..joined.len(), addresses);
    }

    /// Has what was said of a run (as the page's first words, or as a heading) name pages without brackets.
    fn say_without_brackets(&mut self, joined: &str, named: &[NamedPage]) {
        let (mut said, mut done) = (String::with_capacity(joined.len()), 0);
        for page in named {
            said.push_str(&joined[done..page.range.start]);
            said.push_str(&joined[page.text.clone().unwrap_or_else(|| page.name.clone())]);
            done = page.range.end;
        }
        said.push_str(&joined[done..]);
        for heard in self.prose.iter_mut().chain([&mut self.log]) {
            if let Some(before) = heard.strip_suffix(joined).map(str::len) {
                heard.truncate(before);
                heard.push_str(&said);
            }
        }
    }

    /// A stretch of the run with links where addresses stand.
    fn link_between(&mut self, joined: &str, stretch: Range<usize>, addresses: &[autolink::Found]) {
        let inside = |found: &&autolink::Found| found.range.start >= stretch.start && found.range.end <= stretch.end;
        let inside: Vec<&autolink::Found> = addresses.iter().filter(inside).collect();
        self.link_addresses(joined, stretch.clone(), &inside);
    }

    /// A code span that may be what a page is called: a link around it, which shows nothing where it is none.
    pub(super) fn link_code(&mut self, code: &str, range: Range<usize>) -> Option<usize> {
        let may_be_name = code.len() <= MAX_LENGTH && !code.contains(char::is_whitespace);
        if !may_be_name || !self.links.is_empty() {
            return None;
        }
        let whole = self.prepared.span(range);
        let span = LinkSpan { whole, place: whole, is_exact: false };
        let (target, attributes) = (code.to_owned(), Vec::new());
        self.body.links.push(Link { kind: LinkKind::Code, text: code.to_owned(), target, attributes, span });
        Some(self.body.links.len() - 1)
    }
}
