//! How translations stand beside their originals, with real repositories: what is out of date and what only seems so,
//! what is missing, not translated, built otherwise or without an original; a clone that has only the last commit.

use std::path::{Path, PathBuf};

use crate::program::git::{commit, git, write};
use crate::program::{bokworm, folder, read};
use bokworm::diagnostic::Code;
use serde_json::Value;

const CONFIG: &str = "[site]\ntitle = \"Handbook\"\n\n[urls]\nstyle = \"file\"\n\n[languages.en]\nlabel = \"English\"\n\n[languages.de]\n\
                      label = \"Deutsch\"\n\n[languages.ja]\nlabel = \"日本語\"\n";

const GUIDE: &str =
    "# Guide\n\nAsk two people to read what you wrote.\n\nThen publish it.\n\n- Read it once.\n- Read it twice.\n";
const GUIDE_LATER: &str = "# Guide\n\nAsk two people to read what you wrote, and wait for a week.\n\nThen publish it.\n\n\
                           - Read it once.\n- Read it twice.\n";
const GUIDE_DE: &str = "# Anleitung\n\nBitte zwei Menschen, deinen Text zu lesen.\n\nDann veröffentliche in.\n\n\
                        - Lies ihn einmal.\n- Lies ihn zweimal.\n";

/// A site in a repository of its own.
fn repository() -> tempfile::TempDir {
    let folder = folder(&[("book.toml", CONFIG), ("content/en/index.md", "# Handbook\n")]);
    git(folder.path(), &["init", "-q"]);
    commit(folder.path(), &[]);
    folder
}

/// What is told of each page of a language that something is told of: `a.md out-of-date structure`.
fn told(folder: &Path, language: &str) -> Vec<String> {
    let lines = lines(folder, language).into_iter().filter(|line| line["state"] != Value::Array(Vec::new()));
    let told = lines.map(|line| {
        let path = line["path"].as_str().unwrap().rsplit_once(&format!("{language}/")).unwrap().1.to_owned();
        let states = line["state"].as_array().unwrap().iter().map(|state| state.as_str().unwrap());
        std::iter::once(path.as_str()).chain(states).collect::<Vec<_>>().join(" ")
    });
    told.collect()
}

fn lines(folder: &Path, language: &str) -> Vec<Value> {
    let ran = bokworm(folder, &["translations", "--language", language, "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What is told of one page.
fn line(folder: &Path, language: &str, name: &str) -> Value {
    let mut lines = lines(folder, language).into_iter();
    lines.find(|line| line["path"].as_str().unwrap().ends_with(&format!("/{language}/{name}"))).unwrap()
}

#[test]
fn a_translation_is_out_of_date_if_its_original_has_changed_and_is_not_by_now_what_it_was() {
    let site = repository();
    let top = site.path();
    let index = ("content/de/index.md", "# Handbuch\n");
    let first = commit(top, &[("content/en/guide.md", GUIDE), ("content/en/back.md", GUIDE)]);
    let base = commit(top, &[index, ("content/de/guide.md", GUIDE_DE), ("content/de/back.md", GUIDE_DE)]);
    assert_eq!(told(top, "de"), [""; 0]);
    commit(top, &[("content/en/guide.md", GUIDE_LATER), ("content/en/back.md", GUIDE_LATER)]);
    commit(top, &[("content/en/back.md", GUIDE)]);
    assert_eq!(told(top, "de"), ["guide.md out-of-date"]);
    let told_of = line(top, "de", "guide.md");
    assert_eq!(
        (&told_of["since"], &told_of["base"], &told_of["date"]),
        (&first.as_str().into(), &base.as_str().into(), &"2026-02-03".into())
    );
    assert_eq!((&told_of["added"], &told_of["removed"]), (&1.into(), &1.into()));
    let command = told_of["command"].as_str().unwrap();
    assert_eq!(command, format!("git diff {first} -- :/content/en/guide.md"));
    let shown = git(top, &command.split(' ').skip(1).collect::<Vec<_>>());
    assert!(shown.contains("+Ask two people to read what you wrote, and wait for a week."), "{shown}");
    // What nobody has committed yet counts as well.
    write(top, "content/en/back.md", GUIDE_LATER);
    assert_eq!(told(top, "de"), ["back.md out-of-date", "guide.md out-of-date"]);
    write(top, "content/en/back.md", GUIDE);
    write(top, "content/en/guide.md", GUIDE);
    assert_eq!(told(top, "de"), [""; 0]);
}

#[test]
fn a_typing_error_mended_in_the_translation_brings_it_not_up_to_date_and_translating_does() {
    let site = repository();
    let top = site.path();
    commit(top, &[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    commit(top, &[("content/de/index.md", "# Handbuch\n"), ("content/en/guide.md", GUIDE_LATER)]);
    let mended = GUIDE_DE.replace("veröffentliche in.", "veröffentliche ihn.");
    commit(top, &[("content/de/guide.md", &mended)]);
    assert_eq!(told(top, "de"), ["guide.md out-of-date"]);
    let translated = mended.replace("zu lesen.", "zu lesen, und warte eine Woche.");
    write(top, "content/de/guide.md", &translated);
    assert_eq!(told(top, "de"), [""; 0]);
    commit(top, &[]);
    assert_eq!(told(top, "de"), [""; 0]);
    // A typing error of the original is one for all languages until somebody was there.
    commit(top, &[("content/en/guide.md", &GUIDE_LATER.replace("publish it", "publishit"))]);
    assert_eq!(told(top, "de"), ["guide.md out-of-date"]);
    commit(top, &[("content/de/guide.md", &translated.replace("Lies ihn zweimal", "Lies ihn noch einmal"))]);
    assert_eq!(told(top, "de"), [""; 0]);
}

#[test]
fn ancestry_tells_what_a_translation_knew_and_not_the_day() {
    let site = repository();
    let top = site.path();
    commit(top, &[("content/en/guide.md", GUIDE), ("content/de/index.md", "# Handbuch\n")]);
    git(top, &["checkout", "-qb", "german"]);
    commit(top, &[("content/en/other.md", "# Other\n"), ("content/de/other.md", "# Anderes\n")]);
    git(top, &["checkout", "-q", "main"]);
    commit(top, &[("content/en/guide.md", GUIDE_LATER)]);
    // Translated later, but from what the branch had.
    git(top, &["checkout", "-q", "german"]);
    commit(top, &[("content/de/guide.md", GUIDE_DE)]);
    git(top, &["checkout", "-q", "main"]);
    git(top, &["merge", "-q", "--no-ff", "-m", "German", "german"]);
    assert_eq!(told(top, "de"), ["guide.md out-of-date"]);
}

#[test]
fn a_renamed_original_keeps_its_past() {
    let site = repository();
    let top = site.path();
    let first = commit(top, &[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    for language in ["en", "de"] {
        std::fs::rename(
            top.join(format!("content/{language}/guide.md")),
            top.join(format!("content/{language}/how to.md")),
        )
        .unwrap();
    }
    commit(top, &[("content/de/index.md", "# Handbuch\n")]);
    assert_eq!(told(top, "de"), [""; 0]);
    commit(top, &[("content/en/how to.md", GUIDE_LATER)]);
    assert_eq!(told(top, "de"), ["how to.md out-of-date"]);
    // Renamed alone, after it was translated.
    write(top, "content/en/moved/a.md", GUIDE);
    write(top, "content/de/moved/a.md", &format!("---\ntranslated_from: {first}\n---\n{GUIDE_DE}"));
    commit(top, &[]);
    let told_of = line(top, "de", "moved/a.md");
    assert_eq!(told_of["state"], serde_json::json!(["uncertain"]), "the commit has no such original");
    let before = line(top, "de", "how to.md");
    std::fs::rename(top.join("content/en/how to.md"), top.join("content/en/last.md")).unwrap();
    std::fs::rename(top.join("content/de/how to.md"), top.join("content/de/last.md")).unwrap();
    write(top, "content/de/moved/a.md", GUIDE_DE);
    commit(top, &[]);
    let after = line(top, "de", "last.md");
    assert_eq!((&after["state"], &after["added"]), (&before["state"], &before["added"]));
}

#[test]
fn what_is_missing_copied_built_otherwise_or_alone_is_told() {
    let site = repository();
    let top = site.path();
    commit(
        top,
        &[
            ("content/en/guide.md", GUIDE),
            ("content/en/list.md", "# List\n\n- One thing.\n- Another thing.\n\n## More\n\n![A](a.png)\n"),
            ("content/en/key.md", "---\ntranslation_key: of-both\n---\n# Key\n"),
            ("content/ja/index.md", "# ハンドブック\n"),
            ("content/ja/guide.md", GUIDE),
            ("content/ja/list.md", "# リスト\n\n- 一つ。\n"),
            ("content/ja/other.md", "---\ntranslation_key: of-both\n---\n# キー\n"),
            ("content/ja/own.md", "# 日本だけ\n"),
            ("content/de/guide.md", GUIDE_DE),
            ("content/de/key.md", "---\ndraft: true\ntranslation_key: of-both\n---\n# Schlüssel\n"),
        ],
    );
    assert_eq!(told(top, "ja"), ["guide.md untranslated", "list.md structure", "own.md orphan"]);
    assert_eq!(line(top, "ja", "guide.md")["same_lines_percent"], 100);
    let number = |what: &str, original: usize, translation: usize| serde_json::json!({"what": what, "original": original, "translation": translation});
    let structure = [number("level-2 heading", 1, 0), number("list item", 2, 1), number("picture", 1, 0)];
    assert_eq!(line(top, "ja", "list.md")["structure"], Value::Array(structure.into()));
    assert_eq!(told(top, "de"), ["index.md missing", "list.md missing"]);
    let ran = bokworm(top, &["translations"]);
    let expected = "Deutsch (de): 1 page, 1 up to date, 2 missing\n\n  Missing\n    content/de/index.md\n    \
                    content/de/list.md\n\n日本語 (ja): 5 pages, 2 up to date, 0 missing\n\n  Not translated\n    \
                    content/ja/guide.md: 100 % of the lines are the original's\n\n  Built otherwise\n    \
                    content/ja/list.md: 0 level-2 headings, the original 1; 1 list item, the original 2; \
                    0 pictures, the original 1\n\n  Without an original\n    content/ja/own.md\n";
    assert_eq!(ran.stdout, expected);
    let ran = bokworm(top, &["translations", "--language", "jp"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, "error: nothing is translated into `jp`, but into `de`, `ja`\n"));
}

#[test]
fn a_translation_can_say_from_which_commit_it_is_made() {
    let site = repository();
    let top = site.path();
    commit(top, &[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let later = commit(top, &[("content/en/guide.md", GUIDE_LATER), ("content/de/index.md", "# Handbuch\n")]);
    commit(top, &[("notes.txt", "The last commit changes no original.\n")]);
    assert_eq!(told(top, "de"), ["guide.md out-of-date"]);
    let ran = bokworm(top, &["translations", "--mark", "content/de/guide.md"]);
    let expected = format!("`content/de/guide.md` is marked as translated from {later} (2026-02-03).\n");
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, expected.as_str(), ""));
    assert_eq!(read(top, "content/de/guide.md"), format!("---\ntranslated_from: \"{later}\"\n---\n{GUIDE_DE}"));
    assert_eq!(told(top, "de"), [""; 0]);
    // It goes before whatever was committed since.
    commit(top, &[("content/en/guide.md", GUIDE)]);
    let translated = read(top, "content/de/guide.md").replace("Bitte zwei Menschen", "Bitte also zwei Menschen");
    commit(top, &[("content/de/guide.md", &translated)]);
    assert_eq!(told(top, "de"), ["guide.md out-of-date"]);
    write(top, "content/en/guide.md", "# Guide\n\nNot committed yet.\n");
    let refused = |file: &str, why: &str| {
        let ran = bokworm(top, &["translations", "--mark", file]);
        assert_eq!((ran.code, ran.stderr), (2, format!("error: {why}\n")));
    };
    refused("content/de/guide.md", "`en/guide.md` has changes that are not committed: commit them first");
    refused("content/en/guide.md", "`en/guide.md` is no translation");
    write(top, "content/de/alone.md", "# Allein\n");
    refused("content/de/alone.md", "`de/alone.md` has no original");
    write(top, "content/de/guide.md", "---\ntranslated_from: abcdef\n---\n# Anleitung\n");
    let told_of = line(top, "de", "guide.md");
    assert_eq!(told_of["state"][0], "uncertain");
    assert_eq!(told_of["why"], "`translated_from` names no commit in which the original stands");
}

#[test]
fn a_shallow_clone_and_a_folder_without_git_say_that_they_cannot_know() {
    let site = repository();
    let top = site.path();
    commit(top, &[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    commit(top, &[("content/en/guide.md", GUIDE_LATER), ("content/de/index.md", "# Handbuch\n")]);
    let other = folder(&[]);
    let from = format!("file://{}", top.display());
    git(other.path(), &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let shallow = other.path().join("shallow");
    assert_eq!(told(&shallow, "de"), ["guide.md uncertain", "index.md uncertain"]);
    let ran = bokworm(&shallow, &["translations", "--language", "de"]);
    let expected = "Deutsch (de): 2 pages, 0 up to date, 0 missing\n\n  Whether 2 pages may be out of date can't be \
                    known: this clone has only the last commits: `git fetch --unshallow` brings the others.\n";
    assert_eq!(ran.stdout, expected);
    let ran = bokworm(&shallow, &["check", "--format", "json"]);
    let findings: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told_once = findings.iter().filter(|finding| finding["code"] == "uncertain-translation").count();
    assert_eq!(told_once, 1, "{}", ran.stdout);
    // What is committed there is known.
    commit(&shallow, &[("content/de/later.md", "# Anderes\n"), ("content/en/later.md", "# Later\n")]);
    assert_eq!(told(&shallow, "de"), ["guide.md uncertain", "index.md uncertain"]);

    let alone = folder(&[
        ("book.toml", CONFIG),
        ("content/en/guide.md", GUIDE),
        ("content/de/guide.md", GUIDE_DE),
        ("content/ja/guide.md", GUIDE),
    ]);
    // Above it there may be a repository.
    std::fs::write(alone.path().join(".git"), "gitdir: nowhere\n").unwrap();
    assert_eq!(told(alone.path(), "de"), ["guide.md uncertain"]);
    assert_eq!(told(alone.path(), "ja"), ["guide.md uncertain untranslated"]);
}

#[test]
fn check_tells_the_same_for_information() {
    let site = repository();
    let top = site.path();
    commit(
        top,
        &[
            ("content/en/guide.md", GUIDE),
            ("content/en/copied.md", GUIDE),
            ("content/en/list.md", "# List\n\n- One.\n"),
            ("content/de/guide.md", GUIDE_DE),
            ("content/de/copied.md", GUIDE),
            ("content/de/list.md", "# Liste\n"),
            ("content/de/alone.md", "# Allein\n"),
            ("content/de/index.md", "# Handbuch\n"),
            ("content/ja/list.md", "# リスト\n\n- 一つ。\n"),
        ],
    );
    let first = git(top, &["rev-parse", "HEAD"])[..12].to_owned();
    commit(top, &[("content/en/guide.md", GUIDE_LATER)]);
    write(top, "content/ja/list.md", "---\ntranslated_from: abcdef\n---\n# リスト\n\n- 一つ。\n");
    let ran = bokworm(top, &["check", "--format", "json"]);
    let findings = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let codes = [
        Code::MissingTranslation,
        Code::OutdatedTranslation,
        Code::UntranslatedPage,
        Code::TranslationStructure,
        Code::OrphanTranslation,
        Code::UncertainTranslation,
    ];
    let is_of_translations = |finding: &Value| codes.iter().any(|code| finding["code"] == code.as_str());
    let told: Vec<String> = findings
        .filter(is_of_translations)
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            assert_eq!(text("severity"), "info");
            format!("{}:{} {}: {}", text("path"), finding["line"], text("code"), text("message"))
        })
        .collect();
    let expected = [
        "content/de/alone.md:1 orphan-translation: the original has no such page",
        "content/de/copied.md:1 untranslated-page: 100 % of the lines are as in `en/copied.md`",
        "content/de/guide.md:1 outdated-translation: `en/guide.md` has changed since (2026-02-03): 1 line added, 1 removed",
        "content/de/list.md:1 translation-structure: built otherwise: 0 list items where the original has 1",
        "content/en/copied.md:1 missing-translation: this page is missing in `ja`",
        "content/en/guide.md:1 missing-translation: this page is missing in `ja`",
        "content/en/index.md:1 missing-translation: this page is missing in `ja`",
        "content/ja/list.md:2 uncertain-translation: `translated_from` names no commit in which the original stands",
    ];
    assert_eq!(told, expected);
    assert!(ran.stdout.contains(&format!("git diff {first} -- :/content/en/guide.md")), "{}", ran.stdout);
    // One language alone has no translations.
    let alone = folder(&[("book.toml", "[site]\ntitle = \"A\"\n"), ("content/index.md", "# A\n")]);
    let ran = bokworm(alone.path(), &["translations"]);
    let expected = "The site is written in one language: `[languages.CODE]` in book.toml names more.\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (0, expected));
}

#[test]
fn a_page_says_that_it_is_out_of_date_where_that_is_wanted() {
    let site = repository();
    let top = site.path();
    let index = ("content/de/index.md", "# Handbuch\n");
    commit(top, &[index, ("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let sentence = "Das Original (English) wurde geändert, seit diese Seite übersetzt wurde.";
    let published = |page: &str| {
        let ran = bokworm(top, &["build", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        read(top, &format!("public/{page}"))
    };
    assert!(!published("de/guide.html").contains(sentence));
    // What was published before is not made again but for what shows something else.
    write(top, "content/en/guide.md", GUIDE_LATER);
    assert!(!published("de/guide.html").contains(sentence));
    write(top, "book.toml", &format!("{CONFIG}\n[translations]\nnotice = true\n"));
    let page = published("de/guide.html");
    assert!(page.contains(&format!("<a href=\"../guide\" hreflang=\"en\">{sentence}</a>")), "{page}");
    assert!(
        !read(top, "public/de/index.html").contains(sentence) && !read(top, "public/guide.html").contains(sentence)
    );
    write(top, "content/en/guide.md", GUIDE);
    assert!(!published("de/guide.html").contains(sentence));
    write(top, "content/en/guide.md", GUIDE_LATER);
    assert!(published("de/guide.html").contains(sentence));
}

/// Reads `../shared`, and is skipped where that isn't there: the OSPO Book with its history, of which is written down
/// what is out of date.
#[test]
fn of_the_ospo_book_what_is_so_is_told_and_nothing_else() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = ["../shared", "../../shared"];
    let corpus = places.iter().map(|place| here.join(place).join("corpora/ospo-book"));
    let Some(corpus) = corpus.into_iter().find(|place: &PathBuf| place.join("history.bundle").is_file()) else {
        eprintln!("skipped: no corpus in ../shared");
        return;
    };
    let clone = folder(&[]);
    git(clone.path(), &["clone", "-q", "-b", "main", corpus.join("history.bundle").to_str().unwrap(), "book"]);
    let source = clone.path().join("book/ospo-book/content");
    let config = here.join("examples/ospo-book/book.toml");
    let ran = bokworm(
        clone.path(),
        &[
            "translations",
            "--format",
            "json",
            "--config",
            config.to_str().unwrap(),
            "--source",
            source.to_str().unwrap(),
        ],
    );
    let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(corpus.join("expected.json")).unwrap()).unwrap();
    let languages = expected["coverage"].as_object().unwrap().iter().filter(|(code, _)| *code != "en");
    let mut told = [0; 3];
    for (code, coverage) in languages {
        for line in lines.iter().filter(|line| line["language"] == code.as_str()) {
            let name = line["path"].as_str().unwrap().rsplit_once('/').unwrap().1;
            let has = |state: &str| line["state"].as_array().unwrap().iter().any(|told| told == state);
            let behind = &coverage["out_of_date"][name];
            assert_eq!(has("out-of-date"), behind.is_object(), "{code} {name}: {line}");
            assert_eq!(has("untranslated"), !coverage["mostly_default_language"][name].is_null(), "{code} {name}");
            assert_eq!(has("structure"), !coverage["structure_differs"][name].is_null(), "{code} {name}: {line}");
            assert!(!has("missing") && !has("orphan") && !has("uncertain"), "{code} {name}: {line}");
            if behind.is_object() {
                assert_eq!((&line["added"], &line["removed"]), (&behind["added"], &behind["removed"]), "{code} {name}");
            }
            for (at, state) in ["out-of-date", "untranslated", "structure"].into_iter().enumerate() {
                told[at] += usize::from(has(state));
            }
        }
    }
    assert_eq!(told, [22, 6, 5]);
}
