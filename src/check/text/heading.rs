//! Headings that skip a level, and pages with two titles.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = context.page;
    let mut before = 1;
    let mut title = page.meta.title.as_ref().filter(|title| !title.is_empty() && page.content_title.is_none());
    let mut first_heading: Option<&String> = None;
    for heading in &page.headings {
        if heading.level > before + 1 {
            let message = format!(
                "`{}` is a heading of level {}, but the one above it is of level {before}",
                heading.text, heading.level
            );
            let help = format!("Write `{} {}`.", "#".repeat(usize::from(before) + 1), heading.text);
            let finding = Diagnostic::new(Code::SkippedHeading, &page.path, heading.span, message);
            findings.push(finding.with_identity(&*heading.text).with_help(help));
        }
        before = heading.level;
        if heading.level > 1 {
            continue;
        }
        match title.take().or(first_heading) {
            // Told once a page: whoever mends one sees the others.
            Some(first) if !first.is_empty() => {
                let message = format!("`{}` is a second title: the page is called `{first}`", heading.text);
                let help = format!("Write `## {}`.", heading.text);
                let finding = Diagnostic::new(Code::SecondTitle, &page.path, heading.span, message);
                findings.push(finding.with_help(help));
                break;
            }
            _ => first_heading = Some(&heading.text),
        }
    }
}
