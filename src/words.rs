//! The words that the theme itself says, one table a language. What stands in braces (`{count}`) is filled in
//! where a word is used, what stands in brackets becomes a link.

use crate::html::escaped;

/// The table of each language that the theme speaks.
const TABLES: &[(&str, &str)] = &[("en", include_str!("../templates/words/en.toml"))];

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    table: toml::Table,
}

impl Words {
    /// Those of a language (`pt-BR`, or else `pt`), and English ones where there are none.
    pub fn of(language: &str) -> Self {
        let mut table = toml::Table::new();
        let primary = language.split('-').next().unwrap_or_default();
        for wanted in ["en", primary, language] {
            let written = TABLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(wanted));
            if let Some(words) = written.and_then(|(_, text)| text.parse::<toml::Table>().ok()) {
                table.extend(words);
            }
        }
        Self { table }
    }

    /// A word by its name; the name itself where there is none.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.table.get(name).and_then(toml::Value::as_str).unwrap_or(name)
    }

    /// All of them.
    pub fn table(&self) -> &toml::Table {
        &self.table
    }
}

/// A sentence as HTML, in which what stands in brackets is a link.
pub fn with_link(sentence: &str, href: &str) -> String {
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
    use std::collections::BTreeMap;

    use super::*;

    /// The names that each language has words for.
    fn names() -> BTreeMap<&'static str, Vec<String>> {
        let names = |text: &str| text.parse::<toml::Table>().map(|table| table.keys().cloned().collect());
        TABLES.iter().map(|(language, text)| (*language, names(text).unwrap_or_default())).collect()
    }

    #[test]
    fn every_language_can_be_read_and_says_no_other_words_than_english() {
        let names = names();
        assert!(names["en"].len() > 50, "{}", names["en"].len());
        for (language, words) in &names {
            assert!(!words.is_empty() && words.iter().all(|word| names["en"].contains(word)), "{language}");
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
                assert!(words.table.contains_key(name), "{name} in {}", file.display());
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
