//! A site of one language put together from texts alone, without a disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use bokworm::config::Config;
use bokworm::page::{self, Dialect, Page};
use bokworm::site::{Edition, Ingredients, PlaceKeys, Vocabulary};
use bokworm::source::Source;

/// The site of these pages, in their order.
pub fn edition(config: Config, pages: &[Source]) -> Edition {
    of_pages(config, pages, page::parse)
}

/// The same with the pages' bodies unread.
pub fn unread(config: Config, pages: &[Source]) -> Edition {
    of_pages(config, pages, page::parse_head)
}

fn of_pages(config: Config, pages: &[Source], parse: fn(&Source, Dialect) -> Page) -> Edition {
    of_read(config, pages.iter().map(|source| Arc::new(parse(source, Dialect::OWN))).collect())
}

/// The site of pages that are read already, of which others may have some, too.
pub fn of_read(config: Config, pages: Vec<Arc<Page>>) -> Edition {
    Edition::assemble(Ingredients {
        config: Arc::new(config),
        language: None,
        borrowed: Vec::new(),
        place_keys: PlaceKeys::default(),
        pages,
        categories: BTreeMap::new(),
        vocabulary: Vocabulary::default(),
        catalogs: Default::default(),
        books: Default::default(),
        data: Default::default(),
        original_relations: Default::default(),
        ledger: Default::default(),
        assets: &[],
        components: Arc::default(),
        words: Arc::default(),
        drafts: false,
    })
}
