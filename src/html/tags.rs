//! The tags of a text, one after the other, past comments and past elements whose content is text. Builds no tree and
//! reads each byte once, or, where tags turn out to be none, not much more often.

use std::ops::Range;

use super::elements;
use super::tag::{self, Syntax, Tag};

/// What begins with a `<`.
#[derive(Debug, PartialEq)]
pub(crate) enum Token {
    /// A start or an end tag.
    Tag(Tag),
    /// `<!-- … -->`, or what never ends of one.
    Comment(Range<usize>),
    /// A sign that begins nothing: where it stands.
    Sign(usize),
}

/// The tags and comments of a text, in order.
pub(crate) fn tokens(text: &str, syntax: Syntax) -> Tokens<'_> {
    // Bytes that may still be read in vain for tags that turn out to be none.
    let budget = text.len().saturating_mul(4) + (1 << 16);
    Tokens { text, at: 0, syntax, budget }
}

/// The tags of finished HTML as a browser sees them, in order: for what is asked of the output as a whole.
pub(crate) fn tags(html: &str) -> impl Iterator<Item = Tag> {
    tokens(html, Syntax::Html).filter_map(|token| match token {
        Token::Tag(tag) => Some(tag),
        Token::Comment(_) | Token::Sign(_) => None,
    })
}

/// The ids that HTML brings, as a browser sees them.
pub(crate) fn ids(html: &str) -> impl Iterator<Item = &str> {
    tags(html).flat_map(move |tag| ids_of(html, &tag).collect::<Vec<_>>())
}

/// The ids that a tag brings: `id="…"` and, as of old, `<a name="…">`, each of which links can name.
pub(crate) fn ids_of<'a>(text: &'a str, tag: &Tag) -> impl Iterator<Item = &'a str> {
    /// No id is longer.
    const LONGEST: usize = 200;
    let ids = if tag.attributes.is_empty() { [None, None] } else { ["id", "name"].map(|name| tag.get(text, name)) };
    ids.into_iter().flatten().filter(|id| !id.is_empty() && id.len() <= LONGEST)
}

/// What `tokens` gives.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    syntax: Syntax,
    budget: usize,
}

impl Tokens<'_> {
    /// Where the next one is looked for: after the last one, and after the text in it if it is an element of text.
    pub(crate) fn place(&self) -> usize {
        self.at
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let start = self.at + memchr::memchr(b'<', &bytes[self.at..]).filter(|_| self.budget > 0)?;
        if bytes[start..].starts_with(b"<!--") {
            let end = memchr::memmem::find(&bytes[start + 2..], b"-->");
            self.at = end.map_or(bytes.len(), |length| start + length + 5);
            return Some(Token::Comment(start..self.at));
        }
        Some(match tag::read(self.text, start, self.syntax) {
            Ok(tag) => {
                self.at = after_text(self.text, &tag);
                Token::Tag(tag)
            }
            Err(stop) => {
                self.budget = self.budget.saturating_sub(stop.saturating_sub(start));
                // What a browser finds no end of, it drops with all that follows.
                let is_lost = self.syntax == Syntax::Html && stop == bytes.len();
                self.at = if is_lost { stop } else { start + 1 };
                Token::Sign(start)
            }
        })
    }
}

/// After a tag and, where it is of an element whose content is text, after that.
fn after_text(text: &str, tag: &Tag) -> usize {
    let name = &text[tag.name.clone()];
    if tag.closing || !elements::holds_raw_text(name) {
        return tag.end;
    }
    let bytes = text.as_bytes();
    let is_end = |at: &usize| {
        bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut ends = memchr::memmem::find_iter(&bytes[tag.end..], b"</").map(|at| tag.end + at);
    ends.find(is_end).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let told = |tag: Tag| {
            let end = if tag.closing { "/" } else { "" };
            let names = tag.attributes.iter().map(|attribute| &html[attribute.name.clone()]);
            let attributes = names.map(|name| format!(" {name}={}", tag.get(html, name).unwrap_or_default()));
            format!("{end}{}{}", &html[tag.name.clone()], attributes.collect::<String>())
        };
        tags(html).map(told).collect()
    }

    #[test]
    fn tags_are_told_with_their_attributes() {
        let html = "<p id=\"a>b\" class=c>1 < 2<br/><IMG src='x' alt></p>";
        assert_eq!(told(html), ["p id=a>b class=c", "br", "IMG src=x alt=", "/p"]);
    }

    #[test]
    fn ids_are_found_however_they_are_written() {
        let html = "<p id=\"a\">id=x<i class=x ID='b'><a\nname=c></a><td id=d id=e><!-- <p id=f> --></td id=''>";
        assert_eq!(ids(html).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn text_and_comments_hold_no_tags() {
        let html = "<!-- <b> --><script>'<i>'</script><style></style ><u>";
        assert_eq!(told(html), ["script", "/script", "style", "/style", "u"]);
    }

    #[test]
    fn what_never_ends_is_no_tag() {
        for html in ["<", "<a", "<a b", "<a b=", "<a b=\"", "<a =", "</", "<!--", "<script>", "<é>", "<a é=é"] {
            assert!(told(html).len() <= 1, "{html}");
        }
    }

    #[test]
    fn places_are_those_of_the_value() {
        let html = "<a\n href = 'x y'>";
        let tag = tags(html).next().unwrap();
        let value = tag.attributes[0].value.plain().unwrap();
        assert_eq!((&html[tag.name.clone()], &html[value.clone()]), ("a", "x y"));
    }
}
