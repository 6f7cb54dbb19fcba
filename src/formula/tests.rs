//! Formulas of many kinds are read, hostile ones do nothing, and what can't be read is told.

use super::*;

/// One of each kind.
const READ: &[&str] = &[
    r"x^2 + y_1 = z",
    r"\frac{a}{b + c}",
    r"\sqrt{x} + \sqrt[3]{y}",
    r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
    r"\prod_{k=1}^{m} (1 + r_k)",
    r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
    r"\left( \frac{a}{b} \right)^2",
    r"\left\{ x \in \mathbb{R} \mid x > 0 \right\}",
    r"\alpha, \beta, \gamma, \Gamma, \Omega, \varepsilon",
    r"\mathbb{R} \subset \mathbb{C}, \mathcal{L}, \mathfrak{g}, \mathsf{T}, \mathtt{x}, \mathscr{F}",
    r"\mathbf{v} \cdot \mathbf{w}, \mathrm{d}x, \mathit{word}",
    r"\text{risk} = \text{likelihood} \times \text{impact}",
    r"\operatorname{argmax}_x f(x)",
    r"\operatorname*{argmin}_{\theta} L(\theta)",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}",
    r"\begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}",
    r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    r"\begin{align*} a &= b \\ c &= d \end{align*}",
    r"\begin{array}{lcr} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}",
    r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
    r"\begin{gathered} a = b \\ c = d \end{gathered}",
    r"\begin{split} a &= b \\ &= c \end{split}",
    r"\hat{x}, \bar{y}, \tilde{z}, \vec{v}, \dot{x}, \ddot{x}",
    r"\overline{AB}, \underline{x}, \widehat{abc}, \widetilde{xyz}",
    r"\overbrace{a + b}^{n} + \underbrace{c + d}_{m}",
    r"\overset{!}{=}, \underset{x}{\max}, \stackrel{def}{=}",
    r"a \leq b \geq c \neq d \approx e \equiv f \sim g \propto h",
    r"A \cup B \cap C \setminus D \subseteq E \in F \notin G \emptyset",
    r"p \land q \lor \neg r \implies s \iff t",
    r"\forall x \exists y : x < y",
    r"f \colon A \to B, x \mapsto x^2",
    r"a \xrightarrow{f} b \xleftarrow[g]{h} c",
    r"\nabla \times \mathbf{E} = -\frac{\partial \mathbf{B}}{\partial t}",
    r"E = mc^2",
    r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}",
    r"\mathbb{E}[X] = \mu, \operatorname{Var}(X) = \sigma^2",
    r"O(n \log n)",
    r"x_1, x_2, \ldots, x_n \quad \cdots \quad \vdots \quad \ddots",
    r"a \bmod n, a \pmod{n}, \gcd(a, b)",
    r"\lfloor x \rfloor, \lceil y \rceil, \lVert v \rVert, \langle u, v \rangle",
    r"\big( \Big( \bigg( \Bigg(",
    r"x' + x'' + f^{\prime}",
    r"a\,b\;c\:d\!e\quad f\qquad g",
    r"\color{red} x",
    r"\textcolor{blue}{x + 1}",
    r"\cancel{x}",
    r"\dfrac{1}{2} \tfrac{1}{2} \cfrac{1}{1 + \cfrac{1}{x}}",
    r"\iint_D f \, dA, \oint_C",
    r"\displaystyle\sum_{i} x_i",
    r"10\%, \$5, a \& b, \#1, \{ \}",
    r"\not= \not\in",
    r"\mathrm{CO_2}, \mathrm{H_2O}",
    r"\substack{0<i<m \\ 0<j<n}",
    r"\hspace{1em} x \kern 3pt y",
    r"\mathbin{+} \mathrel{R} \mathop{op}",
    r"\pmb{x} \boldsymbol{\alpha} \bm{x}",
    r"2 \max_y f(y)",
    r"\lvert x \rvert \middle| y",
];

/// What can't be read, with what is told of it.
const UNREAD: &[(&str, &str)] = &[
    (r"\frac{a", "`}` is missing"),
    (r"\left( x", "`\\right` is missing"),
    (r"x }", "something is closed that was never opened"),
    (r"a_b_c", "it has two indices side by side: write braces"),
    (r"a^b^c", "it has two powers side by side: write braces"),
    (r"a & b", "`&` stands outside of a table: write `\\&`"),
    (r"a \\ b", "`\\\\` stands outside of `\\begin{aligned}` or a table"),
    (r"a + \unknown{x}", "there is no such command in formulas here: \\unknown"),
    (r"\href{javascript:alert(1)}{x}", "there is no such command in formulas here: \\href"),
    (r"\begin{foo} x \end{foo}", "there is no such block in formulas here: \\begin{foo}"),
    (r"\def\a{\a\a}\a", "commands cannot be defined in a formula: \\def"),
    (r"\operatorname{<b>}", "a name of a function holds a sign: <b>"),
    (r"\operatorname{a\frac12}", r"a name of a function holds a sign: a\frac12"),
    (r"\sideset{}{'}\sum", "there is no such command in formulas here: \\sideset"),
    (r"\color{nosuch} x", "it names a colour that is not known"),
    (r"\frac", "something is missing behind a command"),
];

#[test]
fn formulas_of_many_kinds_are_read() {
    assert!(READ.len() >= 60);
    for tex in READ {
        for alone in [false, true] {
            let math = to_mathml(tex, alone).unwrap_or_else(|fault| panic!("{tex}: {fault:?}"));
            assert!(math.contains("<math ") && math.contains("<annotation encoding=\"application/x-tex\">"), "{math}");
            assert_eq!(math.contains("display=\"block\""), alone);
            assert!(!math.contains(" style=\""), "{math}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    for (tex, told) in UNREAD {
        let fault = to_mathml(tex, false).expect_err(tex);
        let written = fault.written.map(|written| format!(": {written}")).unwrap_or_default();
        assert_eq!(format!("{}{written}", fault.what), *told, "{tex}");
    }
}

#[test]
fn formulas_mean_what_their_writers_mean() {
    for (tex, shown) in [
        (r"\operatorname*{arg\,min}_x f", "<munder><mi>arg\u{2009}min</mi><mi>x</mi></munder>"),
        (r"\operatorname{Var} X", "<mi>Var</mi>"),
        (r"f^{\prime}", "<mi>f</mi><mi>\u{2032}</mi>"),
        (r"\overline{AB}", "<mo class=\"line-over\">"),
        (r"\underline{x}", "<mo class=\"line-under\">"),
        (r"a \xrightarrow{f} b", "<mover><mo class=\"long\">"),
        (r"\nabla f", "<mi mathvariant=\"normal\">\u{2207}</mi>"),
        (r"\dfrac{1}{2}", "<mstyle displaystyle=\"true\" scriptlevel=\"0\"><mrow><mfrac>"),
        (r"\displaystyle\sum_i x", "</munder></mstyle>"),
        (r"\big( x", " stretchy=\"true\" minsize=\"1.2em\""),
        (r"a \not= b \not\in c", "<mo>\u{2260}</mo><mi>b</mi><mo>\u{2209}</mo>"),
        (r"\cancel{x}", "class=\"mop-negated\""),
        // What stands below belongs to the function, not to the space before it.
        (r"2 \max_y f", "<munder><mi>max</mi><mi>y</mi></munder>"),
    ] {
        let math = to_mathml(tex, true).unwrap_or_else(|fault| panic!("{tex}: {fault:?}"));
        assert!(math.contains(shown), "{tex}: {math}");
    }
}

#[test]
fn nothing_that_is_written_becomes_markup() {
    const NAMES: &[&str] = &[
        "annotation",
        "math",
        "merror",
        "mfrac",
        "mi",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
        "semantics",
        "span",
    ];
    let hostile = [
        r"\text{<script>alert(1)</script>}",
        r"<img src=x onerror=alert(1)>",
        r"a < b > c",
        "\"><script>",
        r"\text{</math><b onclick=x>}",
        r"\mathrm{<b>}",
        r"\textcolor{red}{<b>}",
        r"\not< \left< x \right>",
        r"\hspace{1em}<b>",
    ];
    for tex in READ.iter().chain(&hostile) {
        let Ok(math) = to_mathml(tex, true) else { continue };
        for tag in crate::html::tags::tags(&math) {
            let name = &math[tag.name.clone()];
            assert!(NAMES.contains(&name), "{tex}: <{name}> in {math}");
            assert!(tag.attributes.iter().all(|of| !math[of.name.clone()].starts_with("on")), "{math}");
        }
    }
}

#[test]
fn a_formula_without_end_is_refused_at_once() {
    assert!(to_mathml(&"{".repeat(50_000), true).is_err());
    assert!(to_mathml(&"x".repeat(50_000), true).is_err());
    assert!(to_mathml(&"\\frac{".repeat(3_000), true).is_err());
}
