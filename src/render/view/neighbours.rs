//! The pages before and after a page.

use super::{LinkView, sidebar};
use crate::page::LinkKind;
use crate::page::front_matter::Neighbour;
use crate::render::links::Linker;
use crate::site::{Edition, LeadsTo, PageId, Place};

/// What stands before and after a page: as its front matter wishes, or else in reading order.
pub fn of_page(site: &Edition, id: PageId) -> [Option<LeadsTo>; 2] {
    let meta = &site.pages[id].page.meta;
    let (before, after) = sidebar::neighbours(site, id);
    [(&meta.pagination_prev, before), (&meta.pagination_next, after)].map(|(wish, in_order)| match wish {
        Neighbour::Nothing => None,
        Neighbour::Sidebar => in_order.cloned(),
        Neighbour::Page(wanted) => {
            let by_id = site.pages.iter().position(|page| page.id == *wanted);
            let by_path = || match site.resolve_from(id, wanted, LinkKind::Link).place {
                Place::Page(id) => Some(id),
                _ => None,
            };
            by_id.or_else(by_path).map(LeadsTo::Page)
        }
    })
}

/// What a page calls the one before or after it.
pub fn label<'a>(site: &'a Edition, place: &LeadsTo) -> &'a str {
    match place {
        LeadsTo::Page(id) => {
            let page = &site.pages[*id];
            page.page.meta.pagination_label.as_ref().unwrap_or(&page.label)
        }
        LeadsTo::Index(at) => &site.indexes[*at].title,
        LeadsTo::Nothing => "",
    }
}

/// One of them as a page shows it.
pub fn view(site: &Edition, linker: &Linker<'_>, place: &LeadsTo) -> Option<LinkView> {
    let href = sidebar::leads_to_route(site, place).map(|route| linker.page(route))?;
    let label = label(site, place).to_owned();
    Some(LinkView { label, href: Some(href), external: false, current: false, lang: sidebar::language_of(site, place) })
}
