//! The handbook of a community garden, in four languages of which none is complete: what it has to come to is written
//! down here by hand. Its sources lie in `tests/handbook/site/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::program::{bokworm, files, folder, read};
use scraper::{ElementRef, Html, Selector};

/// The pages that somebody wrote: language, address, title, and the languages that have the page.
const OWN: &[(&str, &str, &str, &str)] = &[
    ("en", "/", "Welcome to the garden", "en de ja ar"),
    ("en", "/joining", "Joining", "en de ja"),
    ("en", "/rules", "Rules", "en de ja ar"),
    ("en", "/harvest", "Sharing the harvest", "en"),
    ("en", "/seasons", "The year", "en de"),
    ("en", "/seasons/spring", "Spring", "en de ja"),
    ("en", "/seasons/summer", "Summer", "en"),
    ("en", "/seasons/autumn", "Autumn", "en"),
    ("en", "/seasons/winter", "Winter", "en"),
    ("en", "/beds/compost", "Compost", "en de"),
    ("en", "/beds/tools", "Tools", "en"),
    ("en", "/beds/watering", "Watering", "en de ja ar"),
    ("de", "/de", "Willkommen im Garten", "en de ja ar"),
    ("de", "/de/mitmachen", "Mitmachen", "en de ja"),
    ("de", "/de/regeln", "Regeln", "en de ja ar"),
    ("de", "/de/kleingartengesetz", "Was das Gesetz verlangt", "de"),
    ("de", "/de/seasons", "Das Jahr", "en de"),
    ("de", "/de/seasons/spring", "Frühling", "en de ja"),
    ("de", "/de/beds/compost", "Kompost", "en de"),
    ("de", "/de/beds/watering", "Gießen", "en de ja ar"),
    ("ja", "/ja", "ようこそ、庭へ", "en de ja ar"),
    ("ja", "/ja/joining", "参加のしかた", "en de ja"),
    ("ja", "/ja/rules", "約束ごと", "en de ja ar"),
    ("ja", "/ja/seasons/spring", "春", "en de ja"),
    ("ja", "/ja/beds/watering", "水やり", "en de ja ar"),
    ("ar", "/ar", "أهلًا بكم في الحديقة", "en de ja ar"),
    ("ar", "/ar/rules", "القواعد", "en de ja ar"),
    ("ar", "/ar/beds/watering", "السقي", "en de ja ar"),
];

/// The pages at which the original stands in, and where that is. Arabic leads to the original instead.
const STANDING_IN: &[(&str, &str)] = &[
    ("/de/harvest", "/harvest"),
    ("/de/seasons/summer", "/seasons/summer"),
    ("/de/seasons/autumn", "/seasons/autumn"),
    ("/de/seasons/winter", "/seasons/winter"),
    ("/de/beds/tools", "/beds/tools"),
    ("/ja/harvest", "/harvest"),
    ("/ja/seasons", "/seasons"),
    ("/ja/seasons/summer", "/seasons/summer"),
    ("/ja/seasons/autumn", "/seasons/autumn"),
    ("/ja/seasons/winter", "/seasons/winter"),
    ("/ja/beds/compost", "/beds/compost"),
    ("/ja/beds/tools", "/beds/tools"),
];

/// The same page at each language's address.
const TOGETHER: &[&[(&str, &str)]] = &[
    &[("en", "/"), ("de", "/de"), ("ja", "/ja"), ("ar", "/ar")],
    &[("en", "/joining"), ("de", "/de/mitmachen"), ("ja", "/ja/joining")],
    &[("en", "/rules"), ("de", "/de/regeln"), ("ja", "/ja/rules"), ("ar", "/ar/rules")],
    &[("en", "/seasons"), ("de", "/de/seasons")],
    &[("en", "/seasons/spring"), ("de", "/de/seasons/spring"), ("ja", "/ja/seasons/spring")],
    &[("en", "/beds/compost"), ("de", "/de/beds/compost")],
    &[("en", "/beds/watering"), ("de", "/de/beds/watering"), ("ja", "/ja/beds/watering"), ("ar", "/ar/beds/watering")],
    &[("en", "/beds"), ("de", "/de/beds"), ("ja", "/ja/beds"), ("ar", "/ar/beds")],
    &[("en", "/tags"), ("de", "/de/tags"), ("ja", "/ja/tags"), ("ar", "/ar/tags")],
    &[("en", "/tags/soil"), ("de", "/de/tags/soil"), ("ja", "/ja/tags/soil"), ("ar", "/ar/tags/soil")],
    &[
        ("en", "/tags/newcomers"),
        ("de", "/de/tags/newcomers"),
        ("ja", "/ja/tags/newcomers"),
        ("ar", "/ar/tags/newcomers"),
    ],
];

/// The tags in each language: address below the index, label, kind, and the titles of its pages in their order.
const TAGS: &[(&str, &str, &str, &str, &[&str])] = &[
    ("/tags", "soil", "Soil", "Topic", &["Compost", "Spring"]),
    ("/tags", "water", "Water", "Topic", &["Summer", "Watering"]),
    ("/tags", "seeds", "Seeds", "Topic", &["Autumn", "Spring"]),
    ("/tags", "harvest", "Harvest", "Topic", &["Autumn", "Sharing the harvest", "Summer"]),
    (
        "/tags",
        "newcomers",
        "Newcomers",
        "Audience",
        &["Joining", "Rules", "Tools", "Watering", "Welcome to the garden"],
    ),
    ("/tags", "council", "Council", "Audience", &["Joining", "Rules", "The year", "Winter"]),
    ("/de/tags", "soil", "Boden", "Thema", &["Frühling", "Kompost"]),
    ("/de/tags", "water", "Wasser", "Thema", &["Gießen", "Summer"]),
    ("/de/tags", "seeds", "Saatgut", "Thema", &["Autumn", "Frühling"]),
    ("/de/tags", "harvest", "Ernte", "Thema", &["Autumn", "Sharing the harvest", "Summer"]),
    (
        "/de/tags",
        "newcomers",
        "Neue",
        "Zielgruppe",
        &["Gießen", "Mitmachen", "Regeln", "Tools", "Willkommen im Garten"],
    ),
    (
        "/de/tags",
        "council",
        "Gartenrat",
        "Zielgruppe",
        &["Das Jahr", "Mitmachen", "Regeln", "Was das Gesetz verlangt", "Winter"],
    ),
    ("/ja/tags", "soil", "土", "話題", &["Compost", "春"]),
    ("/ja/tags", "water", "水", "話題", &["Summer", "水やり"]),
    ("/ja/tags", "seeds", "種", "話題", &["Autumn", "春"]),
    ("/ja/tags", "harvest", "収穫", "話題", &["Autumn", "Sharing the harvest", "Summer"]),
    ("/ja/tags", "newcomers", "新しい仲間", "対象", &["ようこそ、庭へ", "参加のしかた", "水やり", "約束ごと", "Tools"]),
    ("/ja/tags", "council", "世話役", "対象", &["参加のしかた", "約束ごと", "The year", "Winter"]),
    ("/ar/tags", "soil", "تربة", "موضوع", &["Compost", "Spring"]),
    ("/ar/tags", "water", "ماء", "موضوع", &["Summer", "السقي"]),
    ("/ar/tags", "seeds", "بذور", "موضوع", &["Autumn", "Spring"]),
    ("/ar/tags", "harvest", "حصاد", "موضوع", &["Autumn", "Sharing the harvest", "Summer"]),
    ("/ar/tags", "newcomers", "أعضاء جدد", "جمهور", &["السقي", "القواعد", "أهلًا بكم في الحديقة", "Joining", "Tools"]),
    ("/ar/tags", "council", "مجلس الحديقة", "جمهور", &["القواعد", "Joining", "The year", "Winter"]),
];

/// The sidebar of each front page from top to bottom. What stands in, or is led to, is marked with its language.
const SIDEBARS: &[(&str, &[&str])] = &[
    ("/", &["Welcome to the garden", "Joining", "Rules", "Sharing the harvest", "The year", "In the beds"]),
    (
        "/de",
        &[
            "Willkommen im Garten",
            "Mitmachen",
            "Regeln",
            "Sharing the harvest (en)",
            "Das Jahr",
            "In den Beeten",
            "Was das Gesetz verlangt",
        ],
    ),
    (
        "/ja",
        &["ようこそ、庭へ", "参加のしかた", "約束ごと", "Sharing the harvest (en)", "The year (en)", "In the beds"],
    ),
    (
        "/ar",
        &["أهلًا بكم في الحديقة", "Joining (en)", "القواعد", "Sharing the harvest (en)", "The year (en)", "In the beds"],
    ),
];

/// How each language counts 0, 1, 2, 3, 5, 11, 21 and 100 pages.
const COUNTS: &[(&str, [&str; 8])] = &[
    ("/", ["0 pages", "1 page", "2 pages", "3 pages", "5 pages", "11 pages", "21 pages", "100 pages"]),
    ("/de", ["0 Seiten", "1 Seite", "2 Seiten", "3 Seiten", "5 Seiten", "11 Seiten", "21 Seiten", "100 Seiten"]),
    ("/ja", ["0 ページ", "1 ページ", "2 ページ", "3 ページ", "5 ページ", "11 ページ", "21 ページ", "100 ページ"]),
    ("/ar", ["لا صفحات", "صفحة واحدة", "صفحتان", "3 صفحات", "5 صفحات", "11 صفحة", "21 صفحة", "100 صفحة"]),
];

/// The handbook, published once for all tests.
fn published() -> &'static Path {
    static PUBLISHED: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, out) = PUBLISHED.get_or_init(|| {
        let here = folder(&[]);
        let out = here.path().join("public");
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbook/site");
        let cache = here.path().join("cache");
        let built = bokworm(&site, &["build", "--out", out.to_str().unwrap(), "--cache", cache.to_str().unwrap()]);
        assert_eq!(built.code, 0, "{}", built.stderr);
        (here, out)
    });
    out
}

/// Whether it is the front page of a language, whose address ends with a slash.
fn is_front(address: &str) -> bool {
    ["/", "/de", "/ja", "/ar"].contains(&address)
}

fn file(address: &str) -> String {
    if is_front(address) {
        return format!("{}/index.html", address.trim_end_matches('/')).trim_start_matches('/').to_owned();
    }
    format!("{}.html", &address[1..])
}

fn whole(address: &str) -> String {
    let slash = if is_front(address) && address != "/" { "/" } else { "" };
    format!("https://garden.example.org{address}{slash}")
}

fn page(address: &str) -> Html {
    Html::parse_document(&read(published(), &file(address)))
}

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn texts(html: &Html, selector: &str) -> Vec<String> {
    let text = |found: ElementRef<'_>| found.text().collect::<String>().trim().to_owned();
    all(html, selector).into_iter().map(text).collect()
}

fn attribute(html: &Html, selector: &str, name: &str) -> Option<String> {
    all(html, selector).first().and_then(|found| found.attr(name)).map(str::to_owned)
}

fn alternates(html: &Html) -> Vec<(String, String)> {
    let pair = |link: ElementRef<'_>| (link.attr("hreflang").unwrap().into(), link.attr("href").unwrap().into());
    all(html, "link[rel=alternate][hreflang]").into_iter().map(pair).collect()
}

fn language_of(address: &str) -> &str {
    ["de", "ja", "ar"].into_iter().find(|code| address[1..].split('/').next() == Some(code)).unwrap_or("en")
}

#[test]
fn its_own_pages_are_published_in_their_languages() {
    assert_eq!(OWN.len(), 28);
    for (code, address, title, languages) in OWN {
        let html = page(address);
        let direction = if *code == "ar" { "rtl" } else { "ltr" };
        assert_eq!(attribute(&html, "html", "lang").as_deref(), Some(*code), "{address}");
        assert_eq!(attribute(&html, "html", "dir").as_deref(), Some(direction), "{address}");
        assert_eq!(texts(&html, "h1"), [*title], "{address}");
        assert_eq!(attribute(&html, "link[rel=canonical]", "href"), Some(whole(address)));
        let alternates = alternates(&html);
        let named: Vec<&str> = alternates.iter().map(|(code, _)| code.as_str()).collect();
        let wanted: Vec<&str> = languages.split(' ').collect();
        match wanted.as_slice() {
            [_] => assert!(named.is_empty(), "{address}: {named:?}"),
            several => assert_eq!(named, [several, &["x-default"]].concat(), "{address}"),
        }
    }
}

#[test]
fn nothing_is_published_besides_what_is_written_down() {
    let mut wanted: BTreeSet<String> = OWN.iter().map(|(_, address, ..)| file(address)).collect();
    wanted.extend(STANDING_IN.iter().map(|(address, _)| file(address)));
    wanted.extend(TAGS.iter().map(|(index, slug, ..)| file(&format!("{index}/{slug}"))));
    for prefix in ["", "/de", "/ja", "/ar"] {
        wanted.extend(["tags", "beds", "404"].map(|name| file(&format!("{prefix}/{name}"))));
    }
    // Who writes the original's code is led to its front page.
    wanted.insert("en.html".to_owned());
    let found: BTreeSet<String> = files(published()).into_iter().filter(|path| path.ends_with(".html")).collect();
    assert_eq!(found, wanted);
}

#[test]
fn what_is_not_translated_stands_in_and_says_so() {
    for (address, original) in STANDING_IN {
        let html = page(address);
        assert_eq!(attribute(&html, "html", "lang").as_deref(), Some(language_of(address)));
        assert_eq!(attribute(&html, ".prose", "lang").as_deref(), Some("en"), "{address}");
        assert_eq!(attribute(&html, ".prose", "dir").as_deref(), Some("ltr"), "{address}");
        assert_eq!(attribute(&html, "link[rel=canonical]", "href"), Some(whole(original)));
        assert_eq!(alternates(&html), []);
        let notice = match language_of(address) {
            "de" => "Diese Seite ist noch nicht übersetzt. Es folgt das Original: English.",
            _ => "このページはまだ翻訳されていません。以下は原文（English）です。",
        };
        assert_eq!(texts(&html, ".borrowed"), [notice], "{address}");
    }
}

#[test]
fn pages_that_are_one_are_alternates_of_each_other() {
    for group in TOGETHER {
        let everybody = ("x-default".to_owned(), whole(group[0].1));
        let wanted: Vec<(String, String)> =
            group.iter().map(|(code, address)| ((*code).to_owned(), whole(address))).chain([everybody]).collect();
        for (_, address) in *group {
            assert_eq!(alternates(&page(address)), wanted, "{address}");
        }
    }
}

#[test]
fn the_switch_keeps_the_page_and_leads_to_the_front_page_else() {
    let switch = |address: &str| -> Vec<String> {
        let html = page(address);
        assert_eq!(texts(&html, ".languages a"), ["English", "Deutsch", "日本語", "العربية"]);
        all(&html, ".languages a").iter().map(|link| link.attr("href").unwrap().to_owned()).collect()
    };
    assert_eq!(switch("/joining"), ["joining", "de/mitmachen", "ja/joining", "ar/"]);
    assert_eq!(switch("/de/regeln"), ["../rules", "regeln", "../ja/rules", "../ar/rules"]);
    assert_eq!(switch("/de/kleingartengesetz"), ["../", "kleingartengesetz", "../ja/", "../ar/"]);
    assert_eq!(switch("/ar/tags/seeds"), ["../../tags/seeds", "../../de/tags/seeds", "../../ja/tags/seeds", "seeds"]);
}

#[test]
fn a_tag_is_one_in_all_languages() {
    for (index, slug, label, kind, titles) in TAGS {
        let html = page(&format!("{index}/{slug}"));
        assert_eq!(texts(&html, "h1"), [*label], "{index}/{slug}");
        let mut found = texts(&html, "article .rows a");
        let mut wanted: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{index}/{slug}");
        let overview = read(published(), &file(index));
        assert!(overview.contains(kind), "{kind} on {index}");
    }
}

#[test]
fn tags_and_what_carries_them_come_in_the_order_of_their_language() {
    for (index, labels) in [
        ("/tags", &["Council", "Harvest", "Newcomers", "Seeds", "Soil", "Water"]),
        ("/de/tags", &["Boden", "Ernte", "Gartenrat", "Neue", "Saatgut", "Wasser"]),
        ("/ar/tags", &["أعضاء جدد", "بذور", "تربة", "حصاد", "ماء", "مجلس الحديقة"]),
    ] {
        assert_eq!(texts(&page(index), "main .tag-name"), labels);
    }
    let council = page("/de/tags/council");
    assert_eq!(texts(&council, ".group-title"), ["Das Jahr", "Weitere Seiten"]);
    let titles = ["Winter", "Das Jahr", "Mitmachen", "Regeln", "Was das Gesetz verlangt"];
    assert_eq!(texts(&council, "article .rows a"), titles);
}

#[test]
fn the_sidebar_has_everything_in_its_place() {
    for (address, entries) in SIDEBARS {
        let html = page(address);
        let shown = |link: ElementRef<'_>| {
            let text = link.text().collect::<String>();
            link.attr("lang").map_or(text.clone(), |code| format!("{text} ({code})"))
        };
        let found: Vec<String> = all(&html, ".sidebar > ul > li > a").into_iter().map(shown).collect();
        assert_eq!(found, *entries, "{address}");
    }
    let of_arabic = page("/ar");
    let links: Vec<&str> = all(&of_arabic, ".sidebar > ul > li > a").iter().map(|a| a.attr("href").unwrap()).collect();
    assert_eq!(links, ["./", "../joining", "rules", "../harvest", "../seasons", "beds"]);
}

#[test]
fn each_language_counts_in_its_own_way() {
    for (address, counts) in COUNTS {
        assert_eq!(texts(&page(address), ".page-counts li"), counts, "{address}");
    }
}

#[test]
fn search_engines_and_programs_are_told_of_own_pages_only() {
    for (code, prefix) in [("en", ""), ("de", "de/"), ("ja", "ja/"), ("ar", "ar/")] {
        let sitemap = read(published(), &format!("{prefix}sitemap.xml"));
        let listed: BTreeSet<&str> =
            sitemap.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        let own = OWN.iter().filter(|(of, ..)| *of == code).map(|(_, address, ..)| whole(address));
        let tags = TAGS.iter().filter(|(index, ..)| language_of(index) == code);
        let made = tags.map(|(index, slug, ..)| whole(&format!("{index}/{slug}")));
        let folders = ["tags", "beds"].map(|name| whole(&format!("/{prefix}{name}")));
        let wanted: BTreeSet<String> = own.chain(made).chain(folders).collect();
        assert_eq!(listed, wanted.iter().map(String::as_str).collect(), "{code}");

        let data: serde_json::Value = serde_json::from_str(&read(published(), &format!("{prefix}site.json"))).unwrap();
        let told: BTreeSet<&str> =
            data["pages"].as_array().unwrap().iter().map(|page| page["address"].as_str().unwrap()).collect();
        let own = OWN.iter().filter(|(of, ..)| *of == code).map(|(_, address, ..)| *address);
        assert_eq!(told, own.collect(), "{code}");
    }
}
