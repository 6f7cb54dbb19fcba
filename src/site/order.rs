//! In which order a language's readers look for words, and under which letter. Everything that is sorted to be read
//! is sorted here; numbers count as such (`Level 2` before `Level 10`).

use std::borrow::Cow;
use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;

/// The order of one language.
#[derive(Debug)]
pub struct Order {
    /// Tells all differences. Nothing where the tables can't be had, which a test rules out.
    all: Option<CollatorBorrowed<'static>>,
    /// Tells letters apart, but no capitals, and no accents that don't make another letter.
    letters: Option<CollatorBorrowed<'static>>,
}

/// What a text is sorted by: where two are the same to a language, by their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    weights: Vec<u8>,
    text: String,
}

/// A letter of an index, and what stands under it.
pub struct IndexLetter<T> {
    /// The letter, or what stands in its place.
    pub letter: String,
    /// What stands under it, in order.
    pub things: Vec<T>,
}

/// The letters that stand for a row of kana.
const KANA: [&str; 10] = ["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ"];
/// The consonants that Korean syllables begin with, each with the first of these.
const HANGUL: [(&str, &str); 14] = [
    ("ㄱ", "가"),
    ("ㄴ", "나"),
    ("ㄷ", "다"),
    ("ㄹ", "라"),
    ("ㅁ", "마"),
    ("ㅂ", "바"),
    ("ㅅ", "사"),
    ("ㅇ", "아"),
    ("ㅈ", "자"),
    ("ㅊ", "차"),
    ("ㅋ", "카"),
    ("ㅌ", "타"),
    ("ㅍ", "파"),
    ("ㅎ", "하"),
];
/// No language looks at it in sorting.
const JOINER: char = '\u{2060}';
/// What numbers stand under.
const DIGITS: &str = "0–9";
/// What stands under no letter.
const SIGNS: &str = "#";

impl Order {
    /// That of a language (`pt-BR`); of one that nobody knows, the one that all languages share.
    pub fn of(language: &str) -> Self {
        let locale = Locale::try_from_str(language).unwrap_or(Locale::UNKNOWN);
        let collator = |strength| {
            let mut preferences = CollatorPreferences::from(&locale);
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            CollatorBorrowed::try_new(preferences, options).ok()
        };
        Self { all: collator(Strength::Tertiary), letters: collator(Strength::Primary) }
    }

    /// What a text is sorted by.
    pub fn key(&self, text: &str) -> SortKey {
        let mut weights = Vec::with_capacity(2 * text.len() + 8);
        if let Some(all) = &self.all {
            let Ok(()) = all.write_sort_key_to(&names_spelt(text), &mut weights);
        }
        SortKey { weights, text: text.to_owned() }
    }

    /// Which of two texts comes first; of a few it is quicker than making keys.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_language =
            self.all.as_ref().map_or(Ordering::Equal, |all| all.compare(&names_spelt(one), &names_spelt(other)));
        by_language.then_with(|| one.cmp(other))
    }

    /// For each of these texts, its place when they are sorted.
    pub fn places<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<usize> {
        let mut sorted: Vec<(SortKey, usize)> = texts.enumerate().map(|(at, text)| (self.key(text), at)).collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len()];
        for (place, (_, at)) in sorted.into_iter().enumerate() {
            places[at] = place;
        }
        places
    }

    /// Things in order of their labels, under the letters where readers look for them.
    pub fn index<T>(&self, mut things: Vec<T>, label: impl Fn(&T) -> &str) -> Vec<IndexLetter<T>> {
        things.sort_by_cached_key(|thing| self.key(label(thing)));
        let mut index: Vec<IndexLetter<T>> = Vec::new();
        let mut by_sound = false;
        for thing in things {
            let letter = self.letter(label(&thing));
            by_sound |= letter.is_ascii() && label(&thing).trim_start().starts_with(is_han);
            // From the end: the last is nearly always the one. What a language sorts between (`Ch` after `H`) isn't.
            match index.iter_mut().rfind(|known| known.letter == letter) {
                Some(known) => known.things.push(thing),
                None => index.push(IndexLetter { letter, things: vec![thing] }),
            }
        }
        // Sounds are written with letters that also stand for themselves, and come before or after all Chinese.
        if by_sound {
            index.sort_by(|one, other| one.letter.cmp(&other.letter));
        }
        index
    }

    /// The letter that a text stands under in an index: `Ä` under `A` in German, under itself in Swedish.
    fn letter(&self, text: &str) -> String {
        let Some(first) = text.trim_start().nfc().next() else { return SIGNS.to_owned() };
        let Some(plain) = first.nfkd().next() else { return SIGNS.to_owned() };
        match plain {
            _ if plain.is_numeric() && !is_han(plain) => DIGITS.to_owned(),
            _ if !plain.is_alphabetic() => SIGNS.to_owned(),
            '\u{3041}'..='\u{30ff}' => self.last_before(plain, KANA.map(|row| (row, row)).iter()),
            '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => self.last_before(first, HANGUL.iter()),
            _ if is_han(plain) => self.letter_of_han(plain),
            _ if self.is_the_same_letter(first, plain) => capital(plain),
            _ => capital(first),
        }
    }

    /// The last of some letters, each with where it begins, that a character doesn't come before; else the character.
    fn last_before<'l>(
        &self,
        of: char,
        mut letters: impl DoubleEndedIterator<Item = &'l (&'l str, &'l str)>,
    ) -> String {
        let mut text = [0; 4];
        let text: &str = of.encode_utf8(&mut text);
        let begins = |begin: &str| self.letters.as_ref().is_some_and(|letters| letters.compare(begin, text).is_le());
        letters.rfind(|(_, begin)| begins(begin)).map_or(text, |(letter, _)| letter).to_owned()
    }

    /// What stands over Chinese characters: where their order is by sounds, the first letter of these; where it is by
    /// strokes, how many; else nothing tells them apart, since one character may be read in several ways.
    fn letter_of_han(&self, character: char) -> String {
        let sound = || ('A'..='Z').rfind(|&letter| self.is_in_part(letter, character));
        let strokes = || (1..=48u32).rfind(|&count| self.is_in_part(mark_of_strokes(count), character));
        match (sound(), strokes()) {
            (Some(letter), _) => letter.to_string(),
            (None, Some(count)) => format!("{count} 劃"),
            (None, None) => "漢字".to_owned(),
        }
    }

    /// Whether a character stands in a part of Unicode's tables, or in one after it; not where they have no such part.
    fn is_in_part(&self, part: char, character: char) -> bool {
        let mut text = [0; 4];
        let begin = format!("\u{fdd0}{part}");
        self.letters.as_ref().is_some_and(|letters| letters.compare(&begin, character.encode_utf8(&mut text)).is_le())
    }

    fn is_the_same_letter(&self, one: char, other: char) -> bool {
        let (mut of_one, mut of_other) = ([0; 4], [0; 4]);
        let (one, other) = (one.encode_utf8(&mut of_one), other.encode_utf8(&mut of_other));
        self.letters.as_ref().is_some_and(|letters| letters.compare(one, other).is_eq())
    }
}

/// A text in which numbers that are names are read digit by digit: `ISO 18974` comes before `ISO 5230`, as in any
/// catalogue. Those of four digits are names, or years. What nobody sees between their digits keeps them apart.
fn names_spelt(text: &str) -> Cow<'_, str> {
    let is_name = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    if !text.as_bytes().windows(4).any(is_name) {
        return Cow::Borrowed(text);
    }
    let mut spelt = String::with_capacity(2 * text.len());
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        for (at, c) in part.char_indices() {
            if number.len() >= 4 && at > 0 && at < number.len() {
                spelt.push(JOINER);
            }
            spelt.push(c);
        }
    }
    Cow::Owned(spelt)
}

/// By what Unicode's tables name the part of characters with so many strokes.
fn mark_of_strokes(count: u32) -> char {
    char::from_u32(0x2800 + count).unwrap_or_default()
}

/// The first letter as it begins a line: `S` for `ß`.
fn capital(letter: char) -> String {
    letter.to_uppercase().take(1).collect()
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted<const N: usize>(language: &str, mut texts: [&'static str; N]) -> [&'static str; N] {
        let order = Order::of(language);
        texts.sort_by_cached_key(|text| order.key(text));
        texts
    }

    #[test]
    fn each_language_has_an_order_of_its_own() {
        assert_eq!(sorted("de", ["Zebra", "Banana", "Äpfel", "apfel"]), ["apfel", "Äpfel", "Banana", "Zebra"]);
        assert_eq!(sorted("es", ["ñandú", "nube", "oso", "nz"]), ["nube", "nz", "ñandú", "oso"]);
        assert_eq!(sorted("sv", ["Äpfel", "Zebra", "Åska", "Öl"]), ["Zebra", "Åska", "Äpfel", "Öl"]);
        assert_eq!(sorted("ja", ["漢字", "イヌ", "あさ", "ABC"]), ["ABC", "あさ", "イヌ", "漢字"]);
        assert_eq!(sorted("zh", ["张", "安", "李"]), ["安", "李", "张"]);
        assert_eq!(
            sorted("en", ["Level 10", "level 2", "Level 2", "Level 1"]),
            ["Level 1", "level 2", "Level 2", "Level 10"]
        );
        assert_eq!(sorted("en", ["ISO 5230: a", "ISO 18974", "ISO 5230"]), ["ISO 18974", "ISO 5230", "ISO 5230: a"]);
        assert_eq!(sorted("en", ["in 2024", "in 999", "in 2019", "in 10"]), ["in 2019", "in 2024", "in 10", "in 999"]);
        assert_eq!(sorted("no language", ["b", "a"]), ["a", "b"]);
    }

    #[test]
    fn a_text_stands_under_the_letter_where_a_reader_looks() {
        let letters = |language, texts: &[&str]| -> Vec<String> {
            texts.iter().map(|text| Order::of(language).letter(text)).collect()
        };
        assert_eq!(letters("de", &["Äpfel", "ähnlich", "ßa", "E\u{301}tude", "Ａ"]), ["A", "A", "S", "E", "A"]);
        assert_eq!(letters("sv", &["Äpfel", "Åska", "öl", "édition"]), ["Ä", "Å", "Ö", "E"]);
        assert_eq!(letters("es", &["ñandú", "Ética"]), ["Ñ", "E"]);
        assert_eq!(letters("ru", &["ёлка", "йод", "Иван"]), ["Е", "Й", "И"]);
        assert_eq!(letters("en", &["2024", "10 ways", "½", ".NET", "", "🚀"]), ["0–9", "0–9", "0–9", "#", "#", "#"]);
        assert_eq!(
            letters("ja", &["がっこう", "ヴァ", "ッ", "ん", "ぱ", "漢字", "一"]),
            ["か", "あ", "た", "わ", "は", "漢字", "漢字"]
        );
        assert_eq!(letters("ko", &["보안", "까", "한글", "가"]), ["ㅂ", "ㄱ", "ㅎ", "ㄱ"]);
        assert_eq!(letters("zh-Hans", &["安全", "李", "张"]), ["A", "L", "Z"]);
        assert_eq!(letters("zh-Hant", &["一", "安全", "張"]), ["1 劃", "6 劃", "11 劃"]);
    }

    #[test]
    fn an_index_has_each_letter_once_in_its_place() {
        let index = |language, texts: &[&'static str]| -> Vec<(String, Vec<&'static str>)> {
            let letters = Order::of(language).index(texts.to_vec(), |text| text);
            letters.into_iter().map(|IndexLetter { letter, things }| (letter, things)).collect()
        };
        let of = |letter: &str, things: &[&'static str]| (letter.to_owned(), things.to_vec());
        assert_eq!(
            index("zh", &["张", "安全", "API", "包", "Git"]),
            [of("A", &["安全", "API"]), of("B", &["包"]), of("G", &["Git"]), of("Z", &["张"]),]
        );
        assert_eq!(index("cs", &["cesta", "chyba", "hra"]), [of("C", &["cesta", "chyba"]), of("H", &["hra"])]);
        assert_eq!(index("et", &["tee", "zoo", "sild"]), [of("S", &["sild"]), of("Z", &["zoo"]), of("T", &["tee"])]);
        assert_eq!(index("en", &["b", "2", "&", "10", "a"])[0].0, "#");
    }

    proptest! {
        #[test]
        fn keys_and_comparisons_agree(one in "\\PC{0,12}", other in "\\PC{0,12}") {
            let order = Order::of("de");
            prop_assert_eq!(order.key(&one).cmp(&order.key(&other)), order.compare(&one, &other));
        }
    }
}
