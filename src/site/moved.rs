//! What becomes of addresses that were published once, as the ledger has it: old addresses lead on or say why they
//! went, and pages answer at ids that they had. What is published now stays where it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::anchors;
use super::edition::{Edition, Frame};
use super::link::Target;
use super::published::{PageId, Published, Redirect, Retired};
use crate::ledger::{Address, Followed, Ledger, Standing};

/// Where the ids lead that a page had once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovedAnchors {
    /// Old ids by that of the heading that they belong to now.
    pub beside: BTreeMap<String, Vec<String>>,
    /// Where the others lead: an address on the site or elsewhere, or `#id` on the same page.
    pub away: BTreeMap<String, String>,
}

impl MovedAnchors {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.beside.is_empty() && self.away.is_empty()
    }

    /// All old ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = &String> {
        self.beside.values().flatten().chain(self.away.keys())
    }
}

impl Frame {
    /// Enters old addresses that the ledger knows. It is one for all languages, so the original's edition has them.
    pub(super) fn register_moves(&mut self) {
        if self.language.as_ref().is_some_and(|language| language.code != language.original) {
            return;
        }
        let ledger = Arc::clone(&self.ledger);
        let pages = ledger.moves().map(|(address, _)| address).filter(|address| address.fragment.is_none());
        for address in pages.filter(|address| self.targets.get(&address.page).is_none()).collect::<Vec<_>>() {
            let from = address.page.clone();
            let to = match ledger.follow(address) {
                Followed::Circle => continue,
                Followed::Retired(reason) => {
                    self.retired.push(Retired { route: from, reason: reason.to_owned() });
                    continue;
                }
                Followed::Elsewhere(to) => to,
                Followed::Here(to) if self.targets.get(&to.page) == Some(&Target::File) => {
                    self.targets.insert(from.clone(), Target::File);
                    self.moved_files.insert(from, to.page);
                    continue;
                }
                Followed::Here(to) => to.to_string(),
            };
            self.targets.insert(from.clone(), Target::Redirect(to.clone()));
            self.redirects.push(Redirect { from, to });
        }
    }
}

impl Edition {
    /// Where the ids lead that a page had once.
    pub fn moved_anchors(&self, id: PageId) -> MovedAnchors {
        let published = &self.pages[id];
        anchors(&self.ledger, published, || anchors::anchors(&published.page, &self.components))
    }

    /// Where fragments of an old address lead that went elsewhere than the address itself.
    pub fn moved_fragments(&self, from: &str) -> BTreeMap<String, String> {
        let is_page = |target: Option<&Target>| matches!(target, Some(Target::Page(_)));
        let siblings = || self.siblings.get().into_iter().flatten();
        // A page itself knows best where its ids are.
        let is_published = |page: &str| {
            is_page(self.targets.get(page)) || siblings().any(|sibling| is_page(sibling.targets.get(page)))
        };
        let passed = self.ledger.pages_passed(from).into_iter().filter(|page| !is_published(page));
        let places = passed.flat_map(|page| self.ledger.places_on(page));
        let moved = places.filter(|(_, entry)| entry.standing != Standing::Published);
        moved.filter_map(|(id, _)| Some((id.to_owned(), leads_to(&self.ledger, &Address::place(from, id))?))).collect()
    }
}

/// Where the ids lead that a page had once. `own` are those that it has, which it keeps. What stands in for a translation
/// had the original's.
pub(super) fn anchors(ledger: &Ledger, published: &Published, own: impl FnOnce() -> Vec<String>) -> MovedAnchors {
    let mut moved = MovedAnchors::default();
    let routes = [Some(&published.route), published.original_route.as_ref()];
    let went = |route| {
        let places = ledger.places_on(route).filter(|(_, entry)| matches!(entry.standing, Standing::Moved(_)));
        places.map(move |(id, _)| (route, id))
    };
    let mut places = routes.into_iter().flatten().flat_map(|route| went(route.as_str())).peekable();
    if places.peek().is_none() {
        return moved;
    }
    let own = own();
    let is_heading = |id: &String| published.page.headings.iter().any(|heading| heading.id == *id);
    for (route, id) in places {
        if own.iter().any(|own| own == id) || moved.ids().any(|known| known == id) {
            continue;
        }
        let old = Address::place(route, id);
        let Some(to) = leads_to(ledger, &old) else { continue };
        match ledger.follow(&old) {
            Followed::Here(Address { page, fragment }) if routes.contains(&Some(&page)) => match fragment {
                Some(fragment) if is_heading(&fragment) => {
                    moved.beside.entry(fragment).or_default().push(id.to_owned());
                }
                Some(fragment) if own.contains(&fragment) => {
                    moved.away.insert(id.to_owned(), Address::place("", fragment).to_string());
                }
                _ => {}
            },
            _ => _ = moved.away.insert(id.to_owned(), to),
        }
    }
    moved
}

/// Where an address leads at last, if it leads anywhere.
fn leads_to(ledger: &Ledger, address: &Address) -> Option<String> {
    match ledger.follow(address) {
        Followed::Here(to) => Some(to.to_string()),
        Followed::Elsewhere(to) => Some(to),
        Followed::Retired(_) | Followed::Circle => None,
    }
}
