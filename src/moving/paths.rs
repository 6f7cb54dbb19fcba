//! Which files of a project lie elsewhere after a move.

use std::collections::BTreeMap;

use crate::source::SourcePath;

/// Files by where they lie before a move and after it; those that stay are none of them.
#[derive(Clone, Debug, Default)]
pub struct PathMoves {
    after: BTreeMap<SourcePath, SourcePath>,
    before: BTreeMap<SourcePath, SourcePath>,
}

impl PathMoves {
    /// None.
    pub const fn none() -> Self {
        Self { after: BTreeMap::new(), before: BTreeMap::new() }
    }

    /// Those of some moves, each from its first place to its second.
    pub fn of(moves: impl IntoIterator<Item = (SourcePath, SourcePath)>) -> Self {
        let after: BTreeMap<SourcePath, SourcePath> = moves.into_iter().filter(|(from, to)| from != to).collect();
        let before = after.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
        Self { after, before }
    }

    /// Where a file lies afterwards.
    pub fn after<'a>(&'a self, path: &'a SourcePath) -> &'a SourcePath {
        self.after.get(path).unwrap_or(path)
    }

    /// Where a file lay before.
    pub fn before<'a>(&'a self, path: &'a SourcePath) -> &'a SourcePath {
        self.before.get(path).unwrap_or(path)
    }

    /// Where a file goes, if it does.
    pub fn goes_to(&self, path: &SourcePath) -> Option<&SourcePath> {
        self.after.get(path)
    }

    /// All that move, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &SourcePath)> {
        self.after.iter()
    }

    /// Whether nothing moves.
    pub fn is_empty(&self) -> bool {
        self.after.is_empty()
    }
}
