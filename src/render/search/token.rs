//! Text cut into the words that are searched for: folded, and where a script writes without
//! spaces, into pairs of characters. `templates/search.js` does the same with a query, and
//! `tests/search-words.json` holds both to it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is longer is cut: nobody types it.
const LONGEST: usize = 32;

/// A text without case and diacritics. Marks that make another letter (the Japanese voicing mark,
/// vowel signs) stay.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc().collect::<String>().to_lowercase();
    let mut out = String::with_capacity(bare.len());
    for c in bare.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            // Lower-casing a capital with a dot leaves the dot.
            '\u{307}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Calls `each` with every word of a text, in order.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    let folded = fold(text);
    let mut word = String::new();
    let mut before: Option<char> = None;
    for c in folded.chars() {
        if is_unspaced(c) {
            flush(&mut word, &mut each);
            each(c.encode_utf8(&mut [0; 4]));
            if let Some(before) = before {
                each(&String::from_iter([before, c]));
            }
            before = Some(c);
            continue;
        }
        before = None;
        if c.is_alphanumeric() || is_combining_mark(c) {
            if word.chars().nth(LONGEST - 1).is_none() {
                word.push(c);
            }
        } else if !matches!(c, '\'' | '’') {
            flush(&mut word, &mut each);
        }
    }
    flush(&mut word, &mut each);
}

fn flush(word: &mut String, each: &mut impl FnMut(&str)) {
    if !word.is_empty() {
        each(word);
        word.clear();
    }
}

/// Han, Japanese syllables, and the scripts of South-East Asia.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && c != '\u{30fb}'
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_those_of_the_table_that_the_script_is_held_to() {
        let table: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../../tests/search-words.json")).unwrap();
        for (text, expected) in table {
            let mut found = Vec::new();
            super::words(&text, |word| found.push(word.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
