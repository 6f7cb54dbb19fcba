//! Marks around words: `%%hidden%%`, `'''bold'''`.

use super::found::{ForeignMark, Found, rest_of_line};
use crate::source::Span;

const MARKS: [(&str, ForeignMark); 2] = [("%%", ForeignMark::Comment), ("'''", ForeignMark::WikiBold)];

pub(super) fn find(found: &mut Found<'_>) {
    let prose = found.prose;
    let (text, body) = (prose.text, prose.body);
    for (sign, mark) in MARKS {
        let mut past = body;
        for at in prose.places(sign) {
            let begins = at == 0 || text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '*' | '_'));
            let length = if at < past || !begins { None } else { length(rest_of_line(text, at), sign) };
            if let Some(length) = length {
                past = at + length;
                found.note(mark, Span::new(at, past), None);
            }
        }
    }
}

/// The length of words between two such marks, with them.
fn length(line: &str, sign: &str) -> Option<usize> {
    let inner = &line[sign.len()..];
    let close = inner.find(sign)?;
    let (words, after) = (&inner[..close], &inner[close + sign.len()..]);
    let is_tight = words.starts_with(char::is_alphanumeric) && !words.ends_with([' ', '=', '%', '\'']);
    let ends = after.is_empty()
        || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '*'));
    let is_text = !words.contains(['`', '<', '>', '{', '|', '=', '"']);
    (is_tight && ends && is_text).then_some(close + 2 * sign.len())
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn words_between_marks_are_told_from_signs_of_programs() {
        assert_eq!(length("%%hidden words%%", "%%"), Some(16));
        assert_eq!(length("'''Important'''.", "'''"), Some(15));
        for (line, sign) in [("%%i in (a) do echo %%i", "%%"), ("''' a '''", "'''")] {
            assert_eq!(length(line, sign), None, "{line}");
        }
    }
}
