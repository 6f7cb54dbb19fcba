//! One page of the content as its template sees it.

use tera::Value;

use super::card::{self, Card};
use super::href::Desk;
use super::shelf::Shelf;
use super::view::{CardView, GroupView, KindView, LinkView, PageView, TocView};
use super::{Renderer, entry, json_ld, markdown, picture, print, sanitize, sidebar};
use crate::page::front_matter::Neighbour;
use crate::page::{Heading, LinkKind};
use crate::site::{LeadsTo, PageId, Place, Site};

/// The view of a page, without its body.
pub fn view(shelf: &mut Shelf, renderer: &Renderer<'_>, desk: &Desk<'_>, id: PageId) -> PageView {
    let site = renderer.site;
    let published = &site.pages[id];
    let meta = &published.page.meta;
    let current = LeadsTo::Page(id);
    let (before, after) = sidebar::neighbours(site, id);
    let brings_title = published.page.content_title.is_some();
    let updated_iso = updated(renderer, id);
    let mut view = blank(site, desk, "article", &published.title, &published.route);
    view.description.clone_from(&published.description);
    view.show_title = !meta.hide_title && !brings_title && !published.title.is_empty();
    view.toc = if meta.hide_table_of_contents { Vec::new() } else { toc(site, id) };
    view.breadcrumbs = sidebar::breadcrumbs(site, desk, &current);
    view.previous = neighbour(site, desk, id, &meta.pagination_prev, before);
    view.next = neighbour(site, desk, id, &meta.pagination_next, after);
    view.tags = shelf.page_tags(site, desk, id);
    view.edit = edit_link(site, id);
    view.status.clone_from(&meta.status);
    view.authors = authors(renderer, id);
    view.updated = updated_iso.as_deref().map(|date| for_people(date, &site.config.dates.format));
    view.updated_iso = updated_iso;
    view.published_iso = first_published(site, id);
    view.markdown = site.config.writes_markdown().then(|| desk.file(&markdown::file(site, id)));
    match social_image(site, id) {
        Some(image) => view.image = Some(image),
        None => show_card(site, &mut view, card::of_page(site, id)),
    }
    view.keywords.clone_from(&meta.keywords);
    view.noindex = meta.unlisted;
    view.print = print::link(site, desk, &current);
    view.front_matter.clone_from(&meta.data);
    if meta.template.is_some() {
        view.groups = sections(shelf, site, desk, id);
        view.kinds = kinds(site, desk);
    }
    view.json_ld = json_ld::of_page(renderer, id, &view);
    view
}

/// What every kind of page has: titles and addresses.
pub fn blank(site: &Site, desk: &Desk<'_>, kind: &'static str, title: &str, route: &str) -> PageView {
    let config = &site.config.site;
    let document_title = match (title.is_empty(), config.title.is_empty()) {
        (true, _) => config.title.clone(),
        (false, true) => title.to_owned(),
        (false, false) => format!("{title} {} {}", config.title_delimiter, config.title),
    };
    let image = config.social_image.as_deref().and_then(|image| site_file_url(site, image));
    PageView {
        kind,
        title: title.to_owned(),
        document_title,
        description: String::new(),
        route: route.to_owned(),
        canonical: canonical_url(site, route),
        root: desk.root(),
        content: String::new(),
        show_title: true,
        toc: Vec::new(),
        breadcrumbs: Vec::new(),
        previous: None,
        next: None,
        tags: Value::from(Vec::<Value>::new()),
        edit: None,
        status: None,
        authors: Vec::new(),
        updated: None,
        updated_iso: None,
        published_iso: None,
        markdown: None,
        print: None,
        json_ld: None,
        image,
        card: None,
        keywords: Vec::new(),
        noindex: false,
        front_matter: serde_json::Map::new(),
        groups: Vec::new(),
        letters: Vec::new(),
        kinds: Vec::new(),
        redirect: None,
    }
}

/// Shows a card where a page is shared, if there is one.
pub fn show_card(site: &Site, view: &mut PageView, card: Option<Card>) {
    if let Some(card) = card {
        view.image = site_file_url(site, &card.path());
        let words: Vec<&str> = [&card.title, &card.section, &card.site].into_iter().map(String::as_str).collect();
        let alt = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ");
        view.card = Some(CardView { width: card::SIZE.0, height: card::SIZE.1, alt });
    }
}

/// The whole address of a page, if the site's is configured.
pub fn absolute_url(site: &Site, route: &str) -> Option<String> {
    let base = base_url(site)?;
    Some(format!("{base}{}", crate::site::address::encode_page(&site.config.urls, route)))
}

/// The address that search engines are asked to keep: as it is published today by
/// others, with its spaces, so that it stays the same text.
fn canonical_url(site: &Site, route: &str) -> Option<String> {
    let base = base_url(site)?;
    Some(format!("{base}{}", crate::site::address::readable_page(&site.config.urls, route)))
}

/// The site's address with its base path and a final slash, if configured.
pub fn base_url(site: &Site) -> Option<String> {
    let config = &site.config.site;
    (!config.url.is_empty()).then(|| format!("{}{}", config.url.trim_end_matches('/'), config.base_path))
}

/// The whole address of a file of the site.
fn site_file_url(site: &Site, written: &str) -> Option<String> {
    if written.contains("://") {
        return Some(written.to_owned());
    }
    let base = base_url(site)?;
    Some(format!("{base}{}", crate::site::address::encode_path(written.trim_start_matches('/'))))
}

/// The whole address of the picture that a page names for sharing.
pub fn social_image(site: &Site, id: PageId) -> Option<String> {
    let written = site.pages[id].page.meta.image.as_deref()?;
    match site.resolve_from(id, written, LinkKind::Image).place {
        Place::File(route) => site_file_url(site, &route),
        Place::Elsewhere => {
            Some(written.to_owned()).filter(|image| picture::may_be_picture(image, site.config.markdown.html))
        }
        _ => None,
    }
}

fn edit_link(site: &Site, id: PageId) -> Option<String> {
    let page = &site.pages[id].page;
    match (&page.meta.custom_edit_url, &site.config.theme.edit_link) {
        (Some(own), _) => own.clone().filter(|own| sanitize::is_harmless(own)),
        (None, Some(base)) => {
            let path = crate::site::address::readable_path(page.path.as_str());
            Some(format!("{}/{path}", base.trim_end_matches('/')))
        }
        (None, None) => None,
    }
}

/// When a page last changed: as its front matter says, or as git knows it, if configured.
pub fn updated(renderer: &Renderer<'_>, id: PageId) -> Option<String> {
    let page = &renderer.site.pages[id].page;
    let written = page.meta.last_update.as_deref().and_then(|date| date.get(..10)).map(str::to_owned);
    let written = written.filter(|date| date.parse::<jiff::civil::Date>().is_ok());
    written.or_else(|| {
        let change = renderer.history.get(page.path.as_str())?;
        renderer.site.config.git.last_updated.then(|| change.date.clone())
    })
}

/// Who wrote a page: as its front matter says, or as git knows it, if configured.
pub fn authors(renderer: &Renderer<'_>, id: PageId) -> Vec<String> {
    let page = &renderer.site.pages[id].page;
    if !page.meta.authors.is_empty() || !renderer.site.config.git.authors {
        return page.meta.authors.clone();
    }
    renderer.history.get(page.path.as_str()).map(|change| change.authors.clone()).unwrap_or_default()
}

/// The `date` of a page's front matter: when it first appeared.
pub fn first_published(site: &Site, id: PageId) -> Option<String> {
    let date = site.pages[id].page.meta.data.get("date")?.as_str()?.get(..10)?;
    date.parse::<jiff::civil::Date>().is_ok().then(|| date.to_owned())
}

fn for_people(date: &str, format: &str) -> String {
    let parsed = date.parse::<jiff::civil::Date>();
    let shown = parsed.ok().and_then(|day| jiff::fmt::strtime::format(format, day).ok());
    shown.unwrap_or_else(|| date.to_owned())
}

fn neighbour(
    site: &Site,
    desk: &Desk<'_>,
    id: PageId,
    wish: &Neighbour,
    in_order: Option<&LeadsTo>,
) -> Option<LinkView> {
    let place = match wish {
        Neighbour::Nothing => return None,
        Neighbour::Sidebar => in_order?.clone(),
        Neighbour::Page(wanted) => {
            let by_id = site.pages.iter().position(|page| page.id == *wanted);
            let by_path = || match site.resolve_from(id, wanted, LinkKind::Link).place {
                Place::Page(id) => Some(id),
                _ => None,
            };
            LeadsTo::Page(by_id.or_else(by_path)?)
        }
    };
    let label = match &place {
        LeadsTo::Page(id) => {
            let page = &site.pages[*id];
            page.page.meta.pagination_label.clone().unwrap_or_else(|| page.label.clone())
        }
        LeadsTo::Index(at) => site.indexes[*at].title.clone(),
        LeadsTo::Nothing => return None,
    };
    let href = sidebar::leads_to_route(site, &place).map(|route| desk.page(route));
    Some(LinkView { label, href, external: false, current: false })
}

/// The headings of a page that say something, nested, between the levels that it or the theme shows.
fn toc(site: &Site, id: PageId) -> Vec<TocView> {
    let page = &site.pages[id].page;
    let deepest = page.meta.toc_max_heading_level.unwrap_or(site.config.theme.toc_max_level).clamp(2, 6);
    let first = page.meta.toc_min_heading_level.unwrap_or(2).clamp(2, deepest);
    let is_shown = |heading: &&Heading| (first..=deepest).contains(&heading.level) && !heading.text.is_empty();
    let shown: Vec<&Heading> = page.headings.iter().filter(is_shown).collect();
    nest(&shown)
}

fn nest(headings: &[&Heading]) -> Vec<TocView> {
    let mut out = Vec::new();
    let mut rest = headings;
    while let Some((head, below)) = rest.split_first() {
        let count = below.iter().take_while(|heading| heading.level > head.level).count();
        out.push(TocView {
            text: head.text.clone(),
            id: head.id.clone(),
            level: head.level,
            children: nest(&below[..count]),
        });
        rest = &below[count..];
    }
    out
}

/// The top sections of the site with their pages: for a front page.
fn sections(shelf: &mut Shelf, site: &Site, desk: &Desk<'_>, id: PageId) -> Vec<GroupView> {
    let groups = site.tree.iter().filter(|node| node.section).map(|node| {
        let inside = node.children.iter().filter_map(|child| entry::of_node(shelf, site, desk, child));
        let own = match node.leads_to {
            LeadsTo::Page(page) => Some(entry::entry(site, desk, page, Some(id))),
            _ => None,
        };
        GroupView {
            title: node.label.clone(),
            id: crate::site::heading_anchor(&node.label),
            href: sidebar::node_href(site, desk, node),
            description: own.as_ref().map(|own| own.description.clone()).unwrap_or_default(),
            image: own.and_then(|own| own.image),
            entries: inside.collect(),
        }
    });
    groups.collect()
}

/// All tags by kind, in alphabetical order, those without a kind last: ways in to a body of knowledge.
pub fn kinds(site: &Site, desk: &Desk<'_>) -> Vec<KindView> {
    let mut kinds: Vec<KindView> = Vec::new();
    for tag in &site.tags {
        let view = entry::tag_view(site, desk, tag);
        match kinds.iter_mut().find(|known| known.kind == tag.kind) {
            Some(known) => known.tags.push(view),
            None => kinds.push(KindView { kind: tag.kind.clone(), tags: vec![view] }),
        }
    }
    kinds.sort_by(|a, b| (a.kind.is_empty(), &a.kind).cmp(&(b.kind.is_empty(), &b.kind)));
    for kind in &mut kinds {
        kind.tags.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.label.cmp(&b.label)));
    }
    kinds
}
