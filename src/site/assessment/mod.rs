//! What readers assess: the checklists of all pages as one model, with its ratings, levels and areas. A translation's model
//! has the ids of its original, so that answers are the same in every language.

mod checklist;
mod edition_code;
mod groups;
mod identity;
mod model;

use std::collections::HashMap;

use serde_json::Value;

use super::edition::Edition;
use super::find::Question;
use super::published::PageId;
pub use checklist::{KEYS, Statement, has_checklist, statements};
pub use identity::{item_name, item_names};
pub use model::{Item, Model, ModelPage, ModelRule, ModelStep};

impl Model {
    /// That of an edition; `original` is the edition that it was translated from.
    pub fn of(asked: Question<'_>, original: Option<Question<'_>>) -> Self {
        let first = original.map(|original| Self::of(original, None));
        let site = asked.site;
        let config = &site.config.assessment;
        let mut ids: Vec<PageId> = (0..site.pages.len()).filter(|&id| is_assessed(site, id)).collect();
        ids.sort_by_key(|&id| site.reading_place[id].unwrap_or(usize::MAX));
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
        let rule = ModelRule {
            rating: config.reached.rating.unwrap_or(3).clamp(1, highest.max(1)),
            share: config.reached.share,
        };
        let originals = |steps: fn(&Self) -> &Vec<ModelStep>| first.as_ref().map(steps);
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
}

/// The steps of an edition, where its original has as many; or else those of the original.
fn as_many(own: Vec<ModelStep>, originals: Option<&Vec<ModelStep>>) -> Vec<ModelStep> {
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
