//! A repository of its own for a test, with commits that all have one moment.

use std::path::Path;
use std::process::Command;

/// Asks git, and is answered.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let moment = "2026-02-03T12:00:00Z";
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
        .args(["-c", "core.autocrlf=false"])
        .args(arguments)
        .envs([("GIT_AUTHOR_NAME", "Test Author"), ("GIT_COMMITTER_NAME", "Test Author")])
        .envs([("GIT_AUTHOR_EMAIL", "author@example.org"), ("GIT_COMMITTER_EMAIL", "author@example.org")])
        // All commits have one moment: what came first, no date tells.
        .envs([("GIT_AUTHOR_DATE", moment), ("GIT_COMMITTER_DATE", moment)])
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Writes files and commits them; the beginning of the commit's name.
pub fn commit(folder: &Path, files: &[(&str, &str)]) -> String {
    for (path, text) in files {
        write(folder, path, text);
    }
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", "A change"]);
    git(folder, &["rev-parse", "HEAD"])[..12].to_owned()
}

pub fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}
