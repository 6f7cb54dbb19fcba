//! What else shows a page that an edit changes: pages that link to it or whose lists hold it, then what shows these.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::change::{ImpactedPage, PageChange};
use super::view::ComparedSite;

/// Adds to each change what shows the page: after the edit, or before where it is gone.
pub(super) fn add(pages: &mut [PageChange], before: &ComparedSite<'_>, after: &ComparedSite<'_>, depth: usize) {
    let (shown_before, shown_after) = (shown_by(before), shown_by(after));
    for change in pages {
        let (site, shown, path) = match (&change.path, &change.former_path) {
            (Some(path), _) => (after, &shown_after, path),
            (None, Some(path)) => (before, &shown_before, path),
            (None, None) => continue,
        };
        let Some(place) = site.place(path) else { continue };
        let reached = reached(place, shown, depth).into_iter();
        let mut impacted: Vec<ImpactedPage> =
            reached.map(|(place, steps)| ImpactedPage { steps, path: site.pages[place].path.clone() }).collect();
        impacted.sort_unstable();
        change.shown_by = impacted;
    }
}

/// For each page, those that show it themselves.
fn shown_by(site: &ComparedSite<'_>) -> HashMap<usize, Vec<usize>> {
    let mut shown: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, page) in site.pages.iter().enumerate() {
        let linked = page.leads_to.iter().map(|(to, _)| *to);
        for to in linked.chain(page.holds.iter().copied()).filter(|to| *to != place) {
            shown.entry(to).or_default().push(place);
        }
    }
    shown
}

/// The pages that are reached over so many steps, each with the fewest.
fn reached(from: usize, shown: &HashMap<usize, Vec<usize>>, depth: usize) -> BTreeMap<usize, usize> {
    let mut steps = BTreeMap::from([(from, 0)]);
    let mut waiting = VecDeque::from([from]);
    while let Some(place) = waiting.pop_front() {
        let next = steps[&place] + 1;
        if next > depth {
            continue;
        }
        for &by in shown.get(&place).into_iter().flatten() {
            if let std::collections::btree_map::Entry::Vacant(free) = steps.entry(by) {
                free.insert(next);
                waiting.push_back(by);
            }
        }
    }
    steps.remove(&from);
    steps
}
