//! What came up while files were made, weighed when all are: a template that shows no file of a kind is wrong itself, one
//! that fails on some pages is told at these.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::Page;
use crate::render::{Subject, on_page};

/// All that is to be told, once. `of_kind` says how many files of each kind there are, those among them that were left
/// as they are; `page_of`, which page of the content a file shows.
pub(super) fn weighed<'a>(
    told: Vec<Vec<Diagnostic>>,
    made: &[(String, Subject)],
    of_kind: &BTreeMap<&'static str, usize>,
    page_of: impl Fn(&Subject) -> Option<&'a Page>,
) -> Vec<Diagnostic> {
    let is_of_template = |finding: &Diagnostic, subject: &Subject| {
        finding.code == Code::TemplateError && page_of(subject).is_none_or(|page| page.path != finding.path)
    };
    let mut failing: BTreeMap<&str, usize> = BTreeMap::new();
    for (told, (_, subject)) in told.iter().zip(made) {
        if told.iter().any(|finding| is_of_template(finding, subject)) {
            *failing.entry(subject.kind).or_default() += 1;
        }
    }
    let shows_none = |kind: &str| failing.get(kind).is_some_and(|failing| of_kind.get(kind) == Some(failing));
    let weigh = |finding: Diagnostic, subject: &Subject| match page_of(subject) {
        _ if !is_of_template(&finding, subject) => finding,
        page if shows_none(subject.kind) => {
            let met = page.map(|page| format!(" (met while rendering `{}`)", page.path)).unwrap_or_default();
            as_error(Diagnostic { message: finding.message.clone() + &met, ..finding })
        }
        Some(page) => on_page(&finding, page),
        None => finding,
    };
    let weighed = told.into_iter().zip(made).flat_map(|(told, (_, subject))| {
        let weighed: Vec<Diagnostic> = told.into_iter().map(|finding| weigh(finding, subject)).collect();
        weighed
    });
    let mut weighed: Vec<Diagnostic> = weighed.collect();
    weighed.sort_by(|a, b| (&a.path, a.span, &a.message).cmp(&(&b.path, b.span, &b.message)));
    weighed.dedup_by(|a, b| a.path == b.path && a.span == b.span);
    weighed
}

pub(super) fn as_error(finding: Diagnostic) -> Diagnostic {
    Diagnostic { severity: Severity::Error, ..finding }
}
