//! The tags of finished HTML with their attributes, one after the other, as a browser would see
//! them. For what is asked of the output as a whole: which hosts it loads from, and what ids it has.
//! Builds no tree and reads each byte once.

use std::ops::Range;

/// Elements whose content is text up to their end tag.
const RAW_TEXT: [&str; 5] = ["script", "style", "textarea", "title", "iframe"];

/// A start or an end tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Where the name stands.
    pub at: Range<usize>,
    /// Whether it is an end tag.
    pub is_end: bool,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute as written, with nothing decoded.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value; empty where there is none.
    pub value: &'a str,
    /// Where the value stands, without quotes.
    pub at: Range<usize>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, without regard to case.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name)).map(|found| found.value)
    }
}

/// The tags of a text, in order.
pub fn tags(html: &str) -> Tags<'_> {
    Tags { html, at: 0 }
}

/// What `tags` gives.
#[derive(Debug)]
pub struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let open = self.at + self.html.get(self.at..)?.find('<')?;
            let rest = &self.html[open..];
            if rest.starts_with("<!--") {
                self.at = open + rest.find("-->")? + 3;
                continue;
            }
            let is_end = rest.starts_with("</");
            let start = open + if is_end { 2 } else { 1 };
            if !self.html[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at = start;
                continue;
            }
            let length = self.html[start..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))?;
            let at = start..start + length;
            self.at = at.end;
            let attributes = self.attributes()?;
            let tag = Tag { name: &self.html[at.clone()], at, is_end, attributes };
            if !is_end && RAW_TEXT.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
                self.skip_text(tag.name);
            }
            return Some(tag);
        }
    }
}

impl<'a> Tags<'a> {
    /// What stands up to the tag's `>`; nothing where the text ends before.
    fn attributes(&mut self) -> Option<Vec<Attribute<'a>>> {
        let html = self.html;
        let mut found = Vec::new();
        loop {
            self.at += html[self.at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
            if html[self.at..].starts_with('>') {
                self.at += 1;
                return Some(found);
            }
            let start = self.at;
            // An attribute may begin with `=`, as browsers read it.
            let first = html[start..].chars().next().map_or(1, char::len_utf8);
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '>');
            self.at = start + first + html[start + first..].find(ends)?;
            let name = &html[start..self.at];
            let after = self.at + html[self.at..].find(|c: char| !c.is_ascii_whitespace())?;
            if !html[after..].starts_with('=') {
                found.push(Attribute { name, value: "", at: self.at..self.at });
                continue;
            }
            let value = after + 1 + html[after + 1..].find(|c: char| !c.is_ascii_whitespace())?;
            let quote = html[value..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let at = match quote {
                Some(quote) => value + 1..value + 1 + html[value + 1..].find(quote)?,
                None => value..value + html[value..].find(|c: char| c.is_ascii_whitespace() || c == '>')?,
            };
            self.at = at.end + usize::from(quote.is_some());
            found.push(Attribute { name, value: &html[at.clone()], at });
        }
    }

    fn skip_text(&mut self, name: &str) {
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(found) = self.html[at..].find("</") {
            let start = at + found + 2;
            let end = start + name.len();
            if bytes.get(start..end).is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes())) {
                self.at = at + found;
                return;
            }
            at = start;
        }
        self.at = self.html.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let told = |tag: Tag<'_>| {
            let end = if tag.is_end { "/" } else { "" };
            let attributes = tag.attributes.iter().map(|it| format!(" {}={}", it.name, it.value));
            format!("{end}{}{}", tag.name, attributes.collect::<String>())
        };
        tags(html).map(told).collect()
    }

    #[test]
    fn tags_are_told_with_their_attributes() {
        let html = "<p id=\"a>b\" class=c>1 < 2<br/><IMG src='x' alt></p>";
        assert_eq!(told(html), ["p id=a>b class=c", "br", "IMG src=x alt=", "/p"]);
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
        assert_eq!((&html[tag.at.clone()], &html[tag.attributes[0].at.clone()]), ("a", "x y"));
    }
}
