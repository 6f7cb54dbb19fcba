//! Chinese letters that readers may type for those that a site has: traditional ones for simplified ones, and the other way
//! round. Nothing of this is in the words of the index; a browser writes a query as the site does.

use std::collections::{BTreeMap, BTreeSet};

/// Letters that are one in simplified Chinese: each that a site doesn't have, followed by the one that it has. Only for
/// Chinese, since other languages have both.
pub(super) fn of<'a>(language: &str, words: impl Iterator<Item = &'a [u8]>) -> String {
    if !language.get(..2).is_some_and(|main| main.eq_ignore_ascii_case("zh")) {
        return String::new();
    }
    let letters = words.filter_map(|word| {
        let mut letters = std::str::from_utf8(word).ok()?.chars();
        letters.next().filter(|_| letters.next().is_none())
    });
    let had: BTreeSet<char> = letters.filter(|letter| HAN.contains(letter)).collect();
    let mut alike: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for letter in HAN {
        let simple = fast2s::convert(letter.encode_utf8(&mut [0; 4]));
        alike.entry(simple).or_default().push(letter);
    }
    let mut pairs = String::new();
    for (simple, all) in alike.into_iter().filter(|(_, all)| all.len() > 1) {
        let simple = simple.chars().find(|letter| had.contains(letter));
        let Some(written) = simple.or_else(|| all.iter().copied().find(|letter| had.contains(letter))) else {
            continue;
        };
        all.into_iter().filter(|typed| !had.contains(typed)).for_each(|typed| pairs.extend([typed, written]));
    }
    pairs
}

const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

#[cfg(test)]
mod tests {
    #[test]
    fn what_readers_may_type_becomes_what_the_site_has() {
        let of = |language, text: &str| {
            let words: Vec<String> = text.chars().map(String::from).collect();
            super::of(language, words.iter().map(String::as_bytes))
        };
        assert_eq!(of("zh", "链开x"), "開开鏈链");
        assert_eq!(of("zh-Hant", "鏈開"), "开開链鏈");
        assert_eq!(of("ZH-hans", "链鏈"), "");
        assert_eq!(of("ja", "链开"), "");
    }
}
