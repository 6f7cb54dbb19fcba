//! What readers assess, as components show it: the checklists of pages with the ids that answers name (`@checklists`), and
//! the model as a whole for scripts (`@assessment`).

use serde::Serialize;

use super::context::FileContext;
use super::links::Linker;
use super::renderer::Renderer;
use crate::page::{Component, LinkKind};
use crate::site::assessment::{self, Item, Model, ModelPage, ModelStep};
use crate::site::find::Question;
use crate::site::{Edition, PageId};

/// What a template asks for to show checklists.
pub(super) const CHECKLISTS: &str = "checklists";

/// What a template asks for to show the whole.
pub(super) const ASSESSMENT: &str = "assessment";

/// The attribute in which a component holds a list of its own.
const LIST: &str = "checklist";

impl Renderer<'_> {
    /// What readers assess in this edition.
    pub fn assessment(&self) -> &Model {
        self.assessment.get_or_init(|| {
            let original = self.library.original();
            let is_original = std::ptr::eq(original.as_ref(), self.site);
            let original = (!is_original).then(|| Question::to(original, self.calendar()));
            Model::of(Question::to(self.site, self.calendar()), original)
        })
    }
}

/// A rating, a level or an area, with an address as the file writes it.
#[derive(Serialize)]
struct StepView<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
}

impl<'a> StepView<'a> {
    fn all(steps: &'a [ModelStep], site: &Edition, linker: &Linker<'_>) -> Vec<Self> {
        let href = |link: &String| linker.configured(link, &site.resolve_from_root(link, LinkKind::Link));
        let view = |step: &'a ModelStep| Self {
            name: &step.name,
            description: &step.description,
            color: step.color.as_deref(),
            href: step.link.as_ref().map(href),
            weight: None,
        };
        steps.iter().map(view).collect()
    }
}

/// The checklists that a component shows.
#[derive(Serialize)]
struct ChecklistsView<'a> {
    /// What answers are kept by.
    id: &'a str,
    /// What is assessed.
    title: &'a str,
    /// How many statements the whole has.
    total: usize,
    ratings: Vec<StepView<'a>>,
    pages: Vec<ChecklistView<'a>>,
}

/// The checklist of a page.
#[derive(Serialize)]
struct ChecklistView<'a> {
    title: &'a str,
    href: String,
    address: &'a str,
    /// Its earlier addresses.
    was: &'a [String],
    items: Vec<ItemView<'a>>,
}

#[derive(Serialize)]
struct ItemView<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    was: &'a [String],
}

fn item_view(item: &Item) -> ItemView<'_> {
    ItemView { id: &item.id, title: &item.title, description: &item.description, was: &item.was }
}

/// A component that shows checklists.
#[derive(Clone, Copy)]
pub(super) struct ChecklistsAsked<'a> {
    /// The component.
    pub used: &'a Component,
    /// The page that it stands on.
    pub own: PageId,
    /// The pages that it asks for, if it asks for any: else it shows that of its own page.
    pub listed: Option<&'a [PageId]>,
}

/// The checklists that a component shows.
pub(super) fn checklists(context: FileContext<'_>, asked: ChecklistsAsked<'_>) -> tera::Value {
    let (model, site, linker) = (context.renderer.assessment(), context.site(), context.linker);
    let listed = |id: &PageId| {
        let place = model.place_of(*id)?;
        let items = model.items_of(place).map(item_view).collect();
        Some(view_of(&model.pages[place], items, linker))
    };
    let written = model_of_list(site, asked.used, asked.own);
    let pages = match (asked.listed, &written) {
        (Some(pages), _) => pages.iter().filter_map(listed).collect(),
        (None, Some((page, items))) => vec![view_of(page, items.iter().map(item_view).collect(), linker)],
        (None, None) => listed(&asked.own).into_iter().collect(),
    };
    tera::Value::from_serializable(&ChecklistsView {
        id: &model.id,
        title: &model.title,
        total: model.items.len(),
        ratings: StepView::all(&model.ratings, site, linker),
        pages,
    })
}

/// The statements that a component shows, page by page; nothing if it shows none.
pub(super) fn statements(
    renderer: &Renderer<'_>,
    own: PageId,
    used: &Component,
) -> Option<Vec<(ModelPage, Vec<Item>)>> {
    let (site, model) = (renderer.site, renderer.assessment());
    let asks =
        |name| site.components.get(&used.name).is_some_and(|of| of.implicits.iter().any(|implicit| implicit == name));
    let page = |place: usize| (model.pages[place].clone(), model.items_of(place).cloned().collect());
    if asks(ASSESSMENT) {
        return Some((0..model.pages.len()).map(page).collect());
    }
    if !asks(CHECKLISTS) {
        return None;
    }
    let listed = |pages: &[PageId]| pages.iter().filter_map(|id| model.place_of(*id)).map(page).collect();
    Some(match (site.asked(used), model_of_list(site, used, own)) {
        (Some(_), _) => listed(&site.list(used, own, renderer.calendar())),
        (None, Some(written)) => vec![written],
        (None, None) => listed(&[own]),
    })
}

fn view_of<'a>(page: &'a ModelPage, items: Vec<ItemView<'a>>, linker: &Linker<'_>) -> ChecklistView<'a> {
    ChecklistView { title: &page.title, href: linker.page(&page.route), address: &page.route, was: &page.was, items }
}

/// A list that a component holds and that isn't its page's: it can be rated, too, but the whole doesn't know of it.
fn model_of_list(site: &Edition, used: &Component, own: PageId) -> Option<(ModelPage, Vec<Item>)> {
    let page = &site.pages[own];
    let list = used.attribute(LIST)?.value.as_array()?;
    if page.page.meta.data.get(LIST).and_then(serde_json::Value::as_array) == Some(list) && !page.page.meta.unlisted {
        return None;
    }
    Some((site.assessed_page(own), assessment::items_of_list(&page.key, list)))
}

/// The model as scripts take it.
#[derive(Serialize)]
struct ModelView<'a> {
    id: &'a str,
    title: &'a str,
    edition: &'a str,
    rule: RuleView,
    ratings: Vec<StepView<'a>>,
    levels: Vec<StepView<'a>>,
    areas: Vec<StepView<'a>>,
    pages: Vec<AssessedPageView<'a>>,
    items: Vec<FullItemView<'a>>,
}

#[derive(Serialize)]
struct RuleView {
    rating: usize,
    share: u8,
}

#[derive(Serialize)]
struct AssessedPageView<'a> {
    title: &'a str,
    href: String,
    address: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    was: &'a [String],
}

#[derive(Serialize)]
struct FullItemView<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    page: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<usize>,
    weight: f64,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    was: &'a [String],
}

fn full_item_view(item: &Item) -> FullItemView<'_> {
    FullItemView {
        id: &item.id,
        title: &item.title,
        description: &item.description,
        page: item.page,
        level: item.level,
        area: item.area,
        weight: item.weight,
        was: &item.was,
    }
}

fn page_view<'a>(page: &'a ModelPage, linker: &Linker<'_>) -> AssessedPageView<'a> {
    AssessedPageView { title: &page.title, href: linker.page(&page.route), address: &page.route, was: &page.was }
}

/// The model, for templates that show it and for scripts.
pub(super) fn assessment(context: FileContext<'_>) -> tera::Value {
    let (model, site, linker) = (context.renderer.assessment(), context.site(), context.linker);
    let mut areas = StepView::all(&model.areas, site, linker);
    areas.iter_mut().zip(&model.areas).for_each(|(view, area)| view.weight = Some(area.weight));
    tera::Value::from_serializable(&ModelView {
        id: &model.id,
        title: &model.title,
        edition: &model.edition,
        rule: RuleView { rating: model.rule.rating, share: model.rule.share },
        ratings: StepView::all(&model.ratings, site, linker),
        levels: StepView::all(&model.levels, site, linker),
        areas,
        pages: model.pages.iter().map(|page| page_view(page, linker)).collect(),
        items: model.items.iter().map(full_item_view).collect(),
    })
}
