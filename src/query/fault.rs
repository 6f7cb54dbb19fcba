//! What is wrong with a query.

use crate::source::Span;

/// What is wrong with a query, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryFault {
    /// Where, in the query.
    pub span: Span,
    /// What is wrong, in a sentence without a point.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl QueryFault {
    /// A fault in one place.
    pub fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }
}
