//! Relations that name nothing that exists.

use super::subject::{PagePlace, RelationSubject};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::site::{PageId, RelationPlace};

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    let site = subject.site;
    let key = &subject.relation.key;
    // Where a catalogue isn't there, that is told once.
    if subject.target.catalogs.iter().any(|name| site.catalogs.place(name).is_none()) {
        return;
    }
    for (_, page, ends) in subject.naming() {
        for end in ends.iter().filter(|end| end.place == RelationPlace::Nowhere) {
            let place = PagePlace::new(page, end.span);
            if end.written.is_empty() {
                let message = format!("`{key}` holds something that names no page");
                let help = "Write a name, a list of names, or `to:` and a name with a `note:`.";
                findings.push(place.finding(Code::DanglingRelation, message).with_help(help));
                continue;
            }
            let catalogs = &subject.target.catalogs;
            let nothing = match (catalogs.as_slice(), subject.target.only_catalogs) {
                ([], _) => "no page is called so".to_owned(),
                (names, true) => format!("{} has no such entry", quoted(names)),
                (names, false) => format!("no page is called so, and {} has no such entry", quoted(names)),
            };
            let message = format!("`{key}` leads to `{}`, but {nothing}", end.written);
            let help = match nearest(&end.written, names(subject, &end.written)) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None if subject.target.only_catalogs => "Name an entry by its id.".into(),
                None => "Name it by its identity, its id, its path, its address or its title.".into(),
            };
            findings.push(place.finding(Code::DanglingRelation, message).with_help(help));
        }
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

/// All names of what the relation may lead to that are about as long as that: comparing takes time.
fn names<'s>(subject: &'s RelationSubject<'_>, written: &str) -> Vec<&'s str> {
    let site = subject.site;
    let allowed = written.len() / 3 + 4;
    let catalogs = subject.target.catalogs.iter().filter_map(|name| site.catalogs.at(site.catalogs.place(name)?));
    let entries = catalogs.flat_map(|catalog| catalog.entries.iter().map(|entry| entry.id.as_str()));
    let pages = if subject.target.only_catalogs { 0..0 } else { 0..site.pages.len() };
    let names = |id: PageId| {
        let page = &site.pages[id];
        let own = page.page.meta.id.as_deref();
        [site.identity_of(id), own, Some(page.id.as_str()), Some(page.title.as_str())].into_iter().flatten()
    };
    let pages = pages.filter(|&id| subject.to.admits(id)).flat_map(names);
    entries.chain(pages).filter(|name| name.len().abs_diff(written.len()) <= allowed).collect()
}
