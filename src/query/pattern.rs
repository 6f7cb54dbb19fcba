//! A text in which `*` stands for anything.

use std::fmt;

/// A text in which `*` stands for anything, nothing included; `\*` is the character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcards {
    /// What stands between the stars; there is one part more than stars.
    parts: Vec<String>,
}

impl Wildcards {
    /// A text without stars.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { parts: vec![text.into()] }
    }

    /// That of some parts with a star between each two.
    pub(super) fn of_parts(parts: Vec<String>) -> Self {
        Self { parts }
    }

    /// The text, if there is no star in it.
    pub fn text(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [text] => Some(text),
            _ => None,
        }
    }

    /// As a person reads it: with its stars, without quotes.
    pub fn shown(&self) -> String {
        self.parts.join("*")
    }

    /// Whether nothing is written, not even a star.
    pub fn is_empty(&self) -> bool {
        self.parts.len() == 1 && self.parts[0].is_empty()
    }

    /// The same without regard to capitals: what it is compared with must be in small letters, too.
    #[must_use]
    pub fn in_small_letters(&self) -> Self {
        Self { parts: self.parts.iter().map(|part| part.to_lowercase()).collect() }
    }

    /// Whether a text is like that, from its beginning to its end.
    pub fn fits(&self, text: &str) -> bool {
        let [first, between @ ..] = self.parts.as_slice() else { return false };
        let Some((last, between)) = between.split_last() else { return text == first };
        let Some(rest) = text.strip_prefix(first.as_str()) else { return false };
        let Some(mut rest) = rest.strip_suffix(last.as_str()) else { return false };
        for part in between {
            let Some(at) = rest.find(part.as_str()) else { return false };
            rest = &rest[at + part.len()..];
        }
        true
    }
}

/// With quotes where it wouldn't be read as one value without.
impl fmt::Display for Wildcards {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = |c: char| c.is_alphanumeric() || "-_./*#&+@%".contains(c);
        let text = self.shown();
        let is_word = ["any", "none", "and", "or", "not", "today"].iter().any(|word| text.eq_ignore_ascii_case(word));
        let has_star_of_its_own = self.parts.iter().any(|part| part.contains('*'));
        let begins_word = text.starts_with(|c: char| c.is_alphanumeric() || c == '*');
        if begins_word && !is_word && !has_star_of_its_own && text.chars().all(is_plain) {
            return out.write_str(&text);
        }
        let escaped = |part: &String| part.replace('\\', r"\\").replace('"', "\\\"").replace('*', r"\*");
        write!(out, "\"{}\"", self.parts.iter().map(escaped).collect::<Vec<_>>().join("*"))
    }
}

#[cfg(test)]
mod tests {
    use super::Wildcards;

    #[test]
    fn a_star_stands_for_anything() {
        let pattern = |text: &str| Wildcards::of_parts(text.split('*').map(str::to_owned).collect());
        for (of, text, fits) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "a", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("*b*", "abc", true),
            ("a*c*e", "abcde", true),
            ("a*c*e", "ace", true),
            ("a*a", "a", false),
            ("ab*ba", "aba", false),
            ("*", "", true),
            ("a*bb*b", "abb", false),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(pattern(of).fits(text), fits, "{of} {text}");
        }
    }
}
