//! What a move rewrites in the files of a project, and what it has to leave to people.

use std::collections::BTreeMap;

use super::encoding::WrittenReference;
use super::moved::{MovedSite, Seat};
use super::spelling;
use crate::diagnostic::Edit;
use crate::source::{SourcePath, Span};

/// What a move rewrites.
#[derive(Debug, Default)]
pub struct Rewriting {
    /// Edits by the file, where it lies afterwards; each text as the move itself leaves it.
    pub edits: BTreeMap<SourcePath, Vec<Edit>>,
    /// References that lead elsewhere and can't be written otherwise.
    pub left: Vec<LeftReference>,
}

/// A reference that is left to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftReference {
    /// The file, where it lies afterwards.
    pub path: SourcePath,
    /// Where it stands.
    pub span: Span,
    /// What is written.
    pub target: String,
    /// The address that it is to lead to.
    pub address: String,
}

/// A reference in a file: where it stands, and how it is written.
#[derive(Clone, Copy)]
pub(super) struct ReferenceInFile<'t> {
    pub(super) file: &'t SourcePath,
    pub(super) span: Span,
    /// Whether nothing else stands there, so that another can be written.
    pub(super) is_exact: bool,
    pub(super) written: WrittenReference<'t>,
}

impl Rewriting {
    /// Has a place of a file say something else.
    pub(super) fn write(&mut self, file: &SourcePath, edit: Edit) {
        let edits = self.edits.entry(file.clone()).or_default();
        // Several links may have one definition.
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }

    /// The same if there is something to say.
    pub(super) fn edit(&mut self, file: &SourcePath, edit: Option<Edit>) {
        if let Some(edit) = edit {
            self.write(file, edit);
        }
    }

    /// Has a reference lead on to what it led to.
    pub(super) fn follow(&mut self, site: &MovedSite<'_>, seat: &Seat, reference: ReferenceInFile<'_>) {
        let ReferenceInFile { file, span, is_exact, written } = reference;
        let Some(strayed) = site.strayed(seat, written.target, written.kind) else { return };
        let other = spelling::respelt(site, seat, written, &strayed).filter(|_| is_exact);
        match other {
            Some(replacement) if replacement == written.raw => {}
            Some(replacement) => self.write(file, Edit { span, replacement }),
            None => self.left.push(LeftReference {
                path: file.clone(),
                span,
                target: written.target.to_owned(),
                address: site.after.address(&strayed.is).unwrap_or_default().to_owned(),
            }),
        }
    }

    /// Puts all edits in order; of two at one place, the first counts.
    pub(super) fn settle(&mut self) {
        for edits in self.edits.values_mut() {
            edits.sort_by_key(|edit| edit.span);
            edits.dedup_by(|later, earlier| later.span.start < earlier.span.end || later.span == earlier.span);
        }
        self.edits.retain(|_, edits| !edits.is_empty());
        self.left.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        self.left.dedup();
    }
}
