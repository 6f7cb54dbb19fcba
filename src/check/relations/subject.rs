//! One relation as its rules see it, and what they say alike.

use super::super::context::SiteContext;
use super::allowed::Allowed;
use crate::config::{RelationConfig, RelationTarget};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::site::find::Calendar;
use crate::site::{Edition, PageId, Relation, RelationEnd};
use crate::source::{Source, Span};

/// A relation that is checked.
pub(super) struct RelationSubject<'a> {
    pub(super) site: &'a Edition,
    pub(super) relation: &'a Relation,
    pub(super) config: &'a RelationConfig,
    /// What it may lead to.
    pub(super) target: RelationTarget,
    /// The pages that may have it.
    pub(super) from: Allowed,
    /// The pages that it may lead to.
    pub(super) to: Allowed,
    pub(super) configuration: Option<&'a Source>,
    /// Whether these are the original's pages, or those of the only language.
    pub(super) is_original: bool,
}

impl<'a> RelationSubject<'a> {
    pub(super) fn of(context: &SiteContext<'a>, relation: &'a Relation, config: &'a RelationConfig) -> Self {
        let SiteContext { site, today, history, configuration, .. } = *context;
        let calendar = Calendar { today, changes: history };
        let target = config.target();
        let from = config.from.as_deref().and_then(|text| crate::query::Expression::read(text).ok().flatten());
        Self {
            site,
            relation,
            config,
            from: Allowed::of(site, calendar, from.as_ref()),
            to: Allowed::of(site, calendar, target.pages.as_ref()),
            target,
            configuration,
            is_original: context.others.is_some(),
        }
    }

    /// The pages whose own front matter speaks of the relation, with what they name.
    pub(super) fn naming(&self) -> impl Iterator<Item = (PageId, &'a Page, &'a [RelationEnd])> {
        let (site, relation) = (self.site, self.relation);
        relation.speaking.iter().map(move |&id| (id, &*site.pages[id].page, relation.ends[id].as_slice()))
    }

    /// Where a page's front matter speaks of the relation; its beginning, where it doesn't.
    pub(super) fn span(&self, page: &Page) -> Span {
        page.meta.spans.get(&self.relation.key).copied().unwrap_or_default()
    }

    /// What people call a page.
    pub(super) fn called(&self, id: PageId) -> &'a str {
        let published = &self.site.pages[id];
        if published.title.is_empty() { published.page.path.as_str() } else { &published.title }
    }
}

/// A place of a page.
#[derive(Clone, Copy)]
pub(super) struct PagePlace<'p> {
    pub(super) page: &'p Page,
    pub(super) span: Span,
}

impl<'p> PagePlace<'p> {
    pub(super) fn new(page: &'p Page, span: Span) -> Self {
        Self { page, span }
    }

    /// A finding there.
    pub(super) fn finding(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::new(code, &self.page.path, self.span, message)
    }
}
