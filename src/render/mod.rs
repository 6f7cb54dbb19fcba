//! The frozen site and a route turned into bytes: pages through templates, and the
//! files that machines read. Pages are rendered when they are asked for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tera::Context;

mod body;
mod data;
mod entry;
pub mod highlight;
pub mod href;
mod listing;
mod page;
mod sanitize;
pub mod search;
mod sidebar;
mod site_view;
pub mod theme;
pub mod view;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::page::LinkKind;
use crate::site::{LeadsTo, PageId, Place, Site, address};
use highlight::Highlighter;
use href::Desk;
use search::Search;
use theme::Theme;
use view::{PageView, SidebarView};

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
    /// The configured colours and typefaces.
    CustomStyle,
    /// A part of the search index, by its name.
    Search(String),
    /// A file of the theme, by its name there.
    ThemeFile(String),
    /// A file of the project, by its address.
    File(String),
}

/// What is written at a path.
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of that file.
    CopyOf(PathBuf),
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
        if !site.tags.is_empty() {
            put(address::output_file(urls, &site.tags_route()), Subject::TagIndex);
        }
        for (at, tag) in site.tags.iter().enumerate() {
            put(address::output_file(urls, &site.tag_route(tag)), Subject::Tag(at));
        }
        for (at, redirect) in site.redirects.iter().enumerate() {
            put(redirect_file(urls, &redirect.from), Subject::Redirect(at));
        }
        for route in self.published_files() {
            put(route.trim_start_matches('/').to_owned(), Subject::File(route.to_owned()));
        }
        for (name, asset) in &self.theme.assets {
            put(asset.path.clone(), Subject::ThemeFile(name.clone()));
        }
        if let Some(style) = data::custom_style(site) {
            put(theme::fingerprinted("custom.css", style.as_bytes()), Subject::CustomStyle);
        }
        for (path, name) in search::files(site) {
            put(path, Subject::Search(name));
        }
        put("404.html".into(), Subject::NotFound);
        put("robots.txt".into(), Subject::Robots);
        put("site.json".into(), Subject::SiteJson);
        if !site.config.site.url.is_empty() {
            put("sitemap.xml".into(), Subject::Sitemap);
        }
        contents
    }

    /// All files of `static/`, and those beside pages that a page refers to.
    fn published_files(&self) -> impl Iterator<Item = &str> {
        let mut referred: std::collections::HashSet<&str> = std::collections::HashSet::new();
        for resolution in self.site.links.iter().flatten() {
            if let Place::File(route) = &resolution.place {
                referred.insert(route);
            }
        }
        let mut pictures = std::collections::HashSet::new();
        for (id, published) in self.site.pages.iter().enumerate() {
            let meta = &published.page.meta;
            for written in [&meta.list_image, &meta.image].into_iter().flatten() {
                if let Place::File(route) = self.site.resolve_from(id, written, LinkKind::Image).place {
                    pictures.insert(route);
                }
            }
        }
        self.site.files.iter().filter_map(move |(route, file)| {
            let always = file.path.root() == crate::source::Root::Static;
            (always || referred.contains(route.as_str()) || pictures.contains(route)).then_some(route.as_str())
        })
    }

    /// The bytes of what is published at a path.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render(&self, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        let site = self.site;
        let urls = &site.config.urls;
        let html = match subject {
            Subject::Page(id) => self.page(*id)?,
            Subject::Index(at) => {
                let desk = Desk::at_route(site, &site.indexes[*at].route);
                let view = listing::generated_index(self, &desk, *at);
                self.template("category.html", &desk, &view, &LeadsTo::Index(*at))?
            }
            Subject::Tag(at) => {
                let desk = Desk::at_route(site, &site.tag_route(&site.tags[*at]));
                self.template("tag.html", &desk, &listing::tag(self, &desk, &site.tags[*at]), &LeadsTo::Nothing)?
            }
            Subject::TagIndex => {
                let desk = Desk::at_route(site, &site.tags_route());
                self.template("tags.html", &desk, &listing::tag_index(self, &desk), &LeadsTo::Nothing)?
            }
            Subject::Redirect(at) => {
                let redirect = &site.redirects[*at];
                let desk = Desk::at_file(site, &redirect_file(urls, &redirect.from));
                let view = listing::redirect(self, &desk, redirect);
                self.template("redirect.html", &desk, &view, &LeadsTo::Nothing)?
            }
            Subject::NotFound => {
                let desk = Desk::anywhere(site, "404.html");
                self.template("404.html", &desk, &listing::not_found(self, &desk), &LeadsTo::Nothing)?
            }
            Subject::Sitemap => data::sitemap(self).unwrap_or_default(),
            Subject::Robots => data::robots(site),
            Subject::SiteJson => return Ok(Rendered::Bytes(data::site_json(site))),
            Subject::CustomStyle => data::custom_style(site).unwrap_or_default(),
            Subject::Search(name) => return Ok(Rendered::Bytes(self.search.part(site, name).to_vec())),
            Subject::ThemeFile(name) => {
                let bytes = self.theme.assets.get(name).map(|asset| asset.bytes.to_vec());
                return Ok(Rendered::Bytes(bytes.unwrap_or_default()));
            }
            Subject::File(route) => return Ok(Rendered::CopyOf(site.files[route].file.clone())),
        };
        Ok(Rendered::Bytes(html.into_bytes()))
    }

    fn page(&self, id: PageId) -> Result<String, Box<Diagnostic>> {
        let published = &self.site.pages[id];
        let desk = Desk::at_route(self.site, &published.route);
        let mut view = page::view(self, &desk, id);
        let site_view = site_view::view(self, &desk, &published.route);
        view.content = body::write(self, &desk, id, &site_view, &view)?;
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
        self.template_with(template, &view, site_view, sidebar::sidebar(self.site, &desk, &LeadsTo::Page(id)))
    }

    fn template(
        &self,
        name: &str,
        desk: &Desk<'_>,
        view: &PageView,
        current: &LeadsTo,
    ) -> Result<String, Box<Diagnostic>> {
        let site_view = site_view::view(self, desk, &view.route);
        self.template_with(name, view, site_view, sidebar::sidebar(self.site, desk, current))
    }

    fn template_with(
        &self,
        name: &str,
        view: &PageView,
        site_view: view::SiteView,
        sidebar: Vec<SidebarView>,
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert("page", view);
        context.insert("site", &site_view);
        context.insert("sidebar", &sidebar);
        context.insert("assets", &site_view::assets(self.theme));
        self.theme
            .tera
            .render(name, &context)
            .map_err(|error| Box::new(theme::template_finding(&error, Some(&view.route))))
    }
}

/// The file of a redirect: an address with an extension of its own keeps it.
fn redirect_file(urls: &crate::config::Urls, from: &str) -> String {
    if from.ends_with(".html") || from.ends_with(".htm") {
        return from.trim_start_matches('/').to_owned();
    }
    address::output_file(urls, from)
}
