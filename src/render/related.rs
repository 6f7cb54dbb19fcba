//! The relations that a page shows, seen from it, and which of them stand where a component of its own puts them. Whoever
//! shows a page asks here: templates, the copy in Markdown, the site as data, and the keys of all of these.

use crate::page::Page;
use crate::site::{Edition, EntryId, Other, PageId, RelationPlace, RelationSide};

/// What a page is brought together with at one end of a relation.
pub(crate) struct Related<'a> {
    /// What queries and components call that end.
    pub name: &'a str,
    /// What stands above it.
    pub label: &'a str,
    /// The pages and entries, each once.
    pub others: Vec<Other<'a>>,
}

/// The attribute in which a component says which relations it shows.
pub(crate) const OF: &str = "of";

/// What a template asks for to show relations.
pub(crate) const IMPLICIT: &str = "relations";

/// All relations of a page that bring it together with something, in the order in which they are declared.
pub(crate) fn of_page(site: &Edition, id: PageId) -> Vec<Related<'_>> {
    let mut found = Vec::new();
    for relation in &site.relations().declared {
        let others = relation.others(id, RelationSide::Forward);
        found.push(Related { name: &relation.name, label: &relation.label, others });
        if let Some(label) = &relation.inverse_label {
            let name = relation.inverse_name.as_deref().unwrap_or(&relation.name);
            found.push(Related { name, label, others: naming(site, relation.others(id, RelationSide::Inverse)) });
        }
    }
    found.retain(|related| !related.others.is_empty());
    found
}

/// Those that name an entry of a catalogue, by each relation: catalogues name nothing themselves, and what nothing is called at
/// its other end goes by its own name.
pub(crate) fn of_entry(site: &Edition, entry: EntryId) -> Vec<Related<'_>> {
    let found = site.relations().declared.iter().map(|relation| Related {
        name: relation.inverse_name.as_deref().unwrap_or(&relation.name),
        label: relation.inverse_label.as_deref().unwrap_or(&relation.label),
        others: naming(site, relation.naming_entry(entry)),
    });
    found.filter(|related| !related.others.is_empty()).collect()
}

/// Those that name a page, as readers come to them; what is unlisted leads to others and isn't led to.
fn naming<'a>(site: &Edition, others: Vec<Other<'a>>) -> Vec<Other<'a>> {
    let page = |other: &Other<'_>| match other.place {
        RelationPlace::Page(id) => id,
        _ => usize::MAX,
    };
    let mut others = others;
    others.retain(|other| !site.is_unlisted(page(other)));
    let place = |other: &Other<'_>| site.reading_place.get(page(other)).copied().flatten();
    others.sort_by_key(|other| place(other).unwrap_or(usize::MAX));
    others
}

/// Those of a page's relations that a component asks for: `mitigates, related`, or all where it says nothing.
pub(crate) fn asked<'a>(related: Vec<Related<'a>>, of: Option<&str>) -> Vec<Related<'a>> {
    let names = names(of);
    if names.is_empty() {
        return related;
    }
    let mut chosen: Vec<Related<'a>> = related.into_iter().filter(|one| place(&names, one).is_some()).collect();
    chosen.sort_by_key(|one| place(&names, one));
    chosen
}

/// The relations that no component of a page puts anywhere: they stand below it.
pub(crate) fn left_over<'a>(site: &Edition, page: &Page, related: Vec<Related<'a>>) -> Vec<Related<'a>> {
    let mut left = related;
    for of in placings(site, page) {
        let names = names(of);
        left.retain(|one| !names.is_empty() && place(&names, one).is_none());
    }
    left
}

/// What the components of a page that show relations ask for.
fn placings<'a>(site: &'a Edition, page: &'a Page) -> impl Iterator<Item = Option<&'a str>> {
    page.components.iter().filter(|used| shows(site, &used.name)).map(|used| used.string(OF))
}

/// Whether a component shows relations.
pub(crate) fn shows(site: &Edition, component: &str) -> bool {
    let declared = site.components.get(component);
    declared.is_some_and(|declared| declared.implicits.iter().any(|implicit| implicit == IMPLICIT))
}

/// The names in an attribute.
pub(crate) fn names(of: Option<&str>) -> Vec<&str> {
    of.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn place(names: &[&str], related: &Related<'_>) -> Option<usize> {
    names.iter().position(|name| name.eq_ignore_ascii_case(related.name))
}
