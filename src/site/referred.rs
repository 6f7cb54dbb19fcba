//! Which files beside pages are published: those that a page of some language refers to. Others are the authors' own.

use std::collections::HashSet;

use super::library::Library;
use super::link::Place;
use crate::page::LinkKind;
use crate::source::{Asset, Root};

/// Whether a file lies beside pages, and so is published only where one of them refers to it.
pub(crate) fn lies_beside(file: &Asset) -> bool {
    file.path.root() == Root::Content
}

impl Library {
    /// The addresses of files that pages refer to; of none where no file lies beside pages.
    pub(crate) fn referred_to(&self) -> HashSet<String> {
        let mut referred = HashSet::new();
        if !self.editions().any(|(_, edition)| edition.files.values().any(lies_beside)) {
            return referred;
        }
        // What a translation shows may lie beside the original.
        for (_, edition) in self.editions() {
            for resolution in edition.all_links().flatten() {
                if let Place::File(route) = &resolution.place {
                    referred.insert(route.clone());
                }
            }
            for (id, published) in edition.pages.iter().enumerate() {
                let meta = &published.page.meta;
                for written in [&meta.list_image, &meta.image].into_iter().flatten() {
                    if let Place::File(route) = edition.resolve_from(id, written, LinkKind::Image).place {
                        referred.insert(route);
                    }
                }
            }
        }
        referred
    }
}
