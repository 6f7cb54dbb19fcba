//! Words that readers and writers use for one another: `staff` and `employee`, `hire` and `recruit`. A list of
//! ours, of everyday words of business, law, software and learning. Of it a site gets what leads to its words, by their stems; a browser
//! loads it with the first query, in parts that are no longer than others.

use std::collections::BTreeSet;

use super::irregular;
use super::stems::{StemChange, Stems};

/// Begins a line of words of one family, one of words that mean nearly the same, and that of words of a question that
/// tell less than the others.
const MARKS: [&str; 3] = ["= ", "~ ", WEAK];
const WEAK: &str = "? ";
/// Begins a line of a stem and forms of it that no rule makes.
const FORMS: &str = ":";

/// The lines of a language that lead to a site's words, or weigh them: a mark, and stems of which those that the site
/// hasn't follow a `-`; `,` between lines.
pub(super) fn of<'a>(language: &str, stems: &Stems, words: impl Iterator<Item = (&'a [u8], StemChange)>) -> String {
    let lines: Vec<(&str, Vec<String>)> = listed(language)
        .lines()
        .filter_map(|line| MARKS.iter().find_map(|mark| Some((*mark, line.strip_prefix(mark)?))))
        .map(|(mark, words)| (mark, distinct(words.split(' ').map(|word| stems.stem(word).into_owned()))))
        .collect();
    let irregular: Vec<(String, &[&str])> = match listed(language) {
        "" => Vec::new(),
        _ => irregular::all().map(|(word, forms)| (stems.stem(word).into_owned(), forms)).collect(),
    };
    let told = lines.iter().flat_map(|(_, stems)| stems).chain(irregular.iter().map(|(stem, _)| stem));
    let mut wanted: BTreeSet<&str> = told.map(String::as_str).collect();
    let mut had = BTreeSet::new();
    for (word, change) in words {
        let Ok(word) = std::str::from_utf8(word) else { continue };
        if let Some(stem) = wanted.take(&*change.applied(word)) {
            had.insert(stem);
        }
    }
    let leads = |stems: &[String]| stems.len() > 1 && stems.iter().any(|stem| had.contains(stem.as_str()));
    let written = |stem: &String| if had.contains(stem.as_str()) { stem.clone() } else { format!("-{stem}") };
    let irregular = irregular.iter().filter(|(stem, _)| had.contains(stem.as_str()));
    let irregular = irregular.map(|(stem, forms)| format!("{FORMS}{stem} {}", forms.join(" "))).collect();
    let line = |(mark, stems): &(&str, Vec<String>)| {
        format!("{}{}", mark.trim_end(), stems.iter().map(written).collect::<Vec<_>>().join(" "))
    };
    let lines: Vec<String> = lines.iter().filter(|(_, stems)| leads(stems)).map(line).collect();
    [lines, irregular].concat().join(",")
}

/// Such lines in parts of at most so many bytes.
pub(super) fn parts(lines: &str, most: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in lines.split(',').filter(|line| !line.is_empty()) {
        match parts.last_mut().filter(|part| part.len() + 1 + line.len() <= most) {
            Some(part) => *part = format!("{part},{line}"),
            None => parts.push(line.to_owned()),
        }
    }
    parts
}

fn listed(language: &str) -> &'static str {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    if main.eq_ignore_ascii_case("en") { include_str!("related/en.txt") } else { "" }
}

fn distinct(stems: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for stem in stems {
        if !all.contains(&stem) {
            all.push(stem);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_words(language: &str, words: &[&str]) -> String {
        let stems = Stems::of(language);
        of(language, &stems, words.iter().map(|word| (word.as_bytes(), stems.change(word.as_bytes()))))
    }

    #[test]
    fn a_site_gets_what_leads_to_its_words() {
        let lines = of_words("en", &["employees", "unheard"]);
        assert!(lines.split(',').any(|line| line.starts_with('~') && line.contains("-staff")), "{lines}");
        assert!(lines.split(',').all(|line| line.contains("employe") || line.contains(" employ")), "{lines}");
        assert_eq!(of_words("en", &["unheard"]), "");
        assert_eq!(of_words("de", &["employees"]), "");
    }

    #[test]
    fn parts_are_no_longer_than_they_may_be_and_hold_all() {
        assert_eq!(parts("", 9), [""; 0]);
        assert_eq!(parts("=a b,~c d,=e f", 9), ["=a b,~c d", "=e f"]);
    }

    #[test]
    fn the_list_is_written_as_words_are_and_repeats_nothing() {
        let mut lines = BTreeSet::new();
        for line in listed("en").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words = MARKS.iter().find_map(|mark| line.strip_prefix(mark)).expect(line);
            assert!(words.split(' ').all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())), "{line}");
            assert!(words.split(' ').count() > 1 && lines.insert(words), "{line}");
        }
    }
}
