//! The examples of GitHub's Markdown that pulldown-cmark ships with its source,
//! through our own reader, and our own examples where it ships none.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use bokworm::page;
use bokworm::source::{Source, SourcePath};

fn render(markdown: &str) -> String {
    let source = Source { path: SourcePath::content("page.md"), text: Arc::from(markdown) };
    page::plain_html(&page::parse(&source, page::Dialect::OWN))
}

/// Where cargo keeps the source of pulldown-cmark.
fn pulldown_cmark() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(cargo);
    metadata.args(["metadata", "--format-version", "1", "--locked", "--manifest-path"]);
    metadata.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let output = metadata.output().expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo tells of packages");
    let packages = metadata["packages"].as_array().expect("packages are a list");
    let package = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("we use pulldown-cmark");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a package has a path"));
    manifest.parent().expect("a manifest lies in a folder").to_owned()
}

/// The Markdown and the HTML of each test in a file of pulldown-cmark's suite.
fn shipped(file: &str) -> Vec<(String, String)> {
    let path = pulldown_cmark().join("tests/suite").join(file);
    let source = fs::read_to_string(path).expect("pulldown-cmark ships its tests");
    let texts: Vec<&str> = source.split("r##\"").skip(1).filter_map(|rest| rest.split("\"##").next()).collect();
    texts.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

/// What may be written in several ways: where lines break between tags, how
/// a cell is aligned, a box is ticked and named, and a quotation mark is spelled.
fn normal(html: &str) -> String {
    let mut out = html
        .replace("&quot;", "\"")
        .replace("<br>", "<br />")
        .replace("<label>", "")
        .replace("</label>", "")
        .replace(
            "<input disabled=\"\" type=\"checkbox\" checked=\"\"/>",
            "<input type=\"checkbox\" disabled=\"\" checked=\"\" />",
        )
        .replace(
            "<input checked=\"\" disabled=\"\" type=\"checkbox\">",
            "<input type=\"checkbox\" disabled=\"\" checked=\"\" />",
        )
        .replace("<input disabled=\"\" type=\"checkbox\"/>", "<input type=\"checkbox\" disabled=\"\" />")
        .replace("<input disabled=\"\" type=\"checkbox\">", "<input type=\"checkbox\" disabled=\"\" />");
    for side in ["left", "center", "right"] {
        out = out.replace(&format!("style=\"text-align: {side}\""), &format!("align=\"{side}\""));
    }
    out = out.replace("<tbody></tbody>", "").replace("<tbody>\n</tbody>", "");
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><")
}

fn check(file: &str, expected: usize) {
    let examples = shipped(file);
    assert_eq!(examples.len(), expected, "{file}");
    for (markdown, html) in examples {
        assert_eq!(normal(&render(&markdown)), normal(&html), "{file}:\n{markdown}");
    }
}

#[test]
fn the_examples_of_tables_come_out_as_they_should() {
    check("gfm_table.rs", 9);
}

#[test]
fn the_examples_of_tasks_come_out_as_they_should() {
    check("gfm_tasklist.rs", 2);
}

#[test]
fn the_examples_of_strikethrough_come_out_as_they_should() {
    check("gfm_strikethrough.rs", 3);
}

#[test]
fn bare_addresses_are_links() {
    let cases = [
        ("www.example.org", "<a href=\"http://www.example.org\">www.example.org</a>"),
        (
            "Go to www.example.org/help now.",
            "Go to <a href=\"http://www.example.org/help\">www.example.org/help</a> now.",
        ),
        ("**https://a.b/c_d**", "<strong><a href=\"https://a.b/c_d\">https://a.b/c_d</a></strong>"),
        ("(https://a.b/(c))", "(<a href=\"https://a.b/(c)\">https://a.b/(c)</a>)"),
        ("https://a.b/?x=1&y=2!", "<a href=\"https://a.b/?x=1&amp;y=2\">https://a.b/?x=1&amp;y=2</a>!"),
        ("write to me@example.org.", "write to <a href=\"mailto:me@example.org\">me@example.org</a>."),
        ("`https://a.b` and [https://a.b](/c)", "<code>https://a.b</code> and <a href=\"/c\">https://a.b</a>"),
        ("<a href=\"/c\">See https://a.b</a>", "<a href=\"/c\">See </a><a href=\"https://a.b\">https://a.b</a>"),
    ];
    for (markdown, html) in cases {
        assert_eq!(render(markdown), format!("<p>{html}</p>\n"), "{markdown}");
    }
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_their_use() {
    let html = render("B[^b] A[^a] B[^b]\n\n[^a]: First.\n\n[^b]: Second,\n    more.\n\n[^c]: Unused.\n\nEnd.\n");
    assert_eq!(
        html,
        "<p>B<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> \
         A<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> \
         B<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup></p>\n\
         <p>End.</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>Second,\nmore. \
         <a href=\"#fnref-1\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a> \
         <a href=\"#fnref-1-2\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>First. \
         <a href=\"#fnref-2\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
}
