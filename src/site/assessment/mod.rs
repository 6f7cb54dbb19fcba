//! What readers assess: the checklists of all pages as one model, with its ratings, levels and areas. A translation's model
//! has the ids of its original, so that answers are the same in every language.

mod checklist;
mod edition_code;
mod groups;
mod identity;

use std::collections::HashMap;

use serde_json::Value;

use super::edition::Edition;
use super::find::Question;
use super::published::PageId;
pub use checklist::{KEYS, Statement, has_checklist, statements};
pub use identity::{item_name, item_names};

/// The configured number of ratings where none are: the theme has words for them.
pub const USUAL_RATINGS: usize = 6;

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
    pub rule: Rule,
    /// The ratings, the lowest first.
    pub ratings: Vec<Step>,
    /// The levels, the lowest first.
    pub levels: Vec<Step>,
    /// The areas.
    pub areas: Vec<Step>,
    /// The pages that have a checklist, in reading order.
    pub pages: Vec<ModelPage>,
    /// Their statements, in order.
    pub items: Vec<Item>,
}

/// When a level counts as reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The lowest rating that is enough.
    pub rating: usize,
    /// How much of a level must have it, in percent.
    pub share: u8,
}

/// A rating, a level or an area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
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
    /// That of an edition; `original` is the edition that it was translated from.
    pub fn of(asked: Question<'_>, original: Option<Question<'_>>) -> Self {
        let first = original.map(|original| Self::of(original, None));
        let site = asked.site;
        let config = &site.config.assessment;
        let mut ids: Vec<PageId> = (0..site.pages.len()).filter(|&id| is_assessed(site, id)).collect();
        ids.sort_by_key(|id| site.reading_place.get(id).copied().unwrap_or(usize::MAX));
        let pages: Vec<ModelPage> = ids.iter().map(|&id| site.assessed_page(id)).collect();
        let ratings = groups::ratings(site);
        let grouped = groups::Grouped::of(asked, &pages);
        let mut items = Vec::new();
        let of_original = first.as_ref().map(ItemsByPage::of).unwrap_or_default();
        for (place, page) in pages.iter().enumerate() {
            let statements = statements(&site.pages[page.id].page);
            let own = identity::of_page(&page.key, &statements);
            let originals = of_original.of_page(&page.key).filter(|originals| originals.len() == own.len());
            for (at, (statement, (id, was))) in statements.into_iter().zip(own).enumerate() {
                let original = originals.map(|originals| originals[at]);
                let (id, was) = original.map_or((id, was), |original| (original.id.clone(), original.was.clone()));
                items.push(Item {
                    id,
                    was,
                    title: statement.title,
                    description: statement.description,
                    page: place,
                    level: original.map_or(grouped.levels[place], |original| original.level),
                    area: original.map_or(grouped.areas[place], |original| original.area),
                    weight: original.map_or(statement.weight, |original| original.weight),
                });
            }
        }
        let highest = ratings.len().saturating_sub(1);
        let rule =
            Rule { rating: config.reached.rating.unwrap_or(3).clamp(1, highest.max(1)), share: config.reached.share };
        let originals = |steps: fn(&Self) -> &Vec<Step>| first.as_ref().map(steps);
        let mut model = Self {
            id: config.id.clone().unwrap_or_default(),
            title: config.title.clone().unwrap_or_else(|| site.config.site.title.clone()),
            edition: String::new(),
            rule,
            ratings,
            levels: as_many(grouped.level_steps, originals(|first| &first.levels)),
            areas: as_many(grouped.area_steps, originals(|first| &first.areas)),
            pages,
            items,
        };
        model.edition = first.map_or_else(|| edition_code::of(&model), |first| first.edition);
        model
    }

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

/// The steps of an edition, where its original has as many; or else those of the original.
fn as_many(own: Vec<Step>, originals: Option<&Vec<Step>>) -> Vec<Step> {
    match originals.filter(|originals| originals.len() != own.len()) {
        Some(originals) => originals.clone(),
        None => own,
    }
}

/// The items of a model by their pages' keys.
#[derive(Default)]
struct ItemsByPage<'a> {
    by_key: HashMap<&'a str, Vec<&'a Item>>,
}

impl<'a> ItemsByPage<'a> {
    fn of(model: &'a Model) -> Self {
        let mut by_key: HashMap<&str, Vec<&Item>> = HashMap::new();
        for item in &model.items {
            by_key.entry(&model.pages[item.page].key).or_default().push(item);
        }
        Self { by_key }
    }

    fn of_page(&self, key: &str) -> Option<&[&'a Item]> {
        self.by_key.get(key).map(Vec::as_slice)
    }
}

/// Whether readers are to rate a page's checklist: what is unlisted isn't assessed.
fn is_assessed(site: &Edition, id: PageId) -> bool {
    let page = &site.pages[id].page;
    !page.meta.unlisted && has_checklist(page)
}

impl Edition {
    /// A page as one that has a checklist.
    pub fn assessed_page(&self, id: PageId) -> ModelPage {
        let published = &self.pages[id];
        ModelPage {
            id,
            key: published.key.clone(),
            title: published.title.clone(),
            route: published.route.clone(),
            was: published.page.meta.aliases.clone(),
        }
    }
}

/// The items of a list that stands on a page, and isn't its front matter's.
pub fn items_of_list(key: &str, list: &[Value]) -> Vec<Item> {
    let statements = checklist::read_all(list);
    let ids = identity::of_page(key, &statements);
    let item = |(statement, (id, was)): (Statement, (String, Vec<String>))| Item {
        id,
        was,
        title: statement.title,
        description: statement.description,
        page: 0,
        level: None,
        area: None,
        weight: statement.weight,
    };
    statements.into_iter().zip(ids).map(item).collect()
}
