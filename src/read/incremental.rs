//! Reads the project again and again: walks it whole, or only looks at places where
//! something was said to happen, and opens only the files whose stamp (length, times,
//! place on the disk) is another than before.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;
use rayon::prelude::*;

use super::file::{FileReading, read};
use super::tree::{Looks, Places, Tree, TreePart};
use super::walk::{self, FoundFile, require_content};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourcePath};

/// Disks count time in steps: a file that changed so shortly before it was read may
/// change again within the same step, so its stamp proves nothing.
const STEP: Duration = Duration::from_millis(100);

/// How long a file that was emptied is given to be filled: most editors empty a file before they write it anew.
const EMPTIED: Duration = Duration::from_millis(250);

/// What was read before.
#[derive(Default)]
pub struct IncrementalReader {
    /// What is known of files besides their length.
    looks: Looks,
    files: HashMap<SourcePath, KnownFile>,
    /// The files that were there last, in order of path.
    found: Vec<FoundFile>,
    /// The real folders that were looked into.
    folders: Vec<PathBuf>,
    findings: Vec<Diagnostic>,
}

/// What differs from before.
#[derive(Debug, Default)]
pub enum DiskChange {
    /// Nothing.
    #[default]
    Nothing,
    /// Only what these pages say, all of which were here before.
    Pages(Vec<Source>),
    /// More than that.
    More,
}

impl DiskChange {
    /// Both, one after the other.
    pub fn and(self, later: Self) -> Self {
        match (self, later) {
            (Self::More, _) | (_, Self::More) => Self::More,
            (Self::Pages(mut pages), Self::Pages(later)) => {
                pages.extend(later);
                Self::Pages(pages)
            }
            (Self::Nothing, change) | (change, Self::Nothing) => change,
        }
    }
}

/// What a look at the project brought.
pub struct Reread {
    /// What differs from before.
    pub change: DiskChange,
    /// Whether a file was emptied this moment: its new text is about to be written, so for now it counts
    /// as it was. Look again soon.
    pub about_to_change: bool,
}

/// What a look at one file told.
enum Looked {
    /// It is as it was.
    Same,
    /// It was emptied, or made empty, this moment; whether it was known before.
    Emptied { known: bool },
    /// It was read anew, and may differ.
    Read { kept: Box<KnownFile>, news: bool },
}

struct KnownFile {
    file: PathBuf,
    len: u64,
    stamp: Option<FileState>,
    reading: FileReading,
}

#[derive(Clone, PartialEq, Eq)]
struct FileState {
    len: u64,
    modified: Option<SystemTime>,
    place: [i64; 4],
}

impl IncrementalReader {
    /// Reads what changed, and keeps it for the next time.
    ///
    /// # Errors
    /// As `project`; then what was read before is kept.
    pub fn read(&mut self, places: &Places) -> Result<Reread> {
        require_content(places)?;
        let walked = walk::project(places)?;
        let now = SystemTime::now();
        let looked =
            walked.files.par_iter().map(|found| self.look(found, &places.looks, now)).collect::<Result<Vec<_>>>()?;
        let not_yet = looked.iter().filter(|look| matches!(look, Looked::Emptied { known: false })).count();
        let other = looked.len() - not_yet != self.files.len() || walked.findings != self.findings;
        let reread = self.keep(&walked.files, looked);
        if self.files.len() != walked.files.len() {
            let here: HashSet<&SourcePath> = walked.files.iter().map(|found| &found.path).collect();
            self.files.retain(|path, _| here.contains(path));
        }
        self.looks.clone_from(&places.looks);
        self.found = walked.files;
        self.folders = walked.folders;
        self.findings = walked.findings;
        Ok(Reread { change: if other { DiskChange::More } else { reread.change }, ..reread })
    }

    /// Reads again only what lies at these real places. `None` if that can't tell how the project
    /// stands: where something came, went or is no ordinary file, it is to be walked whole.
    ///
    /// # Errors
    /// As `project`; then what was read before is kept.
    pub fn read_only(&mut self, touched: &BTreeSet<PathBuf>) -> Result<Option<Reread>> {
        let now = SystemTime::now();
        let mut known: Vec<FoundFile> = Vec::new();
        let mut unknown: BTreeSet<&[u8]> = touched.iter().map(|place| bytes(place)).collect();
        let touched_bytes = unknown.clone();
        for found in self.found.iter().filter(|found| touched_bytes.contains(bytes(&found.file))) {
            unknown.remove(bytes(&found.file));
            known.push(found.clone());
        }
        let is_ordinary = |found: &FoundFile| found.file.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let mut others = touched.iter().filter(|place| unknown.contains(bytes(place)));
        if !known.iter().all(is_ordinary) || !others.all(|place| self.is_nothing(place)) {
            return Ok(None);
        }
        let looked = known.iter().map(|found| self.look(found, &self.looks, now)).collect::<Result<Vec<_>>>()?;
        Ok(Some(self.keep(&known, looked)))
    }

    /// Whether it makes no difference what happens at a place that no file of the project lies at: what
    /// editors put down there for a moment.
    fn is_nothing(&self, place: &Path) -> bool {
        let is_folder = |place: &Path| self.folders.iter().any(|folder| bytes(folder) == bytes(place));
        let (Some(name), Some(true)) = (place.file_name(), place.parent().map(is_folder)) else { return false };
        let is_gone = || {
            let gone = place.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
            // A link that leads nowhere is no file, but it was told of.
            gone && self.findings.is_empty() && !is_folder(place)
        };
        name.to_str().is_some_and(walk::is_never_wanted) || is_gone()
    }

    /// Keeps what was read.
    fn keep(&mut self, found: &[FoundFile], looked: Vec<Looked>) -> Reread {
        let mut reread = Reread { change: DiskChange::Nothing, about_to_change: false };
        for (found, look) in found.iter().zip(looked) {
            match look {
                Looked::Same => {}
                Looked::Emptied { .. } => reread.about_to_change = true,
                Looked::Read { kept, news } => {
                    let text = kept.reading.clone();
                    let before = self.files.insert(found.path.clone(), *kept);
                    if news {
                        reread.change = reread.change.and(change(before, text));
                    }
                }
            }
        }
        reread
    }

    /// The real folders in which something may change.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Everything that was read last. Texts that did not change are those of before.
    pub fn tree(&self) -> Tree {
        let mut tree = Tree { findings: self.findings.clone(), ..Tree::default() };
        for kept in self.found.iter().filter_map(|found| self.files.get(&found.path)) {
            let FileReading { part, finding } = kept.reading.clone();
            tree.findings.extend(finding);
            if let Some(part) = part {
                tree.add(part);
            }
        }
        tree.findings.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        tree
    }

    /// A file as it stands, where that must be kept anew.
    fn look(&self, found: &FoundFile, looks: &Looks, now: SystemTime) -> Result<Looked> {
        let stamp = found.file.symlink_metadata().ok().map(|metadata| FileState::of(&metadata));
        let before = self.files.get(&found.path).filter(|kept| kept.file == found.file);
        if before.is_some_and(|before| stamp.is_some() && before.stamp == stamp) {
            return Ok(Looked::Same);
        }
        // At the first reading nobody can tell, so an empty file is empty.
        let may_be_filled = before.map_or(!self.files.is_empty(), |before| before.len > 0);
        if may_be_filled && stamp.as_ref().is_some_and(|stamp| stamp.was_just_emptied(now)) {
            return Ok(Looked::Emptied { known: before.is_some() });
        }
        let len = stamp.as_ref().map_or(0, |stamp| stamp.len);
        let mut reading = read(found, looks)?;
        // It may have been emptied between the look at it and the reading.
        if may_be_filled && len > 0 && reading.part.as_ref().and_then(text) == Some("") {
            let stamp = found.file.symlink_metadata().ok().map(|metadata| FileState::of(&metadata));
            if stamp.is_none_or(|stamp| stamp.len > 0 || stamp.was_just_emptied(now)) {
                return Ok(Looked::Emptied { known: before.is_some() });
            }
        }
        let same = before.is_some_and(|before| same(&before.reading, &reading));
        if let Some(before) = before.filter(|_| same) {
            reading = before.reading.clone();
        }
        let settled =
            |stamp: &FileState| stamp.modified.is_some_and(|time| now.duration_since(time).is_ok_and(|age| age > STEP));
        let kept = KnownFile { file: found.file.clone(), len, stamp: stamp.filter(settled), reading };
        Ok(Looked::Read { kept: Box::new(kept), news: !same })
    }
}

impl FileState {
    fn of(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), modified: metadata.modified().ok(), place: place(metadata) }
    }

    /// Whether it is empty since this moment, which may lie after the one that was taken for now.
    fn was_just_emptied(&self, now: SystemTime) -> bool {
        let age = |time: SystemTime| now.duration_since(time).unwrap_or_else(|later| later.duration());
        self.len == 0 && self.modified.is_some_and(|time| age(time) < EMPTIED)
    }
}

/// What else tells one state of a file from another: its number, and when that was changed.
#[cfg(unix)]
fn place(metadata: &Metadata) -> [i64; 4] {
    use std::os::unix::fs::MetadataExt;
    let number = |number: u64| number.cast_signed();
    [number(metadata.dev()), number(metadata.ino()), metadata.ctime(), metadata.ctime_nsec()]
}

#[cfg(not(unix))]
fn place(_: &Metadata) -> [i64; 4] {
    [0; 4]
}

/// A path to be compared by its letters: taking it apart each time takes long.
fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// What it means that one file reads otherwise than before.
fn change(before: Option<KnownFile>, reading: FileReading) -> DiskChange {
    match (before.map(|kept| kept.reading), reading) {
        (
            Some(FileReading { part: Some(TreePart::Page(_)), finding }),
            FileReading { part: Some(TreePart::Page(page)), finding: now },
        ) if finding == now => DiskChange::Pages(vec![page]),
        _ => DiskChange::More,
    }
}

fn same(one: &FileReading, other: &FileReading) -> bool {
    let parts = match (&one.part, &other.part) {
        (None, None) => true,
        (Some(TreePart::Asset(one)), Some(TreePart::Asset(other))) => one == other,
        (Some(TreePart::ThemeFile(one)), Some(TreePart::ThemeFile(other))) => one == other,
        (Some(one), Some(other)) => text(one).is_some() && text(one) == text(other),
        _ => false,
    };
    parts && one.finding == other.finding
}

/// The text of a file that is read as text. Its path says what it is for.
fn text(part: &TreePart) -> Option<&str> {
    match part {
        TreePart::Page(source)
        | TreePart::Category(source)
        | TreePart::Vocabulary(source)
        | TreePart::Catalog(source)
        | TreePart::Data(source)
        | TreePart::Template(source)
        | TreePart::Words(source)
        | TreePart::Book(source)
        | TreePart::Ledger(source) => Some(&source.text),
        TreePart::Asset(_) | TreePart::ThemeFile(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn places(root: &Path) -> Places {
        let below = |name: &str| root.join(name);
        Places {
            content: below("content"),
            static_files: below("static"),
            catalogs: below("catalogs"),
            data: below("data"),
            underscored: Vec::new(),
            left_out: Vec::new(),
            ledger: below("addresses.lock"),
            books: Vec::new(),
            templates: below("templates"),
            output: below("public"),
            looks: Looks { pictures: true, digests: true, typefaces: Vec::new() },
        }
    }

    #[test]
    fn what_is_read_again_is_what_is_read_at_first() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        fs::create_dir_all(places.content.join("a/b")).unwrap();
        let mut reader = IncrementalReader::default();
        let mut put = |name: &str, text: Option<&str>, news: bool| {
            let file = places.content.join(name);
            match text {
                Some(text) => fs::write(&file, text).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            let reread = reader.read(&places).unwrap();
            assert_eq!(!matches!(reread.change, DiskChange::Nothing), news, "{name} {text:?}");
            let fresh = crate::read::project(&places).unwrap();
            let texts = |tree: &Tree| {
                let pages = tree.pages.iter().chain(&tree.categories);
                pages.map(|source| (source.path.clone(), source.text.to_string())).collect::<Vec<_>>()
            };
            assert_eq!(texts(&reader.tree()), texts(&fresh));
            assert_eq!(reader.tree().assets, fresh.assets);
        };
        put("a.md", Some("one"), true);
        put("a.md", Some("two"), true);
        put("a.md", Some("two"), false);
        put("a/b/c.md", Some("c"), true);
        put("a/_category_.yaml", Some("label: A"), true);
        put("x.png", Some("no picture"), true);
        put("a.md", None, true);
        put(".hidden", Some("x"), false);
    }

    #[test]
    fn a_look_at_what_was_touched_tells_what_a_whole_one_tells_or_that_it_cannot() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let places = places(&root);
        fs::create_dir_all(places.content.join("a")).unwrap();
        for name in ["a.md", "a/b.md", "x.png", "_category_.yaml"] {
            fs::write(places.content.join(name), "one").unwrap();
        }
        let mut reader = IncrementalReader::default();
        reader.read(&places).unwrap();
        let mut touch = |name: &str, text: Option<&str>| {
            let file = places.content.join(name);
            match text {
                Some(text) => fs::write(&file, text).unwrap(),
                None => drop(fs::remove_file(&file)),
            }
            let only = reader.read_only(&[file].into()).unwrap().map(|reread| match reread.change {
                DiskChange::Nothing => "nothing".to_owned(),
                DiskChange::Pages(pages) => pages.iter().map(|page| format!("{}: {}", page.path, page.text)).collect(),
                DiskChange::More => "more".to_owned(),
            });
            let whole = reader.read(&places).unwrap();
            assert!(only.is_none() || matches!(whole.change, DiskChange::Nothing), "{name}: {:?}", whole.change);
            only.unwrap_or_else(|| "not told".into())
        };
        assert_eq!(touch("a.md", Some("two")), "a.md: two");
        assert_eq!(touch("a.md", Some("two")), "nothing");
        assert_eq!(touch("a/b.md", Some("two")), "a/b.md: two");
        assert_eq!(touch("x.png", Some("two")), "more");
        assert_eq!(touch("_category_.yaml", Some("label: A")), "more");
        assert_eq!(touch("a.md~", Some("one")), "nothing");
        assert_eq!(touch(".a.md.swp", Some("one")), "nothing");
        assert_eq!(touch("4913", None), "nothing");
        assert_eq!(touch("new.md", Some("new")), "not told");
        assert_eq!(touch("new.md", None), "not told");
        assert_eq!(touch("gone/new.md", None), "not told");
        assert_eq!(touch("a", None), "not told");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_put_in_a_files_place_is_looked_at_with_everything() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let places = places(&root);
        fs::create_dir_all(&places.content).unwrap();
        fs::write(places.content.join("a.md"), "one").unwrap();
        fs::write(root.join("secret.md"), "secret").unwrap();
        let mut reader = IncrementalReader::default();
        reader.read(&places).unwrap();
        fs::remove_file(places.content.join("a.md")).unwrap();
        std::os::unix::fs::symlink("../secret.md", places.content.join("a.md")).unwrap();
        assert!(reader.read_only(&[places.content.join("a.md")].into()).unwrap().is_none());
    }

    #[test]
    fn a_file_that_was_just_emptied_counts_as_it_was_until_it_is_filled_or_stays_empty() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        fs::create_dir_all(&places.content).unwrap();
        let file = places.content.join("a.md");
        let mut reader = IncrementalReader::default();
        fs::write(&file, "one").unwrap();
        reader.read(&places).unwrap();
        // On a machine with much to do the moment may be over before we look.
        let seen_empty = (0..50).any(|_| {
            fs::write(&file, "one").unwrap();
            reader.read(&places).unwrap();
            fs::write(&file, "").unwrap();
            let reread = reader.read(&places).unwrap();
            reread.about_to_change
                && matches!(reread.change, DiskChange::Nothing)
                && &*reader.tree().pages[0].text == "one"
        });
        assert!(seen_empty);
        let new = places.content.join("b.md");
        let seen_new = (0..50).any(|_| {
            fs::write(&new, "").unwrap();
            let reread = reader.read(&places).unwrap();
            let waits = reread.about_to_change && reader.tree().pages.len() == 1;
            fs::remove_file(&new).unwrap();
            reader.read(&places).unwrap();
            waits
        });
        assert!(seen_new);
        // The walk takes its time: what was emptied meanwhile was emptied after what it takes for now.
        fs::write(&file, "one").unwrap();
        reader.read(&places).unwrap();
        fs::write(&file, "").unwrap();
        let begun = SystemTime::now() - EMPTIED / 2;
        let looked = reader.look(&reader.found[0], &places.looks, begun).unwrap();
        assert!(matches!(looked, Looked::Emptied { known: true }));
        std::thread::sleep(EMPTIED * 2);
        let reread = reader.read(&places).unwrap();
        assert!(matches!(reread.change, DiskChange::Pages(_) | DiskChange::More) && !reread.about_to_change);
        assert_eq!(&*reader.tree().pages[0].text, "");
    }
}
