//! The frozen site turned into findings: what pages, assembling and each rule have
//! to say, silenced where the author asked for it, weighed as the project wants.
//! Nothing here reads a disk or can fail.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::source::Source;

mod anchor;
mod component;
pub mod configuration;
pub mod explain;
mod byte_order_mark;
pub mod fix;
mod heading;
mod html;
mod ignore;
mod invisible;
mod line_ending;
mod link;
mod list;
mod merge_conflict;
mod mojibake;
mod orphan;
mod picture;
mod placeholder;
pub mod prose;
mod redirect;
pub mod rename;
mod stale;
mod table;
mod title;
pub mod tag_names;
mod unread_link;
mod unsafe_html;
mod unused_file;
mod vocabulary;
pub mod why;

use merge_conflict::Conflicts;
use prose::Prose;

/// Everything that is checked.
pub struct Input<'a> {
    /// The frozen site.
    pub site: &'a Site,
    /// The texts of pages, category files and the vocabulary.
    pub sources: &'a [Source],
    /// `book.toml`, if there is one.
    pub configuration: Option<&'a Source>,
    /// When pages last changed; empty if nobody asked.
    pub history: &'a History,
    /// The day from which a page's age is counted: `2026-01-31`.
    pub today: &'a str,
    /// What reading the project and its configuration had to say.
    pub earlier: Vec<Diagnostic>,
    /// How much kinds of findings matter, where that isn't as usual.
    pub severities: &'a BTreeMap<Code, Severity>,
}

/// What the rules see.
struct Book<'a> {
    site: &'a Site,
    configuration: Option<&'a Source>,
    history: &'a History,
    today: &'a str,
    /// The pages that each list finds.
    lists: Vec<list::List<'a>>,
    sources: &'a [Source],
    names: OnceLock<link::Names<'a>>,
}

/// What the rules for single pages see of one.
struct Sheet<'a> {
    id: PageId,
    page: &'a Page,
    /// Its text, with what is prose told from what is not.
    prose: Prose<'a>,
}

/// A rule for pages, one at a time: adds what it finds. All of them see a page before the next one
/// comes, since a page that was just read is read again in no time.
type PageRule = fn(&Book<'_>, &Sheet<'_>, &mut Vec<Diagnostic>);

/// The rules for pages, each in a file of its own.
const PAGE_RULES: &[PageRule] = &[
    link::check,
    anchor::check,
    picture::check,
    title::check,
    unread_link::check,
    component::check,
    mojibake::check,
    invisible::check,
    table::check,
    heading::check,
    placeholder::check,
    html::check,
    unsafe_html::check,
    stale::check,
];

/// A rule for what pages are together, for the configuration or for other files: adds what it finds.
type SiteRule = fn(&Book<'_>, &mut Vec<Diagnostic>);

/// The other rules, each in a file of its own, too.
const SITE_RULES: &[SiteRule] = &[
    redirect::check,
    configuration::check,
    list::check,
    tag_names::check,
    vocabulary::check,
    byte_order_mark::check,
    line_ending::check,
    orphan::check,
    unused_file::check,
];

/// Checks the whole site. Findings come in order of file and place.
pub fn run(input: Input<'_>) -> Vec<Diagnostic> {
    let Input { site, sources, configuration, history, today, earlier, severities } = input;
    let (lists, names) = (list::all(site), OnceLock::new());
    let book = Book { site, configuration, history, today, lists, sources, names };
    let mut findings = earlier;
    findings.extend(site.findings.iter().cloned());
    for published in &site.pages {
        findings.extend(published.page.findings.iter().cloned());
    }
    // First, since what pages link to is found out here for the other rules, too: by all cores.
    let of_pages = site.pages.par_iter().enumerate().map(|(id, published)| book.check_page(id, &published.page));
    let (found, asked): (Vec<_>, Vec<_>) = of_pages.collect::<Vec<_>>().into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    let of_site = SITE_RULES.par_iter().map(|rule| {
        let mut found = Vec::new();
        rule(&book, &mut found);
        found
    });
    findings.extend(of_site.collect::<Vec<_>>().into_iter().flatten());
    let conflicts = Conflicts::of(site, sources.iter().chain(configuration));
    conflicts.tell(&mut findings);
    once(&mut findings);
    ignore::silence(site.pages.iter().map(|published| &published.page.path).zip(asked), &mut findings);
    weigh(&mut findings, severities);
    conflicts.settle(&mut findings);
    findings.sort_by(|a, b| (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message)));
    findings
}

impl<'a> Book<'a> {
    /// What the rules find in a page, and what its author asked to silence.
    fn check_page(&self, id: PageId, page: &Page) -> (Vec<Diagnostic>, Vec<ignore::Ignore>) {
        let sheet = Sheet { id, page, prose: Prose::read(page) };
        let mut found = Vec::new();
        PAGE_RULES.iter().for_each(|rule| rule(self, &sheet, &mut found));
        (found, ignore::read(&sheet.prose))
    }

    /// The names of everything that is published; made for the first reference that leads nowhere.
    fn names(&self) -> &link::Names<'a> {
        self.names.get_or_init(|| link::Names::of(self.site))
    }
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
