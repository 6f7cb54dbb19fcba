//! Pages that nobody has touched for years, as far as git knows.

use super::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// After how many years a page is due to be read again.
const YEARS: u32 = 3;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let path = &page_context.page.path;
    let Some(change) = context.history.get(path.on_disk()) else { return };
    let Some((year, day)) = context.today.split_once('-') else { return };
    let Ok(year) = year.parse::<u32>() else { return };
    let limit = format!("{:04}-{day}", year.saturating_sub(YEARS));
    if change.date >= limit {
        return;
    }
    let message = format!("nobody has touched this page since {}", change.date);
    let help = "Read it again: is it still true?";
    findings.push(Diagnostic::new(Code::StalePage, path, Span::default(), message).with_help(help));
}
