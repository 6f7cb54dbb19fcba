//! What languages take from each other, or from themselves: an address below another language's prefix, an old address
//! of another language's page, and the key of another page of the same language. Of one edition alone, `register` tells.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::edition::Edition;
use super::published::Published;
use super::register::old_address;
use crate::diagnostic::{Code, Diagnostic};

/// What is wrong with the editions of a library as they stand beside each other.
pub(super) fn findings(editions: &[&Arc<Edition>]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for edition in editions {
        let others: Vec<&str> = editions.iter().map(|other| other.config.urls.prefix.as_str()).collect();
        below_other_prefixes(edition, &others, &mut findings);
        shared_keys(edition, &mut findings);
    }
    shared_aliases(editions, &mut findings);
    findings
}

/// The pages of an edition that have files of their own.
fn own_pages(edition: &Edition) -> impl Iterator<Item = &Arc<Published>> {
    edition.pages.iter().filter(|published| published.borrowed.is_none())
}

/// Tells the pages of an edition that would lie where those of another language begin.
fn below_other_prefixes(edition: &Edition, prefixes: &[&str], findings: &mut Vec<Diagnostic>) {
    let own = edition.config.urls.prefix.as_str();
    let holds = |prefix: &str, route: &str| {
        route.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let inside: Vec<&str> =
        prefixes.iter().copied().filter(|prefix| *prefix != own && !prefix.is_empty() && holds(own, prefix)).collect();
    for published in own_pages(edition) {
        let Some(prefix) = inside.iter().find(|prefix| holds(prefix, &published.route)) else { continue };
        let page = &published.page;
        let span = page.meta.spans.get("slug").copied().unwrap_or_default();
        let message = format!(
            "`{}` would be published at `{}`, but below `{prefix}/` lie the pages of another language",
            page.path, published.route
        );
        let help = "Rename the file or its folder, give it a `slug` of its own, or give the language another `prefix`.";
        findings.push(Diagnostic::new(Code::AddressConflict, &page.path, span, message).with_help(help));
    }
}

/// Tells the pages of an edition that say they are the same page, each of them.
fn shared_keys(edition: &Edition, findings: &mut Vec<Diagnostic>) {
    let mut by_key: HashMap<&str, Vec<&Published>> = HashMap::new();
    for published in own_pages(edition) {
        if let Some(key) = &published.page.meta.translation_key {
            by_key.entry(key).or_default().push(published);
        }
    }
    for (key, pages) in by_key.into_iter().filter(|(_, pages)| pages.len() > 1) {
        for (at, published) in pages.iter().enumerate() {
            let page = &published.page;
            let other = if at == 0 { pages[1] } else { pages[0] };
            let span = page.meta.spans.get("translation_key").copied().unwrap_or_default();
            let message = format!("`{}` has the same `translation_key`: `{key}`", other.page.path);
            let help = "It says which pages of several languages are one page: in each language only one has it.";
            findings.push(Diagnostic::new(Code::SharedTranslationKey, &page.path, span, message).with_help(help));
        }
    }
}

/// Tells the pages of several languages that have one old address, each of them: it leads to one of them only.
fn shared_aliases(editions: &[&Arc<Edition>], findings: &mut Vec<Diagnostic>) {
    let mut by_address: BTreeMap<String, Vec<OldAddress<'_>>> = BTreeMap::new();
    for (edition, published) in
        editions.iter().enumerate().flat_map(|(at, edition)| own_pages(edition).map(move |page| (at, page)))
    {
        for (number, alias) in published.page.meta.aliases.iter().enumerate() {
            let all = by_address.entry(old_address(&published.route, alias)).or_default();
            // Of two pages of one language, `register` tells.
            if all.iter().all(|other| other.edition != edition) {
                all.push(OldAddress { edition, published, number });
            }
        }
    }
    for (address, all) in by_address.into_iter().filter(|(_, all)| all.len() > 1) {
        for (at, OldAddress { published, number, .. }) in all.iter().enumerate() {
            let page = &published.page;
            let other = &all[usize::from(at == 0)].published.page.path;
            let spans = &page.meta.spans;
            let span = spans.get(&format!("aliases[{number}]")).or_else(|| spans.get("aliases"));
            let message = format!("`{address}` is an old address of `{other}`, too");
            let help = "An old address leads to one page. Keep it where its readers are to go, and take it away in the other languages.";
            let span = span.copied().unwrap_or_default();
            findings.push(Diagnostic::new(Code::BrokenRedirect, &page.path, span, message).with_help(help));
        }
    }
}

/// An old address of a page.
struct OldAddress<'a> {
    edition: usize,
    published: &'a Published,
    /// Its place among the page's.
    number: usize,
}
