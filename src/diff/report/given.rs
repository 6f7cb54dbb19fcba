//! What a report is made of.

use crate::diff::change::Difference;
use crate::render::SiteRenderer;
use crate::site::Library;
use crate::source::{Asset, SourcePath};

/// What a report is made of.
pub struct ReportedDifference<'a> {
    /// What is different.
    pub difference: &'a Difference,
    /// What the site was.
    pub before: ReportedSite<'a>,
    /// What it is now.
    pub after: ReportedSite<'a>,
    /// What the two are called.
    pub called: [&'a str; 2],
    /// Where the edited site can be looked at.
    pub preview: Option<&'a str>,
}

/// A site of which a report shows pages.
#[derive(Clone, Copy)]
pub struct ReportedSite<'a> {
    /// Its editions.
    pub library: &'a Library,
    /// What its pages are rendered with.
    pub renderer: &'a SiteRenderer<'a>,
    /// What a file is called.
    pub shown: &'a dyn Fn(&SourcePath) -> String,
    /// What a file holds, if that can be told.
    pub bytes: &'a dyn Fn(&Asset) -> Option<Vec<u8>>,
}
