//! What a list asks for, as its component's attributes say it. Knows no pages that could be found: `site/query.rs` finds
//! them. Which components are lists, their templates declare, so this is read of every component.

use crate::source::Span;

/// What a list asks for: all of its terms at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The label that pages must carry.
    pub tag: Option<Term>,
    /// The folder that must stand in their address.
    pub filter: Option<Term>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What is asked for.
    pub text: String,
    /// The attribute, with its name.
    pub span: Span,
}

impl Query {
    /// The names of the terms, as attributes have them.
    pub const TERMS: [&str; 2] = ["tag", "filter"];

    /// Reads a query; `written` tells the term of a name, if one is written.
    pub fn read(written: impl Fn(&str) -> Option<Term>) -> Self {
        let [tag, filter] = Self::TERMS.map(written);
        Self { tag, filter }
    }

    /// The same without terms in which nothing is written: a person who leaves one empty asks for nothing by it.
    pub fn without_blanks(&self) -> Self {
        let says = |term: &Option<Term>| term.clone().filter(|term| !term.text.trim().is_empty());
        Self { tag: says(&self.tag), filter: says(&self.filter) }
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
        self.tag.is_none() && self.filter.is_none()
    }
}
