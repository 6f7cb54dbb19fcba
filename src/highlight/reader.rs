//! A line read as a grammar says: what comes first, what it and its groups are, and where it leads. It does
//! what `syntect::parsing::ParseState` does (the tests hold it to that) in a part of its time, but comes out of circles, and
//! goes on where contexts are nested too deep.

mod find;

use std::sync::Arc;
use std::time::{Duration, Instant};

use onig::Region;
use syntect::parsing::SyntaxSet;

use super::class::{Stack, Step};
use super::grammar::{Context, Contexts, Number, Operation, Pattern};
use super::runs::{Runs, without_space};
pub use find::Known;
use find::{Found, Link};

/// So many steps on one place lead in a circle.
const CIRCLE: usize = 500;
/// A line that takes this long is given up. Most take some microseconds.
pub const LONGEST: Duration = Duration::from_secs(2);

/// What a group of a pattern found.
type Groups = Box<[Option<Box<str>>]>;

/// Where a grammar is between two lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    levels: Vec<Level>,
    /// Prototypes of contexts below the last of these places are out of sight.
    hidden_below: Vec<usize>,
    classes: Stack,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Level {
    context: Number,
    /// What may come everywhere in it and in what it leads to.
    prototypes: Vec<Number>,
    /// What led here, where its patterns refer to that.
    groups: Option<Groups>,
}

/// Reads the lines of one text.
pub struct Reader<'a> {
    /// All grammars.
    pub set: &'a SyntaxSet,
    /// Their contexts.
    pub contexts: &'a Contexts,
    /// What is known of them.
    pub known: &'a mut Known,
    region: Region,
    /// When the line is given up.
    deadline: Instant,
}

/// A grammar led to a context that isn't there, or takes too long.
struct Lost;

impl State {
    /// Before the first line of a text.
    fn at(context: Number, classes: Stack) -> State {
        let level = Level { context, prototypes: Vec::new(), groups: None };
        State { levels: vec![level], hidden_below: Vec::new(), classes }
    }

    /// The contexts that are looked into, in order, each with what led there.
    fn chain<'s>(
        &'s self,
        top: &'s Level,
        prototype: Option<Number>,
    ) -> impl Iterator<Item = (Link, Option<&'s Groups>)> {
        let visible = &self.levels[self.visible_from().min(self.levels.len())..];
        let around = visible.iter().flat_map(|level| {
            let groups = level.groups.as_ref();
            level.prototypes.iter().map(move |number| ((true, *number, groups.is_some()), groups))
        });
        let own = top.groups.as_ref();
        around
            .chain(prototype.map(|number| ((false, number, false), None)))
            .chain([((false, top.context, own.is_some()), own)])
    }

    fn visible_from(&self) -> usize {
        self.hidden_below.last().copied().unwrap_or(0)
    }
}

impl<'a> Reader<'a> {
    /// A reader of texts in these grammars.
    pub fn new(set: &'a SyntaxSet, contexts: &'a Contexts, known: &'a mut Known) -> Self {
        Reader { set, contexts, known, region: Region::new(), deadline: Instant::now() }
    }

    /// Where a grammar begins, by its place in the set.
    pub fn start(&mut self, place: usize) -> Option<State> {
        let number = self.contexts.start(self.set, place)?;
        let context = self.context(number).ok()?;
        let mut classes = Stack::default();
        context.meta_content.first().into_iter().for_each(|rule| classes.apply(Step::Push(*rule)));
        Some(State::at(number, classes))
    }

    /// The runs of a line, which ends in a newline; none if the grammar fails.
    pub fn line(&mut self, state: &mut State, line: &str) -> Option<Runs> {
        self.known.line += 1;
        self.deadline = Instant::now() + LONGEST;
        let mut writer = Writer { line, done: 0, runs: Runs::default() };
        let (mut start, mut pushed_at, mut idle) = (0, (0, 0), 0);
        loop {
            let depth = state.levels.len();
            while state.hidden_below.last().is_some_and(|place| *place >= depth) {
                state.hidden_below.pop();
            }
            let Some(found) = self.find(state, line, start, pushed_at == (start, depth)).ok()? else { break };
            if found.would_loop || idle > CIRCLE {
                // What leads back to where it came from is passed over, with one character.
                match line[start..].char_indices().nth(1) {
                    Some((length, _)) => start += length,
                    None => break,
                }
                idle = 0;
                continue;
            }
            idle = if found.end > start { 0 } else { idle + 1 };
            if found.end <= start && matches!(found.pattern.operation, Operation::Push(_)) {
                pushed_at = (found.end, depth + 1);
            }
            start = found.end;
            if found.is_from_around {
                state.hidden_below.push(depth);
            }
            self.follow(state, &mut writer, &found).ok()?;
        }
        let Writer { mut runs, done, .. } = writer;
        runs.push(line.len() - done, state.classes.class());
        Some(without_space(line, &runs))
    }

    fn context(&mut self, number: Number) -> Result<Arc<Context>, Lost> {
        let contexts = &mut self.known.contexts;
        if contexts.len() <= number {
            contexts.resize(number + 1, None);
        }
        if contexts[number].is_none() {
            contexts[number] = self.contexts.get(self.set, number);
        }
        contexts[number].clone().ok_or(Lost)
    }

    /// Does what a pattern asks for that was found.
    fn follow(&mut self, state: &mut State, writer: &mut Writer<'_>, found: &Found) -> Result<(), Lost> {
        let (pattern, classes) = (&*found.pattern, &mut state.classes);
        let here = state.levels.last().ok_or(Lost)?.context;
        let mut targets = Vec::new();
        if let Operation::Push(numbers) | Operation::Set(numbers) = &pattern.operation {
            for number in numbers {
                targets.push(self.context(*number)?);
            }
        }
        let here = self.context(here)?;
        let has_groups = !pattern.groups.is_empty();
        if has_groups {
            self.find_groups(writer.line, found);
        }
        before_match(pattern, &here, &targets, |step| writer.step(found.start, step, classes));
        pattern.scope.iter().for_each(|rule| writer.step(found.start, Step::Push(*rule), classes));
        self.mark_groups(pattern, writer, classes);
        if !pattern.scope.is_empty() {
            writer.step(found.end, Step::Pop(pattern.scope.len()), classes);
        }
        after_match(pattern, &here, &targets, |step| writer.step(found.end, step, classes));
        self.lead(state, (found, has_groups), writer.line, &targets)
    }

    /// Matches again, with groups.
    fn find_groups(&mut self, line: &str, found: &Found) {
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

    fn mark_groups(&self, pattern: &Pattern, writer: &mut Writer<'_>, classes: &mut Stack) {
        let mut steps: Vec<((usize, i64), Step)> = Vec::new();
        for (group, rules) in &pattern.groups {
            let Some((start, end)) = self.region.pos(*group).filter(|(start, end)| start != end) else { continue };
            // The outer of two groups that begin together comes first.
            let order = start as i64 - end as i64;
            steps.extend(rules.iter().map(|rule| ((start, order), Step::Push(*rule))));
            steps.push(((end, i64::MIN), Step::Pop(rules.len())));
        }
        steps.sort_by_key(|(place, _)| *place);
        for ((place, _), step) in steps {
            writer.step(place, step, classes);
        }
    }

    /// Goes where a pattern leads. Its groups are found now, if they weren't and the contexts refer to them.
    fn lead(
        &mut self,
        state: &mut State,
        (found, mut has_groups): (&Found, bool),
        line: &str,
        targets: &[Arc<Context>],
    ) -> Result<(), Lost> {
        let pattern = &*found.pattern;
        let (numbers, mut kept) = match &pattern.operation {
            Operation::Stay => return Ok(()),
            Operation::Pop => {
                state.levels.pop();
                return Ok(());
            }
            Operation::Push(numbers) => (numbers, Vec::new()),
            Operation::Set(numbers) => (numbers, state.levels.pop().map(|level| level.prototypes).unwrap_or_default()),
        };
        for (at, (number, context)) in numbers.iter().zip(targets).enumerate() {
            let mut prototypes = std::mem::take(&mut kept);
            if at + 1 == numbers.len() {
                prototypes.extend(pattern.with_prototype);
            }
            let mut refers_back = context.refers_back;
            for number in &prototypes {
                refers_back |= self.context(*number)?.refers_back;
            }
            if refers_back && !has_groups {
                self.find_groups(line, found);
                has_groups = true;
            }
            let groups = refers_back.then(|| {
                let text = |group| self.region.pos(group).and_then(|(start, end)| line.get(start..end)).map(Box::from);
                (0..self.region.len()).map(text).collect()
            });
            state.levels.push(Level { context: *number, prototypes, groups });
        }
        Ok(())
    }
}

/// What happens to the scopes around before a match, as far as it leads to other contexts.
fn before_match(pattern: &Pattern, here: &Context, targets: &[Arc<Context>], mut step: impl FnMut(Step)) {
    let is_set = match pattern.operation {
        Operation::Stay => return,
        Operation::Pop => return step(Step::Pop(here.meta_content.len())),
        Operation::Push(_) => false,
        Operation::Set(_) => true,
    };
    if is_set && here.clears.is_some() {
        step(Step::Restore);
    }
    for context in targets {
        if !is_set && let Some(amount) = context.clears {
            step(Step::Clear(amount));
        }
        context.meta.iter().for_each(|rule| step(Step::Push(*rule)));
    }
}

/// The same after it.
fn after_match(pattern: &Pattern, here: &Context, targets: &[Arc<Context>], mut step: impl FnMut(Step)) {
    let is_set = match pattern.operation {
        Operation::Stay => return,
        Operation::Pop => {
            step(Step::Pop(here.meta.len()));
            if here.clears.is_some() {
                step(Step::Restore);
            }
            return;
        }
        Operation::Push(_) => false,
        Operation::Set(_) => true,
    };
    let leaves = is_set && !(here.meta.is_empty() && here.meta_content.is_empty());
    let adds = |context: &Arc<Context>| !context.meta_content.is_empty() || (is_set && context.clears.is_some());
    if !leaves && !targets.iter().any(adds) {
        return;
    }
    // What was pushed before the match comes off again, since what the contexts are stands above it.
    let own = if is_set { here.meta_content.len() + here.meta.len() } else { 0 };
    step(Step::Pop(own + targets.iter().map(|context| context.meta.len()).sum::<usize>()));
    for context in targets {
        if is_set && let Some(amount) = context.clears {
            step(Step::Clear(amount));
        }
        context.meta.iter().chain(&context.meta_content).for_each(|rule| step(Step::Push(*rule)));
    }
}

/// Writes the runs of a line.
struct Writer<'a> {
    line: &'a str,
    done: usize,
    runs: Runs,
}

impl Writer<'_> {
    /// Something changes at a place.
    fn step(&mut self, place: usize, step: Step, classes: &mut Stack) {
        if place > self.done
            && let Some(token) = self.line.get(self.done..place)
        {
            self.runs.push(token.len(), classes.class().of_word(token));
            self.done = place;
        }
        classes.apply(step);
    }
}
