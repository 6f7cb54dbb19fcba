//! Pages that say nowhere what they are called.

use super::{Book, Sheet};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn check(book: &Book<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Diagnostic>) {
    let page = sheet.page;
    if page.meta.title.is_some() || page.content_title.is_some() {
        return;
    }
    let message =
        format!("this page has no title, so it is called `{}` after its file", book.site.pages[sheet.id].title);
    let help = "Begin the file with `---`, a line `title: …`, and `---`.";
    findings.push(Diagnostic::new(Code::MissingTitle, &page.path, Span::default(), message).with_help(help));
}
