//! Lists that find no page, and why: a tag that no page carries, a folder that
//! isn't there, or both there but never together.

use super::list::why_empty;
use super::query;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::nearest::nearest;
use crate::page::{Page, Query, QueryPart};
use crate::site::Edition;
use crate::site::query::is_folder;
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    for list in &context.lists {
        let page = &context.site.pages[list.page].page;
        let path = &page.path;
        let finding = |code, span, message: String| Diagnostic::new(code, path, span, message);
        let Query { tag, filter, .. } = &list.query;
        let unknown_tag = tag.as_ref().filter(|tag| context.site.carrying(&tag.text).is_empty());
        if let Some(finding) = unknown_tag
            .and_then(|tag| odd_space(Code::UnknownTag, page, tag, |plain| !context.site.carrying(plain).is_empty()))
        {
            findings.push(finding);
        } else if let Some(QueryPart { text: tag, span }) = unknown_tag {
            let message = format!("no page carries the tag `{tag}`, so this list is empty");
            let help = match nearest(tag, context.site.labels().iter().map(String::as_str)) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "Write a tag that pages carry: `bokworm tags` lists them all.".into(),
            };
            findings.push(finding(Code::UnknownTag, *span, message).with_help(help));
        }
        let unknown_filter = filter.as_ref().filter(|filter| !is_folder(context.site, &filter.text));
        if let Some(finding) = unknown_filter
            .and_then(|filter| odd_space(Code::UnknownFilter, page, filter, |plain| is_folder(context.site, plain)))
        {
            findings.push(finding);
        } else if let Some(QueryPart { text: filter, span }) = unknown_filter {
            let message = format!("no page lies in a folder `{filter}`, so this list is empty");
            let folders = folders(context.site);
            let help = match nearest(filter, folders.iter().copied()) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "Write the name of a folder as it stands in the addresses of its pages.".into(),
            };
            findings.push(finding(Code::UnknownFilter, *span, message).with_help(help));
        }
        let is_explained = || unknown_tag.is_some() || unknown_filter.is_some() || query::has_mistake(context, list);
        // Who says what stands there then means it.
        let is_meant = list.component.attribute("empty").is_some() && list.query.query.is_some();
        if list.found.is_empty() && !is_meant && !is_explained() {
            let help = "Tag the pages that belong here, or remove the list.";
            let finding = finding(Code::EmptyList, list.component.span, why_empty(context.site, list));
            findings.push(finding.with_identity(list.component.span.of(&page.text)).with_help(help));
        }
    }
}

/// A tag or a folder in which a space is none to a program: with plain ones, it is known.
fn odd_space(code: Code, page: &Page, tag: &QueryPart, is_known: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let is_odd = |c: char| c.is_whitespace() && !c.is_ascii();
    let plain: String = tag.text.chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    if plain == tag.text || !is_known(&plain) {
        return None;
    }
    let message =
        format!("this list is empty: a no-break space stands in `{plain}`, which looks like a space and is none");
    let finding = Diagnostic::new(code, &page.path, tag.span, message).with_help("Write a plain space.");
    let places = tag.span.of(&page.text).char_indices().filter(|(_, c)| is_odd(*c));
    let edits = places.map(|(at, c)| {
        let start = tag.span.start + at;
        Edit { span: Span::new(start, start + c.len_utf8()), replacement: " ".to_owned() }
    });
    Some(finding.with_fix(Fix { title: "write a plain space".to_owned(), edits: edits.collect() }))
}

/// The names of folders that stand in addresses, sorted.
fn folders(site: &Edition) -> Vec<&str> {
    let routes = site.pages.iter().map(|page| crate::site::address::parent(&page.route));
    let mut folders: Vec<&str> = routes.flat_map(|folder| folder.split('/')).filter(|name| !name.is_empty()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}
