//! What a page's references lead to: pages by file path, address, id or slug,
//! headings, files, or nothing. Every reference is resolved once, when it is first asked
//! for; what is wrong with it stays beside the result for `check` to tell.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;

use super::super::book::Books;
use super::super::published::{PageId, Published};
use super::super::{anchors, moved};
use super::candidates::{Candidates, Origin};
use super::extension::names_file;
use super::resolution::{Place, Problem, Resolution};
use super::targets::{Target, Targets};
use crate::component::Components;
use crate::ledger::Ledger;
use crate::page::{Link, LinkKind};

/// Resolves the references of one page.
pub struct Resolver<'a> {
    /// All published pages.
    pub pages: &'a [Arc<Published>],
    /// Everything that can be led to.
    pub targets: &'a Targets,
    /// The path below which pages lie.
    pub docs_route: &'a str,
    /// The base path: `/` or `/handbook/`.
    pub base_path: &'a str,
    /// Which components there are.
    pub components: &'a Components,
    /// For each page, the ids on it, once they have been asked for.
    pub anchors: &'a [OnceLock<Arc<[String]>>],
    /// Where old addresses lead.
    pub ledger: &'a Ledger,
    /// Other books that pages link to.
    pub books: &'a Books,
    /// Whether it counts which headings there are on a page that a reference leads to.
    pub seeks_headings: bool,
    /// The path before all addresses of this edition.
    pub prefix: &'a str,
    /// Everything that can be led to in the other editions.
    pub siblings: Vec<&'a Targets>,
}

impl<'a> Resolver<'a> {
    /// What a reference on a page leads to.
    pub fn resolve(&self, from: &Origin<'_>, link: &Link) -> Resolution {
        self.resolve_target(from, &link.target, link.kind)
    }

    /// What a written target leads to, seen from a page.
    pub fn resolve_target(&self, from: &Origin<'_>, target: &str, kind: LinkKind) -> Resolution {
        let target = target.trim();
        if leads_elsewhere(target) {
            return self.books.resolve(target).unwrap_or_else(|| Resolution {
                place: Place::Elsewhere,
                fragment: String::new(),
                query: String::new(),
                address: target.to_owned(),
                problem: None,
                book: None,
            });
        }
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = decode(path);
        let fragment = decode(fragment).into_owned();
        if path.is_empty() {
            let address = with_fragment(from.route, &fragment);
            let query = query.to_owned();
            let resolution = Resolution { place: Place::Here, fragment, query, address, problem: None, book: None };
            return match from.id {
                Some(id) => self.check_heading(resolution, id),
                None => resolution,
            };
        }
        let meant = &self.candidates().likeliest(from, &path);
        // Nearly every reference leads to what it most likely means.
        let exactly = self.targets.find_exactly(meant).map(|(route, target)| (route, target, true));
        let written = WrittenTarget { meant, fragment, query };
        if let Some((route, target, exact)) = exactly.or_else(|| self.find_otherwise(from, &path, meant)) {
            let case = (!exact).then(|| Problem::Case(route.to_owned()));
            return self.at(route, target, case, written);
        }
        match self.find_in_siblings(from, &path, meant) {
            Some((route, target)) => at_sibling(route, target, written),
            None => {
                let WrittenTarget { fragment, .. } = written;
                let is_file = kind == LinkKind::Image || kind == LinkKind::Resource || names_file(&path);
                Resolution {
                    place: Place::Nowhere,
                    address: with_fragment(meant, &fragment),
                    fragment,
                    query: query.into(),
                    problem: Some(if is_file { Problem::NoFile } else { Problem::NoPage }),
                    book: None,
                }
            }
        }
    }

    fn candidates(&self) -> Candidates<'a> {
        Candidates { docs_route: self.docs_route, base_path: self.base_path, prefix: self.prefix }
    }

    /// What a path leads to that does not lead to the address that it most likely means: the other addresses
    /// that it may mean, and then all of them in another case.
    fn find_otherwise(&self, from: &Origin<'_>, path: &str, likeliest: &str) -> Option<(&str, &Target, bool)> {
        let others = self.candidates().less_likely(from, path);
        let exactly = others.iter().find_map(|candidate| self.targets.find_exactly(candidate));
        let found = exactly.map(|(route, target)| (route, target, true));
        let mut all = std::iter::once(likeliest).chain(others.iter().map(String::as_str));
        found.or_else(|| all.find_map(|candidate| self.targets.find(candidate)))
    }

    /// What a path leads to in another edition. What a translation has no file of its own for, the original has.
    fn find_in_siblings(&self, from: &Origin<'_>, path: &str, likeliest: &str) -> Option<(&str, &Target)> {
        let others = self.candidates().less_likely(from, path);
        let written = std::iter::once(likeliest).chain(others.iter().map(String::as_str));
        let all: Vec<&str> =
            written.flat_map(|candidate| [Some(candidate), self.below_prefix(candidate)]).flatten().collect();
        self.siblings.iter().find_map(|sibling| all.iter().find_map(|candidate| sibling.find_exactly(candidate)))
    }

    /// An address of this edition as the original may have it.
    fn below_prefix<'r>(&self, route: &'r str) -> Option<&'r str> {
        route.strip_prefix(self.prefix).filter(|rest| !self.prefix.is_empty() && rest.starts_with('/'))
    }

    fn at(&self, route: &str, target: &Target, case: Option<Problem>, written: WrittenTarget<'_>) -> Resolution {
        let WrittenTarget { meant, fragment, query } = written;
        let mut resolution = Resolution {
            place: Place::Nowhere,
            address: with_fragment(if case.is_some() { meant } else { route }, &fragment),
            fragment,
            query: query.to_owned(),
            problem: case,
            book: None,
        };
        match target {
            Target::Page(id) | Target::Alias(id) => {
                resolution.place = Place::Page(*id);
                self.check_heading(resolution, *id)
            }
            Target::Draft => {
                resolution.place = Place::Draft;
                resolution.problem = Some(Problem::Draft);
                resolution
            }
            Target::Generated => {
                resolution.place = Place::Route(route.to_owned());
                resolution
            }
            Target::File => {
                resolution.place = Place::File(route.to_owned());
                resolution
            }
            Target::Redirect(to) => {
                // A heading that went elsewhere than its page is known to the old address.
                let went_alone = self.ledger.has_moved(route, &resolution.fragment);
                resolution.place = match self.targets.get(to).filter(|_| !went_alone) {
                    Some(Target::Page(id)) => Place::Page(*id),
                    _ => Place::Route(route.to_owned()),
                };
                resolution
            }
        }
    }

    /// The ids on a page.
    pub fn anchors(&self, id: PageId) -> &'a [String] {
        self.anchors[id].get_or_init(|| {
            let page = &self.pages[id];
            let mut ids = anchors::anchors(&page.page, self.components);
            let moved = moved::anchors(self.ledger, page, || ids.clone());
            ids.extend(moved.ids().cloned());
            ids.into()
        })
    }

    /// Looks for the heading; a fragment in another case gets the heading's own.
    fn check_heading(&self, mut resolution: Resolution, id: PageId) -> Resolution {
        let fragment = &resolution.fragment;
        if !self.seeks_headings || fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:") {
            return resolution;
        }
        // What the page itself has needs no template to be read for what components make.
        let page = &self.pages[id].page;
        if page.headings.iter().any(|heading| heading.id == resolution.fragment)
            || page.raw_ids.contains(&resolution.fragment)
        {
            return resolution;
        }
        let anchors = self.anchors(id);
        if anchors.contains(&resolution.fragment) {
            return resolution;
        }
        let wanted = resolution.fragment.to_lowercase();
        let problem = match anchors.iter().find(|anchor| anchor.to_lowercase() == wanted) {
            Some(anchor) => {
                resolution.fragment.clone_from(anchor);
                Problem::HeadingCase(anchor.clone())
            }
            None => Problem::NoHeading(nearest(&wanted, anchors)),
        };
        resolution.problem.get_or_insert(problem);
        resolution
    }
}

/// Where a reference leads that leads to another edition: to an address, since a page's place is good in its own only.
fn at_sibling(route: &str, target: &Target, written: WrittenTarget<'_>) -> Resolution {
    let place = match target {
        Target::File => Place::File(route.to_owned()),
        Target::Draft => Place::Draft,
        Target::Page(_) | Target::Alias(_) | Target::Generated | Target::Redirect(_) => Place::Route(route.to_owned()),
    };
    let problem = matches!(place, Place::Draft).then_some(Problem::Draft);
    let address = with_fragment(route, &written.fragment);
    Resolution { place, address, fragment: written.fragment, query: written.query.to_owned(), problem, book: None }
}

/// How a target was written, once it is taken apart.
struct WrittenTarget<'a> {
    meant: &'a str,
    fragment: String,
    query: &'a str,
}

/// The name in a list that is nearest to a wanted one, if it is near enough to be meant.
pub fn nearest(wanted: &str, names: &[String]) -> Option<String> {
    names
        .iter()
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name.clone())
}

/// Whether a target has a scheme or a host.
fn leads_elsewhere(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    let scheme = target.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
    scheme > 1 && target.as_bytes()[0].is_ascii_alphabetic() && target.as_bytes().get(scheme) == Some(&b':')
}

fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8_lossy()
}

fn with_fragment(route: &str, fragment: &str) -> String {
    if fragment.is_empty() { route.to_owned() } else { format!("{route}#{fragment}") }
}
