//! A page's body turned into plain text, cut at its headings. Knows HTML only as far as needed to
//! leave it out.

use std::borrow::Cow;

use crate::page::{Component, Page, Piece};

/// A component's attributes that readers see as text.
const SEEN: [&str; 8] = ["title", "name", "label", "caption", "summary", "text", "description", "heading"];

/// Elements that stand within a word or between words as they are written.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// What of a code block is searched for.
const CODE: usize = 2_000;

/// A stretch of a page under one heading; the first one stands before any heading.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading's id; empty for the first.
    pub id: String,
    /// The heading's text.
    pub heading: String,
    /// What a reader sees.
    pub text: String,
    /// Code, of which only words count.
    pub code: String,
}

/// The sections of a page, in order; at least one.
pub fn sections(page: &Page) -> Vec<Section> {
    let mut reader = Reader {
        page,
        sections: vec![Section::default()],
        next_heading: 0,
        place: Place::Text,
        tag: String::new(),
        in_heading: false,
    };
    reader.pieces(&page.body);
    reader.sections
}

/// Where in the HTML the reader stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    /// Inside a tag; the quote that is open.
    Tag(Option<char>),
    /// Inside a comment.
    Comment,
    /// Inside an element whose text nobody sees.
    Unseen,
}

struct Reader<'a> {
    page: &'a Page,
    sections: Vec<Section>,
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
                Piece::Link(_) | Piece::LinkEnd(_) | Piece::Address(_) => {}
                Piece::Image(at) => {
                    self.text(" ");
                    self.text(&self.page.links[*at].text);
                    self.text(" ");
                }
                Piece::Code(at) => {
                    let code = &self.page.code[*at];
                    self.section().code.extend(code.text.chars().take(CODE));
                    self.section().code.push('\n');
                }
                Piece::Component { index, body } => {
                    let component = &self.page.components[*index];
                    if !component.inline {
                        self.text(" ");
                    }
                    self.attributes(component);
                    self.pieces(body);
                    if !component.inline {
                        self.text(" ");
                    }
                }
            }
        }
    }

    fn attributes(&mut self, component: &Component) {
        for attribute in component.attributes.iter().filter(|attribute| SEEN.contains(&attribute.name.as_str())) {
            if let Some(text) = attribute.value.as_str() {
                self.text(text);
                self.text(" ");
            }
        }
    }

    fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    /// Adds what a reader sees; white space is one space, and the heading's own text stands elsewhere.
    fn text(&mut self, text: &str) {
        if self.in_heading {
            return;
        }
        let out = &mut self.section().text;
        for c in text.chars() {
            if c.is_whitespace() {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            } else {
                out.push(c);
            }
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
        let Some(at) = html.find('<') else {
            self.text(&decoded(html));
            return "";
        };
        self.text(&decoded(&html[..at]));
        let rest = &html[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            self.place = Place::Comment;
            return comment;
        }
        self.place = Place::Tag(None);
        self.tag.clear();
        rest
    }

    fn read_tag<'h>(&mut self, html: &'h str, quote: Option<char>) -> &'h str {
        let ends: &[char] = match quote {
            Some('"') => &['"'],
            Some(_) => &['\''],
            None => &['>', '"', '\''],
        };
        let Some(at) = html.find(ends) else {
            self.tag.push_str(html);
            return "";
        };
        let found = html.as_bytes()[at] as char;
        self.tag.push_str(&html[..at]);
        match (quote, found) {
            (None, '>') => {
                self.place = Place::Text;
                self.end_tag();
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
        let Some(at) = html.find(end) else { return "" };
        if self.place == Place::Unseen {
            self.place = Place::Tag(None);
            self.tag = "/".into();
        } else {
            self.place = Place::Text;
        }
        &html[at + end.len()..]
    }

    /// A tag was read to its end.
    fn end_tag(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        let (name, attributes) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((&tag, ""));
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        let is_heading = |name: &str| matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
        if matches!(name.as_str(), "script" | "style" | "template") {
            self.place = Place::Unseen;
        } else if is_heading(&name) {
            self.open_heading(attributes);
        } else if name.strip_prefix('/').is_some_and(is_heading) {
            self.in_heading = false;
            self.text(" ");
        } else if !INLINE.contains(&name.trim_start_matches('/')) {
            self.text(" ");
        }
    }

    /// A heading that has an id begins a section; another is text.
    fn open_heading(&mut self, attributes: &str) {
        self.text(" ");
        let headings = &self.page.headings;
        let Some(heading) = headings.get(self.next_heading) else { return };
        let mark = format!("id=\"{}\"", crate::render::href::escaped(&heading.id));
        if !attributes.contains(&mark) {
            return;
        }
        self.next_heading += 1;
        self.in_heading = true;
        self.sections.push(Section { id: heading.id.clone(), heading: heading.text.clone(), ..Section::default() });
    }
}

/// Text with its character references read; one that isn't known becomes a space.
fn decoded(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.map(|end| (character(&rest[..end]), end)) {
            Some((read, end)) => {
                out.push(read);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> char {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        _ => match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => number(&hex[1..], 16).unwrap_or(' '),
            Some(digits) => number(digits, 10).unwrap_or(' '),
            None => ' ',
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourcePath};

    fn read(markdown: &str) -> Vec<(String, String)> {
        let page = crate::page::parse(&Source { path: SourcePath::content("a.md"), text: markdown.into() });
        let sections = sections(&page).into_iter();
        sections.map(|section| (section.heading, section.text.trim().to_owned())).collect()
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
        for markdown in ["<", "<a href='", "<!--", "<script>", "&#x110000; &#; &zzzzzzzzzzzzzz;", "<h2 id=\"", "</h2>x"]
        {
            let _ = read(markdown);
        }
    }
}
