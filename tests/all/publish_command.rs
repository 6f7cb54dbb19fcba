//! `bokworm publish` to a folder and to a branch: what is sent, what is refused, and that nothing of others is touched.

#![cfg(unix)]

use std::fs;
use std::path::Path;

use crate::program::git::{commit, git, write};
use crate::program::{Ran, bokworm, files, folder, read};

/// A project in a repository, and a folder beside it.
fn project() -> tempfile::TempDir {
    let here = folder(&[]);
    let book = here.path().join("book");
    fs::create_dir(&book).unwrap();
    git(&book, &["init", "-q"]);
    write(&book, "book.toml", "[site]\ntitle = \"H\"\n[search]\nenabled = false\n");
    write(&book, ".gitignore", "public\n.bokworm\naddresses.lock\n");
    write(&book, "content/index.md", "# Home\n\n[A](a.md)\n");
    commit(&book, &[("content/a.md", "# A\n")]);
    here
}

fn publish(here: &Path, arguments: &[&str]) -> Ran {
    bokworm(here, &[&["-C", "book", "publish", "--to", "folder:../www"], arguments].concat())
}

/// What was published, without what the theme brings.
fn pages(www: &Path) -> Vec<String> {
    files(www).into_iter().filter(|path| path.ends_with(".html")).collect()
}

#[track_caller]
fn refused(ran: &Ran, because: &str) {
    assert!(ran.code == 2 && ran.stderr.contains(because), "{ran:?}");
}

#[track_caller]
fn published(ran: &Ran) {
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
}

#[test]
fn a_folder_gets_the_site_and_then_what_changed() {
    let here = project();
    let www = here.path().join("www");
    let first = publish(here.path(), &[]);
    published(&first);
    assert!(first.stdout.starts_with("Published to `book/../www`: "), "{first:?}");
    assert_eq!(pages(&www), ["404.html", "a/index.html", "index.html", "tags/index.html"]);
    assert!(files(&www).iter().all(|path| !path.contains("bokworm-new") && path != ".bokworm-site"));

    write(&here.path().join("book"), "content/b.md", "# B\n");
    fs::remove_file(here.path().join("book/content/a.md")).unwrap();
    commit(&here.path().join("book"), &[("content/index.md", "# Home\n\n[B](b.md)\n")]);
    let dry = publish(here.path(), &["--dry-run"]);
    published(&dry);
    for line in ["new      b/index.html", "changed  index.html", "gone     a/index.html"] {
        assert!(dry.stdout.contains(line), "{dry:?}");
    }
    assert!(!www.join("b").exists(), "a dry run writes nothing");
    let second = publish(here.path(), &[]);
    published(&second);
    assert!(second.stdout.contains("a publish after 24 hours removes them"), "{second:?}");
    assert!(www.join("a/index.html").exists() && www.join("b/index.html").exists());
    published(&publish(here.path(), &["--grace", "0"]));
    assert!(!www.join("a").exists() && www.join("b/index.html").exists());
}

#[test]
fn what_must_not_be_published_is_refused() {
    let here = project();
    let book = here.path().join("book");
    write(&book, "content/a.md", "# A changed\n");
    refused(&publish(here.path(), &[]), "`content/a.md` isn't committed");
    published(&publish(here.path(), &["--uncommitted"]));
    git(&book, &["checkout", "-q", "."]);
    commit(&book, &[("book.toml", "[findings]\nbroken-link = \"error\"\n"), ("content/a.md", "# A\n\n[b](b.md)\n")]);
    let ran = publish(here.path(), &[]);
    assert!(ran.code == 1 && ran.stderr.contains("Not published because of errors"), "{ran:?}");
    let ran = publish(here.path(), &["--despite-errors"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    refused(&bokworm(here.path(), &["-C", "book", "publish"]), "nobody has said where the site goes");
    refused(&bokworm(here.path(), &["-C", "book", "publish", "--to", "../www"]), "`../www` is no place to publish to");
    refused(&publish(here.path(), &["--grace", "1 day"]), "is no span of time");
}

#[test]
fn the_configuration_says_where_the_site_goes() {
    let here = project();
    let book = here.path().join("book");
    commit(&book, &[("book.toml", "[publish]\nto = \"folder:../www\"\ngrace = \"0\"\nmax_deletes = 1\n")]);
    let ran = bokworm(here.path(), &["-C", "book/content", "publish", "--quiet"]);
    assert_eq!(ran, Ran { code: 0, stdout: String::new(), stderr: String::new() });
    assert!(here.path().join("www/a/index.html").exists());
    fs::remove_dir_all(book.join("content")).unwrap();
    commit(&book, &[("content/index.md", "# Home\n")]);
    commit(&book, &[("content/c/index.md", "# C\n")]);
    let ran = bokworm(here.path(), &["-C", "book", "publish"]);
    assert_eq!(ran.code, 0, "one page went, and may: {ran:?}");
    fs::remove_dir_all(book.join("content")).unwrap();
    commit(&book, &[("content/other.md", "# Other\n"), ("content/index.md", "# Home\n"), ("static/x.txt", "x")]);
    published(&bokworm(here.path(), &["-C", "book", "publish"]));
    fs::remove_dir_all(book.join("static")).unwrap();
    fs::remove_file(book.join("content/other.md")).unwrap();
    commit(&book, &[("content/index.md", "# Home\n")]);
    refused(&bokworm(here.path(), &["-C", "book", "publish"]), "say so with `--max-deletes 2`");
    assert!(here.path().join("www/x.txt").exists());
}

#[test]
#[cfg(not(feature = "stores"))]
fn without_the_feature_a_store_is_told_how_to_be_had() {
    let here = project();
    let ran = bokworm(here.path(), &["-C", "book", "publish", "--to", "s3://bucket/handbook"]);
    refused(&ran, "was built without object stores");
}

#[test]
fn folders_of_others_and_of_the_project_are_refused() {
    let here = project();
    write(here.path(), "theirs/diary.txt", "mine");
    let to = |folder: &str| bokworm(here.path(), &["-C", "book", "publish", "--to", &format!("folder:{folder}")]);
    refused(&to("../theirs"), "bokworm never published there (`diary.txt`)");
    for inside in [".", "public", "..", "content/x", "www"] {
        refused(&to(inside), "lie in each other");
    }
    refused(&to("../no/such"), "isn't there");
    refused(&to("book.toml"), "is a file");
    assert_eq!(read(here.path(), "theirs/diary.txt"), "mine");
}

#[test]
fn links_at_the_target_lead_nobody_out() {
    use std::os::unix::fs::symlink;
    let here = project();
    let www = here.path().join("www");
    published(&publish(here.path(), &[]));
    write(here.path(), "elsewhere/index.html", "theirs");
    fs::remove_dir_all(www.join("a")).unwrap();
    symlink("../elsewhere", www.join("a")).unwrap();
    refused(&publish(here.path(), &[]), "is a symbolic link");
    fs::remove_file(here.path().join("book/content/a.md")).unwrap();
    commit(&here.path().join("book"), &[("content/index.md", "# Home\n")]);
    published(&publish(here.path(), &["--grace", "0"]));
    // In the place of a file, the link is replaced or removed, and not what it leads to.
    fs::remove_file(www.join("index.html")).unwrap();
    symlink("../elsewhere/index.html", www.join("index.html")).unwrap();
    commit(&here.path().join("book"), &[("content/index.md", "# Home again\n")]);
    published(&publish(here.path(), &["--grace", "0"]));
    assert!(read(&www, "index.html").contains("Home again"));
    assert_eq!(read(here.path(), "elsewhere/index.html"), "theirs");
}

#[test]
fn two_at_once_do_not_mix() {
    let here = project();
    published(&publish(here.path(), &[]));
    let lock = fs::File::options().write(true).open(here.path().join("www/.bokworm-lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
    refused(&publish(here.path(), &[]), "somebody else is publishing to");
    drop(lock);
    published(&publish(here.path(), &[]));
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let here = project();
    let book = here.path().join("book");
    commit(&book, &[("static/x", "file"), ("static/y/z", "below")]);
    published(&publish(here.path(), &[]));
    fs::remove_dir_all(book.join("static")).unwrap();
    commit(&book, &[("static/x/z", "below"), ("static/y", "file")]);
    published(&publish(here.path(), &[]));
    let www = here.path().join("www");
    assert_eq!((read(&www, "x/z"), read(&www, "y")), ("below".into(), "file".into()));
}

/// A project that git was told of nothing to leave out: what a build writes is no change of anybody's.
#[test]
fn what_a_build_writes_is_nothing_uncommitted() {
    let here = folder(&[("book/content/index.md", "# Home\n")]);
    let book = here.path().join("book");
    git(&book, &["init", "-q"]);
    commit(&book, &[("book.toml", "[site]\ntitle = \"H\"\n")]);
    assert_eq!(bokworm(&book, &["ledger", "init"]).code, 0);
    commit(&book, &[("content/new.md", "# New\n")]);
    for _ in 0..2 {
        let ran = publish(here.path(), &["--cache", "book/.bokworm/cache"]);
        published(&ran);
        assert!(ran.stdout.ends_with("`addresses.lock` has addresses that aren't committed: commit it.\n"), "{ran:?}");
    }
    git(&book, &["add", "addresses.lock"]);
    git(&book, &["commit", "-q", "-m", "Addresses"]);
    assert!(!publish(here.path(), &[]).stdout.contains("commit it"));
}

#[test]
fn killed_at_any_moment_the_next_one_ends_right() {
    let here = project();
    let book = here.path().join("book");
    published(&publish(here.path(), &[]));
    for turn in 0..12_u64 {
        for page in 0..40 {
            write(&book, &format!("content/p{}.md", page + turn), &format!("# Page {turn}\n"));
        }
        let words = [
            "-C",
            "book",
            "publish",
            "--uncommitted",
            "--max-deletes",
            "1000",
            "--to",
            "folder:../www",
            "--grace",
            "0",
        ];
        assert_eq!(bokworm(here.path(), &["-C", "book", "build", "--quiet"]).code, 0);
        let mut killed = crate::program::command(here.path());
        let mut killed = killed.args(words).arg("--built").stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(turn * 5));
        killed.kill().unwrap();
        killed.wait().unwrap();
        fs::remove_file(book.join(format!("content/p{turn}.md"))).unwrap();
        published(&bokworm(here.path(), &words));
        let own = |path: &String| !path.starts_with(".bokworm-");
        let www = here.path().join("www");
        let (there, site): (Vec<String>, Vec<String>) = (
            files(&www).into_iter().filter(own).collect(),
            files(&book.join("public")).into_iter().filter(own).collect(),
        );
        assert_eq!(there, site);
        assert!(
            there
                .iter()
                .all(|path| fs::read(www.join(path)).unwrap() == fs::read(book.join("public").join(path)).unwrap())
        );
    }
}

fn to_branch(here: &Path, arguments: &[&str]) -> Ran {
    bokworm(here, &[&["-C", "book", "publish", "--to", "git:"], arguments].concat())
}

#[test]
fn a_branch_gets_a_commit_where_the_site_changed() {
    let here = project();
    let book = here.path().join("book");
    published(&to_branch(here.path(), &[]));
    let count = || git(&book, &["rev-list", "--count", "gh-pages"]);
    let listed = || git(&book, &["ls-tree", "-r", "--name-only", "gh-pages"]);
    assert!(listed().lines().any(|path| path == ".nojekyll") && listed().contains("a/index.html"));
    assert_eq!(git(&book, &["status", "--porcelain"]), "");
    let again = to_branch(here.path(), &[]);
    assert_eq!(again.stdout, "`gh-pages` has this site already: nothing was published\n");
    assert_eq!(count(), "1");
    fs::remove_file(book.join("content/a.md")).unwrap();
    commit(&book, &[("content/index.md", "# Home\n")]);
    let dry = to_branch(here.path(), &["--dry-run"]);
    assert!(dry.stdout.contains("removed  a/index.html"), "{dry:?}");
    assert_eq!(count(), "1");
    published(&to_branch(here.path(), &[]));
    assert_eq!(count(), "2");
    assert!(!listed().contains("a/index.html"));
    commit(&book, &[("content/index.md", "# Home again\n")]);
    published(&to_branch(here.path(), &["--no-history"]));
    assert_eq!(count(), "1");
    assert!(git(&book, &["log", "-1", "--format=%s", "gh-pages"]).starts_with("Publish "));
}

#[test]
fn a_branch_of_others_is_refused_and_its_name_kept() {
    let here = project();
    let book = here.path().join("book");
    published(&to_branch(here.path(), &[]));
    let work = here.path().join("work");
    git(&book, &["worktree", "add", "-q", work.to_str().unwrap(), "gh-pages"]);
    refused(&to_branch(here.path(), &[]), "`gh-pages` is checked out");
    commit(&work, &[("CNAME", "handbook.example.org\n")]);
    git(&book, &["worktree", "remove", work.to_str().unwrap()]);
    // As GitHub does where somebody says the name of the site there.
    assert!(to_branch(here.path(), &[]).stdout.contains("has this site already"));
    git(&book, &["worktree", "add", "-q", work.to_str().unwrap(), "gh-pages"]);
    commit(&work, &[("theirs.txt", "theirs")]);
    git(&book, &["worktree", "remove", work.to_str().unwrap()]);
    refused(&to_branch(here.path(), &[]), "isn't one that `bokworm publish` made");
    published(&to_branch(here.path(), &["--over-foreign"]));
    assert_eq!(git(&book, &["show", "gh-pages:CNAME"]), "handbook.example.org");
    assert!(!git(&book, &["ls-tree", "--name-only", "gh-pages"]).contains("theirs"));
    commit(&book, &[("content/a.md", "# A again\n")]);
    published(&to_branch(here.path(), &[]));
    assert_eq!(git(&book, &["show", "gh-pages:CNAME"]), "handbook.example.org");
    // An amended commit is another one's.
    git(&book, &["worktree", "add", "-q", work.to_str().unwrap(), "gh-pages"]);
    write(&work, "x.txt", "x");
    git(&work, &["add", "-A"]);
    git(&work, &["commit", "-q", "--amend", "--no-edit"]);
    git(&book, &["worktree", "remove", work.to_str().unwrap()]);
    refused(&to_branch(here.path(), &[]), "isn't one that `bokworm publish` made");
}

#[test]
fn a_branch_is_pushed_as_the_remote_has_it() {
    let here = project();
    let book = here.path().join("book");
    git(here.path(), &["init", "-q", "--bare", "there.git"]);
    git(&book, &["remote", "add", "origin", "../there.git"]);
    let there = here.path().join("there.git");
    published(&to_branch(here.path(), &["--push", "origin"]));
    assert_eq!(git(&book, &["branch", "--format=%(refname:short)"]), "main");
    // From another clone, which knows nothing of it.
    git(&book, &["push", "-q", "origin", "main"]);
    git(here.path(), &["clone", "-q", "-b", "main", "there.git", "clone"]);
    let clone = here.path().join("clone");
    commit(&clone, &[("content/a.md", "# A of the clone\n")]);
    let push = |here: &Path| bokworm(here, &["-C", "clone", "publish", "--to", "git:gh-pages", "--push", "origin"]);
    published(&push(here.path()));
    assert_eq!(git(&there, &["rev-list", "--count", "gh-pages"]), "2");
    assert!(push(here.path()).stdout.contains("has this site already"));
    refused(&to_branch(here.path(), &["--push", "nowhere"]), "`git ls-remote --heads` failed");
}
