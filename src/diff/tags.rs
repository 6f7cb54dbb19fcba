//! Tags that appeared, vanished or are written otherwise.

use std::collections::BTreeSet;

use super::change::TagChanges;
use super::view::ComparedSite;
use crate::nearest::nearest;

pub(super) fn changed(before: &ComparedSite<'_>, after: &ComparedSite<'_>) -> TagChanges {
    let (old, new): (BTreeSet<&String>, BTreeSet<&String>) =
        (before.labels.keys().collect(), after.labels.keys().collect());
    let mut vanished: Vec<&String> = old.difference(&new).copied().collect();
    let mut appeared: Vec<&String> = new.difference(&old).copied().collect();
    let mut respelt = Vec::new();
    // Who is meant must be the same from both sides.
    vanished.retain(|gone| {
        let meant = nearest(gone, appeared.iter().map(|label| label.as_str()));
        let back = meant.and_then(|meant| nearest(meant, old.difference(&new).map(|label| label.as_str())));
        match meant.filter(|_| back == Some(gone.as_str())) {
            Some(meant) => {
                respelt.push(((*gone).clone(), meant.to_owned()));
                let at = appeared.iter().position(|label| *label == meant);
                at.map(|at| appeared.remove(at));
                false
            }
            None => true,
        }
    });
    let owned = |labels: Vec<&String>| labels.into_iter().cloned().collect();
    respelt.sort_unstable();
    TagChanges { appeared: owned(appeared), vanished: owned(vanished), respelt }
}
