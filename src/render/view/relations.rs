//! What a page has to do with, as templates see it: an item of a relation. It has a `title` (of an entry without one, nothing), an `id` (a
//! page's identity, an entry's id), an `href` (nothing for an entry without an address), a `lang` if it isn't the site's,
//! the title of the `catalog` that an entry is of, and the `note` that front matter makes of it.

use tera::Value;

use super::map;
use crate::render::links::Linker;
use crate::site::{Edition, EntryId, PageId};

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
pub(crate) fn entry(site: &Edition, id: EntryId) -> Option<Value> {
    let entry = site.catalogs.entry(id)?;
    Some(map([
        ("title", entry.title.as_str().into()),
        ("id", entry.id.as_str().into()),
        ("href", maybe(entry.address.as_deref().filter(|address| crate::html::is_harmless(address)))),
        ("lang", Value::none()),
        ("catalog", maybe(site.catalogs.at(id.catalog).map(|catalog| catalog.title.as_str()))),
        ("note", Value::none()),
    ]))
}

fn maybe(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}
