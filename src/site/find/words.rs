//! Words looked for in what readers see of a page: its title, its description and its text.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::super::published::Published;
use super::super::{Edition, PageId};
use super::sets::Ready;
use crate::html::text::{Reader, Stretches};
use crate::page::{Page, Piece};
use crate::query::Wildcards;

/// The pages that hold some words beside each other, in capitals or not. A star stands for the rest of a word.
pub(super) fn holding<'a>(site: &'a Edition, pattern: &Wildcards) -> Ready<'a> {
    let words = WordsAsked::of(pattern);
    let seen = |id: PageId| site.found_out.words[id].get_or_init(|| seen(&site.pages[id]).into());
    Ready::Costly(Box::new(move |id: PageId| words.stand_in(seen(id))))
}

/// The pages whose titles hold some words beside each other.
pub(super) fn in_title<'a>(site: &'a Edition, pattern: &Wildcards) -> Ready<'a> {
    let is_like = title_test(pattern);
    Ready::Each(Box::new(move |id: PageId| is_like(&site.pages[id].title)))
}

/// Whether some words stand beside each other in a title.
pub(super) fn title_test(pattern: &Wildcards) -> impl Fn(&str) -> bool + Send + Sync + use<> {
    let words = WordsAsked::of(pattern);
    move |title| words.stand_in(&plain(title))
}

/// Stands between what isn't one text, though one follows the other.
const APART: char = '\n';

/// What is looked for.
struct WordsAsked {
    /// What stands between stars, in small letters.
    parts: Vec<String>,
    /// The first of them, ready to be looked for in many texts.
    first: Finder<'static>,
}

impl WordsAsked {
    fn of(pattern: &Wildcards) -> Self {
        let spaced = |part: &str| {
            let mut words = String::with_capacity(part.len());
            for (at, word) in part.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).enumerate() {
                words.extend((at > 0).then_some(' '));
                words.push_str(&word.to_lowercase());
            }
            words
        };
        let parts: Vec<String> = pattern.shown().split('*').map(spaced).collect();
        let first = Finder::new(parts.first().map_or("", String::as_str)).into_owned();
        Self { parts, first }
    }

    /// Whether they stand in a text of words in small letters with one space between.
    fn stand_in(&self, text: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return false };
        if self.parts.iter().all(String::is_empty) {
            return !text.is_empty();
        }
        let mut from = 0;
        while let Some(found) = self.first.find(&text.as_bytes()[from..]) {
            let at = from + found;
            let end = at + first.len();
            let begins = first.is_empty() || is_edge(text, at);
            if begins && self.go_on(text, end, rest) {
                return true;
            }
            let Some(next) = text[at..].chars().next() else { return false };
            from = at + next.len_utf8();
        }
        false
    }

    /// Whether the rest follows within the words that it begins in.
    fn go_on(&self, text: &str, at: usize, rest: &[String]) -> bool {
        let Some((next, after)) = rest.split_first() else { return is_edge(text, at) };
        if next.is_empty() && after.is_empty() {
            return true;
        }
        let word_end = text[at..].find([' ', APART]).map_or(text.len(), |space| at + space);
        let mut from = at;
        while let Some(found) = text[from..].find(next.as_str()).map(|found| from + found).filter(|&at| at <= word_end)
        {
            if self.go_on(text, found + next.len(), after) {
                return true;
            }
            let Some(c) = text[found..].chars().next() else { return false };
            from = found + c.len_utf8();
        }
        false
    }
}

/// Whether a word may begin or end in a place: not between two letters, but where words aren't parted by spaces.
fn is_edge(text: &str, at: usize) -> bool {
    let parts = |c: char| c == ' ' || c == APART || is_unparted(c);
    text[..at].chars().next_back().is_none_or(parts) || text[at..].chars().next().is_none_or(parts)
}

/// Letters of which several words may stand beside each other without a space.
fn is_unparted(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x3005..=0x30ff | 0x31f0..=0x31ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// What stands over or under the letter before it.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x65f | 0x900..=0x903 | 0x93a..=0x94f | 0xe31..=0xe4e)
}

/// The words that readers see of a page, in small letters with one space between.
fn seen(published: &Published) -> String {
    let page = &published.page;
    let mut text = SeenWords::of(page.text.len());
    for apart in [published.title.as_str(), published.description()] {
        text.plain(apart);
        text.apart();
    }
    let mut stretches = Stretches::default();
    pieces(page, &page.body, &mut stretches, &mut text);
    text.into_text()
}

/// The words of a text.
fn plain(text: &str) -> String {
    let mut seen = SeenWords::of(text.len());
    seen.plain(text);
    seen.into_text()
}

fn pieces(page: &Page, body: &[Piece], stretches: &mut Stretches, text: &mut SeenWords) {
    for piece in body {
        match piece {
            Piece::Html(html) => stretches.read(html, text),
            Piece::Code(at) => text.plain(&page.code[*at].text),
            Piece::Component { body, .. } => {
                text.space();
                pieces(page, body, stretches, text);
                text.space();
            }
            Piece::Heading(_) | Piece::HeadingEnd(_) | Piece::Table | Piece::TableEnd => text.space(),
            Piece::Formula(at) => text.plain(&page.formulas[*at].tex),
            Piece::Image(at) => text.plain(&page.links[*at].text),
            Piece::Link(_) | Piece::LinkEnd(_) | Piece::Address(_) => {}
        }
    }
}

/// The small letter or the digit that a byte is, or else a space: without a branch, so that many are taken at once.
fn small(byte: u8) -> u8 {
    let letter = byte | 0x20;
    let is_of_word = letter.is_ascii_lowercase() | byte.is_ascii_digit();
    if is_of_word { letter } else { b' ' }
}

static TWO_SPACES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));

/// Words as they come: in bytes, since nearly all letters of most texts have one.
struct SeenWords {
    words: Vec<u8>,
}

impl SeenWords {
    fn of(length: usize) -> Self {
        Self { words: Vec::with_capacity(length) }
    }

    fn plain(&mut self, text: &str) {
        self.space();
        self.text(text);
        self.space();
    }

    /// All is taken as it comes first, and moved together then where two spaces stand beside each other: between most words
    /// there is one.
    fn ascii(&mut self, text: &[u8]) {
        let (mut kept, mut from) = (self.words.len(), self.words.len());
        let mut follows_space = self.words.last().is_none_or(|last| [b' ', APART as u8].contains(last));
        self.words.extend(text.iter().map(|byte| small(*byte)));
        while from < self.words.len() {
            if follows_space && self.words[from] == b' ' {
                from += 1;
                continue;
            }
            let rest = &self.words[from..];
            let length = TWO_SPACES.find(rest).map_or(rest.len(), |at| at + 1);
            if kept < from {
                self.words.copy_within(from..from + length, kept);
            }
            (kept, from) = (kept + length, from + length);
            follows_space = true;
        }
        self.words.truncate(kept);
    }

    /// What stands apart isn't beside each other.
    fn apart(&mut self) {
        self.words.push(APART as u8);
    }

    fn into_text(self) -> String {
        String::from_utf8(self.words).unwrap_or_default()
    }
}

impl Reader for SeenWords {
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if !first.is_ascii() {
                self.character(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let plain = match rest.is_ascii() {
                true => rest.len(),
                false => rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len()),
            };
            self.ascii(&rest.as_bytes()[..plain]);
            rest = &rest[plain..];
        }
    }

    fn character(&mut self, character: char) {
        if is_of_word(character) {
            let mut letter = [0; 4];
            let small = character.to_lowercase();
            small.for_each(|c| self.words.extend_from_slice(c.encode_utf8(&mut letter).as_bytes()));
        } else {
            self.space();
        }
    }

    fn space(&mut self) {
        if self.words.last().is_some_and(|last| ![b' ', APART as u8].contains(last)) {
            self.words.push(b' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{APART, SeenWords, WordsAsked};
    use crate::html::text::Reader;
    use crate::query::Expression;

    #[test]
    fn words_come_with_one_space_between_in_whatever_parts_their_text_comes() {
        for text in ["A  b,  c", "  (x)  ", "a\u{301}. B 9--", "é è", ",,,", "", "Zz\u{10}\u{7f}[`{@9"] {
            let mut expected = String::new();
            for word in text.split(|c: char| !super::is_of_word(c)).filter(|word| !word.is_empty()) {
                expected += &format!("{}{}", if expected.is_empty() { "" } else { " " }, word.to_lowercase());
            }
            for cut in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let mut seen = SeenWords::of(0);
                seen.text(&text[..cut]);
                seen.text(&text[cut..]);
                seen.apart();
                seen.text(text);
                let seen = seen.into_text();
                let (first, second) = seen.split_once(APART).unwrap();
                assert_eq!(first.trim_end(), expected, "{text:?}");
                assert_eq!(second.trim_end(), expected, "{text:?}");
                assert!(!first.starts_with(' ') && !second.starts_with(' ') && !seen.contains("  "), "{text:?}");
            }
        }
    }

    #[test]
    fn words_are_found_whole_and_beside_each_other() {
        let text = "open source licences and open-source tools 供应链攻击 naïve ";
        for (query, found) in [
            ("open", true),
            ("pen", false),
            ("*pen", true),
            ("sour*", true),
            ("s*ce", true),
            ("s*cx", false),
            ("source open", false),
            ("Open  Source", true),
            ("open-source", true),
            ("o*n source", true),
            ("licence", false),
            ("licence*", true),
            ("供应链", true),
            ("链攻", true),
            ("naïve", true),
            ("*", true),
            ("tools*攻击", false),
        ] {
            let read = Expression::read(&format!("word:\"{query}\"")).ok().flatten();
            let read = read.and_then(|read| match &read.terms().first()?.test {
                crate::query::Test::Is(value) => Some(WordsAsked::of(&value.pattern)),
                _ => None,
            });
            let text: String = text.replace('-', " ");
            assert_eq!(read.is_some_and(|words| words.stand_in(&text)), found, "{query}");
        }
    }
}
