//! Marks that other tools read, and which stand on the page as plain text here: whose they are, and what to write
//! instead. Told once a page and mark, at the first of its places.

use self::found::Found;
use crate::check::context::{PageContext, SiteContext, TextContext};
use crate::diagnostic::{Code, Diagnostic, Fix};

mod around;
mod found;
mod block;
mod inline;
mod maths;
mod wiki;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let mut found = Found::new(page, prose);
    block::find(&mut found);
    inline::find(&mut found);
    maths::find(&mut found);
    around::find(&mut found);
    tell(found, findings);
}

/// The links of wikis, which name pages of the site.
pub(super) fn check_wiki(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    // Where pages are called by names, this is a reference of ours.
    if !context.site.config.identities.is_empty() || !page_context.may_hold(wiki::LINK) {
        return;
    }
    let mut found = Found::new(page_context.page, page_context.prose());
    wiki::find(&mut found, context);
    tell(found, findings);
}

fn tell(found: Found<'_>, findings: &mut Vec<Diagnostic>) {
    let (page, prose) = (found.page, found.prose);
    for (mark, mut places) in found.places {
        places.spans.sort_unstable();
        let Some(first) = places.spans.first() else { continue };
        let (whose, help) = mark.words();
        let line = first.of(prose.text).lines().next().unwrap_or_default();
        let cut = if line.chars().count() > 60 || line.len() < first.end - first.start { "…" } else { "" };
        let written: String = line.chars().take(60).collect();
        let more = match places.spans.len() {
            1 => String::new(),
            many => format!(" There are {many} on this page."),
        };
        let message = format!("`{written}{cut}` is {whose}, so {}", mark.comes_to());
        let finding = Diagnostic::new(Code::ForeignMark, &page.path, *first, message);
        let help = places.help.as_deref().unwrap_or(help);
        let finding = finding.with_help(format!("{help}{more}"));
        findings.push(match places.edits {
            Some(mut edits) => {
                edits.sort_by_key(|edit| edit.span);
                let goes = edits.iter().all(|edit| edit.replacement.is_empty());
                let title = if goes { "take it away" } else { "write it as it is read here" };
                finding.with_fix(Fix { title: title.to_owned(), edits })
            }
            None => finding,
        });
    }
}
