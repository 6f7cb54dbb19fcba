//! Two pages that others would call the same.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Edition, PageId};
use crate::source::Span;

pub(super) fn check(site: &Edition, findings: &mut Vec<Diagnostic>) {
    if site.config.identities.is_empty() {
        return;
    }
    let mut known: HashMap<String, PageId> = HashMap::new();
    for (id, published) in site.pages.iter().enumerate().filter(|(_, published)| published.borrowed.is_none()) {
        let Some(identity) = site.identity_of(id) else { continue };
        let Some(other) = known.insert(identity.to_lowercase(), id) else { continue };
        known.insert(identity.to_lowercase(), other);
        let other = &site.pages[other].page.path;
        let message = format!("this page is called `{identity}`, as `{other}` is already");
        let finding = Diagnostic::new(Code::SharedIdentity, &published.page.path, Span::default(), message);
        findings.push(finding.with_help("Give it another value at one of the keys that `[identities]` names."));
    }
}
