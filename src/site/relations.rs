//! Relations found: what the front matter of each page names, and both ends of it. A translation that says nothing of a
//! relation has that of its original, told by what both pages have in common.

use std::collections::HashMap;

use serde_json::Value;

use super::catalog::{Catalogs, EntryId};
use super::edition::Edition;
use super::link::{Place, Problem, Resolution};
use super::naming::{self, Named, PageNames};
use super::published::PageId;
use super::relation::{
    InverseEnd, OfOriginal, OriginalEnd, OriginalRelations, Relation, RelationEnd, RelationPlace, Relations, ShownPages,
};
use crate::config::{RelationConfig, RelationTarget};
use crate::page::{Link, LinkKind, Page};

impl Edition {
    /// What pages are called by others.
    pub fn names(&self) -> &PageNames {
        self.frame.names.get_or_init(|| {
            let originals = |key: &str| self.original_relations.pages.get(key)?.identity.clone();
            PageNames::of(&Named {
                config: &self.config,
                numbering: &self.numbering,
                pages: &self.pages,
                drafts: &self.unpublished,
                originals: &originals,
            })
        })
    }

    /// The page of that identity, id, path, address or title.
    pub fn page_named(&self, name: &str) -> Option<PageId> {
        self.names().page(name)
    }

    /// What others call a page, if the configuration says so.
    pub fn identity_of(&self, id: PageId) -> Option<&str> {
        self.names().identities[id].as_deref()
    }

    /// What a text leads to that calls a page by its name; code is only what is exactly an identity.
    pub(super) fn resolve_name(&self, from: PageId, link: &Link) -> Resolution {
        let (name, fragment) = match link.target.split_once('#') {
            Some((name, fragment)) if self.names().page(&link.target).is_none() => (name, fragment),
            _ => (link.target.as_str(), ""),
        };
        let page = match link.kind {
            LinkKind::Code => self.names().identified(name),
            _ => self.names().page(name),
        };
        let plain = |place, address: &str| {
            let (fragment, query) = Default::default();
            Resolution { place, fragment, query, address: address.to_owned(), problem: None, book: None }
        };
        let nowhere = |place, problem| Resolution { problem: Some(problem), ..plain(place, &link.target) };
        match page {
            Some(page) if page == from && fragment.is_empty() => plain(Place::Page(page), &self.pages[page].route),
            Some(page) => {
                let target = format!("{}#{fragment}", self.pages[page].route);
                let found = self.resolve_from(from, &target, LinkKind::Link);
                Resolution { place: Place::Page(page), ..found }
            }
            None if self.names().is_draft(name) => nowhere(Place::Draft, Problem::Draft),
            None => {
                match self.entry_named(&link.target).map(|entry| (self.entry_route(entry), self.entry_address(entry))) {
                    Some((Some(route), _)) => plain(Place::Route(route.to_owned()), route),
                    Some((None, Some(address))) => plain(Place::Elsewhere, address),
                    Some((None, None)) => plain(Place::Nowhere, &link.target),
                    None => nowhere(Place::Nowhere, Problem::NoPage),
                }
            }
        }
    }

    /// The entry of a catalogue that a text names: by its id, perhaps after the catalogue's name, `iso-42001:A-6-2-3`.
    pub fn entry_named(&self, name: &str) -> Option<EntryId> {
        let find = |catalog: usize, id: &str| Some(EntryId { catalog, entry: self.catalogs.at(catalog)?.find(id)? });
        let of_one = || name.split_once(':').and_then(|(catalog, id)| find(self.catalogs.place(catalog.trim())?, id));
        (0..self.catalogs.iter().len()).find_map(|catalog| find(catalog, name)).or_else(of_one)
    }

    /// What a text calls an entry that it names without words of its own.
    pub fn entry_title(&self, entry: EntryId) -> Option<&str> {
        let entry = self.catalogs.entry(entry)?;
        Some(if entry.title.is_empty() { &entry.id } else { &entry.title })
    }

    /// Where an entry can be read, out of the site.
    pub fn entry_address(&self, entry: EntryId) -> Option<&str> {
        self.catalogs.entry(entry)?.address.as_deref().filter(|address| crate::html::is_harmless(address))
    }

    /// Where an entry of a catalogue has a page of its own.
    pub fn entry_route(&self, entry: EntryId) -> Option<&str> {
        self.entry_pages.get(&entry).map(|at| self.indexes[*at].route.as_str())
    }

    /// All relations, found when they are first asked for.
    pub fn relations(&self) -> &Relations {
        self.frame.relations.get_or_init(|| find(self))
    }

    /// What translations need not say again.
    pub fn relations_for_translations(&self) -> OriginalRelations {
        if self.config.relations.is_empty() && self.config.identities.is_empty() {
            return OriginalRelations::default();
        }
        let of_page = |id: PageId| {
            let ends = self.relations().declared.iter().map(|relation| {
                let end = |end: &RelationEnd| OriginalEnd {
                    key: match end.place {
                        RelationPlace::Page(to) => Some(self.pages[to].key.clone()),
                        _ => None,
                    },
                    end: RelationEnd { inherited: true, ..end.clone() },
                };
                relation.ends[id].iter().map(end).collect()
            });
            OfOriginal { identity: self.identity_of(id).map(str::to_owned), ends: ends.collect() }
        };
        let pages = (0..self.pages.len()).map(|id| (self.pages[id].key.clone(), of_page(id))).collect();
        let titled = self.pages.iter().rev().map(|page| (page.title.to_lowercase(), page.key.clone()));
        OriginalRelations { pages, titles: titled.collect() }
    }
}

fn find(site: &Edition) -> Relations {
    let declared = site.config.relations_in_order();
    if declared.is_empty() {
        return Relations::default();
    }
    let by_key: HashMap<&str, PageId> = match site.original_relations.pages.is_empty() {
        true => HashMap::new(),
        false => site.pages.iter().enumerate().map(|(id, published)| (published.key.as_str(), id)).collect(),
    };
    let finder = EndFinder { site, names: site.names(), catalogs: &site.catalogs, by_key };
    let targets: Vec<RelationTarget> = declared.iter().map(|(_, config)| config.target()).collect();
    let mut found: Vec<Relation> =
        declared.iter().map(|(name, config)| nobody(name, config, site.pages.len())).collect();
    // One page after the other: threads that would help may wait for this very answer, and would for ever. All that a
    // page says at once, since pages lie all over the memory.
    for id in 0..site.pages.len() {
        for (at, (relation, target)) in found.iter_mut().zip(&targets).enumerate() {
            finder.take(id, at, relation, target);
        }
    }
    found.iter_mut().for_each(turn_round);
    Relations::of(found, ShownPages::of(site.pages.iter().map(|published| &**published)))
}

/// A relation that brings nobody together yet.
fn nobody(name: &str, config: &RelationConfig, pages: usize) -> Relation {
    Relation {
        name: name.to_owned(),
        key: config.key(name).to_owned(),
        label: config.label(name),
        inverse_name: config.inverse_name().filter(|_| !config.symmetric),
        inverse_label: config.inverse.clone().filter(|_| !config.symmetric),
        symmetric: config.symmetric,
        ends: Vec::with_capacity(pages),
        inverse_ends: vec![Vec::new(); pages],
        ..Relation::default()
    }
}

/// Finds the other ends of all that pages name.
fn turn_round(relation: &mut Relation) {
    for (page, ends) in relation.ends.iter().enumerate() {
        for (at, end) in ends.iter().enumerate() {
            relation.has_notes |= end.note.is_some();
            let naming = match end.place {
                RelationPlace::Page(to) => &mut relation.inverse_ends[to],
                RelationPlace::Entry(entry) => relation.entry_ends.entry(entry).or_default(),
                RelationPlace::Draft | RelationPlace::Nowhere => continue,
            };
            if naming.last().is_none_or(|last| last.page != page) {
                naming.push(InverseEnd { page, at });
            }
        }
    }
}

struct EndFinder<'a> {
    site: &'a Edition,
    names: &'a PageNames,
    catalogs: &'a Catalogs,
    /// The pages by what they have in common with the original's, where there is one.
    by_key: HashMap<&'a str, PageId>,
}

impl EndFinder<'_> {
    /// Takes up what a page names: what it says itself, or else what its original does.
    fn take(&self, id: PageId, at: usize, relation: &mut Relation, target: &RelationTarget) {
        let published = &self.site.pages[id];
        let page = &published.page;
        let value = page.meta.data.get(&relation.key);
        let is_own = value.is_some() && published.borrowed.is_none();
        if is_own {
            relation.speaking.push(id);
        }
        let originals = &self.site.original_relations.pages;
        let ends = match (value, originals.get(&published.key).filter(|_| !is_own)) {
            (_, Some(original)) => {
                original.ends.get(at).into_iter().flatten().map(|end| self.taken_over(end)).collect()
            }
            (Some(value), None) => self.ends(id, &relation.key, value, target),
            (None, None) => Vec::new(),
        };
        relation.ends.push(ends);
    }

    /// What a page names at a key.
    fn ends(&self, id: PageId, key: &str, value: &Value, target: &RelationTarget) -> Vec<RelationEnd> {
        let page = &self.site.pages[id].page;
        let end = |read: ReadEnd| RelationEnd {
            place: if read.name.is_empty() { RelationPlace::Nowhere } else { self.place(id, &read.name, target) },
            span: page.meta.spans.get(&read.path).or_else(|| page.meta.spans.get(key)).copied().unwrap_or_default(),
            written: read.name,
            note: read.note,
            inherited: false,
        };
        read(page, key, value).into_iter().map(end).collect()
    }

    /// What the original names, as this language has it.
    fn taken_over(&self, original: &OriginalEnd) -> RelationEnd {
        let mut end = original.end.clone();
        if let Some(key) = &original.key {
            let page = self.by_key.get(key.as_str()).copied();
            end.place = page.map_or(RelationPlace::Nowhere, RelationPlace::Page);
        }
        end
    }

    /// What a name leads to, seen from a page.
    fn place(&self, from: PageId, name: &str, target: &RelationTarget) -> RelationPlace {
        let catalogs = target.catalogs.iter().filter_map(|catalog| self.catalogs.place(catalog));
        let entry = |catalog: usize| Some(EntryId { catalog, entry: self.catalogs.at(catalog)?.find(name)? });
        if let Some(entry) = catalogs.into_iter().find_map(entry) {
            return RelationPlace::Entry(entry);
        }
        if target.only_catalogs {
            return RelationPlace::Nowhere;
        }
        if let Some(page) = self.names.page(name) {
            return RelationPlace::Page(page);
        }
        if self.names.is_draft(name) {
            return RelationPlace::Draft;
        }
        let in_original = self.site.original_relations.titles.get(&name.to_lowercase());
        if let Some(&page) = in_original.and_then(|key| self.by_key.get(key.as_str())) {
            return RelationPlace::Page(page);
        }
        let path = name.split('#').next().unwrap_or(name);
        let resolution = self.site.resolve_from(from, path, LinkKind::Link);
        match resolution.place {
            Place::Page(page) => RelationPlace::Page(page),
            Place::Draft if self.site.drafts.contains_key(&resolution.address) => RelationPlace::Draft,
            _ => RelationPlace::Nowhere,
        }
    }
}

/// A name as front matter has it.
struct ReadEnd {
    name: String,
    note: Option<String>,
    /// Its path in the front matter: `mitigates[0].to`.
    path: String,
}

/// All names at a key: one value, or a list of them; each a text, or an object with `to` and perhaps a `note`.
fn read(page: &Page, key: &str, value: &Value) -> Vec<ReadEnd> {
    match value {
        Value::Array(items) => {
            let each = items.iter().enumerate().filter(|(_, item)| !item.is_null());
            each.map(|(at, item)| read_one(page, format!("{key}[{at}]"), item)).collect()
        }
        Value::Null => Vec::new(),
        one => vec![read_one(page, key.to_owned(), one)],
    }
}

fn read_one(page: &Page, path: String, value: &Value) -> ReadEnd {
    if let Value::Object(fields) = value {
        let to = format!("{path}.to");
        let named = fields.get("to").and_then(|value| text(page, &to, value));
        let note = fields.get("note").and_then(|value| text(page, &format!("{path}.note"), value));
        let path = if named.is_some() { to } else { path };
        return ReadEnd { name: named.unwrap_or_default(), note, path };
    }
    ReadEnd { name: text(page, &path, value).unwrap_or_default(), note: None, path }
}

fn text(page: &Page, path: &str, value: &Value) -> Option<String> {
    naming::scalar_of(page, path, value).map(|text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::RelationPlace::{Draft, Nowhere, Page};
    use super::*;
    use crate::config;
    use crate::page::{self, Dialect};
    use crate::site::{Ingredients, RelationSide};
    use crate::source::{Root, Source, SourcePath};

    fn edition(configuration: &str, pages: &[(&str, &str)]) -> Edition {
        let (config, findings) = config::parse(&SourcePath::new(Root::Project, "book.toml"), configuration);
        assert!(findings.is_empty(), "{findings:?}");
        let page = |(path, head): &(&str, &str)| {
            let source = Source { path: SourcePath::content(*path), text: format!("---\n{head}\n---\n").into() };
            Arc::new(page::parse(&source, Dialect::OWN))
        };
        Edition::assemble(Ingredients {
            config: Arc::new(config),
            language: None,
            pages: pages.iter().map(page).collect(),
            borrowed: Vec::new(),
            place_keys: Default::default(),
            categories: Default::default(),
            vocabulary: Default::default(),
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

    const CONFIG: &str = "[identities]\nRisks = \"{type}-{sequence}\"\n\
        [relations.mitigates]\ninverse = \"Mitigated by\"\n[relations.related]\nsymmetric = true\n";

    const PAGES: &[(&str, &str)] = &[
        ("Risks/one.md", "title: Leak\ntype: RI\nsequence: 05\nrelated: Risks/two"),
        ("Risks/two.md", "title: Drift\ntype: RI\nsequence: 6"),
        ("Risks/coming.md", "type: RI\nsequence: 7\ndraft: true"),
        (
            "Acts/a.md",
            "id: mi-1\nmitigates: [ri-05, ../Risks/two.md, drift, ri-7, ri-9]  # a comment\nrelated: {to: Leak, note: Why}",
        ),
        ("Acts/b.md", "mitigates:\n  - {to: /Risks/two, note: in part}\n  - ri-05\n  - {note: lost}"),
    ];

    #[test]
    fn a_target_is_named_in_any_way_and_both_ends_know_it() {
        let site = edition(CONFIG, PAGES);
        let at = |path: &str| site.pages.iter().position(|page| page.page.path.as_str() == path).unwrap();
        let (one, two, a, b) = (at("Risks/one.md"), at("Risks/two.md"), at("Acts/a.md"), at("Acts/b.md"));
        assert_eq!(site.identity_of(one), Some("RI-05"));
        assert_eq!(site.page_named("ri-6"), Some(two));
        assert_eq!(site.page_named("MI-1"), Some(a));
        let relations = site.relations();
        assert_eq!(relations.named("Mitigated-By"), Some((0, RelationSide::Inverse)));
        assert_eq!(relations.names().collect::<Vec<_>>(), ["mitigates", "mitigated-by", "related"]);
        let [mitigates, related] = relations.declared.as_slice() else { panic!() };
        let places = |page: PageId| mitigates.ends[page].iter().map(|end| end.place).collect::<Vec<_>>();
        assert_eq!(places(a), [Page(one), Page(two), Page(two), Draft, Nowhere]);
        assert_eq!(places(b), [Page(two), Page(one), Nowhere]);
        let naming = |page: PageId| mitigates.inverse_ends[page].iter().map(|end| end.page).collect::<Vec<_>>();
        assert_eq!((naming(one), naming(two)), (vec![b, a], vec![b, a]));
        let text = &site.pages[a].page.text;
        assert_eq!(mitigates.ends[a][1].span.of(text), "../Risks/two.md");
        let others =
            |page: PageId| related.others(page, RelationSide::Inverse).into_iter().map(|it| (it.place, it.note));
        assert_eq!(others(one).collect::<Vec<_>>(), [(Page(two), None), (Page(a), Some("Why"))]);
        assert_eq!(others(two).collect::<Vec<_>>(), [(Page(one), None)]);
    }
}
