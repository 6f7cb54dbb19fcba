//! Relations as templates see them.

use serde::Serialize;

use crate::render::links::Linker;
use crate::render::related::Related;
use crate::render::sanitize;
use crate::site::{Edition, Other, RelationPlace};

/// What a page is brought together with at one end of a relation.
#[derive(Clone, Debug, Serialize)]
pub struct RelationView<'a> {
    /// What queries call that end: `mitigated-by`.
    pub name: &'a str,
    /// What stands above it: `Mitigated by`.
    pub label: &'a str,
    /// The pages and entries.
    pub items: Vec<RelatedView<'a>>,
}

/// A page, or an entry of a catalogue.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView<'a> {
    /// Its title; of an entry without one, nothing.
    pub title: &'a str,
    /// What others call it: a page's identity, an entry's id.
    pub id: Option<&'a str>,
    /// Where it can be read; nothing for an entry without an address.
    pub href: Option<String>,
    /// Its language, if it isn't the site's.
    pub lang: Option<&'a str>,
    /// The title of the catalogue that an entry is of.
    pub catalog: Option<&'a str>,
    /// What the front matter says of it.
    pub note: Option<&'a str>,
}

/// The relations of a page, seen from where `linker` stands.
pub(crate) fn views<'a>(site: &'a Edition, linker: &Linker<'_>, related: &[Related<'a>]) -> Vec<RelationView<'a>> {
    let view = |related: &Related<'a>| RelationView {
        name: related.name,
        label: related.label,
        items: related.others.iter().copied().filter_map(|other| item(site, linker, other)).collect(),
    };
    related.iter().map(view).collect()
}

fn item<'a>(site: &'a Edition, linker: &Linker<'_>, other: Other<'a>) -> Option<RelatedView<'a>> {
    match other.place {
        RelationPlace::Page(id) => {
            let page = &site.pages[id];
            Some(RelatedView {
                title: if page.title.is_empty() { &page.label } else { &page.title },
                id: site.identity_of(id),
                href: Some(linker.page(&page.route)),
                lang: site.language_of_borrowed(id),
                catalog: None,
                note: other.note,
            })
        }
        RelationPlace::Entry(id) => {
            let entry = site.catalogs.entry(id)?;
            Some(RelatedView {
                title: &entry.title,
                id: Some(&entry.id),
                href: entry.address.clone().filter(|address| sanitize::is_harmless(address)),
                lang: None,
                catalog: site.catalogs.at(id.catalog).map(|catalog| catalog.title.as_str()),
                note: other.note,
            })
        }
        RelationPlace::Draft | RelationPlace::Nowhere => None,
    }
}
