//! What changed since a commit, committed or not: which files, and which of their lines a comparison with that commit
//! shows, as a pull request does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::{Revision, git};

/// The files that have other bytes after a commit than in it, by their paths in the repository: in another commit, or as they
/// lie there now. Pages are left out.
pub fn files_that_differ(revision: &Revision, from: Option<&Revision>) -> BTreeSet<String> {
    let compare =
        ["-c", "core.quotePath=false", "diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--name-only", "-z"];
    let commits: Vec<&str> = std::iter::once(revision).chain(from).map(|one| one.commit.hash.as_str()).collect();
    let told = git(&revision.top, &[&compare[..], &commits, &["--", ".", ":(exclude,glob)**/*.md"]].concat());
    let told = told.map(|told| String::from_utf8_lossy(&told.stdout).into_owned()).unwrap_or_default();
    told.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
}

/// The files that changed since a commit.
#[derive(Clone, Debug, Default)]
pub struct ChangedFiles {
    /// The repository's own folder.
    pub top: PathBuf,
    /// Their paths in it, and for each the stretches of its lines that a comparison shows, from 1.
    lines: BTreeMap<String, Vec<RangeInclusive<usize>>>,
}

impl ChangedFiles {
    /// Those that differ from what a commit has, and those that git doesn't know. Nothing where git can't tell.
    pub fn since(folder: &Path, revision: &Revision) -> Option<Self> {
        let top = revision.top.clone();
        let mut lines: BTreeMap<String, Vec<RangeInclusive<usize>>> = BTreeMap::new();
        let compare =
            ["-c", "core.quotePath=false", "-c", "diff.renameLimit=5000", "diff", "--no-ext-diff", "--no-textconv"];
        let base = revision.commit.hash.as_str();
        let named = git(&top, &[&compare[..], &["-z", "-M", "--name-only", base, "--"]].concat())?;
        let unknown = git(folder, &["ls-files", "-z", "--others", "--exclude-standard", "--full-name", ":/"])?;
        for told in [named, unknown] {
            let told = String::from_utf8_lossy(&told.stdout).into_owned();
            lines.extend(told.split('\0').filter(|path| !path.is_empty()).map(|path| (path.to_owned(), Vec::new())));
        }
        let form = ["-M", "-U3", "--no-color", "--src-prefix=a/", "--dst-prefix=b/", base, "--"];
        let shown = git(&top, &[&compare[..], &form].concat())?;
        for (path, range) in stretches(&String::from_utf8_lossy(&shown.stdout)) {
            if let Some(of_file) = lines.get_mut(&path) {
                of_file.push(range);
            }
        }
        Some(Self { top, lines })
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// Whether a file, by its path without symbolic links, is one of them.
    pub fn holds(&self, file: &Path) -> bool {
        let Ok(below) = file.strip_prefix(&self.top) else { return false };
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        names.is_some_and(|names| self.lines.contains_key(&names.join("/")))
    }

    /// Whether a comparison shows all these lines of a file side by side, by its path in the repository.
    pub fn shows(&self, path: &str, asked: &RangeInclusive<usize>) -> bool {
        let stretches = self.lines.get(path).map(Vec::as_slice).unwrap_or_default();
        stretches.iter().any(|lines| lines.contains(asked.start()) && lines.contains(asked.end()))
    }
}

/// The stretches of lines that a comparison shows of the files as they are now.
fn stretches(told: &str) -> Vec<(String, RangeInclusive<usize>)> {
    let mut found = Vec::new();
    let mut path = String::new();
    // Lines that still belong to the stretch: of the old text, of the new one.
    let (mut old, mut new) = (0_usize, 0_usize);
    for line in told.lines() {
        if old > 0 || new > 0 {
            match line.as_bytes().first() {
                Some(b'+') => new = new.saturating_sub(1),
                Some(b'-') => old = old.saturating_sub(1),
                Some(b'\\') => {}
                _ => (old, new) = (old.saturating_sub(1), new.saturating_sub(1)),
            }
        } else if let Some(name) = line.strip_prefix("+++ ") {
            // Git puts a tab after a name with spaces, and quotes around one with odd characters.
            let name = name.trim_end_matches('\t');
            path = name.strip_prefix("b/").unwrap_or_default().to_owned();
        } else if let Some((removed, added, start)) = stretch(line) {
            (old, new) = (removed, added);
            if added > 0 && !path.is_empty() {
                found.push((path.clone(), start..=start + added - 1));
            }
        }
    }
    found
}

/// `@@ -1,7 +1,8 @@`: how many lines of the old text, how many of the new one, and where these begin.
fn stretch(line: &str) -> Option<(usize, usize, usize)> {
    let mut words = line.strip_prefix("@@ -")?.split(' ');
    let counted = |word: &str| {
        let (start, count) = word.split_once(',').unwrap_or((word, "1"));
        Some((start.parse::<usize>().ok()?, count.parse::<usize>().ok()?))
    };
    let (_, old) = counted(words.next()?)?;
    let (start, new) = counted(words.next()?.strip_prefix('+')?)?;
    Some((old, new, start))
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn lines_that_look_like_names_of_files_are_lines() {
        let told = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,3 @@\n one\n+++ b/c.md\n two\n\
                    @@ -9 +10 @@ head\n-x\n+y\n\\ No newline at end of file\n\
                    diff --git a/gone.md b/gone.md\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\
                    diff --git a/a b.md b/a b.md\n--- /dev/null\n+++ b/a b.md\t\n@@ -0,0 +1,2 @@\n+x\n+y\n";
        let wanted = [("a.md", 1..=3), ("a.md", 10..=10), ("a b.md", 1..=2)];
        assert_eq!(stretches(told), wanted.map(|(path, lines)| (path.to_owned(), lines)));
    }
}
