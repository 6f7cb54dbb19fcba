//! An old address that leads elsewhere.

use super::template::{Filling, fill};
use crate::config::RedirectFormat;
use crate::diagnostic::Diagnostic;
use crate::page::LinkKind;
use crate::render::context::FileContext;
use crate::render::facts;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::links::Linker;
use crate::render::moved;
use crate::render::published::{Rendered, Which};
use crate::render::renderer::Renderer;
use crate::render::view::{PageView, blank};
use crate::site::{LeadsTo, Place, Redirect};

/// Old addresses, by their places in `Edition::redirects`.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "redirect",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let site = renderer.site;
        let is_wanted = site.config.redirects.format.contains(&RedirectFormat::Html);
        // Whatever hosts are told, the front page is there.
        let is_written = |redirect: &Redirect| is_wanted || redirect.from == site.front_route();
        let redirects = site.redirects.iter().enumerate().filter(|(_, redirect)| is_written(redirect));
        let file = |redirect: &Redirect| facts::redirect_file(&site.config.urls, &redirect.from);
        redirects.map(|(at, redirect)| Listed { path: file(redirect), which: Which::At(at) }).collect()
    },
    key: |keys, which| Some(keys.redirect(which.at())),
    make: |renderer, cache, which| render(renderer, cache, which.at()).map(Rendered::text),
};

/// Writes the page of an old address, by its place in `Edition::redirects`.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, at: usize) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let redirect = &site.redirects[at];
    let linker = Linker::at_page(site, &facts::redirect_file(&site.config.urls, &redirect.from));
    let context = FileContext { renderer, linker: &linker };
    let view = view(context, redirect);
    fill(context, cache, Filling { template: "redirect.html", view, current: &LeadsTo::Nothing })
}

/// What its template sees.
fn view(context: FileContext<'_>, redirect: &Redirect) -> PageView {
    let (site, linker) = (context.site(), context.linker);
    let resolution = site.resolve_from_root(&redirect.to, LinkKind::Link);
    let href = linker.link(&resolution, &redirect.to);
    let (title, canonical) = match &resolution.place {
        Place::Page(id) => (site.pages[*id].title.clone(), facts::absolute_url(site, &site.pages[*id].route)),
        Place::Route(route) => (String::new(), facts::absolute_url(site, route)),
        Place::Elsewhere => (String::new(), Some(resolution.address.clone())),
        _ => (String::new(), None),
    };
    let mut view = blank::page(site, linker, "redirect", &title, &redirect.from);
    let arrives = !site.comes_back(&redirect.from);
    view.canonical = canonical.filter(|_| arrives);
    view.noindex = true;
    view.moved = moved::for_script(site, linker, &site.moved_fragments(&redirect.from));
    // Who followed one that comes back would load it again for ever.
    view.redirect = Some(href).filter(|_| arrives);
    view
}
