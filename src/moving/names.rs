//! What pages are called by others, by id, path or address, where a move changes that.

use super::moved::{MovedSite, Seat};
use super::things::{Thing, ThingOf};
use crate::site::{Edition, PageId};

/// A page by a name that it has afterwards.
pub(super) struct Renamed {
    pub(super) page: ThingOf,
    /// The name, if it is another.
    pub(super) name: Option<String>,
}

/// The place of a page afterwards.
pub(super) fn page_now(site: &MovedSite<'_>, seat: Seat, was: PageId) -> Option<PageId> {
    let before = site.before.edition(site.was(seat.edition));
    site.after.page(seat.edition, site.of.paths.after(&before.pages[was].page.path))
}

/// What a page is called afterwards that had a name before, in the way in which that was written.
pub(super) fn renamed(site: &MovedSite<'_>, seat: Seat, was: PageId, name: &str) -> Option<Renamed> {
    called(site, seat, Called { was, name, now: page_now(site, seat, was)? })
}

/// What a page called before, and which is to be called so now.
#[derive(Clone, Copy)]
pub(super) struct Called<'n> {
    pub(super) was: PageId,
    pub(super) name: &'n str,
    pub(super) now: PageId,
}

/// What a page is called afterwards in the way in which one was before.
pub(super) fn called(site: &MovedSite<'_>, seat: Seat, called: Called<'_>) -> Option<Renamed> {
    let Called { was, name, now } = called;
    let (before, after) = (site.before.edition(site.was(seat.edition)), site.after.edition(seat.edition));
    let page = ThingOf { edition: seat.edition, thing: Thing::Page(after.pages[now].page.path.clone()) };
    let found = after.page_named(name);
    if found == Some(now) || (site.of.was_made && found.is_some()) {
        return Some(Renamed { page, name: None });
    }
    let is = |other: &str| other.to_lowercase() == name.trim().to_lowercase();
    let same_way = names(before, was).into_iter().zip(names(after, now)).find(|(old, _)| is(old)).map(|(_, new)| new);
    let new = same_way.into_iter().chain(names(after, now)).find(|name| after.page_named(name) == Some(now))?;
    Some(Renamed { page, name: Some(new) })
}

/// The ways in which a page is called, each in its place.
fn names(site: &Edition, id: PageId) -> [String; 5] {
    let published = &site.pages[id];
    let path = &published.page.path;
    let ending = path.file_name().len() - path.stem().len();
    let bare = &path.as_str()[..path.as_str().len() - ending];
    let route = published.route.clone();
    let trimmed = route.trim_matches('/').to_owned();
    [published.id.clone(), path.as_str().to_owned(), bare.to_owned(), route, trimmed]
}
