//! Catalogues of translators, with real repositories: what is written of pages, what of it is taken over again, and what
//! is refused. A round trip in which nobody translates anything changes nothing.

use std::path::Path;

use crate::program::git::{commit, git, write};
use crate::program::{bokworm, files, folder, read};

const CONFIG: &str = "[site]\ntitle = \"Handbook\"\n\n[languages.en]\nlabel = \"English\"\n\n[languages.de]\n\
                      label = \"Deutsch\"\n\n[languages.ja]\nlabel = \"日本語\"\n";

const GUIDE: &str = "---\ntitle: Guide\ntags: [writing]\n---\n\nAsk two people to read\nwhat you wrote.\n\n## Then\n\n\
                     - Publish it.\n- Tell [others](https://example.org/tell).\n\n```sh\npublish --all\n```\n\n\
                     | Who | What |\n| --- | --- |\n| You | Write |\n";
const GUIDE_DE: &str = "---\ntitle: Anleitung\nslug: anleitung\n---\n\nBitte zwei Menschen, deinen Text zu lesen.\n\n## Dann\n\n\
                        * Veröffentliche ihn.\n* Sag es [anderen](https://example.org/tell).\n\n```sh\npublish --all\n```\n\n\
                        | Wer | Was |\n|---|---|\n| Du | Schreiben |\n";

fn repository(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder(&[("book.toml", CONFIG), ("content/en/index.md", "# Handbook\n")]);
    git(folder.path(), &["init", "-q"]);
    commit(folder.path(), pages);
    folder
}

/// What the program says that has nothing to warn of.
fn says(top: &Path, arguments: &[&str]) -> String {
    let ran = bokworm(top, &[&["translations"], arguments].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    ran.stdout
}

fn edit(top: &Path, path: &str, edits: &[(&str, &str)]) {
    let mut text = read(top, path);
    for (from, to) in edits {
        assert!(text.contains(from), "{from} in {text}");
        text = text.replacen(from, to, 1);
    }
    write(top, path, &text);
}

#[test]
fn each_block_is_a_message_with_its_place_and_its_translation() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    let told = says(top, &["--export", "po"]);
    assert_eq!(told, "4 files in `po`: 18 messages, 0 fuzzy, 10 not translated\n");
    let expected = "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: Handbook\\n\"\n\"Language-Team: Deutsch\\n\"\n\
        \"Language: de\\n\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
        \"Content-Transfer-Encoding: 8bit\\n\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\
        \"X-Generator: bokworm\\n\"\n\n\
        #. type: front matter: title\n#: content/en/guide.md:2\nmsgid \"Guide\"\nmsgstr \"Anleitung\"\n\n\
        #. type: paragraph\n#: content/en/guide.md:6\nmsgid \"\"\n\"Ask two people to read\\n\"\n\"what you wrote.\"\n\
        msgstr \"Bitte zwei Menschen, deinen Text zu lesen.\"\n\n\
        #. type: heading 2\n#: content/en/guide.md:9\nmsgid \"Then\"\nmsgstr \"Dann\"\n\n\
        #. type: list item\n#: content/en/guide.md:11\nmsgid \"Publish it.\"\nmsgstr \"Veröffentliche ihn.\"\n\n\
        #. type: list item\n#: content/en/guide.md:12\nmsgid \"Tell [others](https://example.org/tell).\"\n\
        msgstr \"Sag es [anderen](https://example.org/tell).\"\n\n\
        #. type: code\n#: content/en/guide.md:14\n#, no-wrap\nmsgid \"publish --all\"\nmsgstr \"publish --all\"\n\n\
        #. type: table row\n#: content/en/guide.md:18\nmsgid \"| Who | What |\"\nmsgstr \"| Wer | Was |\"\n\n\
        #. type: table row\n#: content/en/guide.md:20\nmsgid \"| You | Write |\"\nmsgstr \"| Du | Schreiben |\"\n";
    assert_eq!(read(top, "po/de/guide.po"), expected);
    assert!(
        read(top, "po/ja/guide.po").contains("plural=0;") && read(top, "po/ja/guide.po").ends_with("msgstr \"\"\n")
    );
    assert_eq!(says(top, &["--export", "po"]), told);
    assert_eq!(read(top, "po/de/guide.po"), expected);
    assert_eq!(says(top, &["--import", "po"]), "4 files read: 0 translations taken over, 0 pages changed\n");
    assert_eq!(git(top, &["status", "--short"]), "?? po/");
}

#[test]
fn what_is_translated_comes_into_the_page_and_nothing_else_changes() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    says(top, &["--export", "po"]);
    edit(top, "po/de/guide.po", &[("\"Dann\"", "\"Und dann\""), ("| Wer | Was |", "| Wer? | Was? |")]);
    // A new page has the original's words where nothing is translated yet.
    edit(
        top,
        "po/ja/guide.po",
        &[
            ("msgid \"Guide\"\nmsgstr \"\"", "msgid \"Guide\"\nmsgstr \"手引き\""),
            ("msgid \"Then\"\nmsgstr \"\"", "msgid \"Then\"\nmsgstr \"それから\""),
        ],
    );
    edit(
        top,
        "po/ja/guide.po",
        &[("msgid \"Publish it.\"\nmsgstr \"\"", "#, fuzzy\nmsgid \"Publish it.\"\nmsgstr \"公開する？\"")],
    );
    let told = says(top, &["--import", "po"]);
    assert_eq!(told, "4 files read: 4 translations taken over, 2 pages changed\n");
    let first = git(top, &["rev-parse", "HEAD"])[..12].to_owned();
    let german = GUIDE_DE.replace("slug: anleitung\n", &format!("slug: anleitung\ntranslated_from: \"{first}\"\n"));
    let german = german.replace("## Dann", "## Und dann").replace("| Wer | Was |", "| Wer? | Was? |");
    assert_eq!(read(top, "content/de/guide.md"), german);
    let japanese = GUIDE.replace("title: Guide", "title: 手引き").replace("## Then", "## それから");
    assert_eq!(read(top, "content/ja/guide.md"), japanese);
    // What is taken over is taken over once, and what is fuzzy stays in the catalogue.
    assert_eq!(says(top, &["--import", "po"]), "4 files read: 0 translations taken over, 0 pages changed\n");
    let before = read(top, "po/ja/guide.po");
    says(top, &["--export", "po"]);
    assert!(read(top, "po/ja/guide.po").contains("#, fuzzy\nmsgid \"Publish it.\"\nmsgstr \"公開する？\"\n"));
    let code = "msgid \"publish --all\"\nmsgstr ";
    let expected = before.replace(&format!("{code}\"\""), &format!("{code}\"publish --all\""));
    assert_eq!(read(top, "po/ja/guide.po"), expected, "the page has its code by now, and nothing else is new");
}

#[test]
fn what_changed_in_the_original_is_fuzzy_until_somebody_was_there() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    let later = GUIDE
        .replace("Ask two people", "Ask three people")
        .replace("```sh", "Wait for a week.\n\n```sh")
        .replace("publish --all", "publish");
    let changed = commit(top, &[("content/en/guide.md", &later)]);
    assert_eq!(
        says(top, &["--export", "po", "--language", "DE", "--to", "translators"]),
        "2 files in `translators`: 10 messages, 1 fuzzy, 3 not translated\n"
    );
    let catalogue = read(top, "translators/de/guide.po");
    let fuzzy = "#, fuzzy\n#| msgid \"\"\n#| \"Ask two people to read\\n\"\n#| \"what you wrote.\"\nmsgid \"\"\n\
                 \"Ask three people to read\\n\"\n\"what you wrote.\"\nmsgstr \"Bitte zwei Menschen, deinen Text zu lesen.\"\n";
    assert!(catalogue.contains(fuzzy), "{catalogue}");
    // One is translated: the page says nothing yet of from what it is translated.
    edit(
        top,
        "translators/de/guide.po",
        &[("msgid \"Wait for a week.\"\nmsgstr \"\"", "msgid \"Wait for a week.\"\nmsgstr \"Warte eine Woche.\"")],
    );
    let import = ["--import", "po", "--language", "de", "--from", "translators"];
    assert_eq!(says(top, &import), "2 files read: 1 translation taken over, 1 page changed\n");
    let german = GUIDE_DE.replace("```sh", "Warte eine Woche.\n\n```sh").replace("publish --all", "publish");
    assert_eq!(read(top, "content/de/guide.md"), german);
    // Then the other: now it does.
    edit(top, "translators/de/guide.po", &[("#, fuzzy\n", ""), ("Bitte zwei", "Bitte drei")]);
    assert_eq!(says(top, &import), "2 files read: 1 translation taken over, 1 page changed\n");
    let german = german
        .replace("Bitte zwei", "Bitte drei")
        .replace("slug: anleitung\n", &format!("slug: anleitung\ntranslated_from: \"{changed}\"\n"));
    assert_eq!(read(top, "content/de/guide.md"), german);
    let ran = bokworm(top, &["translations", "--language", "de", "--format", "json"]);
    assert!(
        ran.stdout.contains("\"content/de/guide.md\",\"original\":\"content/en/guide.md\",\"state\":[]"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        says(top, &["--export", "po", "--language", "de", "--to", "translators"]),
        "2 files in `translators`: 10 messages, 0 fuzzy, 1 not translated\n"
    );
    assert_eq!(says(top, &import), "2 files read: 0 translations taken over, 0 pages changed\n");
}

#[test]
fn a_new_block_that_somebody_has_translated_already_is_known() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    let later = GUIDE.replace("```sh", "Wait for a week.\n\n```sh").replace("Ask two people", "Ask three people");
    commit(
        top,
        &[(
            "content/en/guide.md",
            &later.replace("Tell [", "Afterwards tell [").replace("Publish it.", "Publish it on the site."),
        )],
    );
    commit(top, &[("content/de/guide.md", &GUIDE_DE.replace("```sh", "Warte eine Woche.\n\n```sh"))]);
    says(top, &["--export", "po", "--language", "de"]);
    let catalogue = read(top, "po/de/guide.po");
    assert!(catalogue.contains("#, fuzzy\nmsgid \"Wait for a week.\"\nmsgstr \"Warte eine Woche.\"\n"), "{catalogue}");
}

#[test]
fn that_a_translation_still_holds_is_said_by_taking_the_flag_away() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    let changed = commit(top, &[("content/en/guide.md", &GUIDE.replace("people", "of them"))]);
    says(top, &["--export", "po", "--language", "de"]);
    edit(top, "po/de/guide.po", &[("#, fuzzy\n", "")]);
    assert_eq!(says(top, &["--import", "po"]), "2 files read: 0 translations taken over, 1 page changed\n");
    let marked = GUIDE_DE.replace("slug: anleitung\n", &format!("slug: anleitung\ntranslated_from: \"{changed}\"\n"));
    assert_eq!(read(top, "content/de/guide.md"), marked);
}

#[test]
fn texts_that_are_translated_in_several_ways_have_a_context() {
    let original = "# One\n\nMore.\n\n## Two\n\nMore.\n\n## Three\n\nMore.\n\n## Four\n\nSame.\n\nSame.\n";
    let german = "# Eins\n\nMehr.\n\n## Zwei\n\nWeiteres.\n\n## Drei\n\nMehr.\n\n## Vier\n\nGleich.\n\nGleich.\n";
    let site = repository(&[("content/en/a.md", original), ("content/de/a.md", german)]);
    let top = site.path();
    let base = git(top, &["rev-parse", "HEAD"])[..12].to_owned();
    says(top, &["--export", "po", "--language", "de"]);
    let catalogue = read(top, "po/de/a.po");
    assert!(
        catalogue.contains("#: content/en/a.md:7\nmsgctxt \"Two\"\nmsgid \"More.\"\nmsgstr \"Weiteres.\"\n"),
        "{catalogue}"
    );
    assert!(
        catalogue.contains("#: content/en/a.md:15\n#: content/en/a.md:17\nmsgid \"Same.\"\nmsgstr \"Gleich.\"\n"),
        "{catalogue}"
    );
    edit(top, "po/de/a.po", &[("\"Gleich.\"", "\"Dasselbe.\""), ("\"Weiteres.\"", "\"Noch etwas.\"")]);
    says(top, &["--import", "po"]);
    assert_eq!(
        read(top, "content/de/a.md"),
        format!(
            "---\ntranslated_from: \"{base}\"\n---\n{}",
            german.replace("Gleich.", "Dasselbe.").replace("Weiteres.", "Noch etwas.")
        )
    );
}

#[test]
fn what_cannot_be_taken_over_is_refused_and_nothing_is_written() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    let refused = |arguments: &[&str], why: &str| {
        let ran = bokworm(top, &[&["translations"], arguments].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (2, why), "{}", ran.stdout);
        assert_eq!(read(top, "content/de/guide.md"), GUIDE_DE);
    };
    refused(&["--import", "po"], "error: there is no folder `po`: `--export po` makes it\n");
    refused(&["--export", "po", "--language", "jp"], "error: nothing is translated into `jp`, but into `de`, `ja`\n");
    says(top, &["--export", "po"]);
    let good = read(top, "po/de/guide.po");
    edit(top, "po/de/guide.po", &[("\"Dann\"", "\"Dann\\nund\""), ("\"Veröffentliche ihn.\"", "\"Raus!\"")]);
    refused(
        &["--import", "po"],
        "error: po/de/guide.po:26: this is a heading 2, and a line break parts its translation\n\
         error: nothing was taken over: 1 translation would break its page\n",
    );
    write(top, "po/de/guide.po", &good.replace("\"Dann\"", "\"Dann"));
    let why = "error: po/de/guide.po:27:13: the closing quote is missing; `msgfmt -c` tells more of a PO file\n";
    refused(&["--import", "po"], why);
    refused(&["--export", "po"], why);
}

#[test]
fn what_may_be_wrong_or_belongs_to_nothing_is_told() {
    let site = repository(&[("content/en/guide.md", GUIDE), ("content/de/guide.md", GUIDE_DE)]);
    let top = site.path();
    says(top, &["--export", "po"]);
    edit(
        top,
        "po/de/guide.po",
        &[("Sag es [anderen](https://example.org/tell).", "Sag es anderen."), ("\"Then\"", "\"And then\"")],
    );
    write(top, "po/de/old.po", "msgid \"\"\nmsgstr \"\"\n");
    let ran = bokworm(top, &["translations", "--import", "po"]);
    let warnings = "warning: po/de/guide.po:36: the original has 1 times `](` (links), and this translation 0\n\
                    warning: po/de/guide.po:26: 1 translation of texts that `en/guide.md` no longer has: `--export po` brings the new ones\n\
                    warning: `po/de/old.po` belongs to no page of the original: it is passed over\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (0, warnings));
    assert_eq!(read(top, "content/de/guide.md"), GUIDE_DE.replace("[anderen](https://example.org/tell)", "anderen"));
}

/// The handbook of `tests/all/handbook.rs`: pages by folder and by suffix, renamed ones, one language from right to left.
#[test]
fn a_round_trip_leaves_a_whole_handbook_as_it_is_and_new_pages_stand_where_the_others_do() {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbook/site");
    let site = folder(&[]);
    let top = site.path();
    for file in files(&from) {
        write(top, &file, &std::fs::read_to_string(from.join(&file)).unwrap());
    }
    git(top, &["init", "-q"]);
    commit(top, &[]);
    says(top, &["--export", "po"]);
    assert!(says(top, &["--import", "po"]).ends_with(" read: 0 translations taken over, 0 pages changed\n"));
    assert_eq!(git(top, &["status", "--short"]), "?? po/");
    for language in ["ja", "de"] {
        let catalogue = read(top, &format!("po/{language}/beds/tools.po"));
        let translated = catalogue.replacen("msgid \"Tools\"\nmsgstr \"\"", "msgid \"Tools\"\nmsgstr \"XY\"", 1);
        assert_ne!(translated, catalogue);
        write(top, &format!("po/{language}/beds/tools.po"), &translated);
    }
    assert!(says(top, &["--import", "po"]).ends_with(" read: 2 translations taken over, 2 pages changed\n"));
    let new = git(top, &["status", "--short", "-uall", "content"]);
    assert_eq!(new, "?? content/beds/tools.ja.md\n?? content/de/beds/tools.md");
    let original = read(top, "content/beds/tools.md");
    assert_eq!(read(top, "content/beds/tools.ja.md"), original.replace("Tools", "XY"));
}
