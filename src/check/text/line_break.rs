//! `\n` in a text, which a program wrote where a line was to end: readers see it. Talk of it, and paths, are left alone.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let mut last = 0;
    for at in prose.places("\\n").filter(|at| !prose.is_hidden(*at)) {
        if at < last {
            continue;
        }
        let length = breaks(&prose.text[..at], &prose.text[at..]);
        last = at + length;
        if length > 0 {
            let span = Span::new(at, last);
            let message = format!("`{}` is shown as it stands: it ends a line only in programs", span.of(prose.text));
            let finding = Diagnostic::new(Code::UnreadMark, &page.path, span, message);
            findings
                .push(finding.with_help("Begin a new line in its place, and leave a blank one for a new paragraph."));
        }
    }
}

/// How long the signs are, if they stand where a line was to end: behind a word or a sentence, before another.
fn breaks(before: &str, rest: &str) -> usize {
    let after = rest.trim_start_matches("\\n");
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_path = word.contains('\\') || word.contains(":/");
    let follows = before.ends_with(|c: char| c.is_alphabetic() || matches!(c, '.' | ',' | ':' | '!' | '?' | ')'));
    let is_text = after.starts_with(|c: char| c.is_uppercase()) || after.starts_with("- ") || after.starts_with("* ");
    let next = after.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    // `\nSecond.\nThird` goes on.
    if follows && is_text && !is_path && !next.replace("\\n", "").contains('\\') { rest.len() - after.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::breaks;

    #[test]
    fn the_end_of_a_line_is_told_from_paths_and_commands() {
        for (before, rest) in [("Water early.", "\\nPrune"), ("Water early.", "\\n\\nPrune"), ("Needs:", "\\n- a")] {
            assert!(breaks(before, rest) > 0, "{before}{rest}");
        }
        for (before, rest) in [
            ("C:", "\\new"),
            ("in C:\\old", "\\nNew"),
            ("ends with ", "\\n"),
            ("a", "\\nabla"),
            ("$", "\\nu$"),
            ("a ", "\\n b"),
            ("\\\\server", "\\notes"),
        ] {
            assert_eq!(breaks(before, rest), 0, "{before}{rest}");
        }
    }
}
