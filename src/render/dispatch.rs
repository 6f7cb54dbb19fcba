//! The bytes of whatever is published: each kind asked of the file that writes it.

use tera::{Context, Value};

use super::contents::redirect_file;
use super::files::{data, feed, headers, llms, markdown};
use super::folder_cache::FolderCache;
use super::links::Linker;
use super::pages::{article, listing, print};
use super::published::{Rendered, Subject};
use super::renderer::Renderer;
use super::view::PageView;
use super::{body, picture, style, theme};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{LeadsTo, PageId};

impl Renderer<'_> {
    /// The bytes of what is published at a path.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render(&self, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        self.render_with(&mut FolderCache::new(self.theme), subject)
    }

    /// The same for one of many: those of one folder, one after the other, share what is on the cache.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render_with(&self, cache: &mut FolderCache, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        let site = self.site;
        let urls = &site.config.urls;
        let html = match subject {
            Subject::Page(id) => self.page(cache, *id)?,
            Subject::Index(at) => {
                let linker = Linker::at_route(site, &site.indexes[*at].route);
                let view = listing::generated_index(cache, self, &linker, *at);
                self.template(cache, "category.html", &linker, (view, &LeadsTo::Index(*at)))?
            }
            Subject::Tag(at) => {
                let linker = Linker::at_route(site, &site.tag_route(&site.tags[*at]));
                let view = listing::tag(cache, self, &linker, &site.tags[*at]);
                self.template(cache, "tag.html", &linker, (view, &LeadsTo::Nothing))?
            }
            Subject::TagIndex => {
                let linker = Linker::at_route(site, &site.tags_route());
                self.template(cache, "tags.html", &linker, (listing::tag_index(self, &linker), &LeadsTo::Nothing))?
            }
            Subject::Print(at) => {
                let linker = Linker::at_route(site, &site.long_pages[*at].route);
                let view = print::view(self, cache, &linker, *at)?;
                self.template(cache, "print.html", &linker, (view, &LeadsTo::Nothing))?
            }
            Subject::Redirect(at) => {
                let redirect = &site.redirects[*at];
                let linker = Linker::at_file(site, &redirect_file(urls, &redirect.from));
                let view = listing::redirect(self, &linker, redirect);
                self.template(cache, "redirect.html", &linker, (view, &LeadsTo::Nothing))?
            }
            Subject::NotFound => {
                let linker = Linker::anywhere(site, "404.html");
                self.template(cache, "404.html", &linker, (listing::not_found(self, &linker), &LeadsTo::Nothing))?
            }
            Subject::Sitemap => data::sitemap(self).unwrap_or_default(),
            Subject::Robots => data::robots(site),
            Subject::SiteJson => return Ok(Rendered::Bytes(data::site_json(site))),
            Subject::Headers => headers::write(self),
            Subject::Markdown(id) => markdown::copy(site, *id),
            Subject::Llms => llms::write(self),
            Subject::Feed => feed::write(self),
            Subject::CustomStyle => style::custom(site).unwrap_or_default(),
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

    fn page(&self, cache: &mut FolderCache, id: PageId) -> Result<String, Box<Diagnostic>> {
        let published = &self.site.pages[id];
        let linker = Linker::at_route(self.site, &published.route);
        let mut view = article::view(cache, self, &linker, id);
        let site_view = cache.site(self, &linker, &published.route);
        let seen = body::shows_page(self.site, &published.page).then(|| view.clone().into_value());
        let seen = seen.unwrap_or_else(Value::none);
        view.content = body::write(self, cache, &linker, id, (&site_view, &seen))?;
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
        let sidebar = cache.sidebar(self, &linker, &LeadsTo::Page(id));
        self.fill(template, &published.route, (view.into_value(), site_view), (sidebar, cache.assets.clone()))
    }

    fn template(
        &self,
        cache: &mut FolderCache,
        name: &str,
        linker: &Linker<'_>,
        (view, current): (PageView, &LeadsTo),
    ) -> Result<String, Box<Diagnostic>> {
        let route = view.route.clone();
        let site_view = cache.site(self, linker, &route);
        let sidebar = cache.sidebar(self, linker, current);
        self.fill(name, &route, (view.into_value(), site_view), (sidebar, cache.assets.clone()))
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
