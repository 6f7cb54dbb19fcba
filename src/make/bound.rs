//! A book's parts, bound into one file: texts as they are, pictures from where they lie.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::zip::ZipWriter;
use crate::picture::Pictures;
use crate::read::open::{self, Opened};
use crate::render::drawing_file;
use crate::render::published::{BoundBook, BoundContent};

/// What a book's file says it is: at its very beginning, for whoever doesn't unpack it.
const MEDIA_TYPE: &[u8] = b"application/epub+zip";

/// The largest picture that a book holds.
const LONGEST_FILE: u64 = 256 << 20;

/// A drawing in place of one that can't be read.
const NO_DRAWING: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n";

/// A book as one file.
///
/// # Errors
/// If a picture can't be read, or there is no room for all.
pub(super) fn bind(pictures: &Pictures, book: &BoundBook) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::default();
    zip.store("mimetype", MEDIA_TYPE)?;
    for part in &book.parts {
        match &part.content {
            BoundContent::Text(text) => zip.deflate(&part.path, text.as_bytes())?,
            // Pictures are packed already.
            BoundContent::File(file) => zip.store(&part.path, &read(file)?)?,
            BoundContent::Card(card) => zip.store(&part.path, &pictures.card(card)?)?,
            BoundContent::Drawing(file) => {
                let drawing = drawing_file(&read(file)?);
                zip.deflate(&part.path, drawing.as_deref().unwrap_or(NO_DRAWING).as_bytes())?;
            }
        }
    }
    zip.finish()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let named = || format!("could not read `{}`", path.display());
    let Opened::File(file, metadata) = open::ordinary(path).with_context(named)? else {
        bail!("`{}` was moved while the site was being made; build again", path.display());
    };
    if metadata.len() > LONGEST_FILE {
        bail!("`{}` is too large for a book", path.display());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST_FILE).read_to_end(&mut bytes).with_context(named)?;
    Ok(bytes)
}
