//! Pages that nothing leads to, and pages whose tags put them in no list.

use std::collections::HashSet;

use crate::check::context::SiteContext;
use crate::check::lists::list::List;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::front_matter::Tag;
use crate::site::{Edition, PageId, Place, RelationPlace};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    // A list that asks for nothing in particular says nothing about what a page's tags are good for.
    let choosing = context.lists.iter().filter(|list| !list.query.is_empty());
    let mut listed = vec![false; context.site.pages.len()];
    let mut linked = listed.clone();
    choosing.flat_map(|list| list.found.iter()).for_each(|&id| listed[id] = true);
    let suspected: HashSet<&str> = context.alike().iter().map(|pair| pair.rare).collect();
    context.site.menu.iter().for_each(|entry| linked[entry.page] = true);
    for (from, links) in context.site.all_links().enumerate() {
        for link in links {
            if let Place::Page(id) = link.place
                && id != from
            {
                linked[id] = true;
            }
        }
    }
    related(context.site, |id| linked[id] = true);
    let on_their_own_list: HashSet<PageId> =
        context.lists.iter().filter(|list| list_holds_itself(context, list)).map(|list| list.page).collect();
    for (id, published) in context.site.pages.iter().enumerate() {
        let page = &published.page;
        let in_sidebar = context.site.trails[id].is_some();
        if !in_sidebar && !context.site.is_not_found(id) && !listed[id] && !linked[id] {
            let message = "nothing leads to this page: no list, no sidebar and no link";
            let span = page.meta.spans.get("unlisted").copied().unwrap_or_default();
            let help = "Nothing need be done, if only those are to find it who know its address.";
            findings.push(Diagnostic::new(Code::OrphanPage, &page.path, span, message).with_help(help));
        }
        // A tag that is misspelt is told as such, and a list never shows its own page.
        let is_told = |tag: &Tag| suspected.contains(tag.label.as_str());
        let tagged = !page.meta.tags.is_empty()
            && !page.meta.unlisted
            && !page.meta.tags.iter().any(is_told)
            && !on_their_own_list.contains(&id);
        if tagged && !context.lists.is_empty() && !listed[id] {
            let first = page.meta.tags.first().map_or(Span::default(), |tag| tag.span);
            let message = "this page carries tags, but no list shows it";
            let help = format!("`bokworm explain {}` says why.", page.path);
            findings.push(Diagnostic::new(Code::UnlistedPage, &page.path, first, message).with_help(help));
        }
    }
}

/// Looks at the pages that others show as what they have to do with.
fn related(site: &Edition, mut look: impl FnMut(PageId)) {
    for relation in &site.relations().declared {
        for end in relation.ends.iter().flatten() {
            if let RelationPlace::Page(id) = end.place {
                look(id);
            }
        }
        if relation.symmetric || relation.inverse_label.is_some() {
            let naming = relation.inverse_ends.iter().flatten().map(|end| end.page);
            naming.filter(|&id| relation.symmetric || !site.pages[id].page.meta.unlisted).for_each(&mut look);
        }
    }
}

/// Whether the page that a list stands on carries what it asks for: a list never shows its own page.
fn list_holds_itself(context: &SiteContext<'_>, list: &List<'_>) -> bool {
    let tags = &context.site.pages[list.page].page.meta.tags;
    list.labels().iter().any(|asked| tags.iter().any(|tag| tag.label == *asked))
}
