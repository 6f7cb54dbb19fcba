//! Old addresses that nothing lies at any more, and where each leads now.

use super::moved::MovedSite;
use super::things::{Thing, ThingOf};
use crate::ledger::{Address, Standing};
use crate::site::link::Target;
use crate::site::{Edition, address};
use crate::source::SourcePath;

/// An address that leads elsewhere from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedAddress {
    /// The old one.
    pub from: Address,
    /// The one that has what was there.
    pub to: Address,
}

/// All of them, in order. What lies at an address afterwards, whatever it is, answers there.
pub(super) fn moved(site: &MovedSite<'_>) -> Vec<MovedAddress> {
    let mut moved = Vec::new();
    for edition in 0..site.after.editions().len() {
        let (was, after) = (site.was(edition), site.after.edition(edition));
        for (address, thing) in site.before.published(was) {
            let there = site.after.at(edition, &address);
            let there = there.filter(|there| {
                !is_alias(site, there.edition, &address) && !leads_on_anew(site, [was, there.edition], &address)
            });
            if there.is_some() && (!stands_in(after, &address) || stands_in(site.before.edition(was), &address)) {
                moved.extend(left_headings(site, edition, &address, &thing));
                continue;
            }
            // A page or file that is gone went for reasons that people know.
            let is_made_of_others = !matches!(thing, Thing::Page(_) | Thing::File(_));
            let now = site.now(&ThingOf { edition: was, thing });
            let emptied = || of_emptied(site, edition, &address).filter(|_| is_made_of_others);
            let above = || above(site, edition, &address).filter(|_| is_made_of_others && !site.of.was_made);
            let to = site.after.address(&now).map(str::to_owned).or_else(emptied).or_else(above);
            if let Some(to) = to.filter(|to| *to != address) {
                moved.push(MovedAddress { from: Address::page(address), to: Address::page(to) });
            }
        }
    }
    let route = |page: &SourcePath| {
        let mut editions = site.after.editions().iter().enumerate();
        editions.find_map(|(at, edition)| Some(&edition.pages[site.after.page(at, page)?].route))
    };
    for heading in site.of.headings {
        if let (Some(from), Some(to)) = (route(&heading.from), route(&heading.to)) {
            let (from, to) = (Address::place(from, &heading.old), Address::place(to, &heading.new));
            moved.push(MovedAddress { from, to });
        }
    }
    moved.sort_by(|a, b| a.from.cmp(&b.from));
    moved.dedup();
    moved
}

/// The headings of a page that went, of which another page that is at its address now has none: the original's, say, which
/// stands in for a translation.
fn left_headings(site: &MovedSite<'_>, edition: usize, address: &str, thing: &Thing) -> Vec<MovedAddress> {
    let Thing::Page(path) = thing else { return Vec::new() };
    let was = site.was(edition);
    let now = site.now(&ThingOf { edition: was, thing: thing.clone() });
    let (before, after) = (site.before.edition(was), site.after.edition(edition));
    let page =
        before.pages.iter().find(|page| page.page.path == *path && page.route == address && page.borrowed.is_none());
    let ids_at = |address: &str| match after.target(address) {
        Some(Target::Page(id)) => after.anchors(*id),
        _ => &[],
    };
    let Some((page, to)) = page.zip(site.after.address(&now).filter(|to| *to != address)) else { return Vec::new() };
    let (here, there) = (ids_at(address), ids_at(to));
    let left = page.page.headings.iter().map(|heading| &heading.id);
    let left = left.filter(|id| !here.contains(id) && there.contains(id));
    left.map(|id| MovedAddress { from: Address::place(address, id), to: Address::place(to, id) }).collect()
}

/// Where what lay below an address went that has nothing of its own any more, such as the index of an emptied folder.
fn of_emptied(site: &MovedSite<'_>, edition: usize, address: &str) -> Option<String> {
    let pages = &site.before.edition(site.was(edition)).pages;
    let below = pages.iter().filter(|page| {
        let rest = page.route.strip_prefix(address);
        rest.is_some_and(|rest| rest.starts_with('/')) && site.of.paths.goes_to(&page.page.path).is_some()
    });
    let now = |path: &SourcePath| {
        let page = ThingOf { edition, thing: Thing::Page(site.of.paths.after(path).clone()) };
        site.after.address(&page).map(str::to_owned)
    };
    below.map(|page| &page.page.path).find_map(now)
}

/// The nearest address above one that something is published at, such as the whole book for an emptied part of it.
fn above(site: &MovedSite<'_>, edition: usize, address: &str) -> Option<String> {
    let mut above = address;
    loop {
        above = address::parent(above);
        let route = if above.is_empty() { "/" } else { above };
        let there = site.after.at(edition, route);
        if there.is_some_and(|there| !is_alias(site, there.edition, route)) {
            return Some(route.to_owned());
        }
        if above.is_empty() {
            return None;
        }
    }
}

/// Whether an address is that of a front page that is made where there is none: who keeps the address of a page that was
/// the front wants that page.
fn stands_in(site: &Edition, address: &str) -> bool {
    let leads_on = || matches!(site.target(address), Some(Target::Redirect(_)));
    site.front_route() == address && (site.stand_in.is_some() || leads_on())
}

/// Whether an address is only another way to write one: then nothing is published there.
fn is_alias(site: &MovedSite<'_>, edition: usize, address: &str) -> bool {
    matches!(site.after.edition(edition).target(address), Some(Target::Alias(_) | Target::Draft))
}

/// Whether what the ledger says of an address counts only now that nothing is published there: a line of old, which says
/// nothing of what was there until now.
fn leads_on_anew(site: &MovedSite<'_>, [was, is]: [usize; 2], address: &str) -> bool {
    let by_ledger = |site: &Edition| {
        let known = site.ledger.entry(&Address::page(address));
        known.is_some_and(|known| known.standing != Standing::Published)
            && (matches!(site.target(address), Some(Target::Redirect(_))) || site.moved_files.contains_key(address))
    };
    by_ledger(site.after.edition(is)) && !by_ledger(site.before.edition(was))
}
