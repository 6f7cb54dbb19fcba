//! One published file made: rendered, copied, drawn or made smaller.

use std::path::PathBuf;

use super::bound;
use crate::diagnostic::Diagnostic;
use crate::output::Bytes;
use crate::picture::{Pictures, SmallerPicture};
use crate::render::{FolderCache, Rendered, SiteRenderer, Subject};

/// A file as it was made.
pub struct Made {
    /// What it holds.
    pub bytes: Bytes,
    /// What is to be told of it: a picture that can't be made smaller is published as it is, and a page without the
    /// parts that can't be shown.
    pub told: Vec<Diagnostic>,
}

/// Why a file can't be made.
pub enum Unmade {
    /// A template can't be rendered.
    Template(Box<Diagnostic>),
    /// The original of a smaller picture can't be read, or is no more what it was.
    Original {
        /// Where it lies on the disk.
        file: PathBuf,
        /// What went wrong.
        error: anyhow::Error,
    },
}

/// Makes what is published at a path. Of many, those of one folder, one after the other, share what is in the cache.
///
/// # Errors
/// If a template can't be rendered, or a picture can't be read.
pub fn make(
    renderer: &SiteRenderer<'_>,
    pictures: &Pictures,
    cache: &mut FolderCache,
    subject: &Subject,
) -> Result<Made, Unmade> {
    let rendered = renderer.render_with(cache, subject);
    let mut told = cache.take_told();
    let bytes = match rendered.map_err(Unmade::Template)? {
        Rendered::Bytes(bytes) => Bytes::Owned(bytes),
        Rendered::CopyOf(file) => Bytes::File(file),
        Rendered::Drawn(card) => Bytes::Owned(pictures.card(&card).map_err(|error| {
            let file = card.font.map_or_else(PathBuf::new, |font| font.file);
            Unmade::Original { file, error }
        })?),
        Rendered::Bound(book) => Bytes::Owned(
            bound::bind(pictures, &book).map_err(|error| Unmade::Original { file: PathBuf::new(), error })?,
        ),
        Rendered::Smaller(recipe) => match pictures.make(&recipe) {
            Ok(SmallerPicture::Bytes(bytes)) => Bytes::Owned(bytes),
            Ok(SmallerPicture::Original(file)) => Bytes::File(file),
            Ok(SmallerPicture::Unreadable(file, finding)) => {
                told.push(*finding);
                Bytes::File(file)
            }
            Err(error) => return Err(Unmade::Original { file: recipe.file, error }),
        },
    };
    Ok(Made { bytes, told })
}
