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
    commands(found);
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
    let is_block = !formula.contains("\n\n") && !formula.contains('`');
    let starts_line = text[..at].rsplit('\n').next().is_some_and(|before| before.trim_matches([' ', '>']).is_empty());
    let after = inner[close + 2..].split('\n').next().unwrap_or_default();
    let is_alone = starts_line && after.trim_matches([' ', '.', ',', '\r']).is_empty();
    // Signs alone on their lines are nothing else.
    let on_own_lines = formula.starts_with(['\n', '\r']) && formula.ends_with('\n') && !formula.trim().is_empty();
    let is_formula = holds_command(formula)
        || formula.contains("^{")
        || formula.contains("_{")
        || (is_alone && (on_own_lines || formula.contains(" = ") || holds_power(formula)));
    (is_block && is_formula).then_some(close + 4)
}

/// The length of `$…$` on one line, where that is a formula.
fn in_line(text: &str, at: usize) -> Option<usize> {
    let line = rest_of_line(text, at + 1);
    let close = line.find('$')?;
    let formula = &line[..close];
    let is_tight = !formula.is_empty() && !formula.starts_with(' ') && !formula.ends_with(' ');
    let ends = !line[close + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_plain = formula.starts_with(|c: char| c.is_ascii_alphabetic() || c == '(')
        && formula.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')' || c == '}');
    let is_formula = holds_command(formula) || (is_plain && holds_power(formula));
    (is_tight && ends && !formula.contains('`') && is_formula).then_some(close + 2)
}

/// Whether a text holds a letter or a bracket with a power: `x^2`, `(a+b)^{n}`.
fn holds_power(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'^', bytes).any(|at| {
        let before =
            at.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_alphanumeric() || b")}".contains(&bytes[at]));
        let after = bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || b"{(-".contains(b));
        before && after
    })
}

/// Commands of LaTeX that stand in text, and formulas between `\\(` and `\\)`.
fn commands(found: &mut Found<'_>) {
    const IN_TEXT: [&str; 9] =
        ["begin{", "cite{", "emph{", "footnote{", "includegraphics", "section{", "subsection{", "textbf{", "textit{"];
    let (text, body, mut past) = (found.prose.text, found.prose.body, 0);
    for at in memchr::memchr_iter(b'\\', &text.as_bytes()[body..]).map(|at| body + at) {
        if at < past {
            continue;
        }
        let line = rest_of_line(text, at + 1);
        let close = match line.as_bytes().first() {
            Some(b'(') => line.find("\\)"),
            Some(b'[') => line.find("\\]"),
            _ => None,
        };
        if let Some(close) = close.filter(|close| holds_command(&line[..*close])) {
            past = at + close + 3;
            found.note(ForeignMark::Maths, Span::new(at, past), None);
        } else if let Some(command) = IN_TEXT.iter().find(|command| line.starts_with(**command)) {
            let end = line.find('}').map_or(command.len(), |end| end + 1);
            past = at + 1 + end;
            found.note(ForeignMark::Latex, Span::new(at, past), None);
        }
    }
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
        for text in ["$5 and $6", "$HOME and $PATH", "$HOME\\bin$", "$ \\frac{1}{2} $", "$x$", "$5^2", "$C:\\Users$"] {
            assert_eq!(in_line(text, 0), None, "{text}");
        }
        assert_eq!(in_line("$\\frac{a}{b}$ is", 0), Some(13));
        assert_eq!(shown("$$\na \\leq b\n$$\n", 0), Some(14));
        assert_eq!(shown("$$\nx + y\n$$\n", 0), Some(11));
        assert_eq!(shown("$$\n$$\n", 0), None);
        assert_eq!(shown("$$ and $$", 0), None);
        assert_eq!(shown("$$E = mc^2$$\n", 0), Some(12));
        assert_eq!(shown("$$a; x $$ b", 0), None);
        assert_eq!(in_line("$x^2$", 0), Some(5));
        assert_eq!(in_line("$A_B/$C_D", 0), None);
    }
}
