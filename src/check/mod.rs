//! The frozen site turned into findings: what pages, assembling and each rule have
//! to say, silenced where the author asked for it, weighed as the project wants.
//! Nothing here reads a disk or can fail.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::site::Site;
use crate::source::{Source, SourcePath};

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
    /// For each page of the site, its text with what is prose told from what is not.
    prose: Vec<Prose<'a>>,
    /// The pages that each list finds.
    lists: Vec<list::List<'a>>,
    sources: HashMap<&'a SourcePath, &'a Source>,
}

/// One rule: adds what it finds.
type Rule = fn(&Book<'_>, &mut Vec<Diagnostic>);

/// All rules, each in a file of its own.
const RULES: &[Rule] = &[
    link::check,
    anchor::check,
    picture::check,
    title::check,
    unread_link::check,
    redirect::check,
    configuration::check,
    component::check,
    list::check,
    tag_names::check,
    vocabulary::check,
    byte_order_mark::check,
    mojibake::check,
    invisible::check,
    line_ending::check,
    table::check,
    heading::check,
    placeholder::check,
    html::check,
    unsafe_html::check,
    orphan::check,
    unused_file::check,
    stale::check,
];

/// Checks the whole site. Findings come in order of file and place.
pub fn run(input: Input<'_>) -> Vec<Diagnostic> {
    let Input { site, sources, configuration, history, today, earlier, severities } = input;
    let sources: HashMap<&SourcePath, &Source> = sources.iter().map(|source| (&source.path, source)).collect();
    let prose = site.pages.par_iter().map(|published| {
        let text = sources.get(&published.page.path).map_or("", |source| &*source.text);
        Prose::read(text, &published.page)
    });
    let book = Book { site, configuration, history, today, prose: prose.collect(), lists: list::all(site), sources };
    let mut findings = earlier;
    findings.extend(site.findings.iter().cloned());
    for published in &site.pages {
        findings.extend(published.page.findings.iter().cloned());
    }
    let found = RULES.par_iter().map(|rule| {
        let mut found = Vec::new();
        rule(&book, &mut found);
        found
    });
    findings.extend(found.collect::<Vec<_>>().into_iter().flatten());
    once(&mut findings);
    ignore::silence(&book, &mut findings);
    weigh(&mut findings, severities);
    findings.sort_by(|a, b| (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message)));
    findings
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
