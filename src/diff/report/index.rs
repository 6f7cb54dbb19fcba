//! The first page of a report: what `told/` says in lines, with a link to each page that it shows.

use super::document::{element, list, node, sentence, table, text, told};
use super::frame::ReportFrame;
use super::given::ReportedDifference;
use super::subjects::ReportSubject;
use crate::diff::change::{AssetEvent, Difference, FindingFact, ImpactedPage, PageChange, PageEvent};
use crate::diff::told::sentence::{file, list_held, parts as said_of};
use crate::html::tree::TreeNode;
use crate::site::address::encode_path;

/// What stands on it.
pub(super) fn nodes(
    parts: &ReportedDifference<'_>,
    frame: ReportFrame<'_>,
    subjects: &[ReportSubject<'_>],
) -> Vec<TreeNode> {
    let difference = parts.difference;
    let mut out = vec![node(element("h1", [text(frame.word("diff_title"))]))];
    let [from, to] = parts.called;
    let lead = element("p", [text(&counted(difference, frame))]).with("class", "lead");
    out.extend([node(lead), node(element("p", told(frame, &format!("From {from} to {to}."))))]);
    let pages = difference.pages.iter().map(|change| page(change, frame, subjects));
    findings(&mut out, frame, "diff_new_findings", &difference.findings.new);
    section(&mut out, frame.word("llms_pages"), pages);
    let lists = difference.lists.iter().map(|change| {
        let shown = subjects.iter().find(|one| one.change.is_none() && one.lists.contains(&change));
        let mut said = told(frame, &list_held(change));
        if let Some(subject) = shown {
            said.extend([text(" "), link(subject, &frame.word("diff_see_on").replace("{title}", &subject.title))]);
        }
        said
    });
    section(&mut out, frame.word("diff_lists"), lists);
    let tags = &difference.tags;
    let respelt = tags.respelt.iter().map(|(was, is)| sentence(&format!("`{was}` → `{is}`")));
    let appeared = tags.appeared.iter().map(|label| marked(frame, PageEvent::Added, &format!("`{label}`")));
    let vanished = tags.vanished.iter().map(|label| marked(frame, PageEvent::Removed, &format!("`{label}`")));
    section(&mut out, frame.word("tags"), respelt.chain(appeared).chain(vanished));
    let relations = difference.relations.iter().map(|change| {
        let event = if change.added { PageEvent::Added } else { PageEvent::Removed };
        marked(frame, event, &format!("`{}` {} `{}`", change.from, change.name, change.to))
    });
    section(&mut out, frame.word("diff_relations"), relations);
    let files = difference.files.iter().map(|change| {
        let event = match change.event {
            AssetEvent::Added => PageEvent::Added,
            AssetEvent::Changed => PageEvent::Changed,
            AssetEvent::Removed => PageEvent::Removed,
        };
        let mut out = marked(frame, event, &format!("`{}`", change.path));
        out.extend(told(frame, &file(change).1));
        out.extend(shown_by(frame, &change.shown_by));
        out
    });
    section(&mut out, frame.word("diff_files"), files);
    findings(&mut out, frame, "diff_gone_findings", &difference.findings.gone);
    vec![node(element("div", out).with("class", "prose diff-index"))]
}

/// How many pages there are of what happened to pages.
fn counted(difference: &Difference, frame: ReportFrame<'_>) -> String {
    let count = |event: PageEvent| difference.pages.iter().filter(|page| page.event == event).count();
    let events = PageEvent::ALL.iter().map(|&event| (count(event), event)).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = events.map(|(count, event)| format!("{}: {count}", happened(frame, event))).collect();
    match counts.as_slice() {
        [] if difference.is_empty() => frame.word("diff_nothing").to_owned(),
        [] => frame.word("diff_no_page").to_owned(),
        counts => counts.join(frame.word("list_separator")),
    }
}

/// What happened to a page, in a word.
pub(super) fn happened(frame: ReportFrame<'_>, event: PageEvent) -> &str {
    frame.word(match event {
        PageEvent::Added => "diff_added",
        PageEvent::Removed => "diff_removed",
        PageEvent::Renamed => "diff_renamed",
        PageEvent::Changed => "diff_changed",
        PageEvent::Affected => "diff_affected",
        PageEvent::Rewritten => "diff_rewritten",
    })
}

/// What happened to something else, and its name.
fn marked(frame: ReportFrame<'_>, event: PageEvent, said: &str) -> Vec<TreeNode> {
    let status = element("span", [text(happened(frame, event))]).with("class", "status");
    let mut out = vec![node(status), text(" ")];
    out.extend(sentence(said));
    out
}

fn section(out: &mut Vec<TreeNode>, title: &str, entries: impl Iterator<Item = Vec<TreeNode>>) {
    let mut entries = entries.peekable();
    if entries.peek().is_some() {
        out.push(node(element("h2", [text(title)])));
        out.push(list(entries));
    }
}

fn findings(out: &mut Vec<TreeNode>, frame: ReportFrame<'_>, title: &str, findings: &[FindingFact]) {
    if findings.is_empty() {
        return;
    }
    let row = |finding: &FindingFact| {
        let place = element("code", [text(&format!("{}:{}", finding.path, finding.line))]);
        let kind = element("code", [text(&finding.code)]);
        vec![
            vec![node(place)],
            told(frame, &finding.message),
            vec![text(&format!("{} ", finding.severity)), node(kind)],
        ]
    };
    let title = frame.word(title);
    out.push(node(element("h2", [text(title)])));
    let heads = ["diff_where", "diff_what", "diff_kind"].map(|name| frame.word(name));
    out.push(table(title, &heads, findings.iter().map(row).collect()));
}

/// What is told of a page.
fn page(change: &PageChange, frame: ReportFrame<'_>, subjects: &[ReportSubject<'_>]) -> Vec<TreeNode> {
    let subject = subjects.iter().find(|one| one.change.is_some_and(|own| std::ptr::eq(own, change)));
    let title = if change.title.is_empty() { change.place() } else { &change.title };
    let name = match subject {
        Some(subject) => link(subject, title),
        None => node(element("span", [text(title)]).with("dir", "auto")),
    };
    let status = element("span", [text(happened(frame, change.event))]).with("class", "status");
    let path = match (&change.former_path, &change.path) {
        (Some(former), Some(path)) => format!("`{former}` → `{path}`"),
        _ => format!("`{}`", change.place()),
    };
    let mut out = vec![name, text(" "), node(status), node(element("br", []))];
    out.extend(sentence(&path));
    let said = said_of(change);
    if !said.is_empty() {
        out.push(node(element("br", [])));
        out.extend(told(frame, &said.join("; ")));
    }
    out.extend(shown_by(frame, &change.shown_by));
    out
}

/// The pages that show something, where they are several.
fn shown_by(frame: ReportFrame<'_>, pages: &[ImpactedPage]) -> Option<TreeNode> {
    let entries = pages.iter().map(|shown| vec![node(element("code", [text(&shown.path)]))]);
    let summary = node(element("summary", [text(frame.word("diff_shown_by"))]));
    (pages.len() > 1).then(|| node(element("details", [summary, list(entries)])))
}

fn link(subject: &ReportSubject<'_>, said: &str) -> TreeNode {
    node(element("a", [text(said)]).with("href", &encode_path(&subject.file)).with("dir", "auto"))
}
