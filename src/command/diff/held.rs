//! What files hold on both sides of a difference: in a commit, or on the disk.

use std::cell::OnceCell;
use std::fs;

use crate::history::{CommittedFiles, Revision};
use crate::source::Asset;

/// Files of commits, each opened when somebody first asks for what one of its files holds.
pub(super) struct HeldFiles(Vec<HeldCommit>);

struct HeldCommit {
    revision: Revision,
    files: OnceCell<Option<CommittedFiles>>,
}

impl HeldFiles {
    /// Of the sides that are commits.
    pub(super) fn of(revisions: impl Iterator<Item = Revision>) -> Self {
        Self(revisions.map(|revision| HeldCommit { revision, files: OnceCell::new() }).collect())
    }

    /// What a file holds, if that can be read.
    pub(super) fn bytes(&self, file: &Asset) -> Option<Vec<u8>> {
        for HeldCommit { revision, files } in &self.0 {
            if let Some(path) = revision.path_of(&file.file) {
                let files = files.get_or_init(|| CommittedFiles::of(revision.clone()));
                return files.as_ref()?.bytes(path);
            }
        }
        fs::read(&file.file).ok()
    }
}
