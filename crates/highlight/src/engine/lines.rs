//! The lines of a text turned into runs. A line means the same wherever the grammar is in the same state,
//! and half of the lines in code blocks were seen before (`}`, imports, blank lines), so what each
//! came to is remembered. The memory is bounded, and so is the time that hostile lines may take.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::find::{Knowledge, LONGEST};
use super::grammar::Contexts;
use super::reader::LineReader;
use super::state::GrammarState;
use crate::class::Class;
use crate::runs::{ClassRun, Runs};

/// What a thread may remember of a grammar, in bytes, counted roughly: lines that come back come early.
const MEMORY: usize = 1 << 20;
/// How many states it may remember.
const STATES: usize = 2048;

/// Ordinary lines take a tenth of a millisecond; one that takes this long is up to something.
const SLOW: Duration = Duration::from_millis(100);
/// What one slow line counts for at most: a machine may fall asleep.
const SLOW_AT_MOST: Duration = Duration::from_secs(1);
/// After this much time spent on slow lines a grammar is not used any more.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a thread knows while it colours code: it only ever saves time, since it holds what follows from the
/// grammars alone.
#[derive(Default)]
pub(super) struct Worker {
    known: Knowledge,
    /// By the grammar's place in the set.
    remembered: HashMap<usize, LineMemory>,
}

/// A grammar, as a thread needs it.
pub(super) struct Grammar<'a> {
    /// All grammars.
    pub set: &'a SyntaxSet,
    /// Their contexts.
    pub contexts: &'a Contexts,
    /// Its place in the set.
    pub place: usize,
    /// How much more time it may take.
    pub patience: &'a Patience,
}

/// How long a grammar has been slow, in milliseconds, over all threads.
#[derive(Debug, Default)]
pub(crate) struct Patience(AtomicU64);

/// A remembered state, and the lines that were met in it: what each is, and the state after it.
struct MetState {
    state: GrammarState,
    lines: HashMap<Box<str>, (Box<[ClassRun]>, usize)>,
}

#[derive(Default)]
struct LineMemory {
    met: Vec<MetState>,
    places: HashMap<GrammarState, usize>,
    /// The place of the state that a text begins in.
    first: Option<usize>,
    bytes: usize,
}

impl Patience {
    /// Whether it is at an end.
    pub(crate) fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed) > PATIENCE.as_millis() as u64
    }

    /// Reads a line, and takes note of its time; none if the patience is at an end, as it is after a line that was
    /// given up.
    fn with<T>(&self, read: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.is_over() {
            return None;
        }
        let begun = Instant::now();
        let read = read();
        let time = begun.elapsed();
        self.spend(time);
        if read.is_none() && time > LONGEST {
            self.0.fetch_add(2 * PATIENCE.as_millis() as u64, Ordering::Relaxed);
        }
        read
    }

    /// Takes note of the time that a line took.
    pub(crate) fn spend(&self, time: Duration) {
        if time > SLOW {
            self.0.fetch_add(time.min(SLOW_AT_MOST).as_millis() as u64, Ordering::Relaxed);
        }
    }
}

impl Worker {
    /// The runs of a text; none if the grammar failed, or if there is no more patience with it.
    pub(super) fn runs(&mut self, grammar: &Grammar<'_>, text: &str) -> Option<Runs> {
        let memory = self.remembered.entry(grammar.place).or_default();
        let mut reader = LineReader::new(grammar.set, grammar.contexts, &mut self.known);
        let mut runs = Runs::default();
        let mut last = String::new();
        let mut at = memory.begin(&mut reader, grammar.place)?;
        let mut ahead = None;
        for line in LinesWithEndings::from(text) {
            let line = with_newline(line, &mut last);
            if let Some((known, next)) = at.and_then(|at| memory.met[at].lines.get(line)) {
                known.iter().for_each(|run| runs.push(run.length as usize, run.class));
                (at, ahead) = (Some(*next), None);
                continue;
            }
            let mut state = match ahead.take() {
                Some(state) => state,
                None => memory.met[at?].state.clone(),
            };
            let found = grammar.patience.with(|| reader.line(&mut state, line))?;
            found.0.iter().for_each(|run| runs.push(run.length as usize, run.class));
            at = memory.remember(at, line, found, &state);
            ahead = Some(state);
        }
        runs.0.pop_if(|run| run.class == Class::Plain);
        Some(runs)
    }
}

impl LineMemory {
    /// The place of the state that a text of a grammar begins in.
    fn begin(&mut self, reader: &mut LineReader<'_>, place: usize) -> Option<Option<usize>> {
        if self.first.is_none() {
            let start = reader.start(place)?;
            self.first = self.enter(&start);
        }
        Some(self.first)
    }

    /// The place of a state, which is entered if it is new and there is room for it.
    fn enter(&mut self, state: &GrammarState) -> Option<usize> {
        if let Some(known) = self.places.get(state) {
            return Some(*known);
        }
        if self.met.len() >= STATES {
            return None;
        }
        self.places.insert(state.clone(), self.met.len());
        self.met.push(MetState { state: state.clone(), lines: HashMap::new() });
        Some(self.met.len() - 1)
    }

    /// Keeps what a line came to, if there is room, and gives the place of the state after it.
    fn remember(&mut self, from: Option<usize>, line: &str, runs: Runs, after: &GrammarState) -> Option<usize> {
        let next = self.enter(after)?;
        if let Some(from) = from.filter(|_| self.bytes < MEMORY) {
            self.bytes += line.len() + runs.0.len() * size_of::<ClassRun>() + 96;
            self.met[from].lines.insert(line.into(), (runs.0.into(), next));
        }
        Some(next)
    }
}

/// Grammars want every line to end in a newline; only a text's last may have none.
fn with_newline<'a>(line: &'a str, last: &'a mut String) -> &'a str {
    if line.ends_with('\n') {
        return line;
    }
    last.push_str(line);
    last.push('\n');
    last
}
