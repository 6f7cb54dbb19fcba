//! The line of commits that a site was published from, and what git says was renamed between two of them.

use std::path::Path;

use super::{PastCommit, cut_off, git};

/// Which commits are wanted.
#[derive(Clone, Copy, Debug)]
pub struct CommitRange<'a> {
    /// The first of them, as somebody called it; all that there are, where nobody did.
    pub since: Option<&'a str>,
    /// Only those that changed something below these places.
    pub below: &'a [&'a Path],
}

/// What a line of commits came to.
#[derive(Clone, Debug, Default)]
pub struct CommitLine {
    /// The commits, the first of all first.
    pub commits: Vec<PastCommit>,
    /// Whether earlier ones are missing, because the clone is shallow.
    pub is_cut_off: bool,
}

/// The commits of the checked-out branch that changed the project. Of a merge only the side counts that others were
/// merged into: what a branch had before was published nowhere. Nothing where git knows nothing of the folder.
pub fn commit_line(folder: &Path, range: CommitRange<'_>) -> Option<CommitLine> {
    git(folder, &["rev-parse", "--show-toplevel"])?;
    let cut_off = cut_off(folder);
    let commits = |asked: Option<&str>, one: bool| -> Vec<PastCommit> {
        let mut question = vec!["-c", "log.showSignature=false", "log", "--first-parent", "--topo-order"];
        question.extend(["--reverse", "--format=%H%x09%cs"]);
        question.extend(one.then_some("--no-walk"));
        question.extend(asked);
        question.push("--");
        let places: Vec<_> = range.below.iter().filter_map(|place| place.to_str()).collect();
        question.extend(if one { Vec::new() } else { places });
        // Without a commit there is no line yet.
        let told = git(folder, &question).map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let commit = |line: &str| {
            let (hash, date) = line.split_once('\t')?;
            Some(PastCommit { hash: hash.to_owned(), date: date.to_owned(), is_cut_off: cut_off.contains(hash) })
        };
        told.unwrap_or_default().lines().filter_map(commit).collect()
    };
    let all = match range.since {
        None => commits(None, false),
        Some(since) => {
            let mut all = commits(Some(since), true);
            all.extend(commits(Some(&format!("{since}..HEAD")), false));
            all
        }
    };
    let is_cut_off = !cut_off.is_empty() && range.since.is_none();
    Some(CommitLine { commits: all, is_cut_off })
}

/// The last commit that changed a file, if one did.
pub fn last_commit_of(folder: &Path, file: &str) -> Option<String> {
    let question = ["-c", "log.showSignature=false", "log", "-1", "--first-parent", "--format=%H", "--", file];
    let told = String::from_utf8(git(folder, &question)?.stdout).ok()?;
    Some(told.trim().to_owned()).filter(|hash| !hash.is_empty())
}

/// What the checked-out commit has in a file; nothing if it has no such file.
pub fn committed_text(folder: &Path, file: &str) -> Option<String> {
    let output = git(folder, &["show", &format!("HEAD:./{file}")])?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Files that git takes for renamed from one commit to another, or to what lies on the disk and git knows of: by their
/// paths in the repository, the old one first.
pub fn renamed(folder: &Path, from: &str, to: Option<&str>) -> Vec<(String, String)> {
    let question = ["-c", "diff.renameLimit=5000", "diff", "-z", "-M", "--no-ext-diff", "--no-relative"];
    let question = question.into_iter().chain(["--name-status", "--diff-filter=R", from]).chain(to);
    let Some(output) = git(folder, &question.collect::<Vec<_>>()) else { return Vec::new() };
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut fields = told.split('\0').filter(|field| !field.is_empty());
    let mut renames = Vec::new();
    while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
        renames.push((old.to_owned(), new.to_owned()));
    }
    renames
}
