//! The grammars' contexts, as syntect has them, made ready for reading lines: what they include is put in its
//! place, references are numbers, scopes are what they mean, and it is known what each pattern can begin with.
//! Each is made when a text leads to it, and threads share them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use syntect::parsing::syntax_definition::{self as definition, ContextId, ContextReference, MatchOperation};
use syntect::parsing::{ClearAmount, ParseState, Scope, SyntaxSet};

use crate::class::{Rule, rule_of};
use crate::regex::{self, Before, PatternTree, Regex, Symbols};

/// Contexts that include each other in a circle would never end.
const DEPTH: usize = 50;

/// The number of a context.
pub(super) type Number = usize;

/// What may come at a place.
#[derive(Debug)]
pub(crate) struct Context {
    /// What all of it is, the text that leads to it and from it included.
    pub meta: Box<[Rule]>,
    /// What the text between is.
    pub meta_content: Box<[Rule]>,
    /// What it sets aside of what is around it.
    pub clears: Option<ClearAmount>,
    /// What may come here as it may nearly everywhere.
    pub prototype: Option<Number>,
    /// Whether its patterns refer to what led here.
    pub refers_back: bool,
    /// What it looks for, the first of those that match decides.
    pub patterns: Box<[Arc<Pattern>]>,
}

/// What a context looks for, and what happens then.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// Its own number.
    pub number: usize,
    /// Whether its text refers to what led to its context.
    pub refers_back: bool,
    /// What it found is.
    pub scope: Box<[Rule]>,
    /// What its groups are.
    pub groups: Box<[(usize, Box<[Rule]>)]>,
    /// What comes after it.
    pub operation: Operation,
    /// What may come everywhere in the context that it leads to.
    pub with_prototype: Option<Number>,
    /// What it can begin with, by what stands before; none if that isn't known.
    pub first: Option<[Symbols; 4]>,
    tree: PatternTree,
    regex: Regex,
}

/// Where a pattern leads.
#[derive(Debug)]
pub(crate) enum Operation {
    /// Nowhere.
    Stay,
    /// Back.
    Pop,
    /// Into contexts.
    Push(Box<[Number]>),
    /// Into contexts in the place of this one.
    Set(Box<[Number]>),
}

/// All contexts that were made.
#[derive(Debug, Default)]
pub(crate) struct Contexts {
    made: Mutex<MadeContexts>,
}

#[derive(Debug, Default)]
struct MadeContexts {
    numbers: HashMap<ContextId, Number>,
    /// None of one that syntect can't read any more.
    references: Vec<Option<ContextReference>>,
    contexts: Vec<Option<Arc<Context>>>,
    patterns: HashMap<(ContextId, usize), Arc<Pattern>>,
    rules: HashMap<Scope, Rule>,
}

impl Contexts {
    /// Where a grammar begins.
    pub(crate) fn start(&self, set: &SyntaxSet, place: usize) -> Option<Number> {
        // The set tells it to its parser only, and the parser tells it only to who debugs it.
        let shown = format!("{:?}", ParseState::new(set.syntaxes().get(place)?));
        let number = |name: &str| {
            let (_, rest) = shown.split_once(name)?;
            rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse::<usize>().ok()
        };
        let id = serde_json::json!({
            "syntax_index": number("syntax_index: ")?,
            "context_index": number("context_index: ")?,
        });
        let id: ContextId = serde_json::from_value(id).ok()?;
        Some(self.lock().number(&id))
    }

    /// A context by its number; none if the grammars refer to one that isn't there.
    pub(crate) fn get(&self, set: &SyntaxSet, number: Number) -> Option<Arc<Context>> {
        self.lock().get(set, number)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, MadeContexts> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MadeContexts {
    fn number(&mut self, id: &ContextId) -> Number {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.references.len();
        self.numbers.insert(*id, number);
        self.references.push(reference(id));
        self.contexts.push(None);
        number
    }

    fn get(&mut self, set: &SyntaxSet, number: Number) -> Option<Arc<Context>> {
        if let Some(context) = &self.contexts[number] {
            return Some(Arc::clone(context));
        }
        let reference = self.references[number].clone()?;
        let found = reference.resolve(set).ok()?;
        let mut patterns = Vec::new();
        self.collect(set, &reference.id().ok()?, found, &mut patterns, 0);
        let context = Arc::new(Context {
            meta: self.rules(&found.meta_scope),
            meta_content: self.rules(&found.meta_content_scope),
            clears: found.clear_scopes,
            prototype: found.prototype.as_ref().map(|id| self.number(id)),
            refers_back: found.uses_backrefs,
            patterns: patterns.into(),
        });
        self.contexts[number] = Some(Arc::clone(&context));
        Some(context)
    }

    /// The patterns of a context and of those that it includes, in order.
    fn collect(
        &mut self,
        set: &SyntaxSet,
        id: &ContextId,
        context: &definition::Context,
        patterns: &mut Vec<Arc<Pattern>>,
        depth: usize,
    ) {
        for (place, pattern) in context.patterns.iter().enumerate() {
            match pattern {
                definition::Pattern::Match(pattern) => {
                    let known = self.patterns.get(&(*id, place)).cloned();
                    patterns.push(known.unwrap_or_else(|| {
                        let made = Arc::new(self.pattern(pattern));
                        self.patterns.insert((*id, place), Arc::clone(&made));
                        made
                    }));
                }
                definition::Pattern::Include(reference) => {
                    if let (Ok(id), Ok(context)) = (reference.id(), reference.resolve(set))
                        && depth < DEPTH
                    {
                        self.collect(set, &id, context, patterns, depth + 1);
                    }
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &definition::MatchPattern) -> Pattern {
        let mut numbers = |references: &[ContextReference]| {
            references.iter().filter_map(|reference| reference.id().ok()).map(|id| self.number(&id)).collect()
        };
        let operation = match &pattern.operation {
            MatchOperation::None => Operation::Stay,
            MatchOperation::Pop => Operation::Pop,
            MatchOperation::Push(references) => Operation::Push(numbers(references)),
            MatchOperation::Set(references) => Operation::Set(numbers(references)),
        };
        let with_prototype = pattern.with_prototype.as_ref().and_then(|reference| reference.id().ok());
        let groups = pattern.captures.iter().flatten().map(|(group, scopes)| (*group, self.rules(scopes))).collect();
        let text = pattern.regex.regex_str();
        let tree = regex::parse(text);
        let first = Before::ALL.map(|before| tree.first(before));
        Pattern {
            number: self.patterns.len(),
            refers_back: pattern.has_captures,
            scope: self.rules(&pattern.scope),
            groups,
            operation,
            with_prototype: with_prototype.map(|id| self.number(&id)),
            first: Some(first).filter(|first| *first != [Symbols::ALL; 4]),
            tree,
            regex: Regex::new(text.to_owned()),
        }
    }

    fn rules(&mut self, scopes: &[Scope]) -> Box<[Rule]> {
        let rule = |scope: &Scope| *self.rules.entry(*scope).or_insert_with(|| rule_of(&scope.build_string()));
        scopes.iter().map(rule).collect()
    }
}

/// A reference to a context: what syntect doesn't let others write, it reads.
fn reference(id: &ContextId) -> Option<ContextReference> {
    serde_json::from_value(serde_json::json!({ "Direct": id })).ok()
}

impl Pattern {
    /// What is known of it without Oniguruma.
    pub(crate) fn tree(&self) -> &PatternTree {
        &self.tree
    }

    /// Its text, compiled.
    pub(crate) fn regex(&self) -> &Regex {
        &self.regex
    }

    /// The same with what led to its context in the place of what refers to it.
    pub(crate) fn regex_after(&self, groups: &[Option<Box<str>>]) -> String {
        let mut text = String::with_capacity(self.regex.text().len());
        let mut is_escaped = false;
        for c in self.regex.text().chars() {
            match c.to_digit(10).filter(|_| is_escaped) {
                Some(group) => {
                    let found = groups.get(group as usize).and_then(Option::as_deref).unwrap_or_default();
                    for c in found.chars() {
                        if r"\.+*?()|[]{}^$#&-~".contains(c) {
                            text.push('\\');
                        }
                        text.push(c);
                    }
                }
                None if is_escaped => text.extend(['\\', c]),
                None if c != '\\' => text.push(c),
                None => {}
            }
            is_escaped = c == '\\' && !is_escaped;
        }
        if is_escaped {
            text.push('\\');
        }
        text
    }
}
