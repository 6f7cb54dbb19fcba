//! One file that was found, read: text whole, of pictures what is asked of them, of all others only their length.

use std::fs::Metadata;
use std::io;

use anyhow::{Context, Result};

use super::kind::{Kind, kind};
use super::open::{self, Opened};
use super::picture::{self, Picture};
use super::text::{self, TEXT_LIMIT};
use super::tree::Part;
use super::walk::{self, Found};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Asset, RawFile, SourcePath, Span};

/// What one file became, and what is to be said about it.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) part: Option<Part>,
    pub(super) finding: Option<Diagnostic>,
}

/// Reads one file that was found. A file that has vanished since is passed over:
/// editors save by moving files about.
pub(super) fn read(found: &Found, digests: bool) -> Result<Reading> {
    let named = || format!("could not read `{}`", found.file.display());
    let kind = kind(&found.path);
    let is_picture = matches!(kind, Kind::Asset) && picture::is_picture(found.path.file_name());
    if matches!(kind, Kind::Asset) && !is_picture {
        let metadata = found.file.symlink_metadata();
        return match metadata {
            Ok(metadata) if metadata.is_file() => Ok(asset(found, &metadata, Picture::default())),
            Ok(_) => Ok(moved(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Reading { part: None, finding: None }),
            Err(error) => Err(error).with_context(named),
        };
    }
    let (mut file, metadata) = match open::ordinary(&found.file).with_context(named)? {
        Opened::File(file, metadata) => (file, metadata),
        Opened::Moved => return Ok(moved(found)),
        Opened::Gone => return Ok(Reading { part: None, finding: None }),
    };
    let make = match kind {
        Kind::Asset => {
            let picture = picture::look(&mut file, found.path.file_name(), digests).with_context(named)?;
            return Ok(asset(found, &metadata, picture));
        }
        Kind::Text(make) => Some(make),
        Kind::Raw => None,
    };
    let Some(bytes) = text::bytes(&mut file, &metadata).with_context(named)? else {
        return Ok(Reading { part: None, finding: Some(oversized(&found.path)) });
    };
    Ok(match make {
        Some(make) => {
            let (source, finding) = text::source(&found.path, bytes);
            Reading { part: Some(make(source)), finding }
        }
        None => {
            let file = RawFile { path: found.path.clone(), bytes: bytes.into() };
            Reading { part: Some(Part::ThemeFile(file)), finding: None }
        }
    })
}

fn asset(found: &Found, metadata: &Metadata, Picture { dimensions, digest }: Picture) -> Reading {
    let asset = Asset {
        path: found.path.clone(),
        file: found.file.clone(),
        len: metadata.len(),
        modified: metadata.modified().ok(),
        dimensions,
        digest,
    };
    Reading { part: Some(Part::Asset(asset)), finding: None }
}

fn moved(found: &Found) -> Reading {
    Reading { part: None, finding: Some(walk::outside(&found.path)) }
}

fn oversized(path: &SourcePath) -> Diagnostic {
    let limit = TEXT_LIMIT >> 20;
    let message = format!("`{path}` is larger than {limit} MB");
    Diagnostic::new(Code::OversizedFile, path, Span::default(), message)
        .with_help("Split it into several files, or move what is not text to the folder of static files.")
}
