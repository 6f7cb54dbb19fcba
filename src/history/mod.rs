//! When each page last changed and who changed it, asked of git once for all pages.
//! Knows the git command, nothing of pages; without git there is no history.
//!
//! A page that was moved keeps its history, and moving it alone does not change it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::query::Day;
use crate::site::find::Changes;
use crate::source::SourcePath;

mod branch;
mod changed;
mod committed;
mod former;
mod line;
mod tracked;
mod uncommitted;

pub use branch::{NoBranchPoint, branch_point, branch_point_of};
pub use changed::{ChangedFiles, files_that_differ};
pub use committed::{CommittedEntry, CommittedFiles, Revision, plain};
pub use former::{
    FileAt, FilePast, FormerTexts, PastCommit, TextName, former_texts, name_of, names_of_texts, short, texts,
};
pub use line::{CommitLine, CommitRange, commit_line, committed_text, last_commit_of, renamed};
pub use tracked::{RenamedFile, TrackedFiles, moved_in_index, renames, repository, tracked};
pub use uncommitted::uncommitted;

/// The last change of a file, and its authors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// The day of the last change: `2026-01-31`.
    pub date: String,
    /// Who changed it, the latest first, each once.
    pub authors: Vec<String>,
}

/// Changes by path below the folder that was asked about.
pub type History = BTreeMap<String, LastChange>;

impl Changes for History {
    fn last_change(&self, path: &SourcePath) -> Option<&str> {
        self.get(path.on_disk()).map(|change| change.date.as_str())
    }
}

/// Begins the line of a commit; can't stand in a path that git prints with `-z`.
const COMMIT: char = '\u{1}';

/// The day that it is, from which the ages of pages are counted.
///
/// Everywhere the same, that of Greenwich: whoever checks a site at one moment finds the same, at a desk anywhere
/// and where it is built. An age of years doesn't ask for the hour.
pub fn today() -> Day {
    Day::of(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// From where the past of a folder's files is seen: from now, or from a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standpoint {
    folder: PathBuf,
    revision: Option<Revision>,
}

impl Standpoint {
    /// From now.
    pub fn now(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), revision: None }
    }

    /// From a commit, or from now where there is none.
    pub fn at(folder: &Path, revision: Option<&Revision>) -> Self {
        Self { folder: folder.to_path_buf(), revision: revision.cloned() }
    }

    /// The folder in which git is asked: today there may be none where there was one then.
    pub fn asked(&self) -> &Path {
        self.revision.as_ref().map_or(&self.folder, |revision| &revision.top)
    }

    /// The folder's path in the repository, with a `/` at its end.
    fn prefix(&self) -> Option<String> {
        if let Some(revision) = &self.revision {
            return Some(revision.prefix(&self.folder));
        }
        let prefix = git(&self.folder, &["rev-parse", "--show-prefix"])?;
        Some(String::from_utf8_lossy(&prefix.stdout).trim_end_matches('\n').to_owned())
    }

    /// What `git log` is told of commits and of files.
    fn range(&self) -> Vec<String> {
        let Some(revision) = &self.revision else { return ["--relative", "--", "."].map(str::to_owned).into() };
        let below = revision.prefix(&self.folder);
        let here = if below.is_empty() { "." } else { &below };
        vec![format!("--relative={below}"), revision.commit.hash.clone(), "--".into(), here.to_owned()]
    }
}

/// The history of all files below a folder; empty where git knows nothing of it.
pub fn read(from: &Standpoint) -> History {
    let format = format!("--format={COMMIT}%H%x09%cs%x09%aN");
    let log = ["-c", "core.quotePath=false", "log", "-z", "-M", "--name-status", &format].map(str::to_owned);
    let log: Vec<String> = log.into_iter().chain(from.range()).collect();
    match git(from.asked(), &log.iter().map(String::as_str).collect::<Vec<_>>()) {
        Some(output) => parse(&String::from_utf8_lossy(&output.stdout), &cut_off(from.asked())),
        None => History::new(),
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().ok()?;
    output.status.success().then_some(output)
}

/// Whether a clone has only the last commits.
pub fn is_shallow(folder: &Path) -> bool {
    !cut_off(folder).is_empty()
}

/// The commits before which a shallow clone has nothing. They seem to have made every file there is, so
/// what they say is not to be believed.
fn cut_off(folder: &Path) -> HashSet<String> {
    let file = git(folder, &["rev-parse", "--git-path", "shallow"]);
    let file = file.map(|output| String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned());
    let listed = file.and_then(|file| std::fs::read_to_string(folder.join(file)).ok()).unwrap_or_default();
    listed.lines().map(str::to_owned).collect()
}

/// What happened to a file, as git's log tells it from the latest commit to the first.
#[derive(Default)]
struct Past {
    date: Option<String>,
    authors: Vec<String>,
}

fn parse(log: &str, cut_off: &HashSet<String>) -> History {
    let mut pasts: BTreeMap<String, Past> = BTreeMap::new();
    // What a file is called today, by a name that it had.
    let mut today: HashMap<String, String> = HashMap::new();
    let mut commit = Some(("", ""));
    let mut fields = log.split(['\0', '\n']).filter(|field| !field.is_empty());
    while let Some(field) = fields.next() {
        if let Some(header) = field.strip_prefix(COMMIT) {
            let (hash, told) = header.split_once('\t').unwrap_or((header, ""));
            commit = told.split_once('\t').filter(|_| !cut_off.contains(hash));
            continue;
        }
        let Some(path) = fields.next() else { break };
        let moved_to = if field.starts_with('R') { fields.next() } else { None };
        let Some((date, author)) = commit else { continue };
        let name = moved_to.unwrap_or(path);
        let name = today.get(name).map_or(name, String::as_str).to_owned();
        if field != "R100" {
            let past = pasts.entry(name.clone()).or_default();
            past.date.get_or_insert_with(|| date.to_owned());
            if !author.is_empty() && !past.authors.iter().any(|known| known == author) {
                past.authors.push(author.to_owned());
            }
        }
        if moved_to.is_some() {
            today.insert(path.to_owned(), name);
        }
    }
    let changes = pasts.into_iter();
    changes.filter_map(|(path, past)| Some((path, LastChange { date: past.date?, authors: past.authors }))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(log: &str) -> History {
        parse(log, &HashSet::from(["cut".to_owned()]))
    }

    #[test]
    fn the_latest_commit_dates_a_file_and_all_its_authors_are_named() {
        let log = "\u{1}2\t2026-03-02\tB\0\nM\0a.md\0A\0b c.md\0\u{1}1\t2026-01-01\tA\0\nA\0a.md\0";
        let history = read(log);
        assert_eq!(history["a.md"], LastChange { date: "2026-03-02".into(), authors: vec!["B".into(), "A".into()] });
        assert_eq!(history["b c.md"].authors, ["B"]);
    }

    #[test]
    fn what_is_moved_keeps_its_past() {
        let log = "\u{1}3\t2026-03-03\tC\0\nR100\0b.md\0c.md\0\u{1}2\t2026-02-02\tB\0\nR080\0a.md\0b.md\0\
                   \u{1}1\t2026-01-01\tA\0\nA\0a.md\0";
        let history = read(log);
        assert_eq!(history["c.md"], LastChange { date: "2026-02-02".into(), authors: vec!["B".into(), "A".into()] });
        assert_eq!(history.len(), 1);
    }

    #[test]
    fn a_commit_before_which_nothing_is_known_is_not_believed() {
        let log = "\u{1}2\t2026-03-02\tB\0\nM\0a.md\0\u{1}cut\t2026-01-01\tA\0\nA\0a.md\0A\0b.md\0";
        let history = read(log);
        assert_eq!(history["a.md"].authors, ["B"]);
        assert!(!history.contains_key("b.md"));
    }
}
