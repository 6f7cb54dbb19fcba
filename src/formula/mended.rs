//! What the library reads or writes otherwise than it is meant, mended: TeX before it is read, and MathML after it was written.

/// Names that others use for a command, and the command.
const OTHER_NAMES: [(&str, &str); 5] =
    [("bm", "boldsymbol"), ("dotsc", "ldots"), ("mathscr", "mathcal"), ("pmb", "boldsymbol"), ("thinspace", ",")];

/// Elements whose first child is what the others stand beside.
const WITH_BASE: [&str; 6] = ["munder", "mover", "munderover", "msub", "msup", "msubsup"];

/// Signs that are struck out, and the one sign that says so.
const STRUCK: [(&str, &str); 12] = [
    ("=\u{338}", "\u{2260}"),
    ("\u{2208}\u{338}", "\u{2209}"),
    ("\u{220b}\u{338}", "\u{220c}"),
    ("\u{2203}\u{338}", "\u{2204}"),
    ("\u{223c}\u{338}", "\u{2241}"),
    ("\u{2248}\u{338}", "\u{2249}"),
    ("\u{2261}\u{338}", "\u{2262}"),
    ("\u{2264}\u{338}", "\u{2270}"),
    ("\u{2265}\u{338}", "\u{2271}"),
    ("\u{2282}\u{338}", "\u{2284}"),
    ("\u{2286}\u{338}", "\u{2288}"),
    ("\u{2223}\u{338}", "\u{2224}"),
];

/// A space that the library puts before a function: inside of what stands beside it, where it would be taken for that.
const SPACE: &str = "<mspace width=\"0.1667em\" />";

/// TeX as the library knows it: commands by other names, functions with limits, primes by their command.
pub(super) fn tex(tex: &str) -> String {
    let tex = tex.replace("^{\\prime\\prime}", "''").replace("^{\\prime}", "'").replace("^\\prime", "'");
    let mut out = String::with_capacity(tex.len());
    for (number, part) in functions(&tex).split('\\').enumerate() {
        if number == 0 {
            out.push_str(part);
            continue;
        }
        let (name, rest) = part.split_at(part.bytes().take_while(u8::is_ascii_alphabetic).count());
        let known = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name, |(_, known)| known);
        out.extend(["\\", known, rest]);
    }
    out
}

/// `\operatorname*{arg\,max}` as a function that has its limits below, with a space in its name.
fn functions(tex: &str) -> String {
    const COMMAND: &str = "\\operatorname";
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some((before, after)) = rest.split_once(COMMAND) {
        out.extend([before, COMMAND]);
        rest = after;
        let (inner, has_limits) = after.strip_prefix('*').map_or((after, false), |after| (after, true));
        if let Some((name, behind)) = inner.trim_start().strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            let name = ["\\,", "\\:", "\\;", "\\ ", "~"]
                .iter()
                .fold(name.to_owned(), |name, sign| name.replace(sign, "\u{2009}"));
            out.extend(["{", &name, "}", if has_limits { "\\limits" } else { "" }]);
            rest = behind;
        }
    }
    out + rest
}

/// MathML as browsers show what is meant.
pub(super) fn math(math: &str) -> String {
    let mut math = restyled(math)
        .replace("\"minsize=", "\" minsize=")
        // Lines over and below grow with what they belong to, which no typeface makes them do.
        .replace("<mi>\u{203e}</mi></mover>", "<mo class=\"line-over\">\u{203e}</mo></mover>")
        .replace("<mo stretchy=\"true\">_</mo></munder>", "<mo class=\"line-under\">_</mo></munder>")
        // Arrows with words are longer than these.
        .replace("<mover><mo>\u{2192}</mo>", "<mover><mo class=\"long\">\u{2192}</mo>")
        .replace("<mover><mo>\u{2190}</mo>", "<mover><mo class=\"long\">\u{2190}</mo>")
        .replace("<munderover><mo>\u{2192}</mo>", "<munderover><mo class=\"long\">\u{2192}</mo>")
        .replace("<munderover><mo>\u{2190}</mo>", "<munderover><mo class=\"long\">\u{2190}</mo>")
        // A single letter leans, and this is none.
        .replace("<mi>\u{2207}</mi>", "<mi mathvariant=\"normal\">\u{2207}</mi>");
    for (struck, sign) in STRUCK {
        math = math.replace(struck, sign);
    }
    for name in WITH_BASE {
        math = math.replace(&format!("<{name}>{SPACE}"), &format!("{SPACE}<{name}>"));
    }
    math
}

/// Sizes that stand at any element, at one around it: no other may have them by MathML's schema.
fn restyled(math: &str) -> String {
    let mut out = String::with_capacity(math.len());
    let mut open = Vec::new();
    let mut rest = math;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        rest = after;
        if tag.starts_with('/') {
            out.extend(["<", tag, ">", if open.pop() == Some(true) { "</mstyle>" } else { "" }]);
            continue;
        }
        let size = tag.split_once(" displaystyle=").filter(|_| !tag.starts_with("mstyle")).and_then(|(head, sizes)| {
            let level = sizes.find(" scriptlevel=")? + " scriptlevel=".len();
            let end = level + 1 + sizes[level + 1..].find('"')? + 1;
            Some((head, &sizes[..end], &sizes[end..]))
        });
        match size {
            Some((head, sizes, tail)) => out.extend(["<mstyle displaystyle=", sizes, "><", head, tail, ">"]),
            None => out.extend(["<", tag, ">"]),
        }
        if !tag.ends_with('/') {
            open.push(size.is_some());
        }
    }
    out + rest
}
