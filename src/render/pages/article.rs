//! One page of the content as its template sees it.

use std::sync::Arc;

use tera::Value;

use super::template::{Filling, fill};
use crate::config::Fallback;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::Page;
use crate::render::body::{self, Beginning, Views};
use crate::render::card;
use crate::render::context::FileContext;
use crate::render::day;
use crate::render::facts::PageFacts;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::links::Linker;
use crate::render::moved;
use crate::render::published::{PAGE, Rendered, Which};
use crate::render::reading;
use crate::render::renderer::Renderer;
use crate::render::view::{GroupView, PageView, blank, entry, json_ld, kinds, languages, neighbours, sidebar, toc};
use crate::render::{related, relations};
use crate::site::{Edition, LeadsTo, PageId, Published, Task, address};

/// Pages of the content, by their places among pages.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: PAGE,
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let here = |page: &Published| page.borrowed != Some(Fallback::Link);
        let file = |(at, page): (usize, &Arc<Published>)| Listed {
            path: address::output_file(&renderer.site.config.urls, &page.route),
            which: Which::At(at),
        };
        renderer.site.pages.iter().enumerate().filter(|(_, page)| here(page)).map(file).collect()
    },
    key: |keys, which| Some(keys.page(which.at())),
    make: |renderer, cache, which| render(renderer, cache, which.at()).map(Rendered::text),
};

/// Writes a page.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, id: PageId) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let published = &site.pages[id];
    let linker = match site.is_not_found(id) {
        true => Linker::anywhere(site, &address::output_file(&site.config.urls, &published.route)),
        false => Linker::at_route(site, &published.route),
    };
    let context = FileContext { renderer, linker: &linker };
    let mut view = view(context, cache, id);
    let frame = cache.site(context, &published.route);
    let seen = body::shows_page(site, &published.page).then(|| view.clone().into_value());
    let seen = seen.unwrap_or_else(Value::none);
    view.content = body::write(context, cache, id, Views { site: &frame, page: &seen }, Beginning::Page);
    let template = template_of(renderer, cache, &published.page);
    fill(context, cache, Filling { template, view, current: &LeadsTo::Page(id) })
}

/// The template that a page asks for; where there is none of that name, the usual one, and that is told.
fn template_of<'a>(renderer: &Renderer<'_>, cache: &mut FolderCache, page: &'a Page) -> &'a str {
    const USUAL: &str = "page.html";
    let template = page.meta.template.as_deref().unwrap_or(USUAL);
    if renderer.theme.tera.contains_template(template) {
        return template;
    }
    let span = page.meta.spans.get("template").copied().unwrap_or_default();
    let message = format!("there is no template `{template}`: the page is shown by the usual one");
    let finding = Diagnostic::new(Code::TemplateError, &page.path, span, message);
    let help = "name a file of `templates/`, or remove the line for the usual one";
    cache.tell(Diagnostic { severity: Severity::Warning, ..finding.with_help(help) });
    USUAL
}

/// The view of a page, without its body.
pub(crate) fn view(context: FileContext<'_>, cache: &mut FolderCache, id: PageId) -> PageView {
    let FileContext { renderer, linker } = context;
    let site = renderer.site;
    let published = &site.pages[id];
    let meta = &published.page.meta;
    let current = LeadsTo::Page(id);
    let around = neighbours::of_page(site, id);
    let [previous, next] = around.map(|place| place.and_then(|place| neighbours::view(site, linker, &place)));
    let brings_title = published.page.content_title.is_some();
    let facts = PageFacts::of(renderer, id);
    let mut view = blank::page(site, linker, "article", &published.title, &published.route);
    published.description().clone_into(&mut view.description);
    view.show_title = !meta.hide_title && !brings_title && !published.title.is_empty();
    view.toc = if meta.hide_table_of_contents { Vec::new() } else { toc::of_page(site, id) };
    view.breadcrumbs = sidebar::breadcrumbs(site, linker, &current);
    view.previous = previous;
    view.next = next;
    view.tags = cache.own_tags(site, linker, id);
    view.edit = facts.edit_link;
    view.reading_minutes = reading::minutes(site, id);
    view.report = reading::report_link(site, id);
    view.status.clone_from(&meta.status);
    view.authors = facts.authors;
    view.updated = facts.updated.as_deref().map(|date| day::for_people(date, site));
    view.updated_iso = facts.updated;
    view.published_iso = facts.first_published;
    view.markdown = facts.markdown_file.map(|file| linker.file(&file));
    blank::show_picture(site, &mut view, card::shared_picture(site, id));
    view.keywords.clone_from(&meta.keywords);
    view.noindex = meta.unlisted;
    view.moved = moved::for_script(site, linker, &site.moved_anchors(id).away);
    view.print = sidebar::long_page(site, linker, &current);
    view.front_matter.clone_from(&meta.data);
    site.effort.time(Task::Relations, || show_relations(context, cache, id, &mut view));
    if meta.template.is_some() {
        view.groups = sections(cache, site, linker, id);
        view.kinds = kinds::all(site, linker);
    }
    languages::show(context, &mut view, languages::PageOfSeveral::Page(id));
    if site.is_not_found(id) {
        view.canonical = None;
        return view;
    }
    view.json_ld = json_ld::of_page(renderer, id, &view);
    view
}

/// What the page has to do with others.
fn show_relations(context: FileContext<'_>, cache: &mut FolderCache, id: PageId, view: &mut PageView) {
    let site = context.site();
    if site.relations().declared.is_empty() {
        return;
    }
    let page = &site.pages[id].page;
    let all = related::of_page(site, id);
    view.relations = relations::views(context, cache, &all);
    let is_placed = page.components.iter().any(|used| related::shows(site, &used.name));
    view.relations_below = match is_placed {
        true => relations::views(context, cache, &related::left_over(site, page, all)),
        false => view.relations.clone(),
    };
}

/// The top sections of the site with their pages: for a front page.
fn sections(cache: &mut FolderCache, site: &Edition, linker: &Linker<'_>, id: PageId) -> Vec<GroupView> {
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
