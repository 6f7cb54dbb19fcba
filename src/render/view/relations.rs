//! Relations as templates see them: a list of ends, each with its `name` (what queries call it: `mitigated-by`), its
//! `label` (what stands above it) and its `items`. An item has a `title` (of an entry without one, nothing), an `id` (a
//! page's identity, an entry's id), an `href` (nothing for an entry without an address), a `lang` if it isn't the site's,
//! the title of the `catalog` that an entry is of, and the `note` that front matter makes of it.

use tera::Value;

use super::with;
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::links::Linker;
use crate::render::listed::map;
use crate::render::related::Related;
use crate::render::sanitize;
use crate::site::{Edition, EntryId, Other, PageId, RelationPlace};

/// The relations of a page, seen from where `context` stands.
pub(crate) fn views(context: FileContext<'_>, cache: &mut FolderCache, related: &[Related<'_>]) -> Value {
    let mut view = |related: &Related<'_>| {
        let items = related.others.iter().filter_map(|other| item(context, cache, *other));
        map([
            ("name", related.name.into()),
            ("label", related.label.into()),
            ("items", items.collect::<Vec<Value>>().into()),
        ])
    };
    related.iter().map(&mut view).collect::<Vec<Value>>().into()
}

fn item(context: FileContext<'_>, cache: &mut FolderCache, other: Other<'_>) -> Option<Value> {
    let site = context.site();
    let item = match other.place {
        RelationPlace::Page(id) => cache.related(site, context.linker, id),
        RelationPlace::Entry(id) => entry(site, id)?,
        RelationPlace::Draft | RelationPlace::Nowhere => return None,
    };
    Some(match other.note {
        Some(note) => with(item, "note", note.into()),
        None => item,
    })
}

/// A page that others have to do with.
pub(crate) fn page(site: &Edition, linker: &Linker<'_>, id: PageId) -> Value {
    let page = &site.pages[id];
    let title = if page.title.is_empty() { &page.label } else { &page.title };
    map([
        ("title", title.as_str().into()),
        ("id", maybe(site.identity_of(id))),
        ("href", linker.page(&page.route).into()),
        ("lang", maybe(site.language_of_borrowed(id))),
        ("catalog", Value::none()),
        ("note", Value::none()),
    ])
}

/// An entry of a catalogue.
fn entry(site: &Edition, id: EntryId) -> Option<Value> {
    let entry = site.catalogs.entry(id)?;
    Some(map([
        ("title", entry.title.as_str().into()),
        ("id", entry.id.as_str().into()),
        ("href", maybe(entry.address.as_deref().filter(|address| sanitize::is_harmless(address)))),
        ("lang", Value::none()),
        ("catalog", maybe(site.catalogs.at(id.catalog).map(|catalog| catalog.title.as_str()))),
        ("note", Value::none()),
    ]))
}

fn maybe(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}
