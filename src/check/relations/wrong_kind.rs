//! Relations that lead to pages of another kind, that stand on pages that they are not for, or that lead back to the page.

use super::subject::{PagePlace, RelationSubject};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::RelationPlace;

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    let RelationSubject { relation, config, .. } = subject;
    for (id, page, ends) in subject.naming() {
        if !subject.from.admits(id) && !ends.is_empty() {
            let from = config.from.as_deref().unwrap_or_default();
            let message = format!("`{}` is not for this page, which `{from}` doesn't find", relation.key);
            let help = format!("`from` of `[relations.{}]` says which pages it is for.", relation.name);
            let place = PagePlace::new(page, subject.span(page));
            findings.push(place.finding(Code::MisplacedRelation, message).with_help(help));
        }
        for end in ends {
            let RelationPlace::Page(to) = end.place else { continue };
            let place = PagePlace::new(page, end.span);
            if to == id {
                let message = format!("`{}` leads from this page to itself", relation.key);
                findings.push(place.finding(Code::WrongRelationTarget, message).with_help("Take it away."));
            } else if !subject.to.admits(to) {
                let (called, asked) = (subject.called(to), config.to.as_deref().unwrap_or_default());
                let message = format!("`{}` leads to `{called}`, which `{asked}` doesn't find", relation.key);
                let help = format!("`to` of `[relations.{}]` says what it may lead to.", relation.name);
                findings.push(place.finding(Code::WrongRelationTarget, message).with_help(help));
            }
        }
    }
}
