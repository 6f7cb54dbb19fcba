//! The project as a commit has it: the same files that a walk of the disk would find after a checkout, read from what
//! git keeps. Nothing is checked out.

use std::path::Path;

use super::file::{self, FileReading, HeldFile};
use super::known::KnownTexts;
use super::tree::{Places, Tree};
use super::tree_of;
use super::walk::{self, FoundFile, MOST_LINKED};
use crate::diagnostic::Diagnostic;
use crate::history::{CommittedEntry, CommittedFiles, TextName};
use crate::ledger;
use crate::source::{Root, SourcePath};

/// Reads the project of a commit. Where its folders lie is told as if it was checked out; what was published of it was
/// never committed, or is left out all the same. Git isn't asked for what is known.
pub fn committed(files: &CommittedFiles, places: &Places, known: &KnownTexts) -> Tree {
    let walked = CommittedWalk::of(files, places);
    let known = |found: &CommittedFound| file::read_known(&found.found, known.text(files.file(&found.real)?)?);
    let mut readings: Vec<Option<FileReading>> = walked.found.iter().map(known).collect();
    let unknown = walked.found.iter().enumerate().filter(|(at, _)| readings[*at].is_none());
    let unknown = unknown.filter_map(|(at, found)| Some((at, files.file(&found.real)?.clone())));
    let (places_of_unknown, names): (Vec<usize>, Vec<TextName>) = unknown.unzip();
    let mut lengths = vec![0; readings.len()];
    let mut asked: Vec<(usize, TextName)> = Vec::new();
    for ((at, len), name) in places_of_unknown.into_iter().zip(files.lengths(&names)).zip(names) {
        lengths[at] = len;
        let most = file::most_read(&walked.found[at].found, &places.looks);
        asked.extend(most.is_some_and(|most| len <= most).then_some((at, name)));
    }
    let (at_place, names): (Vec<usize>, Vec<TextName>) = asked.into_iter().unzip();
    files.each(&names, |at, bytes| {
        let at = at_place[at];
        let file = HeldFile { len: lengths[at], bytes: Some(bytes) };
        readings[at] = Some(file::read_bytes(&walked.found[at].found, &places.looks, file));
    });
    let whole = readings.into_iter().zip(lengths).zip(&walked.found);
    let unread = |len, of: &CommittedFound| file::read_bytes(&of.found, &places.looks, HeldFile { len, bytes: None });
    let readings = whole.map(|((reading, len), of)| reading.unwrap_or_else(|| unread(len, of))).collect();
    tree_of(readings, walked.findings)
}

/// A file of the project, and its path in the repository.
struct CommittedFound {
    found: FoundFile,
    real: String,
}

/// The files of the project in order of path, and what was left out: what `walk` finds on a disk.
struct CommittedWalk<'a> {
    files: &'a CommittedFiles,
    /// The folders of the project, by their paths in the repository.
    roots: Vec<(Root, String)>,
    underscored: &'a [String],
    left_out: &'a [String],
    output: Option<String>,
    linked: usize,
    found: Vec<CommittedFound>,
    findings: Vec<Diagnostic>,
}

/// A folder that is walked as a part of a root.
struct CommittedFolder<'a> {
    root: Root,
    /// Its path in the repository.
    folder: &'a str,
    /// Its path below the root: empty, or ends with `/`.
    prefix: &'a str,
    /// The folders of the links that led here.
    crossed: &'a [String],
}

impl<'a> CommittedWalk<'a> {
    fn of(files: &'a CommittedFiles, places: &'a Places) -> Self {
        let real = |folder: &Path| files.real(folder).filter(|path| files.is_folder(path));
        let roots: Vec<(Root, String)> =
            places.folders().into_iter().filter_map(|(root, folder)| Some((root, real(folder)?))).collect();
        let mut walk = Self {
            files,
            roots,
            underscored: &places.underscored,
            left_out: &places.left_out,
            output: real(&places.output),
            linked: 0,
            found: Vec::new(),
            findings: Vec::new(),
        };
        for (root, folder) in walk.roots.clone() {
            walk.folder(&CommittedFolder { root, folder: &folder, prefix: "", crossed: &[] });
        }
        // What is no ordinary file has no place among the commit's files, so links are left out as on a disk.
        if let Some(real) = files.real(&places.ledger).filter(|path| files.file(path).is_some()) {
            walk.take(SourcePath::new(Root::Project, ledger::FILE), real);
        }
        for (path, place) in &places.books {
            if let Some(real) = files.real(place).filter(|real| files.file(real).is_some()) {
                walk.take(path.clone(), real);
            }
        }
        walk.found.sort_by(|a, b| a.found.path.cmp(&b.found.path));
        walk
    }

    fn folder(&mut self, stretch: &CommittedFolder<'_>) {
        let files = self.files;
        let unnameable = files.unnameable_below(stretch.folder).map(|below| in_project(stretch, below));
        let is_hidden = |path: &SourcePath| path.as_str().split('/').any(|part| part.starts_with('.'));
        self.findings.extend(unnameable.filter(|path| !is_hidden(path)).map(|path| walk::unnameable(&path)));
        for (below, entry) in files.below(stretch.folder) {
            if !self.is_wanted(stretch, below) {
                continue;
            }
            if !stretch.crossed.is_empty() {
                self.linked += 1;
                if self.linked > MOST_LINKED {
                    return;
                }
            }
            let path = in_project(stretch, below);
            let real = if stretch.folder.is_empty() { below.to_owned() } else { format!("{}/{below}", stretch.folder) };
            match entry {
                CommittedEntry::File => self.take(path, real),
                CommittedEntry::Link => self.link(stretch, path, &real),
            }
        }
    }

    fn take(&mut self, path: SourcePath, real: String) {
        let file = self.files.told_place(&real);
        self.found.push(CommittedFound { found: FoundFile { path, file }, real });
    }

    /// Whether a file is read, and every folder on the way to it.
    fn is_wanted(&self, stretch: &CommittedFolder<'_>, below: &str) -> bool {
        let whole = format!("{}{below}", stretch.prefix);
        let first = stretch.prefix.matches('/').count();
        let parts: Vec<&str> = whole.split('/').collect();
        let holds = |path: &String| {
            whole.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if stretch.root == Root::Content && self.left_out.iter().any(holds) {
            return false;
        }
        let mut folder = stretch.folder.to_owned();
        parts.iter().enumerate().skip(first).all(|(at, name)| {
            let is_folder = at + 1 < parts.len();
            let is_asked_for =
                stretch.root == Root::Content && is_folder && self.underscored.iter().any(|asked| asked == name);
            if !walk::wanted(stretch.root, name, at == 0) && !is_asked_for {
                return false;
            }
            if is_folder {
                let slash = if folder.is_empty() { "" } else { "/" };
                folder = format!("{folder}{slash}{name}");
            }
            !is_folder || self.is_walked(stretch.root, &folder)
        })
    }

    /// As on a disk: neither other folders of the project, nor what was published, nor what programs heap up.
    fn is_walked(&self, root: Root, folder: &str) -> bool {
        self.output.as_deref() != Some(folder)
            && folder.rsplit('/').next() != Some("node_modules")
            && self.files.file(&format!("{folder}/CACHEDIR.TAG")).is_none()
            && !self.roots.iter().any(|(other, place)| *other != root && place == folder)
    }

    fn link(&mut self, stretch: &CommittedFolder<'_>, path: SourcePath, link: &str) {
        let place = self.files.revision.top.join(link);
        let Some(target) = self.files.real(&place).filter(|target| self.is_inside(target)) else {
            self.findings.push(walk::outside(&path));
            return;
        };
        if self.files.file(&target).is_some() {
            return self.take(path, target);
        }
        let mut crossed = stretch.crossed.to_vec();
        crossed.push(link.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned());
        if crossed.iter().any(|folder| is_below(folder, &target)) {
            self.findings.push(walk::endless(&path));
            return;
        }
        let prefix = format!("{}/", path.as_str());
        self.folder(&CommittedFolder { root: stretch.root, folder: &target, prefix: &prefix, crossed: &crossed });
        if self.linked > MOST_LINKED && stretch.crossed.is_empty() {
            self.findings.push(walk::too_many(&path));
        }
    }

    /// Whether a place lies in one of the project's folders, is not hidden there and was not published.
    fn is_inside(&self, target: &str) -> bool {
        let published = self.output.as_ref().is_some_and(|output| is_below(target, output));
        let is_open = |root: &str| {
            let below = if root.is_empty() { target } else { target[root.len()..].trim_start_matches('/') };
            !below.split('/').any(|part| part.starts_with('.'))
        };
        !published && self.roots.iter().any(|(_, root)| is_below(target, root) && is_open(root))
    }
}

fn in_project(stretch: &CommittedFolder<'_>, below: &str) -> SourcePath {
    SourcePath::new(stretch.root, format!("{}{below}", stretch.prefix))
}

/// Whether a path is a folder's own or lies below it.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
