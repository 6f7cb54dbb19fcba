//! Pages that are made of catalogues: one of each that the configuration wants shown, and one of each of its entries. They
//! are indexes in the tree, after all that is written: the sidebar, the search and all lists of what there is have them.

use std::collections::HashMap;

use super::address;
use super::catalog::{Catalog, Catalogs, EntryId};
use super::tag;
use super::tree::{BuiltTree, GeneratedIndex, Indexed, LeadsTo, SidebarNode};
use crate::config::Config;

/// How many letters of what an entry says stand where it is listed.
const SHORT: usize = 200;

/// Where the pages of catalogues lie, below the route of the docs.
const FOLDER: &str = "catalogs";

/// The place of the index of each entry that has one.
pub(super) type EntryPages = HashMap<EntryId, usize>;

/// Puts the pages of catalogues into the tree.
pub(super) fn add(tree: &mut BuiltTree, catalogs: &Catalogs, config: &Config) -> EntryPages {
    let mut places = EntryPages::new();
    let docs_route = &config.urls.docs_route;
    for (at, catalog) in catalogs.iter().enumerate() {
        if !config.catalogs.get(&catalog.name).is_some_and(|shown| shown.pages) {
            continue;
        }
        let name = tag::slug_of(&catalog.name);
        let page = |of: Indexed, title: String, description: String, slug: Option<&str>| {
            let parts = [docs_route.as_str(), FOLDER, name.as_str()].into_iter().chain(slug);
            let folder = [FOLDER, catalog.name.as_str()].into_iter().chain(slug);
            GeneratedIndex {
                title,
                description,
                route: address::join(&parts.collect::<Vec<_>>()),
                path: catalog.path.clone(),
                // No folder's name begins so.
                folder: format!("/{}", folder.collect::<Vec<_>>().join("/")),
                of,
            }
        };
        let mut children = Vec::with_capacity(catalog.entries.len());
        let whole = tree.indexes.len();
        tree.indexes.push(page(Indexed::Catalog(at), catalog.title.clone(), catalog.version.clone(), None));
        for (entry, (known, slug)) in catalog.entries.iter().zip(slugs(catalog)).enumerate() {
            let id = EntryId { catalog: at, entry };
            places.insert(id, tree.indexes.len());
            children.push(node(known.called(), tree.indexes.len(), Vec::new()));
            tree.indexes.push(page(Indexed::Entry(id), known.called(), shortened(&known.text), Some(&slug)));
        }
        tree.nodes.push(node(catalog.title.clone(), whole, children));
    }
    places
}

fn node(label: String, index: usize, children: Vec<SidebarNode>) -> SidebarNode {
    SidebarNode {
        label,
        leads_to: LeadsTo::Index(index),
        section: !children.is_empty(),
        class: String::new(),
        children,
    }
}

/// The last part of each entry's address. Ids that come to the same get numbers, and those that alone come to something
/// keep it.
fn slugs(catalog: &Catalog) -> Vec<String> {
    let wished: Vec<String> = catalog.entries.iter().map(|entry| tag::slug_of(&entry.id)).collect();
    let mut taken: HashMap<String, usize> = HashMap::new();
    wished.iter().enumerate().for_each(|(at, slug)| _ = taken.entry(slug.clone()).or_insert(at));
    let mut slugs = Vec::with_capacity(wished.len());
    for (at, wished) in wished.into_iter().enumerate() {
        let mut slug = wished.clone();
        let mut number = 1;
        while *taken.entry(slug.clone()).or_insert(at) != at {
            number += 1;
            slug = format!("{wished}-{number}");
        }
        slugs.push(slug);
    }
    slugs
}

/// The beginning of a text, in whole words.
fn shortened(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = plain.char_indices().nth(SHORT) else { return plain };
    let begun = &plain[..end];
    format!("{} …", begun.rsplit_once(' ').map_or(begun, |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::super::catalog::CatalogEntry;
    use super::*;
    use crate::source::{Root, SourcePath};

    #[test]
    fn ids_that_come_to_one_address_get_numbers() {
        let mut catalog = Catalog::new(&SourcePath::new(Root::Catalogs, "iso.yaml"));
        for id in ["A.6", "a-6", "A 6 2", "b", "A/6"] {
            assert!(catalog.add(CatalogEntry { id: id.into(), ..CatalogEntry::default() }));
        }
        assert_eq!(slugs(&catalog), ["a-6", "a-6-3", "a-6-2", "b", "a-6-4"]);
    }

    #[test]
    fn a_long_text_ends_with_a_whole_word() {
        assert_eq!(shortened(" one\n two "), "one two");
        let long = shortened(&"word ".repeat(60));
        assert!(long.ends_with("word …") && long.chars().count() <= SHORT + 2, "{long}");
    }
}
