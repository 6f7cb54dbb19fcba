//! The ledger of a site's addresses, `addresses.lock`: every address and heading's id that was ever published, one a
//! line, and where each leads now. A text becomes a `Ledger` with what is wrong in it, and a `Ledger` becomes a text.
//! Knows neither what is published today nor where the file lies.

mod address;
mod fault;
mod follow;
mod read;
mod record;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

pub use address::Address;
pub use fault::{LedgerFault, LedgerFaultKind};
pub use follow::Followed;

use crate::source::Span;

/// What the file is called, at the top of a project.
pub const FILE: &str = "addresses.lock";

/// All that is known of addresses that were published.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The comment at the top, as it was written.
    head: String,
    entries: BTreeMap<Address, LedgerEntry>,
    /// What else is said of addresses that have an entry already, and says something else.
    rivals: Vec<(Address, LedgerEntry)>,
    /// The first line that couldn't be read: whoever writes the ledger anew would lose it.
    unreadable: Option<LedgerFault>,
}

/// What is said of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// What became of it.
    pub standing: Standing,
    /// Its line, where it was read.
    pub span: Span,
}

/// What became of an address that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was published, and nothing says that it went.
    Published,
    /// It went elsewhere.
    Moved(Successor),
    /// It went for good, for a reason in words.
    Retired(String),
}

/// Where an address leads that went elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Successor {
    /// An address of the site.
    Here(Address),
    /// A whole address of another site.
    Elsewhere(String),
}

impl Ledger {
    /// Whether it is kept: a file that holds only moves says nothing of what else was published.
    pub fn is_kept(&self) -> bool {
        self.entries.values().any(|entry| entry.standing == Standing::Published)
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The first line of its text that couldn't be read, if there is one.
    pub fn unreadable(&self) -> Option<&LedgerFault> {
        self.unreadable.as_ref()
    }

    /// All entries, in order: each page before its fragments.
    pub fn entries(&self) -> impl Iterator<Item = (&Address, &LedgerEntry)> {
        self.entries.iter()
    }

    /// What is said of an address itself.
    pub fn entry(&self, address: &Address) -> Option<&LedgerEntry> {
        self.entries.get(address)
    }

    /// The addresses that went elsewhere or for good.
    pub fn moves(&self) -> impl Iterator<Item = (&Address, &LedgerEntry)> {
        self.entries.iter().filter(|(_, entry)| entry.standing != Standing::Published)
    }

    /// What is said of the places on a page, by their ids.
    pub fn places_on<'a>(&'a self, page: &'a str) -> impl Iterator<Item = (&'a str, &'a LedgerEntry)> {
        let places =
            self.entries.range(Address::place(page, "")..).take_while(move |(address, _)| address.page == page);
        places.filter_map(|(address, entry)| Some((address.fragment.as_deref()?, entry)))
    }

    /// Whether a place on a page went elsewhere than the page.
    pub fn has_moved(&self, page: &str, id: &str) -> bool {
        let entry = (!self.entries.is_empty()).then(|| self.entries.get(&Address::place(page, id))).flatten();
        entry.is_some_and(|entry| matches!(entry.standing, Standing::Moved(_)))
    }

    /// What is said besides of addresses that are said to have become something else.
    pub fn rivals(&self) -> impl Iterator<Item = (&Address, &LedgerEntry)> {
        self.rivals.iter().map(|(address, entry)| (address, entry))
    }
}
