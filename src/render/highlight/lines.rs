//! One grammar at work: the lines of a text turned into runs. A line means the same wherever the
//! parser is in the same state, and half of the lines in code blocks were seen before (`}`,
//! imports, blank lines), so what each came to is remembered. The memory is bounded, and so is
//! the time that hostile lines may take.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use syntect::parsing::{ParseState, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::class::{Class, Rules, Stack};
use super::runs::{Run, Runs, without_space};

/// What a thread may remember of a grammar, in bytes, counted roughly: lines that come back come early.
const MEMORY: usize = 1 << 20;
/// How many states it may remember, and how many that look alike from outside.
const STATES: usize = 2048;
const ALIKE: usize = 32;

/// Ordinary lines take a tenth of a millisecond; one that takes this long is up to something.
const SLOW: Duration = Duration::from_millis(100);
/// What one slow line counts for at most: a machine may fall asleep.
const SLOW_AT_MOST: Duration = Duration::from_secs(1);
/// After this much time spent on slow lines a grammar is not used any more.
const PATIENCE: Duration = Duration::from_secs(3);

thread_local! {
    /// By the grammar's place in the set. It is the thread's since syntect's states can't leave
    /// theirs, and it can only ever save time: it holds what follows from the grammars alone.
    static REMEMBERED: RefCell<HashMap<usize, Memory>> = RefCell::default();
}

/// A grammar, and what is needed to use it.
#[derive(Clone, Copy)]
pub struct Grammar<'a> {
    /// All grammars, since they refer to each other.
    pub set: &'a SyntaxSet,
    /// The place of this one among them.
    pub place: usize,
    /// What scopes mean.
    pub rules: &'a Rules,
    /// The time that hostile lines have taken.
    pub patience: &'a Patience,
}

/// How long a grammar has been slow, in milliseconds, over all threads.
#[derive(Debug, Default)]
pub struct Patience(AtomicU64);

/// The parser between two lines.
#[derive(Clone, PartialEq, Eq)]
struct State {
    parser: ParseState,
    stack: Stack,
}

/// A remembered state, and the lines that were met in it: what each is, and the state after it.
struct Node {
    state: State,
    lines: HashMap<Box<str>, (Box<[Run]>, usize)>,
}

#[derive(Default)]
struct Memory {
    nodes: Vec<Node>,
    /// Nodes by the hash of their stack: parser states can be compared but not hashed.
    alike: HashMap<u64, Vec<usize>>,
    bytes: usize,
}

impl Patience {
    /// Whether it is at an end.
    pub fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed) > PATIENCE.as_millis() as u64
    }

    /// Ends it.
    pub fn end(&self) {
        self.0.fetch_add(2 * PATIENCE.as_millis() as u64, Ordering::Relaxed);
    }

    /// Takes note of the time that a line took.
    pub fn spend(&self, time: Duration) {
        if time > SLOW {
            self.0.fetch_add(time.min(SLOW_AT_MOST).as_millis() as u64, Ordering::Relaxed);
        }
    }
}

impl Grammar<'_> {
    /// The runs of a text; none if the grammar failed, or if there is no more patience with it.
    pub fn runs(self, text: &str) -> Option<Runs> {
        REMEMBERED.with_borrow_mut(|all| self.runs_with(all.entry(self.place).or_default(), text))
    }

    fn runs_with(self, memory: &mut Memory, text: &str) -> Option<Runs> {
        let mut runs = Runs::default();
        let mut last = String::new();
        let start = State { parser: ParseState::new(&self.set.syntaxes()[self.place]), stack: Stack::default() };
        let mut node = memory.node(&start);
        let mut ahead = Some(start);
        for line in LinesWithEndings::from(text) {
            let line = with_newline(line, &mut last);
            if let Some((known, next)) = node.and_then(|node| memory.nodes[node].lines.get(line)) {
                known.iter().for_each(|run| runs.push(run.length as usize, run.class));
                (node, ahead) = (Some(*next), None);
                continue;
            }
            let mut state = match ahead.take() {
                Some(state) => state,
                None => memory.nodes[node?].state.clone(),
            };
            let found = self.parse(&mut state, line)?;
            found.0.iter().for_each(|run| runs.push(run.length as usize, run.class));
            node = memory.remember(node, line, found, &state);
            ahead = Some(state);
        }
        runs.0.pop_if(|run| run.class == Class::Plain);
        Some(runs)
    }

    fn parse(self, state: &mut State, line: &str) -> Option<Runs> {
        if self.patience.is_over() {
            return None;
        }
        let begun = Instant::now();
        let steps = state.parser.parse_line(line, self.set).ok()?;
        self.patience.spend(begun.elapsed());
        let mut runs = Runs::default();
        let mut done = 0;
        for (place, step) in &steps {
            if *place > done
                && let Some(token) = line.get(done..*place)
            {
                runs.push(token.len(), state.stack.class().of_word(token));
                done = *place;
            }
            state.stack.apply(step, self.rules);
        }
        runs.push(line.len() - done, state.stack.class());
        Some(without_space(line, &runs))
    }
}

impl Memory {
    /// The node of a state, made if there is none and there is room for one.
    fn node(&mut self, state: &State) -> Option<usize> {
        let mut hasher = DefaultHasher::new();
        state.stack.hash(&mut hasher);
        let alike = self.alike.entry(hasher.finish()).or_default();
        if let Some(known) = alike.iter().find(|node| self.nodes[**node].state == *state) {
            return Some(*known);
        }
        if alike.len() >= ALIKE || self.nodes.len() >= STATES {
            return None;
        }
        alike.push(self.nodes.len());
        self.nodes.push(Node { state: state.clone(), lines: HashMap::new() });
        Some(self.nodes.len() - 1)
    }

    /// Keeps what a line came to, if there is room, and gives the node of the state after it.
    fn remember(&mut self, from: Option<usize>, line: &str, runs: Runs, after: &State) -> Option<usize> {
        let next = self.node(after)?;
        if let Some(from) = from.filter(|_| self.bytes < MEMORY) {
            self.bytes += line.len() + runs.0.len() * size_of::<Run>() + 96;
            self.nodes[from].lines.insert(line.into(), (runs.0.into(), next));
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
