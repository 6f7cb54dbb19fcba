//! One edition, checked: by the rules for texts, for pages and for the site; then what only follows from something else is
//! held back.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use foldhash::{HashSet, HashSetExt};
use rayon::prelude::*;

use super::context::{PageContext, PageRule, ReadAs, SiteContext, SiteRule};
use super::files::merge_conflict::Conflicts;
use super::input::Input;
use super::severity::weigh;
use super::texts::{CheckedText, CheckedTexts, ReadPage, SharedTexts};
use super::{
    components, files, follows, ignore, ledger, links, lists, pages, relations, settings, swallowed, tags, text,
};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::find::{Calendar, Question};
use crate::site::{Edition, PageId, Task};
use crate::source::SourcePath;

/// The rules for pages, room by room. What pages link to is found out by the first, for the other rules, too.
const PAGE_RULES: &[&[PageRule]] = &[links::OF_PAGES, pages::OF_PAGES, components::OF_PAGES, text::OF_PAGES];

/// The other rules.
const SITE_RULES: &[&[SiteRule]] = &[
    settings::OF_SITE,
    pages::OF_SITE,
    &[ledger::check, relations::check],
    lists::OF_SITE,
    tags::OF_SITE,
    files::OF_SITE,
    text::OF_SITE,
];

/// An edition that is to be checked.
pub(super) struct CheckedEdition<'a, 's> {
    pub(super) site: &'a Edition,
    /// The other languages, if it is the original.
    pub(super) others: Option<&'s [&'a Edition]>,
    /// What was found before.
    pub(super) earlier: Vec<Diagnostic>,
    /// Whether a page is told of here.
    pub(super) is_own: &'s (dyn Fn(&SourcePath) -> bool + Sync),
    /// The texts that are left for later.
    pub(super) shared: &'s SharedTexts,
}

/// An edition of which all is found but what some texts alone tell.
pub(super) struct BegunEdition<'a> {
    pub(super) site: &'a Edition,
    /// What was found before pages were looked at.
    earlier: Vec<Diagnostic>,
    /// Page by page.
    pages: Vec<BegunPage>,
    /// What was found after that.
    of_site: Vec<Diagnostic>,
    conflicts: Conflicts<'a>,
}

/// What is found in a page.
struct BegunPage {
    /// By the rules for texts; nothing if nobody looked yet.
    text: Option<CheckedText>,
    /// By the other rules.
    found: Vec<Diagnostic>,
}

impl<'a> BegunEdition<'a> {
    /// Checks an edition.
    pub(super) fn of(input: &Input<'a>, edition: CheckedEdition<'a, '_>) -> Self {
        let CheckedEdition { site, others, mut earlier, is_own, shared } = edition;
        let Input { sources, configuration, history, today, .. } = *input;
        let calendar = Calendar { today, changes: history };
        let lists = site.effort.time(Task::Lists, || lists::list::all(Question::to(site, calendar)));
        let (names, called, alike) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let context = SiteContext { site, others, configuration, history, today, sources, lists, names, called, alike };
        earlier.extend(site.findings.iter().cloned());
        for published in &site.pages {
            earlier.extend(published.page.findings.iter().cloned());
        }
        // First, since what pages link to is found out here for the other rules, too: by all cores.
        let of_pages = site.pages.par_iter().enumerate().map(|(id, published)| match is_own(&published.page.path) {
            true => check_page(&context, id, shared),
            false => BegunPage { text: Some(CheckedText::default()), found: Vec::new() },
        });
        let pages = of_pages.collect();
        let of_site = SITE_RULES.par_iter().copied().flatten().map(|rule| {
            let mut found = Vec::new();
            rule(&context, &mut found);
            found
        });
        let mut of_site: Vec<Diagnostic> = of_site.collect::<Vec<_>>().into_iter().flatten().collect();
        let conflicts = Conflicts::of(site, sources.iter().chain(configuration));
        conflicts.tell(&mut of_site);
        Self { site, earlier, pages, of_site, conflicts }
    }

    /// What is found by now.
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_texts = self.pages.iter().filter_map(|page| page.text.as_ref()).flat_map(|text| &text.found);
        let of_pages = self.pages.iter().flat_map(|page| &page.found);
        self.earlier.iter().chain(of_texts).chain(of_pages).chain(&self.of_site)
    }

    /// The pages whose texts nobody looked at.
    pub(super) fn pending(&self) -> impl Iterator<Item = ReadPage<'a>> {
        let pages = self.site.pages.iter().zip(&self.pages).filter(|(_, begun)| begun.text.is_none());
        pages.map(|(published, _)| (&*published.page, ReadAs::of(self.site)))
    }

    /// What is told in the end; of the texts that nobody looked at, what is known by now.
    pub(super) fn told(self, texts: &CheckedTexts, severities: &BTreeMap<Code, Severity>) -> Vec<Diagnostic> {
        let Self { site, earlier: mut findings, pages, of_site, conflicts } = self;
        let mut asked = Vec::with_capacity(pages.len());
        for (published, BegunPage { text, found }) in site.pages.iter().zip(pages) {
            let text = text.unwrap_or_else(|| texts.of_page(&published.page));
            findings.extend(text.found);
            findings.extend(found);
            asked.push((&published.page.path, text.asked));
        }
        findings.extend(of_site);
        swallowed::hold_back(site, &mut findings);
        once(&mut findings);
        follows::hold_back(site, &mut findings);
        ignore::silence(asked.into_iter(), &mut findings);
        weigh(&mut findings, severities);
        conflicts.settle(&mut findings);
        findings
    }
}

/// What the rules find in a page; its text may be left for later.
fn check_page(context: &SiteContext<'_>, id: PageId, shared: &SharedTexts) -> BegunPage {
    let page = &*context.site.pages[id].page;
    let page_context = PageContext::of(id, page);
    let is_left = shared.hold(page);
    let text = (!is_left).then(|| CheckedText::of(page, page_context.prose(), ReadAs::of(context.site)));
    let mut found = Vec::new();
    PAGE_RULES.iter().copied().flatten().for_each(|rule| rule(context, &page_context, &mut found));
    BegunPage { text, found }
}

/// Drops what is told twice of one place.
pub(super) fn once(findings: &mut Vec<Diagnostic>) {
    let mut told = HashSet::with_capacity(findings.len());
    let places = findings.iter().map(|finding| (finding.code, &finding.path, finding.span, &*finding.message));
    let firsts: Vec<bool> = places.map(|place| told.insert(place)).collect();
    let mut firsts = firsts.into_iter();
    findings.retain(|_| firsts.next().unwrap_or(true));
}
