//! What holds for every table, and what languages say.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::own::places;
use super::*;
use crate::source::{Root, Source};

fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    let source =
        |(path, text): &(&str, &str)| Source { path: SourcePath::new(Root::Templates, *path), text: (*text).into() };
    files.iter().map(source).collect()
}

fn with_own(language: &str, files: &[(&str, &str)]) -> Words {
    Words::of_site(language, &OwnWords::read(&sources(files)))
}

fn flat(table: &toml::Table) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, value) in table {
        match value {
            toml::Value::Table(forms) => {
                all.extend(flat(forms).into_iter().map(|(form, text)| (format!("{name}.{form}"), text)));
            }
            text => _ = all.insert(name.clone(), text.as_str().unwrap().to_owned()),
        }
    }
    all
}

fn own_table(language: &str) -> BTreeMap<&'static str, &'static str> {
    table::read(table::written(language).unwrap()).collect()
}

#[test]
fn a_table_says_what_it_says_as_toml() {
    for language in table::languages() {
        let as_toml = flat(&table::written(language).unwrap().parse().unwrap());
        let read: BTreeMap<String, String> =
            own_table(language).into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        assert_eq!(read, as_toml, "{language}");
    }
}

#[test]
fn a_file_of_the_theme_is_a_table() {
    let files = std::fs::read_dir("templates/words").unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.filter_map(|name| name.to_str().unwrap().strip_suffix(".toml").map(str::to_owned));
    assert_eq!(files.collect::<BTreeSet<_>>(), table::languages().map(str::to_owned).collect());
}

#[test]
fn every_table_has_the_names_of_the_english_one() {
    let english = own_table("en");
    let stems = |names: &BTreeMap<&'static str, &str>| -> BTreeSet<&'static str> {
        names.keys().map(|name| table::stem(name)).collect()
    };
    assert!(english.len() > 100, "{}", english.len());
    for language in table::languages() {
        let own = own_table(language);
        assert_eq!(stems(&own), stems(&english), "{language}");
        for (name, text) in &english {
            let Some((stem, _)) = name.split_once('.') else { continue };
            let forms: BTreeSet<&str> = own
                .keys()
                .filter_map(|name| name.split_once('.'))
                .filter(|(of, _)| *of == stem)
                .map(|(_, form)| form)
                .collect();
            assert_eq!(forms, plural::forms(language).into_iter().collect(), "{language}: {stem}, {text}");
        }
    }
}

#[test]
fn every_table_has_the_places_of_the_english_one() {
    let english = own_table("en");
    for language in table::languages() {
        for (name, text) in own_table(language) {
            let (stem, form) = name.split_once('.').unwrap_or((name, ""));
            let written = english.get(name).or_else(|| english.get(format!("{stem}.other").as_str())).unwrap();
            let mut wanted: BTreeSet<&str> = places(written).collect();
            let own: BTreeSet<&str> = places(text).collect();
            // "Two pages" may be a word.
            if ["zero", "one", "two"].contains(&form) && !own.contains("count") {
                wanted.remove("count");
            }
            assert_eq!(own, wanted, "{language}: {name}");
            let brackets = |text: &str| [text.matches('[').count(), text.matches(']').count()];
            assert_eq!(brackets(text), brackets(written), "{language}: {name}");
            assert!(!text.is_empty() && !text.contains("  ") && !text.contains('\''), "{language}: {name}");
        }
    }
}

#[test]
fn lists_of_names_are_whole() {
    for language in table::languages() {
        let words = Words::of(language);
        for (list, count) in [("months", 12), ("months_short", 12), ("weekdays", 7), ("weekdays_short", 7)] {
            assert!(words.part(list, count - 1).is_some() && words.part(list, count).is_none(), "{language}: {list}");
        }
    }
}

#[test]
fn no_table_says_english_words_but_those_that_are_its_own() {
    let english = own_table("en");
    // What two languages share: `Menu`, `Page`, `Code`, names of keys.
    for language in table::languages().filter(|language| *language != "en") {
        let same = own_table(language).into_iter().filter(|(name, text)| english.get(name) == Some(text));
        let same: Vec<&str> = same.map(|(name, _)| name).filter(|name| !name.starts_with("key_")).collect();
        assert!(same.len() * 10 <= english.len(), "{language}: {same:?}");
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
            let (name, rest) = after.split_once('"').unwrap();
            let is_there = match rest.trim_start().starts_with('~') {
                true => words.names().any(|word| word.starts_with(name)),
                false => words.find(name).is_some(),
            };
            let is_counted = words.counted(name, 1).is_some() && !words.table.contains_key(name);
            assert!(is_there, "{name} in {}", file.display());
            assert_eq!(
                rest.starts_with(", count="),
                is_counted && !rest.trim_start().starts_with('~'),
                "{name} in {}",
                file.display()
            );
            asked += 1;
        }
    }
    assert!(asked > 60, "{asked}");
}

#[test]
fn what_is_counted_is_said_as_the_language_counts() {
    let said = |language: &str, name| {
        let words = Words::of(language);
        [0, 1, 2, 3, 5, 11, 21, 100].map(|count| words.counted(name, count).unwrap())
    };
    assert_eq!(
        said("ar", "pages"),
        ["لا صفحات", "صفحة واحدة", "صفحتان", "3 صفحات", "5 صفحات", "11 صفحة", "21 صفحة", "100 صفحة"]
    );
    assert_eq!(
        said("ru", "pages"),
        [
            "0 страниц",
            "1 страница",
            "2 страницы",
            "3 страницы",
            "5 страниц",
            "11 страниц",
            "21 страница",
            "100 страниц"
        ]
    );
    assert_eq!(
        said("pl", "pages"),
        ["0 stron", "1 strona", "2 strony", "3 strony", "5 stron", "11 stron", "21 stron", "100 stron"]
    );
    assert_eq!(
        said("ja", "pages"),
        ["0 ページ", "1 ページ", "2 ページ", "3 ページ", "5 ページ", "11 ページ", "21 ページ", "100 ページ"]
    );
    assert_eq!(
        said("cy", "pages"),
        ["0 tudalen", "1 dudalen", "2 dudalen", "3 tudalen", "5 tudalen", "11 tudalen", "21 tudalen", "100 tudalen"]
    );
    assert_eq!(said("en-GB", "pages")[..3], ["0 pages", "1 page", "2 pages"]);
    assert_eq!(said("fr", "pages")[..3], ["0 page", "1 page", "2 pages"]);
}

#[test]
fn a_language_takes_the_nearest_words() {
    for (language, expected) in [
        ("en", "Search"),
        ("en-GB", "Search"),
        ("tlh-Latn", "Search"),
        ("de-AT", "Suche"),
        ("pt", "Buscar"),
        ("pt-PT", "Buscar"),
        ("zh", "搜索"),
        ("zh-CN", "搜索"),
        ("zh-Hans-HK", "搜索"),
        ("zh-TW", "搜尋"),
        ("zh-hk", "搜尋"),
        ("zh-Hant", "搜尋"),
        ("iw", "חיפוש"),
        ("", "Search"),
    ] {
        assert_eq!(Words::of(language).get("search"), expected, "{language}");
    }
    assert_eq!(Words::of("en").get("nothing_of_the_kind"), "nothing_of_the_kind");
    assert_eq!(Words::of("en").counted("nothing_of_the_kind", 1), None);
}

#[test]
fn a_site_says_its_own_words_over_ours() {
    let files = [
        (
            "words/de.toml",
            "search = \"Finden\"\nown = \"Eigenes\"\n[pages]\none = \"ein Blatt\"\nother = \"{count} Blätter\"\n",
        ),
        ("words/de-CH.toml", "menu = 'Auswahl'\n"),
        ("words/de/ignored.toml", "skip = \"nie\"\n"),
        ("other/de.toml", "skip = \"nie\"\n"),
    ];
    let words = with_own("de-CH", &files);
    assert_eq!(
        ["search", "menu", "own", "skip"].map(|name| words.get(name)),
        ["Finden", "Auswahl", "Eigenes", "Zum Inhalt springen"]
    );
    assert_eq!([1, 2].map(|count| words.counted("pages", count).unwrap()), ["ein Blatt", "2 Blätter"]);
    assert_eq!(with_own("fr", &files).get("search"), "Rechercher");
    assert_eq!(words.missing().count(), 0);
}

/// Welsh would say English words for one and two otherwise, and its own for three.
#[test]
fn what_is_counted_is_said_in_one_language() {
    let words = with_own("nl", &[("words/nl.toml", "pages.other = \"{count} pagina’s\"\n")]);
    assert_eq!([1, 2].map(|count| words.counted("pages", count).unwrap()), ["1 pagina’s", "2 pagina’s"]);
    // English words are counted in English.
    let words = with_own("vi", &[]);
    assert_eq!(words.counted("pages", 1).unwrap(), "1 page");
}

#[test]
fn what_is_missing_is_known() {
    assert_eq!(Words::of("de").missing().count(), 0);
    let english: BTreeSet<&str> = own_table("en").into_keys().map(table::stem).collect();
    assert_eq!(Words::of("nl").missing().count(), english.len());
    let words = with_own("nl", &[("words/nl.toml", "search = \"Zoeken\"\npages.one = \"a\"\npages.other = \"b\"\n")]);
    assert_eq!(words.missing().count(), english.len() - 2);
    assert!(words.missing().all(|name| name != "search" && name != "pages"));
}

#[test]
fn a_site_can_say_everything_in_a_language_of_its_own() {
    let text = table::written("pl").unwrap();
    let words = with_own("csb", &[("words/csb.toml", text)]);
    assert_eq!(words.missing().count(), 0);
}

#[test]
fn a_sentence_holds_one_link_and_no_markup() {
    assert_eq!(
        with_link("Go <to> [the \"page\"].", "a\"b", ""),
        "Go &lt;to&gt; <a href=\"a&quot;b\">the &quot;page&quot;</a>."
    );
    assert_eq!(with_link("Nothing [here", "x", ""), "Nothing [here");
}

proptest! {
    /// Whatever stands in a site's file, it is read, told and laid over ours.
    #[test]
    fn any_file_is_read(lines in proptest::collection::vec("(search|pages|menü|own_a|\\[pages\\]|a\\.b)(\\.(one|other|few|x))?[ =]{0,3}(\"[^\"]{0,6}\"|'|3|\\{.{0,4}\\}|\"\\{count\\}\")?", 0..6), language in "(pl|zh-TW|.{0,3})") {
        let path = format!("words/{}.toml", language.replace('/', ""));
        let files = sources(&[(path.as_str(), lines.join("\n").as_str())]);
        let own = OwnWords::read(&files);
        for finding in own.findings(&["word(name=\"own_\" ~ x)"]) {
            prop_assert!(files[0].text.get(finding.span.start..finding.span.end).is_some());
        }
        let words = Words::of_site(&language, &own);
        prop_assert!(!words.get("search").is_empty() || lines.join("").contains("\"\""));
        prop_assert!(words.counted("pages", 3).is_some());
        for script in &SCRIPTS {
            prop_assert!(script.write(&words).contains("window.bokworm"));
        }
    }
}

/// What is filled in may be written in the other direction, and would take the signs around it along.
#[test]
fn what_is_filled_in_stands_by_itself_where_words_run_from_right_to_left() {
    for language in ["ar", "he"] {
        let table: Vec<_> = table::written(language).into_iter().flat_map(table::read).collect();
        for place in ["{title}", "{language}", "{tag}", "{host}", "{word}", "{name}", "{value}", "{rating}", "{id}"] {
            for (name, text) in table.iter().filter(|(_, text)| text.contains(place)) {
                assert!(text.contains(&format!("\u{2068}{place}\u{2069}")), "{language}: {name}: {text}");
            }
        }
    }
}
