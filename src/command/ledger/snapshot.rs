//! What one revision of a site published, as far as it tells where things went later: addresses, and of each page its
//! file and its headings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::ledger::Address;
use crate::project::Project;
use crate::site::{Library, Published, SiteAddresses};

/// What one revision published.
#[derive(Default)]
pub(super) struct MinedRevision {
    /// Every address and heading.
    pub(super) addresses: BTreeSet<Address>,
    /// Pages by their files' paths in the repository.
    pub(super) pages: BTreeMap<String, MinedPage>,
    /// Pages of the other languages, by these and by what the page has in common with those of the original.
    pub(super) in_languages: BTreeMap<InLanguage, MinedPage>,
    /// Other files that are published, by the same, with their addresses.
    pub(super) files: BTreeMap<String, String>,
}

/// A page as a language has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct InLanguage {
    pub(super) language: String,
    pub(super) key: String,
}

/// A page of a revision.
#[derive(Clone)]
pub(super) struct MinedPage {
    pub(super) route: String,
    pub(super) headings: Vec<MinedHeading>,
    /// What it has in common with the same page in other languages.
    pub(super) key: String,
    /// The original's file, where it stands in for a page that its language lacks.
    pub(super) stands_in: Option<String>,
}

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MinedHeading {
    pub(super) id: String,
    pub(super) level: u8,
}

impl MinedPage {
    fn of(published: &Published, file: &str) -> Self {
        let headings = published.page.headings.iter();
        Self {
            route: published.route.clone(),
            headings: headings.map(|heading| MinedHeading { id: heading.id.clone(), level: heading.level }).collect(),
            key: published.key.clone(),
            stands_in: published.borrowed.map(|_| file.to_owned()),
        }
    }
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
            let language = edition.language.as_ref().map(|language| language.code.as_str());
            for published in &edition.pages {
                let Some(file) = in_repository(&published.page.path) else { continue };
                let page = MinedPage::of(published, &file);
                if let Some(language) = language {
                    let place = InLanguage { language: language.to_owned(), key: published.key.clone() };
                    snapshot.in_languages.insert(place, page.clone());
                }
                if published.borrowed.is_none() {
                    snapshot.pages.insert(file, page);
                }
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
