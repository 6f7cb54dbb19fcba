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
    (98, "two lines of hyphens at the top of a file are an empty front matter"),
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
    page::plain_html(&page::parse(&source))
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

#[test]
fn the_examples_of_commonmark_come_out_as_they_should() {
    let examples = examples();
    assert_eq!(examples.len(), 652, "the specification has 652 examples");
    let reasons: BTreeMap<usize, &str> = DIFFERENT.iter().copied().collect();
    let mut wrong = Vec::new();
    for Example { number, markdown, html } in &examples {
        let ours = without_ours(&render(markdown));
        let same = ours == without_ours(html);
        match (same, reasons.get(number)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => wrong.push(format!("example {number} comes out right now: no longer {reason:?}")),
            (false, None) => wrong.push(format!("example {number}:\n{markdown}--- expected\n{html}--- ours\n{ours}")),
        }
    }
    assert!(wrong.is_empty(), "{} of 652 examples:\n\n{}", wrong.len(), wrong.join("\n"));
}
