//! Sets of pictures, of which a browser takes the one that fits: `srcset="a.png 1x, b.png 2x"`.

use crate::source::Span;

/// Attributes that hold one.
pub(crate) const SETS: [&str; 3] = ["srcset", "imagesrcset", "data-srcset"];

/// The addresses of a set: each up to a blank, with what it is for up to a comma.
pub(crate) fn candidates(set: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = set[at..].find(|c: char| !c.is_ascii_whitespace() && c != ',') {
        let start = at + begin;
        let rest = &set[start..];
        let word = &rest[..rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())];
        let address = word.trim_end_matches(',');
        found.push(Span::new(start, start + address.len()));
        at = start + word.len();
        if address.len() == word.len() {
            at += set[at..].find(',').unwrap_or(set.len() - at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_names_each_picture_with_what_it_is_for() {
        let named = |set| candidates(set).into_iter().map(|span| span.of(set)).collect::<Vec<_>>();
        assert_eq!(named("/a.png 1x, b.png 2x,c.png"), ["/a.png", "b.png", "c.png"]);
        assert_eq!(named(" a,b.png 100w ,, c%20d.png,"), ["a,b.png", "c%20d.png"]);
        assert!(named(" , ").is_empty());
    }
}
