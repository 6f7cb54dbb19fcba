//! A build that leaves what would come out the same equals one that starts afresh, to the byte, whatever
//! was edited in between. `BOKWORM_CASES=200 cargo test --test all build_again::` tries longer.

use std::fs;
use std::path::Path;

use crate::edits::{Edit, IN_TWO, TEXTS, apply, edit, edit_in_two};
use crate::program::{self, bokworm, files, folder, read};
use proptest::prelude::*;

/// The first file that one folder has and the other has not, or has otherwise.
fn difference(one: &Path, other: &Path) -> Option<String> {
    let (left, right) = (files(one), files(other));
    if left != right {
        return Some(format!("{left:?}\n{right:?}"));
    }
    left.into_iter().find(|path| fs::read(one.join(path)).unwrap() != fs::read(other.join(path)).unwrap())
}

fn cases() -> u32 {
    std::env::var("BOKWORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_left_as_it_was_would_have_come_out_the_same(edits in prop::collection::vec(prop::collection::vec(edit(), 1..3), 4..10)) {
        let site = folder(&[("book.toml", ""), ("content/index.md", TEXTS[0]), ("content/docs/a.md", TEXTS[2])]);
        comes_out_the_same(site.path(), &edits)?;
    }

    #[test]
    fn the_same_holds_in_two_languages(edits in prop::collection::vec(prop::collection::vec(edit_in_two(), 1..3), 4..10)) {
        let german = ("content/de/docs/a.md", TEXTS[2]);
        let site =
            folder(&[("book.toml", IN_TWO[0]), ("content/index.md", TEXTS[0]), ("content/docs/a.md", TEXTS[2]), german]);
        comes_out_the_same(site.path(), &edits)?;
    }
}

/// After each of some edits, builds over the last site and from scratch, and compares.
fn comes_out_the_same(site: &Path, edits: &[Vec<Edit>]) -> Result<(), TestCaseError> {
    let elsewhere = folder(&[]);
    let out = |name: &str| elsewhere.path().join(name);
    let build = |out: &Path, cache: &Path| {
        let [out, cache] = [out, cache].map(|folder| folder.to_str().unwrap());
        bokworm(site, &["build", "--quiet", "--out", out, "--cache", cache]).code
    };
    for (turn, some) in edits.iter().enumerate() {
        some.iter().for_each(|edit| apply(site, edit));
        let fresh = out(&format!("fresh-{turn}"));
        let codes = (build(&out("site"), &out("cache")), build(&fresh, &out(&format!("cache-{turn}"))));
        prop_assert_eq!(codes.0, codes.1);
        if codes.0 == 0 {
            prop_assert_eq!(difference(&out("site"), &fresh), None, "after {:?}", some);
        }
    }
    Ok(())
}

const IN_FILES: &str = "[urls]\nstyle = \"file\"\n";

#[test]
fn a_word_in_one_page_makes_only_that_page_and_the_sites_data_again() {
    let page = |number: usize| format!("---\ntitle: Page {number}\n---\n\nFirst line.\n\nMore on {number}.\n");
    let site = folder(&[("book.toml", IN_FILES)]);
    for number in 0..20 {
        let path = site.path().join(format!("content/page-{number}.md"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, page(number)).unwrap();
    }
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    let again = bokworm(site.path(), &["build", "--timings"]);
    assert!(again.stdout.contains("(0 written"), "{}", again.stdout);
    let rendered = again.stderr.lines().any(|line| line.starts_with("render"));
    assert!(!rendered, "nothing is made that isn't needed: {}", again.stderr);

    fs::write(site.path().join("content/page-7.md"), page(7) + "\nAnother word.\n").unwrap();
    let edited = bokworm(site.path(), &["build", "--timings"]);
    assert!((1..20).contains(&made(&edited)), "not all pages: {}", edited.stderr);
    assert!(read(site.path(), "public/page-7.html").contains("Another word"));
}

#[test]
fn a_heading_that_moved_makes_only_the_page_again_that_had_it() {
    let site = folder(&[("book.toml", IN_FILES)]);
    for number in 0..20 {
        let path = site.path().join(format!("content/page-{number}.md"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("# Page {number}\n\n## Head\n\nText.\n")).unwrap();
    }
    let ledger = |text: &str| fs::write(site.path().join("addresses.lock"), text).unwrap();
    ledger("/page-3#old -> /page-3#head\n");
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    assert!(read(site.path(), "public/page-3.html").contains("<h2 id=\"head\"><span id=\"old\"></span>Head"));
    for (text, expected) in [
        ("/page-3#older -> /page-3#head\n", "<span id=\"older\"></span>"),
        ("/page-3#older -> /page-4#head\n", "data-moved=\"{&quot;older&quot;:&quot;page-4#head&quot;}\""),
        ("", "<h2 id=\"head\">Head"),
    ] {
        ledger(text);
        let built = bokworm(site.path(), &["build", "--timings"]);
        // The page, and what tells of the whole site.
        assert!((1..8).contains(&made(&built)), "{}", built.stderr);
        assert!(read(site.path(), "public/page-3.html").contains(expected), "{text}");
    }
}

/// A theme that writes the sidebar itself gets its entries one by one, others as one piece of HTML.
#[test]
fn a_sidebar_in_one_piece_is_the_one_that_its_entries_make() {
    let site = folder(&[
        ("book.toml", IN_FILES),
        ("content/index.md", "# Home"),
        ("content/alone.md", "---\nsidebar_label: A & <b>\nsidebar_class_name: odd\n---\n"),
        ("content/hidden.md", "---\nunlisted: true\n---\n"),
        ("content/one/index.md", "# One"),
        ("content/one/first.md", "# First"),
        ("content/one/last.md", "# Last"),
        ("content/one/deep/_category_.yml", "label: Label only\n"),
        ("content/one/deep/a.md", "# A"),
        ("content/one/deep/more/_category_.yml", "label: Made\nlink: {type: generated-index}\n"),
        ("content/one/deep/more/b.md", "# B"),
        ("content/one/deep/more/c.md", "# C"),
        ("content/two/_category_.yml", "label: Two\nlink: {type: doc, id: two/d}\n"),
        ("content/two/d.md", "# D"),
        ("content/two/e.md", "# E"),
    ]);
    assert_eq!(bokworm(site.path(), &["build", "--out", "joined"]).code, 0);
    let own = site.path().join("templates/parts");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("sidebar.html"), include_str!("../../templates/parts/sidebar.html")).unwrap();
    assert_eq!(bokworm(site.path(), &["build", "--out", "in-pieces"]).code, 0);
    assert_eq!(difference(&site.path().join("joined"), &site.path().join("in-pieces")), None);
    assert!(read(site.path(), "joined/one/deep/more/b.html").contains("aria-current=\"page\">B</a>"));
}

#[test]
fn what_someone_changed_in_the_published_site_is_made_again() {
    let site = folder(&[("book.toml", ""), ("content/index.md", "# Home\n\nText.\n")]);
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    let published = read(site.path(), "public/index.html");
    fs::write(site.path().join("public/index.html"), "not ours").unwrap();
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    assert_eq!(read(site.path(), "public/index.html"), published);
    fs::remove_file(site.path().join("public/index.html")).unwrap();
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    assert_eq!(read(site.path(), "public/index.html"), published);
}

#[test]
fn a_page_whose_code_took_too_long_is_made_again_and_the_build_says_so() {
    // No line of a person's: a pattern for the names of elements goes through it again and again.
    let code = format!("b\n{}\n", "a-".repeat(160));
    let site = folder(&[("book.toml", ""), ("content/index.md", &format!("# Home\n\n```scss\n{code}```\n"))]);
    for _ in 0..2 {
        let built = bokworm(site.path(), &["build", "--timings"]);
        assert_eq!(built.code, 0);
        assert!(built.stderr.contains("note: some code has no colours"), "{}", built.stderr);
        assert!(built.stderr.lines().any(|line| line.starts_with("render")), "{}", built.stderr);
        assert!(read(site.path(), "public/index.html").contains("<code class=\"language-scss\">b\na-a-"));
    }
}

#[test]
fn a_damaged_record_costs_time_and_nothing_else() {
    let site = folder(&[("book.toml", ""), ("content/index.md", "# Home\n\nText.\n")]);
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    let published = read(site.path(), "public/index.html");
    let record = site.path().join(".bokworm/cache/published.pack");
    let mut bytes = fs::read(&record).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&record, &bytes).unwrap();
    let again = bokworm(site.path(), &["build"]);
    assert_eq!((again.code, again.stdout.contains("(0 written")), (0, true), "{}", again.stdout);
    fs::write(&record, "no record").unwrap();
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
    assert_eq!(read(site.path(), "public/index.html"), published);
}

/// How many files a build made.
fn made(built: &program::Ran) -> usize {
    let rendered = built.stderr.lines().find(|line| line.starts_with("render"));
    rendered.map_or(0, |line| line.split_whitespace().nth(5).unwrap().parse().unwrap())
}

/// A site of 400 pages in 20 folders, with tags, lists, links, pages to print and all that is made for programs.
fn body_of_knowledge() -> tempfile::TempDir {
    let configuration = "[site]\ntitle = \"Body\"\nurl = \"https://example.org\"\n[theme]\ncards = false\n[print]\nbook = true\nsections = true\n";
    let site =
        folder(&[("book.toml", configuration), ("content/index.md", "# Home\n\n<BokTagList tag=\"Even (Kind)\" />\n")]);
    for number in 0..400 {
        let path = site.path().join(format!("content/folder-{:02}/page-{number:03}.md", number / 20));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, numbered_page(number)).unwrap();
    }
    site
}

fn numbered_page(number: usize) -> String {
    let kind = if number.is_multiple_of(2) { "Even" } else { "Odd" };
    let next = (number + 1) % 400;
    format!(
        "---\ntitle: Page {number}\ntags: [{kind} (Kind), Group {}]\n---\n\nFirst line of {number}.\n\n## Part {number}\n\n\
         See [the next](../folder-{:02}/page-{next:03}.md#part-{next}).\n",
        number % 13,
        next / 20
    )
}

/// How many files of a site of 400 pages an edit of page 147 makes again, with the site before and after it.
fn made_again(edit: impl Fn(&str) -> String) -> (usize, tempfile::TempDir) {
    let site = body_of_knowledge();
    assert_eq!(bokworm(site.path(), &["build", "--out", "before"]).code, 0);
    assert_eq!(bokworm(site.path(), &["build", "--out", "after"]).code, 0);
    let page = site.path().join("content/folder-07/page-147.md");
    fs::write(&page, edit(&fs::read_to_string(&page).unwrap())).unwrap();
    let built = bokworm(site.path(), &["build", "--out", "after", "--timings"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    (made(&built), site)
}

/// The pages, copies and prints that show a text before or after an edit: those that the edit may make again,
/// besides what is made for programs from the site as a whole.
fn showing(site: &Path, texts: [&str; 2]) -> usize {
    let shows = |folder: &str, path: &str, text: &str| {
        fs::read_to_string(site.join(folder).join(path)).is_ok_and(|content| content.contains(text))
    };
    let is_page = |path: &&String| path.ends_with(".html") || path.ends_with(".md");
    let after = files(&site.join("after"));
    let [old, new] = texts;
    after.iter().filter(is_page).filter(|path| shows("before", path, old) || shows("after", path, new)).count()
}

/// What is made of the site as a whole: data, the search index, cards.
const WHOLE: usize = 20;

#[test]
fn a_heading_makes_only_the_files_again_that_lead_to_it() {
    let (made, site) = made_again(|page| page.replace("## Part 147", "## Another part"));
    assert!((3..=20).contains(&made), "{made} of {}", files(&site.path().join("after")).len());
}

#[test]
fn a_title_makes_only_the_files_again_that_show_it() {
    let (made, site) = made_again(|page| page.replace("title: Page 147", "title: Another title"));
    let most = showing(site.path(), ["Page 147<", "Another title"]) + WHOLE;
    assert!((3..=most).contains(&made), "{made}, not at most {most}");
}

#[test]
fn a_tag_makes_only_the_files_again_that_show_it() {
    let (made, site) = made_again(|page| page.replace("Group 4]", "Group 5]"));
    let most = showing(site.path(), ["Group 4", "Group 5"]) + WHOLE;
    assert!((3..=most).contains(&made), "{made}, not at most {most}");
}

/// How many files of a site in two languages an edit of a page of one makes again. The original has 60 pages, of which
/// the other language has every second and lets the others stand in.
fn made_again_in_two(path: &str, edit: impl Fn(&str) -> String) -> (usize, tempfile::TempDir) {
    let configuration = "[site]\ntitle = \"Body\"\nurl = \"https://example.org\"\n[theme]\ncards = false\n[languages.en]\n[languages.de]\n";
    let site = folder(&[("book.toml", configuration)]);
    let page = |code: &str, number: usize| {
        format!("---\ntitle: Page {number} {code}\ntags: [Group {}]\n---\n\nText.\n\n## Part\n", number % 13)
    };
    for number in 0..60 {
        for code in ["en", "de"].into_iter().take(2 - number % 2) {
            let path = site.path().join(format!("content/{code}/folder-{}/page-{number}.md", number / 10));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, page(code, number)).unwrap();
        }
    }
    assert_eq!(bokworm(site.path(), &["build", "--out", "after"]).code, 0);
    let page = site.path().join(path);
    fs::write(&page, edit(&fs::read_to_string(&page).unwrap())).unwrap();
    let built = bokworm(site.path(), &["build", "--out", "after", "--timings"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    (made(&built), site)
}

#[test]
fn a_page_of_one_language_makes_only_the_files_again_that_show_it() {
    let more = |page: &str| page.to_owned() + "\nA line more.\n";
    let (of_translation, site) = made_again_in_two("content/de/folder-2/page-24.md", more);
    assert!((1..=WHOLE).contains(&of_translation), "{of_translation} of {}", files(&site.path().join("after")).len());
    // It is shown where it is lacking, too.
    let (of_lacking, _) = made_again_in_two("content/en/folder-2/page-25.md", more);
    assert!((2..=2 * WHOLE).contains(&of_lacking), "{of_lacking}");
}

#[test]
fn a_title_of_one_language_makes_nothing_of_the_others_again() {
    let (made, site) =
        made_again_in_two("content/de/folder-2/page-24.md", |page| page.replace("Page 24 de", "Seite 24"));
    let german = files(&site.path().join("after")).into_iter().filter(|path| path.starts_with("de/"));
    let most = german.filter(|path| read(&site.path().join("after"), path).contains("Seite 24")).count() + WHOLE;
    assert!((3..=most).contains(&made), "{made}, not at most {most}");
}
