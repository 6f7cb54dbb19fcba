//! The frozen site turned into findings: what pages, assembling and each rule have
//! to say, silenced where the author asked for it, weighed as the project wants.
//! Nothing here reads a disk or can fail.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::page::Page;
use crate::query::Day;
use crate::site::find::{Calendar, Question};
use crate::site::{Edition, PageId, Task};
use crate::source::{Source, SourcePath};

mod add_value;
mod address;
mod anchor;
mod around;
mod assessment;
mod book;
mod book_link;
mod checklist;
mod component;
pub mod configuration;
mod configured_redirect;
mod context;
mod data;
mod detour;
mod diagram;
mod embedded_data;
mod emoji_name;
pub mod explain;
mod bare_address;
mod byte_order_mark;
mod called;
mod empty_list;
mod empty_page;
pub mod fix;
mod follows;
mod formula;
mod foreign;
mod front_page;
mod heading;
mod html;
mod ignore;
mod ignored_body;
mod invisible;
mod leading_on;
mod ledger;
mod line_ending;
mod link;
mod link_text;
mod leftover;
mod list;
mod merge_conflict;
mod misspelt_key;
mod missing_word;
mod mojibake;
mod orphan;
mod own_computer;
mod pairs;
mod pasted;
mod picture;
mod placeholder;
pub mod prose;
mod query;
mod reference;
mod relations;
mod repeated_word;
mod same_name;
mod secret;
mod shown_component;
mod remembered_names;
pub mod rename;
mod source_address;
mod stale;
mod table;
mod swallowed;
mod tag_slips;
mod title;
mod tracking;
pub mod translation;
pub mod tag_names;
mod unknown_box;
mod unread_component;
mod unread_front_matter;
mod unread_link;
mod unread_target;
mod unsafe_html;
mod unused_file;
mod vocabulary;
mod words;
pub mod why;

use context::{PageContext, SiteContext};
use merge_conflict::Conflicts;
use prose::Prose;

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
    /// How much kinds of findings matter, where that isn't as usual.
    pub severities: &'a BTreeMap<Code, Severity>,
}

/// A rule for pages, one at a time: adds what it finds. All of them see a page before the next one
/// comes, since a page that was just read is read again in no time.
type PageRule = fn(&SiteContext<'_>, &PageContext<'_>, &mut Vec<Diagnostic>);

/// The rules for pages, each in a file of its own.
const PAGE_RULES: &[PageRule] = &[
    link::check,
    anchor::check,
    picture::check,
    title::check,
    empty_page::check,
    unread_front_matter::check,
    unread_link::check,
    link_text::check,
    bare_address::check,
    component::check,
    unread_component::check,
    shown_component::check,
    ignored_body::check,
    unknown_box::check,
    foreign::check,
    leading_on::check,
    around::check,
    data::check,
    checklist::check,
    mojibake::check,
    invisible::check,
    table::check,
    heading::check,
    placeholder::check,
    repeated_word::check,
    pasted::check,
    emoji_name::check,
    embedded_data::check,
    formula::check,
    diagram::check,
    secret::check,
    tracking::check,
    detour::check,
    html::check,
    unsafe_html::check,
    stale::check,
];

/// A rule for what pages are together, for the configuration or for other files: adds what it finds.
type SiteRule = fn(&SiteContext<'_>, &mut Vec<Diagnostic>);

/// The other rules, each in a file of its own, too.
const SITE_RULES: &[SiteRule] = &[
    configured_redirect::check,
    front_page::check,
    book::check,
    ledger::check,
    configuration::check,
    empty_list::check,
    query::check,
    tag_names::check,
    vocabulary::check,
    misspelt_key::check,
    relations::check,
    assessment::check,
    byte_order_mark::check,
    secret::check_others,
    line_ending::check,
    orphan::check,
    unused_file::check,
    leftover::check,
    same_name::check,
    words::check,
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
        let mut found = run_edition(&input, CheckedEdition { site: edition, others, earlier });
        // A page that stands in where it is lacking is told of where it is at home.
        found.retain(|finding| owners.get(&finding.path).is_none_or(|owner| *owner == at));
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
}

/// Checks one edition.
fn run_edition(input: &Input<'_>, edition: CheckedEdition<'_>) -> Vec<Diagnostic> {
    let CheckedEdition { site, others, earlier } = edition;
    let Input { sources, configuration, history, today, severities, .. } = *input;
    let calendar = Calendar { today, changes: history };
    let lists = site.effort.time(Task::Lists, || list::all(Question::to(site, calendar)));
    let (names, called) = (OnceLock::new(), OnceLock::new());
    let context = SiteContext { site, others, configuration, history, today, sources, lists, names, called };
    let mut findings = earlier;
    findings.extend(site.findings.iter().cloned());
    for published in &site.pages {
        findings.extend(published.page.findings.iter().cloned());
    }
    // First, since what pages link to is found out here for the other rules, too: by all cores.
    let of_pages = site.pages.par_iter().enumerate().map(|(id, published)| check_page(&context, id, &published.page));
    let (found, asked): (Vec<_>, Vec<_>) = of_pages.collect::<Vec<_>>().into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    let of_site = SITE_RULES.par_iter().map(|rule| {
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
fn check_page(context: &SiteContext<'_>, id: PageId, page: &Page) -> (Vec<Diagnostic>, Vec<ignore::Ignore>) {
    let page_context = PageContext { id, page, prose: Prose::read(page) };
    let mut found = Vec::new();
    PAGE_RULES.iter().for_each(|rule| rule(context, &page_context, &mut found));
    (found, ignore::read(&page_context.prose))
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
    let mut told = HashSet::new();
    findings.retain(|finding| told.insert((finding.code, finding.path.clone(), finding.span, finding.message.clone())));
}

/// The severities that `book.toml` and the command line ask for; the latter goes before.
pub fn severities(configured: &BTreeMap<String, Severity>, asked: &[(Code, Severity)]) -> BTreeMap<Code, Severity> {
    let configured = configured.iter().filter_map(|(name, severity)| Some((Code::from_name(name)?, *severity)));
    configured.chain(asked.iter().copied()).collect()
}
