//! The first page of a report: what `told/` says in lines, with a link to each page that it shows.

use super::document::{element, list, node, sentence, table, text};
use super::given::ReportedDifference;
use super::subjects::ReportSubject;
use crate::diff::change::{FindingFact, ImpactedPage, PageChange};
use crate::diff::told::sentence::{counts, event, file, list_held, parts as said_of};
use crate::html::tree::TreeNode;
use crate::site::address::encode_path;

/// What stands on it.
pub(super) fn nodes(parts: &ReportedDifference<'_>, subjects: &[ReportSubject<'_>]) -> Vec<TreeNode> {
    let difference = parts.difference;
    let mut out = vec![node(element("h1", [text("What the edit does")]))];
    let [from, to] = parts.called;
    let counted = counts(difference);
    let counted = match counted.as_str() {
        "" if difference.is_empty() => "Nothing is different",
        "" => "No page is another",
        counted => counted,
    };
    let lead = element("p", [text(&format!("{counted}."))]).with("class", "lead");
    out.extend([node(lead), node(element("p", [text(&format!("From {from} to {to}."))]))]);
    findings(&mut out, "New findings", &difference.findings.new);
    section(&mut out, "Pages", difference.pages.iter().map(|change| page(change, subjects)));
    let lists = difference.lists.iter().map(|change| {
        let shown = subjects.iter().find(|one| one.change.is_none() && one.lists.contains(&change));
        let mut said = sentence(&list_held(change));
        if let Some(subject) = shown {
            said.extend([text(" "), link(subject, &format!("See it on {}", subject.title))]);
        }
        said
    });
    section(&mut out, "Lists", lists);
    let tags = &difference.tags;
    let respelt = tags.respelt.iter().map(|(was, is)| format!("`{was}` is written `{is}`"));
    let appeared = tags.appeared.iter().map(|label| format!("New: `{label}`"));
    let vanished = tags.vanished.iter().map(|label| format!("Gone: `{label}`"));
    section(&mut out, "Tags", respelt.chain(appeared).chain(vanished).map(|said| sentence(&said)));
    let relations = difference.relations.iter().map(|change| {
        let what = if change.added { "New" } else { "Gone" };
        sentence(&format!("{what}: `{}` {} `{}`", change.from, change.name, change.to))
    });
    section(&mut out, "Relations", relations);
    let files = difference.files.iter().map(|change| {
        let (what, said) = file(change);
        let mut out = sentence(&format!("{}{}: `{}`{said}", what[..1].to_uppercase(), &what[1..], change.path));
        out.extend(shown_by(&change.shown_by));
        out
    });
    section(&mut out, "Files", files);
    findings(&mut out, "Findings that went", &difference.findings.gone);
    vec![node(element("div", out).with("class", "prose diff-index"))]
}

fn section(out: &mut Vec<TreeNode>, title: &str, entries: impl Iterator<Item = Vec<TreeNode>>) {
    let mut entries = entries.peekable();
    if entries.peek().is_some() {
        out.push(node(element("h2", [text(title)])));
        out.push(list(entries));
    }
}

fn findings(out: &mut Vec<TreeNode>, title: &str, findings: &[FindingFact]) {
    if findings.is_empty() {
        return;
    }
    let row = |finding: &FindingFact| {
        let place = element("code", [text(&format!("{}:{}", finding.path, finding.line))]);
        let kind = element("code", [text(&finding.code)]);
        vec![vec![node(place)], sentence(&finding.message), vec![text(&format!("{} ", finding.severity)), node(kind)]]
    };
    out.push(node(element("h2", [text(title)])));
    out.push(table(title, &["Where", "What", "Kind"], findings.iter().map(row).collect()));
}

/// What is told of a page.
fn page(change: &PageChange, subjects: &[ReportSubject<'_>]) -> Vec<TreeNode> {
    let subject = subjects.iter().find(|one| one.change.is_some_and(|own| std::ptr::eq(own, change)));
    let title = if change.title.is_empty() { change.place() } else { &change.title };
    let name = match subject {
        Some(subject) => link(subject, title),
        None => node(element("span", [text(title)]).with("dir", "auto")),
    };
    let status = element("span", [text(event(change.event))]).with("class", "status");
    let path = match (&change.former_path, &change.path) {
        (Some(former), Some(path)) => format!("`{former}` → `{path}`"),
        _ => format!("`{}`", change.place()),
    };
    let mut out = vec![name, text(" "), node(status), node(element("br", []))];
    out.extend(sentence(&path));
    let said = said_of(change);
    if !said.is_empty() {
        out.push(node(element("br", [])));
        out.extend(sentence(&said.join("; ")));
    }
    out.extend(shown_by(&change.shown_by));
    out
}

/// The pages that show something, where they are several.
fn shown_by(pages: &[ImpactedPage]) -> Option<TreeNode> {
    let entries = pages.iter().map(|shown| vec![node(element("code", [text(&shown.path)]))]);
    let summary = node(element("summary", [text("Shown by")]));
    (pages.len() > 1).then(|| node(element("details", [summary, list(entries)])))
}

fn link(subject: &ReportSubject<'_>, said: &str) -> TreeNode {
    node(element("a", [text(said)]).with("href", &encode_path(&subject.file)).with("dir", "auto"))
}
