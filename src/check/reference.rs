//! Something that refers to a page or a file, and what it leads to, wherever it is written.

use crate::page::LinkKind;
use crate::site::{PageId, Resolution};
use crate::source::{SourcePath, Span};

/// A reference and what it leads to.
pub(super) struct Reference<'a> {
    /// The page that holds it, unless it is the configuration.
    pub(super) from: Option<PageId>,
    /// The file that holds it.
    pub(super) path: &'a SourcePath,
    /// Where it stands.
    pub(super) span: Span,
    /// What is written there, if that is exactly the target.
    pub(super) raw: Option<&'a str>,
    /// What was written, decoded.
    pub(super) target: &'a str,
    /// What it is for.
    pub(super) kind: LinkKind,
    /// What it leads to.
    pub(super) resolution: &'a Resolution,
}
