//! What lies at the address of an edition itself: a page, if one wants to; or else the way to the first, or an index of
//! all. Nobody who asks for no page in particular finds nothing.

use std::sync::Arc;

use super::address;
use super::edition::Frame;
use super::link::Target;
use super::published::{Published, Redirect, StandIn};
use super::tree::{GeneratedIndex, Indexed, LeadsTo};
use crate::config::{FRONT_INDEX, Fallback, SiteConfig};
use crate::source::{Root, SourcePath};

impl Frame {
    /// The address where the front page lies.
    pub fn front_route(&self) -> &str {
        let prefix = self.config.urls.prefix.as_str();
        if prefix.is_empty() { "/" } else { prefix }
    }

    /// Sees to it that something lies there.
    pub(super) fn register_front_page(&mut self, pages: &[Arc<Published>]) {
        let (front, docs_route) = (self.front_route().to_owned(), self.config.urls.docs_route.clone());
        let is_taken = |route: &str| self.targets.get(route).is_some_and(|target| *target != Target::Draft);
        if is_taken(&front) {
            return;
        }
        if is_taken(&docs_route) {
            return self.lead_on(front, docs_route);
        }
        if self.config.site.front_page == FRONT_INDEX {
            self.stand_in = Some(StandIn::Index(self.indexes.len()));
            self.targets.insert(front.clone(), Target::Generated);
            self.indexes.push(GeneratedIndex {
                title: self.config.site.title.clone(),
                description: self.config.site.tagline.clone(),
                route: front,
                path: SourcePath::new(Root::Project, "book.toml"),
                folder: String::new(),
                of: Indexed::Folder,
            });
            return;
        }
        let to = self.front_page_named(pages).or_else(|| self.first_in_order(pages));
        let to = to.unwrap_or_else(|| self.tags_route());
        self.stand_in = Some(StandIn::WayTo(to.clone()));
        self.first_page = Some(to.clone());
        self.lead_on(front, to);
    }

    fn lead_on(&mut self, from: String, to: String) {
        self.targets.insert(from.clone(), Target::Redirect(to.clone()));
        self.redirects.push(Redirect { from, to });
    }

    /// The address of the page that the configuration names: by its path in the folder of the pages, or its address.
    pub fn front_page_named(&self, pages: &[Arc<Published>]) -> Option<String> {
        let named = self.config.site.front_page.as_str();
        if SiteConfig::chooses_front_page(named) {
            return None;
        }
        let path = named.trim_matches('/');
        let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".mdx")).unwrap_or(path);
        let route = address::join(&[&self.config.urls.docs_route, stem]);
        let is_it = |page: &&Arc<Published>| {
            page.page.path.as_str() == path || page.id == stem || [&route, named].contains(&page.route.as_str())
        };
        let is_here = |page: &&Arc<Published>| page.borrowed != Some(Fallback::Link);
        pages.iter().filter(is_here).find(is_it).map(|page| page.route.clone())
    }

    /// What comes first in reading order of all that is published here.
    fn first_in_order(&self, pages: &[Arc<Published>]) -> Option<String> {
        self.reading_order.iter().find_map(|place| match place {
            LeadsTo::Page(id) if pages[*id].borrowed != Some(Fallback::Link) => Some(pages[*id].route.clone()),
            LeadsTo::Index(at) => Some(self.indexes[*at].route.clone()),
            _ => None,
        })
    }
}
