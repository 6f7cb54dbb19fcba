//! Formulas that can't be read, between dollar signs and in blocks of code called `math`.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::formula::{FormulaFault, to_mathml};
use crate::source::Span;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = context.page;
    let between_signs = page.formulas.iter().map(|formula| (&formula.tex, formula.span));
    let blocks = page.code.iter().filter(|code| code.is_formula()).map(|code| (&code.text, code.span));
    for (tex, span) in between_signs.chain(blocks) {
        let Err(FormulaFault { what, written }) = to_mathml(tex, true) else { continue };
        let place =
            written.as_deref().and_then(|written| span.of(&page.text).find(written).map(|at| (at, written.len())));
        let place = place.map_or(span, |(at, length)| Span::new(span.start + at, span.start + at + length));
        let message = match written {
            Some(written) => format!("the formula is shown as it is written: `{written}`: {what}"),
            None => format!("the formula is shown as it is written: {what}"),
        };
        let help = "Correct it, or write `\\$` for a dollar sign that is none of a formula.";
        findings.push(Diagnostic::new(Code::UnreadFormula, &page.path, place, message).with_help(help));
    }
}
