//! One finding in one line, `path:line:column: severity: message`, as editors and
//! people read it, and its help on a line of its own.

use crate::diagnostic::Diagnostic;
use crate::source::LineColumn;

/// The finding as text, without a final line end. `text` is the file that it speaks of, which people know as `shown`.
pub fn line(diagnostic: &Diagnostic, shown: &str, text: &str) -> String {
    let LineColumn { line, column } = LineColumn::of(text, diagnostic.span.start);
    let Diagnostic { severity, message, .. } = diagnostic;
    let mut told = format!("{shown}:{line}:{column}: {}: {message}", severity.as_str());
    for help in diagnostic.help.iter().flat_map(|help| help.lines()) {
        told.push_str("\n  help: ");
        told.push_str(help);
    }
    told
}
