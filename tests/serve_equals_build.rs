//! After any sequence of edits, moves and deletes, every route of the preview equals
//! what a fresh build writes, to the byte, but for the preview's own additions.
//! `BOKWORM_CASES=200 cargo test --test serve_equals_build` tries longer.

mod program;
mod served;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use bokworm::serve::inject;
use program::{bokworm, files, folder};
use proptest::prelude::*;
use served::{Served, put};

/// One thing that an author does.
#[derive(Clone, Debug)]
enum Deed {
    Write(usize, usize),
    Delete(usize),
    Move(usize, usize),
    MoveFolder(usize, usize),
    Category(usize, usize),
    Vocabulary(usize),
    Template(usize, usize),
    Asset(usize, usize),
    Configuration(usize),
}

const PAGES: &[&str] = &[
    "index.md",
    "a.md",
    "b.md",
    "docs/index.md",
    "docs/a.md",
    "docs/02-b.md",
    "docs/deep/c d.md",
    "docs/deep/README.md",
    "x/ü.md",
];
const FOLDERS: &[&str] = &["docs", "x", "docs/deep", "y/z"];
const TEXTS: &[&str] = &[
    "# One\n\nText with [a](a.md), [b](/docs/b) and ![p](p.png).\n",
    "---\ntitle: Two\ntags: [red, Blue (Role)]\nsidebar_position: 2\n---\n\nWords. <BokTagList tag=\"red\"/>\n",
    "---\ntitle: Three\ntags: [red]\nslug: /other\naliases: [old]\n---\n\n## Head\n\n[up](../index.md#head)\n",
    "---\ndraft: true\ntags: [green]\n---\n\n# Draft\n",
    "---\ntitle: Four\ntags: [green, red]\nunlisted: true\n---\n\n```rust\nfn f() {}\n```\n",
    "---\ntitle: Five\nlist_image: /img/p.png\ntags: [blue]\n---\n\n:::note\n\nx\n\n:::\n\n<BokTagList filter=\"docs\"/>\n",
    "",
    "---\ntitle: [broken\n---\n\ntext\n",
];
const CATEGORIES: &[&str] =
    &["label: Named\nposition: 1\n", "label: Indexed\nlink:\n  type: generated-index\n  title: All\n", "link: null\n"];
const TEMPLATES: &[(&str, &[&str])] = &[
    (
        "page.html",
        &[
            "{{ page.title }}|{{ page.content | safe }}|{% for p in page.tags %}{{ p.label }}{% endfor %}</body>",
            "{% extends \"theme/page.html\" %}",
        ],
    ),
    ("components/Own.html", &["{% component Own(a=\"\") %}own{% endcomponent Own %}"]),
    ("theme.css", &["body { color: red }", "body { color: blue }"]),
    ("broken.html", &["{{ not closed"]),
];
const ASSETS: &[(&str, &str)] = &[
    ("static/img/p.png", "one"),
    ("static/img/p.png", "two"),
    ("content/p.png", "beside"),
    ("static/page.html", "<body>raw</body>"),
    ("static/a.html", "mine"),
];
const CONFIGURATIONS: &[&str] = &[
    "",
    "[site]\ntitle = \"Other\"\nurl = \"https://example.org\"\n",
    "[urls]\nstyle = \"folder\"\ntrailing_slash = true\n",
    "[urls]\ndocs_route = \"/docs\"\n[redirects]\n\"/\" = \"/docs/a\"\n",
    "[tags]\ngroups = [\"docs\"]\n[theme]\naccent = \"#123456\"\n",
    "[site]\ntitel = \"wrong\"\n",
];

fn deed() -> impl Strategy<Value = Deed> {
    let page = 0..PAGES.len();
    let folder = 0..FOLDERS.len();
    prop_oneof![
        8 => (page.clone(), 0..TEXTS.len()).prop_map(|(at, text)| Deed::Write(at, text)),
        2 => page.clone().prop_map(Deed::Delete),
        2 => (page.clone(), page).prop_map(|(from, to)| Deed::Move(from, to)),
        1 => (folder.clone(), folder.clone()).prop_map(|(from, to)| Deed::MoveFolder(from, to)),
        2 => (folder, 0..=CATEGORIES.len()).prop_map(|(at, text)| Deed::Category(at, text)),
        1 => (0..3usize).prop_map(Deed::Vocabulary),
        2 => (0..TEMPLATES.len(), 0..3usize).prop_map(|(at, text)| Deed::Template(at, text)),
        2 => (0..ASSETS.len(), 0..2usize).prop_map(|(at, text)| Deed::Asset(at, text)),
        2 => (0..CONFIGURATIONS.len()).prop_map(Deed::Configuration),
    ]
}

fn act(site: &Path, deed: &Deed) {
    let page = |at: usize| site.join("content").join(PAGES[at]);
    let put_or_remove = |path: &str, text: Option<&&str>| match text {
        Some(text) => put(site, path, text),
        None => drop(fs::remove_file(site.join(path))),
    };
    let shift = |from: &Path, to: &Path| {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let _ = fs::rename(from, to);
    };
    match *deed {
        Deed::Write(at, text) => put(site, &format!("content/{}", PAGES[at]), TEXTS[text]),
        Deed::Delete(at) => drop(fs::remove_file(page(at))),
        Deed::Move(from, to) => shift(&page(from), &page(to)),
        Deed::MoveFolder(from, to) => {
            let folder = |at: usize| site.join("content").join(FOLDERS[at]);
            if !folder(to).starts_with(folder(from)) {
                shift(&folder(from), &folder(to));
            }
        }
        Deed::Category(at, text) => {
            if site.join("content").join(FOLDERS[at]).is_dir() {
                put_or_remove(&format!("content/{}/_category_.yaml", FOLDERS[at]), CATEGORIES.get(text));
            }
        }
        Deed::Vocabulary(text) => {
            put_or_remove(
                "content/tags.yml",
                ["red:\n  label: Crimson\n  permalink: /crimson\n", "blue:\n  aliases: [green]\n"].get(text),
            );
        }
        Deed::Template(at, text) => {
            let (name, texts) = TEMPLATES[at];
            put_or_remove(&format!("templates/{name}"), texts.get(text));
        }
        Deed::Asset(at, keep) => {
            let (path, text) = ASSETS[at];
            put_or_remove(path, (keep == 0).then_some(&text));
        }
        Deed::Configuration(text) => put(site, "book.toml", CONFIGURATIONS[text]),
    }
}

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
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 30, failure_persistence: None, ..ProptestConfig::default() })]

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
