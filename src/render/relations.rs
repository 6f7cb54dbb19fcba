//! What a page has to do with others, as templates take it: a list of ends, each with its `name` (what queries call it:
//! `mitigated-by`), its `label` (what stands above it) and its `items` (see `view/relations.rs`).

use tera::Value;

use super::context::FileContext;
use super::folder_cache::{FolderCache, RelatedPages};
use super::related::Related;
use super::view::{map, relations, with};
use crate::site::{Other, RelationPlace};

/// The relations of a page, seen from where `context` stands.
pub(crate) fn views(context: FileContext<'_>, cache: &mut FolderCache, related: &[Related<'_>]) -> Value {
    let mut pages = cache.related(context);
    let mut view = |related: &Related<'_>| {
        let items = related.others.iter().filter_map(|other| item(context, &mut pages, *other));
        map([
            ("name", related.name.into()),
            ("label", related.label.into()),
            ("items", items.collect::<Vec<Value>>().into()),
        ])
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
