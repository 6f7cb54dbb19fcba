//! A page as it is published, and the addresses that lead on. Plain values: `publish` makes them.

use std::sync::Arc;

use crate::config::Fallback;
use crate::page::Page;

/// A page's place in `Edition::pages`.
pub type PageId = usize;

/// A page with what the others and the configuration make of it.
#[derive(Clone, Debug)]
pub struct Published {
    /// What its file says.
    pub page: Arc<Page>,
    /// The folder's path and the `id` or file name, without number prefixes.
    pub id: String,
    /// Its address, without the base path.
    pub route: String,
    /// Its title; may be empty.
    pub title: String,
    /// What the sidebar calls it.
    pub label: String,
    /// Its place in the sidebar: `sidebar_position`, `weight` or the number before its name.
    pub position: Option<f64>,
    /// Whether it stands for its folder (`index`, `README`, `_index`, or named like it).
    pub is_folder_page: bool,
    /// What it has in common with the same page in other languages.
    pub key: String,
    /// How it stands in for a page that its language lacks: it is the original's then.
    pub borrowed: Option<Fallback>,
    /// The address that it has in the original, where it stands in.
    pub original_route: Option<String>,
}

impl Published {
    /// What lists and search engines say of it; may be empty.
    pub fn description(&self) -> &str {
        self.page.meta.description.as_deref().unwrap_or_else(|| &self.page.first_prose)
    }

    /// Whether it is told to those who look for pages of this language: search engines, feeds, the search box.
    pub fn is_told(&self) -> bool {
        !self.page.meta.unlisted && self.borrowed.is_none()
    }
}

/// A page of the original in an edition that lacks it.
pub struct Borrowed {
    /// What its file says.
    pub page: Arc<Page>,
    /// Its address in the original.
    pub route: String,
    /// How it stands in.
    pub by: Fallback,
}

/// An old address and where it leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirect {
    /// The old address.
    pub from: String,
    /// An address on the site, or a whole one elsewhere.
    pub to: String,
}

/// An address that went for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The address.
    pub route: String,
    /// Why, in words that may name addresses.
    pub reason: String,
}

/// What stands for a front page where no page does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The way to what lies at an address.
    WayTo(String),
    /// An index, by its place in `Edition::indexes`.
    Index(usize),
}

/// Many pages in one, to print or to save as PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongPage {
    /// Its address.
    pub route: String,
    /// What it is called.
    pub title: String,
    /// The place of its section in `Edition::tree`; none for the whole site.
    pub section: Option<usize>,
}
