//! Relations as they were found: which pages name which others, seen from both ends. Plain values: `relations` finds them.

use foldhash::HashMap;

use super::catalog::EntryId;
use super::published::{PageId, Published};
use crate::source::Span;

/// All relations of an edition.
#[derive(Debug, Default)]
pub struct Relations {
    /// Each, in the order in which they are declared.
    pub declared: Vec<Relation>,
    /// Both ends of each by their names in small letters.
    by_name: HashMap<String, (usize, RelationSide)>,
    /// What is shown of pages wherever a relation leads to them.
    shown: ShownPages,
}

/// Of each page what it is called and where it is published, side by side: relations lead anywhere, and pages lie far from each
/// other in memory.
#[derive(Debug, Default)]
pub(super) struct ShownPages {
    /// The titles and addresses of all.
    texts: String,
    /// Where the two of each end there.
    ends: Vec<[usize; 2]>,
}

impl ShownPages {
    /// Those of an edition.
    pub(super) fn of<'a>(pages: impl Iterator<Item = &'a Published>) -> Self {
        let mut shown = Self::default();
        for page in pages {
            shown.texts.push_str(if page.title.is_empty() { &page.label } else { &page.title });
            let title = shown.texts.len();
            shown.texts.push_str(&page.route);
            shown.ends.push([title, shown.texts.len()]);
        }
        shown
    }
}

/// A relation, with all pages that it brings together.
#[derive(Debug, Default)]
pub struct Relation {
    /// Its name, as it is declared.
    pub name: String,
    /// The key of the front matter that it stands at.
    pub key: String,
    /// What stands above the pages that a page names.
    pub label: String,
    /// What queries call its other end.
    pub inverse_name: Option<String>,
    /// What stands above the pages that name a page, if they are shown.
    pub inverse_label: Option<String>,
    /// Whether both ends are the same.
    pub symmetric: bool,
    /// For each page, what it names, in the order in which it does.
    pub ends: Vec<Vec<RelationEnd>>,
    /// The pages whose own front matter says something at the key, in order of id.
    pub speaking: Vec<PageId>,
    /// For each page, those that name it, in order of id, each once.
    pub inverse_ends: Vec<Vec<InverseEnd>>,
    /// For entries of catalogues, the pages that name them, in order of id, each once.
    pub entry_ends: HashMap<EntryId, Vec<InverseEnd>>,
    /// Whether anything is said of any of what pages name.
    pub has_notes: bool,
}

/// What a page names in its front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationEnd {
    /// What that is.
    pub place: RelationPlace,
    /// The name, as written; empty where none can be read.
    pub written: String,
    /// What is said of it.
    pub note: Option<String>,
    /// Where the name stands in the page's file.
    pub span: Span,
    /// Whether it is the original that names it: a translation that says nothing itself.
    pub inherited: bool,
}

/// A page that names another, and which of its ends does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InverseEnd {
    /// The page.
    pub page: PageId,
    /// The place among its ends.
    pub at: usize,
}

/// The thing that a relation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationPlace {
    /// A page.
    Page(PageId),
    /// An entry of a catalogue.
    Entry(EntryId),
    /// A page that is still a draft.
    Draft,
    /// Nothing that exists.
    Nowhere,
}

/// From which end a relation is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationSide {
    /// From the page that names others.
    Forward,
    /// From the page that is named.
    Inverse,
}

impl Relations {
    /// These.
    pub(super) fn of(declared: Vec<Relation>, shown: ShownPages) -> Self {
        let mut by_name = HashMap::default();
        for (at, relation) in declared.iter().enumerate() {
            by_name.insert(relation.name.to_lowercase(), (at, RelationSide::Forward));
            if let Some(inverse) = &relation.inverse_name {
                by_name.insert(inverse.to_lowercase(), (at, RelationSide::Inverse));
            }
        }
        Self { declared, by_name, shown }
    }

    /// What a page is called where a relation leads to it, and its address.
    pub fn shown(&self, id: PageId) -> (&str, &str) {
        let begin = id.checked_sub(1).map_or(0, |before| self.shown.ends[before][1]);
        let [title, end] = self.shown.ends[id];
        (&self.shown.texts[begin..title], &self.shown.texts[title..end])
    }

    /// The relation that has an end of that name, and which end.
    pub fn named(&self, name: &str) -> Option<(usize, RelationSide)> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// The names of all ends, in the order of declaration.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.declared
            .iter()
            .flat_map(move |relation| std::iter::once(relation.name.as_str()).chain(relation.inverse_name.as_deref()))
    }
}

impl Relation {
    /// What a page is brought together with, seen from one end, each once: first what it names, in that order. Both ends
    /// of a symmetric relation are the same.
    pub fn others(&self, page: PageId, direction: RelationSide) -> Vec<Other<'_>> {
        let mut others: Vec<Other<'_>> = Vec::new();
        if direction == RelationSide::Forward || self.symmetric {
            let named = self.ends[page].iter().map(|end| Other { place: end.place, note: end.note.as_deref() });
            for other in named.filter(|other| !matches!(other.place, RelationPlace::Draft | RelationPlace::Nowhere)) {
                match others.iter_mut().find(|known| known.place == other.place) {
                    Some(known) => known.note = known.note.or(other.note),
                    None => others.push(other),
                }
            }
        }
        if direction == RelationSide::Inverse || self.symmetric {
            let named = others.len();
            others.reserve(self.inverse_ends[page].len());
            for other in self.inverse_ends[page].iter().map(|&end| self.naming(end)) {
                if !others[..named].iter().any(|known| known.place == other.place) {
                    others.push(other);
                }
            }
        }
        others
    }

    /// Whether something is so of any that a page is brought together with, seen from one end.
    pub fn any(&self, page: PageId, direction: RelationSide, is: impl Fn(RelationPlace) -> bool) -> bool {
        let (forward, inverse) = match self.symmetric {
            true => (true, true),
            false => (direction == RelationSide::Forward, direction == RelationSide::Inverse),
        };
        let is_there = |place: RelationPlace| !matches!(place, RelationPlace::Draft | RelationPlace::Nowhere);
        (forward && self.ends[page].iter().any(|end| is_there(end.place) && is(end.place)))
            || (inverse && self.inverse_ends[page].iter().any(|end| is(RelationPlace::Page(end.page))))
    }

    /// The pages that name an entry of a catalogue.
    pub fn naming_entry(&self, entry: EntryId) -> Vec<Other<'_>> {
        self.entry_ends.get(&entry).into_iter().flatten().map(|&end| self.naming(end)).collect()
    }

    fn naming(&self, end: InverseEnd) -> Other<'_> {
        // What pages say lies all over the memory, and hardly any says more than a name.
        let said = self.has_notes.then(|| self.ends[end.page].get(end.at)).flatten();
        let note = said.and_then(|end| end.note.as_deref());
        Other { place: RelationPlace::Page(end.page), note }
    }
}

/// What a page is brought together with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other<'a> {
    /// The page or entry.
    pub place: RelationPlace,
    /// What is said of it.
    pub note: Option<&'a str>,
}

/// What the original's pages say that their translations need not say again, by what they have in common.
#[derive(Debug, Default)]
pub struct OriginalRelations {
    /// Each page by that.
    pub(super) pages: HashMap<String, OfOriginal>,
    /// The same by the pages' titles in small letters: a translation may name others as its original does.
    pub(super) titles: HashMap<String, String>,
}
/// What one page of the original says.
#[derive(Debug, Default)]
pub(super) struct OfOriginal {
    pub(super) identity: Option<String>,
    /// For each relation, what it names.
    pub(super) ends: Vec<Vec<OriginalEnd>>,
}

/// What a page of the original names.
#[derive(Debug)]
pub(super) struct OriginalEnd {
    pub(super) end: RelationEnd,
    /// The key of the page that it is.
    pub(super) key: Option<String>,
}
