//! The table of contents of a page.

use super::TocView;
use crate::page::Heading;
use crate::site::{Edition, PageId};

/// The headings of a page that say something, nested, between the levels that it or the theme shows.
pub fn of_page(site: &Edition, id: PageId) -> Vec<TocView> {
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
