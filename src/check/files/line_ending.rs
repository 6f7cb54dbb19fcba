//! Files that mix two kinds of line endings.

use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, counted};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    for source in context.sources {
        let text = &*source.text;
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            continue;
        }
        let windows = text.matches("\r\n").count();
        let all = text.bytes().filter(|&b| b == b'\n').count();
        if windows == 0 || windows == all {
            continue;
        }
        let to_windows = windows * 2 > all;
        let mut edits = Vec::new();
        for (at, _) in text.match_indices('\n') {
            let has_return = text[..at].ends_with('\r');
            if to_windows && !has_return {
                edits.push(Edit { span: Span::at(at), replacement: "\r".into() });
            } else if !to_windows && has_return {
                edits.push(Edit { span: Span::new(at - 1, at), replacement: String::new() });
            }
        }
        let Some(first) = edits.first().map(|edit| edit.span) else { continue };
        let (few, many) = if to_windows { ("Unix", "Windows") } else { ("Windows", "Unix") };
        let verb = if edits.len() == 1 { "ends" } else { "end" };
        let lines = counted(edits.len(), "line");
        let message = format!("{lines} of this file {verb} as on {few}, the others as on {many}");
        let title = format!("end every line as on {many}");
        let finding = Diagnostic::new(Code::MixedLineEndings, &source.path, first, message);
        findings.push(
            finding
                .with_identity(few)
                .with_help("Readers don't see it, but it makes changes hard to compare.")
                .with_fix(Fix { title, edits }),
        );
    }
}
