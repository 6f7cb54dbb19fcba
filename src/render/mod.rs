//! The frozen site and a route turned into bytes: pages through templates, and the
//! files that machines read. Pages are rendered when they are asked for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use tera::{Context, Value};

mod body;
pub mod card;
mod data;
mod entry;
mod feed;
mod headers;
pub mod href;
pub mod key;
mod json_ld;
mod listing;
mod llms;
mod markdown;
mod markup;
mod page;
pub mod picture;
mod policy;
mod print;
mod sanitize;
mod shelf;
mod sidebar;
mod site_view;
pub mod theme;
pub mod view;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::highlight::Highlighter;
use crate::history::History;
use crate::page::LinkKind;
use crate::search::Search;
use crate::site::{LeadsTo, PageId, Place, Site, address};
use crate::source::{Asset, Root};
use card::Card;
use href::Desk;
use picture::Recipe;
pub use shelf::Shelf;
use theme::Theme;
use view::PageView;

/// What is published at a path of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A page of the content.
    Page(PageId),
    /// The index of a folder, by its place in `Site::indexes`.
    Index(usize),
    /// A tag's page, by its place in `Site::tags`.
    Tag(usize),
    /// The index of all tags.
    TagIndex,
    /// Many pages in one, by their place in `Site::long_pages`.
    Print(usize),
    /// An old address, by its place in `Site::redirects`.
    Redirect(usize),
    /// The page for addresses that don't exist.
    NotFound,
    /// The sitemap.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// The site as data.
    SiteJson,
    /// How hosts should answer.
    Headers,
    /// The copy of a page in Markdown.
    Markdown(PageId),
    /// The site in one page, for language models.
    Llms,
    /// The pages that changed last, for feed readers.
    Feed,
    /// The configured colours and typefaces.
    CustomStyle,
    /// A part of the search index, by its name.
    Search(String),
    /// A file of the theme, by its name there.
    ThemeFile(String),
    /// A file of the project, by its address.
    File(String),
    /// What is shown where a page is shared.
    Card(Box<Card>),
    /// A picture of the project at another width, by its address and the width.
    Picture(String, u32),
}

/// What is written at a path.
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of that file.
    CopyOf(PathBuf),
    /// This card, drawn: `crate::picture` does.
    Drawn(Box<Card>),
    /// A picture made smaller, which takes reading it: `crate::picture` does.
    Smaller(Box<Recipe>),
}

/// Everything that pages are rendered from.
pub struct Renderer<'a> {
    /// The frozen site.
    pub site: &'a Site,
    /// Its templates.
    pub theme: &'a Theme,
    /// Colours code.
    pub highlighter: &'a Highlighter,
    /// When pages last changed.
    pub history: &'a History,
    /// The index that readers search.
    pub search: &'a Search,
}

impl Renderer<'_> {
    /// Everything that is published, by its path in the output folder.
    pub fn contents(&self) -> BTreeMap<String, Subject> {
        let beside = self.beside();
        let mut contents = self.contents_with(|route| beside.contains(route), self.search.files(self.site));
        for (path, subject) in self.pictures() {
            contents.entry(path).or_insert(subject);
        }
        contents
    }

    /// The same without files that lie beside pages and without smaller pictures (which of these are published
    /// takes knowing what every page refers to, and `beside` and `pictures` tell it), and without the search
    /// index's parts (for which it would have to be made; see `Search::name_at`).
    pub fn contents_at_once(&self) -> BTreeMap<String, Subject> {
        self.contents_with(|_| false, Vec::new())
    }

    fn contents_with(
        &self,
        is_beside: impl Fn(&str) -> bool,
        search_parts: Vec<(String, String)>,
    ) -> BTreeMap<String, Subject> {
        let site = self.site;
        let urls = &site.config.urls;
        let mut contents = BTreeMap::new();
        // What comes first wins: pages, then what is made for them, then files.
        let mut put = |path: String, subject: Subject| {
            contents.entry(path).or_insert(subject);
        };
        for (id, published) in site.pages.iter().enumerate() {
            put(address::output_file(urls, &published.route), Subject::Page(id));
        }
        for (at, index) in site.indexes.iter().enumerate() {
            put(address::output_file(urls, &index.route), Subject::Index(at));
        }
        put(address::output_file(urls, &site.tags_route()), Subject::TagIndex);
        for (at, tag) in site.tags.iter().enumerate() {
            put(address::output_file(urls, &site.tag_route(tag)), Subject::Tag(at));
        }
        for (at, long) in site.long_pages.iter().enumerate() {
            put(address::output_file(urls, &long.route), Subject::Print(at));
        }
        for (at, redirect) in site.redirects.iter().enumerate() {
            put(redirect_file(urls, &redirect.from), Subject::Redirect(at));
        }
        let is_published = |route: &str, file: &Asset| file.path.root() == Root::Static || is_beside(route);
        for (route, _) in site.files.iter().filter(|(route, file)| is_published(route, file)) {
            put(route.trim_start_matches('/').to_owned(), Subject::File(route.to_owned()));
        }
        for (name, asset) in &self.theme.assets {
            put(asset.path.clone(), Subject::ThemeFile(name.clone()));
        }
        if let Some(style) = data::custom_style(site) {
            put(theme::fingerprinted("custom.css", style.as_bytes()), Subject::CustomStyle);
        }
        for (path, name) in search_parts {
            put(path, Subject::Search(name));
        }
        for card in card::all(site) {
            put(card.path(), Subject::Card(Box::new(card)));
        }
        put("404.html".into(), Subject::NotFound);
        put("robots.txt".into(), Subject::Robots);
        put("site.json".into(), Subject::SiteJson);
        if site.config.writes_headers() {
            put("_headers".into(), Subject::Headers);
        }
        if site.config.writes_llms() {
            put("llms.txt".into(), Subject::Llms);
        }
        if site.has_feed() {
            put(feed::FILE.into(), Subject::Feed);
        }
        if site.config.writes_markdown() {
            for id in 0..site.pages.len() {
                put(markdown::file(site, id), Subject::Markdown(id));
            }
        }
        if !site.config.site.url.is_empty() {
            put("sitemap.xml".into(), Subject::Sitemap);
        }
        contents
    }

    /// The addresses of files beside pages that a page refers to.
    pub fn beside(&self) -> BTreeSet<&str> {
        let lies_beside = |file: &Asset| file.path.root() == Root::Content;
        if !self.site.files.values().any(lies_beside) {
            return BTreeSet::new();
        }
        let mut referred = HashSet::new();
        for resolution in self.site.all_links().flatten() {
            if let Place::File(route) = &resolution.place {
                referred.insert(route.clone());
            }
        }
        for (id, published) in self.site.pages.iter().enumerate() {
            let meta = &published.page.meta;
            for written in [&meta.list_image, &meta.image].into_iter().flatten() {
                if let Place::File(route) = self.site.resolve_from(id, written, LinkKind::Image).place {
                    referred.insert(route);
                }
            }
        }
        let files = self.site.files.iter().filter(|(route, file)| lies_beside(file) && referred.contains(*route));
        files.map(|(route, _)| route.as_str()).collect()
    }

    /// The smaller sizes of pictures that pages show, by their paths in the output folder.
    pub fn pictures(&self) -> BTreeMap<String, Subject> {
        let site = self.site;
        if !site.files.values().any(|file| file.digest.is_some()) {
            return BTreeMap::new();
        }
        let is_shown = |kind: LinkKind| matches!(kind, LinkKind::Image | LinkKind::Attribute);
        let mut shown: HashSet<String> = HashSet::new();
        for (published, resolutions) in site.pages.iter().zip(site.all_links()) {
            for (_, resolution) in published.page.links.iter().zip(resolutions).filter(|(link, _)| is_shown(link.kind))
            {
                if let Place::File(route) = &resolution.place
                    && !shown.contains(route)
                {
                    shown.insert(route.clone());
                }
            }
        }
        for (id, published) in site.pages.iter().enumerate() {
            if let Some(written) = &published.page.meta.list_image
                && let Place::File(route) = site.resolve_from(id, written, LinkKind::Image).place
            {
                shown.insert(route);
            }
        }
        shown.iter().flat_map(|route| picture::subjects(site, route)).collect()
    }

    /// What the smaller pictures among these are made from.
    pub fn recipes<'s>(&self, subjects: impl Iterator<Item = &'s Subject>) -> Vec<Recipe> {
        let recipe = |subject: &Subject| match subject {
            Subject::Picture(route, width) => picture::recipe(self.site, route, *width),
            _ => None,
        };
        subjects.filter_map(recipe).collect()
    }

    /// The bytes of what is published at a path.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render(&self, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        self.render_with(&mut Shelf::new(self.theme), subject)
    }

    /// The same for one of many: those of one folder, one after the other, share what is on the shelf.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render_with(&self, shelf: &mut Shelf, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        let site = self.site;
        let urls = &site.config.urls;
        let html = match subject {
            Subject::Page(id) => self.page(shelf, *id)?,
            Subject::Index(at) => {
                let desk = Desk::at_route(site, &site.indexes[*at].route);
                let view = listing::generated_index(shelf, self, &desk, *at);
                self.template(shelf, "category.html", &desk, (view, &LeadsTo::Index(*at)))?
            }
            Subject::Tag(at) => {
                let desk = Desk::at_route(site, &site.tag_route(&site.tags[*at]));
                let view = listing::tag(shelf, self, &desk, &site.tags[*at]);
                self.template(shelf, "tag.html", &desk, (view, &LeadsTo::Nothing))?
            }
            Subject::TagIndex => {
                let desk = Desk::at_route(site, &site.tags_route());
                self.template(shelf, "tags.html", &desk, (listing::tag_index(self, &desk), &LeadsTo::Nothing))?
            }
            Subject::Print(at) => {
                let desk = Desk::at_route(site, &site.long_pages[*at].route);
                let view = print::view(self, shelf, &desk, *at)?;
                self.template(shelf, "print.html", &desk, (view, &LeadsTo::Nothing))?
            }
            Subject::Redirect(at) => {
                let redirect = &site.redirects[*at];
                let desk = Desk::at_file(site, &redirect_file(urls, &redirect.from));
                let view = listing::redirect(self, &desk, redirect);
                self.template(shelf, "redirect.html", &desk, (view, &LeadsTo::Nothing))?
            }
            Subject::NotFound => {
                let desk = Desk::anywhere(site, "404.html");
                self.template(shelf, "404.html", &desk, (listing::not_found(self, &desk), &LeadsTo::Nothing))?
            }
            Subject::Sitemap => data::sitemap(self).unwrap_or_default(),
            Subject::Robots => data::robots(site),
            Subject::SiteJson => return Ok(Rendered::Bytes(data::site_json(site))),
            Subject::Headers => headers::write(self),
            Subject::Markdown(id) => markdown::copy(site, *id),
            Subject::Llms => llms::write(self),
            Subject::Feed => feed::write(self),
            Subject::CustomStyle => data::custom_style(site).unwrap_or_default(),
            Subject::Search(name) => return Ok(Rendered::Bytes(self.search.part(site, name))),
            Subject::ThemeFile(name) => {
                let bytes = self.theme.assets.get(name).map(|asset| asset.bytes.to_vec());
                return Ok(Rendered::Bytes(bytes.unwrap_or_default()));
            }
            Subject::File(route) => return Ok(Rendered::CopyOf(site.files[route].file.clone())),
            Subject::Card(card) => return Ok(Rendered::Drawn(card.clone())),
            Subject::Picture(route, width) => {
                let recipe = picture::recipe(site, route, *width).map(Box::new);
                return Ok(recipe.map_or(Rendered::Bytes(Vec::new()), Rendered::Smaller));
            }
        };
        Ok(Rendered::Bytes(html.into_bytes()))
    }

    fn page(&self, shelf: &mut Shelf, id: PageId) -> Result<String, Box<Diagnostic>> {
        let published = &self.site.pages[id];
        let desk = Desk::at_route(self.site, &published.route);
        let mut view = page::view(shelf, self, &desk, id);
        let site_view = shelf.site(self, &desk, &published.route);
        let seen = body::shows_page(self.site, &published.page).then(|| view.clone().into_value());
        let seen = seen.unwrap_or_else(Value::none);
        view.content = body::write(self, shelf, &desk, id, (&site_view, &seen))?;
        let template = published.page.meta.template.as_deref().unwrap_or("page.html");
        if !self.theme.tera.contains_template(template) {
            let meta = &published.page.meta;
            let span = meta.spans.get("template").copied().unwrap_or_default();
            let mut finding = Diagnostic::new(
                Code::TemplateError,
                &published.page.path,
                span,
                format!("there is no template `{template}`"),
            );
            finding.severity = Severity::Error;
            return Err(Box::new(
                finding.with_help("name a file of `templates/`, or remove the line for the usual one"),
            ));
        }
        let sidebar = shelf.sidebar(self, &desk, &LeadsTo::Page(id));
        self.fill(template, &published.route, (view.into_value(), site_view), (sidebar, shelf.assets.clone()))
    }

    fn template(
        &self,
        shelf: &mut Shelf,
        name: &str,
        desk: &Desk<'_>,
        (view, current): (PageView, &LeadsTo),
    ) -> Result<String, Box<Diagnostic>> {
        let route = view.route.clone();
        let site_view = shelf.site(self, desk, &route);
        let sidebar = shelf.sidebar(self, desk, current);
        self.fill(name, &route, (view.into_value(), site_view), (sidebar, shelf.assets.clone()))
    }

    fn fill(
        &self,
        template: &str,
        route: &str,
        (view, site_view): (Value, Value),
        (sidebar, assets): (Value, Value),
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("page", view);
        context.insert_value("site", site_view);
        context.insert_value("sidebar", sidebar);
        context.insert_value("assets", assets);
        self.theme
            .tera
            .render(template, &context)
            .map_err(|error| Box::new(theme::template_finding(&error, Some(route))))
    }
}

/// The file of a redirect: an address with an extension of its own keeps it.
fn redirect_file(urls: &crate::config::Urls, from: &str) -> String {
    if from.ends_with(".html") || from.ends_with(".htm") {
        return from.trim_start_matches('/').to_owned();
    }
    address::output_file(urls, from)
}
