//! Something that refers to a page or a file, and what it leads to, wherever it is written.

use crate::page::LinkKind;
use crate::site::{PageId, Resolution};
use crate::source::{SourcePath, Span};

/// A reference and what it leads to.
pub(in crate::check) struct Reference<'a> {
    /// The page that holds it, unless it is the configuration.
    pub(in crate::check) from: Option<PageId>,
    /// The file that holds it.
    pub(in crate::check) path: &'a SourcePath,
    /// Where it stands.
    pub(in crate::check) span: Span,
    /// What is written there, if that is exactly the target.
    pub(in crate::check) raw: Option<&'a str>,
    /// What was written, decoded.
    pub(in crate::check) target: &'a str,
    /// What it is for.
    pub(in crate::check) kind: LinkKind,
    /// What it leads to.
    pub(in crate::check) resolution: &'a Resolution,
}
