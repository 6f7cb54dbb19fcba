//! Where words begin and end.

/// A text in words, and what stands between them. What is written without spaces comes in single characters.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let fits: &dyn Fn(char) -> bool = match first {
            c if c.is_ascii_whitespace() => &|c| c.is_ascii_whitespace(),
            c if is_in_word(c) => &is_in_word,
            _ => &|_| false,
        };
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, after) = rest.split_at(length);
        rest = after;
        Some(word)
    })
}

/// Whether a character stands in a word with others: those of Chinese, Japanese, Thai, Lao and Khmer stand alone.
fn is_in_word(c: char) -> bool {
    let is_alone = matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    (c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')) && !is_alone
}
