//! All editions of a body of knowledge, and which of their pages are one and the same in each: what a switch of
//! languages leads to, what a translation is compared with. What lies within one edition, it doesn't know.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::edition::Edition;
use super::published::PageId;
use crate::page::Page;
use crate::source::SourcePath;

/// An edition's place in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(usize);

impl EditionId {
    /// The edition that the others are made after.
    pub const ORIGINAL: Self = Self(0);
}

/// A page of one of the editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageOf {
    /// The edition.
    pub edition: EditionId,
    /// The page in it.
    pub page: PageId,
}

/// The editions of a body of knowledge, the original first.
#[derive(Debug)]
pub struct Library {
    original: Arc<Edition>,
    others: Vec<Arc<Edition>>,
    /// The pages of each id, found when somebody first asks for them.
    by_id: OnceLock<HashMap<String, Vec<PageOf>>>,
}

impl Library {
    /// One edition alone, or with others that are made after it.
    pub fn of(original: Arc<Edition>, others: Vec<Arc<Edition>>) -> Self {
        Self { original, others, by_id: OnceLock::new() }
    }

    /// The edition that the others are made after.
    pub fn original(&self) -> &Arc<Edition> {
        &self.original
    }

    /// All editions, the original first.
    pub fn editions(&self) -> impl Iterator<Item = (EditionId, &Arc<Edition>)> {
        std::iter::once(&self.original).chain(&self.others).enumerate().map(|(at, edition)| (EditionId(at), edition))
    }

    /// The edition at a place; the original, if there is none.
    pub fn edition(&self, id: EditionId) -> &Arc<Edition> {
        id.0.checked_sub(1).and_then(|at| self.others.get(at)).unwrap_or(&self.original)
    }

    /// The same page in every edition that has it, itself among them: pages are one if their ids are.
    pub fn counterparts(&self, page: PageOf) -> &[PageOf] {
        let id = &self.edition(page.edition).pages[page.page].id;
        self.by_id.get_or_init(|| self.pages_by_id()).get(id).map_or(&[], Vec::as_slice)
    }

    fn pages_by_id(&self) -> HashMap<String, Vec<PageOf>> {
        let mut by_id: HashMap<String, Vec<PageOf>> = HashMap::new();
        for (edition, all) in self.editions() {
            for (page, published) in all.pages.iter().enumerate() {
                by_id.entry(published.id.clone()).or_default().push(PageOf { edition, page });
            }
        }
        by_id
    }

    /// The library with other pages in the places of those at their paths. `None` where that takes more than putting
    /// them in: then it is to be assembled anew.
    pub fn with(&self, mut edited: BTreeMap<SourcePath, Arc<Page>>) -> Option<Self> {
        let mut editions = Vec::with_capacity(1 + self.others.len());
        for (_, edition) in self.editions() {
            let paths = edition.pages.iter().map(|published| &published.page.path);
            let own: BTreeMap<_, _> = paths.filter_map(|path| edited.remove_entry(path)).collect();
            editions.push(if own.is_empty() { Arc::clone(edition) } else { Arc::new(edition.with(own)?) });
        }
        // A page that no edition publishes may be published from now on.
        if !edited.is_empty() {
            return None;
        }
        let original = editions.remove(0);
        Some(Self::of(original, editions))
    }

    /// Whether the two differ in nothing but what pages say of their own.
    pub fn has_frame_of(&self, other: &Self) -> bool {
        self.others.len() == other.others.len()
            && self.editions().zip(other.editions()).all(|((_, own), (_, other))| own.has_frame_of(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{self, Dialect};
    use crate::site::{Ingredients, Vocabulary};
    use crate::source::Source;

    fn edition(pages: &[&str]) -> Arc<Edition> {
        let page = |path: &&str| {
            let source = Source { path: SourcePath::content(*path), text: format!("# {path}\n").into() };
            Arc::new(page::parse(&source, Dialect::OWN))
        };
        Arc::new(Edition::assemble(Ingredients {
            config: Arc::default(),
            pages: pages.iter().map(page).collect(),
            categories: BTreeMap::new(),
            vocabulary: Vocabulary::default(),
            assets: &[],
            components: Arc::default(),
            words: Arc::default(),
            drafts: false,
        }))
    }

    #[test]
    fn a_page_has_its_counterparts_in_the_editions_that_have_it() {
        let library = Library::of(edition(&["a.md", "b.md"]), vec![edition(&["b.md"]), edition(&["01-a.md", "c.md"])]);
        let told = |edition: usize, page: PageId| {
            let counterparts = library.counterparts(PageOf { edition: EditionId(edition), page }).iter();
            counterparts.map(|found| (found.edition.0, found.page)).collect::<Vec<_>>()
        };
        assert_eq!(told(0, 0), [(0, 0), (2, 0)]);
        assert_eq!(told(1, 0), [(0, 1), (1, 0)]);
        assert_eq!(told(2, 1), [(2, 1)]);
    }
}
