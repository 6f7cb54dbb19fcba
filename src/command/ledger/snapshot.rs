//! What one revision of a site published, as far as it tells where things went later: addresses, and of each page its
//! file and its headings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::ledger::Address;
use crate::project::Project;
use crate::site::{Library, SiteAddresses};

/// What one revision published.
#[derive(Default)]
pub(super) struct MinedRevision {
    /// Every address and heading.
    pub(super) addresses: BTreeSet<Address>,
    /// Pages by their files' paths in the repository.
    pub(super) pages: BTreeMap<String, MinedPage>,
    /// Other files that are published, by the same, with their addresses.
    pub(super) files: BTreeMap<String, String>,
}

/// A page of a revision.
pub(super) struct MinedPage {
    pub(super) route: String,
    pub(super) headings: Vec<MinedHeading>,
}

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MinedHeading {
    pub(super) id: String,
    pub(super) level: u8,
}

impl MinedRevision {
    /// What a library publishes. `top` is the repository's own folder.
    pub(super) fn of(library: &Library, project: &Project, top: &Path) -> Self {
        let mut snapshot = Self { addresses: SiteAddresses::of(library).published(), ..Self::default() };
        let in_repository = |path: &crate::source::SourcePath| {
            let file = project.locate(path)?;
            let file = file.canonicalize().unwrap_or(file);
            let parts: Vec<_> = file.strip_prefix(top).ok()?.iter().map(|part| part.to_string_lossy()).collect();
            Some(parts.join("/"))
        };
        for (_, edition) in library.editions() {
            for published in edition.pages.iter().filter(|published| published.borrowed.is_none()) {
                let Some(file) = in_repository(&published.page.path) else { continue };
                let headings = published.page.headings.iter();
                let headings = headings.map(|heading| MinedHeading { id: heading.id.clone(), level: heading.level });
                let page = MinedPage { route: published.route.clone(), headings: headings.collect() };
                snapshot.pages.insert(file, page);
            }
            for (route, asset) in &edition.files {
                if let Some(file) = in_repository(&asset.path) {
                    snapshot.files.insert(file, route.clone());
                }
            }
        }
        snapshot
    }

    /// Whether that is published.
    pub(super) fn has(&self, address: &Address) -> bool {
        self.addresses.contains(address)
    }
}
