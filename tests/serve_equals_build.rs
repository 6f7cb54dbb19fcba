//! After any sequence of edits, moves and deletes, every route of the preview equals
//! what a fresh build writes, to the byte, but for the preview's own additions.
//! `BOKWORM_CASES=200 cargo test --test serve_equals_build` tries longer.

mod deeds;
mod program;
mod served;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use bokworm::serve::inject;
use deeds::{TEXTS, act, deed};
use program::{bokworm, files, folder};
use proptest::prelude::*;
use served::Served;

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
    let gone = seen.difference(&built).find(|path| served.get(&format!("/{}", path.replace(' ', "%20"))).status == 200);
    let gone = gone.map(|path| format!("{path} is served and not built"));
    seen.extend(built);
    gone
}

fn cases() -> u32 {
    std::env::var("BOKWORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_served_is_what_would_be_published(deeds in prop::collection::vec(prop::collection::vec(deed(), 1..5), 4..10)) {
        let site = folder(&[("book.toml", ""), ("content/index.md", TEXTS[0]), ("content/docs/a.md", TEXTS[1])]);
        let out = folder(&[]);
        let out = out.path().join("site");
        let served = Served::start(site.path(), &[]);
        let mut seen = BTreeSet::new();
        for some in &deeds {
            for deed in some {
                act(site.path(), deed);
            }
            let built = bokworm(site.path(), &["build", "--quiet", "--out", out.to_str().unwrap()]);
            if built.code != 0 {
                continue;
            }
            let begun = Instant::now();
            while let Some(difference) = difference(&served, &out, &mut seen) {
                prop_assert!(begun.elapsed() < Duration::from_secs(30), "{difference}\nafter {some:?}");
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }
}
