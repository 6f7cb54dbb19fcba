//! Diagrams that can't be drawn, each told at the line of its source.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::CodeBlock;
use crate::source::Span;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = context.page;
    for code in page.code.iter().filter(|code| code.is_diagram()) {
        let Err(fault) = bokworm_diagram::draw(&code.text) else { continue };
        let message = format!("this diagram is shown as it is written: {}", fault.message);
        let help = "Correct it, or call the block `text` if its source is to be shown.";
        let span = line(&page.text, code, fault.line);
        findings.push(Diagnostic::new(Code::UndrawnDiagram, &page.path, span, message).with_help(help));
    }
}

/// Where a line of a block stands, below that of its fence.
fn line(text: &str, code: &CodeBlock, number: usize) -> Span {
    let mut start = code.span.start;
    for (at, line) in code.span.of(text).split_inclusive('\n').enumerate() {
        let said = line.trim();
        if at == number + 1 && !said.is_empty() {
            let from = start + line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
            return Span::new(from, (start + line.trim_end().len()).max(from));
        }
        start += line.len();
    }
    code.span
}
