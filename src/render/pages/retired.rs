//! An address that went for good: it says why, and leads to what the reason names.

use super::template::{Filling, fill};
use crate::diagnostic::Diagnostic;
use crate::html::{push_attribute, push_text};
use crate::page::LinkKind;
use crate::render::context::FileContext;
use crate::render::facts;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listing, PublishedKind, Scope, in_order};
use crate::render::links::Linker;
use crate::render::moved;
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::{PageView, blank, languages};
use crate::site::{LeadsTo, Place};

/// Addresses that went for good, by their places in `Edition::retired`.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "retired",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let site = renderer.site;
        in_order(site.retired.iter().map(|retired| facts::redirect_file(&site.config.urls, &retired.route)))
    },
    key: |keys, which| Some(keys.retired(which.at())),
    make: |renderer, cache, which| render(renderer, cache, which.at()).map(Rendered::text),
};

/// Writes the page of an address that went for good.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, at: usize) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let linker = Linker::at_page(site, &facts::redirect_file(&site.config.urls, &site.retired[at].route));
    let context = FileContext { renderer, linker: &linker };
    let view = view(context, at);
    fill(context, cache, Filling { template: "retired.html", view, current: &LeadsTo::Nothing })
}

/// What its template sees.
fn view(context: FileContext<'_>, at: usize) -> PageView {
    let site = context.site();
    let retired = &site.retired[at];
    let mut view = blank::page(site, context.linker, "retired", site.words.get("retired_title"), &retired.route);
    languages::show(context, &mut view, languages::PageOfSeveral::Alone);
    view.content = reason(context, &retired.reason);
    view.noindex = true;
    // What stood on it may be elsewhere.
    view.moved = moved::for_script(site, context.linker, &site.moved_fragments(&retired.route));
    view.canonical = None;
    view
}

/// A reason as HTML, in which addresses are links.
fn reason(context: FileContext<'_>, reason: &str) -> String {
    let mut html = String::with_capacity(reason.len() + 64);
    for (at, word) in reason.split(' ').enumerate() {
        html.push_str(if at > 0 { " " } else { "" });
        let begin = word.len() - word.trim_start_matches(['(', '"', '\'']).len();
        let end = word.trim_end_matches(['.', ',', ';', ':', ')', '"', '\'', '!', '?']).len().max(begin);
        let address = &word[begin..end];
        let resolution = context.site().resolve_from_root(address, LinkKind::Link);
        let is_whole = address.starts_with("https://") || address.starts_with("http://");
        let is_here = address.starts_with('/') && resolution.place != Place::Nowhere;
        if !is_whole && !is_here {
            push_text(&mut html, word);
            continue;
        }
        push_text(&mut html, &word[..begin]);
        html.push_str("<a href=\"");
        push_attribute(&mut html, &context.linker.link(&resolution, address));
        html.push_str("\">");
        let title = match resolution.place {
            Place::Page(id) if resolution.fragment.is_empty() => context.site().pages[id].title.as_str(),
            _ => "",
        };
        push_text(&mut html, if title.is_empty() { address } else { title });
        html.push_str("</a>");
        push_text(&mut html, &word[end..]);
    }
    html
}
