//! Pages that say nowhere what they are called.

use serde_json::Value;

use super::unread_front_matter;
use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = page_context.page;
    let is_told_already = matches!(page.meta.data.get("title"), Some(Value::Array(_) | Value::Object(_)));
    if page.meta.title.is_some() || page.content_title.is_some() || is_told_already {
        return;
    }
    // A file in which nothing stands lacks more than a title.
    if page.text.trim().is_empty() {
        return;
    }
    // Its title may stand among keys that nobody reads.
    if unread_front_matter::find(page_context).is_some() {
        return;
    }
    let message = format!(
        "this page has no title, so it is called `{}` after its file",
        context.site.pages[page_context.id].title
    );
    let help = "Begin the file with `---`, a line `title: …`, and `---`.";
    findings.push(Diagnostic::new(Code::MissingTitle, &page.path, Span::default(), message).with_help(help));
}
