//! What git's index says of files that get another place, and which files git takes for others that were renamed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Revision, git};

/// What git says of something that is to be moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackedFiles {
    /// Whether git left a conflict in one of the files.
    pub in_conflict: Option<String>,
    /// A repository of its own among them.
    pub submodule: Option<String>,
}

/// What git tracks at a place or below it; nothing where it tracks nothing.
pub fn tracked(place: &Path) -> TrackedFiles {
    let Some(entries) = Spot::of(place).and_then(|spot| spot.entries()) else { return TrackedFiles::default() };
    let of = |is: &dyn Fn(&IndexEntry) -> bool| entries.iter().find(|entry| is(entry)).map(|entry| entry.path.clone());
    TrackedFiles { in_conflict: of(&|entry| entry.stage != "0"), submodule: of(&|entry| entry.mode == "160000") }
}

/// The folder of the repository that a place lies in, or would.
pub fn repository(place: &Path) -> Option<PathBuf> {
    Spot::of(place).map(|spot| spot.top)
}

/// Has git's index say of files what it said at the place that they had; whether it could be told. What git doesn't track
/// it tracks no more than before.
pub fn moved_in_index(from: &Path, to: &Path) -> bool {
    let (Some(old), Some(new)) = (Spot::of(from), Spot::of(to)) else { return true };
    let Some(entries) = old.entries().filter(|entries| !entries.is_empty()) else { return true };
    let mut lines = Vec::new();
    for entry in &entries {
        let Some(below) = entry.path.strip_prefix(&old.path) else { continue };
        let none = "0".repeat(entry.name.len());
        lines.extend(format!("0 {none}\t{}\0", entry.path).into_bytes());
        lines.extend(format!("{} {}\t{}{below}\0", entry.mode, entry.name, new.path).into_bytes());
    }
    written(&old.top, &["update-index", "-z", "--index-info"], &lines).is_some()
}

/// A place in a repository.
struct Spot {
    top: PathBuf,
    /// Its path in the repository.
    path: String,
}

struct IndexEntry {
    mode: String,
    name: String,
    stage: String,
    path: String,
}

impl Spot {
    /// A place that need not be there.
    fn of(place: &Path) -> Option<Self> {
        let folder = place.ancestors().skip(1).find(|folder| folder.is_dir())?;
        let told = |arguments: &[&str]| {
            let output = git(folder, arguments)?;
            Some(String::from_utf8(output.stdout).ok()?.trim_end_matches(['\n', '\r']).to_owned())
        };
        let top = PathBuf::from(told(&["rev-parse", "--show-toplevel"])?);
        let prefix = told(&["rev-parse", "--show-prefix"])?;
        let below = place.strip_prefix(folder).ok()?;
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        Some(Self { top, path: format!("{prefix}{}", names?.join("/")) })
    }

    /// What the index says of it and of all below it.
    fn entries(&self) -> Option<Vec<IndexEntry>> {
        let listed = git(&self.top, &["--literal-pathspecs", "ls-files", "-s", "-z", "--", &self.path])?;
        let told = String::from_utf8(listed.stdout).ok()?;
        let entry = |line: &str| {
            let (entry, path) = line.split_once('\t')?;
            let mut words = entry.split(' ').map(str::to_owned);
            Some(IndexEntry { mode: words.next()?, name: words.next()?, stage: words.next()?, path: path.to_owned() })
        };
        Some(told.split('\0').filter_map(entry).collect())
    }
}

/// Tells git something.
fn written(folder: &Path, arguments: &[&str], input: &[u8]) -> Option<()> {
    let mut asked = Command::new("git");
    let asked = asked.arg("-C").arg(folder).args(arguments).stdin(Stdio::piped());
    let mut running = asked.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let told = running.stdin.take()?.write_all(input);
    (running.wait().ok()?.success() && told.is_ok()).then_some(())
}

/// A file that is another one's, renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedFile {
    /// Where it was.
    pub from: PathBuf,
    /// Where it is.
    pub to: PathBuf,
}

/// What git calls renamed between a commit and what lies in a folder now, files among it that nobody told git of.
pub fn renames(folder: &Path, since: &Revision) -> Option<Vec<RenamedFile>> {
    let index = git(folder, &["rev-parse", "--git-path", "index"])?;
    let index = folder.join(String::from_utf8(index.stdout).ok()?.trim_end_matches(['\n', '\r']));
    // In an index of our own, so that nobody's is changed.
    let own = index.with_extension(format!("bokworm-{}", std::process::id()));
    if index.exists() {
        std::fs::copy(&index, &own).ok()?;
    }
    let found = asked_with(folder, &own, &["add", "-N", "--", "."]).and_then(|_| {
        let told =
            ["-c", "diff.renameLimit=0", "diff", "-z", "-M", "--name-status", "--no-ext-diff", "--diff-filter=R"];
        asked_with(folder, &own, &[&told[..], &[&since.commit.hash, "--", "."]].concat())
    });
    let _ = std::fs::remove_file(&own);
    let listed = String::from_utf8(found?).ok()?;
    let mut fields = listed.split('\0').filter(|field| !field.is_empty());
    let mut renamed = Vec::new();
    while let (Some(_), Some(from), Some(to)) = (fields.next(), fields.next(), fields.next()) {
        renamed.push(RenamedFile { from: since.top.join(from), to: since.top.join(to) });
    }
    Some(renamed)
}

fn asked_with(folder: &Path, index: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let mut asked = Command::new("git");
    let output = asked.arg("-C").arg(folder).env("GIT_INDEX_FILE", index).args(arguments).output().ok()?;
    output.status.success().then_some(output.stdout)
}
