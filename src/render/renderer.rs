//! What everything is rendered from: the one value that all of rendering is given.

use super::theme::Theme;
use crate::highlight::Highlighter;
use crate::history::History;
use crate::search::Search;
use crate::site::Site;

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
