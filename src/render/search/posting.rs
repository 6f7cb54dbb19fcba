//! Where each word stands, gathered over all pages and written compactly.
//!
//! A posting is three numbers: how many pages after the one before, the section (0 for the page
//! itself, 1 for what stands before its first heading), and how the word stands there. Each number is
//! written in digits of five bits, the lowest first, as characters of the Base64 alphabet; the sixth
//! bit says that another digit follows.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::text::Section;
use super::token;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Words are gathered in so many heaps, each by one thread.
const HEAPS: u8 = 32;

/// The words of one page, each with its places.
pub type Words = Vec<(u8, String, Vec<(u32, u32)>)>;

/// How a word stands in one section.
#[derive(Clone, Copy, Default)]
struct Standing {
    /// How many words its title or heading has, if it stands there.
    title: u32,
    tag: bool,
    description: bool,
    address: bool,
    /// How often it stands in the text.
    times: u32,
}

/// What one page says of itself.
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its tags and keywords.
    pub tags: &'a [&'a str],
    /// Its description.
    pub description: &'a str,
    /// The last part of its address.
    pub address: &'a str,
    /// Its sections.
    pub sections: &'a [Section],
}

/// The words of a page.
pub fn words(about: &About<'_>) -> Words {
    let mut found: HashMap<String, BTreeMap<u32, Standing>> = HashMap::new();
    let mut note = |word: &str, section: u32, change: &dyn Fn(&mut Standing)| {
        if !found.contains_key(word) {
            found.insert(word.to_owned(), BTreeMap::new());
        }
        if let Some(places) = found.get_mut(word) {
            change(places.entry(section).or_default());
        }
    };
    let length = count(about.title);
    token::words(about.title, |word| note(word, 0, &|standing| standing.title = length.min(15)));
    for tag in about.tags {
        token::words(tag, |word| note(word, 0, &|standing| standing.tag = true));
    }
    token::words(about.description, |word| note(word, 0, &|standing| standing.description = true));
    token::words(about.address, |word| note(word, 0, &|standing| standing.address = true));
    for (at, section) in (1..).zip(about.sections) {
        let length = count(&section.heading);
        token::words(&section.heading, |word| note(word, at, &|standing| standing.title = length.min(7)));
        token::words(&section.text, |word| note(word, at, &|standing| standing.times += 1));
        token::words(&section.code, |word| note(word, at, &|standing| standing.times = standing.times.max(1)));
    }
    let places = |places: BTreeMap<u32, Standing>| {
        places.into_iter().map(|(section, standing)| (section, value(section, standing))).collect()
    };
    found.into_iter().map(|(word, found)| (heap(&word), word, places(found))).collect()
}

fn count(text: &str) -> u32 {
    let mut count = 0;
    token::words(text, |_| count += 1);
    count
}

fn value(section: u32, standing: Standing) -> u32 {
    if section == 0 {
        let flags = [standing.tag, standing.description, standing.address];
        return flags.iter().rev().fold(0, |sum, &flag| 2 * sum + u32::from(flag)) * 16 + standing.title;
    }
    let often = match standing.times {
        0..=1 => standing.times,
        2..=3 => 2,
        _ => 3,
    };
    standing.title + 8 * often
}

fn heap(word: &str) -> u8 {
    let sum = word.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    sum % HEAPS
}

/// All words in a script's order, each with its postings.
pub fn merge(pages: Vec<Words>) -> Vec<(String, String)> {
    let gather = |heap: u8| {
        let mut gathered: HashMap<&str, (usize, String)> = HashMap::new();
        for (number, page) in pages.iter().enumerate() {
            for (_, word, places) in page.iter().filter(|(of, ..)| *of == heap) {
                let (last, out) = gathered.entry(word).or_default();
                for &(section, value) in places {
                    write(number - *last, out);
                    write(section as usize, out);
                    write(value as usize, out);
                    *last = number;
                }
            }
        }
        gathered.into_iter().map(|(word, (_, out))| (word.to_owned(), out)).collect::<Vec<_>>()
    };
    let mut words: Vec<(String, String)> = (0..HEAPS).into_par_iter().flat_map_iter(gather).collect();
    words.par_sort_unstable_by(|(a, _), (b, _)| as_scripts_do(a, b));
    words
}

fn write(mut number: usize, out: &mut String) {
    while number >= 32 {
        out.push(char::from(DIGITS[32 + number % 32]));
        number /= 32;
    }
    out.push(char::from(DIGITS[number]));
}

/// Scripts compare text by its UTF-16 units.
fn as_scripts_do(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(heading: &str, text: &str) -> Section {
        Section { heading: heading.into(), text: text.into(), ..Section::default() }
    }

    #[test]
    fn postings_say_where_and_how_a_word_stands() {
        let sections = [section("", "one two two"), section("One", "three")];
        let about = About { title: "One page", tags: &["two"], description: "", address: "three", sections: &sections };
        let other = About { title: "", tags: &[], description: "one", address: "", sections: &[] };
        let merged = merge(vec![words(&about), Words::new(), words(&other)]);
        let shown: Vec<_> = merged.iter().map(|(word, posting)| format!("{word} {posting}")).collect();
        // Page 0: in a title of two words; once in section 1; alone in the heading of section 2. Page 2: described.
        assert_eq!(shown, ["one AACABIACBCAgB", "page AAC", "three AAgCACI", "two AAQABQ"]);
    }

    #[test]
    fn numbers_of_any_size_are_written() {
        let mut out = String::new();
        for number in [0, 31, 32, 33, 1024] {
            write(number, &mut out);
            out.push(' ');
        }
        assert_eq!(out, "A f gB hB ggB ");
    }
}
