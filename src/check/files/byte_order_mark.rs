//! A byte order mark at the start of a file: invisible, and not every program skips it.

use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    for source in context.sources.iter().filter(|source| source.text.starts_with('\u{feff}')) {
        let message = "this file begins with an invisible mark, a byte order mark";
        let span = Span::new(0, '\u{feff}'.len_utf8());
        let fix = Fix { title: "remove the mark".into(), edits: vec![Edit { span, replacement: String::new() }] };
        let finding = Diagnostic::new(Code::ByteOrderMark, &source.path, span, message);
        findings.push(finding.with_help("Nothing is lost without it; some programs stumble over it.").with_fix(fix));
    }
}
