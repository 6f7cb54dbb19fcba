//! Formulas between dollar signs: only what can't be prices, or names of variables in a shell.

use super::found::{ForeignMark, Found, rest_of_line};
use crate::source::Span;

/// No formula is longer.
const LONGEST: usize = 2_000;

/// Commands that stand in formulas and in no path.
const COMMANDS: [&str; 44] = [
    "alpha",
    "approx",
    "bar",
    "begin",
    "beta",
    "bmod",
    "cdot",
    "cdots",
    "delta",
    "epsilon",
    "eta",
    "forall",
    "frac",
    "gamma",
    "geq",
    "hat",
    "in",
    "infty",
    "int",
    "lambda",
    "ldots",
    "left",
    "leq",
    "lim",
    "log",
    "mathbb",
    "mathbf",
    "mathcal",
    "mathit",
    "mathrm",
    "mu",
    "neq",
    "omega",
    "partial",
    "phi",
    "pi",
    "prod",
    "rightarrow",
    "sigma",
    "sqrt",
    "sum",
    "text",
    "theta",
    "times",
];

pub(super) fn find(found: &mut Found<'_>) {
    let prose = found.prose;
    let (text, bytes) = (prose.text, prose.text.as_bytes());
    let mut past = prose.body;
    for at in memchr::memchr_iter(b'$', &bytes[prose.body..]).map(|at| prose.body + at) {
        if at < past || prose.is_hidden(at) {
            continue;
        }
        let length = if bytes.get(at + 1) == Some(&b'$') { shown(text, at) } else { in_line(text, at) };
        if let Some(length) = length {
            past = at + length;
            found.note(ForeignMark::Maths, Span::new(at, past), None);
        } else if bytes.get(at + 1) == Some(&b'$') {
            past = at + 2;
        }
    }
}

/// The length of `$$…$$` at a place, where that is a formula.
fn shown(text: &str, at: usize) -> Option<usize> {
    let mut end = (at + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let inner = &text[at + 2..end];
    let close = inner.find("$$")?;
    let formula = &inner[..close];
    // Signs on lines of their own are nothing else.
    let begins = text[..at].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
    let ends = inner[close + 2..].lines().next().is_none_or(|after| after.trim().is_empty());
    let on_own_lines = formula.starts_with(['\n', '\r']) && formula.ends_with('\n') && begins && ends;
    let is_block = !formula.contains("\n\n") && !formula.contains('`');
    (is_block
        && (on_own_lines && !formula.trim().is_empty()
            || holds_command(formula)
            || formula.contains("^{")
            || formula.contains("_{")))
    .then_some(close + 4)
}

/// The length of `$…$` on one line, where that is a formula.
fn in_line(text: &str, at: usize) -> Option<usize> {
    let line = rest_of_line(text, at + 1);
    let close = line.find('$')?;
    let formula = &line[..close];
    let is_tight = !formula.is_empty() && !formula.starts_with(' ') && !formula.ends_with(' ');
    let ends = !line[close + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_tight && ends && !formula.contains('`') && holds_command(formula)).then_some(close + 2)
}

/// Whether a text holds a command of LaTeX.
fn holds_command(text: &str) -> bool {
    text.split('\\').skip(1).any(|rest| {
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        COMMANDS.contains(&&rest[..length])
    })
}

#[cfg(test)]
mod tests {
    use super::{in_line, shown};

    #[test]
    fn prices_and_variables_are_no_formulas() {
        for text in ["$5 and $6", "$HOME and $PATH", "$HOME\\bin$", "$ \\frac{1}{2} $", "$x$", "$C:\\Users$"] {
            assert_eq!(in_line(text, 0), None, "{text}");
        }
        assert_eq!(in_line("$\\frac{a}{b}$ is", 0), Some(13));
        assert_eq!(shown("$$\na \\leq b\n$$\n", 0), Some(14));
        assert_eq!(shown("$$\nx^2\n$$\n", 0), Some(9));
        assert_eq!(shown("$$ and $$", 0), None);
        assert_eq!(shown("$$\n$$\n", 0), None);
    }
}
