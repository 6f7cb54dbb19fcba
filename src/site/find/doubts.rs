//! What a query names and the site doesn't have: tags, kinds, folders, keys, values, pages. Each is told with the name
//! that was probably meant.

use std::collections::BTreeSet;

use super::super::query_columns::folders_of;
use super::super::{Edition, TagPage};
use super::keys::{self, Comparand};
use super::page_names::page_named;
use super::related::{self, SeenRelation};
use super::terms::{NAMES, is_named_like};
use super::words;
use crate::nearest::nearest;
use crate::query::{self, AskedValue, Comparison, Day, Expression, QueryFault, Term, Test, Wildcards};

/// What a query names and the site doesn't have, in order of place.
pub fn doubts(site: &Edition, expression: &Expression) -> Vec<QueryFault> {
    expression.terms().into_iter().filter_map(|term| doubt(site, term)).collect()
}

fn doubt(site: &Edition, term: &Term) -> Option<QueryFault> {
    let name = term.name.text.to_lowercase();
    match name.as_str() {
        "tag" => of_name(term, |value| tag(site, value)),
        "kind" => of_name(term, |value| kind(site, value)),
        "in" => of_name(term, |value| folder(site, value)),
        "has" => of_name(term, |value| has(site, value)),
        "word" => of_name(term, |_| None),
        "links-to" | "linked-from" => match &term.test {
            Test::Leads(_) => None,
            _ => of_name(term, |value| page(site, value)),
        },
        "title" | "position" | "updated" => match &term.test {
            Test::Leads(_) => Some(leads_nowhere(term)),
            _ if name == "title" => title(site, term),
            _ => None,
        },
        name => match SeenRelation::named(site, name) {
            Some(seen) => related::doubt(seen, term),
            None => key(site, term),
        },
    }
}

/// What can only be asked whether it is so.
fn of_name(term: &Term, doubt: impl Fn(&AskedValue) -> Option<QueryFault>) -> Option<QueryFault> {
    match &term.test {
        Test::Something | Test::Nothing => None,
        Test::Leads(_) => Some(leads_nowhere(term)),
        test => match asked_text(test) {
            Some(value) => doubt(value),
            None => {
                let name = &term.name.text;
                let message = format!("`{name}` can't be compared in this way");
                Some(QueryFault::new(term.span, message, format!("Write `{name}:` and a value.")))
            }
        },
    }
}

fn leads_nowhere(term: &Term) -> QueryFault {
    let name = &term.name.text;
    let message = format!("`{name}` leads to no pages, so nothing can be asked of them");
    QueryFault::new(term.span, message, format!("Write a value: `{name}:\"…\"`."))
}

/// The text that a term asks for, or asks not to be there.
fn asked_text(test: &Test) -> Option<&AskedValue> {
    match test {
        Test::Is(value) | Test::Compares(Comparison::Equal | Comparison::NotEqual, query::Operand::Value(value)) => {
            Some(value)
        }
        _ => None,
    }
}

fn tag(site: &Edition, value: &AskedValue) -> Option<QueryFault> {
    let labels = || site.labels().iter().map(String::as_str);
    if exists(&value.pattern, |label| !site.carrying(label).is_empty(), labels()) {
        return None;
    }
    let help = "Write a tag that pages carry: `bokworm tags` lists them all.";
    Some(unknown(value, Unknown { of: "page carries", what: "tag", help, known: labels().collect() }))
}

fn kind(site: &Edition, value: &AskedValue) -> Option<QueryFault> {
    let kinds: BTreeSet<&str> = site.tags.iter().map(|tag| tag.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
    let pattern = value.pattern.in_small_letters();
    if site.tags.iter().flat_map(TagPage::kinds).any(|kind| pattern.fits(&kind)) {
        return None;
    }
    let help = "A tag's kind stands in brackets after it, as in `Developer (Role)`, or in tags.yml.";
    Some(unknown(value, Unknown { of: "tag is of", what: "kind", help, known: kinds }))
}

fn folder(site: &Edition, value: &AskedValue) -> Option<QueryFault> {
    let folders = || site.pages.iter().flat_map(|page| folders_of(page));
    if exists(&value.pattern, |name| site.columns.place(&site.pages, name).contains(&true), folders()) {
        return None;
    }
    let help = "Write the name of a folder as it stands in the paths or addresses of its pages.";
    Some(unknown(value, Unknown { of: "page lies in", what: "folder", help, known: folders().collect() }))
}

fn title(site: &Edition, term: &Term) -> Option<QueryFault> {
    let value = asked_text(&term.test)?;
    let is_like: Box<dyn Fn(&str) -> bool> = match &term.test {
        Test::Is(value) => Box::new(words::title_test(&value.pattern)),
        _ => {
            let pattern = value.pattern.in_small_letters();
            Box::new(move |title| pattern.fits(&title.to_lowercase()))
        }
    };
    let titles = || site.pages.iter().map(|page| page.title.as_str());
    if titles().any(is_like) {
        return None;
    }
    let help = "`title:` looks for whole words; `*` stands for the rest of one. `title = …` compares all of it.";
    Some(unknown(value, Unknown { of: "page has", what: "title", help, known: titles().collect() }))
}

fn has(site: &Edition, value: &AskedValue) -> Option<QueryFault> {
    let keys = || site.pages.iter().flat_map(|page| page.page.meta.data.keys().map(String::as_str));
    if exists(&value.pattern, |name| is_key(site, name), keys()) {
        return None;
    }
    let help = "Write a key as it stands in the front matter of pages.";
    Some(unknown(value, Unknown { of: "page has", what: "key", help, known: keys().collect() }))
}

fn page(site: &Edition, value: &AskedValue) -> Option<QueryFault> {
    let is_there = match value.pattern.text() {
        Some(name) => page_named(site, name).is_some(),
        None => (0..site.pages.len()).any(|id| is_named_like(site, id, &value.pattern)),
    };
    if is_there {
        return None;
    }
    let names = site.pages.iter().flat_map(|page| [page.id.as_str(), page.title.as_str(), page.page.path.as_str()]);
    let help = "Write a page's path, its address, its id or its title.";
    let known: BTreeSet<&str> = names.collect();
    Some(unknown(value, Unknown { of: "page is called", what: "", help, known }))
}

fn is_key(site: &Edition, name: &str) -> bool {
    site.pages.iter().any(|page| page.page.meta.at(name).is_some())
}

fn key(site: &Edition, term: &Term) -> Option<QueryFault> {
    let name = term.name.text.as_str();
    if !is_key(site, name) {
        let keys = site.pages.iter().flat_map(|page| page.page.meta.data.keys().map(String::as_str));
        let known: BTreeSet<&str> = keys.collect();
        let message =
            format!("nothing is called `{name}`: no term of queries, and no key in the front matter of a page");
        let help = match nearest(name, NAMES.into_iter().chain(site.relations().names()).chain(known)) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => format!("The terms are {}; others are keys of the front matter.", listed(&NAMES)),
        };
        return Some(QueryFault::new(term.name.span, message, help));
    }
    if let Test::Leads(_) = &term.test {
        return Some(leads_nowhere(term));
    }
    let values = || site.pages.iter().filter_map(|page| page.page.meta.at(name));
    if let Some(value) = asked_text(&term.test) {
        return value_of_key(name, value, values());
    }
    let Test::Compares(_, query::Operand::Value(value)) = &term.test else { return None };
    // Whichever day it is: what compares with one day does so with any.
    let operand = Comparand::of(&query::Operand::Value(value.clone()), Day::read("2000-01-01")?);
    let compares = |written| {
        [Comparison::AtMost, Comparison::More].into_iter().any(|way| operand.admits(written, way, &site.order))
    };
    if values().any(compares) {
        return None;
    }
    let shown = value.pattern.shown();
    let example = values().find_map(|written| keys::text(written).map(std::borrow::Cow::into_owned));
    let help = match example {
        Some(example) => format!("Compare it with something like `{example}`, which a page says."),
        None => "Write a term that asks whether it is there: `has:…`.".into(),
    };
    Some(QueryFault::new(value.span, format!("no page's `{name}` can be compared with `{shown}`"), help))
}

fn value_of_key<'v>(
    name: &str,
    value: &AskedValue,
    written: impl Iterator<Item = &'v serde_json::Value> + Clone,
) -> Option<QueryFault> {
    let asked = keys::AskedText::of(&value.pattern);
    if written.clone().any(|written| asked.is(written)) {
        return None;
    }
    let mut known = BTreeSet::new();
    written.for_each(|written| {
        keys::any(written, &mut |text| {
            known.insert(text.to_owned());
            false
        });
    });
    let shown = value.pattern.shown();
    let help = match nearest(&shown, known.iter().map(String::as_str)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None if known.is_empty() => format!("No page gives it a value of one word or number: ask `has:{name}`."),
        None => format!("Pages say {}.", listed(&known.iter().take(6).map(String::as_str).collect::<Vec<_>>())),
    };
    Some(QueryFault::new(value.span, format!("no page's `{name}` is `{shown}`"), help))
}

/// Whether a name, or one that is like a pattern, is there.
fn exists<'n>(pattern: &Wildcards, is: impl Fn(&str) -> bool, mut names: impl Iterator<Item = &'n str>) -> bool {
    match pattern.text() {
        Some(name) => is(name),
        None => names.any(|name| pattern.fits(name)),
    }
}

/// A name that isn't there.
struct Unknown<'a> {
    /// `page carries`
    of: &'a str,
    /// `tag`
    what: &'a str,
    /// What to do where none is near.
    help: &'a str,
    /// All that there are.
    known: BTreeSet<&'a str>,
}

fn unknown(value: &AskedValue, unknown: Unknown<'_>) -> QueryFault {
    let Unknown { of, what, help, known } = unknown;
    let shown = value.pattern.shown();
    let like = if value.pattern.text().is_none() { "like " } else { "" };
    let article = match what {
        "" => String::new(),
        _ if value.pattern.text().is_none() => format!("a {what} "),
        _ => format!("the {what} "),
    };
    let help = match nearest(&shown, known) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => help.to_owned(),
    };
    QueryFault::new(value.span, format!("no {of} {article}{like}`{shown}`"), help)
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What pages are to be sorted by and none has.
pub fn doubts_of_order(site: &Edition, by: &[query::SortBy]) -> Vec<QueryFault> {
    let is_known = |name: &str| ["position", "title", "updated"].contains(&name.to_lowercase().as_str());
    let unknown = by.iter().map(|key| &key.name).filter(|name| !is_known(&name.text) && !is_key(site, &name.text));
    unknown.map(|name| unknown_key(site, name, &["position", "title", "updated"])).collect()
}

/// What pages are to be grouped by and none has.
pub fn doubts_of_grouping(site: &Edition, by: &query::Grouping) -> Option<QueryFault> {
    match by {
        query::Grouping::Kind(name) => {
            kind(site, &AskedValue { pattern: Wildcards::plain(&name.text), span: name.span })
        }
        query::Grouping::Name(name)
            if ["section", "page"].contains(&name.text.to_lowercase().as_str()) || is_key(site, &name.text) =>
        {
            None
        }
        query::Grouping::Name(name) if SeenRelation::named(site, &name.text).is_some() => None,
        query::Grouping::Name(name) => {
            let relations: Vec<&str> = std::iter::once("section").chain(site.relations().names()).collect();
            Some(unknown_key(site, name, &relations))
        }
    }
}

fn unknown_key(site: &Edition, name: &query::Name, besides: &[&str]) -> QueryFault {
    let keys = site.pages.iter().flat_map(|page| page.page.meta.data.keys().map(String::as_str));
    let known: BTreeSet<&str> = keys.collect();
    let help = match nearest(&name.text, besides.iter().copied().chain(known)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!("Write {} or a key of the front matter.", listed(besides)),
    };
    QueryFault::new(name.span, format!("no page has `{}` in its front matter", name.text), help)
}
