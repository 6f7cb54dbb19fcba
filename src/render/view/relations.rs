//! What a page has to do with, as templates see it: an item of a relation. It has a `title` (of an entry without one, nothing), an `id` (a
//! page's identity, an entry's id), an `href` (nothing for an entry without an address), a `lang` if it isn't the site's,
//! the title of the `catalog` that an entry is of, and the `note` that front matter makes of it; whether `href` leads out of
//! the site is `external`.

use serde::Serialize;
use tera::Value;

use crate::render::links::Linker;
use crate::site::{Edition, EntryId, PageId};

/// What a page has to do with.
#[derive(Default, Serialize)]
struct RelationItemView<'a> {
    title: &'a str,
    id: Option<&'a str>,
    href: Option<&'a str>,
    lang: Option<&'a str>,
    catalog: Option<&'a str>,
    note: Option<&'a str>,
    external: bool,
}

/// A page that others have to do with. Tera makes its own map of another one over again, so that fields copied from a blank
/// one would cost more than these, taken as they come.
pub(crate) fn page(site: &Edition, linker: &Linker<'_>, id: PageId) -> Value {
    let (title, route) = site.relations().shown(id);
    Value::from_serializable(&RelationItemView {
        title,
        id: site.identity_of(id),
        href: Some(&linker.page(route)),
        lang: site.language_of_borrowed(id),
        ..RelationItemView::default()
    })
}

/// An entry of a catalogue.
pub(crate) fn entry(site: &Edition, linker: &Linker<'_>, id: EntryId) -> Option<Value> {
    let entry = site.catalogs.entry(id)?;
    let own = site.entry_route(id).map(|route| linker.page(route));
    let elsewhere = site.entry_address(id);
    Some(Value::from_serializable(&RelationItemView {
        title: &entry.title,
        id: Some(&entry.id),
        href: own.as_deref().or(elsewhere),
        lang: None,
        catalog: site.catalogs.at(id.catalog).map(|catalog| catalog.title.as_str()),
        note: None,
        external: own.is_none() && elsewhere.is_some(),
    }))
}

/// What a catalogue says of one of its entries.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogEntryView {
    /// What pages call it.
    pub id: String,
    /// What it is called; may be empty.
    pub title: String,
    /// What it says, paragraph by paragraph.
    pub text: Vec<String>,
    /// Where it can be read in the original.
    pub address: Option<String>,
    /// What the catalogue is called.
    pub catalog: String,
    /// Which edition of it that is; may be empty.
    pub version: String,
}

/// An entry as its own page shows it.
pub(crate) fn own_entry(site: &Edition, id: EntryId) -> Option<CatalogEntryView> {
    let (catalog, entry) = (site.catalogs.at(id.catalog)?, site.catalogs.entry(id)?);
    let paragraphs = entry.text.split("\n\n").map(|part| part.trim().to_owned());
    Some(CatalogEntryView {
        id: entry.id.clone(),
        title: entry.title.clone(),
        text: paragraphs.filter(|part| !part.is_empty()).collect(),
        address: site.entry_address(id).map(str::to_owned),
        catalog: catalog.title.clone(),
        version: catalog.version.clone(),
    })
}
