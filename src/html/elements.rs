//! What is known of elements by their names, in any case. What is asked of every tag of a page compares a name as one
//! number, since a page has hundreds of tags.

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

const RAW_TEXT: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

const OPTIONAL_END: [&str; 18] = [
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "html",
    "head", "body", "rt", "rp",
];

/// Whether an element has neither content nor an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    is_in(&VOID, name)
}

/// Whether what stands in an element is text up to its end tag, whatever it looks like.
pub(crate) fn holds_raw_text(name: &str) -> bool {
    is_in(&RAW_TEXT, name)
}

/// Whether an element need not be closed.
pub(crate) fn may_stay_open(name: &str) -> bool {
    is_in(&OPTIONAL_END, name)
}

fn is_in(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Effect {
    /// It stands within a word or between words as they are written.
    Nothing,
    /// It parts words.
    PartsWords,
    /// Nobody sees what is in it.
    Hides,
}

impl Effect {
    /// What the element of a name does.
    pub(crate) fn of(name: &str) -> Effect {
        if name.len() > 8 {
            return Effect::PartsWords;
        }
        match key(name.as_bytes()) {
            SCRIPT | STYLE | TEMPLATE => Effect::Hides,
            name if INLINE.contains(&name) => Effect::Nothing,
            _ => Effect::PartsWords,
        }
    }
}

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
        for (name, effect) in [
            ("strong", Effect::Nothing),
            ("B", Effect::Nothing),
            ("h7", Effect::PartsWords),
            ("h", Effect::PartsWords),
            ("Script", Effect::Hides),
            ("template", Effect::Hides),
            ("templates", Effect::PartsWords),
            ("p", Effect::PartsWords),
            ("", Effect::PartsWords),
        ] {
            assert_eq!(Effect::of(name), effect, "{name}");
        }
        assert!(is_void("BR") && !is_void("b") && holds_raw_text("Title") && may_stay_open("LI"));
    }
}
