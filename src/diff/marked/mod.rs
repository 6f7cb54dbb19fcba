//! What an edit does to a page as it is read: two trees of it become one, in which stands what is new and what is gone.
//! Words that come or go are marked where their paragraph stayed; blocks as blocks; and where something is built
//! otherwise, both stand beside each other. Who drops all that is marked as new reads what was there before, and the other
//! way round: `tests` holds it.

mod blocks;
mod code;
mod finish;
mod fold;
mod inline;
mod parts;
mod mark;
mod pairs;
mod table;
mod word;

pub(crate) use finish::{MarkWords, ids, labelled, unique_ids};
pub(crate) use fold::folded;

use crate::html::tree::{TreeElement, TreeNode};
pub(crate) use mark::is_marked;
use mark::{EditMark, wrapped_blocks};

/// Two states of what stands in an element as one.
pub(crate) fn marked(old: Option<&TreeElement>, new: Option<&TreeElement>) -> Vec<TreeNode> {
    match (old, new) {
        (Some(old), Some(new)) => blocks::content(old, new),
        (Some(old), None) => wrapped_blocks(EditMark::Deleted, &old.children),
        (None, Some(new)) => wrapped_blocks(EditMark::Inserted, &new.children),
        (None, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
