//! What `check` is asked for by those who write: what changed, a page that an editor hands over, a review of a pull
//! request, a hook before a commit.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::program::git::{commit, git, write};
use crate::program::{bokworm, command, folder};

/// A project with two findings on its main branch, and a branch that changes one page and adds another.
fn branched() -> tempfile::TempDir {
    let here = folder(&[]);
    git(here.path(), &["init", "-q"]);
    let index = "# Start\n\nSee [what a lead does](lead.md#tasks) and [more](nowhere.md).\n";
    let lead = "# Lead\n\n## Tasks\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSee [x](nothing.md).\n";
    let book = "[site]\ntitle = \"Handbook\"\n";
    commit(here.path(), &[("book.toml", book), ("content/index.md", index), ("content/lead.md", lead)]);
    git(here.path(), &["checkout", "-q", "-b", "topic"]);
    let renamed = lead.replace("## Tasks", "## What to do\n\n<BoxOut title=\u{201c}A b\u{201d} />");
    write(here.path(), "content/lead.md", &renamed);
    write(here.path(), "content/new.md", "# New\n\n[Lead](LEAD.md)\n");
    here
}

/// The findings that are told, as `path:line code`.
fn told(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>, String) {
    let ran = bokworm(folder, &[&["check", "--format", "json"], arguments].concat());
    let place = |line: &str| {
        let finding: Value = serde_json::from_str(line).expect("JSON");
        format!("{}:{} {}", finding["path"].as_str().unwrap(), finding["line"], finding["code"].as_str().unwrap())
    };
    (ran.code, ran.stdout.lines().map(place).collect(), ran.stderr)
}

const OF_THE_CHANGE: [&str; 4] = [
    "content/index.md:3 broken-anchor",
    "content/lead.md:5 unread-component",
    "content/lead.md:17 broken-link",
    "content/new.md:3 link-case",
];

#[test]
fn only_what_a_change_concerns_is_told() {
    let here = branched();
    let (code, found, beside) = told(here.path(), &["--changed", "--severity", "orphan-page=off"]);
    assert_eq!(code, 1);
    assert_eq!(
        found, OF_THE_CHANGE,
        "uncommitted and unknown files count, and a link elsewhere that the change breaks"
    );
    assert_eq!(beside, "1 other finding left out, which this change does not bring: `bokworm check` tells all.\n");
    commit(here.path(), &[]);
    let (_, found, _) = told(here.path(), &["--changed", "main", "--severity", "orphan-page=off"]);
    assert_eq!(found, OF_THE_CHANGE, "committed, it is the same");
    // On the main branch, others go on: what they change is none of ours.
    git(here.path(), &["checkout", "-q", "main"]);
    commit(here.path(), &[("content/other.md", "# Other\n\nTODO\n")]);
    git(here.path(), &["checkout", "-q", "topic"]);
    let (_, found, _) = told(here.path(), &["--changed", "main", "--severity", "orphan-page=off"]);
    assert_eq!(found, OF_THE_CHANGE);
    let (_, found, _) = told(here.path(), &["content/new.md", "--changed", "--severity", "orphan-page=off"]);
    assert_eq!(found, OF_THE_CHANGE[3..]);
}

#[test]
fn a_project_without_findings_before_is_told_of_those_elsewhere() {
    let here = folder(&[]);
    git(here.path(), &["init", "-q"]);
    commit(
        here.path(),
        &[("content/index.md", "# Start\n\n[a](a.md#b)\n"), ("content/a.md", "# A\n\n## B\n\n[s](index.md)\n")],
    );
    let (code, found, beside) = told(here.path(), &["--changed"]);
    assert_eq!((code, found.len(), &*beside), (0, 0, ""));
    write(here.path(), "content/a.md", "# A\n\n## C\n\n[s](index.md)\n");
    let (code, found, _) = told(here.path(), &["--changed"]);
    assert_eq!((code, found), (1, vec!["content/index.md:3 broken-anchor".to_owned()]));
    assert!(bokworm(here.path(), &["check", "--changed"]).stdout.contains("broken-anchor"));
}

#[test]
fn only_changed_files_are_mended() {
    let here = branched();
    write(here.path(), "content/index.md", "# Start\n\n[x](LEAD.md) [more](nowhere.md)\n");
    commit(here.path(), &[]);
    write(here.path(), "content/new.md", "# New\n\nWords. [Lead](LEAD.md)\n");
    bokworm(here.path(), &["check", "--changed", "HEAD", "--fix"]);
    assert!(crate::program::read(here.path(), "content/new.md").contains("(lead.md)"));
    assert!(crate::program::read(here.path(), "content/index.md").contains("(LEAD.md)"));
}

#[test]
fn without_git_or_with_another_name_it_says_what_to_do() {
    let here = folder(&[("content/index.md", "# Start\n")]);
    let ran = bokworm(here.path(), &["check", "--changed"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("git knows nothing of this folder") && ran.stderr.contains("help: "), "{}", ran.stderr);
    let here = branched();
    let ran = bokworm(here.path(), &["check", "--changed", "nonsense"]);
    assert!(ran.code == 2 && ran.stderr.contains("git knows no commit `nonsense`"), "{}", ran.stderr);
}

/// What GitHub documents of a review that is created: `POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews`.
fn is_as_documented(review: &Value) {
    let keys: Vec<&str> = review.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["event", "body", "comments"]);
    assert_eq!(review["event"], "COMMENT");
    assert!(review["body"].as_str().is_some_and(|body| !body.is_empty()), "a review that only comments needs a text");
    for comment in review["comments"].as_array().expect("a list") {
        for (key, value) in comment.as_object().expect("an object") {
            let is_good = match key.as_str() {
                "path" => value.as_str().is_some_and(|path| !path.starts_with(['/', '.'])),
                "body" => value.as_str().is_some_and(|body| !body.is_empty()),
                "line" | "start_line" => value.as_u64().is_some_and(|line| line > 0),
                "side" | "start_side" => value == "RIGHT",
                _ => false,
            };
            assert!(is_good, "{key}: {value}");
        }
        assert!(comment["path"].is_string() && comment["line"].is_u64() && comment["side"].is_string());
        assert_eq!(comment["start_line"].is_u64(), comment["start_side"].is_string());
        if let Some(start) = comment["start_line"].as_u64() {
            assert!(start < comment["line"].as_u64().unwrap(), "{comment}");
        }
    }
}

#[test]
fn a_review_comments_on_lines_that_the_pull_request_shows() {
    let here = branched();
    commit(here.path(), &[]);
    let ran = bokworm(here.path(), &["check", "--format", "github-review", "--severity", "orphan-page=off"]);
    let review: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    is_as_documented(&review);
    let comments = review["comments"].as_array().unwrap();
    let places: Vec<String> =
        comments.iter().map(|c| format!("{}:{}", c["path"].as_str().unwrap(), c["line"])).collect();
    assert_eq!(places, ["content/lead.md:5", "content/new.md:3"], "the link of line 17 stands beyond the change");
    let body = comments[0]["body"].as_str().unwrap();
    assert!(body.starts_with("**Warning** `unread-component`: "), "{body}");
    assert!(body.ends_with("\n\n```suggestion\n<BoxOut title=\"A b\" />\n```"), "{body}");
    assert!(comments[1]["body"].as_str().unwrap().contains("```suggestion\n[Lead](lead.md)\n```"));
    let text = review["body"].as_str().unwrap();
    assert!(text.starts_with("bokworm found 4 things in what this pull request changes."), "{text}");
    assert!(
        text.contains("- `content/lead.md:17`: warning `broken-link`: ") && text.contains("`content/index.md:3`"),
        "{text}"
    );
}

#[test]
fn a_review_of_nothing_says_so_and_paths_are_those_of_the_repository() {
    let here = folder(&[]);
    git(here.path(), &["init", "-q"]);
    commit(here.path(), &[("site/book.toml", ""), ("site/content/index.md", "# Start\n\nOne.\n")]);
    let site = here.path().join("site");
    let review: Value = serde_json::from_str(&bokworm(&site, &["check", "--format", "github-review"]).stdout).unwrap();
    is_as_documented(&review);
    assert_eq!(review["body"], "bokworm found nothing in what this pull request changes.");
    git(here.path(), &["checkout", "-q", "-b", "topic"]);
    // A fix of several lines that stand side by side, and backticks in what is suggested.
    commit(here.path(), &[("site/content/index.md", "# Start\n\n::note\n\nWith `code`.\n\n::\n")]);
    let review: Value = serde_json::from_str(&bokworm(&site, &["check", "--format", "github-review"]).stdout).unwrap();
    is_as_documented(&review);
    let comment = &review["comments"][0];
    assert_eq!(
        (&comment["path"], &comment["start_line"], &comment["line"]),
        (&"site/content/index.md".into(), &3.into(), &7.into())
    );
    assert!(
        comment["body"].as_str().unwrap().contains("```suggestion\n:::note\n\nWith `code`.\n\n:::\n```"),
        "{comment}"
    );
}

/// Hands a page over, and is told of it.
fn handed_over(folder: &Path, text: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut running = command(folder)
        .args(["check", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may end before it has read all.
    let _ = running.stdin.take().expect("it is open").write_all(text.as_bytes());
    let output = running.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}

#[test]
fn a_page_from_the_standard_input_is_checked_where_it_will_stand() {
    let here = folder(&[
        ("content/roles/lead.md", "# Lead\n\n## Tasks\n\n[x](nowhere.md)\n"),
        ("content/index.md", "# Start\n"),
    ]);
    let page = "# Draft\n\n[Lead](lead.md#tasks) and [away](away.md)\n";
    let at = ["--format", "github", "--stdin-path"];
    let (code, told, _) = handed_over(here.path(), page, &[&at[..], &["content/roles/draft.md"]].concat());
    assert_eq!(code, 1);
    assert_eq!(told.lines().filter(|line| line.starts_with("::warning")).count(), 1, "{told}");
    assert!(told.contains("file=content/roles/draft.md,line=3,") && told.contains("away.md"), "{told}");
    // In place of a file that is there, and of nothing else.
    let (code, told, _) =
        handed_over(here.path(), "# Lead\n\n[s](../index.md)\n", &["--stdin-path", "content/roles/lead.md"]);
    assert_eq!((code, told.contains("nowhere")), (0, false), "{told}");
    assert!(crate::program::read(here.path(), "content/roles/lead.md").contains("nowhere"), "nothing is written");
    let (code, told, _) = handed_over(here.path(), "# Page\n\n[s](index.md)\n", &["--severity", "orphan-page=off"]);
    assert_eq!((code, &*told), (0, "Nothing found in the page from the standard input.\n"));
    let (code, told, _) = handed_over(here.path(), "# Page\n\n\u{ff}TODO\n", &[]);
    assert_eq!(code, i32::from(told.contains("warning")));
}

#[test]
fn what_goes_not_together_with_the_standard_input_is_refused() {
    let here = folder(&[("content/index.md", "# Start\n"), ("elsewhere/a.md", "")]);
    for (arguments, told) in [
        (&["content"][..], "name no other path"),
        (&["--fix"], "`--fix` can't mend"),
        (&["--changed"], "take `--changed` away"),
        (&["--stdin-path", "elsewhere/a.md"], "does not lie in the folder of the pages"),
        (&["--stdin-path", "content/a.txt"], "is no page"),
    ] {
        let (code, _, beside) = handed_over(here.path(), "# A\n", arguments);
        assert!(code == 2 && beside.contains(told) && beside.contains("help: "), "{arguments:?}: {beside}");
    }
    let ran = bokworm(here.path(), &["check", "--stdin-path", "content/a.md"]);
    assert!(ran.code == 2 && ran.stderr.contains("write `-`"), "{}", ran.stderr);
}

#[test]
fn the_hooks_for_pre_commit_can_be_run() {
    let hooks = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml")).unwrap();
    let values = |key: &str| -> Vec<String> {
        let lines = hooks.lines().map(|line| line.trim_start_matches(['-', ' ']));
        lines.filter_map(|line| line.strip_prefix(key)?.strip_prefix(": ").map(str::to_owned)).collect()
    };
    assert_eq!(values("id"), ["bokworm-check", "bokworm-check-system"]);
    assert_eq!(values("language"), ["rust", "system"]);
    assert_eq!(values("pass_filenames"), ["false", "false"], "a page that is gone breaks links on others");
    let here = branched();
    for entry in values("entry") {
        let mut words = entry.split(' ');
        assert_eq!(words.next(), Some("bokworm"));
        let ran = bokworm(here.path(), &words.collect::<Vec<_>>());
        assert!(ran.code == 1 && ran.stdout.contains("broken-anchor"), "{entry}: {}", ran.stderr);
    }
}
