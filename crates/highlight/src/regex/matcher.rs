//! Tells at most places, without a regular expression's machinery, that a pattern doesn't match there, or where it ends:
//! goes through its tree, and back where a way leads nowhere. After some steps, or at what isn't simple, it leaves the
//! answer open.

use super::symbols::{Before, END, Symbols, symbol};
use super::tree::{Loop, PatternNode, PatternTree};

/// After so many steps a try is left open.
const STEPS: usize = 200;

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatchOutcome {
    /// It matches and ends there.
    Ends(usize),
    /// It doesn't match.
    Fails,
    /// It takes a regular expression to know.
    Open,
}

impl PatternTree {
    /// Tries a place.
    pub(crate) fn try_at(&self, line: &[u8], place: usize) -> MatchOutcome {
        match (Matcher { line, steps: STEPS }).matches(&self.nodes, None, place) {
            MatchOutcome::Ends(_) if !self.is_exact => MatchOutcome::Open,
            outcome => outcome,
        }
    }
}

/// A try of one place. It ends, however the pattern branches, since its steps are counted.
struct Matcher<'a> {
    line: &'a [u8],
    steps: usize,
}

/// What of a pattern is still to be matched.
#[derive(Clone, Copy)]
struct Rest<'a> {
    nodes: &'a [PatternNode],
    /// What comes after them.
    then: Option<&'a Then<'a>>,
}

/// What comes when some parts were matched.
struct Then<'a> {
    rest: Rest<'a>,
    /// The loop that they were in, and where this time began.
    again: Option<(&'a Loop, usize)>,
}

impl Matcher<'_> {
    /// Some parts, and what comes after them.
    fn matches(&mut self, mut nodes: &[PatternNode], then: Option<&Then<'_>>, mut place: usize) -> MatchOutcome {
        loop {
            let Some((node, after)) = nodes.split_first() else {
                let Some(Then { rest, again }) = then else { return MatchOutcome::Ends(place) };
                return match again {
                    Some((looped, from)) if looped.many && place > *from => self.repeat(looped, false, *rest, place),
                    _ => self.matches(rest.nodes, rest.then, place),
                };
            };
            if self.steps == 0 {
                return MatchOutcome::Open;
            }
            self.steps -= 1;
            let symbol = symbol(self.line, place);
            let rest = Rest { nodes: after, then };
            let holds = match node {
                PatternNode::One(symbols) => {
                    if !symbols.has(symbol) {
                        return MatchOutcome::Fails;
                    }
                    if symbol > 127 {
                        return MatchOutcome::Open;
                    }
                    place += 1;
                    true
                }
                PatternNode::Any(branches) => return self.any(branches, rest, place),
                PatternNode::Loop(looped) => return self.repeat(looped, looped.once, rest, place),
                PatternNode::Ahead(nodes, is_wanted) => match self.matches(nodes, None, place) {
                    MatchOutcome::Open => return MatchOutcome::Open,
                    outcome => (outcome != MatchOutcome::Fails) == *is_wanted,
                },
                PatternNode::Begin => place == 0,
                PatternNode::LineEnd => Symbols::LINE_END.has(symbol),
                PatternNode::TextEnd => symbol == END,
                PatternNode::Edge(is_wanted) => {
                    let before = Before::at(self.line, place);
                    if before == Before::Unknown || Symbols::BEYOND_ASCII.has(symbol) {
                        return MatchOutcome::Open;
                    }
                    ((before == Before::Word) != Symbols::WORD.has(symbol)) == *is_wanted
                }
                PatternNode::Unknown => return MatchOutcome::Open,
            };
            if !holds {
                return MatchOutcome::Fails;
            }
            nodes = after;
        }
    }

    /// The first of some branches with which the rest matches, too.
    fn any(&mut self, branches: &[Vec<PatternNode>], rest: Rest<'_>, place: usize) -> MatchOutcome {
        let then = Then { rest, again: None };
        let mut tried = branches.iter().map(|branch| self.matches(branch, Some(&then), place));
        tried.find(|outcome| *outcome != MatchOutcome::Fails).unwrap_or(MatchOutcome::Fails)
    }

    /// What comes many times, and the rest.
    fn repeat(&mut self, looped: &Loop, once: bool, rest: Rest<'_>, place: usize) -> MatchOutcome {
        if let [PatternNode::One(symbols)] = &looped.body[..] {
            let least = usize::from(once);
            return self.repeat_one(*symbols, looped, least, rest, place);
        }
        let again = Then { rest, again: Some((looped, place)) };
        let body = Rest { nodes: &looped.body, then: Some(&again) };
        if once {
            return self.matches(body.nodes, body.then, place);
        }
        let (first, second) = if looped.lazy { (rest, body) } else { (body, rest) };
        match self.matches(first.nodes, first.then, place) {
            MatchOutcome::Fails => self.matches(second.nodes, second.then, place),
            outcome => outcome,
        }
    }

    /// The same for a single character, which comes at least so often.
    fn repeat_one(
        &mut self,
        symbols: Symbols,
        looped: &Loop,
        least: usize,
        rest: Rest<'_>,
        place: usize,
    ) -> MatchOutcome {
        let most = if looped.many { usize::MAX } else { 1 };
        let fits = self.line[place..].iter().take(most).take_while(|byte| symbols.has(usize::from(**byte)));
        let mut count = 0;
        for byte in fits {
            if !byte.is_ascii() {
                return MatchOutcome::Open;
            }
            count += 1;
        }
        if count < least {
            return MatchOutcome::Fails;
        }
        for at in 0..=count - least {
            let taken = if looped.lazy { least + at } else { count - at };
            match self.matches(rest.nodes, rest.then, place + taken) {
                MatchOutcome::Fails => {}
                outcome => return outcome,
            }
        }
        MatchOutcome::Fails
    }
}
