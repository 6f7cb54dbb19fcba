//! Everything that a site publishes, by its path in the output folder.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::published::{Recipe, Subject};
use super::renderer::Renderer;
use super::{card, facts, picture, style, theme};
use crate::page::LinkKind;
use crate::site::{Place, address};
use crate::source::{Asset, Root};

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
            put(facts::redirect_file(urls, &redirect.from), Subject::Redirect(at));
        }
        let is_published = |route: &str, file: &Asset| file.path.root() == Root::Static || is_beside(route);
        for (route, _) in site.files.iter().filter(|(route, file)| is_published(route, file)) {
            put(route.trim_start_matches('/').to_owned(), Subject::File(route.to_owned()));
        }
        for (name, asset) in &self.theme.assets {
            put(asset.path.clone(), Subject::ThemeFile(name.clone()));
        }
        if let Some(style) = style::custom(site) {
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
            put(facts::FEED_FILE.into(), Subject::Feed);
        }
        if site.config.writes_markdown() {
            for id in 0..site.pages.len() {
                put(facts::markdown_file(site, id), Subject::Markdown(id));
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
}
