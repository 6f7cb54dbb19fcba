//! A site as a comparison sees it: the pages of all its languages by their files, what they lead to and what they hold.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::change::ListKind;
use crate::diagnostic::Diagnostic;
use crate::page::{Component, LinkKind, Page, Query};
use crate::query::{Expression, Test};
use crate::site::find::Calendar;
use crate::site::{
    Edition, LeadsTo, Library, PageId, Place, Problem, RelationPlace, RelationSide, SidebarNode, lies_beside,
};
use crate::source::{Asset, Source, SourcePath};

/// A site, ready to be compared with another.
pub struct ComparedSite<'a> {
    /// Its pages, by the paths of their files, in order.
    pub(super) pages: Vec<PageSeen<'a>>,
    /// What holds pages.
    pub(super) lists: Vec<ListSeen>,
    /// The pages that carry each label, by their places.
    pub(super) labels: BTreeMap<String, BTreeSet<usize>>,
    /// Relations: their names, the pages that name others, and these.
    pub(super) relations: BTreeSet<(String, usize, RelationTo)>,
    /// What old addresses lead to.
    pub(super) redirects: HashMap<String, String>,
    /// Files that are published as they are, by what they are called.
    pub(super) files: BTreeMap<String, FileSeen<'a>>,
    /// What is told of it.
    pub(super) findings: Vec<FindingSeen<'a>>,
}

/// A file that is published as it is.
pub(super) struct FileSeen<'a> {
    pub route: &'a str,
    pub asset: &'a Asset,
    pub edition: &'a Edition,
}

/// What a site is seen by.
#[derive(Clone, Copy)]
pub struct SiteSeen<'a, 's> {
    /// Its editions.
    pub library: &'a Library,
    /// What queries can know of days.
    pub calendar: Calendar<'s>,
    /// What is told of it.
    pub findings: &'a [Diagnostic],
    /// The texts that findings speak of.
    pub sources: &'a [Source],
    /// What a file is called.
    pub shown: &'s dyn Fn(&SourcePath) -> String,
}

/// A page of a site.
pub(super) struct PageSeen<'a> {
    pub path: String,
    pub edition: &'a Edition,
    pub id: PageId,
    pub page: &'a Page,
    pub title: &'a str,
    pub route: &'a str,
    /// Its links that lead nowhere, as they are written.
    pub broken: BTreeSet<&'a str>,
    /// The pages that it leads to, with the headings that are named, in order.
    pub leads_to: Vec<(usize, &'a str)>,
    /// The pages that its lists hold.
    pub holds: BTreeSet<usize>,
}

/// What a relation leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum RelationTo {
    Page(usize),
    Entry(String),
}

/// What holds pages.
pub(super) struct ListSeen {
    pub kind: ListKind,
    /// What it asks for, or is called.
    pub name: String,
    /// The page that it stands on.
    pub on: Option<usize>,
    /// The pages, in order.
    pub pages: Vec<usize>,
    /// The labels that it asks for; nothing where it asks for whatever a page carries.
    pub labels: Vec<String>,
}

/// What is told of a site.
pub(super) struct FindingSeen<'a> {
    pub finding: &'a Diagnostic,
    /// What its file is called.
    pub path: Arc<str>,
    /// What its file says.
    pub text: &'a str,
}

/// A page of the site's own.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct OwnPage {
    path: String,
    /// The place of its edition.
    edition: usize,
    id: PageId,
}

/// A component of a page.
#[derive(Clone, Copy)]
struct UsedOn<'a> {
    id: PageId,
    used: &'a Component,
}

/// A place for each page of an edition among those of the site.
type PagePlaces = Vec<Option<usize>>;

impl<'a> ComparedSite<'a> {
    /// A site; files are called as `seen.shown` says.
    pub fn of(seen: SiteSeen<'a, '_>) -> Self {
        let SiteSeen { library, calendar, findings, sources, shown } = seen;
        let editions: Vec<&'a Edition> = library.editions().map(|(_, edition)| &**edition).collect();
        let mut own: Vec<OwnPage> = Vec::new();
        for (at, edition) in editions.iter().enumerate() {
            let pages = edition.pages.iter().enumerate().filter(|(_, page)| page.borrowed.is_none());
            own.extend(pages.map(|(id, published)| OwnPage { path: shown(&published.page.path), edition: at, id }));
        }
        own.sort_unstable();
        let mut places: Vec<PagePlaces> = editions.iter().map(|edition| vec![None; edition.pages.len()]).collect();
        own.iter().enumerate().for_each(|(place, own)| places[own.edition][own.id] = Some(place));
        let mut view = Self {
            pages: own.into_iter().map(|own| page(editions[own.edition], &places[own.edition], own)).collect(),
            lists: Vec::new(),
            labels: BTreeMap::new(),
            relations: BTreeSet::new(),
            redirects: HashMap::new(),
            files: files(library, shown),
            findings: told(findings, sources, shown),
        };
        for (edition, places) in editions.iter().zip(&places) {
            view.take(edition, places, calendar);
        }
        view
    }

    /// Whether something answers at an address.
    pub(super) fn answers(&self, route: &str) -> bool {
        self.redirects.contains_key(route)
            || self.pages.iter().any(|page| page.route == route)
            || self.files.values().any(|file| file.route == route)
    }

    /// Takes up what one edition makes of its pages together.
    fn take(&mut self, edition: &'a Edition, places: &PagePlaces, calendar: Calendar<'_>) {
        for (id, published) in edition.pages.iter().enumerate() {
            let Some(place) = places[id] else { continue };
            for tag in &published.page.meta.tags {
                self.labels.entry(tag.label.clone()).or_default().insert(place);
            }
            for used in &published.page.components {
                for mut list in lists(edition, UsedOn { id, used }, places, calendar) {
                    self.pages[place].holds.extend(&list.pages);
                    list.on = Some(place);
                    self.lists.push(list);
                }
            }
        }
        for tag in &edition.tags {
            let labels = tag.labels.iter().map(|(label, _)| label.clone()).collect();
            self.lists.push(made(ListKind::Tag, edition.tag_route(tag), here(&tag.pages, places), labels));
        }
        self.sections(edition, places);
        for relation in &edition.relations().declared {
            for (id, place) in places.iter().enumerate() {
                let Some(place) = place else { continue };
                for other in relation.others(id, RelationSide::Forward) {
                    let to = match other.place {
                        RelationPlace::Page(id) => places[id].map(RelationTo::Page),
                        RelationPlace::Entry(at) => edition.catalogs.entry(at).map(|entry| {
                            let catalog = edition.catalogs.at(at.catalog).map_or("", |catalog| catalog.name.as_str());
                            RelationTo::Entry(format!("{catalog}:{}", entry.id))
                        }),
                        RelationPlace::Draft | RelationPlace::Nowhere => None,
                    };
                    self.relations.extend(to.map(|to| (relation.name.clone(), *place, to)));
                }
            }
        }
        self.redirects.extend(edition.moved_files.clone());
        self.redirects.extend(edition.redirects.iter().map(|redirect| (redirect.from.clone(), redirect.to.clone())));
    }

    fn sections(&mut self, edition: &Edition, places: &PagePlaces) {
        for (name, node) in sections(edition) {
            let page = |child: &SidebarNode| match child.leads_to {
                LeadsTo::Page(id) => places[id],
                _ => None,
            };
            let pages = node.children.iter().filter_map(page).collect();
            self.lists.push(made(ListKind::Section, name, pages, Vec::new()));
        }
    }

    /// The place of the page of a file.
    pub(super) fn place(&self, path: &str) -> Option<usize> {
        self.pages.binary_search_by(|page| page.path.as_str().cmp(path)).ok()
    }
}

/// The sections of the sidebar, by what they are called with those above them, and in which language.
pub(super) fn sections(edition: &Edition) -> Vec<(String, &SidebarNode)> {
    let mut found: Vec<(String, &SidebarNode)> = Vec::new();
    let mut waiting: Vec<(String, &SidebarNode)> =
        edition.tree.iter().rev().map(|node| (String::new(), node)).collect();
    let language = edition.language.as_ref().map(|language| format!("{}: ", language.code)).unwrap_or_default();
    while let Some((above, node)) = waiting.pop() {
        if node.children.is_empty() {
            continue;
        }
        let name = if above.is_empty() { node.label.clone() } else { format!("{above} / {}", node.label) };
        waiting.extend(node.children.iter().rev().map(|child| (name.clone(), child)));
        found.push((format!("{language}{name}"), node));
    }
    found
}

/// Files that are published as they are.
fn files<'a>(library: &'a Library, shown: &dyn Fn(&SourcePath) -> String) -> BTreeMap<String, FileSeen<'a>> {
    let referred = library.referred_to();
    let all = library.editions().flat_map(|(_, edition)| edition.files.iter().map(move |file| (&**edition, file)));
    let published = all.filter(|(_, (route, asset))| !lies_beside(asset) || referred.contains(*route));
    published.map(|(edition, (route, asset))| (shown(&asset.path), FileSeen { route, asset, edition })).collect()
}

/// What is made of pages by itself.
fn made(kind: ListKind, name: String, pages: Vec<usize>, labels: Vec<String>) -> ListSeen {
    ListSeen { kind, name, on: None, pages, labels }
}

fn here(pages: &[PageId], places: &PagePlaces) -> Vec<usize> {
    pages.iter().filter_map(|&id| places[id]).collect()
}

fn page<'a>(edition: &'a Edition, places: &PagePlaces, own: OwnPage) -> PageSeen<'a> {
    let OwnPage { path, id, .. } = own;
    let published = &edition.pages[id];
    let mut broken = BTreeSet::new();
    let mut leads_to = Vec::new();
    for (link, to) in published.page.links.iter().zip(edition.links(id)) {
        let is_name = link.kind == LinkKind::Code;
        if matches!(to.problem, Some(Problem::NoPage | Problem::NoFile | Problem::NoHeading(_))) && !is_name {
            broken.insert(link.target.as_str());
        }
        match to.place {
            Place::Page(other) => leads_to.extend(places[other].map(|other| (other, to.fragment.as_str()))),
            Place::Here => leads_to.extend(places[id].map(|own| (own, to.fragment.as_str()))),
            _ => {}
        }
    }
    leads_to.sort_unstable();
    leads_to.dedup();
    PageSeen {
        path,
        edition,
        id,
        page: &published.page,
        title: &published.title,
        route: &published.route,
        broken,
        leads_to,
        holds: BTreeSet::new(),
    }
}

/// What a component of a page holds: a list, or each cell of a matrix.
fn lists(edition: &Edition, of: UsedOn<'_>, places: &PagePlaces, calendar: Calendar<'_>) -> Vec<ListSeen> {
    let UsedOn { id, used } = of;
    let Some(query) = edition.asked(used) else { return Vec::new() };
    let found = edition.list(used, id, calendar);
    let name = asked_for(used, &query);
    let labels = labels(&query);
    if let Some(matrix) = edition.matrix(used, &found, calendar) {
        let mut cells = Vec::new();
        for (row, of_row) in matrix.rows.iter().zip(&matrix.cells) {
            for (column, pages) in matrix.columns.iter().zip(of_row).filter(|(_, pages)| !pages.is_empty()) {
                let name = format!("{name} {} × {}", row.label, column.label);
                cells.push(made(
                    ListKind::Cell,
                    name,
                    here(pages, places),
                    vec![row.label.clone(), column.label.clone()],
                ));
            }
        }
        return cells;
    }
    vec![made(ListKind::List, name, here(&found, places), labels)]
}

/// A list as it is written, without what only says how it looks.
fn asked_for(used: &Component, query: &Query) -> String {
    let part = |name: &str, part: &Option<crate::page::QueryPart>| {
        part.as_ref().map(|part| format!(" {name}={:?}", part.text))
    };
    let parts = [part("tag", &query.tag), part("filter", &query.filter), part("query", &query.query)];
    let axes = ["rows", "columns"].map(|name| used.string(name).map(|text| format!(" {name}={text:?}")));
    let all: String = parts.into_iter().chain(axes).flatten().collect();
    format!("<{}{all}>", used.name)
}

/// The labels that a list asks for.
fn labels(query: &Query) -> Vec<String> {
    let mut labels: Vec<String> = query.tag.iter().map(|part| part.text.clone()).collect();
    let read = query.query.as_ref().and_then(|part| Expression::read(&part.text).ok().flatten());
    for term in read.iter().flat_map(Expression::terms) {
        if let ("tag", Test::Is(value)) = (term.name.text.to_lowercase().as_str(), &term.test) {
            labels.extend(value.pattern.text().map(str::to_owned));
        }
    }
    labels
}

/// What is told, in order of files.
fn told<'a>(
    findings: &'a [Diagnostic],
    sources: &'a [Source],
    shown: &dyn Fn(&SourcePath) -> String,
) -> Vec<FindingSeen<'a>> {
    let texts: HashMap<&SourcePath, &'a str> = sources.iter().map(|source| (&source.path, &*source.text)).collect();
    let of_file = |findings: &'a [Diagnostic]| {
        let path: Arc<str> = findings.first().map_or_else(String::new, |first| shown(&first.path)).into();
        let text = findings.first().and_then(|first| texts.get(&first.path)).copied().unwrap_or_default();
        findings.iter().map(move |finding| FindingSeen { finding, path: Arc::clone(&path), text })
    };
    findings.chunk_by(|one, other| one.path == other.path).flat_map(of_file).collect()
}
