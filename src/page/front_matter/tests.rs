//! Front matter from the outside: what comes of a file, and what is told.

use proptest::prelude::*;
use serde_json::json;

use super::{FrontMatter, Neighbour, Split, parse_yaml_data, read, yaml};
use crate::diagnostic::{Code, Severity};
use crate::source::{Source, SourcePath};

fn split(text: &str) -> Split {
    read(&Source { path: SourcePath::content("a.md"), text: text.into() })
}

fn body(text: &str) -> &str {
    split(text).body.of(text)
}

/// The fields of a page that holds these lines and nothing that is wrong.
fn fields(lines: &str) -> FrontMatter {
    let split = split(&format!("---\n{lines}\n---\n"));
    assert_eq!(split.findings, [], "{lines}");
    split.meta
}

/// Each finding's code and the text that it points at.
fn told(text: &str) -> Vec<(Code, &str)> {
    split(text).findings.iter().map(|finding| (finding.code, finding.span.of(text))).collect()
}

/// The text with every fix made, which must leave nothing that can be fixed.
fn fixed(text: &str) -> String {
    let mut fixed = text.to_owned();
    let findings = split(text).findings;
    let mut edits: Vec<_> = findings.into_iter().filter_map(|finding| finding.fix).flat_map(|fix| fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    for edit in edits.iter().rev() {
        fixed.replace_range(edit.span.start..edit.span.end, &edit.replacement);
    }
    assert!(split(&fixed).findings.iter().all(|finding| finding.fix.is_none()), "{fixed}");
    fixed
}

fn labels(meta: &FrontMatter) -> Vec<&str> {
    meta.tags.iter().map(|tag| tag.label.as_str()).collect()
}

#[test]
fn odd_beginnings_and_line_ends_hide_nothing() {
    for text in [
        "---\ntitle: Ä\n---\nText\n",
        "\u{feff}---\ntitle: Ä\n---\nText\n",
        "\n\n---\ntitle: Ä\n---\nText\n",
        " ---\ntitle: Ä\n---\nText\n",
        "---\r\ntitle: Ä\r\n---\r\nText\n",
        "---\rtitle: Ä\r---\rText\n",
        "--- \ntitle: Ä\n---\t\nText\n",
        "---\n title: Ä\n---\nText\n",
    ] {
        let split = split(text);
        assert_eq!(split.meta.title.as_deref(), Some("Ä"), "{text:?}");
        assert_eq!(split.meta.spans["title"].of(text), "Ä", "{text:?}");
        assert_eq!((split.body.of(text), split.findings), ("Text\n", vec![]), "{text:?}");
    }
}

#[test]
fn small_files_keep_all_they_have() {
    for text in ["", "a", "ab", "abc", "-", "--", "---", "---\n", "é", "\n", "+++"] {
        assert_eq!((body(text), told(text)), (text, vec![]), "{text:?}");
    }
    assert_eq!(body("\u{feff}a"), "a");
    assert_eq!(body("---\n---\n"), "");
}

#[test]
fn a_rule_is_no_front_matter() {
    for text in [
        "---\n\nText\n\n---\nMore",
        "---\nText\n---\n",
        "---\n# Heading\n---\n",
        "---\n- a\n- b\n---\n",
        "---\nNote: this is text\nand goes on",
        "\n---\nNote: this is text\n---\n",
        "***\ntitle: A\n---\n",
        "+++\nText\n+++\n",
    ] {
        assert_eq!((body(text), told(text)), (text, vec![]), "{text:?}");
    }
}

#[test]
fn front_matter_that_is_never_closed_costs_no_text() {
    for (text, rest) in [
        ("---\ntitle: A\ntags: [b]\n\nText\n", "\nText\n"),
        ("---\ntitle: A\n\n# Heading\n\nText\n\n---\n", "\n# Heading\n\nText\n\n---\n"),
        ("---\r\ntitle: A", ""),
    ] {
        let split = split(text);
        assert_eq!((split.meta.title.as_deref(), split.body.of(text)), (Some("A"), rest), "{text:?}");
        assert_eq!(told(text), [(Code::UnclosedFrontMatter, "---")], "{text:?}");
        assert_eq!(self::split(&fixed(text)).findings, [], "{text:?}");
    }
    let text = "---\r\ntitle: A\r\n\r\nText";
    assert_eq!(fixed(text), "---\r\ntitle: A\r\n---\r\n\r\nText");
}

#[test]
fn toml_is_read_too() {
    let text = "+++\r\ntitle = \"A\"\r\nweight = 2\r\ndate = 2026-01-02\r\ntags = ['b', 'c']\r\n[course]\r\ncode = 'X'\r\n+++\r\nText";
    let split = split(text);
    assert_eq!(split.findings, []);
    assert_eq!((split.meta.title.as_deref(), split.meta.sidebar_position), (Some("A"), Some(2.0)));
    assert_eq!((labels(&split.meta), split.meta.last_update.as_deref()), (vec!["b", "c"], Some("2026-01-02")));
    assert_eq!((split.meta.spans["course.code"].of(text), split.body.of(text)), ("'X'", "Text"));
    let broken = "+++\ntitle = A\n+++\nText";
    assert_eq!((body(broken), told(broken)[0].0), ("Text", Code::InvalidFrontMatter));
    let open = "+++\ntitle = 'A'\nText";
    assert_eq!((body(open), told(open)), (open, vec![(Code::UnclosedFrontMatter, "+++")]));
}

#[test]
fn what_is_plainly_meant_is_understood() {
    let meta = fields("title: 2024\ndescription: true\nid: 1.10\nstatus: 007\nslug: 1e3");
    assert_eq!(meta.title.as_deref(), Some("2024"));
    assert_eq!((meta.description.as_deref(), meta.id.as_deref()), (Some("true"), Some("1.10")));
    assert_eq!((meta.status.as_deref(), meta.slug.as_deref()), (Some("007"), Some("1e3")));
    assert_eq!(meta.data["title"], json!(2024));

    for (lines, expected) in [
        ("tags: a, b", vec!["a", "b"]),
        ("tags: one", vec!["one"]),
        ("tags: 3", vec!["3"]),
        ("tags:", vec![]),
        ("tags: []", vec![]),
        ("tags: [a, 'b, c', 4, true]", vec!["a", "b, c", "4", "true"]),
        ("tags:\n- a, b\n- {label: C d, permalink: /c}\n-", vec!["a, b", "C d"]),
        ("tags: \"a (b), ü\"", vec!["a (b)", "ü"]),
    ] {
        assert_eq!(labels(&fields(lines)), expected, "{lines}");
    }
    for (value, expected) in
        [("no", false), ("yes", true), ("on", true), ("Off", false), ("\"true\"", true), ("", false)]
    {
        assert_eq!(fields(&format!("draft: {value}")).draft, expected, "{value}");
    }
    for (lines, expected) in [
        ("weight: 3", Some(3.0)),
        ("sidebar_position: \"2.5\"\nweight: 1", Some(2.5)),
        ("sidebar_position: -1", Some(-1.0)),
        ("weight:", None),
    ] {
        assert_eq!(fields(lines).sidebar_position, expected, "{lines}");
    }
    assert_eq!(fields("keywords: a, b").keywords, ["a", "b"]);
    assert_eq!(fields("aliases: /a").aliases, ["/a"]);
}

#[test]
fn people_dates_and_neighbours_have_many_spellings() {
    for lines in [
        "author: Ada",
        "authors: [Ada]",
        "authors:\n- name: Ada\n  url: x",
        "author: {name: Ada}",
        "author: Ada\nauthors: Ada",
    ] {
        assert_eq!(fields(lines).authors, ["Ada"], "{lines}");
    }
    for lines in
        ["last_update: {date: 2026-01-02, author: Ada}", "date: 2026-01-02", "lastmod: 2026-01-02\ndate: 2020-01-01"]
    {
        assert_eq!(fields(lines).last_update.as_deref(), Some("2026-01-02"), "{lines}");
    }
    let meta = fields("pagination_prev: null\npagination_next: a/b\ncustom_edit_url: null");
    assert_eq!((meta.pagination_prev, meta.pagination_next), (Neighbour::Nothing, Neighbour::Page("a/b".into())));
    assert_eq!((meta.custom_edit_url, fields("a: b").custom_edit_url), (Some(None), None));
    assert_eq!((fields("title:").title.as_deref(), fields("title: ''").title.as_deref()), (Some(""), Some("")));
    assert_eq!((fields("title: ~").title, fields("a: b").title), (None, None));
}

#[test]
fn data_is_kept_as_written_and_in_order() {
    let lines = "z: 1\ncourse: {price: 9.5, code: no, day: 2026-01-02}\na: [x, {y: .inf}, 0x10]\n2: two\n\"TRUE\": t";
    let meta = fields(lines);
    let expected = r#"{"z":1,"course":{"price":9.5,"code":"no","day":"2026-01-02"},"a":["x",{"y":".inf"},16],"2":"two","TRUE":"t"}"#;
    assert_eq!(serde_json::to_string(&meta.data).unwrap(), expected);
    let text = format!("---\n{lines}\n---\n");
    assert_eq!(meta.spans["course.code"].of(&text), "no");
    assert_eq!(meta.spans["a[1].y"].of(&text), ".inf");
    assert_eq!(meta.at("a[1].y"), Some(&json!(".inf")));
}

#[test]
fn text_that_needs_quotes_is_read_and_quoted() {
    for (written, meant) in [
        ("Foo: Bar", "Foo: Bar"),
        ("@ada", "@ada"),
        ("`code` first", "`code` first"),
        ("% of all", "% of all"),
        ("*bold* word", "*bold* word"),
        ("& more", "& more"),
        ("[Draft] Plan", "[Draft] Plan"),
        ("\"A\" and B", "\"A\" and B"),
        ("\"Say \"hi\" now\"", "Say \"hi\" now"),
        ("'It's here'", "It's here"),
        ("\"C:\\dir\"", "C:\\dir"),
        ("- dash", "- dash"),
        ("| pipe", "| pipe"),
        ("'open", "open"),
    ] {
        let text = format!("---\r\nid: a\r\ntitle: {written}\r\ntags: [é]\r\n---\r\nText");
        let split = split(&text);
        assert_eq!(split.meta.title.as_deref(), Some(meant), "{text}");
        assert_eq!(told(&text), [(Code::UnquotedValue, written)], "{text}");
        assert_eq!(labels(&split.meta), ["é"]);
        let fixed = self::split(&fixed(&text));
        assert_eq!((fixed.meta.title.as_deref(), fixed.findings), (Some(meant), vec![]), "{text}");
    }
}

#[test]
fn what_yaml_drops_without_a_word_is_told() {
    for (written, lost) in [("&Co rocks", "&Co"), ("!now or never", "!now"), ("Issue #1", "#1"), ("#fff", "#fff")] {
        let text = format!("---\nstatus: {written}\n---\n");
        assert_eq!(told(&text), [(Code::UnquotedValue, lost)], "{text}");
        assert_eq!(split(&fixed(&text)).meta.status.as_deref(), Some(written));
    }
    assert_eq!(told("---\nbase: &b x\ntitle: *b\n---\n"), []);
    let text = "---\nbase: &b x\n*b : y\ntitle: {{ name }}\n---\n";
    assert_eq!(told(text), [(Code::WrongType, "*b"), (Code::WrongType, "{{ name }}")]);
}

#[test]
fn spacing_is_mended() {
    for (lines, mended) in [
        ("tags:\n\t- a\n\t- b", "tags:\n  - a\n  - b"),
        ("\ttitle: A\n\tid: b", "title: A\nid: b"),
        ("title:A\nid: b", "title: A\nid: b"),
        ("description: one\ntwo\nid: b", "description: one\n  two\nid: b"),
        (" title: A\nid: b", "title: A\nid: b"),
        ("title: A\n  id: b", "title: A\nid: b"),
        ("title:\tA\nid: b", "title: A\nid: b"),
        ("title:\u{a0}A\nid: b", "title: A\nid: b"),
        ("title = A\nid: b", "title: A\nid: b"),
        ("title：A\nid: b", "title: A\nid: b"),
        ("title: A\nlevel:4", "title: A\nlevel: 4"),
        ("tags:\nOne\nTwo", "tags:\n- One\n- Two"),
        ("tags:\n  One b\n  Two", "tags:\n  - One b\n  - Two"),
        ("title: A\n// hidden\nid: b", "title: A\n# hidden\nid: b"),
        ("title: A\n<!-- hidden -->\nid: b", "title: A\n# hidden\nid: b"),
        ("tags:\n-One\n-Two", "tags:\n- One\n- Two"),
        ("tags:\n* One\n* Two", "tags:\n- One\n- Two"),
        ("tags:\n  • One\n  • Two", "tags:\n  - One\n  - Two"),
    ] {
        let text = format!("---\n{lines}\n---\n");
        assert!(told(&text).iter().all(|(code, _)| *code == Code::FrontMatterSpacing), "{text}");
        assert_eq!(fixed(&text), format!("---\n{mended}\n---\n"));
        assert_eq!(split(&text).meta.data, fields(mended).data, "{text}");
    }
}

#[test]
fn entries_that_run_into_each_other_are_told() {
    for (lines, place, mended) in [
        ("tags:\n- One\n  - Two\n  - Three", "- Two", "tags:\n- One\n- Two\n- Three"),
        ("tags:\r\n  - One\r\n    - Two", "- Two", "tags:\r\n  - One\r\n  - Two"),
        ("tags: One\n  - Two", "- Two", "tags: One\n  - Two"),
        ("menu:\n- One\n  - Two", "- Two", "menu:\n- One\n  - Two"),
    ] {
        let text = format!("---\n{lines}\n---\n");
        assert_eq!(told(&text), [(Code::FrontMatterSpacing, place)], "{text}");
        assert_eq!(fixed(&text), format!("---\n{mended}\n---\n"));
    }
    for lines in
        ["tags:\n- >\n  One\n  - Two", "tags:\n- |\n  One\n  - Two", "tags:\n- One\n  and two", "course:\n- a:\n  - b"]
    {
        assert_eq!(told(&format!("---\n{lines}\n---\n")), [], "{lines}");
    }
    for (value, place, mended) in [
        ("[a, b],", ",", "[a, b]"),
        ("\"a\", \"b\"", "\"a\", \"b\"", "[\"a\", \"b\"]"),
        ("- a - b", "- a - b", "[a, b]"),
    ] {
        let text = format!("---\ntags: {value}\n---\n");
        assert_eq!(
            (told(&text), labels(&split(&text).meta)),
            (vec![(Code::WrongType, place)], vec!["a", "b"]),
            "{text}"
        );
        assert_eq!(fixed(&text), format!("---\ntags: {mended}\n---\n"));
    }
    for (value, mended) in [("a; b c; d", "[a, b c, d]"), ("(a, b)", "[a, b]"), ("法律，安全", "[法律, 安全]")]
    {
        let text = format!("---\ntags: {value}\n---\n");
        assert_eq!(
            (told(&text), fixed(&text)),
            (vec![(Code::WrongType, value)], format!("---\ntags: {mended}\n---\n"))
        );
        assert_eq!(labels(&split(&text).meta), labels(&split(&fixed(&text)).meta));
    }
}

#[test]
fn a_value_that_is_not_read_as_it_is_written_is_told() {
    for (lines, place, mended) in [
        ("title: “A b”", "“A b”", "title: \"A b\""),
        ("tags: [„A“, b]", "„A“", "tags: [\"A\", b]"),
        ("title: “A: b”", "“A: b”", "title: \"A: b\""),
        ("title: On #osmm", "#osmm", "title: \"On #osmm\""),
        ("version: 1.10", "1.10", "version: 1.10"),
        ("versions: [1.9, 1.10]", "1.10", "versions: [1.9, 1.10]"),
        ("code: 0067", "0067", "code: 0067"),
    ] {
        let text = format!("---\nid: é\n{lines}\n---\n");
        assert_eq!(told(&text), [(Code::UnquotedValue, place)], "{text}");
        assert_eq!(fixed(&text), format!("---\nid: é\n{mended}\n---\n"));
    }
    for lines in [
        "title: “Open” and “closed”",
        "price: 9.5",
        "draft: false #later",
        "version: \"1.10\"",
        "x: 2.0",
        "y: 0",
        "z: 0.5",
    ] {
        assert_eq!(told(&format!("---\n{lines}\n---\n")), [], "{lines}");
    }
}

#[test]
fn a_draft_of_another_program_is_published() {
    for lines in ["published: false", "private: true", "status: draft", "isDraft: yes"] {
        assert_eq!(told(&format!("---\n{lines}\n---\n"))[0].0, Code::PublishedDraft, "{lines}");
    }
    for lines in ["published: true", "published: 2026-01-01", "status: Draft for review", "draft: true\nstatus: draft"]
    {
        assert_eq!(told(&format!("---\n{lines}\n---\n")), [], "{lines}");
    }
}

#[test]
fn a_block_that_is_closed_by_another_line_is_read() {
    for (text, place, mended) in [
        ("---\ntitle: A\n----\n\n# H\n\n---\n", "----", "---\ntitle: A\n---\n\n# H\n\n---\n"),
        ("---\ntitle: A\n...\nText", "...", "---\ntitle: A\n---\nText"),
        ("---\ntitle: A\n—\nText", "—", "---\ntitle: A\n---\nText"),
    ] {
        assert_eq!((told(text), fixed(text)), (vec![(Code::UnclosedFrontMatter, place)], mended.to_owned()));
    }
    let toml = "---\ntitle = \"A\"\ntags = [\"b\"]\n---\nText";
    let split = split(toml);
    assert_eq!((split.meta.title.as_deref(), labels(&split.meta), split.body.of(toml)), (Some("A"), vec!["b"], "Text"));
    assert_eq!(told(toml), [(Code::InvalidFrontMatter, "---")]);
    assert_eq!(fixed(toml), toml.replace("---", "+++"));
    assert_eq!(told("---\ntitle: A\n- One\nid: b\n---\n"), [(Code::InvalidFrontMatter, "- One")]);
}

#[test]
fn one_mistake_costs_no_other_key() {
    let text = "---\ntitle: A\ntags: [b, c\ncourse:\n  code: X\n : y\ndraft: true\n---\nText";
    let split = split(text);
    assert_eq!((split.meta.title.as_deref(), split.meta.draft, split.body.of(text)), (Some("A"), true, "Text"));
    assert_eq!(told(text), [(Code::InvalidFrontMatter, "tags: [b, c"), (Code::InvalidFrontMatter, ": y")]);
    assert_eq!(split.findings[0].severity, Severity::Error);
    assert!(split.findings[0].message.contains("not written to its end"), "{}", split.findings[0].message);
}

#[test]
fn keys_are_watched() {
    let text = "---\ntitle: A\nTitle: B\ntag: [c]\ntitle: D\ncourse: {a: 1, a: 2}\nsidebar_postion: 1\nlevel: 4\n---\n";
    let split = split(text);
    assert_eq!((split.meta.title.as_deref(), split.meta.at("course.a")), (Some("A"), Some(&json!(1))));
    let expected = [
        (Code::UnknownKey, "tag"),
        (Code::DuplicateKey, "title"),
        (Code::DuplicateKey, "a"),
        (Code::UnknownKey, "sidebar_postion"),
    ];
    assert_eq!(told(text), expected);
    let fixed = self::split(&fixed(text)).meta;
    assert_eq!((fixed.sidebar_position, labels(&fixed)), (Some(1.0), vec!["c"]));
}

#[test]
fn wrong_types_are_named_with_their_key() {
    for (lines, place, words) in [
        ("title: [a]", "[a]", "`title` must be text, but holds a list"),
        ("sidebar_position: first", "first", "`sidebar_position` must be a number, but holds `first`"),
        ("weight: .inf", ".inf", "`weight` must be a number, but holds `.inf`"),
        ("draft: perhaps", "perhaps", "`draft` must be `true` or `false`, but holds `perhaps`"),
        ("date: soon", "soon", "`date` must be a date, but holds `soon`"),
        (
            "last_update: {date: 2026-02-30}",
            "2026-02-30",
            "`last_update.date` holds `2026-02-30`, and there is no such day",
        ),
        ("lastmod: 2026-01-01\ndate: 31/02/2026", "31/02/2026", "`date` holds `31/02/2026`, and there is no such day"),
        ("reviewed: 2026-02-31", "2026-02-31", "`reviewed` holds `2026-02-31`, and there is no such day"),
        ("toc_max_heading_level: 7", "7", "`toc_max_heading_level` must be a heading level from 1 to 6, but holds `7`"),
        ("tags: {a: b}", "{a: b}", "`tags` must be a list, but holds a group of keys"),
        ("tags: [[a]]", "[a]", "`tags[0]` must be text, but holds a list"),
        ("authors:\n- name: A\n- url: b", "url: b", "`authors[1]` must be a name, but holds a group of keys"),
    ] {
        let text = format!("---\nid: é\n{lines}\n---\n");
        let split = split(&text);
        assert_eq!(told(&text), [(Code::WrongType, place)], "{text}");
        assert_eq!(split.findings[0].message, words);
    }
    assert_eq!(fixed("---\ndate: 2026/3/1\n---\n"), "---\ndate: 2026-03-01\n---\n");
}

#[test]
fn tags_are_kept_once_and_in_place() {
    let text = "---\ntags:\n- Über\n- b: c\n- Über\n---\n";
    let split = split(text);
    assert_eq!(labels(&split.meta), ["Über", "b: c"]);
    assert_eq!(split.meta.tags[1].span.of(text), "b: c");
    assert_eq!(told(text), [(Code::UnquotedValue, "b: c"), (Code::RepeatedTag, "Über")]);
    assert_eq!(fixed(text), "---\ntags:\n- Über\n- \"b: c\"\n---\n");
}

#[test]
fn a_bomb_is_a_finding() {
    let mut lines = String::from("a0: &a0 [lol, lol]\n");
    for n in 1..12 {
        lines += &format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "));
    }
    let text = format!("---\n{lines}title: A\n---\nText");
    let split = split(&text);
    assert_eq!((split.body.of(&text), split.findings[0].code), ("Text", Code::InvalidFrontMatter));
    let deep = format!("---\ntitle: A\nx: {}\n---\nText", "[".repeat(20_000));
    assert_eq!((body(&deep), told(&deep)[0].0), ("Text", Code::TooDeep));
    for line in [
        "x.".repeat(20_000) + "y = 1",
        format!("x = {}", "[".repeat(20_000)),
        "[x.".to_owned() + &"y.".repeat(9_000) + "z]",
    ] {
        let toml = format!("+++\ntitle = 'A'\n{line}\n+++\nText");
        assert_eq!((body(&toml), told(&toml).len()), ("Text", 1));
    }
    let large = format!("---\ntitle: A\nx:\n{}---\nText", "- entry\n".repeat(20_000));
    assert_eq!((body(&large), told(&large)), ("Text", vec![(Code::OversizedFile, "---")]));
}

#[test]
fn whole_files_are_read_the_same_way() {
    let path = SourcePath::content("a/_category_.yaml");
    assert_eq!(parse_yaml_data(&path, "---\nlabel: A\n---\n").2, []);
    let text = "\u{feff}---\r\nlabel: Ä: b\r\nposition: 2\r\nlink:\r\n  type: doc\r\n";
    let (data, spans, findings) = parse_yaml_data(&path, text);
    assert_eq!(data["link"]["type"], json!("doc"));
    assert_eq!((spans["label"].of(text), spans["link.type"].of(text)), ("Ä: b", "doc"));
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::UnquotedValue]);

    for text in ["{\n\t\"label\": \"A\",\n\t\"x\": \"\\ud83d\\ude00\"\n}", "{\"label\": \"A\"}", "label: A"] {
        let (data, _, findings) = parse_yaml_data(&SourcePath::content("_category_.json"), text);
        assert_eq!((&data["label"], findings), (&json!("A"), vec![]), "{text}");
    }
    for text in ["- a", "just text", "{\"a\": ", "[1]"] {
        for name in ["_category_.json", "_category_.yaml"] {
            let (data, _, findings) = parse_yaml_data(&SourcePath::content(name), text);
            assert_eq!((data.len(), findings[0].code), (0, Code::InvalidYaml), "{text}");
        }
    }
    assert_eq!(parse_yaml_data(&path, "# nothing\n").2, []);
}

fn fragment() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "---",
        "---\n",
        "+++\n",
        "\n",
        "\r\n",
        "\r",
        "\u{feff}",
        "title: ",
        "tags:\n- ",
        "tags: [",
        "]",
        "é: ",
        "Ä",
        "日本",
        ": ",
        "- ",
        "&a ",
        "*a",
        "!t ",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "  ",
        "\t",
        "#",
        " #1",
        "{",
        "}",
        ", ",
        "? ",
        "%",
        "@",
        "`",
        "\\",
        "\0",
        "<<: ",
        "...\n",
        "null",
        "1.5",
        "weight: ",
        "date: 2026-1-1\n",
        "draft: x",
        "= \"",
        "[course]\n",
        "a.b = 1\n",
        "\u{2028}",
    ]);
    prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

fn hold(text: &str) {
    let split = split(text);
    assert_eq!(split.body.end, text.len());
    let inside = |start: usize, end: usize| start <= end && text.get(start..end).is_some();
    assert!(inside(split.body.start, split.body.end));
    for span in split.meta.spans.values().copied().chain(split.meta.tags.iter().map(|tag| tag.span)) {
        assert!(inside(span.start, span.end) && span.end <= split.body.start, "{span:?} in {text:?}");
    }
    for finding in &split.findings {
        assert!(inside(finding.span.start, finding.span.end), "{finding:?} in {text:?}");
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(inside(edit.span.start, edit.span.end), "{finding:?} in {text:?}");
        }
    }
    let (_, spans, findings) = parse_yaml_data(&SourcePath::content("a.yaml"), text);
    for span in spans.values().copied().chain(findings.iter().map(|finding| finding.span)) {
        assert!(inside(span.start, span.end), "{span:?} in {text:?}");
    }
}

#[test]
fn scalars_are_read_from_the_tree_as_gray_matter_reads_them() {
    let scalars = [
        "",
        "~",
        "null",
        "Null",
        "NULL",
        "true",
        "True",
        "yes",
        "no",
        "on",
        "y",
        "1",
        "-1",
        "+1",
        "01",
        "1.10",
        "1e3",
        ".5",
        "1.",
        "0x1F",
        "0o17",
        "0b1",
        ".inf",
        "-.INF",
        ".nan",
        "9223372036854775807",
        "9223372036854775808",
        "1_000",
        "1:30",
        "2026-01-31",
        "'1'",
        "\"true\"",
        "'it''s'",
        "\"a\\tb\"",
        "|\n  a\n\n  b",
        ">-\n  a\n  b",
        "a\n  b",
        "[1, [a, 'b'], {c: ~}]",
        "{a: 1, 'b': .5}",
        "[]",
        "{}",
        "\n- 1\n-\n- - a",
        "\n  é: ü\n  1: x\n  true: y\n  ~: z\n  1.0: w",
    ];
    let mut compared = 0;
    for scalar in scalars {
        let (ours, theirs) = yaml::both_ways(&format!("a: {scalar}\nb: {scalar}")).expect(scalar);
        assert_eq!(ours, theirs, "{scalar}");
        compared += ours.len();
    }
    assert_eq!(compared, 2 * scalars.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds(text in "\\PC*") {
        hold(&text);
    }

    #[test]
    fn the_tree_and_gray_matter_read_the_same(parts in prop::collection::vec(fragment(), 0..40)) {
        if let Some((ours, theirs)) = yaml::both_ways(&parts.concat()) {
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn any_front_matter_holds(parts in prop::collection::vec(fragment(), 0..40)) {
        hold(&format!("---\n{}\n---\nText", parts.concat()));
        hold(&parts.concat());
    }
}

#[test]
fn yaml_between_plus_signs_is_read_and_told() {
    let text = "+++\ntitle: A\ntags: [b]\n+++\nText.\n";
    assert_eq!(split(text).meta.title.as_deref(), Some("A"));
    assert_eq!(body(text), "Text.\n");
    assert_eq!(told(text), [(Code::InvalidFrontMatter, "+++")]);
    for text in ["+++\na: b\n+++\n", "+++\ntitle: A\n\nText.\n"] {
        assert_eq!(split(text).meta.title, None, "{text}");
    }
}
