//! What patterns' trees say, beside what Oniguruma does.

use proptest::prelude::*;

use super::*;
use crate::regex::{Before, END, MatchOutcome, Regex, symbol};

fn after_space(pattern: &str) -> String {
    after(pattern, Before::Other)
}

/// The symbols of ASCII that can be seen; a black square for the end.
fn after(pattern: &str, before: Before) -> String {
    let symbols = parse(pattern).first(before);
    if symbols == Symbols::ALL {
        return "anything".to_owned();
    }
    let seen = (b' '..127).filter(|byte| symbols.has(usize::from(*byte))).map(char::from);
    seen.chain(symbols.has(END).then_some('\u{25a0}')).collect()
}

#[test]
fn the_beginning_of_a_pattern_is_found() {
    for (pattern, expected) in [
        ("fn", "f"),
        ("a|b(c)|(?:d|e)f", "abde"),
        ("a*b", "ab"),
        ("(?:a?|b+)c", "abc"),
        ("a{0,2}b{1,}c", "ab"),
        ("a{,2}b", "ab"),
        ("{a", "{"),
        ("a{x", "a"),
        (r"\b(if|else)\b", "ei"),
        (r"(?i)\bselect", "Ss"),
        (r"(?i:a)b", "Aa"),
        (
            r"(?x) # a comment
            a | [ ] ",
            " a",
        ),
        (r"(?=ab)\w", "a"),
        (r"(?=a|$)", "a\u{25a0}"),
        (r"(?!a)b", "b"),
        (r"(?<!\w)b", "b"),
        (r"(?<name>a)", "a"),
        (r"[a-c^-]", "-^abc"),
        (r"[^\s!-~]|\}", "}"),
        (r"[[:digit:]&&[0-4]]", "01234"),
        (r"[\w&&[^a-zA-Z0-9]]", "_"),
        (r"\$|\x41|\x{42}|\u0043", "$ABC"),
        (r"[\p{Lu}&&[A-C]]|\p{Pc}", "ABC_"),
        (r"$", "\u{25a0}"),
        (r"^a", ""),
        (r"a(?i)b|c", "a"),
        (r"é?a", "a"),
    ] {
        assert_eq!(after_space(pattern), expected, "{pattern}");
    }
    assert_eq!(after("^a", Before::Nothing), "a");
    assert_eq!(after(r"\ba", Before::Word), "");
    assert_eq!(after(r"\ba", Before::Unknown), "a");
}

#[test]
fn what_is_not_understood_can_begin_with_anything() {
    for pattern in [r"\Ga", r"a\Kb", "a*", "", "(a", "[a", "(?<!a)", r"\1a", "(?i)é", "*a", "[]a]", r"\g<a>", "(?~a)"]
    {
        assert_eq!(after_space(pattern), "anything", "{pattern}");
    }
}

#[test]
fn deep_patterns_end() {
    for deep in ["(", "[", "(?!", "(?:a*)*"] {
        assert_eq!(after_space(&deep.repeat(10_000)), "anything");
    }
    let open = parse("(?:(?:a|a)*)*b").try_at("a".repeat(1000).as_bytes(), 0);
    assert_eq!(open, MatchOutcome::Open);
}

fn pattern() -> impl Strategy<Value = String> {
    let atoms = &[
        "a",
        "b",
        ".",
        r"\w",
        r"\s",
        r"\S",
        r"\b",
        r"\B",
        "^",
        "$",
        "[ab]",
        "[^a]",
        "[^a ]",
        "[a-z&&[^b]]",
        r"\d",
        "é",
        r"\z",
        r"\Z",
        "(?i)A",
        "(?i:B)",
        r"\p{Ll}",
        r"\n",
        "_",
        "[[:alpha:]_]",
        r"(?<!a)",
        r"(?<=b)",
        r"\h",
        "(?m:.)",
    ][..];
    let atom = prop::sample::select(atoms).prop_map(str::to_owned);
    atom.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            3 => (inner.clone(), prop::sample::select(&["*", "+", "?", "*?", "+?", "??", "*+", "{2}", "{0,2}", "{1,}"][..]))
                .prop_map(|(inner, times)| format!("(?:{inner}){times}")),
            1 => (prop::sample::select(&["(?=", "(?!", "(", "(?>", "(?x: ", "(?-i:"][..]), inner)
                .prop_map(|(open, inner)| format!("{open}{inner})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// A try never says other than Oniguruma, and neither does what a pattern can begin with.
    #[test]
    fn tries_agree_with_oniguruma(pattern in pattern(), line in "[ab_A1 é-]{0,8}\n?") {
        let regex = Regex::new(pattern.clone());
        let tree = parse(&pattern);
        for place in (0..=line.len()).filter(|place| line.is_char_boundary(*place)) {
            let end = regex.end_at(&line, place, None);
            let symbol = symbol(line.as_bytes(), place);
            let first = tree.first(Before::at(line.as_bytes(), place));
            prop_assert!(end.is_none() || first.has(symbol), "{} begins at {} of {:?}", pattern, place, line);
            match tree.try_at(line.as_bytes(), place) {
                MatchOutcome::Ends(at) => prop_assert_eq!(Some(at), end, "{} at {} of {:?}", pattern, place, line),
                MatchOutcome::Fails => prop_assert_eq!(None, end, "{} at {} of {:?}", pattern, place, line),
                MatchOutcome::Open => {}
            }
        }
    }
}
