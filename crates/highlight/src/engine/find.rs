//! Which pattern comes first on a line, of all that are looked for where the grammar is: tried where it
//! can match by what is known of it, searched for where that isn't known.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use onig::Region;
use syntect::parsing::SyntaxSet;

use super::candidates::{Candidate, CandidateTable};
use super::grammar::{Context, Contexts, Number, Operation, Pattern};
use super::state::{ContextLink, GrammarState};
use crate::regex::{MatchOutcome, Regex};

/// Contexts in contexts.
const DEEPEST: usize = 100;
/// How many tables are kept: some dozens serve a language, but hostile code may nest as it likes.
const TABLES: usize = 2000;
/// How many patterns that are put together from what was found are remembered.
const PUT_TOGETHER: usize = 200;

/// A line that takes this long is given up. Most take some microseconds.
pub(super) const LONGEST: Duration = Duration::from_secs(2);

/// What a thread knows of grammars.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    contexts: Vec<Option<Arc<Context>>>,
    tables: Vec<CandidateTable>,
    /// The place in `tables`, by what the patterns are from.
    by_chain: HashMap<Vec<ContextLink>, usize>,
    /// The same plus one for contexts that nothing around adds to, by number; twice, the second where it has groups.
    plain: Vec<usize>,
    /// What was found on this line, by the pattern's number.
    sightings: Vec<Sighting>,
    /// The number of the line.
    line: u64,
    put_together: HashMap<String, Arc<Regex>>,
}

/// The first place where a pattern matches, if there is one.
#[derive(Clone, Copy, Debug, Default)]
struct Sighting {
    line: u64,
    found: Option<(usize, usize)>,
}

/// A pattern that matched.
pub(super) struct PatternMatch {
    /// Which.
    pub pattern: Arc<Pattern>,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it was looked for since a context around asks for it.
    pub is_from_around: bool,
    /// Whether it leads back to where the line was already.
    pub would_loop: bool,
    /// Where the search began that found it, and the pattern that was put together for it.
    pub searched: Option<(usize, Option<Arc<Regex>>)>,
}

/// A grammar led to a context that isn't there, or takes too long.
pub(super) struct Lost;

/// Finds what comes next on the lines of one text.
pub(super) struct Finder<'a> {
    /// All grammars.
    set: &'a SyntaxSet,
    /// Their contexts.
    contexts: &'a Contexts,
    /// What is known of them.
    known: &'a mut Knowledge,
    /// Where the groups of the last pattern are that was searched for.
    pub region: Region,
    /// When the line is given up.
    deadline: Instant,
}

impl<'a> Finder<'a> {
    /// One for texts in these grammars.
    pub(crate) fn new(set: &'a SyntaxSet, contexts: &'a Contexts, known: &'a mut Knowledge) -> Self {
        Finder { set, contexts, known, region: Region::new(), deadline: Instant::now() }
    }

    /// To be told of every line before it is looked at: what was found on another doesn't count, and it may take
    /// its own time.
    pub(super) fn begin_line(&mut self) {
        self.known.line += 1;
        self.deadline = Instant::now() + LONGEST;
    }

    /// The context that a grammar begins in, by the grammar's place in the set.
    pub(crate) fn start(&self, place: usize) -> Option<Number> {
        self.contexts.start(self.set, place)
    }

    /// A context by its number.
    pub(super) fn context(&mut self, number: Number) -> Result<Arc<Context>, Lost> {
        let contexts = &mut self.known.contexts;
        if contexts.len() <= number {
            contexts.resize(number + 1, None);
        }
        if contexts[number].is_none() {
            contexts[number] = self.contexts.get(self.set, number);
        }
        contexts[number].clone().ok_or(Lost)
    }
    /// The first pattern that matches; of those that match at one place the first in order.
    pub(super) fn find(
        &mut self,
        state: &GrammarState,
        line: &str,
        start: usize,
        may_loop: bool,
    ) -> Result<Option<PatternMatch>, Lost> {
        let at = self.table(state)?;
        let hits = self.search(state, at, line, start)?;
        let table = &mut self.known.tables[at];
        let mut passed: Vec<u16> = Vec::new();
        let mut place = start;
        while place <= line.len() {
            let mut best: Option<PatternMatch> = None;
            let mut hits = hits.iter().filter(|hit| hit.start == place).peekable();
            // Those that are searched for, and the others, in order.
            let mut at_place = 0;
            loop {
                let tried = table.at(line, place).get(at_place).copied();
                let hit = hits.peek().map(|hit| hit.candidate);
                let (number, end, searched) = match (tried, hit) {
                    (Some(number), hit) if hit.is_none_or(|hit| number < hit) => {
                        at_place += 1;
                        if passed.contains(&number) {
                            continue;
                        }
                        let pattern = &table.candidates[usize::from(number)].pattern;
                        let Some(end) = end_at(pattern, line, place, self.deadline)? else { continue };
                        (number, end, None)
                    }
                    (_, Some(number)) => {
                        let Some(hit) = hits.next() else { break };
                        (number, hit.end, Some((hit.from, hit.regex.clone())))
                    }
                    (_, None) => break,
                };
                let candidate = &table.candidates[usize::from(number)];
                if !does_something(&candidate.pattern, state, place, end) {
                    passed.push(number);
                    continue;
                }
                let would_loop = may_loop && end <= start && matches!(candidate.pattern.operation, Operation::Pop);
                best = Some(PatternMatch {
                    pattern: Arc::clone(&candidate.pattern),
                    start: place,
                    end,
                    is_from_around: candidate.is_from_around,
                    would_loop,
                    searched,
                });
                if !would_loop {
                    return Ok(best);
                }
            }
            if best.is_some() {
                return Ok(best);
            }
            place += 1;
            while !line.is_char_boundary(place) && place < line.len() {
                place += 1;
            }
        }
        Ok(None)
    }

    /// Matches again, with groups.
    pub(super) fn find_groups(&mut self, line: &str, found: &PatternMatch) {
        match &found.searched {
            Some((from, regex)) => {
                let regex = regex.as_deref().unwrap_or(found.pattern.regex());
                regex.search(line, *from, &mut self.region);
            }
            None => {
                found.pattern.regex().end_at(line, found.start, Some(&mut self.region));
            }
        }
    }

    /// Searches for the patterns of a table of which it isn't known what they begin with.
    fn search(&mut self, state: &GrammarState, table: usize, line: &str, start: usize) -> Result<Vec<Hit>, Lost> {
        let mut hits = Vec::new();
        for at in 0..self.known.tables[table].searched.len() {
            let number = self.known.tables[table].searched[at];
            let candidate = &self.known.tables[table].candidates[usize::from(number)];
            let (pattern, context) = (Arc::clone(&candidate.pattern), candidate.context);
            let (found, regex) = if candidate.refers_back {
                let regex = self.put_together(state, &pattern, context)?;
                let is_there = regex.search(line, start, &mut self.region);
                in_time(self.deadline)?;
                (self.region.pos(0).filter(|_| is_there), Some(regex))
            } else {
                (self.sight(&pattern, line, start)?, None)
            };
            if let Some((place, end)) = found {
                hits.push(Hit { candidate: number, start: place, end, from: start, regex });
            }
        }
        Ok(hits)
    }

    /// Where a pattern is found, as far as the line was searched already.
    fn sight(&mut self, pattern: &Pattern, line: &str, start: usize) -> Result<Option<(usize, usize)>, Lost> {
        let sightings = &mut self.known.sightings;
        if sightings.len() <= pattern.number {
            sightings.resize(pattern.number + 1, Sighting::default());
        }
        let seen = &mut sightings[pattern.number];
        if seen.line != self.known.line || seen.found.is_some_and(|(from, _)| from < start) {
            let is_there = pattern.regex().search(line, start, &mut self.region);
            in_time(self.deadline)?;
            *seen = Sighting { line: self.known.line, found: self.region.pos(0).filter(|_| is_there) };
        }
        Ok(seen.found)
    }

    /// A pattern with what led to its context in it.
    fn put_together(&mut self, state: &GrammarState, pattern: &Pattern, context: usize) -> Result<Arc<Regex>, Lost> {
        let top = state.levels.last().ok_or(Lost)?;
        let prototype = self.context(top.context)?.prototype;
        let groups = state.chain(top, prototype).nth(context).and_then(|(_, groups)| groups);
        let text = pattern.regex_after(groups.map_or(&[], |groups| groups));
        let known = &mut self.known.put_together;
        if let Some(regex) = known.get(&text) {
            return Ok(Arc::clone(regex));
        }
        if known.len() > PUT_TOGETHER {
            known.clear();
        }
        let regex = Arc::new(Regex::new(text.clone()));
        known.insert(text, Arc::clone(&regex));
        Ok(regex)
    }

    /// The place of the table of what is looked for now.
    fn table(&mut self, state: &GrammarState) -> Result<usize, Lost> {
        let top = state.levels.last().ok_or(Lost)?;
        let plain = 2 * top.context + usize::from(top.groups.is_some());
        let visible = &state.levels[state.visible_from().min(state.levels.len())..];
        let is_plain = visible.iter().all(|level| level.prototypes.is_empty());
        if is_plain && let Some(known) = self.known.plain.get(plain).filter(|known| **known > 0) {
            return Ok(known - 1);
        }
        let prototype = self.context(top.context)?.prototype;
        let chain: Vec<ContextLink> = state.chain(top, prototype).map(|(link, _)| link).collect();
        let at = match self.known.by_chain.get(&chain) {
            Some(at) => *at,
            None => {
                let table = self.make_table(&chain)?;
                if self.known.tables.len() >= TABLES {
                    self.known.tables.clear();
                    self.known.by_chain.clear();
                    self.known.plain.clear();
                }
                self.known.tables.push(table);
                self.known.by_chain.insert(chain, self.known.tables.len() - 1);
                self.known.tables.len() - 1
            }
        };
        if is_plain {
            let length = self.known.plain.len().max(plain + 1);
            self.known.plain.resize(length, 0);
            self.known.plain[plain] = at + 1;
        }
        Ok(at)
    }

    fn make_table(&mut self, chain: &[ContextLink]) -> Result<CandidateTable, Lost> {
        let mut candidates = Vec::new();
        for (at, link) in chain.iter().enumerate() {
            for pattern in &self.context(link.context)?.patterns {
                let refers_back = pattern.refers_back && link.has_groups;
                candidates.push(Candidate {
                    pattern: Arc::clone(pattern),
                    is_from_around: link.is_from_around,
                    context: at,
                    is_searched: refers_back || pattern.first.is_none(),
                    refers_back,
                });
            }
        }
        Ok(CandidateTable::new(candidates))
    }
}

/// Where a pattern ends if it matches at a place.
fn end_at(pattern: &Pattern, line: &str, place: usize, deadline: Instant) -> Result<Option<usize>, Lost> {
    match pattern.tree().try_at(line.as_bytes(), place) {
        MatchOutcome::Ends(end) => Ok(Some(end)),
        MatchOutcome::Fails => Ok(None),
        MatchOutcome::Open => {
            let end = pattern.regex().end_at(line, place, None);
            in_time(deadline).map(|()| end)
        }
    }
}

fn in_time(deadline: Instant) -> Result<(), Lost> {
    if Instant::now() > deadline { Err(Lost) } else { Ok(()) }
}

/// A pattern that was searched for and found.
struct Hit {
    candidate: u16,
    start: usize,
    end: usize,
    /// Where the search began.
    from: usize,
    regex: Option<Arc<Regex>>,
}

/// Whether a match changes anything.
fn does_something(pattern: &Pattern, state: &GrammarState, start: usize, end: usize) -> bool {
    match pattern.operation {
        Operation::Stay => start != end,
        Operation::Push(_) => state.levels.len() < DEEPEST,
        Operation::Pop | Operation::Set(_) => true,
    }
}
