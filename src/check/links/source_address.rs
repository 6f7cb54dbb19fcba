//! Links to the source of a page of this site, as its writers see it where the project lies: copied from there, most
//! of the time, in place of the page's own address.

use super::reference::Reference;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Edition, Place};

/// What is told of a link to such a source, where `theme.edit_link` says where sources lie.
pub(super) fn judge(site: &Edition, reference: &Reference<'_>) -> Option<Diagnostic> {
    let sources = site.config.theme.edit_link.as_deref()?;
    let target = reference.target.trim();
    let path = target.split(['#', '?']).next().unwrap_or(target);
    let below = plain(path).strip_prefix(plain(sources).trim_end_matches('/'))?.trim_start_matches('/').to_owned();
    let below = format!("/{below}");
    let resolved = site.resolve_from_root(&below, reference.kind);
    if resolved.problem.is_some() || !matches!(resolved.place, Place::Page(_)) {
        return None;
    }
    let message = format!("`{target}` is the source of a page of this very site, as its writers see it");
    let mut finding = Diagnostic::new(Code::OwnAddress, reference.path, reference.span, message)
        .with_help(format!("Write `{below}`, unless readers are to edit it."))
        .with_target(target);
    finding.severity = Severity::Info;
    Some(finding)
}

/// An address of a host of sources, whether it shows the file or lets it be edited.
fn plain(address: &str) -> String {
    ["/blob/", "/raw/", "/tree/"].iter().fold(address.to_owned(), |address, view| address.replacen(view, "/edit/", 1))
}
