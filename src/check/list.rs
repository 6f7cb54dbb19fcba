//! Lists that find no page, and why: a tag that no page carries, a folder that
//! isn't there, or both there but never together.

use super::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::page::{Component, Query, Term};
use crate::site::query::is_folder;
use crate::site::{PageId, Site};

/// A list on a page, and the pages that it finds.
pub struct List<'a> {
    /// The page that it stands on.
    pub page: PageId,
    /// The component that asks.
    pub component: &'a Component,
    /// What it asks for.
    pub query: Query,
    /// What it finds.
    pub found: Vec<PageId>,
}

/// All lists of a site, in order of pages and places.
pub fn all(site: &Site) -> Vec<List<'_>> {
    let mut lists = Vec::new();
    for (page, published) in site.pages.iter().enumerate() {
        for component in &published.page.components {
            // A component that takes neither shows what it likes, and is no list of a choice.
            let declared = site.components.get(&component.name).filter(|declared| declared.query);
            let chooses = |name: &str| Query::TERMS.contains(&name);
            if !declared.is_some_and(|declared| declared.parameters.iter().any(|takes| chooses(&takes.name))) {
                continue;
            }
            let query = component.query.without_blanks();
            let found = site.query(&query, Some(page));
            lists.push(List { page, component, query, found });
        }
    }
    lists
}

pub(super) fn check(book: &Book<'_>, findings: &mut Vec<Diagnostic>) {
    for list in &book.lists {
        let path = &book.site.pages[list.page].page.path;
        let finding = |code, span, message: String| Diagnostic::new(code, path, span, message);
        let Query { tag, filter } = &list.query;
        let unknown_tag = tag.as_ref().filter(|tag| book.site.carrying(&tag.text).is_empty());
        if let Some(Term { text: tag, span }) = unknown_tag {
            let message = format!("no page carries the tag `{tag}`, so this list is empty");
            let help = match nearest(tag, book.site.labels().iter().map(String::as_str)) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "Write a tag that pages carry: `bokworm tags` lists them all.".into(),
            };
            findings.push(finding(Code::UnknownTag, *span, message).with_help(help));
        }
        let unknown_filter = filter.as_ref().filter(|filter| !is_folder(book.site, &filter.text));
        if let Some(Term { text: filter, span }) = unknown_filter {
            let message = format!("no page lies in a folder `{filter}`, so this list is empty");
            let folders = folders(book.site);
            let help = match nearest(filter, folders.iter().copied()) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "Write the name of a folder as it stands in the addresses of its pages.".into(),
            };
            findings.push(finding(Code::UnknownFilter, *span, message).with_help(help));
        }
        if list.found.is_empty() && unknown_tag.is_none() && unknown_filter.is_none() {
            let help = "Tag the pages that belong here, or remove the list.";
            findings.push(finding(Code::EmptyList, list.component.span, why_empty(book.site, list)).with_help(help));
        }
    }
}

/// Why a list is empty although its tag and its folder are known.
pub fn why_empty(site: &Site, list: &List<'_>) -> String {
    match (list.query.tag(), list.query.filter()) {
        (Some(tag), _) if site.carrying(tag) == [list.page] => {
            format!("this list is empty: only this page itself carries `{tag}`")
        }
        (Some(tag), Some(filter)) => {
            let carrying = site.carrying(tag);
            match carrying.len() {
                1 => format!("this list is empty: the only page with `{tag}` does not lie in a folder `{filter}`"),
                many => {
                    format!("this list is empty: none of the {many} pages with `{tag}` lies in a folder `{filter}`")
                }
            }
        }
        (None, Some(filter)) => format!("this list is empty: no page in a folder `{filter}` carries a tag"),
        (_, None) => "this list is empty".into(),
    }
}

/// The names of folders that stand in addresses, sorted.
fn folders(site: &Site) -> Vec<&str> {
    let routes = site.pages.iter().map(|page| crate::site::address::parent(&page.route));
    let mut folders: Vec<&str> = routes.flat_map(|folder| folder.split('/')).filter(|name| !name.is_empty()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}
