//! What any output says of a page, whoever shows it: its whole address, its days, its authors, its pictures.

use super::picture;
use super::renderer::Renderer;
use crate::config::Urls;
use crate::page::LinkKind;
use crate::site::{Edition, LeadsTo, PageId, Place, address};

/// What is said of a page at its head and foot, whatever its template.
pub(super) struct PageFacts {
    /// When it last changed.
    pub updated: Option<String>,
    /// When it first appeared.
    pub first_published: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it can be edited.
    pub edit_link: Option<String>,
    /// The file of its copy as Markdown, if the site has such copies.
    pub markdown_file: Option<String>,
}

impl PageFacts {
    /// Those of one page.
    pub(super) fn of(renderer: &Renderer<'_>, id: PageId) -> Self {
        let site = renderer.site;
        Self {
            updated: updated(renderer, id),
            first_published: first_published(site, id),
            authors: authors(renderer, id),
            edit_link: edit_link(site, id),
            markdown_file: (site.config.writes_markdown() && has_copy(site, id)).then(|| markdown_file(site, id)),
        }
    }
}

/// The whole address of a page, if the site's is configured.
pub(super) fn absolute_url(site: &Edition, route: &str) -> Option<String> {
    let base = base_url(site)?;
    Some(format!("{base}{}", address::encode_page(&site.config.urls, route)))
}

/// The address that search engines are asked to keep: as it is published today by
/// others, with its spaces, so that it stays the same text.
pub(super) fn canonical_url(site: &Edition, route: &str) -> Option<String> {
    let base = base_url(site)?;
    Some(format!("{base}{}", address::readable_page(&site.config.urls, route)))
}

/// The site's address with its base path and a final slash, if configured.
pub(super) fn base_url(site: &Edition) -> Option<String> {
    let config = &site.config.site;
    (!config.url.is_empty()).then(|| format!("{}{}", config.url.trim_end_matches('/'), config.base_path))
}

/// The whole address of a file of the site.
pub(super) fn site_file_url(site: &Edition, written: &str) -> Option<String> {
    if written.contains("://") {
        return Some(written.to_owned());
    }
    let base = base_url(site)?;
    Some(format!("{base}{}", address::encode_path(written.trim_start_matches('/'))))
}

/// The whole address of the picture that a page names for sharing.
pub(super) fn social_image(site: &Edition, id: PageId) -> Option<String> {
    let written = site.pages[id].page.meta.image.as_deref()?;
    match site.resolve_from(id, written, LinkKind::Image).place {
        Place::File(route) => site_file_url(site, &route),
        Place::Elsewhere => {
            Some(written.to_owned()).filter(|image| picture::may_be_picture(image, site.config.markdown.html))
        }
        _ => None,
    }
}

fn edit_link(site: &Edition, id: PageId) -> Option<String> {
    let page = &site.pages[id].page;
    match (&page.meta.custom_edit_url, &site.config.theme.edit_link) {
        (Some(own), _) => own.clone().filter(|own| crate::html::is_harmless(own)),
        (None, Some(base)) => {
            let path = address::readable_path(page.path.on_disk());
            Some(format!("{}/{path}", base.trim_end_matches('/')))
        }
        (None, None) => None,
    }
}

/// When a page last changed: as its front matter says, or as git knows it, if configured.
pub(super) fn updated(renderer: &Renderer<'_>, id: PageId) -> Option<String> {
    renderer.site.updated(id, renderer.history).map(str::to_owned)
}

/// Who wrote a page: as its front matter says, or as git knows it, if configured.
pub(super) fn authors(renderer: &Renderer<'_>, id: PageId) -> Vec<String> {
    let page = &renderer.site.pages[id].page;
    if !page.meta.authors.is_empty() || !renderer.site.config.git.authors {
        return page.meta.authors.clone();
    }
    renderer.history.get(page.path.on_disk()).map(|change| change.authors.clone()).unwrap_or_default()
}

/// The `date` of a page's front matter: when it first appeared.
pub(super) fn first_published(site: &Edition, id: PageId) -> Option<String> {
    let date = site.pages[id].page.meta.data.get("date")?.as_str()?.get(..10)?;
    date.parse::<jiff::civil::Date>().is_ok().then(|| date.to_owned())
}

/// The labels of the sections that hold a page, from the top.
pub(super) fn sections(site: &Edition, id: PageId) -> impl Iterator<Item = &str> {
    let mut level = &site.tree;
    let way = site.trails[id].iter().flatten().map(move |&at| {
        let node = &level[at];
        level = &node.children;
        node
    });
    way.filter(move |node| node.section && node.leads_to != LeadsTo::Page(id)).map(|node| node.label.as_str())
}

/// Where the feed is published.
pub(super) const FEED_FILE: &str = "feed.xml";

/// Where the site as a book for e-readers is published.
pub(super) const EPUB_FILE: &str = "book.epub";

/// Whether a page has a copy in Markdown: one in its own language, and what people look for.
pub(super) fn has_copy(site: &Edition, id: PageId) -> bool {
    site.pages[id].borrowed.is_none() && !site.is_not_found(id)
}

/// The file of a page's copy: `docs/a.md` beside `docs/a.html`.
pub(super) fn markdown_file(site: &Edition, id: PageId) -> String {
    copy_at(site, &site.pages[id].route)
}

/// The file of the copy of what lies at an address.
pub(super) fn copy_at(site: &Edition, route: &str) -> String {
    let html = address::output_file(&site.config.urls, route);
    format!("{}.md", html.strip_suffix(".html").unwrap_or(&html))
}

/// The file of a redirect: an address with an extension of its own keeps it.
pub(super) fn redirect_file(urls: &Urls, from: &str) -> String {
    if from.ends_with(".html") || from.ends_with(".htm") {
        return from.trim_start_matches('/').to_owned();
    }
    address::output_file(urls, from)
}
