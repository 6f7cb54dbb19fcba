//! The patterns that are looked for at one place of a grammar, in order, and which of them can
//! match where: what stands at a place and before it leaves a few of some dozens.

use std::sync::Arc;

use super::grammar::Pattern;
use crate::regex::{Before, END, symbol};

/// A pattern, and how it came to be looked for.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The pattern.
    pub pattern: Arc<Pattern>,
    /// Whether it is looked for since a context around this one asks for it everywhere in it.
    pub is_from_around: bool,
    /// The place, among the contexts that are looked into, of the one that it stands in.
    pub context: usize,
    /// Whether it has to be searched for, since it is not known what it begins with.
    pub is_searched: bool,
    /// Whether its text is another each time.
    pub refers_back: bool,
}

/// Patterns that are looked for at the same time.
#[derive(Debug)]
pub(super) struct CandidateTable {
    /// In order.
    pub candidates: Vec<Candidate>,
    /// Those that have to be searched for.
    pub searched: Vec<u16>,
    /// By what stands before and what stands there: the place in `lists`, plus one.
    known: Vec<u16>,
    lists: Vec<Box<[u16]>>,
}

impl CandidateTable {
    /// A table of candidates, in order.
    pub(super) fn new(candidates: Vec<Candidate>) -> CandidateTable {
        let all = (0..).zip(&candidates);
        let searched = all.filter(|(_, candidate)| candidate.is_searched).map(|(at, _)| at).collect();
        CandidateTable {
            candidates,
            searched,
            known: vec![0; Before::ALL.len() * (END + 1)],
            lists: vec![Box::default()],
        }
    }

    /// Those that may match at a place, but for those that are searched for.
    pub(super) fn at(&mut self, line: &str, place: usize) -> &[u16] {
        let (before, symbol) = (Before::at(line.as_bytes(), place), symbol(line.as_bytes(), place));
        let at = before as usize * (END + 1) + symbol;
        if self.known[at] == 0 {
            let can_match = |candidate: &Candidate| {
                let first = candidate.pattern.first.as_ref();
                !candidate.is_searched && first.is_none_or(|first| first[before as usize].has(symbol))
            };
            let list: Box<[u16]> =
                (0..).zip(&self.candidates).filter(|(_, candidate)| can_match(candidate)).map(|(at, _)| at).collect();
            self.known[at] = self.enter(list);
        }
        &self.lists[usize::from(self.known[at]) - 1]
    }

    /// The place of a list plus one.
    fn enter(&mut self, list: Box<[u16]>) -> u16 {
        let place = self.lists.iter().position(|known| *known == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        place as u16 + 1
    }
}
