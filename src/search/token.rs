//! Text cut into the words that are searched for: folded, and where a script writes without
//! spaces, into pairs of characters. `templates/search/words.js` does the same with a query, and
//! `tests/search-words.json` holds both to it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is longer is cut: nobody types it.
const LONGEST: usize = 32;

/// What each byte of ASCII is in a word: itself in lower case, nothing (`'`), or the word's end.
const ASCII: [u8; 128] = {
    let mut table = [END; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = NOTHING;
    table
};
const END: u8 = 0;
const NOTHING: u8 = 1;

/// What French, Catalan and Italian write before an apostrophe in the place of an article or the like: the word is what follows.
const ELIDED: [&[u8]; 30] = [
    b"c", b"d", b"j", b"l", b"m", b"n", b"s", b"t", b"qu", b"jusqu", b"lorsqu", b"puisqu", b"quoiqu", b"presqu", b"un",
    b"all", b"dall", b"dell", b"nell", b"sull", b"coll", b"dagl", b"degl", b"negl", b"quell", b"quest", b"sant",
    b"bell", b"senz", b"tutt",
];
/// So many letters follow it: `all's` is one word.
const SHORTEST: usize = 2;

/// Calls `each` with every word of a text, in order.
pub(super) fn words(text: &str, mut each: impl FnMut(&[u8])) {
    let mut rest = text;
    // Most of most texts is ASCII, which takes no folding; what isn't is taken from one space to the next.
    while let Some(at) = first_beyond_ascii(rest.as_bytes()) {
        let from = rest.as_bytes()[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1);
        let to = rest.as_bytes()[at..].iter().position(u8::is_ascii_whitespace).map_or(rest.len(), |space| at + space);
        ascii_words(&rest.as_bytes()[..from], &mut each);
        other_words(&rest[from..to], &mut each);
        rest = &rest[to..];
    }
    ascii_words(rest.as_bytes(), &mut each);
}

/// How many words of a text count.
pub(super) fn count(text: &str, mut counts: impl FnMut(&[u8]) -> bool) -> usize {
    let mut count = 0;
    words(text, |word| count += usize::from(counts(word)));
    count
}

/// Whether a word is a single letter of a script without spaces, as it stands beside its pairs.
pub(super) fn is_single(word: &[u8]) -> bool {
    let mut letters = std::str::from_utf8(word).unwrap_or_default().chars();
    letters.next().is_some_and(is_unspaced) && letters.next().is_none()
}

fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    let plain = bytes.chunks(64).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum::<usize>();
    bytes[plain..].iter().position(|byte| !byte.is_ascii()).map(|at| plain + at)
}

fn ascii_words(bytes: &[u8], each: &mut impl FnMut(&[u8])) {
    let mut word = [0; LONGEST];
    let (mut length, mut from) = (0, 0);
    for &byte in bytes {
        let letter = ASCII[usize::from(byte & 127)];
        if letter > NOTHING {
            if length < LONGEST {
                word[length] = letter;
                length += 1;
            }
        } else if letter == NOTHING {
            from = if ELIDED.contains(&&word[..length]) { length } else { from };
        } else if length > 0 {
            each(after_elided(&word[..length], from));
            (length, from) = (0, 0);
        }
    }
    if length > 0 {
        each(after_elided(&word[..length], from));
    }
}

/// A word from where it begins behind what is elided, if enough of it is left.
fn after_elided(word: &[u8], from: usize) -> &[u8] {
    let rest = &word[from..];
    let letters = rest.iter().filter(|&&byte| byte & 0xc0 != 0x80).take(SHORTEST).count();
    if letters < SHORTEST { word } else { rest }
}

/// The words of a text without spaces that is more than ASCII.
fn other_words(text: &str, each: &mut impl FnMut(&[u8])) {
    let is_typographic = |c: char| ('\u{2010}'..='\u{2027}').contains(&c);
    if text.chars().all(|c| c.is_ascii() || is_typographic(c)) {
        let typed: String = text.chars().map(|c| if c == '’' { '\'' } else { c }).collect();
        let typed: Vec<u8> = typed.chars().map(|c| if c.is_ascii() { c as u8 } else { b' ' }).collect();
        return ascii_words(&typed, each);
    }
    let (mut word, mut from) = (String::new(), 0);
    let mut before: Option<char> = None;
    for c in fold(text).chars() {
        if is_unspaced(c) {
            flush(&mut word, &mut from, each);
            each(c.encode_utf8(&mut [0; 4]).as_bytes());
            if let Some(before) = before {
                each(String::from_iter([before, c]).as_bytes());
            }
            before = Some(c);
            continue;
        }
        before = None;
        if c.is_alphanumeric() || is_combining_mark(c) {
            if word.chars().nth(LONGEST - 1).is_none() {
                word.push(c);
            }
        } else if matches!(c, '\'' | '’') {
            from = if ELIDED.contains(&word.as_bytes()) { word.len() } else { from };
        } else {
            flush(&mut word, &mut from, each);
        }
    }
    flush(&mut word, &mut from, each);
}

fn flush(word: &mut String, from: &mut usize, each: &mut impl FnMut(&[u8])) {
    if !word.is_empty() {
        each(after_elided(word.as_bytes(), *from));
        word.clear();
    }
    *from = 0;
}

/// How far a Japanese syllable of one script is from that of the other.
const KATAKANA: u32 = 0x60;

/// A text without case and diacritics, and with one script for Japanese syllables. Marks that make another letter (the Japanese voicing mark, vowel signs, those of
/// Cyrillic `й`, `ў` and `ї`) stay.
pub(super) fn fold(text: &str) -> String {
    let mut before = ' ';
    let is_kept = move |c: &char| {
        let makes_letter = matches!(c, '\u{306}' | '\u{308}') && "иуіИУІ".contains(std::mem::replace(&mut before, *c));
        before = *c;
        makes_letter || !('\u{300}'..='\u{36f}').contains(c)
    };
    let bare = text.nfkd().filter(is_kept).nfc().collect::<String>().to_lowercase();
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
            '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' => out.extend(char::from_u32(c as u32 + KATAKANA)),
            c => out.push(c),
        }
    }
    out
}

/// Whether a letter is of a script that puts no spaces between words: Han, Japanese syllables, and the scripts of South-East Asia.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && c != '\u{30fb}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(String::from_utf8(word.to_vec()).unwrap()));
        found
    }

    #[test]
    fn words_are_those_of_the_table_that_the_script_is_held_to() {
        let table: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../tests/search-words.json")).unwrap();
        for (text, expected) in &table {
            assert_eq!(found(text), *expected, "{text}");
        }
        let (texts, expected): (Vec<_>, Vec<_>) = table.into_iter().unzip();
        assert_eq!(found(&texts.join("\n")), expected.concat(), "one text of all");
    }

    #[test]
    fn a_word_is_cut_where_nobody_types_on() {
        for letter in ["a", "ä", "Ж"] {
            assert_eq!(found(&letter.repeat(40))[0].chars().count(), LONGEST);
        }
    }
}
