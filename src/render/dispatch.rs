//! The bytes of whatever is published: each kind asked of the file that writes it.

use super::files::{feed, headers, llms, markdown, robots, site_json, sitemap};
use super::folder_cache::FolderCache;
use super::pages::{article, folder_index, not_found, print, redirect, tag, tag_index};
use super::published::{Rendered, Subject};
use super::renderer::Renderer;
use super::{picture, style};
use crate::diagnostic::Diagnostic;

impl Renderer<'_> {
    /// The bytes of what is published at a path. Of many, those of one folder, one after the other, share what is in
    /// the cache.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render_with(&self, cache: &mut FolderCache, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        let site = self.site;
        let text = match subject {
            Subject::Page(id) => article::render(self, cache, *id)?,
            Subject::Index(at) => folder_index::render(self, cache, *at)?,
            Subject::Tag(at) => tag::render(self, cache, *at)?,
            Subject::TagIndex => tag_index::render(self, cache)?,
            Subject::Print(at) => print::render(self, cache, *at)?,
            Subject::Redirect(at) => redirect::render(self, cache, *at)?,
            Subject::NotFound => not_found::render(self, cache)?,
            Subject::Sitemap => sitemap::write(self).unwrap_or_default(),
            Subject::Robots => robots::write(site),
            Subject::Headers => headers::write(self),
            Subject::Markdown(id) => markdown::copy(site, *id),
            Subject::Llms => llms::write(self),
            Subject::Feed => feed::write(self),
            Subject::CustomStyle => style::custom(site).unwrap_or_default(),
            Subject::SiteJson => return Ok(Rendered::Bytes(site_json::write(site))),
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
        Ok(Rendered::Bytes(text.into_bytes()))
    }
}
