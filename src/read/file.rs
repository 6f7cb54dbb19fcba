//! One file that was found, read: text whole, of pictures what is asked of them, of all others only their length.

use std::fs::Metadata;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result};

use super::kind::{FileKind, kind};
use super::open::{self, Opened};
use super::picture::{self, Picture};
use super::text::{self, BOOK_LIMIT, TEXT_LIMIT};
use super::tree::{Looks, TreePart};
use super::typeface;
use super::walk::{self, FoundFile};
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger;
use crate::source::{Asset, RawFile, Root, Source, SourcePath, Span};
use crate::typeface::Typeface;

/// What one file became, and what is to be said about it.
#[derive(Clone)]
pub(super) struct FileReading {
    pub(super) part: Option<TreePart>,
    pub(super) finding: Option<Diagnostic>,
}

/// Reads one file that was found. A file that has vanished since is passed over:
/// editors save by moving files about.
pub(super) fn read(found: &FoundFile, looks: &Looks) -> Result<FileReading> {
    let named = || format!("could not read `{}`", found.file.display());
    let kind = kind(&found.path);
    let is_picture = looks.pictures && matches!(kind, FileKind::Asset) && picture::is_picture(found.path.file_name());
    let is_typeface = matches!(kind, FileKind::Asset) && is_drawn_with(found, looks);
    if matches!(kind, FileKind::Asset) && !is_picture && !is_typeface {
        let metadata = found.file.symlink_metadata();
        return match metadata {
            Ok(metadata) if metadata.is_file() => Ok(asset(found, LengthAndTime::of(&metadata), Seen::default())),
            Ok(_) => Ok(moved(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(FileReading { part: None, finding: None }),
            Err(error) => Err(error).with_context(named),
        };
    }
    let (mut file, metadata) = match open::ordinary(&found.file).with_context(named)? {
        Opened::File(file, metadata) => (file, metadata),
        Opened::Moved => return Ok(moved(found)),
        Opened::Gone => return Ok(FileReading { part: None, finding: None }),
    };
    let make = match kind {
        FileKind::Asset if is_typeface => {
            let typeface = typeface::look(&mut file).with_context(named)?.map(Arc::new);
            return Ok(asset(found, LengthAndTime::of(&metadata), Seen { typeface, ..Seen::default() }));
        }
        FileKind::Asset => {
            let picture = picture::look(&mut file, found.path.file_name(), looks.digests).with_context(named)?;
            return Ok(asset(found, LengthAndTime::of(&metadata), Seen { picture, typeface: None }));
        }
        FileKind::Text(make) => Some(make),
        FileKind::Raw => None,
    };
    let Some(bytes) = text::bytes(&mut file, &metadata, limit(&found.path)).with_context(named)? else {
        return Ok(FileReading { part: None, finding: Some(oversized(&found.path)) });
    };
    Ok(held(&found.path, make, bytes))
}

/// How long a text may be.
fn limit(path: &SourcePath) -> u64 {
    let is_of_book = path.root() == Root::Project && path.as_str() != ledger::FILE;
    if is_of_book { BOOK_LIMIT } else { TEXT_LIMIT }
}

/// A file that is held in memory: as text, or as the bytes that it has.
fn held(path: &SourcePath, make: Option<fn(Source) -> TreePart>, bytes: Vec<u8>) -> FileReading {
    match make {
        Some(make) => {
            let (source, finding) = text::source(path, bytes);
            FileReading { part: Some(make(source)), finding }
        }
        None => {
            let file = RawFile { path: path.clone(), bytes: bytes.into() };
            FileReading { part: Some(TreePart::ThemeFile(file)), finding: None }
        }
    }
}

/// The longest picture or typeface that is taken out of git to be looked into.
const LONGEST_ASSET: u64 = 64 << 20;

/// How long a file may be so that its bytes are read; nothing if only its length is to be known.
pub(super) fn most_read(found: &FoundFile, looks: &Looks) -> Option<u64> {
    if !matches!(kind(&found.path), FileKind::Asset) {
        return Some(limit(&found.path));
    }
    let is_seen = picture::is_picture(found.path.file_name()) || is_drawn_with(found, looks);
    is_seen.then_some(LONGEST_ASSET)
}

/// Reads one file whose bytes somebody has; none where nobody looked into it. It has this length.
pub(super) fn read_bytes(found: &FoundFile, looks: &Looks, file: HeldFile) -> FileReading {
    let HeldFile { len, bytes } = file;
    let seen = |bytes: Vec<u8>| {
        // A slice is read without fail.
        let (mut file, name) = (bytes.as_slice(), found.path.file_name());
        if is_drawn_with(found, looks) {
            return Seen { typeface: typeface::look(&mut file).ok().flatten().map(Arc::new), ..Seen::default() };
        }
        Seen { picture: picture::look(&mut file, name, looks.digests).unwrap_or_default(), typeface: None }
    };
    match (kind(&found.path), bytes) {
        (FileKind::Asset, bytes) => {
            asset(found, LengthAndTime { len, modified: None }, bytes.map(seen).unwrap_or_default())
        }
        (_, None) => FileReading { part: None, finding: Some(oversized(&found.path)) },
        (FileKind::Text(make), Some(bytes)) => held(&found.path, Some(make), bytes),
        (FileKind::Raw, Some(bytes)) => held(&found.path, None, bytes),
    }
}

/// The same where the text is known already; nothing where the file is none, or too long a one.
pub(super) fn read_known(found: &FoundFile, text: &Arc<str>) -> Option<FileReading> {
    let FileKind::Text(make) = kind(&found.path) else { return None };
    let source = || Source { path: found.path.clone(), text: Arc::clone(text) };
    (text.len() as u64 <= limit(&found.path)).then(|| FileReading { part: Some(make(source())), finding: None })
}

/// A file that lies on no disk.
pub(super) struct HeldFile {
    pub len: u64,
    /// What it holds, if somebody looked.
    pub bytes: Option<Vec<u8>>,
}

/// What is known of any file.
#[derive(Clone, Copy)]
struct LengthAndTime {
    len: u64,
    modified: Option<SystemTime>,
}

impl LengthAndTime {
    fn of(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// What was seen in a file that is published as it is.
#[derive(Default)]
struct Seen {
    picture: Picture,
    typeface: Option<Arc<Typeface>>,
}

/// Whether a file is a typeface that cards are drawn with, as far as its name tells.
fn is_drawn_with(found: &FoundFile, looks: &Looks) -> bool {
    let name = found.path.file_name();
    typeface::is_typeface(name) && looks.typefaces.iter().any(|address| address.ends_with(name))
}

fn asset(found: &FoundFile, known: LengthAndTime, seen: Seen) -> FileReading {
    let LengthAndTime { len, modified } = known;
    let Seen { picture, typeface } = seen;
    let Picture { dimensions, media_type: picture_type, digest } = picture;
    let (path, file) = (found.path.clone(), found.file.clone());
    let asset = Asset { path, file, len, modified, dimensions, picture_type, digest, typeface };
    FileReading { part: Some(TreePart::Asset(asset)), finding: None }
}

fn moved(found: &FoundFile) -> FileReading {
    FileReading { part: None, finding: Some(walk::outside(&found.path)) }
}

fn oversized(path: &SourcePath) -> Diagnostic {
    let limit = limit(path) >> 20;
    let message = format!("`{path}` is larger than {limit} MB");
    Diagnostic::new(Code::OversizedFile, path, Span::default(), message)
        .with_help("Split it into several files, or move what is not text to the folder of static files.")
}
