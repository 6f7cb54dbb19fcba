//! Many pages in one, to print: which there are, and where.

use std::collections::HashSet;

use super::edition::Frame;
use super::published::LongPage;
use super::{address, component_anchor};

impl Frame {
    /// The long pages that the configuration asks for: the whole site first, then the sections of the top
    /// level, in order. Deeper sections are in those, so that no page is written more than twice.
    pub(super) fn find_long_pages(&self) -> Vec<LongPage> {
        let wanted = &self.config.print;
        let docs_route = &self.config.urls.docs_route;
        let mut pages = Vec::new();
        if wanted.book {
            let title = self.config.site.title.clone();
            pages.push(LongPage { route: address::join(&[docs_route, "print"]), title, section: None });
        }
        let mut taken = HashSet::new();
        for (at, node) in self.tree.iter().enumerate().filter(|(_, node)| wanted.sections && !node.children.is_empty())
        {
            let wished = component_anchor(node.label.trim());
            let wished = if wished.is_empty() { "section".to_owned() } else { wished };
            let mut name = wished.clone();
            let mut number = 1;
            while !taken.insert(name.clone()) {
                number += 1;
                name = format!("{wished}-{number}");
            }
            let route = address::publishable(&address::join(&[docs_route, "print", &name]));
            pages.push(LongPage { route, title: node.label.clone(), section: Some(at) });
        }
        pages
    }

    /// The long page that holds what stands in a section of the top level, or else in the site.
    pub fn long_page_of(&self, section: Option<usize>) -> Option<&LongPage> {
        let find = |section| self.long_pages.binary_search_by_key(&section, |page| page.section).ok();
        find(section).or_else(|| find(None)).map(|at| &self.long_pages[at])
    }
}
