//! The frozen site turned into findings: what pages, assembling and each rule have
//! to say, silenced where the author asked for it, weighed as the project wants.
//! Nothing here reads a disk or can fail.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use foldhash::{HashSet, HashSetExt};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::query::Day;
use crate::site::find::{Calendar, Question};
use crate::site::{Edition, PageId, Task};
use crate::source::{Source, SourcePath};

mod components;
mod context;
pub mod explain;
mod files;
pub mod fix;
mod follows;
mod ignore;
mod ledger;
mod links;
mod lists;
mod pages;
mod pairs;
pub mod prose;
mod relations;
mod settings;
mod swallowed;
mod tags;
mod text;
mod texts;
pub mod why;

pub use pages::translation;
pub use settings::configuration;
pub use tags::{alike, rename};
pub use texts::CheckedTexts;

use context::{PageContext, PageRule, ReadAs, SiteContext, SiteRule};
use files::merge_conflict::Conflicts;
use ignore::Ignore;

/// Everything that is checked.
pub struct Input<'a> {
    /// The frozen site: the original, where it has several languages.
    pub site: &'a Edition,
    /// Its other languages.
    pub translations: Vec<&'a Edition>,
    /// The texts of pages, category files and the vocabulary.
    pub sources: &'a [Source],
    /// `book.toml`, if there is one.
    pub configuration: Option<&'a Source>,
    /// When pages last changed; empty if nobody asked.
    pub history: &'a History,
    /// The day from which a page's age is counted.
    pub today: Day,
    /// What reading the project and its configuration had to say.
    pub earlier: Vec<Diagnostic>,
    /// What was found in texts before, of which some may be the same.
    pub texts: &'a CheckedTexts<'a>,
    /// How much kinds of findings matter, where that isn't as usual.
    pub severities: &'a BTreeMap<Code, Severity>,
}

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

/// Checks the whole site. Findings come in order of file and place.
pub fn run(mut input: Input<'_>) -> Vec<Diagnostic> {
    let earlier = std::mem::take(&mut input.earlier);
    let editions: Vec<&Edition> = std::iter::once(input.site).chain(input.translations.iter().copied()).collect();
    let owners = owners(&editions);
    let mut earlier_of: Vec<Vec<Diagnostic>> = editions.iter().map(|_| Vec::new()).collect();
    for finding in earlier {
        earlier_of[owners.get(&finding.path).copied().unwrap_or_default()].push(finding);
    }
    let mut findings = Vec::new();
    for (at, (edition, earlier)) in editions.iter().zip(earlier_of).enumerate() {
        let others = (at == 0).then_some(input.translations.as_slice());
        // A page that stands in where it is lacking is told of where it is at home.
        let is_own = |path: &SourcePath| owners.get(path).is_none_or(|owner| *owner == at);
        let mut found = run_edition(&input, CheckedEdition { site: edition, others, earlier, is_own: &is_own });
        found.retain(|finding| is_own(&finding.path));
        findings.extend(found);
    }
    // Of each edition everything is told once already; what they share, all of them find.
    if editions.len() > 1 {
        once(&mut findings);
    }
    findings.sort_by(|a, b| (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message)));
    findings
}

/// The edition that each page is at home in, where there are several.
fn owners<'a>(editions: &[&'a Edition]) -> HashMap<&'a SourcePath, usize> {
    let mut owners = HashMap::new();
    if editions.len() > 1 {
        for (at, edition) in editions.iter().enumerate() {
            let own = edition.pages.iter().filter(|published| published.borrowed.is_none());
            owners.extend(own.map(|published| (&published.page.path, at)));
        }
    }
    owners
}

/// One of the editions that are checked.
struct CheckedEdition<'a> {
    site: &'a Edition,
    others: Option<&'a [&'a Edition]>,
    earlier: Vec<Diagnostic>,
    /// Whether a page is told of here.
    is_own: &'a (dyn Fn(&SourcePath) -> bool + Sync),
}

/// Checks one edition.
fn run_edition(input: &Input<'_>, edition: CheckedEdition<'_>) -> Vec<Diagnostic> {
    let CheckedEdition { site, others, earlier, is_own } = edition;
    let Input { sources, configuration, history, today, severities, .. } = *input;
    let calendar = Calendar { today, changes: history };
    let lists = site.effort.time(Task::Lists, || lists::list::all(Question::to(site, calendar)));
    let (names, called, alike) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
    let context = SiteContext { site, others, configuration, history, today, sources, lists, names, called, alike };
    let mut findings = earlier;
    findings.extend(site.findings.iter().cloned());
    for published in &site.pages {
        findings.extend(published.page.findings.iter().cloned());
    }
    // First, since what pages link to is found out here for the other rules, too: by all cores.
    let of_pages = site.pages.par_iter().enumerate().map(|(id, published)| match is_own(&published.page.path) {
        true => check_page(&context, id, input.texts),
        false => (Vec::new(), Vec::new()),
    });
    let (found, asked): (Vec<_>, Vec<_>) = of_pages.collect::<Vec<_>>().into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    let of_site = SITE_RULES.par_iter().copied().flatten().map(|rule| {
        let mut found = Vec::new();
        rule(&context, &mut found);
        found
    });
    findings.extend(of_site.collect::<Vec<_>>().into_iter().flatten());
    let conflicts = Conflicts::of(site, sources.iter().chain(configuration));
    conflicts.tell(&mut findings);
    swallowed::hold_back(site, &mut findings);
    once(&mut findings);
    follows::hold_back(site, &mut findings);
    ignore::silence(site.pages.iter().map(|published| &published.page.path).zip(asked), &mut findings);
    weigh(&mut findings, severities);
    conflicts.settle(&mut findings);
    findings
}

/// What the rules find in a page, and what its author asked to silence.
fn check_page(context: &SiteContext<'_>, id: PageId, texts: &CheckedTexts<'_>) -> (Vec<Diagnostic>, Vec<Ignore>) {
    let (page, read_as) = (&*context.site.pages[id].page, ReadAs::of(context.site));
    let known = texts.of_page(page, read_as);
    let page_context = PageContext::of(id, page, known.map(|known| known.marks));
    let (mut found, asked) = match known {
        Some(known) => (known.found.clone(), known.asked.clone()),
        None => texts::check(page, page_context.prose(), read_as),
    };
    PAGE_RULES.iter().copied().flatten().for_each(|rule| rule(context, &page_context, &mut found));
    (found, asked)
}

/// Gives each finding the severity that the project wants, and drops those that are off.
pub fn weigh(findings: &mut Vec<Diagnostic>, severities: &BTreeMap<Code, Severity>) {
    for finding in findings.iter_mut() {
        if let Some(severity) = severities.get(&finding.code) {
            finding.severity = *severity;
        }
    }
    findings.retain(|finding| finding.severity != Severity::Off);
}

/// Drops what is told twice of one place.
fn once(findings: &mut Vec<Diagnostic>) {
    let mut told = HashSet::with_capacity(findings.len());
    let places = findings.iter().map(|finding| (finding.code, &finding.path, finding.span, &*finding.message));
    let firsts: Vec<bool> = places.map(|place| told.insert(place)).collect();
    let mut firsts = firsts.into_iter();
    findings.retain(|_| firsts.next().unwrap_or(true));
}

/// The severities that `book.toml` and the command line ask for; the latter goes before.
pub fn severities(configured: &BTreeMap<String, Severity>, asked: &[(Code, Severity)]) -> BTreeMap<Code, Severity> {
    let configured = configured.iter().filter_map(|(name, severity)| Some((Code::from_name(name)?, *severity)));
    configured.chain(asked.iter().copied()).collect()
}
