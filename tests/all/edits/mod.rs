//! What authors do to a project, at random: pages written, moved and deleted, categories, templates,
//! files and the configuration changed.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// One edit of an author's.
#[derive(Clone, Debug)]
pub enum Edit {
    Write(usize, usize),
    Delete(usize),
    Move(usize, usize),
    MoveFolder(usize, usize),
    Category(usize, usize),
    Vocabulary(usize),
    Template(usize, usize),
    Asset(usize, usize),
    Catalog(usize),
    Data(usize),
    Ledger(usize),
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
    "de/index.md",
    "de/a.md",
    "de/docs/b.md",
    "a.de.md",
    "docs/a.de.md",
    "de/anders.md",
];
/// How many of these are of a site in one language.
const OF_ONE: usize = 9;
const FOLDERS: &[&str] = &["docs", "x", "docs/deep", "y/z", "de/docs", "de"];
/// How many of these are.
const FOLDERS_OF_ONE: usize = 4;
pub const TEXTS: &[&str] = &[
    "# One\n\nText with [a](a.md), [b](/docs/b) and ![p](p.png).\n",
    "# One\n\nText with [a](a.md), [b](/docs/b) and ![p](p.png).\n\nA line more, which no other page shows.\n",
    "---\ntitle: Two\ntags: [red, Blue (Role)]\nsidebar_position: 2\n---\n\nWords. <BokTagList tag=\"red\"/>\n",
    "---\ntitle: Three\ntags: [red]\nslug: /other\naliases: [old]\n---\n\n## Head\n\n[up](../index.md#head)\n",
    "---\ndraft: true\ntags: [green]\n---\n\n# Draft\n",
    "---\ntitle: Four\ntags: [green, red]\nunlisted: true\n---\n\n```rust\nfn f() {}\n```\n",
    "---\ntitle: Five\nlist_image: /img/p.png\ntags: [blue]\n---\n\n:::note\n\nx\n\n:::\n\n<BokTagList filter=\"docs\"/>\n",
    "",
    "---\ntitle: [broken\n---\n\ntext\n",
    "---\ntitle: Three\ntags: [red]\nslug: /other\naliases: [old]\n---\n\n## Tail\n\n[up](../index.md#head)\n",
    "---\ntitle: Front\ntemplate: home.html\npagination_next: docs/a\n---\n\n[it](/other#head)\n\n<ChecklistSummary />\n",
    "---\ntitle: Six\nimage: p.png\npagination_label: Sixth\ntags: [blue]\nchecklist: [one, two]\n---\n\n\
     ![p](/img/p.png)\n\n<ImageBullet image=\"p.png\">x</ImageBullet>\n\n# Head\n",
    "---\ntitle: Seven\ntranslation_key: seven\ntags: [Rot, Crimson]\n---\n\nSeven. [it](a.md#one)\n\n<BokTagList tag=\"Rot\"/>\n",
    "---\ntitle: Seven\ntranslation_key: seven\ntags: [Rot]\nslug: sieben\n---\n\nSieben.\n\n![p](/p.png)\n",
    "# Twelve\n\n<DataTable from=\"list\" />\n\n<DataTable from=\"list\" columns=\"b: B, key\" />\n",
    "# Ten\n\n<Backlinks />\n\n<Related limit={2} />\n\n<TagCloud kind=\"Role\" />\n\n[up](../index.md)\n",
    "---\ntags: [red]\n---\n\n# Eleven\n\n<Graph />\n\n<TagCloud />\n\n[a](a.md) [b](/docs/b)\n",
    "---\ntitle: Eight\nno: 8\nleads: [x-9, {to: Two, note: Why}, docs/a]\niso: [A-1, A-2]\n---\n\nEight names [[x-9]], `x-9`, [[A-1]], `A-2`.\n",
    "---\ntitle: Nine\nno: 9\nkin: [x-8, Three]\nleads: Eight\n---\n\n<Relations of=\"led-to, kin\" />\n\n[[Eight|of]] and [[Two]].\n",
    "---\nno: 8\ntitle: Acht\n---\n\n[[x-9]], `x-8`.\n",
];
const CATEGORIES: &[&str] =
    &["label: Named\nposition: 1\n", "label: Indexed\nlink:\n  type: generated-index\n  title: All\n", "link: null\n"];
const CATALOGS: &[&str] = &[
    "A-1: {title: First, url: https://example.org}\nA-2: Second\n",
    "title: Other\nversion: 2\nentries: [{id: A-1, text: Says}, {id: A-2}, {id: a/2}]\n",
];
const DATA: &[&str] =
    &["x: {a: 1, b: docs/a.md}\ny: {a: 2}\n", "- {a: 3, b: [true, \"https://example.org\"]}\n", "- [\n"];
/// Texts of the ledger of addresses, which builds add to where it is kept.
const LEDGERS: &[&str] = &[
    "/old-a -> /a\n/old-a#x -> /b#head\n/a#two -> /a#one\n/a#three -> /docs/b#head\n/b#one -> /b#head\n",
    "/\n/docs/a\n/docs/a#once -> /docs/a#one\n/old-a -> /docs/a\n/taken -> retired: \"See /docs/a or /other.\"\n/p2.png -> /img/p.png\n",
    "/x/ü#tail -> /other#tail\n/other#head -> /other#tail\n/docs/b -> /other\n/a -> /docs/b\n/de/a#one -> /a#one\n<<<<<<<\n",
];
/// A configuration of relations.
const RELATIONS: &str = "[site]\nurl = \"https://example.org\"\n[markdown]\nlink_code = true\n\
     [identities]\ndocs = \"x-{no}\"\nx = \"x-{no}\"\n\
     [relations.leads]\ninverse = \"Led to\"\n[relations.kin]\nsymmetric = true\n[relations.iso]\nto = \"catalog:list\"\n\
     [catalogs.list]\npages = true\n";
const TEMPLATES: &[(&str, &[&str])] = &[
    (
        "page.html",
        &[
            "{{ page.title }}|{{ page.content | safe }}|{% for p in page.tags %}{{ p.label }}{% endfor %}</body>",
            "{% extends \"theme/page.html\" %}",
        ],
    ),
    ("404.html", &["{{ data.list | length }} {{ page.title }}</body>"]),
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
    "[site]\nurl = \"https://example.org\"\n[print]\nbook = true\nsections = true\n\
     [[navbar.items]]\nlabel = \"B\"\nto = \"/docs/b\"\n",
    RELATIONS,
];

/// Those of sites in several languages.
pub const IN_TWO: &[&str] = &[
    "[site]\nurl = \"https://example.org\"\n[languages.en]\nsource = \"content\"\n[languages.de]\n",
    "[languages.en]\nsource = \"content\"\n[languages.de]\nfallback = \"link\"\nsite.title = \"Anders\"\n\
     [urls]\nstyle = \"folder\"\n[print]\nbook = true\n",
    "[site]\nurl = \"https://example.org\"\n[languages.de]\n[languages.en]\nsource = \"content\"\n\
     [translations]\nfallback = \"none\"\n",
    "[site]\nurl = \"https://example.org\"\n[languages.en]\nsource = \"content\"\n[languages.de]\n\
     [identities]\ndocs = \"x-{no}\"\n[relations.leads]\ninverse = \"Led to\"\n[relations.kin]\nsymmetric = true\n\
     [relations.iso]\nto = \"catalog:list\"\n[catalogs.list]\npages = true\n",
];

/// Any of them that an author does to a site in one language.
pub fn edit() -> impl Strategy<Value = Edit> {
    let configuration = (0..CONFIGURATIONS.len()).prop_map(Edit::Configuration);
    of(OF_ONE, FOLDERS_OF_ONE, configuration.boxed())
}

/// Any of them that an author does to a site in several.
pub fn edit_in_two() -> impl Strategy<Value = Edit> {
    let configuration = (0..IN_TWO.len()).prop_map(|at| Edit::Configuration(CONFIGURATIONS.len() + at));
    of(PAGES.len(), FOLDERS.len(), configuration.boxed())
}

fn of(pages: usize, folders: usize, configuration: BoxedStrategy<Edit>) -> impl Strategy<Value = Edit> {
    let page = 0..pages;
    let folder = 0..folders;
    prop_oneof![
        8 => (page.clone(), 0..TEXTS.len()).prop_map(|(at, text)| Edit::Write(at, text)),
        2 => page.clone().prop_map(Edit::Delete),
        2 => (page.clone(), page).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => (folder.clone(), folder.clone()).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
        2 => (folder, 0..=CATEGORIES.len()).prop_map(|(at, text)| Edit::Category(at, text)),
        1 => (0..4usize).prop_map(Edit::Vocabulary),
        2 => (0..TEMPLATES.len(), 0..3usize).prop_map(|(at, text)| Edit::Template(at, text)),
        2 => (0..ASSETS.len(), 0..2usize).prop_map(|(at, text)| Edit::Asset(at, text)),
        1 => (0..=CATALOGS.len()).prop_map(Edit::Catalog),
        1 => (0..=DATA.len()).prop_map(Edit::Data),
        2 => (0..=LEDGERS.len()).prop_map(Edit::Ledger),
        2 => configuration,
    ]
}

/// Makes one of them.
pub fn apply(site: &Path, edit: &Edit) {
    let page = |at: usize| site.join("content").join(PAGES[at]);
    let put_or_remove = |path: &str, text: Option<&&str>| match text {
        Some(text) => put(site, path, text),
        None => drop(fs::remove_file(site.join(path))),
    };
    let shift = |from: &Path, to: &Path| {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let _ = fs::rename(from, to);
    };
    match *edit {
        Edit::Write(at, text) => put(site, &format!("content/{}", PAGES[at]), TEXTS[text]),
        Edit::Delete(at) => drop(fs::remove_file(page(at))),
        Edit::Move(from, to) => shift(&page(from), &page(to)),
        Edit::MoveFolder(from, to) => {
            let folder = |at: usize| site.join("content").join(FOLDERS[at]);
            if !folder(to).starts_with(folder(from)) {
                shift(&folder(from), &folder(to));
            }
        }
        Edit::Category(at, text) => {
            if site.join("content").join(FOLDERS[at]).is_dir() {
                put_or_remove(&format!("content/{}/_category_.yaml", FOLDERS[at]), CATEGORIES.get(text));
            }
        }
        Edit::Vocabulary(text) => {
            put_or_remove(
                "content/tags.yml",
                [
                    "red:\n  label: Crimson\n  permalink: /crimson\n",
                    "blue:\n  aliases: [green]\n",
                    "red:\n  label: {en: Crimson, de: Rot}\n  kind: {en: Colour, de: Farbe}\n",
                ]
                .get(text),
            );
        }
        Edit::Template(at, text) => {
            let (name, texts) = TEMPLATES[at];
            put_or_remove(&format!("templates/{name}"), texts.get(text));
        }
        Edit::Asset(at, keep) => {
            let (path, text) = ASSETS[at];
            put_or_remove(path, (keep == 0).then_some(&text));
        }
        Edit::Catalog(text) => put_or_remove("catalogs/list.yaml", CATALOGS.get(text)),
        Edit::Data(text) => put_or_remove("data/list.yaml", DATA.get(text)),
        Edit::Ledger(text) => put_or_remove("addresses.lock", LEDGERS.get(text)),
        Edit::Configuration(text) => {
            let text = CONFIGURATIONS.iter().chain(IN_TWO).nth(text).expect("there are as many");
            put(site, "book.toml", text);
        }
    }
}

/// Leaves nothing of what was done, whatever it was: a project of one page.
pub fn begin_anew(site: &Path) {
    for folder in ["content", "static", "templates", "catalogs", "data"] {
        let _ = fs::remove_dir_all(site.join(folder));
    }
    let _ = fs::remove_file(site.join("addresses.lock"));
    put(site, "book.toml", "");
    put(site, "content/index.md", TEXTS[0]);
}

fn put(site: &Path, path: &str, text: &str) {
    let place = site.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}
