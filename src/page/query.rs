//! What a list asks for, as its component's attributes say it. Knows no pages that could be found: `site/query.rs` finds
//! them. Which components are lists, their templates declare, so this is read of every component.

use crate::source::Span;

/// What a list asks for: all of its terms at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The label that pages must carry.
    pub tag: Option<QueryPart>,
    /// The folder that must stand in their address.
    pub filter: Option<QueryPart>,
    /// What they must be like, in the language of queries.
    pub query: Option<QueryPart>,
    /// What they are sorted by.
    pub sort: Option<QueryPart>,
    /// How many are shown at most.
    pub limit: Option<QueryPart>,
    /// What puts them in one group.
    pub group: Option<QueryPart>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryPart {
    /// What is asked for.
    pub text: String,
    /// The attribute, with its name.
    pub span: Span,
}

impl Query {
    /// The names of the terms that choose pages, as attributes have them.
    pub const TERMS: [&str; 3] = ["tag", "filter", Self::LANGUAGE];
    /// The attribute in the language of queries. Only components that take it take what arranges its pages, too: before
    /// there was one, a site may have called something else `limit`.
    pub const LANGUAGE: &str = "query";

    /// Reads a query; `written` tells the term of a name, if one is written.
    pub fn read(written: impl Fn(&str) -> Option<QueryPart>) -> Self {
        Self {
            tag: written("tag"),
            filter: written("filter"),
            query: written(Self::LANGUAGE),
            sort: written("sort"),
            limit: written("limit"),
            group: written("group"),
        }
    }

    /// The same without terms in which nothing is written: a person who leaves one empty asks for nothing by it.
    pub fn without_blanks(&self) -> Self {
        let says = |term: &Option<QueryPart>| term.clone().filter(|term| !term.text.trim().is_empty());
        Self {
            tag: says(&self.tag),
            filter: says(&self.filter),
            query: says(&self.query),
            sort: says(&self.sort),
            limit: says(&self.limit),
            group: says(&self.group),
        }
    }

    /// What it asks for by tag and folder alone.
    pub fn without_language(&self) -> Self {
        Self { tag: self.tag.clone(), filter: self.filter.clone(), ..Self::default() }
    }

    /// The label that is asked for.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_ref().map(|term| term.text.as_str())
    }

    /// The folder that is asked for.
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_ref().map(|term| term.text.as_str())
    }

    /// Whether it asks for nothing in particular.
    pub fn is_empty(&self) -> bool {
        self.tag.is_none() && self.filter.is_none() && self.query.is_none()
    }
}
