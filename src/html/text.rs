//! The text of HTML that comes in stretches, which may end within a tag, too, but not within its name. Knows of the rest only as much as
//! is needed to leave it out; most of a page comes by here, so what is usual is told at a glance.

use memchr::{memchr, memchr3, memmem};

use super::elements::Effect;
use super::reference::character;

/// Who hears the text.
pub(crate) trait Reader {
    /// Text whose only white space is spaces.
    fn text(&mut self, text: &str);

    /// A character that was written as a reference, or a sign that begins no tag.
    fn character(&mut self, character: char);

    /// White space, or an element that parts words.
    fn space(&mut self);
}

/// Who wants no more than the text.
impl Reader for String {
    fn text(&mut self, text: &str) {
        self.push_str(text);
    }

    fn character(&mut self, character: char) {
        self.push(character);
    }

    fn space(&mut self) {
        self.push(' ');
    }
}

/// Where in the HTML the next stretch begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Stretches {
    place: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Place {
    #[default]
    Text,
    /// Inside a tag; the quote that is open, and what its element does.
    Tag { quote: Option<u8>, effect: Effect, closes: bool },
    /// Inside a comment.
    Comment,
    /// Inside an element whose text nobody sees.
    Unseen,
}

impl Stretches {
    /// Reads the next stretch.
    pub(crate) fn read(&mut self, html: &str, reader: &mut impl Reader) {
        let mut rest = html;
        while !rest.is_empty() {
            rest = match self.place {
                Place::Text => self.text(rest, reader),
                Place::Tag { quote, effect, closes } => {
                    let at = match quote {
                        Some(quote) => memchr(quote, rest.as_bytes()),
                        None => memchr3(b'>', b'"', b'\'', rest.as_bytes()),
                    };
                    let Some(at) = at else { return };
                    match (quote, rest.as_bytes()[at]) {
                        (None, b'>') => self.end_tag(effect, closes, reader),
                        (None, opened) => self.place = Place::Tag { quote: Some(opened), effect, closes },
                        (Some(_), _) => self.place = Place::Tag { quote: None, effect, closes },
                    }
                    &rest[at + 1..]
                }
                Place::Comment => {
                    let Some(at) = memmem::find(rest.as_bytes(), b"-->") else { return };
                    self.place = Place::Text;
                    &rest[at + 3..]
                }
                Place::Unseen => {
                    let Some(at) = memmem::find(rest.as_bytes(), b"</") else { return };
                    self.place = Place::Text;
                    &rest[at..]
                }
            };
        }
    }

    fn text<'h>(&mut self, html: &'h str, reader: &mut impl Reader) -> &'h str {
        let bytes = html.as_bytes();
        let (mut from, mut at) = (0, 0);
        loop {
            while at < bytes.len() && !ENDS_TEXT[usize::from(bytes[at])] {
                at += 1;
            }
            reader.text(&html[from..at]);
            match bytes.get(at) {
                None => return "",
                Some(b'<') if !begins_tag(&bytes[at + 1..]) => {
                    reader.character('<');
                    at += 1;
                }
                Some(b'<') => {
                    let Some(length) = simple_tag(&bytes[at + 1..]) else { return self.open_tag(&html[at + 1..]) };
                    let (effect, closes) = named(&html[at + 1..at + 1 + length]);
                    self.end_tag(effect, closes, reader);
                    at += length + 2;
                    if self.place != Place::Text {
                        return &html[at..];
                    }
                }
                Some(b'&') => {
                    let (meant, after) = character(&html[at + 1..]);
                    reader.character(meant);
                    at = html.len() - after.len();
                }
                Some(_) => {
                    reader.space();
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
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'"' | b'\'');
        let length = html.bytes().position(|byte| ends(&byte)).unwrap_or(html.len());
        let (effect, closes) = named(&html[..length]);
        self.place = Place::Tag { quote: None, effect, closes };
        &html[length..]
    }

    /// A tag was read to its end.
    fn end_tag(&mut self, effect: Effect, closes: bool, reader: &mut impl Reader) {
        self.place = Place::Text;
        match effect {
            Effect::Hides if !closes => self.place = Place::Unseen,
            Effect::Nothing => {}
            Effect::PartsWords | Effect::Hides => reader.space(),
        }
    }
}

/// What an element does, and whether its tag closes it, by what stands in the tag up to white space.
fn named(written: &str) -> (Effect, bool) {
    let name = written.strip_prefix('/').unwrap_or(written);
    (Effect::of(name.strip_suffix('/').unwrap_or(name)), name.len() < written.len())
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

    struct Heard(String);

    impl Reader for Heard {
        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }

        fn character(&mut self, character: char) {
            self.0.push(character);
        }

        fn space(&mut self) {
            self.0.push('·');
        }
    }

    #[test]
    fn a_stretch_may_end_in_a_tag() {
        let html = "a<b class=\"x>\">b</b>c<p title='\"'>d<!-- <i> -->&amp;<style>p{}</style>e <\nf<br/>g";
        let whole = "abc·d&·e <·f·g";
        let may_end = |at: &usize| html[..*at].ends_with(['x', '>', 'c', 'd', 'e', ' ']);
        for at in (0..html.len()).filter(may_end) {
            let (mut stretches, mut heard) = (Stretches::default(), Heard(String::new()));
            stretches.read(&html[..at], &mut heard);
            stretches.read(&html[at..], &mut heard);
            assert_eq!(heard.0, whole, "{}|{}", &html[..at], &html[at..]);
        }
    }
}
