//! Which files the project has: walks its folders, leaves out what isn't meant to
//! be published, and follows symbolic links that stay inside. It opens no file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic};
use crate::ledger;
use crate::source::{Root, SourcePath, Span};

use super::kind::{is_catalog, is_category, is_data, is_page};
use super::tree::Places;

/// Says where there is nothing to read.
pub(super) fn require_content(places: &Places) -> Result<()> {
    if !places.content.is_dir() {
        bail!(
            "the folder of the pages, `{}`, does not exist; make it, or name another one with --source",
            places.content.display()
        );
    }
    Ok(())
}

/// Links can multiply: twenty folders that each hold two links to the next make a
/// million paths. So many are looked at behind links, and no more.
pub(super) const MOST_LINKED: usize = 20_000;

/// A file, by its path in the project and by its real place on the disk.
#[derive(Clone, Debug)]
pub(super) struct FoundFile {
    pub path: SourcePath,
    pub file: PathBuf,
}

/// The files of the project in order of path, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub files: Vec<FoundFile>,
    /// The real folders that were looked into.
    pub folders: Vec<PathBuf>,
    pub findings: Vec<Diagnostic>,
}

/// Walks the folders of content, static files, templates, catalogues and data.
pub(super) fn project(places: &Places) -> Result<Walked> {
    let mut roots = Vec::new();
    for (root, folder) in places.folders() {
        if let Some(folder) = real(folder)? {
            roots.push((root, folder));
        }
    }
    let output = real(&places.output)?;
    let Places { underscored, left_out, .. } = places;
    let mut walk = Walk { roots: &roots, underscored, left_out, output, linked: 0, out: Walked::default() };
    for (root, folder) in &roots {
        walk.folder(&WalkedFolder { root: *root, folder, prefix: "", crossed: &[] })?;
    }
    let mut walked = walk.out;
    walked.files.extend(ledger(places));
    walked.files.extend(books(places));
    walked.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(walked)
}

/// What is known of other books, wherever it lies: the configuration names each file.
fn books(places: &Places) -> impl Iterator<Item = FoundFile> {
    let found = |(path, place): &(SourcePath, PathBuf)| {
        let file = place.canonicalize().ok().filter(|file| file.is_file())?;
        Some(FoundFile { path: path.clone(), file })
    };
    places.books.iter().filter_map(found)
}

/// The ledger of addresses, if there is one. But for it and books, nothing is read beside the folders.
fn ledger(places: &Places) -> Option<FoundFile> {
    let file = places.ledger.parent()?.canonicalize().ok()?.join(places.ledger.file_name()?);
    let is_file = file.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    is_file.then(|| FoundFile { path: SourcePath::new(Root::Project, ledger::FILE), file })
}

/// A folder's real place; `None` if there is none.
fn real(folder: &Path) -> Result<Option<PathBuf>> {
    match folder.canonicalize() {
        Ok(real) => Ok(real.is_dir().then_some(real)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("could not look into `{}`", folder.display())),
    }
}

struct Walk<'a> {
    roots: &'a [(Root, PathBuf)],
    underscored: &'a [String],
    left_out: &'a [String],
    output: Option<PathBuf>,
    /// How many files and folders were reached through links.
    linked: usize,
    out: Walked,
}

/// A real folder that is walked as a part of a root.
struct WalkedFolder<'a> {
    root: Root,
    folder: &'a Path,
    /// Its path below the root: empty, or ends with `/`.
    prefix: &'a str,
    /// The real folders of the links that led here.
    crossed: &'a [PathBuf],
}

impl Walk<'_> {
    fn folder(&mut self, stretch: &WalkedFolder<'_>) -> Result<()> {
        self.out.folders.push(stretch.folder.to_owned());
        let mut entries = WalkDir::new(stretch.folder).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound) => continue,
                Err(error) => return Err(error).context("could not look into the project's folders"),
            };
            if !stretch.crossed.is_empty() {
                self.linked += 1;
                if self.linked > MOST_LINKED {
                    break;
                }
            }
            if !self.entry(stretch, &entry)? && entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        }
        Ok(())
    }

    /// Takes one entry in; whether a folder is to be walked.
    fn entry(&mut self, stretch: &WalkedFolder<'_>, entry: &DirEntry) -> Result<bool> {
        let path = match relative(stretch, entry) {
            Ok(path) => path,
            Err(path) => {
                let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                self.out.findings.extend((!hidden).then(|| unnameable(&path)));
                return Ok(false);
            }
        };
        let top = !path.as_str().contains('/');
        let is_asked_for = || {
            stretch.root == Root::Content
                && entry.file_type().is_dir()
                && self.underscored.iter().any(|name| name == path.file_name())
        };
        let is_left_out = stretch.root == Root::Content && self.left_out.iter().any(|other| other == path.as_str());
        if is_left_out || !wanted(stretch.root, path.file_name(), top) && !is_asked_for() {
            return Ok(false);
        }
        let kind = entry.file_type();
        if kind.is_dir() {
            let walked = self.is_walked(stretch.root, entry.path());
            self.out.folders.extend(walked.then(|| entry.path().to_owned()));
            return Ok(walked);
        }
        if kind.is_symlink() {
            self.link(stretch, entry.path(), path)?;
        } else if kind.is_file() {
            self.out.files.push(FoundFile { path, file: entry.path().to_owned() });
        }
        Ok(false)
    }

    /// Another root, and the published site (or one that was published before), may lie inside this root. What package
    /// managers and compilers heap up there is nobody's content.
    fn is_walked(&self, root: Root, folder: &Path) -> bool {
        self.output.as_deref() != Some(folder)
            && folder.file_name().is_none_or(|name| name != "node_modules")
            && !folder.join("CACHEDIR.TAG").exists()
            && !folder.join(".bokworm-site").exists()
            && !self.roots.iter().any(|(other, place)| *other != root && place == folder)
    }

    fn link(&mut self, stretch: &WalkedFolder<'_>, link: &Path, path: SourcePath) -> Result<()> {
        let Some(target) = link.canonicalize().ok().filter(|target| self.is_inside(target)) else {
            self.out.findings.push(outside(&path));
            return Ok(());
        };
        let Ok(metadata) = fs::symlink_metadata(&target) else { return Ok(()) };
        if metadata.is_file() {
            self.out.files.push(FoundFile { path, file: target });
        } else if metadata.is_dir() {
            let mut crossed = stretch.crossed.to_vec();
            crossed.push(link.parent().unwrap_or(link).to_owned());
            if crossed.iter().any(|folder| folder.starts_with(&target)) {
                self.out.findings.push(endless(&path));
                return Ok(());
            }
            let prefix = format!("{path}/");
            self.folder(&WalkedFolder { root: stretch.root, folder: &target, prefix: &prefix, crossed: &crossed })?;
            if self.linked > MOST_LINKED && stretch.crossed.is_empty() {
                self.out.findings.push(too_many(&path));
            }
        }
        Ok(())
    }

    /// Whether a real place lies in one of the project's folders, is not hidden there
    /// (a link to `.git` must publish nothing) and is not the published site.
    fn is_inside(&self, target: &Path) -> bool {
        let published = self.output.as_ref().is_some_and(|output| target.starts_with(output));
        let hidden = |part: std::path::Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
        !published
            && self
                .roots
                .iter()
                .any(|(_, root)| target.strip_prefix(root).is_ok_and(|below| !below.components().any(hidden)))
    }
}

/// An entry's path in the project; as nearly as it can be written if it has none.
fn relative(stretch: &WalkedFolder<'_>, entry: &DirEntry) -> Result<SourcePath, SourcePath> {
    let below = entry.path().strip_prefix(stretch.folder).unwrap_or(entry.path());
    let in_project = |below: &str| SourcePath::new(stretch.root, format!("{}{below}", stretch.prefix));
    match below.to_str() {
        Some(below) if cfg!(windows) => Ok(in_project(&below.replace('\\', "/"))),
        Some(below) if !below.contains('\\') => Ok(in_project(below)),
        _ => Err(in_project(&below.to_string_lossy())),
    }
}

/// Whether a file or folder of that name is meant to be published or read.
pub(super) fn wanted(root: Root, name: &str, top: bool) -> bool {
    if name.starts_with('.') {
        return root == Root::Static && top && matches!(name, ".well-known" | ".nojekyll");
    }
    if root == Root::Content {
        if let Some(rest) = name.strip_prefix('_') {
            return is_category(name) || (rest.starts_with("index.") && is_page(name));
        }
        if top && matches!(name, "book.toml" | "bokworm.toml" | "book.schema.json" | ledger::FILE) {
            return false;
        }
    }
    match root {
        Root::Catalogs if !(top && is_catalog(name)) => return false,
        Root::Data if !(top && is_data(name)) => return false,
        _ => {}
    }
    !is_leavings(name)
}

/// Whether a file or folder of that name is neither published nor read, in whichever folder of the project it lies.
pub(super) fn is_never_wanted(name: &str) -> bool {
    (name.starts_with('.') && !matches!(name, ".well-known" | ".nojekyll")) || is_leavings(name)
}

/// What editors leave beside a file that is being edited. (`.#a` and `.a.swp` are dotfiles.)
fn is_leavings(name: &str) -> bool {
    name.ends_with('~') || name.ends_with(".swp") || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

pub(super) fn outside(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` is a symbolic link that leads out of the project's folders, or nowhere");
    Diagnostic::new(Code::OutsideLink, path, Span::default(), message)
        .with_help("Put the file itself in the link's place; bokworm publishes nothing from elsewhere.")
}

pub(super) fn endless(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` is a symbolic link to a folder that it lies in, and would never end");
    Diagnostic::new(Code::OutsideLink, path, Span::default(), message).with_help("Remove the link.")
}

pub(super) fn too_many(path: &SourcePath) -> Diagnostic {
    let message =
        format!("`{path}` is a symbolic link that leads to more than {MOST_LINKED} files; the others are left out");
    Diagnostic::new(Code::OutsideLink, path, Span::default(), message)
        .with_help("Remove links from folders that are themselves linked.")
}

pub(super) fn unnameable(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` has a name that can't be published: it isn't UTF-8 text or holds a backslash");
    Diagnostic::new(Code::InvalidName, path, Span::default(), message).with_help("Rename it.")
}
