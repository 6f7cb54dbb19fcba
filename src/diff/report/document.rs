//! A page of a report: its head with the strict policy, and the frame that all have. What is written here is a tree, so that
//! nothing that pages say can be markup.

use super::frame::{ReportFrame, TOLD_IN};
use crate::html::tree::{TreeElement, TreeNode, written};
use crate::site::address::encode_path;

/// What a page of a report may do: nothing but show its own styles and pictures.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";

/// A page of a report.
#[derive(Clone, Copy)]
pub(super) struct ReportPage<'a> {
    /// Its path in the folder.
    pub file: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The site that is told of.
    pub site: &'a str,
    /// The language that it speaks.
    pub frame: ReportFrame<'a>,
    /// The style sheets, by their paths.
    pub styles: &'a [&'a str],
}

impl ReportPage<'_> {
    /// The whole page as HTML.
    pub(super) fn written(self, main: Vec<TreeNode>) -> String {
        let root = way_up(self.file);
        let meta = |name: &str, content: &str| element("meta", []).with("name", name).with("content", content);
        let what = self.frame.word("diff_title");
        let site = if self.site.is_empty() { what.to_owned() } else { format!("{}: {what}", self.site) };
        let mut head = vec![
            node(element("meta", []).with("charset", "utf-8")),
            node(meta("viewport", "width=device-width, initial-scale=1")),
            node(element("meta", []).with("http-equiv", "Content-Security-Policy").with("content", POLICY)),
            node(meta("robots", "noindex")),
            node(meta("color-scheme", "light dark")),
            node(element("title", [text(&self.headed())])),
        ];
        let sheet = |path: &&str| {
            let href = format!("{root}{}", encode_path(path));
            node(element("link", []).with("rel", "stylesheet").with("href", &href))
        };
        head.extend(self.styles.iter().map(sheet));
        let skip = element("a", [text(self.frame.word("skip"))]).with("class", "skip").with("href", "#content");
        let brand = element("a", [node(element("span", [text(&site)]))]);
        let brand = brand.with("class", "brand").with("href", &format!("{root}index.html"));
        let bar = element("header", [node(brand)]).with("class", "bar");
        let main = element("main", main).with("id", "content").with("tabindex", "-1");
        let layout = element("div", [node(main)]).with("class", "layout");
        let body = element("body", [node(skip), node(bar), node(layout)]).with("class", "diff-page");
        let html = element("html", [node(element("head", head)), node(body)]).with("lang", self.frame.language());
        let html = html.with("dir", self.frame.direction());
        format!("<!doctype html>\n{}\n", written(&[node(html)]))
    }

    /// What a browser calls it.
    fn headed(self) -> String {
        if self.site.is_empty() { self.title.to_owned() } else { format!("{} | {}", self.title, self.site) }
    }
}

/// From a file to the folder of the report.
pub(super) fn way_up(file: &str) -> String {
    "../".repeat(file.matches('/').count())
}

/// An element with what stands in it.
pub(super) fn element(name: &str, children: impl Into<Vec<TreeNode>>) -> TreeElement {
    TreeElement::new(name, children.into())
}

/// An element as a node.
pub(super) fn node(element: TreeElement) -> TreeNode {
    TreeNode::Element(element)
}

/// A text as a node.
pub(super) fn text(text: &str) -> TreeNode {
    TreeNode::Text(text.to_owned())
}

/// A sentence in which what stands in backticks is code.
pub(super) fn sentence(said: &str) -> Vec<TreeNode> {
    if !said.matches('`').count().is_multiple_of(2) {
        return vec![text(said)];
    }
    let parts = said.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| if at % 2 == 1 { node(element("code", [text(part)])) } else { text(part) }).collect()
}

/// A sentence of the command line on a page that may speak another language.
pub(super) fn told(frame: ReportFrame<'_>, said: &str) -> Vec<TreeNode> {
    let nodes = sentence(said);
    match frame.is_of_commands() {
        true => nodes,
        false => vec![node(element("span", nodes).with("lang", TOLD_IN).with("dir", "ltr"))],
    }
}

/// A list of what is said.
pub(super) fn list(entries: impl Iterator<Item = Vec<TreeNode>>) -> TreeNode {
    let entries: Vec<TreeNode> = entries.map(|entry| node(element("li", entry))).collect();
    node(element("ul", entries))
}

/// A table in a frame that scrolls by itself.
pub(super) fn table(called: &str, heads: &[&str], rows: Vec<Vec<Vec<TreeNode>>>) -> TreeNode {
    let head = |said: &&str| node(element("th", [text(said)]).with("scope", "col"));
    let heads: Vec<TreeNode> = heads.iter().map(head).collect();
    let row = |cells: Vec<Vec<TreeNode>>| {
        let cell = |(at, nodes): (usize, Vec<TreeNode>)| match at {
            0 => node(element("th", nodes).with("scope", "row")),
            _ => node(element("td", nodes)),
        };
        node(element("tr", cells.into_iter().enumerate().map(cell).collect::<Vec<_>>()))
    };
    let rows: Vec<TreeNode> = rows.into_iter().map(row).collect();
    let table = element("table", [node(element("thead", [node(element("tr", heads))])), node(element("tbody", rows))]);
    let frame = element("div", [node(table.with("class", "diff-table"))]).with("class", "table-wrap");
    node(frame.with("tabindex", "0").with("role", "group").with("aria-label", called))
}
