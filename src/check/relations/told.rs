//! What a page has to do with others, as `bokworm explain` tells it.

use std::fmt::Write as _;

use crate::render::related;
use crate::site::{Edition, Other, PageId, RelationPlace};

/// A page's identity and its relations, a line each; nothing where a site has none of either.
pub(in crate::check) fn of_page(site: &Edition, id: PageId) -> String {
    let mut out = String::new();
    if let Some(identity) = site.identity_of(id) {
        let _ = writeln!(out, "  identity {identity}");
    }
    for related in related::of_page(site, id) {
        let _ = writeln!(out, "\n{} (`{}`):", related.label, related.name);
        for other in &related.others {
            let _ = writeln!(out, "  {}", one(site, other));
        }
    }
    out
}

fn one(site: &Edition, other: &Other<'_>) -> String {
    let mut out = match other.place {
        RelationPlace::Page(id) => site.pages[id].page.path.to_string(),
        RelationPlace::Entry(id) => {
            let catalog = site.catalogs.at(id.catalog).map_or("", |catalog| catalog.name.as_str());
            let entry = site.catalogs.entry(id);
            let (id, title) = entry.map_or(("", ""), |entry| (entry.id.as_str(), entry.title.as_str()));
            format!("{catalog}: {id} {title}").trim_end().to_owned()
        }
        RelationPlace::Draft | RelationPlace::Nowhere => String::new(),
    };
    if let Some(note) = other.note {
        let _ = write!(out, " ({note})");
    }
    out
}
