//! Every example of the CommonMark specification, through our own reader. The
//! specification's text comes from npm (`cd tests && npm ci`), under its own licence.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use bokworm::page;
use bokworm::source::{Source, SourcePath};

/// Examples that come out differently, by design: their numbers and why.
const DIFFERENT: &[(usize, &str)] = &[
    (21, ADDRESS),
    (31, ADDRESS),
    (HYPHENS_AT_THE_TOP, "two lines of hyphens at the top of a file are an empty front matter"),
    (163, "a tag whose name begins with a capital letter is a component, and Markdown stands inside it"),
    (344, ADDRESS),
    (475, "an image without alternative text gets an empty one"),
    (602, BARE),
    (606, BARE),
    (608, BARE),
    (611, BARE),
    (612, BARE),
    (614, SELF_CLOSING),
    (615, SELF_CLOSING),
    (616, SELF_CLOSING),
    (617, SELF_CLOSING),
    (630, ADDRESS),
    (631, ADDRESS),
    (642, ADDRESS),
    (643, ADDRESS),
];

const HYPHENS_AT_THE_TOP: usize = 98;
/// A comment as JSX has it, in a block of its own.
const COMMENT: &str = "{/* */}\n\n";

const ADDRESS: &str = "an address in raw HTML is read, resolved and written as every other address";
const BARE: &str = "a bare address is a link, as GitHub has it";
const SELF_CLOSING: &str = "an element that JSX closes in its only tag gets the closing tag that HTML wants";

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples in the specification's text: fences of 32 backticks, in which a
/// line with a single `.` parts Markdown from HTML, and `→` is a tab.
fn examples() -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/commonmark-spec/spec.txt");
    let Ok(spec) = fs::read_to_string(&path) else {
        panic!("the CommonMark specification is missing: run `npm ci` in the folder `tests`, then run the tests again");
    };
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let part = block.iter().position(|line| *line == ".").expect("an example has two parts");
        let join = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>().replace('→', "\t");
        let (markdown, html) = (join(&block[..part]), join(&block[part + 1..]));
        examples.push(Example { number: examples.len() + 1, markdown, html });
    }
    examples
}

fn render(markdown: &str) -> String {
    let source = Source { path: SourcePath::content("page.md"), text: Arc::from(markdown) };
    page::plain_html(&page::parse(&source, page::Dialect::OWN))
}

/// What is ours by design: headings have ids, and a quotation mark in text stays one.
fn without_ours(html: &str) -> String {
    let mut out = html.replace("&quot;", "\"");
    for level in 1..=6 {
        let open = format!("<h{level} id=\"");
        while let Some(at) = out.find(&open) {
            let end = out[at..].find('>').expect("a tag ends");
            out.replace_range(at..=at + end, &format!("<h{level}>"));
        }
    }
    out
}

/// What of the examples comes out otherwise than it should, where `mark` stands before each of them.
fn wrong(mark: &str, reasons: &BTreeMap<usize, &str>) -> Vec<String> {
    let examples = examples();
    assert_eq!(examples.len(), 652, "the specification has 652 examples");
    let mut wrong = Vec::new();
    for Example { number, markdown, html } in &examples {
        let ours = without_ours(&render(&format!("{mark}{markdown}")));
        let same = ours == without_ours(html);
        match (same, reasons.get(number)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => wrong.push(format!("example {number} comes out right now: no longer {reason:?}")),
            (false, None) => wrong.push(format!("example {number}:\n{markdown}--- expected\n{html}--- ours\n{ours}")),
        }
    }
    wrong
}

#[test]
fn the_examples_of_commonmark_come_out_as_they_should() {
    let wrong = wrong("", &DIFFERENT.iter().copied().collect());
    assert!(wrong.is_empty(), "{} of 652 examples:\n\n{}", wrong.len(), wrong.join("\n"));
}

/// Few examples hold anything that is ours, so the library reads most of them as they are. With a comment before it
/// each is followed block by block first; the test below says that this happened.
#[test]
fn the_examples_come_out_the_same_when_our_own_reader_follows_their_blocks() {
    let mut reasons: BTreeMap<usize, &str> = DIFFERENT.iter().copied().collect();
    assert!(reasons.remove(&HYPHENS_AT_THE_TOP).is_some(), "with a comment above them they aren't at the top");
    let wrong = wrong(COMMENT, &reasons);
    assert!(wrong.is_empty(), "{} of 652 examples:\n\n{}", wrong.len(), wrong.join("\n"));
}

/// Also where an example comes out otherwise by design: nothing shows of the comment, and nothing else changes.
#[test]
fn a_comment_before_an_example_is_taken_out_and_changes_nothing() {
    for Example { number, markdown, .. } in examples() {
        let followed = render(&format!("{COMMENT}{markdown}"));
        assert!(!followed.contains("/*"), "example {number}: the comment shows, so nothing followed it: {followed}");
        if number != HYPHENS_AT_THE_TOP {
            assert_eq!(followed, render(&markdown), "example {number}");
        }
    }
}

/// What may stand between an example and the comment behind it: other blocks, and other places in the last.
const BETWEEN: &[&str] = &["", "\n", "\n> ", "\n  ", "\n    ", "\n- "];

/// Whether what stands behind this HTML is code, or no HTML at all: there a comment is text like any other.
fn ends_in_code(html: &str) -> bool {
    ["code", "style"]
        .iter()
        .any(|name| html.matches(&format!("<{name}")).count() > html.matches(&format!("</{name}>")).count())
}

/// The library says where a word behind an example stands; our own reader has to come to the same, or it would
/// take the comment in its place out of code, or leave it in text.
#[test]
fn our_own_reader_knows_where_an_example_ends_as_the_library_does() {
    let mut wrong = Vec::new();
    for Example { number, markdown, .. } in examples() {
        for between in BETWEEN {
            let word = render(&format!("{markdown}{between}bystander\n"));
            let before = word.rfind("bystander").map_or(&*word, |at| &word[..at]);
            let html = render(&format!("{markdown}{between}{{/* bystander */}}\n"));
            if html.contains("{/* bystander */}") != ends_in_code(before)
                || html.contains("bystander") != ends_in_code(before)
            {
                wrong.push(format!("example {number} and {between:?}:\n{word}--- with a comment\n{html}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} places behind examples:\n\n{}", wrong.len(), wrong.join("\n"));
}
