//! Front matter that is written where or how nobody reads it, so that its keys are shown as text.

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::Diagnostic;
use crate::page::front_matter::{FileHead, lost};

pub(super) fn check(_: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(find(page_context));
}

/// What is told of a page's unread front matter, if it has such.
pub(super) fn find(page_context: &PageContext<'_>) -> Option<Diagnostic> {
    let page = page_context.page;
    let file = FileHead { path: &page.path, text: &page.text, meta: &page.meta, body_start: page.body_start };
    lost(file, |at| page_context.prose().is_hidden(at))
}
