//! After any sequence of edits, moves and deletes, every route of the preview equals
//! what a fresh build writes, to the byte, but for the preview's own additions.
//! `BOKWORM_CASES=200 cargo test --test all serve_equals_build::` tries longer.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::edits::{Edit, IN_TWO, TEXTS, apply, begin_anew, edit, edit_in_two};
use crate::program::{bokworm, files, folder};
use crate::served::Served;
use bokworm::serve::inject;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// The first difference between what is served and what a build wrote.
fn difference(served: &Served, out: &Path, seen: &mut BTreeSet<String>) -> Option<String> {
    let built: BTreeSet<String> = files(out).into_iter().filter(|path| !path.starts_with(".bokworm")).collect();
    for path in &built {
        let bytes = fs::read(out.join(path)).unwrap();
        let encoded = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC).to_string();
        let answer = served.get(&format!("/{}", encoded.replace("%2F", "/")));
        let as_published =
            answer.body == bytes || (path.ends_with(".html") && answer.body == inject::into_page(&bytes));
        if answer.status != 200 || !as_published {
            return Some(format!(
                "{path}: {}\nserved: {}\nbuilt: {}",
                answer.status,
                answer.text(),
                String::from_utf8_lossy(&bytes)
            ));
        }
    }
    // A page may have taken the address of a file that is gone.
    let is_page = |path: &str| [".html", "/index.html"].iter().any(|end| built.contains(&format!("{path}{end}")));
    let is_served = |path: &str| served.get(&format!("/{}", path.replace(' ', "%20"))).status == 200;
    let gone = seen.difference(&built).find(|path| !is_page(path) && is_served(path));
    let gone = gone.map(|path| format!("{path} is served and not built"));
    seen.extend(built);
    gone
}

fn cases() -> u32 {
    std::env::var("BOKWORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4)
}

/// How often the two were compared, and how often there was nothing to compare: a build that fails publishes nothing.
#[derive(Debug, Default)]
struct Tally {
    compared: Cell<usize>,
    failed: Cell<usize>,
}

/// Builds, and waits until what is served is that.
fn compare(served: &Served, site: &Path, out: &Path, seen: &mut BTreeSet<String>) -> Result<bool, TestCaseError> {
    let built = bokworm(site, &["build", "--quiet", "--out", out.to_str().unwrap()]);
    if built.code != 0 {
        return Ok(false);
    }
    let begun = Instant::now();
    while let Some(difference) = difference(served, out, seen) {
        prop_assert!(begun.elapsed() < Duration::from_secs(30), "{difference}");
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(true)
}

/// Makes some edits at a time and compares; and once more with a project begun anew, which always can be built.
fn follow(book: &str, edits: &[Vec<Edit>], tally: &Tally) -> Result<(), TestCaseError> {
    let site = folder(&[("book.toml", book), ("content/index.md", TEXTS[0]), ("content/docs/a.md", TEXTS[1])]);
    let out = folder(&[]);
    let out = out.path().join("site");
    let served = Served::start(site.path(), &[]);
    let mut seen = BTreeSet::new();
    for some in edits {
        some.iter().for_each(|edit| apply(site.path(), edit));
        let count = if compare(&served, site.path(), &out, &mut seen)? { &tally.compared } else { &tally.failed };
        count.set(count.get() + 1);
        prop_assert!(served.get("/").status > 0, "it answers, whatever a build would say");
    }
    begin_anew(site.path());
    prop_assert!(compare(&served, site.path(), &out, &mut seen)?, "nothing stops the build of a project begun anew");
    Ok(())
}

#[test]
fn what_is_served_is_what_would_be_published() {
    compare_after("", edit().boxed());
}

#[test]
fn what_is_served_in_two_languages_is_what_would_be_published() {
    compare_after(IN_TWO[0], edit_in_two().boxed());
}

fn compare_after(book: &str, edit: BoxedStrategy<Edit>) {
    let config =
        ProptestConfig { cases: cases(), max_shrink_iters: 4, failure_persistence: None, ..ProptestConfig::default() };
    let edits = prop::collection::vec(prop::collection::vec(edit, 1..5), 4..10);
    let tally = Tally::default();
    TestRunner::new(config).run(&edits, |edits| follow(book, &edits, &tally)).unwrap();
    assert!(3 * tally.compared.get() > tally.failed.get(), "mostly there was nothing to compare: {tally:?}");
}
