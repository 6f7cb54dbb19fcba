//! Of which pages a report shows what changed: those that are told, and those whose lists hold other pages.

use std::collections::{BTreeMap, HashMap};

use super::given::{ReportedDifference, ReportedSite};
use crate::diff::change::{ListChange, ListKind, PageChange, PageEvent};
use crate::diff::view::sections;
use crate::output::path_flaw;
use crate::site::LeadsTo;

/// A page of which a report shows what changed.
pub(super) struct ReportSubject<'a> {
    /// Where, in the folder of the report.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// Where it was before.
    pub old: Option<SubjectPlace>,
    /// Where it is now.
    pub new: Option<SubjectPlace>,
    /// What is told of it.
    pub change: Option<&'a PageChange>,
    /// The lists on it that hold other pages.
    pub lists: Vec<&'a ListChange>,
}

/// Where something is that a report shows.
#[derive(Clone)]
pub(super) struct SubjectPlace {
    /// Its address.
    pub route: String,
    /// The file of a page; nothing for what is made of pages.
    pub path: Option<String>,
}

impl SubjectPlace {
    fn of_page(route: &str, path: &str) -> Self {
        Self { route: route.to_owned(), path: Some(path.to_owned()) }
    }

    fn made(route: String) -> Self {
        Self { route, path: None }
    }
}

/// A longer part of a path can't be a file's name.
const LONGEST: usize = 200;

/// The pages of a report, by their files.
pub(super) fn of<'a>(parts: &ReportedDifference<'a>) -> Vec<ReportSubject<'a>> {
    let mut subjects: BTreeMap<String, ReportSubject<'a>> = BTreeMap::new();
    for change in parts.difference.pages.iter().filter(|change| change.event != PageEvent::Rewritten) {
        let subject = of_page(change);
        subjects.insert(subject.file.clone(), subject);
    }
    let known = KnownRoutes { before: Routes::of(parts.before), after: Routes::of(parts.after) };
    for list in &parts.difference.lists {
        let Some(subject) = known.of_list(list) else { continue };
        let subject = subjects.entry(subject.file.clone()).or_insert(subject);
        subject.lists.push(list);
    }
    subjects.into_values().collect()
}

fn of_page(change: &PageChange) -> ReportSubject<'_> {
    let place = |route: &Option<String>, path: &Option<String>| {
        Some(SubjectPlace::of_page(route.as_deref()?, path.as_deref()?))
    };
    let new = place(&change.address, &change.path);
    let former = |former: &Option<String>, now: &Option<String>| former.clone().or_else(|| now.clone());
    let (route, path) = (former(&change.former_address, &change.address), former(&change.former_path, &change.path));
    let old = place(&route, &path).filter(|_| change.event != PageEvent::Added);
    let title = if change.title.is_empty() { change.place() } else { &change.title };
    let (file, title) = (file("pages", change.place()), title.to_owned());
    ReportSubject { file, title, old, new, change: Some(change), lists: Vec::new() }
}

/// The file of a report for something that is called so.
fn file(folder: &str, name: &str) -> String {
    let path = format!("{folder}/{}.html", name.trim_matches('/'));
    if path_flaw(&path).is_none() && path.split('/').all(|part| part.len() <= LONGEST) {
        return path;
    }
    format!("{folder}/{}.html", &blake3::hash(name.as_bytes()).to_hex()[..16])
}

/// Where pages and sections of a site are.
struct Routes {
    /// Pages by their files, with their titles.
    pages: HashMap<String, (String, String)>,
    /// The indexes of sections, by what these are called.
    sections: HashMap<String, String>,
    /// Pages of tags by their addresses, with what they are called.
    tags: HashMap<String, String>,
}

impl Routes {
    fn of(site: ReportedSite<'_>) -> Self {
        let mut routes = Self { pages: HashMap::new(), sections: HashMap::new(), tags: HashMap::new() };
        for (_, edition) in site.library.editions() {
            for published in edition.pages.iter().filter(|published| published.borrowed.is_none()) {
                let told = (published.route.clone(), published.title.clone());
                routes.pages.insert((site.shown)(&published.page.path), told);
            }
            for (name, node) in sections(edition) {
                if let LeadsTo::Index(at) = node.leads_to {
                    routes.sections.insert(name, edition.indexes[at].route.clone());
                }
            }
            routes.tags.extend(edition.tags.iter().map(|tag| (edition.tag_route(tag), tag.label.clone())));
        }
        routes
    }
}

/// Both sites.
struct KnownRoutes {
    before: Routes,
    after: Routes,
}

impl KnownRoutes {
    /// The page that a list stands on, or that is the list.
    fn of_list<'a>(&self, list: &ListChange) -> Option<ReportSubject<'a>> {
        let subject = |file: String, title: String, old: Option<SubjectPlace>, new: Option<SubjectPlace>| {
            ReportSubject { file, title, old, new, change: None, lists: Vec::new() }
        };
        let both = |of: &dyn Fn(&Routes) -> Option<String>| [of(&self.before), of(&self.after)];
        match list.kind {
            ListKind::List | ListKind::Cell => {
                let path = list.on.as_deref()?;
                let (route, title) = self.after.pages.get(path)?.clone();
                let old = self.before.pages.get(path).map(|(route, _)| SubjectPlace::of_page(route, path));
                Some(subject(file("pages", path), title, old, Some(SubjectPlace::of_page(&route, path))))
            }
            ListKind::Tag => {
                let label = [&self.after, &self.before].iter().find_map(|side| side.tags.get(&list.name))?.clone();
                let [old, new] = both(&|side| side.tags.contains_key(&list.name).then(|| list.name.clone()));
                let [old, new] = [old, new].map(|route| route.map(SubjectPlace::made));
                Some(subject(file("lists", &list.name), label, old, new))
            }
            ListKind::Section => {
                let [old, new] = both(&|side| side.sections.get(&list.name).cloned());
                let route = new.as_ref().or(old.as_ref())?.clone();
                let [old, new] = [old, new].map(|route| route.map(SubjectPlace::made));
                Some(subject(file("lists", &route), list.name.clone(), old, new))
            }
        }
    }
}
