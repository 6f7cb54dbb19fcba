//! Other books: what their `site.json` tells of their pages, headings and old addresses, and what links into them lead to.

mod facts;
mod find;

use std::sync::Arc;

use foldhash::HashMap;

pub use facts::{BookFacts, BookHeading, BookPage};

use super::link::{Target, Targets};
use crate::config::Config;
use crate::source::Source;

/// The books that pages link to, in order of their names.
#[derive(Debug, Default)]
pub struct Books {
    named: Vec<NamedBook>,
    /// The address below which the site itself is published; empty if that isn't known.
    own_base: String,
}

/// A book as the configuration names it.
#[derive(Debug)]
pub struct NamedBook {
    /// What links call it.
    pub name: String,
    /// Its file, from the folder of `book.toml`.
    pub file: String,
    /// The address below which it is published, with a slash at its end, if that is known.
    pub base: Option<String>,
    /// What its file came to.
    pub state: BookState,
}

/// What the file of a book came to.
#[derive(Clone, Debug)]
pub enum BookState {
    /// There is none.
    Missing,
    /// It can't be used, for this reason.
    Unread(String),
    /// What it tells.
    Read(Arc<Book>),
}

/// What a book tells of itself.
#[derive(Debug)]
pub struct Book {
    /// What its `site.json` says.
    pub facts: BookFacts,
    /// Its addresses; pages by their places among its pages.
    targets: Targets,
    /// Its pages by their files.
    by_source: HashMap<String, usize>,
}

/// A file of a book as read.
#[derive(Debug)]
pub struct BookFile {
    /// Where it lies, from the folder of `book.toml`.
    pub path: String,
    /// What it came to.
    pub state: BookState,
}

impl BookFile {
    /// Reads it.
    pub fn of(source: &Source) -> Self {
        let state = match BookFacts::read(&source.text) {
            Ok(facts) => BookState::Read(Arc::new(Book::of(facts))),
            Err(why) => BookState::Unread(why),
        };
        Self { path: source.path.as_str().to_owned(), state }
    }
}

impl Books {
    /// Those that the configuration names, of these files.
    pub fn of(config: &Config, files: &[Arc<BookFile>]) -> Self {
        let named = config.books.iter().map(|(name, said)| {
            let file = said.file(name);
            let read = files.iter().find(|read| read.path == file).map(|read| read.state.clone());
            let (base, state) = match read.unwrap_or(BookState::Missing) {
                BookState::Read(book) => match book.facts.base().or_else(|| said.base().map(str::to_owned)) {
                    Some(base) => (Some(base), BookState::Read(book)),
                    None => (None, BookState::Unread(NO_ADDRESS.to_owned())),
                },
                state => (said.base().map(str::to_owned), state),
            };
            NamedBook { name: name.clone(), file, base, state }
        });
        Self { named: named.collect(), own_base: config.own_base() }
    }

    /// All of them, in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &NamedBook> {
        self.named.iter()
    }

    /// The one at a place.
    pub fn at(&self, place: usize) -> Option<&NamedBook> {
        self.named.get(place)
    }
}

const NO_ADDRESS: &str =
    "it does not say at which address the book is published (`url` in the `[site]` of its `book.toml`)";

impl NamedBook {
    /// What it tells, if its file could be read.
    pub fn book(&self) -> Option<&Book> {
        match &self.state {
            BookState::Read(book) => Some(book),
            BookState::Missing | BookState::Unread(_) => None,
        }
    }
}

impl Book {
    fn of(facts: BookFacts) -> Self {
        let (mut targets, mut by_source) = (Targets::default(), HashMap::default());
        for (at, page) in facts.pages.iter().enumerate() {
            targets.insert(page.address.clone(), Target::Page(at));
            if !page.source.is_empty() {
                by_source.entry(page.source.clone()).or_insert(at);
            }
        }
        for address in &facts.others {
            targets.insert(address.clone(), Target::Generated);
        }
        for (from, to) in &facts.moved {
            targets.insert(from.clone(), Target::Redirect(to.clone()));
        }
        Self { facts, targets, by_source }
    }
}
