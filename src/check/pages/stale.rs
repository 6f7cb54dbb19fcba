//! Pages that nobody has touched for years, as far as git knows.

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Day, Shift};
use crate::source::Span;

/// After how many years a page is due to be read again.
const YEARS: i32 = 3;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let path = &page_context.page.path;
    let Some(change) = context.history.get(path.on_disk()) else { return };
    let limit = context.today.after(Shift { months: -12 * YEARS, days: 0 });
    if Day::read(&change.date).is_none_or(|changed| changed >= limit) {
        return;
    }
    let message = format!("nobody has touched this page since {}", change.date);
    let help = "Read it again: is it still true?";
    findings.push(Diagnostic::new(Code::StalePage, path, Span::default(), message).with_help(help));
}
