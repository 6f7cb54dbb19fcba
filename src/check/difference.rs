//! Two states of a site, checked for what one of them tells and the other doesn't. Most texts stand in both: each is looked at
//! once, and that only where it may be a part of the difference.

use foldhash::{HashMap, HashSet};

use super::begun::BegunSite;
use super::input::Input;
use super::texts::{CheckedTexts, ReadPage, SharedTexts};
use super::{follows, swallowed};
use crate::diagnostic::Diagnostic;
use crate::source::SourcePath;

/// Checks both. They differ by what all that is found in them differs by; what both tell is not all of it, and may be held back in
/// the end.
pub fn run_for_difference(before: Input<'_>, after: Input<'_>) -> [Vec<Diagnostic>; 2] {
    let shared = SharedTexts::of(&before.editions(), &after.editions());
    let want_the_same = before.severities == after.severities;
    let begun = [before, after].map(|input| BegunSite::of(input, &shared));
    let wanted: Vec<ReadPage<'_>> = match want_the_same {
        true => {
            let may_differ = MayDiffer::of(&begun, &shared);
            begun[1].pending().filter(|(page, _)| may_differ.tells(&page.path)).collect()
        }
        false => begun[1].pending().collect(),
    };
    let texts = CheckedTexts::of(&wanted);
    begun.map(|begun| begun.told(&texts))
}

/// Of which texts something may be told in one state alone. What is told of a text and its page may hold back each other, so
/// where all else that is told of a page is the same, all of it is; but some mistakes reach other pages.
struct MayDiffer<'a> {
    told: [HashMap<&'a SourcePath, Vec<&'a Diagnostic>>; 2],
    /// Whether mistakes that reach other pages are the same in both.
    reach_the_same: bool,
}

impl<'a> MayDiffer<'a> {
    fn of(begun: &'a [BegunSite<'_>; 2], shared: &SharedTexts) -> Self {
        let told = begun.each_ref().map(|site| {
            let mut told: HashMap<&SourcePath, Vec<&Diagnostic>> = HashMap::default();
            site.found().for_each(|finding| told.entry(&finding.path).or_default().push(finding));
            told
        });
        let [before, after] = begun.each_ref().map(|site| far_reaching(site, shared));
        let reach_the_same = before.is_some() && before == after;
        Self { told, reach_the_same }
    }

    fn tells(&self, path: &SourcePath) -> bool {
        let [before, after] = self.told.each_ref().map(|told| told.get(path));
        if self.reach_the_same { before != after } else { before.is_some() || after.is_some() }
    }
}

/// The mistakes of a site that reach other pages, with the addresses of theirs; nothing if there are some on pages that only
/// this state has.
fn far_reaching<'a>(site: &'a BegunSite<'_>, shared: &SharedTexts) -> Option<Vec<(&'a str, &'a Diagnostic)>> {
    let mut reaching = Vec::new();
    let of_lists: HashSet<&SourcePath> =
        site.found().filter(|finding| follows::reaches_far(finding)).map(|finding| &finding.path).collect();
    for published in site.editions.iter().flat_map(|edition| &edition.site.pages) {
        let page = &published.page;
        let is_misread = page.findings.iter().any(swallowed::is_cause);
        if (is_misread || of_lists.contains(&page.path)) && !shared.hold(page) {
            return None;
        }
        if is_misread {
            reaching.extend(
                page.findings
                    .iter()
                    .filter(|finding| swallowed::is_cause(finding))
                    .map(|finding| (published.route.as_str(), finding)),
            );
        }
    }
    reaching.extend(site.found().filter(|finding| follows::reaches_far(finding)).map(|finding| ("", finding)));
    Some(reaching)
}
