//! Pages that another names at a symmetric relation, and that don't name it themselves. The fix writes the missing half.

use super::subject::{PagePlace, RelationSubject};
use crate::check::tags::add_value;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Page;
use crate::site::{PageId, RelationPlace};

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    if !subject.relation.symmetric {
        return;
    }
    for (id, published) in subject.site.pages.iter().enumerate() {
        let page = &published.page;
        let speaks = page.meta.data.contains_key(&subject.relation.key);
        // A translation that says nothing has what its original says.
        if published.borrowed.is_some() || (!subject.is_original && !speaks) {
            continue;
        }
        let missing = missing(subject, id);
        if missing.is_empty() {
            continue;
        }
        let names: Vec<String> = missing.iter().map(|&other| name(subject, other)).collect();
        let fix = add_value::fix(page, &subject.relation.key, &names);
        for other in missing {
            let (key, called) = (&subject.relation.key, subject.called(other));
            let message = format!("`{called}` names this page at `{key}`, but this page doesn't name it");
            let place = PagePlace::new(page, subject.span(page));
            let finding = place.finding(Code::OneSidedRelation, message);
            let name = name(subject, other);
            let mut finding =
                finding.with_help(format!("Write `{name}` at `{key}`, or take it away on the other page."));
            // One edit writes all that is missing: edits at one place would wait for each other.
            finding.fix.clone_from(&fix);
            findings.push(finding);
        }
    }
}

/// The pages that name a page, and that it doesn't; without those that are of the wrong kind, which is told already.
fn missing(subject: &RelationSubject<'_>, id: PageId) -> Vec<PageId> {
    let (from, to) = (&subject.from, &subject.to);
    let may_be = |other: PageId| [id, other].into_iter().all(|end| from.admits(end) && to.admits(end));
    let ends = &subject.relation.ends[id];
    let is_named = |other: PageId| ends.iter().any(|end| end.place == RelationPlace::Page(other));
    let naming = subject.relation.inverse_ends[id].iter().map(|end| end.page);
    naming.filter(|&other| other != id && !is_named(other) && may_be(other)).collect()
}

/// What a page is called where nothing else is known of who asks: as others call it already, or by its identity, id or path.
fn name(subject: &RelationSubject<'_>, id: PageId) -> String {
    let site = subject.site;
    let mut naming =
        subject.relation.inverse_ends[id].iter().filter_map(|end| subject.relation.ends[end.page].get(end.at));
    let written = naming.find(|end| site.page_named(&end.written) == Some(id)).map(|end| end.written.clone());
    let own = || site.identity_of(id).map(str::to_lowercase).or_else(|| site.pages[id].page.meta.id.clone());
    written.or_else(own).unwrap_or_else(|| path(&site.pages[id].page))
}

/// A page's path without its ending.
fn path(page: &Page) -> String {
    let path = page.path.as_str();
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}
