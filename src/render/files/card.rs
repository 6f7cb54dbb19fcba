//! The pictures that stand for pages where they are shared.

use crate::render::card;
use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::published::{Rendered, Which};

/// Cards, by what is drawn on them.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "card",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let cards = card::all(renderer.site).into_iter();
        cards.map(|card| Listed { path: card.path(), which: Which::Card(Box::new(card)) }).collect()
    },
    key: |keys, which| if let Which::Card(card) = which { Some(keys.card(card)) } else { None },
    make: |_, _, which| match which {
        Which::Card(card) => Ok(Rendered::Drawn(card.clone())),
        _ => Ok(Rendered::Bytes(Vec::new())),
    },
};
