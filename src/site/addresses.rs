//! What the ledger of addresses is compared with: all that the editions publish, by address and heading, and whether
//! anything answers at an address.

use std::collections::BTreeSet;

use super::anchors;
use super::edition::Edition;
use super::library::Library;
use super::link::{Place, Target};
use super::published::PageId;
use crate::config::Fallback;
use crate::ledger::{Address, Followed, Ledger, Standing};
use crate::page::LinkKind;
use crate::source::{Asset, Root};

/// What nobody keeps a link to by itself: it stands on pages, or makes them look as they do.
const NOT_KEPT: &str = "avif bmp css gif ico jpeg jpg js mjs png svg ttf otf webmanifest webp woff woff2 map";

/// Ids that change whenever a note is written before another.
const OF_NOTES: [&str; 2] = ["fn-", "fnref-"];

/// Whether an id is a note's: nobody keeps a link to one.
pub fn is_of_note(id: &str) -> bool {
    OF_NOTES.iter().any(|note| id.starts_with(note))
}

/// All editions of a body of knowledge, by their addresses.
pub struct SiteAddresses<'a> {
    editions: Vec<&'a Edition>,
}

impl<'a> SiteAddresses<'a> {
    /// Those of a library.
    pub fn of(library: &'a Library) -> Self {
        Self::among(library.editions().map(|(_, edition)| &**edition).collect())
    }

    /// Those of some editions.
    pub fn among(editions: Vec<&'a Edition>) -> Self {
        Self { editions }
    }

    /// Every address that is published, and every heading.
    pub fn published(&self) -> BTreeSet<Address> {
        let mut all = BTreeSet::new();
        for edition in &self.editions {
            (0..edition.pages.len()).for_each(|id| edition.add_page(id, &mut all));
            edition.add_others(&mut all);
        }
        all.retain(Address::can_be_written);
        all
    }

    /// Whether a page, a heading or a file itself has that address, and nothing that leads on.
    pub fn is_published(&self, address: &Address) -> bool {
        self.editions.iter().any(|edition| match edition.target(&address.page) {
            Some(Target::Page(id)) => {
                address.fragment.as_ref().is_none_or(|id_on| edition.own_ids(*id).contains(id_on))
            }
            Some(Target::Generated) => address.fragment.is_none(),
            Some(Target::File) => address.fragment.is_none() && !edition.moved_files.contains_key(&address.page),
            _ => false,
        })
    }

    /// Whether somebody who asks for an address gets what he asks for, or is led to it.
    pub fn answers(&self, address: &Address) -> bool {
        self.editions.iter().any(|edition| edition.answers(address))
    }

    /// Where an address leads of which the ledger says that it was published, if nothing answers there. Of a heading on
    /// a page that is gone, the page says enough.
    pub fn loss(&self, ledger: &Ledger, address: &Address) -> Option<Address> {
        let is_published = ledger.entry(address).is_some_and(|entry| entry.standing == Standing::Published);
        let Followed::Here(end) = ledger.follow(address) else { return None };
        let is_lost = is_published && !self.answers(&end);
        (is_lost && (end.fragment.is_none() || self.answers(&end.without_fragment()))).then_some(end)
    }

    /// All addresses that were published and that nothing answers at.
    pub fn lost<'l>(&self, ledger: &'l Ledger) -> Vec<&'l Address> {
        let addresses = ledger.entries().map(|(address, _)| address);
        addresses.filter(|address| self.loss(ledger, address).is_some()).collect()
    }

    /// The ids on the page at an address.
    pub fn ids_on(&self, page: &str) -> Vec<String> {
        let of = |edition: &&Edition| match edition.target(page) {
            Some(Target::Page(id)) => Some(edition.own_ids(*id)),
            _ => None,
        };
        self.editions.iter().find_map(of).unwrap_or_default()
    }
}

impl Edition {
    /// The ids that a page has now.
    fn own_ids(&self, id: PageId) -> Vec<String> {
        anchors::anchors(&self.pages[id].page, &self.components)
    }

    fn answers(&self, address: &Address) -> bool {
        let id_on = address.fragment.as_ref();
        match self.target(&address.page) {
            Some(Target::Page(id)) => id_on.is_none_or(|id_on| self.anchors(*id).contains(id_on)),
            // What their headings are called, they make themselves.
            Some(Target::Generated | Target::File) => true,
            Some(Target::Redirect(to)) => id_on.is_none_or(|id_on| {
                let led = self.resolve_from_root(to, LinkKind::Link);
                match led.place {
                    Place::Page(id) => !led.fragment.is_empty() || self.anchors(id).contains(id_on),
                    _ => true,
                }
            }),
            Some(Target::Draft | Target::Alias(_)) | None => false,
        }
    }

    fn add_page(&self, id: PageId, all: &mut BTreeSet<Address>) {
        if self.is_not_found(id) {
            return;
        }
        let published = &self.pages[id];
        match published.borrowed {
            Some(Fallback::Link | Fallback::None) => return,
            // Its headings are another language's, and go when it is translated.
            Some(Fallback::Page) => {}
            None => {
                let kept = self.own_ids(id).into_iter().filter(|id| !is_of_note(id));
                all.extend(kept.filter(|id| !id.is_empty()).map(|id| Address::place(published.route.clone(), id)));
            }
        }
        all.insert(Address::page(published.route.clone()));
    }

    /// Pages that are made of the others, and files.
    fn add_others(&self, all: &mut BTreeSet<Address>) {
        let tags = self.tags.iter().map(|tag| self.tag_route(tag));
        let indexes = self.indexes.iter().map(|index| index.route.clone());
        let long = self.long_pages.iter().map(|page| page.route.clone());
        all.extend(tags.chain([self.tags_route()]).chain(indexes).chain(long).map(Address::page));
        let is_put_there = |asset: &Asset| asset.path.root() == Root::Static && is_kept(asset.path.file_name());
        all.extend(self.files.iter().filter(|(_, asset)| is_put_there(asset)).map(|(route, _)| Address::page(route)));
        for resolution in self.all_links().flatten() {
            if let Place::File(route) = &resolution.place
                && is_kept(route)
                && self.files.contains_key(route)
            {
                all.insert(Address::page(route));
            }
        }
    }
}

/// Whether people keep links to a file of that name.
fn is_kept(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| !NOT_KEPT.split(' ').any(|one| one == ending))
}
