//! `llms.txt`: the site in one page, as llmstxt.org describes it: its title and tagline, then
//! the sections of the sidebar with a link and a description for each page.

use std::fmt::Write as _;

use super::{in_markdown, markdown};
use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::site::{Edition, LeadsTo, PageId, SidebarNode, address};

/// The site in one page, for language models.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "llms.txt",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only_if(renderer.site.config.writes_llms(), &renderer.site.own_file("llms.txt")),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

/// So many letters of a description are told.
const DESCRIPTION: usize = 120;

/// The whole file.
fn write(renderer: &Renderer<'_>) -> String {
    let site = renderer.site;
    let config = &site.config.site;
    let mut out = format!("# {}\n", in_markdown::one_line(&config.title));
    if !config.tagline.is_empty() {
        let _ = write!(out, "\n> {}\n", in_markdown::one_line(&config.tagline));
    }
    let (sections, pages): (Vec<&SidebarNode>, Vec<&SidebarNode>) =
        site.tree.iter().partition(|node| !node.children.is_empty());
    let mut first = Vec::new();
    pages.iter().for_each(|node| gather(site, node, &mut first));
    put(site, site.words.get("llms_pages"), &first, &mut out);
    for section in sections {
        let mut inside = Vec::new();
        gather(site, section, &mut inside);
        put(site, &section.label, &inside, &mut out);
    }
    put_others(site, &mut out);
    out
}

/// The pages of tags and the indexes of folders, which are made of the others.
fn put_others(site: &Edition, out: &mut String) {
    let tags = site.tags.iter().map(|tag| (tag.label.as_str(), site.tag_route(tag)));
    let index = (!site.tags.is_empty()).then(|| (site.words.get("tags"), site.tags_route()));
    let indexes = site.indexes.iter().map(|index| (index.title.as_str(), index.route.clone()));
    for (heading, pages) in
        [("llms_pages", indexes.collect::<Vec<_>>()), ("tags", index.into_iter().chain(tags).collect())]
    {
        if pages.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {}\n\n", in_markdown::one_line(site.words.get(heading)));
        for (title, route) in pages {
            let address = address_at(site, &route, &facts::copy_at(site, &route));
            let _ = writeln!(out, "- [{}]({address})", in_markdown::bracketed(&in_markdown::one_line(title)));
        }
    }
}

fn put(site: &Edition, title: &str, pages: &[PageId], out: &mut String) {
    if pages.is_empty() {
        return;
    }
    let _ = write!(out, "\n## {}\n\n", in_markdown::one_line(title));
    for &id in pages {
        let description = short(&in_markdown::one_line(site.pages[id].description()));
        let _ = writeln!(out, "{}", markdown::described(site, id, &address_of(site, id), &description));
    }
}

/// The beginning of a description, cut after a word: a list of some hundred pages is to be read whole.
fn short(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{} …", text[..end].trim_end_matches([',', ';', ':', '-', '–']))
}

/// The pages of a node in reading order.
fn gather(site: &Edition, node: &SidebarNode, found: &mut Vec<PageId>) {
    if let LeadsTo::Page(id) = node.leads_to
        && site.pages[id].is_told()
    {
        found.push(id);
    }
    node.children.iter().for_each(|child| gather(site, child, found));
}

/// A page's copy in Markdown if there is one: its whole address, or the way from the site's root.
fn address_of(site: &Edition, id: PageId) -> String {
    address_at(site, &site.pages[id].route, &facts::markdown_file(site, id))
}

fn address_at(site: &Edition, route: &str, copy: &str) -> String {
    match site.config.writes_markdown() {
        true => in_markdown::whole_address(site, copy),
        false => in_markdown::whole(site, &address::encode_page(&site.config.urls, route)),
    }
}
