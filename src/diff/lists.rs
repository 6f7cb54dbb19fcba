//! Lists, pages of tags, sections and cells that hold other pages than before.

use std::collections::{BTreeSet, HashMap};

use super::change::{ListChange, ListKind, PageInList};
use super::pairs::Pairs;
use super::view::{ComparedSite, ListSeen};

/// What makes a list the same before and after: what it is, what it asks for, and the page that it stands on, by its place
/// after the edit. Several may be alike in it: two lists of a page, two sections with one label.
#[derive(PartialEq, Eq, Hash)]
struct Identity<'l> {
    kind: ListKind,
    name: &'l str,
    on: Option<usize>,
}

/// A list before and after, as far as it is there.
type Both<'l> = (Option<&'l ListSeen>, Option<&'l ListSeen>);

pub(super) fn changed(before: &ComparedSite<'_>, after: &ComparedSite<'_>, pairs: &Pairs) -> Vec<ListChange> {
    let sides = Sides { before, after, pairs };
    let mut changes: Vec<ListChange> = sides.lists().into_iter().filter_map(|both| sides.change(both)).collect();
    changes.sort_by(|a, b| (a.kind, &a.on, &a.name).cmp(&(b.kind, &b.on, &b.name)));
    changes
}

/// Two states, and which page is which.
#[derive(Clone, Copy)]
struct Sides<'a, 's> {
    before: &'a ComparedSite<'s>,
    after: &'a ComparedSite<'s>,
    pairs: &'a Pairs,
}

impl<'a> Sides<'a, '_> {
    /// All lists, each with what it was. What stands on a page that is new or gone is told with the page.
    fn lists(self) -> Vec<Both<'a>> {
        let stays = |list: &&ListSeen| list.on.is_none_or(|old| self.pairs.after.contains_key(&old));
        let stood = |list: &&ListSeen| list.on.is_none_or(|new| self.pairs.before.contains_key(&new));
        let mut olds: HashMap<Identity<'a>, Vec<&'a ListSeen>> = HashMap::new();
        for list in self.before.lists.iter().filter(stays) {
            olds.entry(self.identity_of_old(list)).or_default().push(list);
        }
        let mut all: Vec<Both<'a>> = Vec::new();
        // Of those that are alike, what holds the same is the same; the others are paired as they follow.
        let mut others: Vec<&ListSeen> = Vec::new();
        for list in self.after.lists.iter().filter(stood) {
            match take_first(olds.get_mut(&identity(list, list.on)), |old| self.same_pages(old, list)) {
                Some(old) => all.push((Some(old), Some(list))),
                None => others.push(list),
            }
        }
        let mut unknown: Vec<&ListSeen> = Vec::new();
        for list in others {
            match take_first(olds.get_mut(&identity(list, list.on)), |_| true) {
                Some(old) => all.push((Some(old), Some(list))),
                None => unknown.push(list),
            }
        }
        let mut gone: Vec<&ListSeen> = olds.into_values().flatten().collect();
        gone.sort_by(|a, b| (a.kind, a.on, &a.name).cmp(&(b.kind, b.on, &b.name)));
        // What is called otherwise and holds the same is the same: a tag is respelt, a section has another label.
        for list in unknown {
            let same = gone.iter().position(|old| {
                let on = self.identity_of_old(old).on;
                old.kind == list.kind && on == list.on && self.same_pages(old, list)
            });
            all.push((same.map(|at| gone.remove(at)), Some(list)));
        }
        all.extend(gone.into_iter().map(|old| (Some(old), None)));
        all
    }

    fn identity_of_old(self, list: &'a ListSeen) -> Identity<'a> {
        identity(list, list.on.and_then(|old| self.pairs.after.get(&old).copied()))
    }

    fn same_pages(self, old: &ListSeen, new: &ListSeen) -> bool {
        let was: Vec<Option<usize>> = old.pages.iter().map(|old| self.pairs.after.get(old).copied()).collect();
        was.len() == new.pages.len() && was.iter().zip(&new.pages).all(|(was, is)| *was == Some(*is))
    }

    /// What is different of a list, if anything is.
    fn change(self, (old, new): Both<'_>) -> Option<ListChange> {
        let (held, holds) = (old.map_or(&[][..], |list| &list.pages), new.map_or(&[][..], |list| &list.pages));
        let list = new.or(old)?;
        let (was, is): (BTreeSet<usize>, BTreeSet<usize>) =
            (held.iter().copied().collect(), holds.iter().copied().collect());
        let (old_of, new_of) = (&self.pairs.before, &self.pairs.after);
        let gained = holds.iter().filter(|new| old_of.get(new).is_none_or(|old| !was.contains(old)));
        let labels: BTreeSet<&String> = old.into_iter().chain(new).flat_map(|list| &list.labels).collect();
        let gained = gained.map(|&new| self.listed(&labels, old_of.get(&new).copied(), Some(new)));
        let lost = held.iter().filter(|old| new_of.get(old).is_none_or(|new| !is.contains(new)));
        let lost = lost.map(|&old| self.listed(&labels, Some(old), new_of.get(&old).copied()));
        let stayed = held.iter().filter_map(|old| new_of.get(old)).filter(|new| is.contains(new));
        let stays = holds.iter().filter(|new| old_of.get(new).is_some_and(|old| was.contains(old)));
        let change = ListChange {
            kind: list.kind,
            name: list.name.clone(),
            on: match (new.and_then(|list| list.on), old.and_then(|list| list.on)) {
                (Some(new), _) => Some(self.after.pages[new].path.clone()),
                (None, old) => old.map(|old| self.path(old)),
            },
            gained: sorted(gained),
            lost: sorted(lost),
            reordered: !stayed.eq(stays),
        };
        (!change.gained.is_empty() || !change.lost.is_empty() || change.reordered).then_some(change)
    }

    /// A page that a list gained or lost, with the tag that it was given or lost.
    fn listed(self, labels: &BTreeSet<&String>, old: Option<usize>, new: Option<usize>) -> PageInList {
        let carries = |site: &ComparedSite<'_>, place: Option<usize>, label: &str| {
            place.is_some_and(|place| site.labels.get(label).is_some_and(|pages| pages.contains(&place)))
        };
        let differs = |label: &&&String| carries(self.before, old, label) != carries(self.after, new, label);
        let path = match (new, old) {
            (Some(new), _) => self.after.pages[new].path.clone(),
            (None, old) => old.map(|old| self.path(old)).unwrap_or_default(),
        };
        PageInList { path, through: labels.iter().find(differs).map(|label| (*label).clone()) }
    }

    /// What a page of before is called after the edit, if it is still there.
    fn path(self, old: usize) -> String {
        match self.pairs.after.get(&old) {
            Some(&new) => self.after.pages[new].path.clone(),
            None => self.before.pages[old].path.clone(),
        }
    }
}

fn identity(list: &ListSeen, on: Option<usize>) -> Identity<'_> {
    Identity { kind: list.kind, name: &list.name, on }
}

/// Takes out the first that is meant.
fn take_first<'l>(lists: Option<&mut Vec<&'l ListSeen>>, is_meant: impl Fn(&ListSeen) -> bool) -> Option<&'l ListSeen> {
    let lists = lists?;
    let at = lists.iter().position(|list| is_meant(list))?;
    Some(lists.remove(at))
}

fn sorted(pages: impl Iterator<Item = PageInList>) -> Vec<PageInList> {
    let mut pages: Vec<PageInList> = pages.collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}
