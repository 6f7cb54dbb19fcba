//! What a link into another book leads to: which book it means, which page and heading of it, and at which address
//! that is published.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{Book, Books, NamedBook};
use crate::nearest::nearest;
use crate::site::address;
use crate::site::link::{BookPlace, Place, Problem, Resolution, Target, names_file};

/// A link into a book as it is written.
struct BookLink<'a> {
    /// The place of the book.
    book: usize,
    /// What is written of the page, decoded.
    path: Cow<'a, str>,
    /// What follows the page: `?…`, `#…`, as written.
    rest: &'a str,
    /// The heading, decoded.
    fragment: Cow<'a, str>,
    /// Whether it calls the book by its name.
    by_name: bool,
}

/// What it leads to.
#[derive(Default)]
struct FoundInBook {
    page: Option<usize>,
    heading: Option<usize>,
    /// The address in the book.
    route: Option<String>,
    problem: Option<Problem>,
}

impl Books {
    /// What a target leads to that has a scheme, if that is a book.
    pub fn resolve(&self, target: &str) -> Option<Resolution> {
        let link = self.by_name(target).or_else(|| self.by_address(target))?;
        let named = &self.named[link.book];
        let found = named.book().map(|book| book.find(&link)).unwrap_or_default();
        let address = match link.by_name {
            true => whole_address(named, &link, &found).unwrap_or_else(|| target.to_owned()),
            false => target.to_owned(),
        };
        Some(Resolution {
            place: Place::Elsewhere,
            fragment: String::new(),
            query: String::new(),
            address,
            problem: found.problem,
            book: Some(BookPlace { book: link.book, page: found.page, heading: found.heading }),
        })
    }

    /// What is shown for a link without words: the heading's text, or the page's title.
    pub fn words(&self, place: BookPlace) -> Option<&str> {
        let page = self.at(place.book)?.book()?.facts.pages.get(place.page?)?;
        let heading = place.heading.and_then(|at| page.headings.get(at)).map(|heading| heading.text.as_str());
        heading.or(Some(&page.title)).filter(|words| !words.trim().is_empty())
    }

    fn by_name<'a>(&self, target: &'a str) -> Option<BookLink<'a>> {
        let (name, below) = target.split_once(':')?;
        let book = self.named.binary_search_by(|named| named.name.as_str().cmp(name)).ok()?;
        Some(BookLink { by_name: true, ..BookLink::of(book, below) })
    }

    /// Of several books below whose addresses it lies, the innermost; none if it is a page of the site itself.
    fn by_address<'a>(&self, target: &'a str) -> Option<BookLink<'a>> {
        let books = self.named.iter().enumerate().filter_map(|(at, named)| {
            let base = named.base.as_deref()?;
            Some((at, base.len(), below(base, target)?))
        });
        let (book, length, path) = books.max_by_key(|(_, length, _)| *length)?;
        let is_own = self.own_base.len() >= length && below(&self.own_base, target).is_some();
        (!is_own).then(|| BookLink::of(book, path))
    }
}

/// What of an address follows that of a book.
fn below<'a>(base: &str, target: &'a str) -> Option<&'a str> {
    let bare = base.strip_suffix('/').filter(|bare| !bare.is_empty())?;
    let head = target.get(..bare.len())?;
    let rest = &target[bare.len()..];
    (head.eq_ignore_ascii_case(bare) && (rest.is_empty() || rest.starts_with(['/', '?', '#']))).then_some(rest)
}

impl<'a> BookLink<'a> {
    fn of(book: usize, written: &'a str) -> Self {
        let (path, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let fragment = rest.split_once('#').map_or("", |(_, fragment)| fragment);
        let decoded = |text: &'a str| percent_decode_str(text).decode_utf8_lossy();
        Self { book, path: decoded(path), rest, fragment: decoded(fragment), by_name: false }
    }
}

impl Book {
    fn find(&self, link: &BookLink<'_>) -> FoundInBook {
        let meant = address::resolve("", &format!("/{}", link.path));
        // What begins with a slash is an address, and so is what is no file.
        let may_be_file = !link.path.starts_with('/') || link.path.ends_with(".md") || link.path.ends_with(".mdx");
        let file = (link.by_name && may_be_file).then(|| self.by_file(&link.path)).flatten();
        if let Some(page) = file {
            return self.at_page(page, &link.fragment, None);
        }
        match self.targets.find(&meant) {
            Some((route, Target::Page(page), is_exact)) => {
                self.at_page(*page, &link.fragment, (!is_exact).then(|| Problem::Case(route.to_owned())))
            }
            Some((route, _, is_exact)) => {
                let problem = (!is_exact).then(|| Problem::Case(route.to_owned()));
                FoundInBook { route: Some(route.to_owned()), problem, ..FoundInBook::default() }
            }
            None => {
                FoundInBook { problem: (self.tells_of(&meant)).then_some(Problem::NoPage), ..FoundInBook::default() }
            }
        }
    }

    fn by_file(&self, path: &str) -> Option<usize> {
        let path = path.trim_start_matches("./").trim_start_matches('/');
        let written = [path.to_owned(), format!("{path}.md"), format!("{path}.mdx")];
        written.iter().find_map(|path| self.by_source.get(path.as_str()).copied())
    }

    fn at_page(&self, at: usize, fragment: &str, problem: Option<Problem>) -> FoundInBook {
        let page = &self.facts.pages[at];
        let heading = page.headings.iter().position(|heading| heading.id == fragment);
        let is_there = heading.is_some() || page.ids.iter().any(|id| id == fragment);
        let is_anywhere = fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:");
        let of_heading = || {
            let ids = || page.headings.iter().map(|heading| &heading.id).chain(&page.ids).map(String::as_str);
            match ids().find(|id| id.to_lowercase() == fragment.to_lowercase()) {
                Some(id) => Problem::HeadingCase(id.to_owned()),
                None => Problem::NoHeading(nearest(fragment, ids()).map(str::to_owned)),
            }
        };
        let problem = problem.or_else(|| (!is_there && !is_anywhere).then(of_heading));
        FoundInBook { page: Some(at), heading, route: Some(page.address.clone()), problem }
    }

    /// Whether its `site.json` would tell of a page there: not of files, nor of other languages. Of folders' indexes
    /// early ones told nothing.
    fn tells_of(&self, address: &str) -> bool {
        let is_below =
            |prefix: &str| address.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let of_language =
            self.facts.prefixes.iter().filter(|prefix| is_below(prefix)).max_by_key(|prefix| prefix.len());
        let is_own = of_language.is_none_or(|prefix| *prefix == self.facts.prefix);
        let holds = |route: &str| route.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'));
        let may_be_index = self.facts.others.is_empty() && self.facts.pages.iter().any(|page| holds(&page.address));
        is_own && !names_file(address) && !may_be_index
    }
}

/// The address of what a link leads to that calls its book by name.
fn whole_address(named: &NamedBook, link: &BookLink<'_>, found: &FoundInBook) -> Option<String> {
    let base = named.base.as_deref()?;
    let written = address::resolve("", &format!("/{}", link.path));
    let route = found.route.as_deref().unwrap_or(&written).trim_matches('/');
    let ends = named.book().is_some_and(|book| book.facts.trailing_slash) && !route.is_empty() && !names_file(route);
    let slash = if ends { "/" } else { "" };
    Some(format!("{base}{}{slash}{}", address::encode_path(route), link.rest))
}

impl NamedBook {
    /// The address of the book that was probably meant: one with the same last name, or near it in the same folder.
    pub fn meant(&self, path: &str) -> Option<&str> {
        let pages = || self.book().into_iter().flat_map(|book| &book.facts.pages).map(|page| page.address.as_str());
        let last = |route: &str| route.rsplit('/').next().unwrap_or_default().to_lowercase();
        let mut same = pages().filter(|route| last(route) == last(path));
        if let (Some(only), None) = (same.next(), same.next()) {
            return Some(only);
        }
        nearest(path, pages().filter(|route| address::parent(route) == address::parent(path)))
    }

    /// Of a target that leads into the book the part that is the book's own, decoded.
    pub fn path_of(&self, target: &str) -> Option<String> {
        let named = target.strip_prefix(self.name.as_str()).and_then(|rest| rest.strip_prefix(':'));
        let written = named.or_else(|| below(self.base.as_deref()?, target))?;
        let path = format!("/{}", written.split(['?', '#']).next()?);
        Some(address::resolve("", &percent_decode_str(&path).decode_utf8_lossy()))
    }
}
