//! Component tags as `prepare` takes them out of a body and `collect` finds them again:
//! the text that the Markdown library sees holds a token in the place of each.

use std::ops::Range;

use serde_json::Value;

use crate::page::facts::{Attribute, Formula, LinkSpan};
use crate::source::Span;

/// How deep components may nest; what is deeper is shown without its component.
pub(super) const MAX_COMPONENTS: usize = 100;

/// What closes an admonition.
pub(super) const ADMONITION: &str = ":::";

/// A component's tag, an admonition's first or last line, or a formula.
#[derive(Debug)]
pub(super) struct Mark {
    /// Which of the openings it is; `None` if it closes.
    pub(super) opening: Option<usize>,
    /// Whether nothing stands inside it.
    pub(super) self_closing: bool,
    /// What must agree for one tag to close another.
    pub(super) key: String,
    /// Where it stands in the body.
    pub(super) range: Range<usize>,
    /// Whether its place says that it can't be meant as text.
    pub(super) meant: bool,
    /// The formula that it is, if it is no component's.
    pub(super) formula: Option<Formula>,
}

/// What an opening tag says.
#[derive(Debug)]
pub(super) struct Opening {
    /// The component's name.
    pub(super) name: String,
    /// Its attributes; `link` is not yet filled in.
    pub(super) attributes: Vec<Attribute>,
    /// Attributes that are addresses.
    pub(super) addresses: Vec<AttributeAddress>,
}

/// An attribute that is an address.
#[derive(Debug)]
pub(super) struct AttributeAddress {
    /// Its place among the attributes.
    pub(super) attribute: usize,
    /// Where it stands.
    pub(super) span: LinkSpan,
}

/// Words of the file, and where they stand.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
}

impl Opening {
    /// What an admonition of a kind says, which is a component, too.
    pub(super) fn admonition(kind: Word<'_>, title: Option<Word<'_>>) -> Self {
        let attribute = |name: &str, value: String, span| Attribute {
            name: name.to_owned(),
            value: Value::String(value),
            link: None,
            span,
        };
        let mut attributes = vec![attribute("kind", kind.text.to_ascii_lowercase(), kind.span)];
        attributes.extend(title.map(|title| attribute("title", title.text.trim().to_owned(), title.span)));
        Self { name: "Admonition".to_owned(), attributes, addresses: Vec::new() }
    }
}
