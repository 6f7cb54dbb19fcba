//! A page of a report: what is told of a page, and its article with what changed marked.

use super::address::Addresses;
use super::document::{element, list, node, sentence, text, told, way_up};
use super::frame::ReportFrame;
use super::front_matter;
use super::given::ReportedDifference;
use super::index::happened;
use super::side::ReportSide;
use super::subjects::ReportSubject;
use crate::diff::marked::{MarkWords, folded, is_marked, labelled, marked, unique_ids};
use crate::diff::told::sentence::{list_held, parts as said_of};
use crate::html::tree::{TreeElement, TreeNode};
use crate::site::Edition;
use crate::site::address::encode_page;

/// The article of a page, marked.
pub(super) struct MarkedPage {
    pub nodes: Vec<TreeNode>,
    /// The language of the article, and how that is written.
    language: Option<(String, &'static str)>,
    /// Whether something in it is another.
    is_marked: bool,
}

impl MarkedPage {
    pub(super) fn of(subject: &ReportSubject<'_>, before: &mut ReportSide<'_>, after: &mut ReportSide<'_>) -> Self {
        let old = subject.old.as_ref().and_then(|place| before.article(place));
        let new = subject.new.as_ref().and_then(|place| after.article(place));
        let edition = new.as_ref().or(old.as_ref()).map(|article| article.edition);
        let mut nodes =
            marked(old.as_ref().map(|article| &article.element), new.as_ref().map(|article| &article.element));
        let is_marked = nodes.iter().any(is_marked);
        if let Some(edition) = edition {
            let words = words(edition);
            if old.is_some() && new.is_some() {
                nodes = folded(nodes, words.unchanged);
            }
            labelled(&mut nodes, words);
        }
        unique_ids(&mut nodes, &["content"]);
        let language = edition.map(|edition| (edition.config.site.language.clone(), edition.direction()));
        Self { nodes, language, is_marked }
    }
}

/// What is said of marks, in the language of an edition.
fn words(edition: &Edition) -> MarkWords<'_> {
    let word = |name| edition.words.get(name);
    MarkWords {
        inserted: word("diff_inserted"),
        deleted: word("diff_deleted"),
        before: word("diff_before"),
        after: word("diff_after"),
        unchanged: word("diff_unchanged"),
    }
}

/// What stands on a page of a report.
pub(super) fn nodes(
    parts: &ReportedDifference<'_>,
    subject: &ReportSubject<'_>,
    page: MarkedPage,
    addresses: &Addresses<'_>,
) -> Vec<TreeNode> {
    let frame = ReportFrame::of(parts.after.library);
    let MarkedPage { mut nodes, language, is_marked } = page;
    addresses.settle(&subject.file, &mut nodes);
    let has_title = nodes.iter().filter_map(TreeNode::element).any(|element| element.find(&is_title).is_some());
    let mut out = vec![head(parts, frame, subject, has_title)];
    if let Some(table) = subject.change.and_then(|change| front_matter::nodes(parts, frame, change)) {
        out.push(table);
    }
    if !is_marked {
        out.push(node(element("p", [text(frame.word("diff_same_page"))])));
    }
    let article = TreeElement::new("article", nodes).with("class", "diff-article");
    out.push(node(match language {
        Some((language, direction)) => article.with("lang", &language).with("dir", direction),
        None => article,
    }));
    out
}

fn is_title(element: &TreeElement) -> bool {
    element.name == "h1"
}

/// What happened to the page, in few words.
fn head(
    parts: &ReportedDifference<'_>,
    frame: ReportFrame<'_>,
    subject: &ReportSubject<'_>,
    has_title: bool,
) -> TreeNode {
    let root = way_up(&subject.file);
    let name = if has_title { "p" } else { "h1" };
    let title = element(name, [text(&subject.title)]).with("class", "diff-title").with("dir", "auto");
    let what = subject.change.map_or(frame.word("diff_lists"), |change| happened(frame, change.event));
    let status = element("p", [text(what)]).with("class", "status");
    let mut inside = vec![node(title), node(status)];
    let mut said: Vec<Vec<TreeNode>> = Vec::new();
    if let Some(change) = subject.change {
        let path = match (&change.former_path, &change.path) {
            (Some(former), Some(path)) => format!("`{former}` → `{path}`"),
            _ => format!("`{}`", change.place()),
        };
        said.push(sentence(&path));
        said.extend(said_of(change).iter().map(|part| told(frame, part)));
    }
    said.extend(subject.lists.iter().map(|change| told(frame, &list_held(change))));
    inside.push(list(said.into_iter()));
    let mut ways = vec![node(element("a", [text(frame.word("diff_all"))]).with("href", &format!("{root}index.html")))];
    if let (Some(preview), Some(place)) = (parts.preview, &subject.new) {
        let urls = &parts.after.library.original().config.urls;
        let href = format!("{}/{}", preview.trim_end_matches('/'), encode_page(urls, &place.route));
        ways.extend([text(" · "), node(element("a", [text(frame.word("diff_preview"))]).with("href", &href))]);
    }
    inside.push(node(element("p", ways)));
    node(element("header", inside).with("class", "diff-head"))
}
