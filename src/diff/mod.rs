//! What an edit does to a site: two states of it, compared in the terms of the site. Both are seen from the outside
//! (`view.rs`): their pages with what these say, where links lead, what lists hold. Which page is which, `pairs.rs` says;
//! the rest is what one has and the other hasn't. Compared the other way round, everything comes out mirrored.

mod change;
mod files;
mod findings;
mod impact;
mod lists;
mod marked;
mod meaning;
mod page;
mod pairs;
mod relations;
mod report;
mod steps;
mod tags;
mod told;
mod unified;
mod usage;
mod view;
mod words;

pub use change::{
    AssetChange, AssetEvent, Difference, FindingChanges, FindingFact, GoneHeading, ImpactedPage, ListChange, ListKind,
    PageChange, PageEvent, PageInList, RelationChange, StatementChanges, TagChanges,
};
pub use report::{ReportedDifference, ReportedSite, report};
pub use told::{Commented, escaped, human, markdown};
pub use unified::{FileSide, unified};
pub use view::{ComparedSite, SiteSeen};

use crate::source::Asset;
use impact::Impact;
use pairs::Pairs;

/// What is asked of a comparison.
#[derive(Clone, Copy)]
pub struct Comparing<'a> {
    /// Over how many steps what shows a changed page is followed.
    pub depth: usize,
    /// Whether two files of one name and length, before and after, have other bytes.
    pub differ: &'a dyn Fn(&Asset, &Asset) -> bool,
    /// What a file of either says, if that is text.
    pub text: &'a dyn Fn(&Asset) -> Option<String>,
}

/// What is different after an edit.
pub fn compare(before: &ComparedSite<'_>, after: &ComparedSite<'_>, comparing: Comparing<'_>) -> Difference {
    let Comparing { depth, differ, text } = comparing;
    let pairs = Pairs::of(before, after);
    let mut pages: Vec<PageChange> = Vec::new();
    for (&old, &new) in &pairs.after {
        pages.extend(page::changed(page::Kept { before, after, old, new }));
    }
    pages.extend(pairs.removed.iter().map(|&old| page::removed(before, after, old)));
    pages.extend(pairs.added.iter().map(|&new| page::added(after, new)));
    let mut files = files::changed(before, after, differ);
    if depth > 0 {
        let impact = Impact { before, after, depth };
        impact.add_to_pages(&mut pages);
        impact.add_to_files(&mut files, text);
    }
    pages.sort_by(|a, b| a.place().cmp(b.place()));
    Difference {
        lists: lists::changed(before, after, &pairs),
        tags: tags::changed(before, after),
        relations: relations::changed(before, after, &pairs),
        files,
        findings: findings::changed(before, after, &pairs),
        pages,
    }
}
