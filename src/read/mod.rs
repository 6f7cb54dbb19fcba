//! The one place that reads the project from disk: three folders become texts,
//! published files and templates, each sorted by path, with findings for what was
//! left out. It knows names and bytes, not what a page says. What a commit has is read in the same way (`committed.rs`).

use anyhow::Result;
use rayon::prelude::*;

mod committed;
pub(crate) mod exif;
mod file;
mod incremental;
mod kind;
mod known;
pub(crate) mod open;
mod picture;
mod svg;
mod text;
mod tree;
mod typeface;
mod walk;

pub use committed::committed;
pub use incremental::{DiskChange, IncrementalReader, Reread};
pub use known::KnownTexts;
pub use text::TEXT_LIMIT;
pub use tree::{Looks, Places, Tree};

use crate::diagnostic::Diagnostic;
use file::FileReading;

/// Reads the project from disk, once.
///
/// # Errors
/// If there is no content folder, or the machine can't read a file that is there.
pub fn project(places: &Places) -> Result<Tree> {
    walk::require_content(places)?;
    let walked = walk::project(places)?;
    let readings = walked.files.par_iter().map(|found| file::read(found, &places.looks)).collect::<Result<Vec<_>>>()?;
    Ok(tree_of(readings, walked.findings))
}

/// What files come to together.
fn tree_of(readings: Vec<FileReading>, findings: Vec<Diagnostic>) -> Tree {
    let mut tree = Tree { findings, ..Tree::default() };
    for FileReading { part, finding } in readings {
        tree.findings.extend(finding);
        if let Some(part) = part {
            tree.add(part);
        }
    }
    tree.findings.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    tree
}
