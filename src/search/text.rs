//! A page's body turned into plain text, cut at its headings. Knows HTML only as far as needed to
//! leave it out.

use memchr::{memchr, memchr3, memmem};

use super::element::Element;
use super::reference::character;
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
        let mut reader = Reader {
            page,
            text: self,
            from: 0,
            next_heading: 0,
            place: Place::Text,
            tag: String::new(),
            in_heading: false,
        };
        reader.pieces(&page.body);
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

/// Where in the HTML the reader stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    /// Inside a tag; the quote that is open.
    Tag(Option<u8>),
    /// Inside a comment.
    Comment,
    /// Inside an element whose text nobody sees.
    Unseen,
}

struct Reader<'a> {
    page: &'a Page,
    text: &'a mut Text,
    /// Where the section that is being read begins.
    from: usize,
    /// The place in `Page::headings` of the next heading to come.
    next_heading: usize,
    place: Place,
    /// The tag that is being read, without its `<`.
    tag: String,
    in_heading: bool,
}

impl Reader<'_> {
    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html(html),
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
                Piece::Component { index, body } => {
                    let component = &self.page.components[*index];
                    if !component.inline {
                        self.space();
                    }
                    self.attributes(component);
                    self.pieces(body);
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

    fn html(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            rest = match self.place {
                Place::Text => self.read_text(rest),
                Place::Tag(quote) => self.read_tag(rest, quote),
                Place::Comment => self.skip_to(rest, "-->"),
                Place::Unseen => self.skip_to(rest, "</"),
            };
        }
    }

    fn read_text<'h>(&mut self, html: &'h str) -> &'h str {
        let bytes = html.as_bytes();
        let (mut from, mut at) = (0, 0);
        loop {
            while at < bytes.len() && !ENDS_TEXT[usize::from(bytes[at])] {
                at += 1;
            }
            self.plain(&html[from..at]);
            match bytes.get(at) {
                None => return "",
                Some(b'<') if !begins_tag(&bytes[at + 1..]) => {
                    self.seen("<");
                    at += 1;
                }
                Some(b'<') => {
                    let Some(length) = simple_tag(&bytes[at + 1..]) else { return self.open_tag(&html[at + 1..]) };
                    self.end_tag(&html[at + 1..at + 1 + length], "");
                    at += length + 2;
                    if self.place != Place::Text {
                        return &html[at..];
                    }
                }
                Some(b'&') => {
                    let (character, after) = character(&html[at + 1..]);
                    self.seen(character.encode_utf8(&mut [0; 4]));
                    at = html.len() - after.len();
                }
                Some(_) => {
                    self.space();
                    at += 1;
                }
            }
            from = at;
        }
    }

    /// What follows a `<`.
    fn open_tag<'h>(&mut self, html: &'h str) -> &'h str {
        if let Some(comment) = html.strip_prefix("!--") {
            self.place = Place::Comment;
            return comment;
        }
        self.place = Place::Tag(None);
        self.tag.clear();
        html
    }

    fn read_tag<'h>(&mut self, html: &'h str, quote: Option<u8>) -> &'h str {
        let at = match quote {
            Some(quote) => memchr(quote, html.as_bytes()),
            None => memchr3(b'>', b'"', b'\'', html.as_bytes()),
        };
        let Some(at) = at else {
            self.tag.push_str(html);
            return "";
        };
        self.tag.push_str(&html[..at]);
        match (quote, html.as_bytes()[at]) {
            (None, b'>') => {
                self.place = Place::Text;
                let tag = std::mem::take(&mut self.tag);
                let space = tag.bytes().position(|byte| byte.is_ascii_whitespace());
                let (name, attributes) = space.map_or((&*tag, ""), |at| (&tag[..at], &tag[at + 1..]));
                self.end_tag(name, attributes);
                self.tag = tag;
            }
            (None, quote) => {
                self.tag.push('"');
                self.place = Place::Tag(Some(quote));
            }
            (Some(_), _) => {
                self.tag.push('"');
                self.place = Place::Tag(None);
            }
        }
        &html[at + 1..]
    }

    fn skip_to<'h>(&mut self, html: &'h str, end: &str) -> &'h str {
        let Some(at) = memmem::find(html.as_bytes(), end.as_bytes()) else { return "" };
        if self.place == Place::Unseen {
            self.place = Place::Tag(None);
            self.tag.clear();
            self.tag.push('/');
        } else {
            self.place = Place::Text;
        }
        &html[at + end.len()..]
    }

    /// A tag was read to its end.
    fn end_tag(&mut self, name: &str, attributes: &str) {
        let closes = name.starts_with('/');
        let name = &name[usize::from(closes)..];
        let name = name.strip_suffix('/').unwrap_or(name);
        match Element::named(name) {
            Element::Unseen if !closes => self.place = Place::Unseen,
            Element::Heading if !closes => self.open_heading(attributes),
            Element::Heading => {
                self.in_heading = false;
                self.space();
            }
            Element::Inline => {}
            Element::Block | Element::Unseen => self.space(),
        }
    }

    /// A heading that has an id begins a section; another is text.
    fn open_heading(&mut self, attributes: &str) {
        self.space();
        let Some(heading) = self.page.headings.get(self.next_heading) else { return };
        let first = attributes.strip_prefix("id=\"").and_then(|id| id.strip_prefix(&*heading.id));
        let is_it = first.is_some_and(|rest| rest.starts_with('"'))
            || attributes.contains(&format!("id=\"{}\"", crate::html::escaped(&heading.id)));
        if !is_it {
            return;
        }
        let at = self.next_heading;
        self.next_heading += 1;
        if self.text.sections.len() < SECTIONS {
            self.in_heading = true;
            self.text.end_section();
            self.from = self.text.seen.len();
            self.text.sections.push(Bounds { heading: Some(at), seen: 0, code: 0 });
        }
    }
}

/// Whether two spaces stand together. It looks at all of a text at once, which is faster than looking for the first.
fn has_two_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, next)| found | ((*one == b' ') & (*next == b' ')))
}

/// What ends a stretch of text that is taken as it stands.
const ENDS_TEXT: [bool; 256] = {
    let mut table = [false; 256];
    table[b'<' as usize] = true;
    table[b'&' as usize] = true;
    table[b'\n' as usize] = true;
    table[b'\t' as usize] = true;
    table[b'\r' as usize] = true;
    table
};

/// Whether a tag or a comment begins with what follows a `<`; another one is a sign of the text.
fn begins_tag(html: &[u8]) -> bool {
    html.first().is_none_or(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// The length of a tag that is but a name, as most are, where it stands behind its `<`.
fn simple_tag(html: &[u8]) -> Option<usize> {
    let length = html.iter().take(12).position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'/')?;
    (html[length] == b'>').then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourcePath};

    fn read(markdown: &str) -> Vec<(String, String)> {
        let page = crate::page::parse(&Source { path: SourcePath::content("a.md"), text: markdown.into() });
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
