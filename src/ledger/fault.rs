//! What is wrong in a ledger's text.

use crate::source::Span;

/// What is wrong in a line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFault {
    /// Which kind of mistake it is.
    pub kind: LedgerFaultKind,
    /// Its line.
    pub span: Span,
    /// What is wrong, in a sentence without a point.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The kinds of mistakes in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFaultKind {
    /// A line says nothing that can be understood.
    Unreadable,
    /// An address is said to have become two things.
    Contradiction,
    /// A line that git left where two people changed the same.
    Conflict,
}
