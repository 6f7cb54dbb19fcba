//! What the templates of components get without anybody's writing it: the page, the pages of lists, what is around the page.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use tera::Context;

use super::assessment::{self, ChecklistsAsked};
use super::context::FileContext;
use super::data_table::{DataCell, DataPart, ShownTable};
use super::folder_cache::FolderCache;
use super::graph::Neighbourhood;
use super::listed::ListWriter;
use super::view::{self, entry, map};
use super::{around, related, relations};
use crate::component::Declaration;
use crate::page::{Component, Page};
use crate::site::{self, PageId};

/// What templates of components may see.
#[derive(Clone, Copy)]
pub(super) struct Views<'a> {
    /// The frame.
    pub site: &'a tera::Value,
    /// The page itself.
    pub page: &'a tera::Value,
}

/// What a component gets without its being written, if its template asks for it (`@entries`).
struct Implicit {
    name: &'static str,
    /// Makes it for a component.
    value: fn(&Implied<'_, '_>) -> tera::Value,
}

const IMPLICITS: &[Implicit] = &[
    Implicit { name: "page", value: |of| of.views.page.clone() },
    Implicit { name: "site", value: |of| of.views.site.clone() },
    Implicit { name: "assets", value: |of| of.cache.borrow().assets.clone() },
    Implicit { name: "entries", value: |of| of.entries() },
    Implicit { name: "groups", value: |of| of.groups() },
    Implicit { name: "matrix", value: |of| of.list().matrix(&mut of.cache.borrow_mut()) },
    Implicit { name: "heads", value: |of| of.list().heads() },
    Implicit { name: "amount", value: |of| of.list().amount() },
    Implicit { name: "backlinks", value: |of| of.around("backlinks") },
    Implicit { name: "related", value: |of| of.around("related") },
    Implicit { name: "graph", value: |of| of.graph() },
    Implicit { name: "tags", value: |of| of.tags() },
    Implicit { name: "data", value: |asking| asking.context.renderer.data() },
    Implicit { name: "table", value: |asking| asking.table() },
    Implicit { name: "benchmark", value: |of| of.benchmark() },
    Implicit { name: related::IMPLICIT, value: |of| of.relations() },
    Implicit { name: assessment::CHECKLISTS, value: |of| of.checklists() },
    Implicit { name: assessment::ASSESSMENT, value: |of| assessment::assessment(of.context) },
    Implicit { name: site::LEADS_ON, value: |of| of.leads_on() },
    Implicit { name: "picture", value: |of| of.picture() },
    Implicit { name: "anchor", value: |of| of.anchor() },
    Implicit { name: "uid", value: |of| of.uid() },
];

/// A component of a page, whose template asks for something.
pub(super) struct Implied<'a, 'c> {
    /// The file that it stands in.
    pub context: FileContext<'a>,
    /// The page that it stands on.
    pub id: PageId,
    /// Its place among the page's components.
    pub index: usize,
    /// What there is anyhow.
    pub views: Views<'a>,
    /// What the pages of the folder show alike.
    pub cache: &'a RefCell<&'c mut FolderCache>,
    /// The ids that the page's components make; found when the first of them asks.
    pub anchors: &'a OnceCell<BTreeMap<usize, String>>,
}

impl<'a> Implied<'a, '_> {
    fn page(&self) -> &'a Page {
        &self.context.site().pages[self.id].page
    }

    fn used(&self) -> &'a Component {
        &self.page().components[self.index]
    }

    /// All that the component's template asks for.
    pub(super) fn implicits(&self, declared: &Declaration) -> Context {
        let mut implicits = Context::new();
        for implicit in IMPLICITS.iter().filter(|implicit| declared.implicits.iter().any(|name| name == implicit.name))
        {
            implicits.insert_value(implicit.name, (implicit.value)(self));
        }
        implicits
    }

    /// The component as a list of pages.
    fn list(&self) -> ListWriter<'a> {
        ListWriter { context: self.context, asking: self.id, used: self.used() }
    }

    /// The pages of a list.
    fn entries(&self) -> tera::Value {
        if self.shows_number() {
            return self.list().blanks();
        }
        self.list().entries(&mut self.cache.borrow_mut())
    }

    /// The same in groups.
    fn groups(&self) -> tera::Value {
        if self.shows_number() {
            return Vec::<tera::Value>::new().into();
        }
        self.list().groups(&mut self.cache.borrow_mut())
    }

    /// Whether a list shows a number and none of its pages, which may be thousands then.
    fn shows_number(&self) -> bool {
        let (used, components) = (self.used(), &self.context.site().components);
        let numbers = components.get(&used.name).map_or(&[][..], |declared| &declared.numbers);
        used.string("layout").is_some_and(|layout| numbers.iter().any(|number| number == layout))
    }

    /// The pages that a component shows around its page, as entries.
    fn around(&self, implicit: &str) -> tera::Value {
        let pages = around::pages(self.context.site(), self.id, self.used(), implicit);
        self.list().entries_of(&mut self.cache.borrow_mut(), &pages.unwrap_or_default())
    }

    /// The drawing of the pages around the page, with the same pages as entries.
    fn graph(&self) -> tera::Value {
        let around = Neighbourhood::of(self.context.site(), self.id);
        let drawing = view::graph::drawing(self.context.site(), self.context.linker, self.id, &around);
        let entries = |pages: &[PageId]| self.list().entries_of(&mut self.cache.borrow_mut(), pages);
        let drawing = view::with(drawing, "incoming", entries(&around.incoming));
        view::with(drawing, "outgoing", entries(&around.outgoing))
    }

    /// The rows of a data file.
    fn table(&self) -> tera::Value {
        let table = ShownTable::of(self.context.site(), self.used());
        let cell = |cell: &DataCell| -> Vec<tera::Value> {
            let part = |part: &DataPart| {
                let href = part.leads_to.as_ref().map(|to| self.context.linker.link(to, &part.text));
                map([("text", part.text.as_str().into()), ("href", href.unwrap_or_default().into())])
            };
            cell.iter().map(part).collect()
        };
        let row = |row: &Vec<DataCell>| {
            tera::Value::from(row.iter().map(|part| cell(part).into()).collect::<Vec<tera::Value>>())
        };
        let heads: Vec<tera::Value> = table.heads.iter().map(|head| head.as_str().into()).collect();
        map([("heads", heads.into()), ("rows", table.rows.iter().map(row).collect::<Vec<_>>().into())])
    }

    /// What the data file says that a component compares with.
    fn benchmark(&self) -> tera::Value {
        let file = self.used().string("data").and_then(|name| self.context.site().data.get(name));
        tera::Value::from_serializable(&file.map(|file| &file.value))
    }

    /// The tags that a component shows.
    fn tags(&self) -> tera::Value {
        around::sized_tags(self.context.site(), self.context.linker, self.used())
    }

    /// What the page has to do with others, as far as the component asks for it.
    fn relations(&self) -> tera::Value {
        let site = self.context.site();
        let asked = related::asked(related::of_page(site, self.id), self.used().string(related::OF));
        relations::views(self.context, &mut self.cache.borrow_mut(), &asked)
    }

    /// The checklists of the pages that the component asks for, or that of its own page.
    fn checklists(&self) -> tera::Value {
        let (site, used) = (self.context.site(), self.used());
        let listed = site.asked(used).map(|_| site.list(used, self.id, self.context.renderer.calendar()));
        assessment::checklists(self.context, ChecklistsAsked { used, own: self.id, listed: listed.as_deref() })
    }

    /// Where the component leads the page's readers on to; empty where they wouldn't arrive.
    fn leads_on(&self) -> tera::Value {
        let (site, linker) = (self.context.site(), self.context.linker);
        let way = site.way_on(self.id, self.used()).filter(|way| site.arrives_by(self.id, way));
        way.map_or_else(String::new, |way| linker.link(&way.resolution, way.target)).into()
    }

    /// The `image` of a component with its size.
    fn picture(&self) -> tera::Value {
        let component = self.used();
        let attribute = component.attribute("image").or_else(|| component.attribute("src"));
        let link = attribute.and_then(|attribute| attribute.link).map(|at| &self.page().links[at]);
        let (site, linker) = (self.context.site(), self.context.linker);
        tera::Value::from_serializable(&link.and_then(|link| entry::picture(site, linker, self.id, &link.target)))
    }

    /// The id that the component makes of an attribute; empty if it makes none.
    fn anchor(&self) -> tera::Value {
        let components = &self.context.site().components;
        let anchors = self.anchors.get_or_init(|| site::component_anchors(self.page(), components));
        anchors.get(&self.index).map_or("", String::as_str).into()
    }

    /// A name that no other component of the page has.
    fn uid(&self) -> tera::Value {
        format!("c{}", self.used().span.start).into()
    }
}
