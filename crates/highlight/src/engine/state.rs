//! Where a grammar is between two lines, and which contexts are looked into there.

use super::grammar::Number;
use crate::class::Stack;

/// What a group of a pattern found.
pub(super) type Groups = Box<[Option<Box<str>>]>;

/// Where a grammar is between two lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GrammarState {
    /// The contexts that it is in, the innermost last.
    pub(super) levels: Vec<ContextLevel>,
    /// Prototypes of contexts below the last of these places are out of sight.
    pub hidden_below: Vec<usize>,
    /// What all that is around here is.
    pub classes: Stack,
}

/// A context that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ContextLevel {
    /// Its number.
    pub context: Number,
    /// What may come everywhere in it and in what it leads to.
    pub prototypes: Vec<Number>,
    /// What led here, where its patterns refer to that.
    pub groups: Option<Groups>,
}

/// A context that is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ContextLink {
    /// Whether since one around it asks for it.
    pub is_from_around: bool,
    /// Its number.
    pub context: Number,
    /// Whether what led there is known.
    pub has_groups: bool,
}

impl GrammarState {
    /// Before the first line of a text.
    pub(super) fn at(context: Number, classes: Stack) -> GrammarState {
        let level = ContextLevel { context, prototypes: Vec::new(), groups: None };
        GrammarState { levels: vec![level], hidden_below: Vec::new(), classes }
    }

    /// The contexts that are looked into, in order, each with what led there.
    pub(super) fn chain<'s>(
        &'s self,
        top: &'s ContextLevel,
        prototype: Option<Number>,
    ) -> impl Iterator<Item = (ContextLink, Option<&'s Groups>)> {
        let visible = &self.levels[self.visible_from().min(self.levels.len())..];
        let around = visible.iter().flat_map(|level| {
            let groups = level.groups.as_ref();
            level.prototypes.iter().map(move |context| (ContextLink::new(true, *context, groups), groups))
        });
        let own = top.groups.as_ref();
        around
            .chain(prototype.map(|context| (ContextLink::new(false, context, None), None)))
            .chain([(ContextLink::new(false, top.context, own), own)])
    }

    /// The first level that is not out of sight.
    pub(super) fn visible_from(&self) -> usize {
        self.hidden_below.last().copied().unwrap_or(0)
    }
}

impl ContextLink {
    fn new(is_from_around: bool, context: Number, groups: Option<&Groups>) -> ContextLink {
        ContextLink { is_from_around, context, has_groups: groups.is_some() }
    }
}
