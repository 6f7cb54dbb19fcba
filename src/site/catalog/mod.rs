//! Catalogues: lists of things that others keep (the clauses of a standard, the articles of a law), which pages refer to
//! by their ids. They are read from files beside the project; relations may lead into them.

mod oscal;
mod read;

use std::sync::Arc;

use foldhash::HashMap;

use crate::source::{SourcePath, Span};

pub use read::read;

/// All catalogues of a project, in order of their names.
#[derive(Clone, Debug, Default)]
pub struct Catalogs(Vec<Arc<Catalog>>);

/// A list of things that others keep.
#[derive(Debug)]
pub struct Catalog {
    /// What relations call it: its file's name.
    pub name: String,
    /// Its file.
    pub path: SourcePath,
    /// What it calls itself; its name, if it says nothing.
    pub title: String,
    /// Which edition it is; may be empty.
    pub version: String,
    /// Its entries, in the order of the file.
    pub entries: Vec<CatalogEntry>,
    /// By id in small letters.
    by_id: HashMap<String, usize>,
}

/// One thing of a catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogEntry {
    /// What pages call it.
    pub id: String,
    /// What it is called; may be empty.
    pub title: String,
    /// Where it can be read.
    pub address: Option<String>,
    /// What it says; may be empty.
    pub text: String,
    /// Where its id stands in the file.
    pub span: Span,
}

/// An entry of a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The place of the catalogue among all.
    pub catalog: usize,
    /// The place of the entry in it.
    pub entry: usize,
}

impl CatalogEntry {
    /// Its id and its title: `A-6-2-3: Documentation of design`.
    pub fn called(&self) -> String {
        if self.title.is_empty() { self.id.clone() } else { format!("{}: {}", self.id, self.title) }
    }
}

impl Catalogs {
    /// These, in order of their names.
    pub fn of(mut catalogs: Vec<Arc<Catalog>>) -> Self {
        catalogs.sort_by(|a, b| a.name.cmp(&b.name));
        Self(catalogs)
    }

    /// All of them, in order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Catalog>> {
        self.0.iter()
    }

    /// The place of the one of that name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.0.binary_search_by(|catalog| catalog.name.as_str().cmp(name)).ok()
    }

    /// The one at a place.
    pub fn at(&self, place: usize) -> Option<&Catalog> {
        self.0.get(place).map(|catalog| &**catalog)
    }

    /// An entry.
    pub fn entry(&self, id: EntryId) -> Option<&CatalogEntry> {
        self.at(id.catalog)?.entries.get(id.entry)
    }
}

impl Catalog {
    /// One without entries, called as its file.
    pub fn new(path: &SourcePath) -> Self {
        let name = path.stem().to_owned();
        Self {
            title: name.clone(),
            name,
            path: path.clone(),
            version: String::new(),
            entries: Vec::new(),
            by_id: HashMap::default(),
        }
    }

    /// Takes up an entry; false where there is one of that id already.
    pub fn add(&mut self, entry: CatalogEntry) -> bool {
        let at = self.entries.len();
        let is_new = match self.by_id.entry(entry.id.to_lowercase()) {
            std::collections::hash_map::Entry::Occupied(_) => false,
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(at);
                true
            }
        };
        if is_new {
            self.entries.push(entry);
        }
        is_new
    }

    /// The place of the entry of that id; capitals make no difference.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(&id.trim().to_lowercase()).copied()
    }
}
