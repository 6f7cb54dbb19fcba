//! One page of the content as its template sees it.

use tera::Value;

use super::template::{Filling, fill};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::front_matter::Neighbour;
use crate::page::{LinkKind, Page};
use crate::render::body::{self, Beginning, Views};
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::links::Linker;
use crate::render::renderer::Renderer;
use crate::render::view::{GroupView, LinkView, PageView, blank, entry, json_ld, kinds, sidebar, toc};
use crate::render::{card, facts};
use crate::site::{LeadsTo, PageId, Place, Site};

/// Writes a page.
///
/// # Errors
/// A finding for a template that can't be rendered.
pub fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, id: PageId) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let published = &site.pages[id];
    let linker = Linker::at_route(site, &published.route);
    let context = FileContext { renderer, linker: &linker };
    let mut view = view(context, cache, id);
    let frame = cache.site(context, &published.route);
    let seen = body::shows_page(site, &published.page).then(|| view.clone().into_value());
    let seen = seen.unwrap_or_else(Value::none);
    view.content = body::write(context, cache, id, Views { site: &frame, page: &seen }, Beginning::Page)?;
    let template = template_of(renderer, &published.page)?;
    fill(context, cache, Filling { template, view, current: &LeadsTo::Page(id) })
}

/// The template that a page asks for.
fn template_of<'a>(renderer: &Renderer<'_>, page: &'a Page) -> Result<&'a str, Box<Diagnostic>> {
    let template = page.meta.template.as_deref().unwrap_or("page.html");
    if renderer.theme.tera.contains_template(template) {
        return Ok(template);
    }
    let span = page.meta.spans.get("template").copied().unwrap_or_default();
    let message = format!("there is no template `{template}`");
    let mut finding = Diagnostic::new(Code::TemplateError, &page.path, span, message);
    finding.severity = Severity::Error;
    Err(Box::new(finding.with_help("name a file of `templates/`, or remove the line for the usual one")))
}

/// The view of a page, without its body.
pub fn view(context: FileContext<'_>, cache: &mut FolderCache, id: PageId) -> PageView {
    let FileContext { renderer, linker } = context;
    let site = renderer.site;
    let published = &site.pages[id];
    let meta = &published.page.meta;
    let current = LeadsTo::Page(id);
    let [previous, next] = neighbours(site, id).map(|place| place.and_then(|place| neighbour(site, linker, &place)));
    let brings_title = published.page.content_title.is_some();
    let updated_iso = facts::updated(renderer, id);
    let mut view = blank::page(site, linker, "article", &published.title, &published.route);
    view.description.clone_from(&published.description);
    view.show_title = !meta.hide_title && !brings_title && !published.title.is_empty();
    view.toc = if meta.hide_table_of_contents { Vec::new() } else { toc::of_page(site, id) };
    view.breadcrumbs = sidebar::breadcrumbs(site, linker, &current);
    view.previous = previous;
    view.next = next;
    view.tags = cache.page_tags(site, linker, id);
    view.edit = facts::edit_link(site, id);
    view.status.clone_from(&meta.status);
    view.authors = facts::authors(renderer, id);
    view.updated = updated_iso.as_deref().map(|date| for_people(date, &site.config.dates.format));
    view.updated_iso = updated_iso;
    view.published_iso = facts::first_published(site, id);
    view.markdown = site.config.writes_markdown().then(|| linker.file(&facts::markdown_file(site, id)));
    match facts::social_image(site, id) {
        Some(image) => view.image = Some(image),
        None => blank::show_card(site, &mut view, card::of_page(site, id)),
    }
    view.keywords.clone_from(&meta.keywords);
    view.noindex = meta.unlisted;
    view.print = sidebar::long_page(site, linker, &current);
    view.front_matter.clone_from(&meta.data);
    if meta.template.is_some() {
        view.groups = sections(cache, site, linker, id);
        view.kinds = kinds::all(site, linker);
    }
    view.json_ld = json_ld::of_page(renderer, id, &view);
    view
}

fn for_people(date: &str, format: &str) -> String {
    let parsed = date.parse::<jiff::civil::Date>();
    let shown = parsed.ok().and_then(|day| jiff::fmt::strtime::format(format, day).ok());
    shown.unwrap_or_else(|| date.to_owned())
}

/// What stands before and after a page: as its front matter wishes, or else in reading order.
pub fn neighbours(site: &Site, id: PageId) -> [Option<LeadsTo>; 2] {
    let meta = &site.pages[id].page.meta;
    let (before, after) = sidebar::neighbours(site, id);
    [(&meta.pagination_prev, before), (&meta.pagination_next, after)].map(|(wish, in_order)| match wish {
        Neighbour::Nothing => None,
        Neighbour::Sidebar => in_order.cloned(),
        Neighbour::Page(wanted) => {
            let by_id = site.pages.iter().position(|page| page.id == *wanted);
            let by_path = || match site.resolve_from(id, wanted, LinkKind::Link).place {
                Place::Page(id) => Some(id),
                _ => None,
            };
            by_id.or_else(by_path).map(LeadsTo::Page)
        }
    })
}

/// What a page calls the one before or after it.
pub fn called_as_neighbour<'a>(site: &'a Site, place: &LeadsTo) -> &'a str {
    match place {
        LeadsTo::Page(id) => {
            let page = &site.pages[*id];
            page.page.meta.pagination_label.as_ref().unwrap_or(&page.label)
        }
        LeadsTo::Index(at) => &site.indexes[*at].title,
        LeadsTo::Nothing => "",
    }
}

fn neighbour(site: &Site, linker: &Linker<'_>, place: &LeadsTo) -> Option<LinkView> {
    let href = sidebar::leads_to_route(site, place).map(|route| linker.page(route))?;
    let label = called_as_neighbour(site, place).to_owned();
    Some(LinkView { label, href: Some(href), external: false, current: false })
}

/// The top sections of the site with their pages: for a front page.
fn sections(cache: &mut FolderCache, site: &Site, linker: &Linker<'_>, id: PageId) -> Vec<GroupView> {
    let groups = site.tree.iter().filter(|node| node.section).map(|node| {
        let inside = node.children.iter().filter_map(|child| cache.of_node(site, linker, child));
        let own = match node.leads_to {
            LeadsTo::Page(page) => Some(entry::entry(site, linker, page, Some(id))),
            _ => None,
        };
        GroupView {
            title: node.label.clone(),
            id: crate::site::heading_anchor(&node.label),
            href: sidebar::node_href(site, linker, node),
            description: own.as_ref().map(|own| own.description.clone()).unwrap_or_default(),
            image: own.and_then(|own| own.image),
            entries: inside.collect(),
        }
    });
    groups.collect()
}
