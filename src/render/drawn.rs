//! What is drawn of a page's text: formulas and diagrams. What can't be read is shown as it is written; `check` tells of it.

use crate::formula::to_mathml;
use crate::highlight::Highlighter;
use crate::html::{push_attribute, push_text};
use crate::page::{CodeBlock, Formula};

/// A formula in a text.
pub(super) fn formula(formula: &Formula) -> String {
    to_mathml(&formula.tex, formula.alone).unwrap_or_else(|_| {
        let mut out = "<code>".to_owned();
        push_text(&mut out, &formula.tex);
        out + "</code>"
    })
}

/// A block of code: drawn, or with colours.
pub(super) fn block(highlighter: &Highlighter, code: &CodeBlock) -> String {
    let drawn = if code.is_formula() {
        to_mathml(code.text.trim(), true).ok()
    } else if code.is_diagram() {
        bokworm_diagram::draw(&code.text).ok().map(|svg| format!("<div class=\"drawing\" tabindex=\"0\">{svg}</div>"))
    } else {
        None
    };
    match (drawn, &code.title) {
        (None, _) => highlighter.block(code),
        (Some(drawn), None) => drawn,
        (Some(drawn), Some(title)) => {
            let mut out = "<figure><figcaption>".to_owned();
            push_attribute(&mut out, title);
            out + "</figcaption>" + &drawn + "</figure>"
        }
    }
}
