//! What files show of relations: what a page has to do with others, who names an entry of a catalogue.

use blake3::Hash;
use rayon::prelude::*;

use super::fingerprint::Fingerprint;
use crate::render::related::{self, Related};
use crate::site::{Edition, EntryId, PageId, RelationPlace, Task};

/// What each page is called where others have to do with it: many do, and pages lie all over the memory.
pub(super) struct CalledPages(Vec<Hash>);

impl CalledPages {
    /// Those of a site; of one without relations nobody asks.
    pub(super) fn of(site: &Edition) -> Self {
        let called = |id: PageId| {
            let page = &site.pages[id];
            let mut shown = Fingerprint::default();
            shown.text(&page.title).text(&page.label).text(&page.route);
            shown.maybe(site.language_of_borrowed(id)).maybe(site.identity_of(id)).end()
        };
        let pages = if site.config.relations.is_empty() { 0 } else { site.pages.len() };
        Self((0..pages).into_par_iter().map(|id| site.effort.time(Task::Relations, || called(id))).collect())
    }
}

/// What a page is called, and what it has to do with others: a translation may have both from its original.
pub(super) fn of_page(shown: &mut Fingerprint, site: &Edition, called: &CalledPages, id: PageId) {
    if !site.config.identities.is_empty() {
        shown.maybe(site.identity_of(id));
    }
    ends(shown, site, called, related::of_page(site, id));
}

/// What an entry of a catalogue says on its page, and who names it.
pub(super) fn of_entry(shown: &mut Fingerprint, site: &Edition, called: &CalledPages, id: EntryId) {
    if let (Some(catalog), Some(entry)) = (site.catalogs.at(id.catalog), site.catalogs.entry(id)) {
        shown.text(&catalog.title).text(&catalog.version);
        shown.text(&entry.id).text(&entry.title).text(&entry.text).maybe(entry.address.as_deref());
    }
    ends(shown, site, called, related::of_entry(site, id));
}

/// Pages and entries at ends of relations.
fn ends(shown: &mut Fingerprint, site: &Edition, called: &CalledPages, related: Vec<Related<'_>>) {
    for related in related {
        shown.text(related.name).text(related.label).number(related.others.len());
        for other in related.others {
            shown.maybe(other.note);
            match other.place {
                RelationPlace::Page(id) => _ = shown.text("page").hash(called.0[id]),
                RelationPlace::Entry(id) => {
                    if let (Some(catalog), Some(entry)) = (site.catalogs.at(id.catalog), site.catalogs.entry(id)) {
                        shown.text("entry").text(&catalog.title).text(&entry.id).text(&entry.title);
                        shown.maybe(entry.address.as_deref()).maybe(site.entry_route(id));
                    }
                }
                RelationPlace::Draft | RelationPlace::Nowhere => {}
            }
        }
    }
}
