//! Formulas between dollar signs, as GitHub has them: `$x^2$` in a line, `$$…$$` by itself, perhaps over several lines. Prices
//! and variables of a shell stand between dollar signs, too: a formula is only what looks like one. `` $`…`$ `` always is.

use std::ops::Range;

use super::scan::{Line, Mode, Scan};
use crate::page::facts::Formula;
use crate::page::markdown::component_marks::Mark;
use crate::source::Span;

/// No formula is longer.
const LONGEST: usize = 4_000;

/// What stands before one on its line is looked at so far.
const LONGEST_BEFORE: usize = 200;

/// Commands that no folder is called by, beside those that a brace follows.
const COMMANDS: &[&str] = &[
    "Delta",
    "Gamma",
    "Leftrightarrow",
    "Omega",
    "Phi",
    "Pi",
    "Psi",
    "Rightarrow",
    "Sigma",
    "Theta",
    "alpha",
    "approx",
    "bar",
    "beta",
    "binom",
    "bmod",
    "cap",
    "cdot",
    "cdots",
    "chi",
    "circ",
    "colon",
    "cos",
    "cup",
    "delta",
    "div",
    "dots",
    "ell",
    "emptyset",
    "epsilon",
    "equiv",
    "eta",
    "exists",
    "exp",
    "forall",
    "frac",
    "gamma",
    "ge",
    "geq",
    "gg",
    "hat",
    "iff",
    "iint",
    "implies",
    "in",
    "infty",
    "int",
    "kappa",
    "lambda",
    "land",
    "langle",
    "lceil",
    "ldots",
    "le",
    "left",
    "leftarrow",
    "leq",
    "lfloor",
    "lim",
    "ll",
    "ln",
    "log",
    "lor",
    "lvert",
    "mapsto",
    "max",
    "mid",
    "min",
    "mp",
    "mu",
    "nabla",
    "ne",
    "neg",
    "neq",
    "ni",
    "notin",
    "nu",
    "oint",
    "omega",
    "oplus",
    "otimes",
    "partial",
    "perp",
    "phi",
    "pi",
    "pm",
    "prime",
    "prod",
    "propto",
    "psi",
    "qquad",
    "quad",
    "rho",
    "rightarrow",
    "setminus",
    "sigma",
    "sim",
    "simeq",
    "sin",
    "sqrt",
    "subset",
    "subseteq",
    "sum",
    "supset",
    "supseteq",
    "tan",
    "tau",
    "theta",
    "times",
    "to",
    "varepsilon",
    "varphi",
    "vec",
    "vee",
    "wedge",
    "xi",
    "zeta",
];

/// Whether a body may hold a formula: whether a sign in it may end one. Code is full of signs, of which hardly any can.
pub(super) fn occurs(body: &[u8]) -> bool {
    memchr::memchr_iter(b'$', body).any(|at| {
        let is_tight = at > 0 && !body[at - 1].is_ascii_whitespace();
        is_tight && body.get(at + 1).is_none_or(|after| !after.is_ascii_alphanumeric() && !b"$({[_".contains(after))
    })
}

/// Whether a formula may begin a text.
pub(super) fn begins(text: &[u8]) -> bool {
    text.get(1).is_some_and(|next| !next.is_ascii_whitespace()) || text.starts_with(b"$$")
}

/// What was read as a formula: where it ends, and where its source stands.
struct Found {
    end: usize,
    tex: Range<usize>,
    alone: bool,
}

impl Scan<'_> {
    /// Reads a formula, and puts a token in its place; passes the sign where it begins none.
    pub(super) fn formula(&mut self, line: &mut Line) {
        let at = line.at;
        let pass = self.text[at..].bytes().take_while(|b| *b == b'$').count();
        line.at += pass;
        let before = self.before(at);
        if line.mode == Mode::Html || !may_open(before) || in_html_code(before) {
            return;
        }
        let end = if line.mode == Mode::Line { line.end } else { self.formula_limit(at) };
        let text = &self.text[..end];
        let found = match &text.as_bytes()[at..] {
            [b'$', b'$', ..] => alone(text, at),
            [b'$', b'`', ..] => quoted(text, at),
            _ => in_line(text, at),
        };
        // What was looked at in vain is not looked at for ever.
        self.budget = self.budget.saturating_sub(if found.is_none() { end - at } else { 0 });
        let Some(found) = found else { return };
        let tex = without_marks(&self.text[found.tex.clone()]);
        let range = at..found.end;
        let formula = Formula { tex, alone: found.alone, span: Span::from(range.clone()).shifted(self.offset) };
        let mark = Mark {
            opening: None,
            self_closing: true,
            key: String::new(),
            range: range.clone(),
            meant: true,
            formula: Some(formula),
        };
        let mark = self.mark(None, mark);
        let token = self.token(mark, false);
        line.visible = true;
        line.end = self.line_end(line, range.end);
        (line.at, line.seen, line.start) = (range.end, range.end, range.end);
        self.edit(range, token);
    }

    /// What stands on a line before a place, or the end of it.
    fn before(&self, at: usize) -> &str {
        let mut start = at.saturating_sub(LONGEST_BEFORE);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let before = &self.text[start..at];
        before.rsplit('\n').next().unwrap_or(before)
    }

    /// As far as a formula may go: up to a blank line, and not for ever.
    fn formula_limit(&mut self, at: usize) -> usize {
        let mut end = self.blank_line(at).min(at + LONGEST.min(self.budget)).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        end.max(at + 1)
    }
}

/// Whether a formula may begin behind a text: not right after a letter or a digit, but for those that know no spaces.
fn may_open(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '$' && c != '\\' || is_without_spaces(c))
}

/// Whether a text may go on behind a formula.
fn may_close(after: &str) -> bool {
    after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !"$({[_".contains(c) || is_without_spaces(c))
}

/// Whether a letter is of a script that sets no spaces between words.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether an element of HTML that shows code is open at the end of a line's beginning.
fn in_html_code(before: &str) -> bool {
    ["code", "kbd", "samp", "tt", "var"].iter().any(|name| {
        let opened = before.rfind(&format!("<{name}"));
        opened.is_some_and(|at| !before[at..].contains(&format!("</{name}")))
    })
}

/// `` $`…`$ ``
fn quoted(text: &str, at: usize) -> Option<Found> {
    let inner = &text[at + 2..];
    let length =
        inner.find("`$").filter(|length| !inner[..*length].trim().is_empty() && !inner[..*length].contains('`'))?;
    let end = at + 2 + length + 2;
    may_close(&text[end..]).then_some(Found { end, tex: at + 2..at + 2 + length, alone: false })
}

/// `$$…$$`
fn alone(text: &str, at: usize) -> Option<Found> {
    let inner = &text[at + 2..];
    let length = close(inner, "$$")?;
    let tex = &inner[..length];
    let starts_line = text[..at].rsplit('\n').next().is_some_and(|line| line.trim_matches([' ', '\t', '>']).is_empty());
    let after = inner[length + 2..].split('\n').next().unwrap_or_default();
    let is_alone = starts_line && after.trim_matches([' ', '.', ',', ';', '\r']).is_empty();
    // Signs alone on their lines are nothing else.
    let on_own_lines =
        is_alone && tex.starts_with(['\n', '\r']) && tex.trim_end_matches([' ', '\t', '>']).ends_with('\n');
    let is_formula = on_own_lines || says_formula(tex) || (is_alone && is_calculation(tex.trim()));
    let end = at + 2 + length + 2;
    (is_formula && !tex.trim().is_empty() && !tex.contains('`') && may_close(&text[end..])).then_some(Found {
        end,
        tex: at + 2..end - 2,
        alone: true,
    })
}

/// `$…$`
fn in_line(text: &str, at: usize) -> Option<Found> {
    let inner = &text[at + 1..];
    let length = close(inner, "$")?;
    let tex = &inner[..length];
    let end = at + length + 2;
    let is_tight = !tex.is_empty() && !tex.starts_with(char::is_whitespace) && !tex.ends_with(char::is_whitespace);
    let is_formula = says_formula(tex) || is_calculation(tex);
    (is_tight && is_formula && !tex.contains('`') && may_close(&text[end..])).then_some(Found {
        end,
        tex: at + 1..end - 1,
        alone: false,
    })
}

/// Where a sign stands that is not escaped, not inside braces, and in the same paragraph of a quote.
fn close(inner: &str, sign: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'\n' if is_blank(&inner[at + 1..]) => return None,
            b'$' if depth == 0 => return inner[at..].starts_with(sign).then_some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether a line holds nothing but marks of quotes.
fn is_blank(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '\r', '>']).starts_with('\n')
}

/// Whether a text holds what only formulas hold: a command, a power, an index of one letter.
fn says_formula(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    let command = tex.match_indices('\\').any(|(at, _)| {
        let rest = &tex[at + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let is_sign = length == 0 && rest.starts_with([',', ';', '!', ':', '{', '}', '|', '\\']);
        let is_known = COMMANDS.contains(&&rest[..length]) && !rest[length..].starts_with('\\');
        is_sign || (length > 0 && (at == 0 || rest[length..].starts_with('{') || is_known))
    });
    command
        || memchr::memchr2_iter(b'^', b'_', bytes).any(|at| {
            let before = &bytes[..at];
            let run = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
            let is_number = run > 0 && bytes[at] == b'^' && before[at - run..].iter().all(u8::is_ascii_digit);
            let based = run == 1 || is_number || (run == 0 && before.last().is_some_and(|b| b")}]|'".contains(b)));
            let goes_on = bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || b"{\\*+-'".contains(b));
            based && goes_on && !holds_words(tex)
        })
}

/// Whether words stand side by side, as in a sentence.
fn holds_words(tex: &str) -> bool {
    let is_word = |part: &str| part.len() > 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    tex.split(' ').filter(|part| is_word(part)).count() > 1
}

/// Whether a text is a letter, a number, or some with signs between them: `n`, `x = 2`, `f(x)`. No words.
fn is_calculation(tex: &str) -> bool {
    // `$2b$` begins a password's hash.
    let is_word = tex.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_word && tex.starts_with(|c: char| c.is_ascii_digit()) && tex.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let (mut operands, mut beside, mut has_sign) = (0, false, false);
    let mut at = 0;
    let bytes = tex.as_bytes();
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'.').count();
        if run > 0 {
            let word = &tex[at..at + run];
            let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
            if letters > 2 || beside || word.starts_with('.') || word.ends_with('.') {
                return false;
            }
            operands += 1;
            has_sign |= letters < 2;
            beside = true;
            at += run;
            continue;
        }
        match bytes[at] {
            b' ' => {}
            b'+' | b'-' | b'*' | b'/' | b'=' | b'<' | b'>' | b',' | b'(' | b'|' | b'[' | b':' => {
                beside = false;
                has_sign |= !matches!(bytes[at], b',' | b':' | b'/');
            }
            b')' | b']' | b'\'' | b'!' => beside = true,
            _ => return false,
        }
        at += 1;
    }
    let ends = bytes.last().is_some_and(|b| b.is_ascii_alphanumeric() || b")]'!|".contains(b));
    let begins = bytes.first().is_some_and(|b| b.is_ascii_alphanumeric() || b"([|-".contains(b));
    operands > 0 && has_sign && begins && ends
}

/// Source without the marks of quotes before its lines.
fn without_marks(tex: &str) -> String {
    if !tex.contains('\n') {
        return tex.trim().to_owned();
    }
    let lines = tex.split('\n').enumerate().map(|(number, line)| {
        let line = line.trim_end_matches('\r');
        if number == 0 {
            line
        } else {
            line.trim_start_matches([' ', '\t']).trim_start_matches("> ").trim_start_matches('>')
        }
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::page::{self, Dialect};
    use crate::source::{Source, SourcePath};

    fn formulas(text: &str) -> Vec<String> {
        let source = Source { path: SourcePath::content("a.md"), text: text.into() };
        let page = page::parse(&source, Dialect::OWN);
        page.formulas.iter().map(|formula| formula.tex.clone()).collect()
    }

    #[test]
    fn prices_and_variables_are_no_formulas() {
        for text in [
            "It costs $5 and $6.",
            "from $5 to $10, or 5$ to 6$.",
            "US$5 to US$6, (US$)",
            "between $5 and 6$",
            "$HOME and $PATH, $HOME/$USER, ${A}_$B",
            "$HOME\\bin$",
            "$C:\\Users$",
            "$A_B/$C_D",
            "$MY_VAR$ and $name$",
            "$Id$",
            "hashes that begin with $2b$",
            "$ x $",
            "$5-$10, $5/$6",
            "kill $$ and $$",
            "echo $1 $2 $@ $?",
            "`$x$`, <code>$x$</code>",
            "\\$x$ and \\$5$",
            "jQuery: $(\"a\") and $(\"b\")",
            "```\n$x$\n```\n\n    $y$\n",
            "<div>\n$x$\n</div>",
            "a$x$b",
            "The $total is 5$, the $sum$ too",
        ] {
            assert_eq!(formulas(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_looks_like_one_is_a_formula() {
        for (text, tex) in [
            ("Let $n$ be", "n"),
            ("($x = 2$)", "x = 2"),
            ("**$a_1 b_1$**", "a_1 b_1"),
            ("$x\\,dx$.", "x\\,dx"),
            ("for $0 \\le i < n$,", "0 \\le i < n"),
            ("$\\text{if $x$}$", "\\text{if $x$}"),
            ("$10^{6}$", "10^{6}"),
            ("$f(x) = y'$", "f(x) = y'"),
            ("长度为$n$的", "n"),
            ("$`US$`$ is", "US$"),
            ("$$\nE = mc^2 \\\\\n- x\n$$", "E = mc^2 \\\\\n- x"),
            ("> $$\n> x\n> $$", "x"),
            ("- a\n\n  $$x^2$$\n", "x^2"),
            ("| a | b |\n| - | - |\n| $|x|^2$ | c |\n", "|x|^2"),
            ("$\\foo{x}$", "\\foo{x}"),
            ("a $x^2 +\ny^2$ b", "x^2 +\ny^2"),
        ] {
            let expected = if text.starts_with("$`") { "US$" } else { tex };
            assert_eq!(formulas(text), [expected], "{text}");
        }
    }

    #[test]
    fn many_signs_are_read_in_time() {
        for sign in ["$", "$$ ", "$`", "$x", "$\\{", "a $x_{", "$$x\n"] {
            formulas(&sign.repeat(5_000));
        }
    }
}
