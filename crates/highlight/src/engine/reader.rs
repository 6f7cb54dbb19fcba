//! A line read as a grammar says: what comes first, what it and its groups are, and where it leads. It does
//! what `syntect::parsing::ParseState` does (the tests hold it to that) in a part of its time, but comes out of circles, and
//! goes on where contexts are nested too deep.

use std::sync::Arc;

use syntect::parsing::SyntaxSet;

use super::find::{Finder, Knowledge, Lost, PatternMatch};
use super::grammar::{Context, Contexts, Operation, Pattern};
use super::state::{ContextLevel, GrammarState};
use crate::class::{Stack, Step};
use crate::runs::{Runs, without_space};

/// So many steps on one place lead in a circle.
const CIRCLE: usize = 500;

/// Reads the lines of one text.
pub(crate) struct LineReader<'a> {
    finder: Finder<'a>,
}

impl<'a> LineReader<'a> {
    /// A reader of texts in these grammars.
    pub(crate) fn new(set: &'a SyntaxSet, contexts: &'a Contexts, known: &'a mut Knowledge) -> Self {
        LineReader { finder: Finder::new(set, contexts, known) }
    }

    /// Where a grammar begins, by its place in the set.
    pub(crate) fn start(&mut self, place: usize) -> Option<GrammarState> {
        let number = self.finder.start(place)?;
        let context = self.finder.context(number).ok()?;
        let mut classes = Stack::default();
        context.meta_content.first().into_iter().for_each(|rule| classes.apply(Step::Push(*rule)));
        Some(GrammarState::at(number, classes))
    }

    /// The runs of a line, which ends in a newline; none if the grammar fails.
    pub(crate) fn line(&mut self, state: &mut GrammarState, line: &str) -> Option<Runs> {
        self.finder.begin_line();
        let mut writer = LineRuns { line, done: 0, runs: Runs::default() };
        let (mut start, mut pushed_at, mut idle) = (0, (0, 0), 0);
        loop {
            let depth = state.levels.len();
            while state.hidden_below.last().is_some_and(|place| *place >= depth) {
                state.hidden_below.pop();
            }
            let Some(found) = self.finder.find(state, line, start, pushed_at == (start, depth)).ok()? else { break };
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
        let LineRuns { mut runs, done, .. } = writer;
        runs.push(line.len() - done, state.classes.class());
        Some(without_space(line, &runs))
    }

    /// Does what a pattern asks for that was found.
    fn follow(
        &mut self,
        state: &mut GrammarState,
        writer: &mut LineRuns<'_>,
        found: &PatternMatch,
    ) -> Result<(), Lost> {
        let (pattern, classes) = (&*found.pattern, &mut state.classes);
        let here = state.levels.last().ok_or(Lost)?.context;
        let mut targets = Vec::new();
        if let Operation::Push(numbers) | Operation::Set(numbers) = &pattern.operation {
            for number in numbers {
                targets.push(self.finder.context(*number)?);
            }
        }
        let here = self.finder.context(here)?;
        let has_groups = !pattern.groups.is_empty();
        if has_groups {
            self.finder.find_groups(writer.line, found);
        }
        before_match(pattern, &here, &targets, |step| writer.step(found.start, step, classes));
        pattern.scope.iter().for_each(|rule| writer.step(found.start, Step::Push(*rule), classes));
        self.mark_groups(pattern, writer, classes);
        if !pattern.scope.is_empty() {
            writer.step(found.end, Step::Pop(pattern.scope.len()), classes);
        }
        after_match(pattern, &here, &targets, |step| writer.step(found.end, step, classes));
        self.lead(state, found, has_groups, &targets, writer.line)
    }

    fn mark_groups(&self, pattern: &Pattern, writer: &mut LineRuns<'_>, classes: &mut Stack) {
        let mut steps: Vec<((usize, i64), Step)> = Vec::new();
        for (group, rules) in &pattern.groups {
            let Some((start, end)) = self.finder.region.pos(*group).filter(|(start, end)| start != end) else {
                continue;
            };
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

    /// Goes where a pattern leads. Its groups are found now, if it doesn't have them and the contexts refer to them.
    fn lead(
        &mut self,
        state: &mut GrammarState,
        found: &PatternMatch,
        mut has_groups: bool,
        targets: &[Arc<Context>],
        line: &str,
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
                refers_back |= self.finder.context(*number)?.refers_back;
            }
            if refers_back && !has_groups {
                self.finder.find_groups(line, found);
                has_groups = true;
            }
            let groups = refers_back.then(|| {
                let text =
                    |group| self.finder.region.pos(group).and_then(|(start, end)| line.get(start..end)).map(Box::from);
                (0..self.finder.region.len()).map(text).collect()
            });
            state.levels.push(ContextLevel { context: *number, prototypes, groups });
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
struct LineRuns<'a> {
    line: &'a str,
    done: usize,
    runs: Runs,
}

impl LineRuns<'_> {
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
