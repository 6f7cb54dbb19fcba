//! What lies at the addresses of a site, named so that it can be told again after a move: pages and files by where they
//! lie, tags by what they are in every language.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::site::link::Target;
use crate::site::{Edition, GeneratedIndex, Indexed, LeadsTo, Library, PageId};
use crate::source::SourcePath;

/// Something that has an address, whatever that is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Thing {
    /// A page, by its file.
    Page(SourcePath),
    /// A file that is published as it is.
    File(SourcePath),
    /// The index that is made for a folder, by the file that asks for it.
    Index(SourcePath),
    /// The page of a tag, by its key.
    Tag(String),
    /// Many pages in one: those of the section that something stands for, or all.
    LongPage(Option<Box<Self>>),
    /// What else lies at an address.
    Other(String),
}

/// A thing as one edition has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ThingOf {
    /// The edition's place in the library.
    pub(super) edition: usize,
    pub(super) thing: Thing,
}

/// What lies at all addresses of a library.
pub(super) struct Things<'a> {
    editions: Vec<&'a Edition>,
    /// For each edition, what lies at its addresses.
    there: Vec<HashMap<String, Thing>>,
    /// The address of each thing.
    addresses: HashMap<ThingOf, String>,
    /// For each edition, its pages by their files.
    pages: Vec<HashMap<&'a SourcePath, PageId>>,
}

impl<'a> Things<'a> {
    pub(super) fn of(library: &'a Library) -> Self {
        let editions: Vec<&'a Edition> = library.editions().map(|(_, edition)| &**edition).collect();
        let there: Vec<HashMap<String, Thing>> = editions.iter().map(|edition| at_addresses(edition)).collect();
        let mut addresses = HashMap::new();
        for (edition, site) in editions.iter().enumerate() {
            for (address, thing) in own_addresses(site) {
                addresses.entry(ThingOf { edition, thing }).or_insert(address);
            }
        }
        let by_file = |site: &&'a Edition| {
            let pages = site.pages.iter().enumerate();
            pages.map(|(id, published)| (&published.page.path, id)).collect()
        };
        let pages = editions.iter().map(by_file).collect();
        Self { editions, there, addresses, pages }
    }

    pub(super) fn editions(&self) -> &[&'a Edition] {
        &self.editions
    }

    pub(super) fn edition(&self, at: usize) -> &'a Edition {
        self.editions[at]
    }

    /// What lies at an address, seen from an edition.
    pub(super) fn at(&self, edition: usize, address: &str) -> Option<ThingOf> {
        let others = (0..self.editions.len()).filter(|other| *other != edition);
        let found = |at: usize| Some(ThingOf { edition: at, thing: self.there[at].get(address)?.clone() });
        std::iter::once(edition).chain(others).find_map(found)
    }

    /// What is published at addresses of its own in an edition.
    pub(super) fn published(&self, edition: usize) -> Vec<(String, Thing)> {
        let mut all = own_addresses(self.editions[edition]);
        let old = self.editions[edition].redirects.iter();
        all.extend(old.filter_map(|old| Some((old.from.clone(), self.there[edition].get(&old.from)?.clone()))));
        all
    }

    pub(super) fn address(&self, of: &ThingOf) -> Option<&str> {
        self.addresses.get(of).map(String::as_str)
    }

    pub(super) fn page(&self, edition: usize, file: &SourcePath) -> Option<PageId> {
        self.pages[edition].get(file).copied()
    }
}

/// The things that have an address of their own, with it.
fn own_addresses(site: &Edition) -> Vec<(String, Thing)> {
    let mut all = Vec::new();
    let pages = site.pages.iter().map(|page| (page.route.clone(), Thing::Page(page.page.path.clone())));
    all.extend(pages);
    all.extend(site.indexes.iter().map(|index| (index.route.clone(), of_index(index))));
    all.extend(site.tags.iter().map(|tag| (site.tag_route(tag), Thing::Tag(tag.key.clone()))));
    all.extend(site.files.iter().map(|(address, asset)| (address.clone(), Thing::File(asset.path.clone()))));
    for long in &site.long_pages {
        let section = long.section.map(|at| match &site.tree[at].leads_to {
            LeadsTo::Page(id) => Thing::Page(site.pages[*id].page.path.clone()),
            LeadsTo::Index(at) => of_index(&site.indexes[*at]),
            LeadsTo::Nothing => Thing::Other(long.route.clone()),
        });
        all.push((long.route.clone(), Thing::LongPage(section.map(Box::new))));
    }
    all
}

/// An index: of one catalogue's pages, each by what it is made of.
fn of_index(index: &GeneratedIndex) -> Thing {
    match index.of {
        Indexed::Folder => Thing::Index(index.path.clone()),
        Indexed::Catalog(_) | Indexed::Entry(_) => Thing::Other(index.folder.clone()),
    }
}

/// What lies at all addresses of an edition: of two things that want one, the one that has it.
fn at_addresses(site: &Edition) -> HashMap<String, Thing> {
    let generated: HashMap<String, Thing> = own_addresses(site)
        .into_iter()
        .filter(|(_, thing)| !matches!(thing, Thing::Page(_) | Thing::File(_)))
        .collect();
    let mut there = HashMap::new();
    let mut old = Vec::new();
    for (address, target) in site.addresses() {
        let other = || Thing::Other(address.to_owned());
        let thing = match target {
            Target::Page(id) | Target::Alias(id) => Thing::Page(site.pages[*id].page.path.clone()),
            Target::Draft => site.drafts.get(address).map_or_else(other, |path| Thing::Page(path.clone())),
            Target::Generated => generated.get(address).cloned().unwrap_or_else(other),
            Target::File => {
                let moved = || site.files.get(site.moved_files.get(address)?);
                let asset = site.files.get(address).or_else(moved);
                asset.map_or_else(other, |asset| Thing::File(asset.path.clone()))
            }
            Target::Redirect(to) => {
                old.push((address, to));
                continue;
            }
        };
        there.insert(address.to_owned(), thing);
    }
    for (address, to) in old {
        let page = to.split('#').next().unwrap_or(to);
        let readable = percent_decode_str(page).decode_utf8_lossy();
        let thing = there.get(page).or_else(|| there.get(&*readable)).cloned();
        let thing = thing.unwrap_or_else(|| Thing::Other(address.to_owned()));
        there.insert(address.to_owned(), thing);
    }
    there
}
