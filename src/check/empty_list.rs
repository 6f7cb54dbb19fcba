//! Lists that find no page, and why: a tag that no page carries, a folder that
//! isn't there, or both there but never together.

use super::context::SiteContext;
use super::list::why_empty;
use super::query;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::page::{Query, QueryPart};
use crate::site::Edition;
use crate::site::query::is_folder;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    for list in &context.lists {
        let path = &context.site.pages[list.page].page.path;
        let finding = |code, span, message: String| Diagnostic::new(code, path, span, message);
        let Query { tag, filter, .. } = &list.query;
        let unknown_tag = tag.as_ref().filter(|tag| context.site.carrying(&tag.text).is_empty());
        if let Some(QueryPart { text: tag, span }) = unknown_tag {
            let message = format!("no page carries the tag `{tag}`, so this list is empty");
            let help = match nearest(tag, context.site.labels().iter().map(String::as_str)) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "Write a tag that pages carry: `bokworm tags` lists them all.".into(),
            };
            findings.push(finding(Code::UnknownTag, *span, message).with_help(help));
        }
        let unknown_filter = filter.as_ref().filter(|filter| !is_folder(context.site, &filter.text));
        if let Some(QueryPart { text: filter, span }) = unknown_filter {
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
            findings.push(finding(Code::EmptyList, list.component.span, why_empty(context.site, list)).with_help(help));
        }
    }
}

/// The names of folders that stand in addresses, sorted.
fn folders(site: &Edition) -> Vec<&str> {
    let routes = site.pages.iter().map(|page| crate::site::address::parent(&page.route));
    let mut folders: Vec<&str> = routes.flat_map(|folder| folder.split('/')).filter(|name| !name.is_empty()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}
