//! The tags by which results are narrowed, in parts: `n…` says what they are called, `t…` which of them
//! each entry carries. Those that most pages carry come first: they have the smallest numbers. What relations lead to that
//! are facets stands among them, under the relation's label as tags stand under their kind.

use std::cmp::Reverse;

use foldhash::HashMap;

use super::entry::{self, Entry};
use super::run::write_number;
use super::script::Script;
use crate::site::{Edition, PageId, Relation, RelationPlace, RelationSide};

/// How many numbers of entries stand in one part.
pub(super) const CARRIED: usize = 2048;
/// So many tags are offered before anything is asked for.
const FREQUENT: usize = 8;
/// How many tags' names stand in one part.
pub(super) const NAMES: usize = 512;

/// Something by which results are narrowed.
#[derive(Debug)]
struct Facet {
    /// Its place in `Edition::tags`; none for what relations lead to.
    tag: Option<usize>,
    name: String,
    kind: String,
    /// The pages, in order.
    pages: Vec<PageId>,
}

/// The tags of a site, by number, and what relations lead to that are facets.
#[derive(Debug, Default)]
pub(super) struct TagIndex {
    facets: Vec<Facet>,
    /// Entries and tags, by number, in order.
    carried: Vec<(u32, u32)>,
}

impl TagIndex {
    /// The tags of a site whose entries have these numbers.
    pub(super) fn of(site: &Edition, numbered: impl Iterator<Item = (usize, Entry)>) -> Self {
        let tag = |at: usize| {
            let (name, kind) = entry::name_and_kind(&site.tags[at]);
            Facet { tag: Some(at), name: name.to_owned(), kind: kind.to_owned(), pages: site.tags[at].pages.clone() }
        };
        let mut facets: Vec<Facet> = (0..site.tags.len()).map(tag).collect();
        facets.extend(related(site));
        facets.sort_by_key(|facet| Reverse(facet.pages.len()));
        let mut numbers = vec![None; site.pages.len()];
        for (number, entry) in numbered {
            if let Entry::Page(id) = entry {
                numbers[id] = Some(number as u32);
            }
        }
        let mut carried = Vec::new();
        for (tag, facet) in (0..).zip(&facets) {
            carried.extend(facet.pages.iter().filter_map(|&id| Some((numbers[id]?, tag))));
        }
        carried.sort_unstable();
        Self { facets, carried }
    }

    /// How many tags there are.
    pub(super) fn count(&self) -> usize {
        self.facets.len()
    }

    /// All that the parts are made of.
    pub(super) fn hash(&self, site: &Edition, hasher: &mut blake3::Hasher) {
        for facet in &self.facets {
            for text in [facet.name.as_str(), &facet.kind, facet.look(site)] {
                hasher.update(text.as_bytes()).update(&[0]);
            }
        }
        for (number, tag) in &self.carried {
            hasher.update(&number.to_le_bytes()).update(&tag.to_le_bytes());
        }
    }

    /// Writes the names, kinds and looks of a part.
    pub(super) fn write_names(&self, site: &Edition, at: usize, script: &mut Script) {
        let named = self.facets.chunks(NAMES).nth(at).unwrap_or_default();
        Self::write_some(site, &named.iter().collect::<Vec<_>>(), script);
    }

    /// Writes those of the tags that most pages carry.
    pub(super) fn write_frequent(&self, site: &Edition, script: &mut Script) {
        let tags = self.facets.iter().filter(|facet| facet.tag.is_some());
        Self::write_some(site, &tags.take(FREQUENT).collect::<Vec<_>>(), script);
    }

    fn write_some(site: &Edition, facets: &[&Facet], script: &mut Script) {
        script.list(facets, |script, facet| {
            script.raw(b"[").string(&facet.name).raw(b",").string(&facet.kind);
            let look = facet.look(site);
            if !look.is_empty() {
                script.raw(b",").string(look);
            }
            script.raw(b"]");
        });
    }

    /// Writes what the entries of a part carry: numbers of tags, each entry's ended by a space.
    pub(super) fn write_carried(&self, at: usize, script: &mut Script) {
        let place = |number: usize| self.carried.partition_point(|&(carrier, _)| (carrier as usize) < number);
        let from = at * CARRIED;
        let mut next = from;
        script.raw(b"\"");
        for &(number, tag) in &self.carried[place(from)..place(from + CARRIED)] {
            while next < number as usize {
                script.raw(b" ");
                next += 1;
            }
            write_number(tag as usize, script.out());
        }
        script.raw(b"\"");
    }
}

impl Facet {
    fn look<'a>(&self, site: &'a Edition) -> &'a str {
        self.tag.map_or("", |at| &site.tags[at].look.classes)
    }
}

/// What the relations lead to by which results are narrowed, in order of the relations and of what pages name first. Things of one
/// name are one, since readers choose by names.
fn related(site: &Edition) -> Vec<Facet> {
    let mut facets = Vec::new();
    let is_facet = |relation: &&Relation| site.config.relations.get(&relation.name).is_some_and(|config| config.facet);
    for relation in site.relations().declared.iter().filter(is_facet) {
        let mut known: HashMap<String, usize> = HashMap::default();
        for id in (0..site.pages.len()).filter(|&id| site.pages[id].is_told()) {
            for other in relation.others(id, RelationSide::Forward) {
                let Some(name) = called(site, other.place) else { continue };
                let at = *known.entry(name.clone()).or_insert_with(|| {
                    facets.push(Facet { tag: None, name, kind: relation.label.clone(), pages: Vec::new() });
                    facets.len() - 1
                });
                if facets[at].pages.last() != Some(&id) {
                    facets[at].pages.push(id);
                }
            }
        }
    }
    facets
}

/// What readers call the end of a relation.
fn called(site: &Edition, place: RelationPlace) -> Option<String> {
    let name = match place {
        RelationPlace::Page(id) => {
            let page = &site.pages[id];
            if page.title.is_empty() { page.label.clone() } else { page.title.clone() }
        }
        RelationPlace::Entry(id) => site.catalogs.entry(id)?.called(),
        RelationPlace::Draft | RelationPlace::Nowhere => return None,
    };
    Some(name).filter(|name| !name.is_empty())
}
