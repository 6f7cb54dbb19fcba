//! Addresses in running text that are no links, since something slipped in how they begin: `htttps://`, `https:/`.

use super::address::of_scheme;
use crate::check::context::TextContext;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Span;

/// No scheme is longer, with a slip or two in it.
const LONGEST: usize = 8;

/// What is longer isn't shown.
const FARTHEST: usize = 300;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let text = prose.text;
    for at in prose.places(":/") {
        let letters = text.as_bytes()[..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let start = at - letters;
        if !(4..=LONGEST).contains(&letters) || prose.is_hidden(at) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let written = rest.split(|c: char| c.is_whitespace() || "()[]<>\"'`|".contains(c)).next().unwrap_or_default();
        let written = written.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let Some(slip) = of_scheme(written).filter(|_| written.len() < FARTHEST) else { continue };
        let span = Span::new(start, start + written.len());
        // A link's own address is judged with it.
        let in_link = page.links.iter().any(|link| link.span.whole.start <= start && start < link.span.whole.end);
        let Some(meant) = slip.meant.filter(|_| !in_link) else { continue };
        let finding = Diagnostic::new(slip.code, &page.path, span, slip.message).with_help(slip.help);
        findings.push(finding.with_fix(Fix::replace(span, meant)));
    }
}
