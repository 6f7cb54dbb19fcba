//! A page's body turned into plain text, cut at its headings.

use crate::html::text::{self, Stretches};
use crate::page::{Component, Heading, Page, Piece};

/// A component's attributes that readers see as text.
const SEEN: [&str; 8] = ["title", "name", "label", "caption", "summary", "text", "description", "heading"];

/// What of a code block is searched for.
const CODE: usize = 2_000;

/// So many sections a page has at most; what follows belongs to the last.
const SECTIONS: usize = 200;

/// A page's text, and where its sections end in it. One is filled with page after page.
#[derive(Default)]
pub struct Text {
    seen: String,
    code: String,
    sections: Vec<Bounds>,
}

struct Bounds {
    /// The place in `Page::headings`; none for what stands before the first.
    heading: Option<usize>,
    seen: usize,
    code: usize,
}

/// A stretch of a page under one heading; the first one stands before any heading.
pub struct Section<'a> {
    /// The heading, but for the first.
    pub heading: Option<&'a Heading>,
    /// What a reader sees.
    pub seen: &'a str,
    /// Code, of which only words count.
    pub code: &'a str,
}

impl Text {
    /// Reads a page's body in the place of what was read before.
    pub fn read(&mut self, page: &Page) {
        self.seen.clear();
        self.code.clear();
        self.sections.clear();
        self.sections.push(Bounds { heading: None, seen: 0, code: 0 });
        let mut reader = Reader { page, text: self, from: 0, in_heading: false };
        reader.pieces(&page.body, &mut Stretches::default());
        self.end_section();
    }

    /// The sections of the page that was read, in order; at least one.
    pub fn sections<'a>(&'a self, page: &'a Page) -> impl ExactSizeIterator<Item = Section<'a>> {
        (0..self.sections.len()).map(move |at| {
            let bounds = &self.sections[at];
            let before = at.checked_sub(1).map(|before| &self.sections[before]);
            Section {
                heading: bounds.heading.and_then(|heading| page.headings.get(heading)),
                seen: self.seen[before.map_or(0, |before| before.seen)..bounds.seen].trim_ascii(),
                code: &self.code[before.map_or(0, |before| before.code)..bounds.code],
            }
        })
    }

    fn end_section(&mut self) {
        if let Some(last) = self.sections.last_mut() {
            (last.seen, last.code) = (self.seen.len(), self.code.len());
        }
    }
}

struct Reader<'a> {
    page: &'a Page,
    text: &'a mut Text,
    /// Where the section that is being read begins.
    from: usize,
    in_heading: bool,
}

impl Reader<'_> {
    fn pieces(&mut self, pieces: &[Piece], html: &mut Stretches) {
        for piece in pieces {
            match piece {
                Piece::Html(stretch) => html.read(stretch, self),
                Piece::Heading(heading) => self.open_heading(*heading),
                Piece::HeadingEnd(_) => {
                    self.in_heading = false;
                    self.space();
                }
                Piece::Link(_) | Piece::LinkEnd(_) | Piece::Address(_) | Piece::Table | Piece::TableEnd => {}
                Piece::Image(at) => {
                    self.space();
                    self.seen(&self.page.links[*at].text);
                    self.space();
                }
                Piece::Code(at) => {
                    let code = &self.page.code[*at].text;
                    let end = if code.len() > CODE { code.char_indices().nth(CODE) } else { None };
                    self.text.code.push_str(&code[..end.map_or(code.len(), |(end, _)| end)]);
                    self.text.code.push('\n');
                }
                Piece::Formula(at) => {
                    self.space();
                    self.seen(&self.page.formulas[*at].tex);
                    self.space();
                }
                Piece::Component { index, body } => {
                    let component = &self.page.components[*index];
                    if !component.inline {
                        self.space();
                    }
                    self.attributes(component);
                    self.pieces(body, html);
                    if !component.inline {
                        self.space();
                    }
                }
            }
        }
    }

    fn attributes(&mut self, component: &Component) {
        for attribute in component.attributes.iter().filter(|attribute| SEEN.contains(&attribute.name.as_str())) {
            if let Some(text) = attribute.value.as_str() {
                self.seen(text);
                self.space();
            }
        }
    }

    fn space(&mut self) {
        let seen = &mut self.text.seen;
        if !self.in_heading && seen.len() > self.from && !seen.ends_with(' ') {
            seen.push(' ');
        }
    }

    /// Adds what a reader sees; white space is one space, and the heading's own text stands elsewhere.
    fn seen(&mut self, text: &str) {
        for (at, part) in text.split(['\n', '\t', '\r']).enumerate() {
            if at > 0 {
                self.space();
            }
            self.plain(part);
        }
    }

    /// The same for text whose only white space is spaces.
    fn plain(&mut self, text: &str) {
        if self.in_heading || text.is_empty() {
            return;
        }
        let mut text = text;
        if let Some(after) = text.strip_prefix(' ') {
            self.space();
            text = after;
        }
        if !text.starts_with(' ') && !has_two_spaces(text) {
            return self.text.seen.push_str(text);
        }
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                self.space();
            }
            self.text.seen.push_str(word);
        }
    }

    /// A heading begins a section; where there are too many, it is text.
    fn open_heading(&mut self, heading: usize) {
        self.space();
        if self.text.sections.len() < SECTIONS {
            self.in_heading = true;
            self.text.end_section();
            self.from = self.text.seen.len();
            self.text.sections.push(Bounds { heading: Some(heading), seen: 0, code: 0 });
        }
    }
}

impl text::Reader for Reader<'_> {
    fn text(&mut self, text: &str) {
        self.plain(text);
    }

    fn character(&mut self, character: char) {
        self.seen(character.encode_utf8(&mut [0; 4]));
    }

    fn space(&mut self) {
        Self::space(self);
    }
}

/// Whether two spaces stand together. It looks at all of a text at once, which is faster than looking for the first.
fn has_two_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, next)| found | ((*one == b' ') & (*next == b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourcePath};

    fn read(markdown: &str) -> Vec<(String, String)> {
        let page = crate::page::parse(
            &Source { path: SourcePath::content("a.md"), text: markdown.into() },
            crate::page::Dialect::OWN,
        );
        let mut text = Text::default();
        text.read(&page);
        let heading = |section: &Section<'_>| section.heading.map_or(String::new(), |heading| heading.text.clone());
        text.sections(&page).map(|section| (heading(&section), section.seen.to_owned())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn headings_cut_a_page_and_markup_is_left_out() {
        let markdown = "Before &amp; *after*s.\n\n## One [two](x.md)\n\nA | B\n--|--\nc | `d<e`\n\n<script>no()</script>\n\n\
            ### Three\n\n<!-- not -->seen <b title=\"a > b\">bold</b>";
        let expected = [("", "Before & afters."), ("One two", "A B c d<e"), ("Three", "seen bold")];
        assert_eq!(read(markdown), pairs(&expected));
    }

    #[test]
    fn what_is_inside_a_component_counts() {
        let markdown = "<BoxOut title=\"Said\">\n\n## Inside\n\nText\n\n</BoxOut>\n\nAfter";
        assert_eq!(read(markdown), pairs(&[("", "Said"), ("Inside", "Text After")]));
    }

    #[test]
    fn hostile_markup_is_read_to_its_end() {
        let all = [
            ("<", "<"),
            ("<a href='", "<a href='"),
            ("<!--", ""),
            ("seen\n\n<!-- not", "seen"),
            ("<script>", ""),
            ("&#x110000; &#; &zzzzzzzzzzzzzz; end", "\u{fffd} &#; &zzzzzzzzzzzzzz; end"),
            ("<h2 id=\"", ""),
            ("</h2>x", "x"),
            ("<div>a < b <c", "a < b"),
            ("<div title=\"", ""),
        ];
        for (markdown, seen) in all {
            assert_eq!(read(markdown), pairs(&[("", seen)]), "{markdown}");
        }
    }

    #[test]
    fn white_space_is_one_space() {
        let html = "<div>\n  one   two\t three\r\n <b> four </b> <i>five</i>six\n\n</div>\n";
        assert_eq!(read(html), pairs(&[("", "one two three four fivesix")]));
    }

    #[test]
    fn a_page_of_a_thousand_headings_has_bounded_sections_and_all_of_its_text() {
        let markdown: String = (0..1000).map(|at| format!("## H{at}\n\nt{at}\n\n")).collect();
        let sections = read(&markdown);
        assert_eq!(sections.len(), SECTIONS);
        assert!(sections[SECTIONS - 1].1.ends_with("H999 t999"));
    }
}
