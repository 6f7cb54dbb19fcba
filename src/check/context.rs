//! What the rules see: of the site as a whole, and of one page.

use std::sync::OnceLock;

use super::prose::Prose;
use crate::check::links::called::CalledPages;
use crate::check::links::remembered_names::RememberedNames;
use crate::check::lists::list::List;
use crate::check::tags::alike::{self, Pair};
use crate::diagnostic::Diagnostic;
use crate::history::History;
use crate::page::Page;
use crate::query::Day;
use crate::site::{Edition, PageId};
use crate::source::Source;

/// A rule for pages, one at a time: adds what it finds. All of them see a page before the next one
/// comes, since a page that was just read is read again in no time.
pub(super) type PageRule = fn(&SiteContext<'_>, &PageContext<'_>, &mut Vec<Diagnostic>);

/// A rule for what pages are together, for the configuration or for other files: adds what it finds.
pub(super) type SiteRule = fn(&SiteContext<'_>, &mut Vec<Diagnostic>);

/// What all rules see.
pub(super) struct SiteContext<'a> {
    pub(super) site: &'a Edition,
    /// The other languages of the site, if it is the original: what is said of the site as a whole is said there.
    pub(super) others: Option<&'a [&'a Edition]>,
    pub(super) configuration: Option<&'a Source>,
    pub(super) history: &'a History,
    pub(super) today: Day,
    pub(super) sources: &'a [Source],
    /// The pages that each list finds.
    pub(super) lists: Vec<List<'a>>,
    /// Filled in by `names`.
    pub(super) names: OnceLock<RememberedNames<'a>>,
    /// Filled in by `called`.
    pub(super) called: OnceLock<CalledPages>,
    /// Filled in by `alike`.
    pub(super) alike: OnceLock<Vec<Pair<'a>>>,
}

/// What the rules for single pages see of one, too.
pub(super) struct PageContext<'a> {
    pub(super) id: PageId,
    pub(super) page: &'a Page,
    /// Its text, with what is prose told from what is not.
    pub(super) prose: Prose<'a>,
}

impl<'a> SiteContext<'a> {
    /// The names of everything that is published; made for the first reference that leads nowhere.
    pub(super) fn names(&self) -> &RememberedNames<'a> {
        self.names.get_or_init(|| RememberedNames::of(self.site))
    }

    /// Pages by what they are called; made for the first link of a wiki.
    pub(super) fn called(&self) -> &CalledPages {
        self.called.get_or_init(|| CalledPages::of(self.site))
    }

    /// Labels that are probably one.
    pub(super) fn alike(&self) -> &[Pair<'a>] {
        self.alike.get_or_init(|| alike::pairs(self.site))
    }
}
