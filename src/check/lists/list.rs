//! The lists of pages that stand on pages: what each asks for, what it finds, and why that may be nothing.

use std::sync::Arc;

use crate::page::{Component, Query};
use crate::query::{Expression, Test};
use crate::site::find::Question;
use crate::site::{Edition, PageId};

/// A list on a page, and the pages that it finds.
pub(in crate::check) struct List<'a> {
    /// The page that it stands on.
    pub page: PageId,
    /// The component that asks.
    pub component: &'a Component,
    /// What it asks for.
    pub query: Query,
    /// What it finds.
    pub found: Arc<[PageId]>,
}

impl List<'_> {
    /// The labels that it asks for, by its tag or in its query.
    pub(in crate::check) fn labels(&self) -> Vec<String> {
        let query = self.query.query.as_ref().and_then(|part| Expression::read(&part.text).ok().flatten());
        let terms = query.iter().flat_map(Expression::terms).filter(|term| term.name.text.eq_ignore_ascii_case("tag"));
        let labels = terms.filter_map(|term| match &term.test {
            Test::Is(value) => value.pattern.text().map(str::to_owned),
            _ => None,
        });
        self.query.tag().map(str::to_owned).into_iter().chain(labels).collect()
    }
}

/// All lists of a site, in order of pages and places.
pub(in crate::check) fn all(question: Question<'_>) -> Vec<List<'_>> {
    let Question { site, calendar } = question;
    let mut lists = Vec::new();
    for (page, published) in site.pages.iter().enumerate() {
        for component in &published.page.components {
            // A component that takes neither shows what it likes, and is no list of a choice.
            let declared = site.components.get(&component.name).filter(|declared| declared.query);
            let chooses = |name: &str| Query::TERMS.contains(&name);
            if !declared.is_some_and(|declared| declared.parameters.iter().any(|takes| chooses(&takes.name))) {
                continue;
            }
            let Some(query) = site.asked(component) else { continue };
            let written = query.without_blanks();
            let found = match written == *query {
                true => site.list(component, page, calendar),
                false => site.query(&written, Some(page), calendar).into(),
            };
            let query = written;
            lists.push(List { page, component, query, found });
        }
    }
    lists
}

/// Why a list is empty although its tag and its folder are known.
pub(in crate::check) fn why_empty(site: &Edition, list: &List<'_>) -> String {
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
