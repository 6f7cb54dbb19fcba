//! What a reference leads to, and what is wrong with it. Plain values: how they are found out, `resolver` knows.

use super::super::published::PageId;

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// The thing itself.
    pub place: Place,
    /// The heading on it, decoded and with its own spelling, without `#`; empty if none.
    pub fragment: String,
    /// What follows `?`, as written; empty if none.
    pub query: String,
    /// The address that was meant, without the base path, with its fragment: `/docs/a#b`.
    pub address: String,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// Of what lies elsewhere: where that is in another book that the site knows.
    pub book: Option<BookPlace>,
}

/// A place in another book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookPlace {
    /// The place of the book among all.
    pub book: usize,
    /// The place of the page among the book's, if it is one of them.
    pub page: Option<usize>,
    /// The place of the heading among the page's.
    pub heading: Option<usize>,
}

/// The thing that a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Another site, or another scheme.
    Elsewhere,
    /// The page that holds the reference.
    Here,
    /// A page.
    Page(PageId),
    /// A generated page or a redirect, by its address.
    Route(String),
    /// A file of `static/` or beside the pages, by its address.
    File(String),
    /// A page that is still a draft.
    Draft,
    /// Nothing that exists.
    Nowhere,
}

impl Place {
    /// The address of a file.
    pub fn file(self) -> Option<String> {
        if let Self::File(route) = self { Some(route) } else { None }
    }
}

/// What is wrong with a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No page has that address.
    NoPage,
    /// No file has that address.
    NoFile,
    /// It is written in another case than the address, which is given.
    Case(String),
    /// The page has no such heading; the nearest, if one is near.
    NoHeading(Option<String>),
    /// The heading is written in another case.
    HeadingCase(String),
    /// The page is a draft.
    Draft,
}
