//! What a model's pages are grouped by: its levels and its areas, as configured or as is usual.

use super::super::edition::Edition;
use super::super::find::Question;
use super::super::published::PageId;
use super::super::tag::name_and_kind;
use super::super::tree::LeadsTo;
use super::model::{ModelPage, ModelStep};
use crate::config::{AreaConfig, LevelConfig, RatingConfig};
use crate::query::Expression;

/// So many ratings the theme has words for.
const USUAL_RATINGS: usize = 6;

/// The tags of the levels where none are configured.
const USUAL_LEVELS: [&str; 5] =
    ["Level 1 (OSMM)", "Level 2 (OSMM)", "Level 3 (OSMM)", "Level 4 (OSMM)", "Level 5 (OSMM)"];

/// The ratings: those that are configured, or those of the Open Source Maturity Model in the theme's words.
pub(super) fn ratings(site: &Edition) -> Vec<ModelStep> {
    let configured = |rating: &RatingConfig| ModelStep {
        name: rating.name.clone(),
        description: rating.description.clone(),
        color: rating.color.clone(),
        link: rating.link.clone(),
        weight: 1,
    };
    match &site.config.assessment.ratings {
        Some(ratings) => ratings.iter().map(configured).collect(),
        None => (0..USUAL_RATINGS).map(|number| usual(site, &format!("rating_{number}"))).collect(),
    }
}

/// A step in the theme's words.
fn usual(site: &Edition, word: &str) -> ModelStep {
    let description = site.words.get(&format!("{word}_when")).to_owned();
    ModelStep { name: site.words.get(word).to_owned(), description, weight: 1, ..ModelStep::default() }
}

/// The levels and areas, and for each page the places of its own.
pub(super) struct Grouped {
    pub level_steps: Vec<ModelStep>,
    pub levels: Vec<Option<usize>>,
    pub area_steps: Vec<ModelStep>,
    pub areas: Vec<Option<usize>>,
}

impl Grouped {
    pub(super) fn of(asked: Question<'_>, pages: &[ModelPage]) -> Self {
        let config = &asked.site.config.assessment;
        let (level_steps, levels) = match &config.levels {
            Some(levels) => {
                let steps = levels.iter().map(level_step).collect();
                (steps, places(asked, pages, levels.iter().map(|level| level.pages.as_str())))
            }
            None => usual_levels(asked.site, pages),
        };
        let (area_steps, areas) = match &config.areas {
            Some(areas) => {
                let steps = areas.iter().map(area_step).collect();
                (steps, places(asked, pages, areas.iter().map(|area| area.pages.as_str())))
            }
            None => usual_areas(asked.site, pages, &levels),
        };
        Self { level_steps, levels, area_steps, areas }
    }
}

fn level_step(level: &LevelConfig) -> ModelStep {
    let LevelConfig { name, description, link, .. } = level.clone();
    ModelStep { name, description, link, weight: 1, color: None }
}

fn area_step(area: &AreaConfig) -> ModelStep {
    let AreaConfig { name, description, link, weight, .. } = area.clone();
    ModelStep { name, description, link, weight, color: None }
}

/// For each page, the place of the first query that finds it. What can't be read was told already, and finds none.
fn places<'q>(asked: Question<'_>, pages: &[ModelPage], queries: impl Iterator<Item = &'q str>) -> Vec<Option<usize>> {
    let mut places = vec![None; pages.len()];
    for (place, query) in queries.enumerate() {
        let Ok(Some(expression)) = Expression::read(query) else { continue };
        let found = asked.find(Some(&expression));
        for (at, page) in pages.iter().enumerate() {
            if places[at].is_none() && found.binary_search(&page.id).is_ok() {
                places[at] = Some(place);
            }
        }
    }
    places
}

/// The levels of the Open Source Maturity Model, as far as pages with a checklist carry their tags.
fn usual_levels(site: &Edition, pages: &[ModelPage]) -> (Vec<ModelStep>, Vec<Option<usize>>) {
    let carrying = |label: &str| -> Vec<PageId> { site.carrying(label).to_vec() };
    let carried = USUAL_LEVELS.iter().enumerate().map(|(number, label)| (number, *label, carrying(label)));
    let is_used = |ids: &[PageId]| pages.iter().any(|page| ids.contains(&page.id));
    let used: Vec<_> = carried.filter(|(_, _, ids)| is_used(ids)).collect();
    let step = |number: usize, label: &str| ModelStep {
        name: name_and_kind(label).0.to_owned(),
        description: site.words.get(&format!("osmm_level_{}", number + 1)).to_owned(),
        weight: 1,
        ..ModelStep::default()
    };
    let steps = used.iter().map(|(number, label, _)| step(*number, label)).collect();
    let place = |page: &ModelPage| used.iter().position(|(_, _, ids)| ids.contains(&page.id));
    (steps, pages.iter().map(place).collect())
}

/// The folders that the pages lie in; none where these say what the levels say, or where all lie in one.
fn usual_areas(site: &Edition, pages: &[ModelPage], levels: &[Option<usize>]) -> (Vec<ModelStep>, Vec<Option<usize>>) {
    let mut folders: Vec<&str> = Vec::new();
    let mut places = Vec::with_capacity(pages.len());
    for page in pages {
        let folder = page.key.rsplit_once('/').map_or("", |(folder, _)| folder);
        let place = folders.iter().position(|known| *known == folder).unwrap_or_else(|| {
            folders.push(folder);
            folders.len() - 1
        });
        places.push(Some(place));
    }
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = levels.iter().copied().zip(places.iter().copied()).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let says_the_same = pairs.len() == folders.len() && levels.iter().any(Option::is_some);
    if folders.len() < 2 || says_the_same {
        return (Vec::new(), vec![None; pages.len()]);
    }
    let step = |place: usize| {
        let first = places.iter().position(|of| *of == Some(place)).map(|at| pages[at].id);
        let label = first.and_then(|id| section(site, id)).unwrap_or(folders[place]);
        ModelStep { name: label.to_owned(), weight: 1, ..ModelStep::default() }
    };
    ((0..folders.len()).map(step).collect(), places)
}

/// What the sidebar calls the section that a page lies in.
fn section(site: &Edition, id: PageId) -> Option<&str> {
    let mut level = site.tree.as_slice();
    let mut label = None;
    for &step in site.trails.get(id)?.as_ref()? {
        let node = level.get(step)?;
        if node.section && node.leads_to != LeadsTo::Page(id) {
            label = Some(node.label.as_str());
        }
        level = &node.children;
    }
    label
}
