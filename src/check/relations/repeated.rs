//! Relations that name one thing twice on a page.

use foldhash::HashMap;

use super::subject::{PagePlace, RelationSubject};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::RelationPlace;

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    for (_, page, ends) in subject.naming().filter(|(_, _, ends)| ends.len() > 1) {
        let mut known: HashMap<RelationPlace, &str> = HashMap::default();
        for end in ends.iter().filter(|end| !matches!(end.place, RelationPlace::Nowhere | RelationPlace::Draft)) {
            let Some(first) = known.insert(end.place, &end.written) else { continue };
            let key = &subject.relation.key;
            let message = match first == end.written {
                true => format!("`{key}` names `{first}` twice"),
                false => format!("`{key}` names one thing twice: `{first}` and `{}`", end.written),
            };
            let finding = PagePlace::new(page, end.span).finding(Code::RepeatedRelation, message);
            findings.push(finding.with_help("Take one of them away."));
        }
    }
}
