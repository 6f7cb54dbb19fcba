//! What is told now and wasn't, and the other way round. Lines shift with every edit, and so do numbers of pages: a finding
//! says by what it is the same.

use foldhash::HashMap;

use super::change::{FindingChanges, FindingFact};
use super::pairs::Pairs;
use super::view::{ComparedSite, FindingSeen};
use crate::source::LineColumn;

pub(super) fn changed(before: &ComparedSite<'_>, after: &ComparedSite<'_>, pairs: &Pairs) -> FindingChanges {
    let was = grouped(before, |path| {
        let new = before.place(path).and_then(|old| pairs.after.get(&old));
        new.map_or(path, |&new| after.pages[new].path.as_str())
    });
    let is = grouped(after, |path| path);
    FindingChanges { new: beyond(&is, &was), gone: beyond(&was, &is) }
}

/// By what findings are the same: the file as it is called now, the kind, and what each says it is.
type Sameness<'a> = (&'a str, &'static str, &'a str);

/// By what is told, each with the places where it stands.
fn grouped<'a>(
    site: &'a ComparedSite<'_>,
    path_after: impl Fn(&'a str) -> &'a str,
) -> HashMap<Sameness<'a>, Vec<&'a FindingSeen<'a>>> {
    let mut groups: HashMap<Sameness<'a>, Vec<&FindingSeen<'a>>> = HashMap::default();
    for seen in &site.findings {
        let finding = seen.finding;
        groups.entry((path_after(&seen.path), finding.code.as_str(), finding.identity())).or_default().push(seen);
    }
    groups
}

/// What one has more often than the other: the last of the same, since people add below.
fn beyond<'a>(
    of: &HashMap<Sameness<'a>, Vec<&FindingSeen<'_>>>,
    without: &HashMap<Sameness<'a>, Vec<&FindingSeen<'_>>>,
) -> Vec<FindingFact> {
    let mut more: Vec<FindingFact> = Vec::new();
    for (told, findings) in of {
        let known = without.get(told).map_or(0, Vec::len);
        more.extend(findings.iter().skip(known).map(|seen| fact(seen, told.0)));
    }
    more.sort_unstable();
    more
}

fn fact(seen: &FindingSeen<'_>, path: &str) -> FindingFact {
    let FindingSeen { finding, text, .. } = seen;
    FindingFact {
        path: path.to_owned(),
        code: finding.code.as_str().to_owned(),
        severity: finding.severity.as_str().to_owned(),
        message: finding.message.clone(),
        line: LineColumn::of(text, finding.span.start.min(text.len())).line,
    }
}
