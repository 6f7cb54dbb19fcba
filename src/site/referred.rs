//! Which files beside pages are published: those that a page of some language refers to. Others are the authors' own.

use std::collections::HashSet;

use super::library::Library;
use super::link::Place;
use super::{Edition, PageId};
use crate::page::LinkKind;
use crate::source::{Asset, Root};

/// Whether a file lies beside pages, and so is published only where one of them refers to it.
pub(crate) fn lies_beside(file: &Asset) -> bool {
    file.path.root() == Root::Content
}

impl Edition {
    /// The addresses of the files that a page refers to, in its text and its front matter.
    pub(crate) fn files_of(&self, id: PageId) -> impl Iterator<Item = String> {
        let linked = self.links(id).iter().filter_map(|resolution| match &resolution.place {
            Place::File(route) => Some(route.clone()),
            _ => None,
        });
        let meta = &self.pages[id].page.meta;
        let pictures = [&meta.list_image, &meta.image].into_iter().flatten();
        linked.chain(pictures.filter_map(move |written| self.resolve_from(id, written, LinkKind::Image).place.file()))
    }
}

impl Library {
    /// The addresses of files that pages refer to; of none where no file lies beside pages.
    pub(crate) fn referred_to(&self) -> HashSet<String> {
        if !self.editions().any(|(_, edition)| edition.files.values().any(lies_beside)) {
            return HashSet::new();
        }
        // What a translation shows may lie beside the original. Links are resolved by all cores, before they are looked at.
        let editions = self.editions().map(|(_, edition)| edition);
        editions.flat_map(|edition| edition.all_links().enumerate().flat_map(|(id, _)| edition.files_of(id))).collect()
    }
}
