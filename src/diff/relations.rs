//! Relations that are new or gone.

use std::collections::BTreeSet;

use super::change::RelationChange;
use super::pairs::Pairs;
use super::view::{ComparedSite, RelationTo};

pub(super) fn changed(before: &ComparedSite<'_>, after: &ComparedSite<'_>, pairs: &Pairs) -> Vec<RelationChange> {
    let path = |old: usize| match pairs.after.get(&old) {
        Some(&new) => after.pages[new].path.as_str(),
        None => before.pages[old].path.as_str(),
    };
    let told = |relations: &BTreeSet<(String, usize, RelationTo)>,
                path: &dyn Fn(usize) -> String|
     -> BTreeSet<(String, String, String)> {
        let one = |(name, from, to): &(String, usize, RelationTo)| {
            let to = match to {
                RelationTo::Page(place) => path(*place),
                RelationTo::Entry(entry) => entry.clone(),
            };
            (name.clone(), path(*from), to)
        };
        relations.iter().map(one).collect()
    };
    let was = told(&before.relations, &|old| path(old).to_owned());
    let is = told(&after.relations, &|new| after.pages[new].path.clone());
    let change = |(name, from, to): &(String, String, String), added| RelationChange {
        name: name.clone(),
        from: from.clone(),
        to: to.clone(),
        added,
    };
    let mut changes: Vec<RelationChange> = is.difference(&was).map(|one| change(one, true)).collect();
    changes.extend(was.difference(&is).map(|one| change(one, false)));
    changes.sort_unstable();
    changes
}
