//! The words that the theme itself says, one table a language. What stands in braces (`{count}`) is filled in
//! where a word is used, what stands in brackets becomes a link.

use std::collections::BTreeMap;

use crate::html::escaped;

/// The table of each language that the theme speaks.
const TABLES: &[(&str, &str)] = &[("en", include_str!("../templates/words/en.toml"))];

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    table: BTreeMap<&'static str, &'static str>,
}

impl Words {
    /// Those of a language (`pt-BR`, or else `pt`), and English ones where there are none.
    pub fn of(language: &str) -> Self {
        let mut table = BTreeMap::new();
        let primary = language.split('-').next().unwrap_or_default();
        for wanted in ["en", primary, language] {
            let written = TABLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(wanted));
            table.extend(written.into_iter().flat_map(|(_, text)| read(text)));
        }
        Self { table }
    }

    /// A word by its name; the name itself where there is none.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.table.get(name).copied().unwrap_or(name)
    }

    /// All of them, by name.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.table.iter().map(|(name, word)| (*name, *word))
    }
}

/// The words of a table. They are read in each build, and TOML's own reader would take longer for them than the site
/// for what is made of it; a test holds the tables to what both read alike: a name and a text in quotes in each line.
fn read(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| {
        let (name, text) = line.split_once(" = \"")?;
        Some((name, text.strip_suffix('"')?))
    })
}

/// A sentence as HTML, in which what stands in brackets is a link.
pub(crate) fn with_link(sentence: &str, href: &str) -> String {
    let parts = sentence.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
    match parts {
        Some((before, (words, after))) => {
            format!("{}<a href=\"{}\">{}</a>{}", escaped(before), escaped(href), escaped(words), escaped(after))
        }
        None => escaped(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_says_what_it_says_as_toml() {
        for (language, text) in TABLES {
            let as_toml: toml::Table = text.parse().unwrap();
            let as_toml: BTreeMap<&str, &str> =
                as_toml.iter().map(|(name, word)| (name.as_str(), word.as_str().unwrap())).collect();
            assert_eq!(read(text).collect::<BTreeMap<_, _>>(), as_toml, "{language}");
        }
    }

    #[test]
    fn no_language_says_other_words_than_english() {
        let english: Vec<&str> = Words::of("en").all().map(|(name, _)| name).collect();
        assert!(english.len() > 50, "{}", english.len());
        for (language, text) in TABLES {
            assert!(read(text).count() > 0 && read(text).all(|(name, _)| english.contains(&name)), "{language}");
        }
    }

    #[test]
    fn every_word_that_a_template_asks_for_is_there() {
        let words = Words::of("en");
        let files = walkdir::WalkDir::new("templates").into_iter().map(|entry| entry.unwrap().into_path());
        let mut asked = 0;
        for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "html")) {
            let text = std::fs::read_to_string(&file).unwrap();
            for after in text.split("word(name=\"").skip(1) {
                let name = after.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next().unwrap();
                let is_there = match after[name.len()..].starts_with("\")") {
                    true => words.table.contains_key(name),
                    false => words.table.keys().any(|word| word.starts_with(name)),
                };
                assert!(is_there, "{name} in {}", file.display());
                asked += 1;
            }
        }
        assert!(asked > 60, "{asked}");
    }

    #[test]
    fn a_language_without_words_speaks_english() {
        assert_eq!(Words::of("tlh-Latn").get("search"), "Search");
        assert_eq!(Words::of("en-GB").get("nothing_of_the_kind"), "nothing_of_the_kind");
    }

    #[test]
    fn a_sentence_holds_one_link_and_no_markup() {
        assert_eq!(
            with_link("Go <to> [the \"page\"].", "a\"b"),
            "Go &lt;to&gt; <a href=\"a&quot;b\">the &quot;page&quot;</a>."
        );
        assert_eq!(with_link("Nothing [here", "x"), "Nothing [here");
    }
}
