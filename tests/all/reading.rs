//! Reading a project from disk: what is found, what is left out, and that nothing
//! from outside the project's folders is ever read.

#![cfg(unix)]

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use bokworm::diagnostic::Code;
use bokworm::read::{self, Places, TEXT_LIMIT, Tree};
use bokworm::source::{Root, Source};

struct Project {
    _folder: tempfile::TempDir,
    top: PathBuf,
}

impl Project {
    /// A project with these files, each of which holds its own path.
    fn with(files: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap().join("project");
        fs::create_dir_all(top.join("content")).unwrap();
        let project = Self { _folder: folder, top };
        for file in files {
            project.write(file, file.as_bytes());
        }
        project
    }

    fn write(&self, file: impl AsRef<Path>, bytes: &[u8]) {
        let file = self.top.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn link(&self, link: &str, target: &str) {
        let link = self.top.join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(target, link).unwrap();
    }

    fn places(&self) -> Places {
        Places {
            content: self.top.join("content"),
            static_files: self.top.join("static"),
            templates: self.top.join("templates"),
            catalogs: self.top.join("catalogs"),
            books: Vec::new(),
            data: self.top.join("data"),
            ledger: self.top.join("addresses.lock"),
            underscored: Vec::new(),
            left_out: Vec::new(),
            output: self.top.join("public"),
            looks: bokworm::read::Looks { pictures: true, ..Default::default() },
        }
    }

    fn read(&self) -> Tree {
        read::project(&self.places()).unwrap()
    }
}

fn paths(sources: &[Source]) -> Vec<&str> {
    sources.iter().map(|source| source.path.as_str()).collect()
}

fn assets(tree: &Tree, root: Root) -> Vec<&str> {
    tree.assets.iter().filter(|asset| asset.path.root() == root).map(|asset| asset.path.as_str()).collect()
}

/// Each finding's code and path.
fn findings(tree: &Tree) -> Vec<(Code, &str)> {
    tree.findings.iter().map(|finding| (finding.code, finding.path.as_str())).collect()
}

#[test]
fn pages_are_found_whatever_they_are_called() {
    let long = format!("content/{}.md", "x".repeat(200));
    let tree = Project::with(&[
        "content/b.MDX",
        "content/a b.md",
        "content/\u{200e}手册/README.md",
        "content/01-intro.Md",
        &long,
    ])
    .read();
    let expected = ["01-intro.Md", "a b.md", "b.MDX", &long["content/".len()..], "\u{200e}手册/README.md"];
    assert_eq!(paths(&tree.pages), expected);
    assert_eq!(&*tree.pages[1].text, "content/a b.md");
    assert!(tree.findings.is_empty());
}

#[test]
fn hidden_files_drafts_and_what_editors_leave_are_left_out() {
    let tree = Project::with(&[
        "content/a.md",
        "content/.hidden.md",
        "content/.git/config.md",
        "content/_draft.md",
        "content/_parts/a.md",
        "content/a.md~",
        "content/.a.md.swp",
        "content/a.swp",
        "content/.#a.md",
        "content/#a.md#",
        "content/_index.txt",
        "content/s/_index.md",
        "content/t/_index.MDX",
        "content/s/_category_.yml",
        "content/_category_.json",
        "content/_category_.toml",
        "content/tags.yml",
        "content/s/tags.yml",
        "content/s/picture.png",
        "content/book.toml",
    ])
    .read();
    assert_eq!(paths(&tree.pages), ["a.md", "s/_index.md", "t/_index.MDX"]);
    assert_eq!(paths(&tree.categories), ["_category_.json", "s/_category_.yml"]);
    assert_eq!(tree.vocabulary.as_ref().unwrap().path.as_str(), "tags.yml");
    assert_eq!(assets(&tree, Root::Content), ["s/picture.png", "s/tags.yml"]);
}

#[test]
fn static_files_are_taken_but_for_hidden_ones() {
    let tree = Project::with(&[
        "static/_redirects",
        "static/.nojekyll",
        "static/.well-known/security.txt",
        "static/.well-known/.secret",
        "static/.env",
        "static/.git/config",
        "static/a/.nojekyll",
        "static/a/.well-known/b",
        "static/a/page.md",
        "static/a/b~",
    ])
    .read();
    assert_eq!(assets(&tree, Root::Static), [".nojekyll", ".well-known/security.txt", "_redirects", "a/page.md"]);
    assert!(tree.pages.is_empty());
}

#[test]
fn assets_know_their_length_and_size() {
    let project = Project::with(&["static/a.txt"]);
    project.write("static/logo.svg", br#"<svg viewBox="0 0 30 20"/>"#);
    project.write("static/broken.png", b"not a picture");
    let tree = project.read();
    let told: Vec<_> = tree.assets.iter().map(|asset| (asset.path.as_str(), asset.len, asset.dimensions)).collect();
    assert_eq!(told, [("a.txt", 12, None), ("broken.png", 13, None), ("logo.svg", 26, Some((30, 20)))]);
    assert!(tree.assets.iter().all(|asset| asset.file.is_file() && asset.modified.is_some()));
}

#[test]
fn templates_are_told_from_the_rest_of_a_theme() {
    let tree =
        Project::with(&["templates/components/_Box.html", "templates/css/a.css", "templates/.hidden.html"]).read();
    assert_eq!(paths(&tree.templates), ["components/_Box.html"]);
    assert_eq!(tree.theme_files[0].path.as_str(), "css/a.css");
    assert_eq!(&*tree.theme_files[0].bytes, b"templates/css/a.css");
}

#[test]
fn a_project_without_pages_folder_is_told_so() {
    let project = Project::with(&[]);
    fs::remove_dir(project.top.join("content")).unwrap();
    let error = read::project(&project.places()).unwrap_err().to_string();
    assert!(error.contains("the folder of the pages") && error.contains("does not exist"), "{error}");
}

#[test]
fn folders_within_the_content_folder_are_not_read_twice() {
    let project = Project::with(&["a.md", "static/b.md", "templates/c.html", "public/d.md", "e/f.md", "content/g.md"]);
    let tree = read::project(&Places { content: project.top.clone(), ..project.places() }).unwrap();
    assert_eq!(paths(&tree.pages), ["a.md", "content/g.md", "e/f.md"]);
    assert_eq!(assets(&tree, Root::Static), ["b.md"]);
}

#[test]
fn links_inside_the_project_are_followed() {
    let project = Project::with(&["content/real/a.md", "static/img/b.png", "content/_parts/c.md"]);
    project.link("content/linked.md", "real/a.md");
    project.link("content/copy", "real");
    project.link("content/img", "../static/img");
    project.link("content/part.md", "_parts/c.md");
    let tree = project.read();
    assert_eq!(paths(&tree.pages), ["copy/a.md", "linked.md", "part.md", "real/a.md"]);
    assert_eq!(assets(&tree, Root::Content), ["img/b.png"]);
    assert_eq!(&*tree.pages[0].text, "content/real/a.md");
    assert!(tree.findings.is_empty(), "{:?}", tree.findings);
}

#[test]
fn links_out_of_the_project_are_refused() {
    let project =
        Project::with(&["content/a.md", "secret.json", "content/.env", ".git/config", "public/old.md", "../out.md"]);
    for (link, target) in [
        ("content/b.md", "/etc/passwd"),
        ("content/c.md", "../../out.md"),
        ("content/d.md", "../secret.json"),
        ("content/e.md", ".env"),
        ("content/f", ".."),
        ("content/g", "../.git"),
        ("content/h.md", "nowhere.md"),
        ("content/i.md", "i.md"),
        ("content/j", "../public"),
        ("static/k", "/"),
    ] {
        project.link(link, target);
    }
    let tree = project.read();
    assert_eq!(paths(&tree.pages), ["a.md"]);
    assert!(tree.assets.is_empty());
    let expected =
        ["b.md", "c.md", "d.md", "e.md", "f", "g", "h.md", "i.md", "j", "k"].map(|path| (Code::OutsideLink, path));
    assert_eq!(findings(&tree), expected);
}

#[test]
fn links_that_go_round_in_circles_end() {
    let project = Project::with(&["content/a/a.md", "content/b/b.md"]);
    project.link("content/a/self", ".");
    project.link("content/a/up", "..");
    project.link("content/a/b", "../b");
    project.link("content/b/a", "../a");
    let tree = project.read();
    assert_eq!(paths(&tree.pages), ["a/a.md", "a/b/b.md", "b/a/a.md", "b/b.md"]);
    assert!(tree.findings.iter().all(|finding| finding.code == Code::OutsideLink));
}

#[test]
fn links_that_multiply_are_cut_off() {
    let project = Project::with(&["content/z/a.md"]);
    for depth in 0..30 {
        for side in ["l", "r"] {
            let next = if depth == 29 { "../z".into() } else { format!("../d{}", depth + 1) };
            project.link(&format!("content/d{depth}/{side}"), &next);
        }
    }
    let tree = project.read();
    assert!(tree.findings.iter().any(|finding| finding.message.contains("leads to more than")));
    assert!(tree.pages.len() < 30_000);
    assert!(paths(&tree.pages).contains(&"z/a.md"));
}

#[test]
fn what_is_no_text_and_what_is_too_long_is_told() {
    let project = Project::with(&["content/a.md"]);
    project.write("content/latin.md", b"na\xefve");
    let long = fs::File::create(project.top.join("content/long.md")).unwrap();
    long.set_len(TEXT_LIMIT + 1).unwrap();
    let tree = project.read();
    assert_eq!(paths(&tree.pages), ["a.md", "latin.md"]);
    assert_eq!(findings(&tree), [(Code::InvalidText, "latin.md"), (Code::OversizedFile, "long.md")]);
    assert_eq!(tree.findings[0].span.of(&tree.pages[1].text), "\u{fffd}");
}

#[test]
fn names_that_cannot_be_published_are_told() {
    let project = Project::with(&["content/a.md", "static/b\\c.png"]);
    project.write(Path::new("content").join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), b"");
    project.write(Path::new("content").join(std::ffi::OsStr::from_bytes(b"\xe9/b.md")), b"");
    let tree = project.read();
    assert_eq!(paths(&tree.pages), ["a.md"]);
    let expected =
        [(Code::InvalidName, "caf\u{fffd}.md"), (Code::InvalidName, "\u{fffd}"), (Code::InvalidName, "b\\c.png")];
    assert_eq!(findings(&tree), expected);
}

#[test]
fn pipes_are_not_waited_for() {
    let project = Project::with(&["content/a.md"]);
    let pipe = project.top.join("content/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    assert_eq!(paths(&project.read().pages), ["a.md"]);
}
