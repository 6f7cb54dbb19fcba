//! What HTML elements do to the text around them: most part words, some stand within a word. A name is compared as one
//! number, since a page has hundreds of tags.

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Element {
    /// It stands within a word or between words as they are written.
    Inline,
    /// It parts words.
    Block,
    /// It begins a section.
    Heading,
    /// Nobody sees what is in it.
    Unseen,
}

impl Element {
    /// What the element of a name does.
    pub fn named(name: &str) -> Element {
        if name.len() > 8 {
            return Element::Block;
        }
        match key(name.as_bytes()) {
            H1..=H6 => Element::Heading,
            SCRIPT | STYLE | TEMPLATE => Element::Unseen,
            name if INLINE.contains(&name) => Element::Inline,
            _ => Element::Block,
        }
    }
}

const H1: u64 = key(b"h1");
const H6: u64 = key(b"h6");
const SCRIPT: u64 = key(b"script");
const STYLE: u64 = key(b"style");
const TEMPLATE: u64 = key(b"template");

/// Elements that stand within a word or between words, the usual ones first.
const INLINE: [u64; 20] = [
    key(b"code"),
    key(b"a"),
    key(b"strong"),
    key(b"em"),
    key(b"span"),
    key(b"b"),
    key(b"i"),
    key(b"abbr"),
    key(b"bdi"),
    key(b"cite"),
    key(b"del"),
    key(b"ins"),
    key(b"kbd"),
    key(b"mark"),
    key(b"q"),
    key(b"s"),
    key(b"small"),
    key(b"sub"),
    key(b"sup"),
    key(b"u"),
];

/// A name of at most eight letters, in lower case, as one number.
const fn key(name: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < name.len() {
        key = key << 8 | name[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case_and_others_part_words() {
        for (name, element) in [
            ("strong", Element::Inline),
            ("B", Element::Inline),
            ("H2", Element::Heading),
            ("h7", Element::Block),
            ("h", Element::Block),
            ("Script", Element::Unseen),
            ("template", Element::Unseen),
            ("templates", Element::Block),
            ("p", Element::Block),
            ("", Element::Block),
        ] {
            assert_eq!(Element::named(name), element, "{name}");
        }
    }
}
