//! Pages that lead on, since a component of theirs says where their text went. Knows what they lead to, and whether who
//! follows them arrives.

use std::borrow::Cow;

use super::edition::Edition;
use super::link::{Place, Resolution};
use super::published::PageId;
use crate::component::Declaration;
use crate::page::{Attribute, Component, LinkKind};
use crate::source::Span;

/// What a component's template asks for that leads its readers on: the address, empty where nobody would arrive.
pub const LEADS_ON: &str = "leads_on";

/// Where a component says that its page has gone.
#[derive(Debug)]
pub struct WayOn<'a> {
    /// As it was written.
    pub target: &'a str,
    /// Where that stands.
    pub span: Span,
    /// What it leads to.
    pub resolution: Cow<'a, Resolution>,
}

impl Edition {
    /// Whether a component leads its page's readers on.
    pub fn is_leading_on(&self, component: &Component) -> bool {
        self.leading_on(component).is_some()
    }

    fn leading_on(&self, component: &Component) -> Option<&Declaration> {
        let declared = self.components.get(&component.name)?;
        declared.implicits.iter().any(|name| name == LEADS_ON).then_some(declared)
    }

    /// Where a component of a page leads on to: by the first of its attributes that says anything.
    pub fn way_on<'a>(&'a self, id: PageId, component: &'a Component) -> Option<WayOn<'a>> {
        let parameters = &self.leading_on(component)?.parameters;
        let written = parameters.iter().filter_map(|parameter| component.attribute(&parameter.name));
        written.filter_map(|attribute| self.way_of(id, attribute)).find(|way| !way.target.trim().is_empty())
    }

    fn way_of<'a>(&'a self, id: PageId, attribute: &'a Attribute) -> Option<WayOn<'a>> {
        let Some(at) = attribute.link else {
            // A word alone, which could be anything elsewhere, is an address here.
            let target = attribute.value.as_str()?;
            let resolution = Cow::Owned(self.resolve_from(id, target, LinkKind::Link));
            return Some(WayOn { target, span: attribute.span, resolution });
        };
        let link = &self.pages[id].page.links[at];
        let resolution = Cow::Borrowed(&self.links(id)[at]);
        Some(WayOn { target: &link.target, span: link.span.place, resolution })
    }

    /// Whether who follows it from its page comes to something.
    pub fn arrives_by(&self, id: PageId, way: &WayOn<'_>) -> bool {
        way.leads_off() && !self.leads_back(&self.pages[id].route, Some(way.resolution.place.clone()))
    }

    /// Where a page leads on to, if it does.
    pub(super) fn led_on_to(&self, id: PageId) -> Option<Place> {
        let ways = self.pages[id].page.components.iter().filter_map(|component| self.way_on(id, component));
        ways.filter(WayOn::leads_off).map(|way| way.resolution.place.clone()).next()
    }
}

impl WayOn<'_> {
    /// Whether it leads to something else than its page. What is elsewhere has to be on the web: anything else could
    /// run code, or opens no page.
    pub fn leads_off(&self) -> bool {
        match &self.resolution.place {
            Place::Elsewhere => {
                let has_scheme = |scheme: &str| {
                    self.resolution.address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
                };
                ["https://", "http://", "//"].into_iter().any(has_scheme)
            }
            Place::File(_) | Place::Page(_) | Place::Route(_) => true,
            Place::Here | Place::Draft | Place::Nowhere => false,
        }
    }
}
