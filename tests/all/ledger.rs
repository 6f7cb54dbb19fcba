//! The ledger of addresses, where it lies in repositories of all kinds: begun from their history, merged, kept up to date.

use std::path::Path;

use crate::program::{
    self,
    git::{commit, git, write},
};
use program::{Ran, bokworm};

const LEDGER: &str = "addresses.lock";

/// A repository with a site below a folder of it, whose pages have changed.
fn repository() -> tempfile::TempDir {
    let folder = program::folder(&[]);
    let top = folder.path();
    git(top, &["init", "-q"]);
    write(top, ".gitignore", "public\n.bokworm\n");
    write(top, "site/book.toml", "[site]\ntitle = \"Handbook\"\n[urls]\nstyle = \"file\"\n");
    commit(
        top,
        &[("site/content/index.md", "# Home\n"), ("site/content/roles.md", &page("Roles", &["Lead", "Writer"]))],
    );
    commit(top, &[("site/content/roles.md", &page("Roles", &["Lead", "Author"]))]);
    git(top, &["mv", "site/content/roles.md", "site/content/people.md"]);
    commit(top, &[]);
    commit(top, &[("site/content/plan.md", "# Plan\n\nWhat is planned.\n")]);
    git(top, &["rm", "-q", "site/content/plan.md"]);
    commit(top, &[]);
    folder
}

fn page(title: &str, headings: &[&str]) -> String {
    let sections =
        headings.iter().map(|heading| format!("\n## {heading}\n\nWhat is said of {heading} in some words.\n"));
    format!(
        "# {title}\n\nSome words that stay as they are, so that git knows the file.\n{}",
        sections.collect::<String>()
    )
}

fn ledger(site: &Path) -> String {
    let text = std::fs::read_to_string(site.join(LEDGER)).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

fn well(ran: &Ran) {
    assert_eq!((ran.code, &*ran.stderr), (0, ""), "{}", ran.stdout);
}

const MINED: &str = "/\n/#home\n/people\n/people#author\n/people#lead\n/people#roles\n/people#writer -> /people#author\n\
                     /plan\n/plan#plan\n/roles -> /people\n/roles#author\n/roles#lead\n/roles#roles\n\
                     /roles#writer -> /people#author\n/tags\n";

#[test]
fn a_ledger_is_begun_with_what_earlier_commits_published() {
    let folder = repository();
    let site = folder.path().join("site");
    let begun = bokworm(&site, &["ledger", "init"]);
    well(&begun);
    let expected = MINED.replace("/people#writer -> /people#author\n", "");
    assert_eq!(ledger(&site), expected, "{}", begun.stdout);
    assert!(begun.stdout.contains("Nothing answers at 1 of them"), "{}", begun.stdout);
    let told = bokworm(&site, &["check"]);
    assert!(told.stdout.contains("lost-address") && told.stdout.contains("/plan"), "{}", told.stdout);
    well(&bokworm(&site, &["ledger", "retire", "/plan", "--reason", "It was carried out."]));
    well(&bokworm(&site, &["check"]));
    assert!(ledger(&site).contains("/plan -> retired: \"It was carried out.\"\n/plan#plan\n"));
    well(&bokworm(&site, &["build", "--quiet"]));
    let page = std::fs::read_to_string(site.join("public/plan.html")).unwrap();
    assert!(page.contains("It was carried out."), "{page}");
    assert!(site.join("public/roles.html").exists());
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "?? site/addresses.lock");
}

#[test]
fn it_begins_with_the_commit_that_somebody_names() {
    let folder = repository();
    let site = folder.path().join("site");
    well(&bokworm(&site, &["ledger", "init", "--quiet", "--since", "HEAD~2"]));
    assert!(ledger(&site).contains("/plan") && !ledger(&site).contains("/roles"), "{}", ledger(&site));
    let again = bokworm(&site, &["ledger", "init"]);
    assert_eq!(again.code, 2);
    std::fs::remove_file(site.join(LEDGER)).unwrap();
    let unknown = bokworm(&site, &["ledger", "init", "--since", "nothing"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("git knows no commit `nothing`"), "{}", unknown.stderr);
}

#[test]
fn what_is_gone_without_a_trace_can_be_retired_at_once() {
    let folder = repository();
    let site = folder.path().join("site");
    well(&bokworm(&site, &["ledger", "init", "--quiet", "--retire-rest", "See /people."]));
    assert!(ledger(&site).contains("/plan -> retired: \"See /people.\"\n"), "{}", ledger(&site));
    well(&bokworm(&site, &["check"]));
}

#[test]
fn what_was_published_before_there_was_a_configuration_is_read_with_todays() {
    let folder = program::folder(&[]);
    let top = folder.path();
    git(top, &["init", "-q"]);
    commit(top, &[("docs/guide.md", &page("Guide", &["Begin"]))]);
    git(top, &["mv", "docs/guide.md", "docs/manual.md"]);
    commit(top, &[]);
    commit(
        top,
        &[(
            "book.toml",
            "[folders]\nsource = \"docs\"\n[urls]\ndocs_route = \"/docs\"\n[redirects]\n\"/\" = \"/docs/manual\"\n",
        )],
    );
    well(&bokworm(top, &["ledger", "init", "--quiet"]));
    let mined = "/docs/guide -> /docs/manual\n/docs/guide#begin\n/docs/guide#guide\n";
    assert_eq!(ledger(top), format!("{mined}/docs/manual\n/docs/manual#begin\n/docs/manual#guide\n/docs/tags\n"));
    well(&bokworm(top, &["check"]));
}

#[test]
fn without_git_it_begins_with_the_site_as_it_is() {
    let folder = program::folder(&[("book.toml", ""), ("content/index.md", "# Home\n")]);
    let begun = bokworm(folder.path(), &["ledger", "init"]);
    assert!(begun.code == 0 && begun.stderr.contains("git knows nothing of this folder"), "{}", begun.stderr);
    assert_eq!(ledger(folder.path()), "/\n/#home\n/tags\n");
    write(folder.path(), "content/a.md", "# A\n");
    let status = bokworm(folder.path(), &["ledger"]);
    assert_eq!((status.code, &*status.stdout), (1, "2 lines new:\n  + /a\n  + /a#a\n"), "{}", status.stderr);
    well(&bokworm(folder.path(), &["ledger", "update"]));
    well(&bokworm(folder.path(), &["ledger", "status"]));
}

#[test]
fn a_shallow_clone_says_that_it_knows_too_little() {
    let folder = repository();
    let other = program::folder(&[]);
    let from = format!("file://{}", folder.path().display());
    git(other.path(), &["clone", "-q", "--depth", "1", &from, "clone"]);
    let site = other.path().join("clone/site");
    let refused = bokworm(&site, &["ledger", "init"]);
    assert!(refused.code == 2 && refused.stderr.contains("this clone is shallow"), "{}", refused.stderr);
    assert!(!site.join(LEDGER).exists());
    well(&bokworm(&site, &["ledger", "init", "--quiet", "--since", "HEAD"]));
    assert!(ledger(&site).contains("/people\n") && !ledger(&site).contains("/roles"));
    well(&bokworm(&site, &["ledger", "update"]));
}

#[test]
fn a_worktree_and_a_submodule_know_their_own_history() {
    let folder = repository();
    let top = folder.path();
    let other = program::folder(&[]);
    let tree = other.path().join("tree");
    git(top, &["worktree", "add", "-q", &tree.display().to_string(), "-b", "other"]);
    well(&bokworm(&tree.join("site"), &["ledger", "init", "--quiet"]));
    git(other.path(), &["init", "-q", "outer"]);
    let outer = other.path().join("outer");
    commit(&outer, &[("a.txt", "outer")]);
    git(&outer, &["submodule", "--quiet", "add", &top.display().to_string(), "inner"]);
    commit(&outer, &[]);
    well(&bokworm(&outer.join("inner/site"), &["ledger", "init", "--quiet"]));
    let expected = MINED.replace("/people#writer -> /people#author\n", "");
    for site in [tree.join("site"), outer.join("inner/site")] {
        assert_eq!(ledger(&site), expected);
    }
}

#[test]
fn an_update_finds_where_things_went_since_the_ledger_was_committed() {
    let folder = repository();
    let (top, site) = (folder.path(), folder.path().join("site"));
    well(&bokworm(&site, &["ledger", "init", "--quiet", "--retire-rest", "Old."]));
    commit(top, &[]);
    // One step is committed, the next isn't.
    commit(top, &[("site/content/people.md", &page("Roles", &["Lead", "Editor"]))]);
    git(top, &["mv", "site/content/people.md", "site/content/team.md"]);
    let status = bokworm(&site, &["ledger"]);
    assert_eq!(status.code, 1, "{}", status.stdout);
    well(&bokworm(&site, &["ledger", "update", "--quiet"]));
    let after = ledger(&site);
    for line in [
        "/people -> /team\n",
        "/people#author -> /team#editor\n",
        "/roles -> /team\n",
        "/roles#writer -> /team#editor\n",
        "/team#lead\n",
    ] {
        assert!(after.contains(line), "{line}{after}");
    }
    well(&bokworm(&site, &["check"]));
    well(&bokworm(&site, &["ledger"]));
}

#[test]
fn what_was_only_tried_is_forgotten() {
    let folder = repository();
    let site = folder.path().join("site");
    well(&bokworm(&site, &["ledger", "init", "--quiet", "--retire-rest", "Old."]));
    commit(folder.path(), &[]);
    let before = ledger(&site);
    write(&site, "content/try.md", "# Try\n");
    well(&bokworm(&site, &["build", "--quiet"]));
    assert!(ledger(&site).contains("/try#try\n"));
    std::fs::remove_file(site.join("content/try.md")).unwrap();
    well(&bokworm(&site, &["build", "--quiet"]));
    assert_eq!(ledger(&site), before);
}

/// Two branches that each change something, merged; whether git did it without a conflict.
fn merged(site: &Path, one: impl Fn(), other: impl Fn()) -> bool {
    let top = site.parent().unwrap();
    git(top, &["checkout", "-q", "-b", "one"]);
    one();
    well(&bokworm(site, &["build", "--quiet"]));
    commit(top, &[]);
    git(top, &["checkout", "-q", "main"]);
    git(top, &["checkout", "-q", "-b", "two"]);
    other();
    well(&bokworm(site, &["build", "--quiet"]));
    commit(top, &[]);
    let merge = std::process::Command::new("git")
        .current_dir(top)
        .args(["-c", "user.name=T", "-c", "user.email=t@example.org", "merge", "-q", "-m", "Merge", "one"])
        .output()
        .unwrap();
    merge.status.success()
}

fn begun() -> tempfile::TempDir {
    let folder = repository();
    let site = folder.path().join("site");
    for name in ["azure", "guide", "method", "zoo"] {
        write(&site, &format!("content/{name}.md"), &page(name, &["First", "Second"]));
    }
    commit(folder.path(), &[]);
    well(&bokworm(&site, &["ledger", "init", "--quiet", "--retire-rest", "Old."]));
    commit(folder.path(), &[]);
    folder
}

#[test]
fn branches_that_add_pages_merge_without_a_conflict() {
    let folder = begun();
    let site = folder.path().join("site");
    let one = || write(&site, "content/blue.md", &page("Blue", &["Sky", "Sea"]));
    let other = || {
        write(&site, "content/tools.md", &page("Tools", &["Hammer"]));
        write(&site, "content/guide.md", &page("guide", &["First", "Second", "Third"]));
    };
    assert!(merged(&site, one, other), "a conflict");
    let text = ledger(&site);
    for line in ["/blue#sky\n", "/tools#hammer\n", "/guide#third\n"] {
        assert!(text.contains(line), "{line}{text}");
    }
    well(&bokworm(&site, &["check"]));
    well(&bokworm(&site, &["ledger"]));
}

#[test]
fn what_git_could_not_merge_is_settled() {
    let folder = begun();
    let site = folder.path().join("site");
    // Side by side: git can't know which comes first.
    let one = || write(&site, "content/more-a.md", &page("More a", &["Sky"]));
    let other = || write(&site, "content/more-b.md", &page("More b", &["Sea"]));
    assert!(!merged(&site, one, other), "no conflict");
    let told = bokworm(&site, &["check"]);
    assert!(told.stdout.contains("merge-conflict"), "{}", told.stdout);
    well(&bokworm(&site, &["ledger", "--resolve"]));
    let text = ledger(&site);
    assert!(text.contains("/more-a\n") && text.contains("/more-b\n") && !text.contains("<<<"), "{text}");
    well(&bokworm(&site, &["check"]));
    well(&bokworm(&site, &["ledger"]));
    // With git's own union there is nothing to settle.
    git(folder.path(), &["merge", "--abort"]);
    write(folder.path(), ".gitattributes", "addresses.lock merge=union\n");
    commit(folder.path(), &[]);
    git(folder.path(), &["-c", "user.name=T", "-c", "user.email=t@example.org", "merge", "-q", "-m", "Merge", "one"]);
    well(&bokworm(&site, &["check"]));
    well(&bokworm(&site, &["ledger", "--resolve"]));
    well(&bokworm(&site, &["ledger"]));
}

#[test]
fn of_two_successors_the_one_that_answers_counts() {
    let folder = program::folder(&[("book.toml", ""), ("content/index.md", "# Home\n"), ("content/b.md", "# B\n")]);
    let text = "/\n<<<<<<< HEAD\n/a -> /gone\n/c -> retired: \"Why\"\n=======\n/a -> /b\n/c -> /b\n>>>>>>> other\n/b\n/#home\n/b#b\n/tags\n";
    write(folder.path(), LEDGER, text);
    let settled = bokworm(folder.path(), &["ledger", "--resolve"]);
    well(&settled);
    assert_eq!(ledger(folder.path()), "/\n/#home\n/a -> /b\n/b\n/b#b\n/c -> /b\n/tags\n", "{}", settled.stdout);
    well(&bokworm(folder.path(), &["check"]));
}
