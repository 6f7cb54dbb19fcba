//! Many pages in one, to print or to save as PDF: each page's body under its title, headings
//! one level deeper for each level of the sidebar, ids made unique, links between the pages
//! turned into links within the document, and addresses elsewhere written out as notes below each page.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use tera::Value;

use super::article;
use super::template::{Filling, fill};
use crate::diagnostic::Diagnostic;
use crate::html::escaped;
use crate::html::tag::Tag;
use crate::html::tags::tags;
use crate::render::body::{self, Beginning, Views};
use crate::render::context::FileContext;
use crate::render::day;
use crate::render::facts;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listing, PublishedKind, Scope, in_order};
use crate::render::links::Linker;
use crate::render::paper;
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::{PageView, TocView, blank, languages, sidebar};
use crate::site::{Edition, LeadsTo, PageId, SidebarNode, address};

/// Many pages in one, by their places in `Edition::long_pages`.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "print",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        in_order(
            renderer.site.long_pages.iter().map(|long| address::output_file(&renderer.site.config.urls, &long.route)),
        )
    },
    key: |keys, which| Some(keys.long_page(which.at())),
    make: |renderer, cache, which| render(renderer, cache, which.at()).map(Rendered::text),
};

/// Attributes that name ids, perhaps several.
const NAMING_IDS: [&str; 9] = [
    "id",
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "headers",
    "list",
    "popovertarget",
];

/// Writes a long page, by its place in `Edition::long_pages`.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, at: usize) -> Result<String, Box<Diagnostic>> {
    let linker = Linker::at_route(renderer.site, &renderer.site.long_pages[at].route);
    let context = FileContext { renderer, linker: &linker };
    let view = view(context, cache, at);
    fill(context, cache, Filling { template: "print.html", view, current: &LeadsTo::Nothing })
}

/// What its template sees.
fn view(context: FileContext<'_>, cache: &mut FolderCache, at: usize) -> PageView {
    let (site, linker) = (context.site(), context.linker);
    let long = &site.long_pages[at];
    let (nodes, depth, book) = match long.section {
        Some(section) => (std::slice::from_ref(&site.tree[section]), 0, None),
        None => (site.tree.as_slice(), 1, Some(long.title.as_str())),
    };
    let mut names = DocumentIds::default();
    names.gather(site, linker, nodes);
    let frame = cache.site(context, &long.route);
    let mut composer =
        Composer { context, cache, names, frame, book, labels: 0, notes: Vec::new(), out: String::new() };
    let toc = composer.nodes(nodes, depth);
    let mut view = blank::page(site, linker, "print", &long.title, &long.route);
    // A section's own entry holds all the others.
    view.toc = match long.section {
        Some(_) => toc.into_iter().flat_map(|entry| entry.children).collect(),
        None => toc,
    };
    view.content = composer.out;
    languages::show(context, &mut view, languages::PageOfSeveral::Alone);
    view.canonical = None;
    view.noindex = true;
    view.style = Some(linker.file(&paper::published(site, at).0));
    let updated = last_change(context.renderer, nodes);
    view.updated = updated.as_deref().map(|date| day::for_people(date, site));
    view.updated_iso = updated;
    view
}

/// The day on which any page below some nodes changed last.
pub(crate) fn last_change(renderer: &Renderer<'_>, nodes: &[SidebarNode]) -> Option<String> {
    let of_node = |node: &SidebarNode| {
        let own = match node.leads_to {
            LeadsTo::Page(id) => facts::updated(renderer, id),
            LeadsTo::Index(_) | LeadsTo::Nothing => None,
        };
        own.max(last_change(renderer, &node.children))
    };
    nodes.iter().filter_map(of_node).max()
}

/// What the pages of a document are called in it.
#[derive(Default)]
struct DocumentIds {
    by_page: HashMap<PageId, String>,
    /// By the address that links to a page have, as it stands in the HTML.
    by_href: HashMap<String, String>,
    taken: HashSet<String>,
}

impl DocumentIds {
    fn gather(&mut self, site: &Edition, linker: &Linker<'_>, nodes: &[SidebarNode]) {
        for node in nodes {
            if let LeadsTo::Page(id) = node.leads_to {
                let route = &site.pages[id].route;
                let name = self.name(route);
                self.by_href.insert(escaped(&linker.page(route)), name.clone());
                self.by_page.insert(id, name);
            } else if let Some(route) = sidebar::leads_to_route(site, &node.leads_to) {
                let name = self.name(route);
                self.by_href.insert(escaped(&linker.page(route)), name);
            }
            self.gather(site, linker, &node.children);
        }
    }

    /// A name that no other has. It holds no dot, so that an id below it, after a dot, is unique too.
    fn name(&mut self, route: &str) -> String {
        let wished = crate::site::component_anchor(&route.trim_matches('/').replace('/', "-"));
        let wished = if wished.is_empty() { "start".to_owned() } else { wished };
        let mut name = wished.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{wished}-{number}");
        }
        name
    }
}

/// What stands above a part of the document.
#[derive(Clone, Copy)]
struct Title<'a> {
    text: &'a str,
    /// The id that the page's own heading has; may be empty.
    anchor: &'a str,
}

impl<'a> Title<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, anchor: "" }
    }
}

/// An attribute of a page's HTML.
#[derive(Clone, Copy)]
struct Attribute<'a> {
    /// The name of the element that has it.
    element: &'a str,
    name: &'a str,
    value: &'a str,
}

/// Writes the pages one after the other.
struct Composer<'a> {
    context: FileContext<'a>,
    cache: &'a mut FolderCache,
    names: DocumentIds,
    frame: Value,
    /// What the document is called, if it is the whole site.
    book: Option<&'a str>,
    /// How many labels without a page were named so far.
    labels: usize,
    /// The addresses elsewhere that the page leads to, in the order of their numbers.
    notes: Vec<String>,
    out: String,
}

impl Composer<'_> {
    fn nodes(&mut self, nodes: &[SidebarNode], depth: usize) -> Vec<TocView> {
        if depth != 1 {
            return nodes.iter().map(|node| self.node(node, depth)).collect();
        }
        let chapters = nodes.iter().enumerate().map(|(at, node)| {
            let _ = writeln!(self.out, "<div class=\"print-chapter at-{}\">", at + 1);
            let entry = self.node(node, depth);
            self.out.push_str("</div>\n");
            entry
        });
        chapters.collect()
    }

    fn node(&mut self, node: &SidebarNode, depth: usize) -> TocView {
        let site = self.context.site();
        let (id, text) = match &node.leads_to {
            LeadsTo::Page(id) => self.page(*id, &node.label, depth),
            LeadsTo::Index(at) => {
                let index = &site.indexes[*at];
                let name = self
                    .names
                    .by_href
                    .get(&escaped(&self.context.linker.page(&index.route)))
                    .cloned()
                    .unwrap_or_default();
                self.open(&name, Title::of(&index.title), depth);
                if !index.description.is_empty() {
                    let _ = writeln!(self.out, "<p>{}</p>", escaped(&index.description));
                }
                (name, index.title.clone())
            }
            LeadsTo::Nothing => {
                self.labels += 1;
                let name = format!("section.{}", self.labels);
                self.open(&name, Title::of(&node.label), depth);
                (name, node.label.clone())
            }
        };
        self.out.push_str("</section>\n");
        let children = self.nodes(&node.children, depth + 1);
        TocView { text, id, level: if depth == 0 { 1 } else { 2 }, children }
    }

    fn page(&mut self, id: PageId, label: &str, depth: usize) -> (String, String) {
        let published = &self.context.site().pages[id];
        let name = self.names.by_page.get(&id).cloned().unwrap_or_default();
        let title = if published.title.is_empty() { label } else { &published.title };
        let own = published.page.content_title.as_ref().and_then(|_| published.page.headings.first());
        // What stands under the document's own title is no deeper than on its page: a front page, in a book.
        let depth = if depth == 1 && self.book == Some(title) { 0 } else { depth };
        self.open(&name, Title { text: title, anchor: own.map_or("", |heading| &heading.id) }, depth);
        let view = article::view(self.context, self.cache, id).into_value();
        // A title that the body brings is written already.
        let beginning = if own.is_some() { Beginning::BelowTitle } else { Beginning::Page };
        let html = body::write(self.context, self.cache, id, Views { site: &self.frame, page: &view }, beginning);
        self.take_in(&html, &name, depth);
        self.write_notes();
        (name, title.to_owned())
    }

    /// Begins a part of the document under its title, which at the top the template has written.
    fn open(&mut self, name: &str, title: Title<'_>, depth: usize) {
        let Title { text, anchor } = title;
        let _ = writeln!(self.out, "<section class=\"print-page prose depth-{depth}\" id=\"{}\">", escaped(name));
        if depth > 0 {
            let level = (depth + 1).min(6);
            let id = if anchor.is_empty() { String::new() } else { format!(" id=\"{}.{}\"", name, escaped(anchor)) };
            let _ = writeln!(self.out, "<h{level} class=\"print-title\"{id}>{}</h{level}>", escaped(text));
        }
    }

    /// Writes a page's body as a part of the document.
    fn take_in(&mut self, html: &str, name: &str, depth: usize) {
        let mut written = 0;
        for tag in tags(html) {
            let element = &html[tag.name.clone()];
            if let Some(number) = self.note(html, &tag, name) {
                self.out.push_str(&html[written..tag.name.end]);
                let _ = write!(self.out, " data-note=\"{number}\"");
                written = tag.name.end;
            }
            if let Some(own) = heading_level(element) {
                self.out.push_str(&html[written..tag.name.start]);
                let _ = write!(self.out, "h{}", (own + depth).min(6));
                written = tag.name.end;
            }
            for attribute in &tag.attributes {
                let Some(place) = attribute.value.plain().filter(|place| !place.is_empty()) else { continue };
                let written_there =
                    Attribute { element, name: &html[attribute.name.clone()], value: &html[place.clone()] };
                if let Some(value) = self.changed(written_there, name) {
                    self.out.push_str(&html[written..place.start]);
                    self.out.push_str(&value);
                    written = place.end;
                }
            }
        }
        self.out.push_str(&html[written..]);
    }

    /// The number of the note that says where a link leads, where its text doesn't.
    fn note(&mut self, html: &str, tag: &Tag, name: &str) -> Option<usize> {
        let element = &html[tag.name.clone()];
        let href = tag.get(html, "href").filter(|_| !tag.closing && element.eq_ignore_ascii_case("a"))?;
        let address = self.link(element, href, name).unwrap_or_else(|| href.to_owned());
        let is_elsewhere = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
        if !is_elsewhere || html[tag.end..].strip_prefix(&address).is_some_and(|rest| rest.starts_with("</")) {
            return None;
        }
        let known = self.notes.iter().position(|note| *note == address);
        let at = known.unwrap_or_else(|| {
            self.notes.push(address);
            self.notes.len() - 1
        });
        Some(at + 1)
    }

    /// Writes the notes of a page: for paper, since elsewhere a link is followed.
    fn write_notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.out.push_str("<ol class=\"print-notes\">\n");
        for note in std::mem::take(&mut self.notes) {
            // It stands in quotes as it is, so it holds none; what would be markup in a text is left to write.
            let _ = writeln!(self.out, "<li>{}</li>", note.replace('<', "&lt;").replace('>', "&gt;"));
        }
        self.out.push_str("</ol>\n");
    }

    /// What an attribute holds in the document, if it is something else than on the page.
    fn changed(&self, attribute: Attribute<'_>, name: &str) -> Option<String> {
        let Attribute { element, name: written, value } = attribute;
        let is = |wanted: &str| written.eq_ignore_ascii_case(wanted);
        if NAMING_IDS.iter().any(|naming| is(naming)) {
            let ids = value.split_ascii_whitespace().map(|id| format!("{name}.{id}"));
            return Some(ids.collect::<Vec<_>>().join(" "));
        }
        if is("name") && ["a", "input"].iter().any(|named| element.eq_ignore_ascii_case(named)) {
            return Some(format!("{name}.{value}"));
        }
        // What is printed must have been loaded.
        if is("loading") {
            return Some("eager".into());
        }
        is("href").then(|| self.link(element, value, name)).flatten()
    }

    fn link(&self, element: &str, href: &str, name: &str) -> Option<String> {
        let (path, fragment) = href.split_once('#').map_or((href, ""), |(path, fragment)| (path, fragment));
        let inside = if path.is_empty() { Some(name) } else { self.names.by_href.get(path).map(String::as_str) };
        match inside {
            Some(inside) if fragment.is_empty() => Some(format!("#{inside}")),
            Some(inside) => Some(format!("#{inside}.{fragment}")),
            None if element.eq_ignore_ascii_case("a") => self.whole(href),
            None => None,
        }
    }

    /// On paper a link is worth what is printed of it: of a page that isn't in the document, its whole address.
    fn whole(&self, href: &str) -> Option<String> {
        if href.split(['/', '?', '#']).next().is_some_and(|it| it.contains(':')) {
            return None;
        }
        let base = facts::base_url(self.context.site())?;
        let end = href.find(['?', '#']).unwrap_or(href.len());
        let path = self.context.linker.below_root(&href[..end])?;
        let slash = if href[..end].ends_with('/') && path != "/" { "/" } else { "" };
        Some(format!("{base}{}{slash}{}", path.trim_start_matches('/'), &href[end..]))
    }
}

/// 1 to 6 for `h1` to `h6`.
fn heading_level(name: &str) -> Option<usize> {
    match name.as_bytes() {
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(usize::from(digit - b'0')),
        _ => None,
    }
}
