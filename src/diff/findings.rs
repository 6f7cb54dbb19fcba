//! What is told now and wasn't, and the other way round. Lines shift with every edit, and so do
//! numbers of pages, so that only what is told besides counts.

use std::collections::BTreeMap;

use super::change::{FindingChanges, FindingFact};
use super::pairs::Pairs;
use super::view::{ComparedSite, FindingSeen};
use crate::diagnostic::without_counts;

pub(super) fn changed(before: &ComparedSite<'_>, after: &ComparedSite<'_>, pairs: &Pairs) -> FindingChanges {
    let path_after = |path: &str| {
        let new = before.place(path).and_then(|old| pairs.after.get(&old));
        new.map_or(path, |&new| after.pages[new].path.as_str()).to_owned()
    };
    let fact = |finding: &FindingSeen, path: String| FindingFact {
        path,
        code: finding.code.to_owned(),
        severity: finding.severity.to_owned(),
        message: finding.message.clone(),
        line: finding.line,
    };
    let was = before.findings.iter().map(|finding| fact(finding, path_after(&finding.path)));
    let is = after.findings.iter().map(|finding| fact(finding, finding.path.clone()));
    let (was, is) = (grouped(was), grouped(is));
    FindingChanges { new: beyond(&is, &was), gone: beyond(&was, &is) }
}

type Told = (String, String, String);

/// By what is told, each with the lines where it stands.
fn grouped(findings: impl Iterator<Item = FindingFact>) -> BTreeMap<Told, Vec<FindingFact>> {
    let mut groups: BTreeMap<Told, Vec<FindingFact>> = BTreeMap::new();
    for finding in findings {
        let told = (finding.path.clone(), finding.code.clone(), without_counts(&finding.message));
        groups.entry(told).or_default().push(finding);
    }
    groups
}

/// What one has more often than the other: the last of the same, since people add below.
fn beyond(of: &BTreeMap<Told, Vec<FindingFact>>, without: &BTreeMap<Told, Vec<FindingFact>>) -> Vec<FindingFact> {
    let mut more: Vec<FindingFact> = Vec::new();
    for (told, findings) in of {
        let known = without.get(told).map_or(0, Vec::len);
        more.extend(findings.iter().skip(known).cloned());
    }
    more.sort_unstable();
    more
}
