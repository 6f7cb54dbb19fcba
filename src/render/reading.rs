//! How long a text takes to read, and where a problem with it is reported.

use super::facts;
use crate::site::{Edition, PageId};

/// How many words people read in a minute, by language, as studies of many languages found; where words aren't set
/// apart, how many letters.
const SPEEDS: [(&str, usize); 13] = [
    ("ar", 138),
    ("de", 179),
    ("es", 218),
    ("fr", 195),
    ("he", 187),
    ("it", 188),
    ("ja", 357),
    ("ko", 200),
    ("pl", 166),
    ("pt", 181),
    ("ru", 184),
    ("th", 900),
    ("zh", 255),
];

/// In languages that the table lacks, as in English.
const USUAL: usize = 228;

/// A text that takes less than this many minutes isn't worth a number.
const SHORTEST: usize = 2;

/// The minutes that a page's text takes; nothing for one that takes hardly any.
pub(super) fn minutes(site: &Edition, id: PageId) -> Option<usize> {
    let page = &site.pages[id].page;
    let body = page.text.get(page.body_start..)?;
    let language = site.language_of_borrowed(id).unwrap_or(&site.config.site.language);
    let minutes = of_text(body, language);
    (minutes >= SHORTEST).then_some(minutes)
}

fn of_text(text: &str, language: &str) -> usize {
    let main = language.split('-').next().unwrap_or_default();
    let speed = SPEEDS.iter().find(|(known, _)| *known == main).map_or(USUAL, |(_, speed)| *speed);
    let count = match main {
        "ja" | "th" | "zh" => text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count(),
        _ => words(text),
    };
    count.div_ceil(speed)
}

/// How many words a text has: what stands between blanks and holds a letter or a digit. Every page comes by here, so what is
/// beyond ASCII counts as a letter.
fn words(text: &str) -> usize {
    let (mut count, mut is_counted) = (0, 0);
    for byte in text.bytes() {
        let [letter, goes_on] = BYTES[usize::from(byte)];
        count += usize::from(letter & !is_counted);
        is_counted = (is_counted | letter) & goes_on;
    }
    count
}

/// Of each byte, whether it is a letter, and whether a word goes on with it: what is no blank.
const BYTES: [[u8; 2]; 256] = {
    let mut bytes = [[0; 2]; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        bytes[at] = [(byte.is_ascii_alphanumeric() || !byte.is_ascii()) as u8, (byte > b' ') as u8];
        at += 1;
    }
    bytes
};

/// Where problems with a page are reported, with what is known of it filled in.
pub(super) fn report_link(site: &Edition, id: PageId) -> Option<String> {
    let pattern = site.config.theme.report_link.as_deref()?;
    let page = &site.pages[id];
    let address = facts::canonical_url(site, &page.route).unwrap_or_else(|| page.route.clone());
    Some(filled(pattern, [("{title}", &page.title), ("{address}", &address), ("{path}", page.page.path.on_disk())]))
}

/// A pattern filled in from left to right, so that braces of a title are none of the pattern's.
fn filled(pattern: &str, values: [(&str, &str); 3]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(start) = rest.find('{') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                let plain = percent_encoding::NON_ALPHANUMERIC;
                out.extend(percent_encoding::utf8_percent_encode(value, plain));
                rest = &rest[name.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{filled, of_text};

    #[test]
    fn words_and_letters_are_counted_by_language() {
        let english = "word ".repeat(457);
        assert_eq!([of_text(&english, "en"), of_text(&english, "de-AT"), of_text("", "en")], [3, 3, 0]);
        let marks = "- one,\n* (two)\t`three`  --- | | four's\n\n> über-5";
        assert_eq!(super::words(marks), 5);
        let chinese = "源，".repeat(511);
        assert_eq!([of_text(&chinese, "zh-Hans"), of_text(&chinese, "en")], [3, 1]);
    }

    #[test]
    fn a_pattern_is_filled_in_once() {
        let values = [("{title}", "A & {path}"), ("{address}", "/a"), ("{path}", "a.md")];
        assert_eq!(filled("x?t={title}&b={address}", values), "x?t=A%20%26%20%7Bpath%7D&b=%2Fa");
    }
}
