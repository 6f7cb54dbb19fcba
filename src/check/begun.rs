//! The editions of a site, checked one by one, each page where it is at home.

use std::collections::{BTreeMap, HashMap};

use super::edition::{self, BegunEdition, CheckedEdition};
use super::input::Input;
use super::texts::{CheckedTexts, ReadPage, SharedTexts};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Edition;
use crate::source::SourcePath;

/// A site of which only texts are left to be looked at that another state has, too.
pub(super) struct BegunSite<'a> {
    /// The original first.
    pub(super) editions: Vec<BegunEdition<'a>>,
    /// The edition that each page is at home in, where there are several.
    owners: Owners<'a>,
    severities: &'a BTreeMap<Code, Severity>,
}

impl<'a> BegunSite<'a> {
    /// Checks a site, but for the texts that it shares.
    pub(super) fn of(mut input: Input<'a>, shared: &SharedTexts) -> Self {
        let earlier = std::mem::take(&mut input.earlier);
        let editions = input.editions();
        let owners = Owners::of(&editions);
        let mut earlier_of: Vec<Vec<Diagnostic>> = editions.iter().map(|_| Vec::new()).collect();
        for finding in earlier {
            earlier_of[owners.of.get(&finding.path).copied().unwrap_or_default()].push(finding);
        }
        let begun = editions.iter().zip(earlier_of).enumerate().map(|(at, (&site, earlier))| {
            let others = (at == 0).then_some(input.translations.as_slice());
            let is_own = |path: &SourcePath| owners.owns(at, path);
            BegunEdition::of(&input, CheckedEdition { site, others, earlier, is_own: &is_own, shared })
        });
        Self { editions: begun.collect(), owners, severities: input.severities }
    }

    /// What is found by now.
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.editions.iter().flat_map(BegunEdition::found)
    }

    /// The pages whose texts nobody looked at.
    pub(super) fn pending(&self) -> impl Iterator<Item = ReadPage<'a>> {
        self.editions.iter().flat_map(BegunEdition::pending)
    }

    /// What is told in the end, in order.
    pub(super) fn told(self, texts: &CheckedTexts) -> Vec<Diagnostic> {
        let Self { editions, owners, severities } = self;
        let several = editions.len() > 1;
        let mut findings = Vec::new();
        for (at, edition) in editions.into_iter().enumerate() {
            let mut found = edition.told(texts, severities);
            // A page that stands in where it is lacking is told of where it is at home.
            found.retain(|finding| owners.owns(at, &finding.path));
            findings.extend(found);
        }
        // Of each edition everything is told once already; what they share, all of them find.
        if several {
            edition::once(&mut findings);
        }
        findings.sort_by(|a, b| (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message)));
        findings
    }
}

/// The edition that each page is at home in, where there are several.
struct Owners<'a> {
    of: HashMap<&'a SourcePath, usize>,
}

impl<'a> Owners<'a> {
    fn of(editions: &[&'a Edition]) -> Self {
        let mut of = HashMap::new();
        if editions.len() > 1 {
            for (at, edition) in editions.iter().enumerate() {
                let own = edition.pages.iter().filter(|published| published.borrowed.is_none());
                of.extend(own.map(|published| (&published.page.path, at)));
            }
        }
        Self { of }
    }

    /// Whether a file is told of in an edition; what is no page may be in several.
    fn owns(&self, edition: usize, path: &SourcePath) -> bool {
        self.of.get(path).is_none_or(|owner| *owner == edition)
    }
}
