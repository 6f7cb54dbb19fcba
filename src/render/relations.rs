//! What a page has to do with others, as templates take it: a list of ends, each with its `name` (what queries call it:
//! `mitigated-by`), its `label` (what stands above it) and its `items` (see `view/relations.rs`).

use serde::Serialize;
use tera::Value;

use super::context::FileContext;
use super::folder_cache::{FolderCache, RelatedPages};
use super::related::Related;
use super::view::{relations, with};
use crate::site::{Other, RelationPlace};

/// An end of a relation.
#[derive(Serialize)]
struct RelationView<'a> {
    name: &'a str,
    label: &'a str,
    items: Value,
}

/// The relations of a page, seen from where `context` stands.
pub(crate) fn views(context: FileContext<'_>, cache: &mut FolderCache, related: &[Related<'_>]) -> Value {
    let mut pages = cache.related(context);
    let mut view = |related: &Related<'_>| {
        let items = related.others.iter().filter_map(|other| item(context, &mut pages, *other));
        let items = items.collect::<Vec<Value>>().into();
        Value::from_serializable(&RelationView { name: related.name, label: related.label, items })
    };
    related.iter().map(&mut view).collect::<Vec<Value>>().into()
}

fn item(context: FileContext<'_>, pages: &mut RelatedPages<'_>, other: Other<'_>) -> Option<Value> {
    let site = context.site();
    let item = match other.place {
        RelationPlace::Page(id) => pages.page(id),
        RelationPlace::Entry(id) => relations::entry(site, context.linker, id)?,
        RelationPlace::Draft | RelationPlace::Nowhere => return None,
    };
    Some(match other.note {
        Some(note) => with(item, "note", note.into()),
        None => item,
    })
}
