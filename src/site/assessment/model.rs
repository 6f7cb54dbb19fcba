//! What is assessed, as plain values.

use super::super::published::PageId;

/// What is assessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// What answers are kept by; empty where the site's address is enough.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Sixteen digits that change with whatever makes answers mean something else.
    pub edition: String,
    /// When a level counts as reached.
    pub rule: ModelRule,
    /// The ratings, the lowest first.
    pub ratings: Vec<ModelStep>,
    /// The levels, the lowest first.
    pub levels: Vec<ModelStep>,
    /// The areas.
    pub areas: Vec<ModelStep>,
    /// The pages that have a checklist, in reading order.
    pub pages: Vec<ModelPage>,
    /// Their statements, in order.
    pub items: Vec<Item>,
}

/// When a level counts as reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModelRule {
    /// The lowest rating that is enough.
    pub rating: usize,
    /// How much of a level must have it, in percent.
    pub share: u8,
}

/// A rating, a level or an area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModelStep {
    /// What it is called.
    pub name: String,
    /// What is said of it; may be empty.
    pub description: String,
    /// A rating's colour, if one is configured.
    pub color: Option<String>,
    /// Where more is said of it, as an address in the configuration.
    pub link: Option<String>,
    /// How much an area counts.
    pub weight: u32,
}

/// A page that has a checklist.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelPage {
    /// The page.
    pub id: PageId,
    /// What it is in every language.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its address, without the base path.
    pub route: String,
    /// Addresses that it had before.
    pub was: Vec<String>,
}

/// A statement that readers rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What answers name: `Activities/Level-2/Inventory#coverage`.
    pub id: String,
    /// What it was before.
    pub was: Vec<String>,
    /// What it is called.
    pub title: String,
    /// What it says; may be empty.
    pub description: String,
    /// The place of its page among `Model::pages`.
    pub page: usize,
    /// The place of its level.
    pub level: Option<usize>,
    /// The place of its area.
    pub area: Option<usize>,
    /// How much it counts.
    pub weight: f64,
}

impl Model {
    /// The items of a page, by its place among those that have a checklist.
    pub fn items_of(&self, page: usize) -> impl Iterator<Item = &Item> {
        let start = self.items.partition_point(|item| item.page < page);
        self.items[start..].iter().take_while(move |item| item.page == page)
    }

    /// The place of a page of the edition among those that have a checklist.
    pub fn place_of(&self, id: PageId) -> Option<usize> {
        self.pages.iter().position(|page| page.id == id)
    }
}
