//! Pages that say nowhere what they are called.

use super::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn check(book: &Book<'_>, findings: &mut Vec<Diagnostic>) {
    for published in &book.site.pages {
        let page = &published.page;
        if page.meta.title.is_some() || page.content_title.is_some() {
            continue;
        }
        let message = format!("this page has no title, so it is called `{}` after its file", published.title);
        let help = "Begin the file with `---`, a line `title: …`, and `---`.";
        findings.push(Diagnostic::new(Code::MissingTitle, &page.path, Span::default(), message).with_help(help));
    }
}
