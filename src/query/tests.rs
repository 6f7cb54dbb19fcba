//! What queries are read as, and what is told of those that can't be read.

use proptest::prelude::*;

use super::expression::Expression;

fn read(text: &str) -> String {
    match Expression::read(text) {
        Ok(None) => "everything".into(),
        Ok(Some(expression)) => expression.to_string(),
        Err(fault) => {
            format!("{}-{}: {}. {}", fault.span.start + 1, fault.span.end + 1, fault.message, fault.help)
        }
    }
}

#[test]
fn a_query_reads_as_it_says() {
    for (text, reads) in [
        ("", "everything"),
        ("  ", "everything"),
        ("tag:Security", "tag:Security"),
        (r#"tag:"Level 4 (OSMM)""#, r#"tag:"Level 4 (OSMM)""#),
        ("tag:'Level 4'", r#"tag:"Level 4""#),
        ("tag:“Level 4”", r#"tag:"Level 4""#),
        (r#"title:"a \"b\" \* c*""#, r#"title:"a \"b\" \* c*""#),
        ("title:licen*", "title:licen*"),
        ("in:docs/Activities", "in:docs/Activities"),
        ("level = '-' and a:\"+x\"", r#"level = "-" and a:"+x""#),
        ("links-to:https://example.org/a?b=c", r#"links-to:"https://example.org/a?b=c""#),
        ("a:1 and b:2 or c:3", "a:1 and b:2 or c:3"),
        ("a:1 AND (b:2 Or c:3)", "a:1 and (b:2 or c:3)"),
        ("not a:1 and not (b:2 or c:3)", "not a:1 and not (b:2 or c:3)"),
        ("(((a:1)))", "a:1"),
        ("not not (not a:1)", "not not not a:1"),
        ("mitigates:any or mitigates:none", "mitigates:any or mitigates:none"),
        (r#"status:"any""#, r#"status:"any""#),
        (r#"mitigated-by:(in:Activities and tag:"x y")"#, r#"mitigated-by:(in:Activities and tag:"x y")"#),
        ("level >= 3", "level >= 3"),
        ("level>=3", "level >= 3"),
        ("status!=Done", "status != Done"),
        ("a<>1 and b≠2 and c≤3 and d≥4 and e==5", "a != 1 and b != 2 and c <= 3 and d >= 4 and e = 5"),
        ("reviewed < 2026-01-31", "reviewed < 2026-01-31"),
        ("reviewed < today - 12 months", "reviewed < today - 12 months"),
        ("reviewed<Today-1 year + 3 days", "reviewed < today - 12 months + 3 days"),
        ("reviewed >= today", "reviewed >= today"),
        (r#"course.code = "a b""#, r#"course.code = "a b""#),
        ("and:1 and or:2", "and:1 and or:2"),
        ("not:1", "not:1"),
    ] {
        assert_eq!(read(text), reads, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_what_to_write() {
    for (text, told) in [
        (
            "tag:Level 4 (OSMM)",
            "11-12: `4` belongs to nothing: a value with spaces needs quotes. Write `tag:\"Level 4 (OSMM)\"`.",
        ),
        (
            "tag:Developer (Role) and in:X",
            "15-16: `(` belongs to nothing: a value with spaces needs quotes. Write `tag:\"Developer (Role)\"`.",
        ),
        (
            "licence",
            "1-8: `licence` stands here alone. Say what it is: `tag:licence`, `title:licence*`, or `word:licence` for any text.",
        ),
        (
            "tag:a in:b",
            "7-9: a word is missing before `in`. Write `and` between them if both must be so, `or` if one is enough.",
        ),
        ("tag:a && in:b", "7-9: `&&` is no word of queries. Write `and`."),
        ("tag:a || in:b", "7-9: `||` is no word of queries. Write `or`."),
        (
            "tag:a, in:b",
            "8-10: a word is missing before `in`. Write `and` between them if both must be so, `or` if one is enough.",
        ),
        ("! tag:a", "1-2: `!` is no word of queries. Write `not`."),
        ("-tag:a", "1-5: `-tag` is no name. Write `not tag` and go on as before."),
        ("tag:\"a", "5-7: the quote `\"` is never closed. Write `\"` where the text ends."),
        ("tag:“a", "5-9: the quote `“` is never closed. Write `”` where the text ends."),
        ("(tag:a", "1-2: this bracket is never closed. Write `)` where it ends."),
        ("tag:a)", "6-7: this bracket closes none. Take it away, or open one before it with `(`."),
        ("()", "1-2: nothing stands in these brackets. Take them away, or ask for something."),
        ("tag:a and", "10-10: something is missing after `and`. Write what must be so there."),
        ("and tag:a", "1-4: something is missing before `and`. Write what must be so there, or take the word away."),
        (
            "tag:a and or tag:b",
            "11-13: something is missing before `or`. Write what must be so there, or take the word away.",
        ),
        ("tag:", "4-5: `tag:` lacks its value. Write it after the colon: `tag:\"…\"`."),
        ("tag: and in:a", "4-5: `tag:` lacks its value. Write it after the colon: `tag:\"…\"`."),
        ("tag:\"\"", "5-7: `tag:` has an empty value. Write what it must be."),
        (":a", "1-2: a name is missing before `:`. Write what it is about: `tag:…`, `status = …`."),
        (
            "status =",
            "8-9: `=` has nothing to compare with. Write a number, a date such as 2026-01-31, `today` or a text after it.",
        ),
        ("level > *", "9-10: `>` can't compare with `*`. Write a number, a date such as 2026-01-31, or a text."),
        (
            "a < today - x months",
            "11-21: how long before or after today isn't said so that it can be read. Write a number and a unit: `today - 12 months`, `today + 2 weeks`.",
        ),
        (
            "a < today - 3 moons",
            "15-20: how long before or after today isn't said so that it can be read. Write a number and a unit: `today - 12 months`, `today + 2 weeks`.",
        ),
        (
            "a < today - 3",
            "11-12: how long before or after today isn't said so that it can be read. Write a number and a unit: `today - 12 months`, `today + 2 weeks`.",
        ),
        ("\"tag\":a", "1-6: \"tag\" is no name. Write a name without quotes and stars: `title:\"Open source\"`."),
    ] {
        assert_eq!(read(text), told, "{text}");
    }
    let deep = "(".repeat(100_000);
    assert!(read(&deep).contains("nested too deep"));
    let deep = "a:(".repeat(100_000);
    assert!(read(&deep).contains("nested too deep"));
    assert!(read(&"not ".repeat(100_000)).contains("nested too deep"));
}

fn expression() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[a-z*]{1,6}".prop_filter("no word of the language", |text| !["and", "or"].contains(&text.as_str())),
        "\"[^\"\\\\]{1,9}\"",
        Just("any".into()),
        Just("none".into())
    ];
    let name = "(tag|in|and|or|not|today|mitigated-by|a\\.b|sidebar_position)";
    let sign = "(=|!=|<|<=|>|>=)";
    let term = prop_oneof![
        (name, value).prop_map(|(name, value)| format!("{name}:{value}")),
        (name, sign, "[0-9]{1,4}").prop_map(|(name, sign, value)| format!("{name} {sign} {value}")),
        (name, sign, 0..40u32, "(day|weeks|months|year)")
            .prop_map(|(name, sign, number, unit)| format!("{name} {sign} today - {number} {unit}")),
    ];
    term.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| format!("not ({of})")),
            inner.clone().prop_map(|of| format!("mitigates:({of})")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" and "))),
            prop::collection::vec(inner, 2..4).prop_map(|parts| format!("({})", parts.join(" or "))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_anew_reads_as_the_same(text in expression()) {
        let first = Expression::read(&text).map_err(|fault| TestCaseError::fail(format!("{text}: {fault:?}")))?;
        let written = first.map(|read| read.to_string()).unwrap_or_default();
        prop_assert_eq!(read(&written), written);
    }

    #[test]
    fn any_text_is_read_or_told_where_it_is_wrong(text in "(tag|in|:|and |or |not |\\(|\\)|\"|'|\\*|\\\\|today|-|<|=| |[a-zé“”]|\\PC){0,24}") {
        if let Err(fault) = Expression::read(&text) {
            prop_assert!(text.get(fault.span.start..fault.span.end).is_some(), "{:?}", fault);
            prop_assert!(!fault.message.is_empty() && fault.help.ends_with('.'), "{:?}", fault);
        }
    }
}
