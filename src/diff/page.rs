//! What is different of a page.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::change::{GoneHeading, PageChange, PageEvent, StatementChanges};
use super::meaning::says_the_same;
use super::view::{ComparedSite, PageSeen};
use super::words;
use crate::page::Page;
use crate::site::assessment::{item_names, statements};

/// A page that is there before and after.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a, 's> {
    pub before: &'a ComparedSite<'s>,
    pub after: &'a ComparedSite<'s>,
    pub old: usize,
    pub new: usize,
}

/// A page that is new.
pub(super) fn added(after: &ComparedSite<'_>, new: usize) -> PageChange {
    let seen = &after.pages[new];
    PageChange {
        path: Some(seen.path.clone()),
        address: Some(seen.route.to_owned()),
        words_added: words::count(seen.page),
        links_broken: seen.broken.iter().map(|&target| target.to_owned()).collect(),
        checklist: StatementChanges { added: titles(seen.page), ..StatementChanges::default() },
        ..PageChange::of(PageEvent::Added, seen.title)
    }
}

/// A page that is gone.
pub(super) fn removed(before: &ComparedSite<'_>, after: &ComparedSite<'_>, old: usize) -> PageChange {
    let seen = &before.pages[old];
    PageChange {
        former_path: Some(seen.path.clone()),
        former_address: Some(seen.route.to_owned()),
        redirected: Some(after.answers(seen.route)),
        words_removed: words::count(seen.page),
        links_mended: seen.broken.iter().map(|&target| target.to_owned()).collect(),
        checklist: StatementChanges { removed: titles(seen.page), ..StatementChanges::default() },
        ..PageChange::of(PageEvent::Removed, seen.title)
    }
}

fn titles(page: &Page) -> Vec<String> {
    statements(page).into_iter().map(|statement| statement.title).collect()
}

/// What is different of a page that is still there; nothing where nothing is.
pub(super) fn changed(kept: Kept<'_, '_>) -> Option<PageChange> {
    let (old, new) = (&kept.before.pages[kept.old], &kept.after.pages[kept.new]);
    let broken = less(&new.broken, &old.broken);
    let mended = less(&old.broken, &new.broken);
    let is_moved = old.route != new.route;
    let same_text = old.page.text == new.page.text;
    let shown_alike =
        old.path == new.path && old.title == new.title && !is_moved && broken.is_empty() && mended.is_empty();
    if same_text && shown_alike {
        return None;
    }
    let says_the_same = same_text || says_the_same(old.page, new.page);
    let event = match (old.path == new.path, says_the_same && shown_alike) {
        (false, _) => PageEvent::Renamed,
        (true, _) if same_text => PageEvent::Affected,
        (true, true) => PageEvent::Rewritten,
        (true, false) => PageEvent::Changed,
    };
    let counts = if says_the_same { words::WordCounts::default() } else { words::counts(old.page, new.page) };
    let other = |before: &str, after: &str| (before != after).then(|| before.to_owned());
    Some(PageChange {
        path: Some(new.path.clone()),
        former_path: other(&old.path, &new.path),
        former_title: other(old.title, new.title),
        address: Some(new.route.to_owned()),
        former_address: other(old.route, new.route),
        redirected: is_moved.then(|| kept.after.answers(old.route)),
        words_added: counts.added,
        words_removed: counts.removed,
        keys: keys(old.page, new.page),
        headings_added: headings_of(new.page, old.page).map(|(_, text)| text.to_owned()).collect(),
        headings_gone: gone(kept),
        links_broken: broken,
        links_mended: mended,
        checklist: checklist(old.page, new.page),
        ..PageChange::of(event, new.title)
    })
}

fn less(of: &BTreeSet<&str>, without: &BTreeSet<&str>) -> Vec<String> {
    of.difference(without).map(|&target| target.to_owned()).collect()
}

/// The keys of the front matter that say something else.
fn keys(before: &Page, after: &Page) -> Vec<String> {
    let (before, after) = (&before.meta.data, &after.meta.data);
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    all.into_iter().filter(|key| before.get(*key) != after.get(*key)).cloned().collect()
}

/// The headings of a page that another state of it hasn't, by their ids.
fn headings_of<'p>(page: &'p Page, without: &Page) -> impl Iterator<Item = (&'p str, &'p str)> {
    let known: HashSet<String> = without.headings.iter().map(|heading| heading.id.clone()).collect();
    let headings = page.headings.iter().map(|heading| (heading.id.as_str(), heading.text.as_str()));
    headings.filter(move |(id, _)| !known.contains(*id))
}

/// The headings that are gone, with the pages that linked to them: those of others, in the state before.
fn gone(kept: Kept<'_, '_>) -> Vec<GoneHeading> {
    let (old, new) = (&kept.before.pages[kept.old], &kept.after.pages[kept.new]);
    let heading = |(id, text): (&str, &str)| {
        let leads = |page: &&PageSeen<'_>| page.leads_to.binary_search(&(kept.old, id)).is_ok();
        let linking = kept.before.pages.iter().filter(leads);
        GoneHeading {
            id: id.to_owned(),
            text: text.to_owned(),
            linked_from: linking.map(|page| page.path.clone()).collect(),
        }
    };
    headings_of(old.page, new.page).map(heading).collect()
}

/// What became of the statements of a checklist, by the names that answers are kept by.
fn checklist(before: &Page, after: &Page) -> StatementChanges {
    let (before, after) = (statements(before), statements(after));
    let named = |all: &[crate::site::assessment::Statement]| -> HashMap<String, usize> {
        item_names(all).into_iter().enumerate().map(|(at, name)| (name, at)).collect()
    };
    let (old, new) = (named(&before), named(&after));
    let mut changes = StatementChanges::default();
    for (at, statement) in after.iter().enumerate() {
        let name = new.iter().find(|(_, place)| **place == at).map(|(name, _)| name);
        match name.and_then(|name| old.get(name)).map(|&place| &before[place]) {
            None => changes.added.push(statement.title.clone()),
            Some(former) if (&former.title, &former.description) != (&statement.title, &statement.description) => {
                changes.reworded.push(statement.title.clone());
            }
            Some(_) => {}
        }
    }
    for (name, &at) in &old {
        if !new.contains_key(name) {
            changes.removed.push(before[at].title.clone());
        }
    }
    for list in [&mut changes.added, &mut changes.removed, &mut changes.reworded] {
        list.sort_unstable();
    }
    changes
}
