//! All editions of a body of knowledge, and which of their pages are one and the same in each: what a switch of
//! languages leads to, what a translation is compared with. What lies within one edition, it doesn't know.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::clashes;
use super::edition::Edition;
use super::published::PageId;
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::source::SourcePath;

/// An edition's place in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(usize);

impl EditionId {
    /// Its place among the editions.
    pub fn place(self) -> usize {
        self.0
    }

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
    /// The pages of each key, found when somebody first asks for them.
    by_key: OnceLock<HashMap<String, Vec<PageOf>>>,
}

impl Library {
    /// One edition alone, or with others that are made after it.
    pub fn of(original: Arc<Edition>, others: Vec<Arc<Edition>>) -> Self {
        let library = Self { original, others, by_key: OnceLock::new() };
        if !library.others.is_empty() {
            for (id, edition) in library.editions() {
                let siblings = library.editions().filter(|(other, _)| *other != id);
                // An edition that was in another library before has the same siblings as far as links see them.
                let _ = edition.siblings.set(siblings.map(|(_, sibling)| Arc::clone(&sibling.frame)).collect());
            }
        }
        library
    }

    /// The edition that the others are made after.
    pub fn original(&self) -> &Arc<Edition> {
        &self.original
    }

    /// All editions, the original first.
    pub fn editions(&self) -> impl Iterator<Item = (EditionId, &Arc<Edition>)> {
        std::iter::once(&self.original).chain(&self.others).enumerate().map(|(at, edition)| (EditionId(at), edition))
    }

    /// How many pages there are, each in its own language.
    pub fn own_pages(&self) -> usize {
        let own = |edition: &Arc<Edition>| edition.pages.iter().filter(|page| page.borrowed.is_none()).count();
        self.editions().map(|(_, edition)| own(edition)).sum()
    }

    /// The edition at a place; the original, if there is none.
    pub fn edition(&self, id: EditionId) -> &Arc<Edition> {
        id.0.checked_sub(1).and_then(|at| self.others.get(at)).unwrap_or(&self.original)
    }

    /// What is wrong with the editions as they stand beside each other.
    pub fn findings(&self) -> Vec<Diagnostic> {
        if self.others.is_empty() {
            return Vec::new();
        }
        clashes::findings(&self.editions().map(|(_, edition)| edition).collect::<Vec<_>>())
    }

    /// The same page in every edition that has it of its own, itself among them.
    pub fn counterparts(&self, page: PageOf) -> &[PageOf] {
        let key = &self.edition(page.edition).pages[page.page].key;
        self.by_key.get_or_init(|| self.pages_by_key()).get(key).map_or(&[], Vec::as_slice)
    }

    /// The pages whose links lead to a page: of its own language, and others' own.
    pub fn leading_to(&self, of: PageOf) -> Vec<PageOf> {
        let route = &self.edition(of.edition).pages[of.page].route;
        let mut leading = Vec::new();
        for (edition, site) in self.editions() {
            let is_own = edition == of.edition;
            let linking = if is_own { site.linking_to(of.page) } else { site.linking_to_route(route) };
            let may = |page: &PageId| is_own || site.pages[*page].borrowed.is_none();
            leading.extend(linking.iter().copied().filter(may).map(|page| PageOf { edition, page }));
        }
        leading
    }

    fn pages_by_key(&self) -> HashMap<String, Vec<PageOf>> {
        let mut by_key: HashMap<String, Vec<PageOf>> = HashMap::new();
        for (edition, all) in self.editions() {
            for (page, published) in all.pages.iter().enumerate().filter(|(_, page)| page.borrowed.is_none()) {
                let all = by_key.entry(published.key.clone()).or_default();
                // Of two pages of one language, the first is the one: the other is told.
                if all.last().is_none_or(|last| last.edition != edition) {
                    all.push(PageOf { edition, page });
                }
            }
        }
        by_key
    }

    /// The library with other pages in the places of those at their paths. `None` where that takes more than putting
    /// them in: then it is to be assembled anew.
    pub fn with(&self, edited: &BTreeMap<SourcePath, Arc<Page>>) -> Option<Self> {
        let mut editions = Vec::with_capacity(1 + self.others.len());
        let mut here: BTreeSet<&SourcePath> = BTreeSet::new();
        for (_, edition) in self.editions() {
            // A page of the original may stand in for what other editions lack.
            let paths = edition.pages.iter().map(|published| &published.page.path);
            let own: BTreeMap<_, _> = paths.filter_map(|path| edited.get_key_value(path)).collect();
            here.extend(own.keys());
            let own: BTreeMap<SourcePath, Arc<Page>> =
                own.into_iter().map(|(path, page)| (path.clone(), Arc::clone(page))).collect();
            editions.push(if own.is_empty() { Arc::clone(edition) } else { Arc::new(edition.with(own)?) });
        }
        // A page that no edition publishes may be published from now on.
        if here.len() < edited.len() {
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
    use crate::site::{Ingredients, PlaceKeys, Vocabulary};
    use crate::source::Source;

    fn edition(pages: &[&str]) -> Arc<Edition> {
        let page = |path: &&str| {
            let source = Source { path: SourcePath::content(*path), text: format!("# {path}\n").into() };
            Arc::new(page::parse(&source, Dialect::OWN))
        };
        Arc::new(Edition::assemble(Ingredients {
            config: Arc::default(),
            language: None,
            pages: pages.iter().map(page).collect(),
            borrowed: Vec::new(),
            place_keys: PlaceKeys::default(),
            categories: BTreeMap::new(),
            vocabulary: Vocabulary::default(),
            catalogs: Default::default(),
            books: Default::default(),
            data: Default::default(),
            original_relations: Default::default(),
            ledger: Default::default(),
            assets: &[],
            components: Arc::default(),
            words: Arc::default(),
            drafts: false,
        }))
    }

    #[test]
    fn a_page_has_its_counterparts_in_the_editions_that_have_it() {
        let library = Library::of(edition(&["a.md", "b.md"]), vec![edition(&["b.md"]), edition(&["a.md", "c.md"])]);
        let told = |edition: usize, page: PageId| {
            let counterparts = library.counterparts(PageOf { edition: EditionId(edition), page }).iter();
            counterparts.map(|found| (found.edition.0, found.page)).collect::<Vec<_>>()
        };
        assert_eq!(told(0, 0), [(0, 0), (2, 0)]);
        assert_eq!(told(1, 0), [(0, 1), (1, 0)]);
        assert_eq!(told(2, 1), [(2, 1)]);
    }
}
