//! One file that was found, read: text whole, of pictures what is asked of them, of all others only their length.

use std::fs::Metadata;
use std::io;

use anyhow::{Context, Result};

use super::kind::{FileKind, kind};
use super::open::{self, Opened};
use super::picture::{self, Picture};
use super::text::{self, TEXT_LIMIT};
use super::tree::TreePart;
use super::walk::{self, FoundFile};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Asset, RawFile, SourcePath, Span};

/// What one file became, and what is to be said about it.
#[derive(Clone)]
pub(super) struct FileReading {
    pub(super) part: Option<TreePart>,
    pub(super) finding: Option<Diagnostic>,
}

/// Reads one file that was found. A file that has vanished since is passed over:
/// editors save by moving files about.
pub(super) fn read(found: &FoundFile, digests: bool) -> Result<FileReading> {
    let named = || format!("could not read `{}`", found.file.display());
    let kind = kind(&found.path);
    let is_picture = matches!(kind, FileKind::Asset) && picture::is_picture(found.path.file_name());
    if matches!(kind, FileKind::Asset) && !is_picture {
        let metadata = found.file.symlink_metadata();
        return match metadata {
            Ok(metadata) if metadata.is_file() => Ok(asset(found, &metadata, Picture::default())),
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
        FileKind::Asset => {
            let picture = picture::look(&mut file, found.path.file_name(), digests).with_context(named)?;
            return Ok(asset(found, &metadata, picture));
        }
        FileKind::Text(make) => Some(make),
        FileKind::Raw => None,
    };
    let Some(bytes) = text::bytes(&mut file, &metadata).with_context(named)? else {
        return Ok(FileReading { part: None, finding: Some(oversized(&found.path)) });
    };
    Ok(match make {
        Some(make) => {
            let (source, finding) = text::source(&found.path, bytes);
            FileReading { part: Some(make(source)), finding }
        }
        None => {
            let file = RawFile { path: found.path.clone(), bytes: bytes.into() };
            FileReading { part: Some(TreePart::ThemeFile(file)), finding: None }
        }
    })
}

fn asset(found: &FoundFile, metadata: &Metadata, Picture { dimensions, digest }: Picture) -> FileReading {
    let asset = Asset {
        path: found.path.clone(),
        file: found.file.clone(),
        len: metadata.len(),
        modified: metadata.modified().ok(),
        dimensions,
        digest,
    };
    FileReading { part: Some(TreePart::Asset(asset)), finding: None }
}

fn moved(found: &FoundFile) -> FileReading {
    FileReading { part: None, finding: Some(walk::outside(&found.path)) }
}

fn oversized(path: &SourcePath) -> Diagnostic {
    let limit = TEXT_LIMIT >> 20;
    let message = format!("`{path}` is larger than {limit} MB");
    Diagnostic::new(Code::OversizedFile, path, Span::default(), message)
        .with_help("Split it into several files, or move what is not text to the folder of static files.")
}
