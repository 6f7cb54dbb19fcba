//! What the rules see: of the site as a whole, and of one page.

use std::cell::OnceCell;
use std::sync::OnceLock;

use super::prose::Prose;
use crate::check::links::called::CalledPages;
use crate::check::links::remembered_names::RememberedNames;
use crate::check::lists::list::List;
use crate::check::tags::alike::{self, Pair};
use crate::config::RawHtml;
use crate::diagnostic::Diagnostic;
use crate::history::History;
use crate::page::Page;
use crate::query::Day;
use crate::site::{Edition, PageId};
use crate::source::Source;

/// A rule for texts: adds what it finds. What it finds is the same wherever the page is and whatever other pages say, so
/// that a text that two states of a site have is looked at once.
pub(super) type TextRule = fn(&TextContext<'_>, &mut Vec<Diagnostic>);

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

/// What the rules for texts see: nothing but a text, and as what it is read.
pub(super) struct TextContext<'a> {
    pub(super) page: &'a Page,
    /// Its text, with what is prose told from what is not.
    pub(super) prose: &'a Prose<'a>,
    pub(super) read_as: ReadAs<'a>,
}

/// What of its site decides how a text is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadAs<'a> {
    pub(super) language: &'a str,
    pub(super) html: RawHtml,
}

/// What the rules for single pages see of one, too.
pub(super) struct PageContext<'a> {
    pub(super) id: PageId,
    pub(super) page: &'a Page,
    /// Filled in by `prose`.
    prose: OnceCell<Prose<'a>>,
}

impl<'a> ReadAs<'a> {
    /// That of an edition.
    pub(super) fn of(site: &'a Edition) -> Self {
        Self { language: site.words.language(), html: site.config.markdown.html }
    }
}

impl<'a> PageContext<'a> {
    pub(super) fn of(id: PageId, page: &'a Page) -> Self {
        Self { id, page, prose: OnceCell::new() }
    }

    /// The whole file.
    pub(super) fn text(&self) -> &'a str {
        &self.page.text
    }

    /// Where the body begins.
    pub(super) fn body(&self) -> usize {
        Prose::body_of(self.page)
    }

    /// The text, with what is prose told from what is not; found out for the first that asks.
    pub(super) fn prose(&self) -> &Prose<'a> {
        self.prose.get_or_init(|| Prose::read(self.page))
    }

    /// Whether the text may hold something of two bytes or more: who only asks for that has it read by nobody.
    pub(super) fn may_hold(&self, wanted: &str) -> bool {
        match self.prose.get() {
            Some(prose) => prose.may_hold(wanted),
            None => memchr::memmem::find(self.page.text.as_bytes(), wanted.as_bytes()).is_some(),
        }
    }
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
