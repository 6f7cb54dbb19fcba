//! What a pattern can begin with: most places of a line are passed over since nothing that stands there begins one.

use super::symbols::{Before, Symbols};
use super::tree::{PatternNode, PatternTree};

impl PatternTree {
    /// What may stand at a place where the pattern matches.
    pub(crate) fn first(&self, before: Before) -> Symbols {
        let first = first(&self.nodes, before);
        first.consuming | first.empty
    }
}

/// How a part of a pattern can begin.
#[derive(Clone, Copy)]
struct First {
    /// What it begins with, where it takes a character.
    consuming: Symbols,
    /// What may follow where it takes none; nothing if it always takes one.
    empty: Symbols,
}

fn first(nodes: &[PatternNode], before: Before) -> First {
    let mut all = First { consuming: Symbols::NONE, empty: Symbols::ALL };
    for node in nodes {
        let next = first_of(node, before);
        all = First { consuming: all.consuming | (all.empty & next.consuming), empty: all.empty & next.empty };
    }
    all
}

fn first_of(node: &PatternNode, before: Before) -> First {
    let (consuming, empty) = match node {
        PatternNode::One(symbols) => (*symbols, Symbols::NONE),
        PatternNode::Any(branches) => {
            let none = First { consuming: Symbols::NONE, empty: Symbols::NONE };
            return branches.iter().map(|branch| first(branch, before)).fold(none, |one, other| First {
                consuming: one.consuming | other.consuming,
                empty: one.empty | other.empty,
            });
        }
        PatternNode::Loop(looped) => {
            let body = first(&looped.body, before);
            (body.consuming, if looped.once { body.empty } else { Symbols::ALL })
        }
        PatternNode::Ahead(nodes, true) => {
            let ahead = first(nodes, before);
            (Symbols::NONE, ahead.consuming | ahead.empty)
        }
        PatternNode::Ahead(_, false) => (Symbols::NONE, Symbols::ALL),
        PatternNode::Begin => (Symbols::NONE, if before == Before::Nothing { Symbols::ALL } else { Symbols::NONE }),
        PatternNode::LineEnd => (Symbols::NONE, Symbols::LINE_END),
        PatternNode::TextEnd => (Symbols::NONE, Symbols::TEXT_END),
        PatternNode::Edge(is_wanted) => {
            let word = Symbols::WORD;
            let empty = match (before, is_wanted) {
                (Before::Unknown, _) => Symbols::ALL,
                (Before::Word, true) | (Before::Nothing | Before::Other, false) => !word,
                _ => word | Symbols::BEYOND_ASCII,
            };
            (Symbols::NONE, empty)
        }
        PatternNode::Unknown => (Symbols::ALL, Symbols::ALL),
    };
    First { consuming, empty }
}

/// Whether parts of a pattern can match without taking a character.
pub(super) fn may_be_empty(nodes: &[PatternNode]) -> bool {
    Before::ALL.iter().any(|before| first(nodes, *before).empty != Symbols::NONE)
}
