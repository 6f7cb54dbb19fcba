//! The files of a commit, as git keeps them: no checkout is made, and nothing on the disk is changed. Which of them a
//! project has, and what they mean, others say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::former::{PastCommit, TextName, contents, lengths};
use super::{cut_off, git};

/// A link that leads to a link that leads to a link: a system gives up after so many, and so do we.
const MOST_LINKS: usize = 40;

/// A commit of the repository that a folder lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What somebody called it: `main`, `v1.0`, `HEAD~3`.
    pub name: String,
    /// The commit.
    pub commit: PastCommit,
    /// The repository's own folder: absolute, without symbolic links.
    pub top: PathBuf,
}

impl Revision {
    /// The commit that somebody means; nothing where git knows none by that name, or nothing of the folder.
    pub fn named(folder: &Path, name: &str) -> Option<Self> {
        // Git takes what begins so for an option.
        if name.starts_with('-') {
            return None;
        }
        let told = |arguments: &[&str]| {
            let output = git(folder, arguments)?;
            Some(String::from_utf8(output.stdout).ok()?.trim_end_matches(['\n', '\r']).to_owned())
        };
        let top = PathBuf::from(told(&["rev-parse", "--show-toplevel"])?).canonicalize().ok()?;
        let hash = told(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
        let date = told(&["-c", "log.showSignature=false", "show", "--no-patch", "--format=%cs", &hash])?;
        let is_cut_off = cut_off(folder).contains(&hash);
        Some(Self { name: name.to_owned(), commit: PastCommit { hash, date, is_cut_off }, top })
    }

    /// What is below a folder, as git writes it: with a `/` at its end, or nothing for the repository's own folder.
    pub(super) fn prefix(&self, folder: &Path) -> String {
        let below = folder.strip_prefix(&self.top).unwrap_or(Path::new(""));
        let parts = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned() + "/");
        parts.collect()
    }
}

/// Something that a commit has below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommittedEntry {
    /// An ordinary file.
    File,
    /// A symbolic link.
    Link,
}

/// All files of a commit, by their paths in the repository. Submodules are left out: they are others' repositories.
#[derive(Clone, Debug)]
pub struct CommittedFiles {
    /// The commit.
    pub revision: Revision,
    /// What git calls their bytes.
    files: BTreeMap<String, TextName>,
    /// What symbolic links say.
    links: BTreeMap<String, String>,
    folders: BTreeSet<String>,
    /// Paths that aren't text, as nearly as they can be written.
    unnameable: BTreeSet<String>,
}

impl CommittedFiles {
    /// Asks git for the files of a commit; nothing if it can't tell.
    pub fn of(revision: Revision) -> Option<Self> {
        let listed = git(&revision.top, &["ls-tree", "-r", "-z", "--full-tree", &revision.commit.hash])?;
        let mut all = Self {
            revision,
            files: BTreeMap::new(),
            links: BTreeMap::new(),
            folders: BTreeSet::new(),
            unnameable: BTreeSet::new(),
        };
        let mut links: Vec<(String, TextName)> = Vec::new();
        for line in listed.stdout.split(|byte| *byte == 0) {
            let Some(line) = ListedFile::read(line) else { continue };
            if !line.is_nameable {
                all.unnameable.insert(line.path);
                continue;
            }
            let above = line.path.match_indices('/').map(|(at, _)| line.path[..at].to_owned());
            all.folders.extend(above);
            match line.is_link {
                true => links.push((line.path, line.name)),
                false => _ = all.files.insert(line.path, line.name),
            }
        }
        let (paths, names): (Vec<String>, Vec<TextName>) = links.into_iter().unzip();
        contents(&all.revision.top, &names, |at, bytes| {
            all.links.insert(paths[at].clone(), String::from_utf8_lossy(&bytes).into_owned());
        });
        Some(all)
    }

    /// The path in the repository that a place on the disk had then, with links followed; nothing if nothing was there.
    pub fn real(&self, place: &Path) -> Option<String> {
        let below = place.strip_prefix(&self.revision.top).ok()?;
        let mut waiting: Vec<String> = Vec::new();
        for part in below.components().rev() {
            waiting.push(part.as_os_str().to_str()?.to_owned());
        }
        let (mut here, mut links) = (Vec::<String>::new(), 0);
        while let Some(part) = waiting.pop() {
            match part.as_str() {
                "" | "." => {}
                ".." => _ = here.pop()?,
                _ => here.push(part),
            }
            if let Some(target) = self.links.get(&here.join("/")) {
                links += 1;
                if links > MOST_LINKS || target.starts_with('/') {
                    return None;
                }
                here.pop();
                waiting.extend(target.split('/').rev().map(str::to_owned));
            }
        }
        Some(here.join("/")).filter(|path| self.is_folder(path) || self.files.contains_key(path))
    }

    /// Whether there was a folder at a path in the repository.
    pub fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.folders.contains(path)
    }

    /// What git calls the bytes of the file at a path in the repository.
    pub fn file(&self, path: &str) -> Option<&TextName> {
        self.files.get(path)
    }

    /// All files and links below a folder, by their paths below it.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, CommittedEntry)> {
        let prefix = prefix(folder);
        let files = self.files.range(prefix.clone()..).map(|(path, _)| (path, CommittedEntry::File));
        let links = self.links.range(prefix.clone()..).map(|(path, _)| (path, CommittedEntry::Link));
        let files = below(files, prefix.clone());
        files.chain(below(links, prefix))
    }

    /// Paths below a folder that aren't text or hold a backslash, as nearly as they can be written.
    pub fn unnameable_below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = prefix(folder);
        below(self.unnameable.range(prefix.clone()..).map(|path| (path, ())), prefix).map(|(path, ())| path)
    }

    /// Where somebody would find a file of the repository, in git's own words. It is no place on the disk: what lies there
    /// today may be another file.
    pub fn told_place(&self, path: &str) -> PathBuf {
        PathBuf::from(format!("{}:{path}", self.revision.commit.hash))
    }

    /// The bytes of a file that is small enough to be asked for alone.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let name = self.files.get(path)?.clone();
        let mut found = None;
        contents(&self.revision.top, &[name], |_, bytes| found = Some(bytes));
        found
    }

    /// How many bytes have each of these names; none where git doesn't know it.
    pub fn lengths(&self, names: &[TextName]) -> Vec<u64> {
        lengths(&self.revision.top, names)
    }

    /// Hands over the bytes of files one after the other, each with its place among those that were asked for.
    pub fn each(&self, names: &[TextName], take: impl FnMut(usize, Vec<u8>)) {
        contents(&self.revision.top, names, take);
    }
}

impl Revision {
    /// The path in the repository of a place that `CommittedFiles::told_place` told.
    pub fn path_of<'p>(&self, told: &'p Path) -> Option<&'p str> {
        told.to_str()?.strip_prefix(self.commit.hash.as_str())?.strip_prefix(':')
    }
}

/// What all paths below a folder begin with.
fn prefix(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

/// Of sorted paths, the first that begin so, without their beginning.
fn below<'a, T: 'a>(
    paths: impl Iterator<Item = (&'a String, T)>,
    prefix: String,
) -> impl Iterator<Item = (&'a str, T)> {
    paths.map_while(move |(path, what)| Some((path.strip_prefix(prefix.as_str())?, what)))
}

/// One line of `git ls-tree`.
struct ListedFile {
    path: String,
    is_link: bool,
    is_nameable: bool,
    name: TextName,
}

impl ListedFile {
    /// `100644 blob 1f7a7a47<tab>a/b.md`; nothing for a submodule.
    fn read(line: &[u8]) -> Option<Self> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let told = std::str::from_utf8(&line[..tab]).ok()?;
        let mut words = told.split_whitespace();
        let (mode, kind, name) = (words.next()?, words.next()?, words.next()?);
        if kind != "blob" {
            return None;
        }
        let path = String::from_utf8_lossy(&line[tab + 1..]).into_owned();
        let is_nameable = path.as_bytes() == &line[tab + 1..] && !path.contains('\\');
        Some(Self { path, is_link: mode == "120000", is_nameable, name: name.to_owned() })
    }
}

/// A place without `.` and `..`, as far as its letters tell.
pub fn plain(place: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in place.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}
