//! All tags by kind: ways in to a body of knowledge.

use super::{KindView, entry};
use crate::render::links::Linker;
use crate::site::Edition;

/// All tags by kind, in alphabetical order, those without a kind last: ways in to a body of knowledge.
pub fn all(site: &Edition, linker: &Linker<'_>) -> Vec<KindView> {
    let mut kinds: Vec<KindView> = Vec::new();
    for tag in &site.tags {
        let view = entry::tag_view(site, linker, tag);
        match kinds.iter_mut().find(|known| known.kind == tag.kind) {
            Some(known) => known.tags.push(view),
            None => kinds.push(KindView { kind: tag.kind.clone(), tags: vec![view] }),
        }
    }
    let order = &site.order;
    kinds.sort_by(|a, b| a.kind.is_empty().cmp(&b.kind.is_empty()).then_with(|| order.compare(&a.kind, &b.kind)));
    for kind in &mut kinds {
        kind.tags.sort_by(|a, b| order.compare(&a.name, &b.name).then_with(|| order.compare(&a.label, &b.label)));
    }
    kinds
}
