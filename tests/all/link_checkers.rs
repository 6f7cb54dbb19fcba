//! Two independent link checkers, `hyperlink` and `lychee`, on a built site: what they call
//! dead we have reported, and the other way round.
//!
//! They are no part of the build, so these tests run only when asked for:
//!
//! ```sh
//! cargo install hyperlink lychee
//! cargo test --test all link_checkers:: -- --ignored
//! BOKWORM_CORPUS=path/to/osr cargo test --test all link_checkers:: -- --ignored
//! ```
//!
//! The site is built with a folder for each page, since neither checker knows that hosts
//! serve `a.html` as `a`. Differences that are none:
//!
//! - A relative link that leads nowhere is published as it was written, and a page at
//!   `/a/b/` starts it one folder deeper than one at `/a/b`, where we resolve it. So the two
//!   sides are compared by what stands after the last slash.
//! - For the same reason a wrong `../../x` may hit a page by luck in the one style and miss it in
//!   the other: we report it, they don't. In the corpus these are the two links of one page on
//!   measurements that climb a folder too high. We stay with the address that the site's own
//!   style gives.
//! - What stands in the navigation bar and the footer they report on every page, we once, in `book.toml`.
//! - A link in other capitals, or with a heading in other capitals, is published in the right ones: we
//!   report it, they have nothing to complain of.
//! - `https://` without a host is no address: lychee says so, hyperlink leaves it alone. We report it as an
//!   `empty-link`, which has no target to compare.
//! - A link to a draft is published as plain text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A project with links of every kind, or the corpus.
struct Project {
    /// Removed in the end.
    _folder: tempfile::TempDir,
    root: PathBuf,
    arguments: Vec<String>,
}

fn project() -> Project {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let mut arguments = Vec::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/finos-osr/book.toml");
    let config = match std::env::var("BOKWORM_CORPUS") {
        Ok(corpus) => {
            let corpus = Path::new(&corpus).canonicalize().unwrap();
            for (flag, name) in [("--source", "docs"), ("--static", "static")] {
                arguments.extend([flag.to_owned(), corpus.join(name).display().to_string()]);
            }
            std::fs::read_to_string(example).unwrap()
        }
        Err(_) => {
            write(&root, "content/a.md", PAGE);
            write(&root, "content/index.md", "---\ntitle: Home\ntags: [A tag]\n---\n\nText.\n");
            write(&root, "content/deep/b.md", "---\ntitle: B\n---\n\n## One\n\nText.\n");
            write(&root, "static/file.txt", "Text.\n");
            "[site]\ntitle = \"T\"\n\n[urls]\nstyle = \"file\"\ntrailing_slash = false\n".to_owned()
        }
    };
    let config = config.replace("style = \"file\"", "style = \"folder\"");
    let config = config.replace("trailing_slash = false", "trailing_slash = true");
    write(&root, "book.toml", &config);
    arguments.extend(["--config".to_owned(), root.join("book.toml").display().to_string()]);
    Project { _folder: folder, root, arguments }
}

const PAGE: &str = "---\ntitle: A\n---\n\n## Here\n\n[right](deep/b.md#one) [case](Deep/B.md#One) [gone](deep/gone-page.md)\n\
    [heading](deep/b.md#gone-heading) [own](#gone-here) [here](#here) [file](/file.txt) ![no](/gone.png) [text](/gone.txt)\n";

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

fn bokworm(project: &Project, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bokworm"));
    let output = command.args(arguments).args(&project.arguments).current_dir(&project.root).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What follows the last slash of an address: the part that both sides agree on.
fn end(address: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned();
    let (path, fragment) = decoded.split_once('#').unwrap_or((&decoded, ""));
    let path = path.trim_end_matches('/').trim_end_matches("/index.html").trim_end_matches(".md");
    let name = path.rsplit('/').next().unwrap_or(path);
    if fragment.is_empty() { name.to_owned() } else { format!("{name}#{fragment}") }
}

/// What we report as dead.
fn ours(project: &Project) -> BTreeSet<String> {
    let told = bokworm(project, &["check", "--format", "json"]);
    let findings = told.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let dead = ["broken-link", "missing-file", "broken-anchor"];
    let dead = findings.filter(|finding| dead.contains(&finding["code"].as_str().unwrap()));
    dead.filter_map(|finding| finding["target"].as_str().map(end)).collect()
}

fn build(project: &Project) -> PathBuf {
    bokworm(project, &["build", "--quiet", "--out", "site"]);
    project.root.join("site")
}

fn compare(ours: &BTreeSet<String>, theirs: &BTreeSet<String>) {
    let unknown: Vec<_> = theirs.difference(ours).collect();
    assert!(unknown.is_empty(), "dead, but not reported: {unknown:?}");
    let alive: Vec<_> = ours.difference(theirs).collect();
    let by_luck = if std::env::var_os("BOKWORM_CORPUS").is_some() { 2 } else { 0 };
    assert!(alive.len() <= by_luck, "reported, but not dead: {alive:?}");
}

#[test]
#[ignore = "needs the program `hyperlink`"]
fn hyperlink_agrees() {
    let project = project();
    let site = build(&project);
    let output = Command::new("hyperlink").args([".", "--check-anchors"]).current_dir(site).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let dead = text.lines().filter_map(|line| line.trim().strip_prefix("error: bad link "));
    compare(&ours(&project), &dead.map(end).collect());
}

#[test]
#[ignore = "needs the program `lychee`"]
fn lychee_agrees() {
    let project = project();
    let site = build(&project);
    let root = site.display().to_string();
    let output = Command::new("lychee")
        .args(["--offline", "--include-fragments", "--no-progress", "--format", "json", "--index-files", "index.html"])
        .args(["--root-dir", &root, &root])
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let errors = report["error_map"].as_object().unwrap().values().flat_map(|errors| errors.as_array().unwrap());
    let dead = errors.map(|error| error["url"].as_str().unwrap()).filter(|url| *url != "error:");
    let dead: BTreeSet<String> = dead.map(end).collect();
    compare(&ours(&project), &dead);
}
