//! Relations that can't be as they are: each rule in a file of its own. What a translation takes over from its original
//! is told of the original alone.

mod allowed;
mod circle;
mod configured;
mod dangling;
mod identity;
mod number;
mod one_sided;
mod placed;
mod repeated;
mod subject;
mod told;
mod wrong_kind;

use super::context::SiteContext;
use crate::diagnostic::Diagnostic;
use crate::site::Task;
use subject::RelationSubject;
pub(super) use told::of_page;

/// A rule for one relation: adds what it finds.
type RelationRule = fn(&RelationSubject<'_>, &mut Vec<Diagnostic>);

const RULES: &[RelationRule] = &[
    configured::check,
    dangling::check,
    wrong_kind::check,
    repeated::check,
    number::check,
    one_sided::check,
    circle::check,
];

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    context.site.effort.time(Task::Relations, || all(context, findings));
}

fn all(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    identity::check(context.site, findings);
    placed::check(context.site, findings);
    let relations = context.site.relations();
    for (relation, (_, config)) in relations.declared.iter().zip(context.site.config.relations_in_order()) {
        let subject = RelationSubject::of(context, relation, config);
        RULES.iter().for_each(|rule| rule(&subject, findings));
    }
}
