//! Sites in several languages: what holds for any of them.
//! `BOKWORM_CASES=400 cargo test --test all languages::` tries more.

mod press;
mod promises;
mod sites;

use promises::Judged;
use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

fn cases() -> u32 {
    std::env::var("BOKWORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

/// Alternates are closed both ways and lead to pages that are for search engines, no switch leads to nothing, and each
/// language tells of its own pages and of no other's.
#[test]
fn each_page_knows_its_other_languages_and_each_language_its_pages() {
    let config =
        ProptestConfig { cases: cases(), max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() };
    let seen = Cell::new([0; 3]);
    let judge = |random: sites::RandomSite| {
        let texts = random.texts();
        let site = press::publish(&texts);
        prop_assert!(site.errors.is_empty(), "{:?}\n{texts:#?}", site.errors);
        let judged = Judged::of(&random, &site);
        let faults = judged.faults();
        prop_assert!(faults.is_empty(), "{faults:#?}\n{texts:#?}");
        let (so_far, more) = (seen.get(), judged.counts());
        seen.set(std::array::from_fn(|at| so_far[at] + more[at]));
        Ok(())
    };
    TestRunner::new(config).run(&sites::site(), judge).unwrap();
    assert!(seen.get().iter().all(|count| *count > 10), "there was little to see: {:?}", seen.get());
}

#[test]
fn twenty_languages_know_each_other() {
    let codes = "en de fr it es pt-BR ja zh-Hans zh-Hant ko ru ar he pl cy nl sv fi cs el";
    let codes: Vec<&str> = codes.split(' ').collect();
    let mut book = "[site]\nurl = \"https://example.org\"\n[urls]\nstyle = \"file\"\n".to_owned();
    let mut texts = Vec::new();
    for code in &codes {
        book += &format!("[languages.{code}]\n");
        texts.push((format!("content/{code}/index.md"), format!("# Home {code}\n")));
    }
    texts.push(("content/en/guide.md".to_owned(), "# Guide\n".to_owned()));
    texts.push(("book.toml".to_owned(), book));
    let site = press::publish(&texts);
    assert_eq!(site.errors, []);
    for code in codes {
        let home = if code == "en" { "index.html".to_owned() } else { format!("{}/index.html", code.to_lowercase()) };
        assert_eq!(site.files[&home].text.matches("rel=\"alternate\" hreflang=").count(), 21, "{home}");
        let guide = if code == "en" { "guide.html".to_owned() } else { format!("{}/guide.html", code.to_lowercase()) };
        assert!(site.files[&guide].text.contains("Guide"), "{guide}");
    }
}
