//! Pages that say nowhere what they are called.

use super::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = page_context.page;
    if page.meta.title.is_some() || page.content_title.is_some() {
        return;
    }
    let message = format!(
        "this page has no title, so it is called `{}` after its file",
        context.site.pages[page_context.id].title
    );
    let help = "Begin the file with `---`, a line `title: …`, and `---`.";
    findings.push(Diagnostic::new(Code::MissingTitle, &page.path, Span::default(), message).with_help(help));
}
