//! The parts of a pattern, as far as they are simple. What isn't simple is left open, never guessed.

use super::symbols::Symbols;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PatternNode {
    /// One character. Beyond ASCII it may be another than is meant.
    One(Symbols),
    /// One of these, the first that will do.
    Any(Vec<Vec<PatternNode>>),
    /// These, once or not at all, or many times.
    Loop(Loop),
    /// These come next, or don't, and are looked at again.
    Ahead(Vec<PatternNode>, bool),
    /// The beginning of the line.
    Begin,
    /// The end of the line.
    LineEnd,
    /// The end of the text.
    TextEnd,
    /// The edge of a word, or no edge.
    Edge(bool),
    /// What isn't known.
    Unknown,
}

/// What may come many times.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Loop {
    /// What comes.
    pub body: Vec<PatternNode>,
    /// Whether it comes at least once.
    pub once: bool,
    /// Whether it may come more than once.
    pub many: bool,
    /// Whether it comes as seldom as will do.
    pub lazy: bool,
}

/// A pattern.
#[derive(Debug)]
pub(crate) struct PatternTree {
    /// Its parts, in order.
    pub nodes: Vec<PatternNode>,
    /// Whether it matches what they say, and not only less than that.
    pub is_exact: bool,
}
