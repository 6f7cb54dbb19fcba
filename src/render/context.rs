//! A file that is being made: from what, and where its links start. Most of rendering is given both.

use super::links::Linker;
use super::renderer::Renderer;
use crate::site::{Edition, LeadsTo};

/// What a file is made with.
#[derive(Clone, Copy)]
pub struct FileContext<'a> {
    /// What everything is made from.
    pub renderer: &'a Renderer<'a>,
    /// Writes addresses as the file has to write them.
    pub linker: &'a Linker<'a>,
}

impl<'a> FileContext<'a> {
    /// The frozen site.
    pub fn site(&self) -> &'a Edition {
        self.renderer.site
    }
}

/// Where a page stands in the sidebar.
#[derive(Clone, Copy)]
pub(super) struct Trail<'a> {
    /// The place to take at each level of the tree to come to the page.
    pub steps: &'a [usize],
    /// What the page is.
    pub current: &'a LeadsTo,
}
