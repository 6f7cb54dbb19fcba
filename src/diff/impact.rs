//! What else shows a page or a file that an edit changes: pages that link to it, whose lists hold it or that name it, then
//! what shows these.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::change::{AssetChange, AssetEvent, ImpactedPage, PageChange};
use super::usage::FileUsers;
use super::view::ComparedSite;
use crate::source::Asset;

/// Both sites, and over how many steps what shows something is followed.
pub(super) struct Impact<'a> {
    pub before: &'a ComparedSite<'a>,
    pub after: &'a ComparedSite<'a>,
    pub depth: usize,
}

impl Impact<'_> {
    /// Adds to each change what shows the page: after the edit, or before where it is gone.
    pub(super) fn add_to_pages(&self, pages: &mut [PageChange]) {
        let (shown_before, shown_after) = (shown_by(self.before), shown_by(self.after));
        for change in pages {
            let (site, shown, path) = match (&change.path, &change.former_path) {
                (Some(path), _) => (self.after, &shown_after, path),
                (None, Some(path)) => (self.before, &shown_before, path),
                (None, None) => continue,
            };
            let Some(place) = site.place(path) else { continue };
            let mut steps = reached(BTreeMap::from([(place, 0)]), shown, self.depth);
            steps.remove(&place);
            change.shown_by = impacted(site, steps);
        }
    }

    /// The same for files; `text` says what is in a style sheet.
    pub(super) fn add_to_files(&self, files: &mut [AssetChange], text: &dyn Fn(&Asset) -> Option<String>) {
        for (site, are_gone) in [(self.after, false), (self.before, true)] {
            let mut of_side =
                files.iter_mut().filter(|change| (change.event == AssetEvent::Removed) == are_gone).peekable();
            // Whoever changes no file waits for nobody to look at all pages.
            if of_side.peek().is_none() {
                continue;
            }
            let (users, shown) = (FileUsers::of(site, text), shown_by(site));
            for change in of_side {
                let users = users.pages(&change.address).into_iter().map(|place| (place, 1)).collect();
                change.shown_by = impacted(site, reached(users, &shown, self.depth));
            }
        }
    }
}

fn impacted(site: &ComparedSite<'_>, steps: BTreeMap<usize, usize>) -> Vec<ImpactedPage> {
    let pages = steps.into_iter().map(|(place, steps)| ImpactedPage { steps, path: site.pages[place].path.clone() });
    let mut impacted: Vec<ImpactedPage> = pages.collect();
    impacted.sort_unstable();
    impacted
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

/// The pages that are reached from some over so many steps, these among them, each with the fewest.
fn reached(from: BTreeMap<usize, usize>, shown: &HashMap<usize, Vec<usize>>, depth: usize) -> BTreeMap<usize, usize> {
    let mut waiting: VecDeque<usize> = from.keys().copied().collect();
    let mut steps = from;
    while let Some(place) = waiting.pop_front() {
        let next = steps[&place] + 1;
        if next > depth {
            continue;
        }
        for &by in shown.get(&place).into_iter().flatten() {
            if let Entry::Vacant(free) = steps.entry(by) {
                free.insert(next);
                waiting.push_back(by);
            }
        }
    }
    steps
}
