//! When each page last changed and who changed it, asked of git once for all pages.
//! Knows the git command, nothing of pages; without git there is no history.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The last change of a file, and its authors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The day of the last change: `2026-01-31`.
    pub date: String,
    /// Who changed it, the latest first, each once.
    pub authors: Vec<String>,
}

/// Changes by path below the folder that was asked about.
pub type History = BTreeMap<String, Change>;

/// Begins the line of a commit; can't stand in a path that git prints with `-z`.
const COMMIT: char = '\u{1}';

/// The history of all files below a folder; empty where git knows nothing of it.
pub fn read(folder: &Path) -> History {
    let format = format!("--format={COMMIT}%cs%x09%an");
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "core.quotePath=false",
            "log",
            "-z",
            "--no-renames",
            "--name-only",
            "--relative",
            &format,
            "--",
            ".",
        ])
        .output();
    match output {
        Ok(output) if output.status.success() => parse(&String::from_utf8_lossy(&output.stdout)),
        _ => History::new(),
    }
}

fn parse(log: &str) -> History {
    let mut history = History::new();
    let mut commit = ("", "");
    for field in log.split(['\0', '\n']).filter(|field| !field.is_empty()) {
        match field.strip_prefix(COMMIT) {
            Some(header) => commit = header.split_once('\t').unwrap_or((header, "")),
            None => {
                let change = history
                    .entry(field.to_owned())
                    .or_insert_with(|| Change { date: commit.0.to_owned(), authors: Vec::new() });
                if !commit.1.is_empty() && !change.authors.iter().any(|author| author == commit.1) {
                    change.authors.push(commit.1.to_owned());
                }
            }
        }
    }
    history
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_commit_dates_a_file_and_all_its_authors_are_named() {
        let log = "\u{1}2026-03-02\tB\0\na.md\0b c.md\0\u{1}2026-01-01\tA\0\na.md\0";
        let history = parse(log);
        assert_eq!(history["a.md"], Change { date: "2026-03-02".into(), authors: vec!["B".into(), "A".into()] });
        assert_eq!(history["b c.md"].authors, ["B"]);
    }
}
