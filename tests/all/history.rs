//! What pages say of their past, with a real repository: dates, authors, moves, other names of one
//! person, and a clone that has only the last commit.

use std::path::Path;
use std::process::Command;

use bokworm::history::{self, LastChange, Standpoint};

/// Commits everything in a folder, as a person on a day.
fn commit(folder: &Path, day: &str, name: &str) {
    git(folder, &["add", "-A"], None);
    git(folder, &["commit", "-qm", "A change"], Some((day, name)));
}

fn git(folder: &Path, arguments: &[&str], by: Option<(&str, &str)>) {
    let (day, name) = by.unwrap_or(("2026-01-01", "Test Author"));
    let moment = format!("{day}T12:00:00Z");
    let email = format!("{}@example.org", name.split(' ').next_back().unwrap_or_default());
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .envs([("GIT_AUTHOR_NAME", name), ("GIT_COMMITTER_NAME", name)])
        .envs([("GIT_AUTHOR_EMAIL", &email), ("GIT_COMMITTER_EMAIL", &email)])
        .envs([("GIT_AUTHOR_DATE", &moment), ("GIT_COMMITTER_DATE", &moment)])
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

const LONG: &str = "# A\n\nA text that is long enough to be known again when it has moved.\n\nOne more line of it.\n";

/// A project in a folder of its own with four days of history.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    git(top, &["init", "-q"], None);
    let git_table = "[git]\nlast_updated = true\nauthors = true\n";
    write(
        top,
        "book.toml",
        &format!(
            "[site]\ntitle = \"Handbook\"\nurl = \"https://example.org\"\n\n[urls]\nstyle = \"file\"\n\n{git_table}"
        ),
    );
    write(top, "content/guide/a.md", LONG);
    write(top, "content/ü b's.md", "# B\n");
    write(top, "content/told.md", "---\nlast_update: 2025-05-05\nauthors: [Somebody]\n---\n# Told\n");
    commit(top, "2026-01-02", "Test Author");
    write(top, "content/guide/a.md", &format!("{LONG}\nMore.\n"));
    commit(top, "2026-02-03", "Second Author");
    std::fs::rename(top.join("content/guide"), top.join("content/moved")).unwrap();
    commit(top, "2026-03-04", "Third Author");
    write(top, "content/ü b's.md", "# B\n\nMore.\n");
    write(top, ".mailmap", "Test Author <Author@example.org> <Tester@example.org>\n");
    commit(top, "2026-04-05", "T. Tester");
    folder
}

fn change(date: &str, authors: &[&str]) -> LastChange {
    LastChange { date: date.into(), authors: authors.iter().map(|&name| name.into()).collect() }
}

fn build(folder: &Path) {
    let program = Command::new(env!("CARGO_BIN_EXE_bokworm")).args(["build", "--quiet"]).current_dir(folder).output();
    assert!(program.unwrap().status.success());
}

fn published(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join("public").join(file)).unwrap()
}

#[test]
fn moves_are_followed_and_one_person_has_one_name() {
    let folder = repository();
    let history = history::read(&Standpoint::now(&folder.path().join("content")));
    assert_eq!(history["moved/a.md"], change("2026-02-03", &["Second Author", "Test Author"]));
    assert!(!history.contains_key("guide/a.md"));
    assert_eq!(history["ü b's.md"], change("2026-04-05", &["Test Author"]));
}

#[test]
fn pages_feed_and_sitemap_tell_of_the_past() {
    let folder = repository();
    build(folder.path());
    let page = published(folder.path(), "moved/a.html");
    assert!(page.contains("<time datetime=\"2026-02-03\">3 February 2026</time>"), "{page}");
    assert!(page.contains("By Second Author, Test Author"), "{page}");
    assert!(page.contains("\"dateModified\":\"2026-02-03\""), "{page}");
    let told = published(folder.path(), "told.html");
    assert!(told.contains("5 May 2025") && told.contains("By Somebody<"), "{told}");
    let feed = published(folder.path(), "feed.xml");
    let ids: Vec<&str> = feed.split("<id>").skip(2).filter_map(|rest| rest.split("</id>").next()).collect();
    assert_eq!(ids, ["https://example.org/%C3%BC%20b's", "https://example.org/moved/a", "https://example.org/told"]);
    assert!(feed.contains("<name>Second Author</name>"), "{feed}");
    assert!(published(folder.path(), "sitemap.xml").contains("<lastmod>2026-02-03</lastmod>"));
    build(folder.path());
    assert_eq!(feed, published(folder.path(), "feed.xml"));
}

#[test]
fn a_clone_of_the_last_commit_alone_says_nothing_rather_than_something_wrong() {
    let folder = repository();
    let clones = tempfile::tempdir().unwrap();
    let from = format!("file://{}", folder.path().display());
    git(clones.path(), &["clone", "-q", "--depth", "1", &from, "shallow"], None);
    let shallow = clones.path().join("shallow");
    assert_eq!(history::read(&Standpoint::now(&shallow.join("content"))).len(), 0);
    build(&shallow);
    assert!(!published(&shallow, "moved/a.html").contains("Updated"));
    git(clones.path(), &["clone", "-q", "--depth", "2", &from, "two"], None);
    let history = history::read(&Standpoint::now(&clones.path().join("two/content")));
    assert_eq!(history.keys().collect::<Vec<_>>(), ["ü b's.md"]);
}
