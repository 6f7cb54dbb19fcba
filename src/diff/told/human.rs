//! A difference as lines for a terminal.

use std::fmt::Write as _;

use super::super::change::{Difference, PageChange};
use super::sentence::{counts, event, file, list_held, parts};

/// What is different, in lines; a sentence where nothing is. What shows a page is named, or only counted.
pub fn human(difference: &Difference, names_impact: bool) -> String {
    if difference.is_empty() {
        return "Nothing is different.\n".into();
    }
    let mut out = String::new();
    if !difference.pages.is_empty() {
        let _ = writeln!(out, "{}\n", counts(difference));
        difference.pages.iter().for_each(|change| page(&mut out, change, names_impact));
    }
    section(&mut out, "Lists", difference.lists.iter().map(list_held));
    let tags = &difference.tags;
    let respelt = tags.respelt.iter().map(|(was, is)| format!("`{was}` is written `{is}`"));
    let appeared = tags.appeared.iter().map(|label| format!("+ `{label}`"));
    section(&mut out, "Tags", respelt.chain(appeared).chain(tags.vanished.iter().map(|label| format!("− `{label}`"))));
    section(
        &mut out,
        "Relations",
        difference.relations.iter().map(|change| {
            let sign = if change.added { '+' } else { '−' };
            format!("{sign} {} `{}` {}", change.from, change.name, change.to)
        }),
    );
    let files = difference.files.iter().flat_map(|change| {
        let (what, said) = file(change);
        let shown_by = change.shown_by.iter().filter(|_| names_impact);
        let shown_by = shown_by.map(|shown| format!("             {}{}", "  ".repeat(shown.steps), shown.path));
        std::iter::once(format!("{what:<12} {}{said}", change.path)).chain(shown_by)
    });
    section(&mut out, "Files", files);
    let findings = &difference.findings;
    let told = |sign: char, finding: &super::super::change::FindingFact| {
        format!("{sign} {}:{}: {}[{}]: {}", finding.path, finding.line, finding.severity, finding.code, finding.message)
    };
    let new = findings.new.iter().map(|finding| told('+', finding));
    section(&mut out, "Findings", new.chain(findings.gone.iter().map(|finding| told('−', finding))));
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let gap = if out.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{gap}{title}:");
    lines.iter().for_each(|line| _ = writeln!(out, "  {line}"));
}

fn page(out: &mut String, change: &PageChange, names_impact: bool) {
    let path = match (&change.former_path, &change.path) {
        (Some(former), Some(path)) => format!("{former} → {path}"),
        _ => change.place().to_owned(),
    };
    let parts = parts(change);
    let said = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
    let _ = writeln!(out, "  {:<10}{path}{said}", event(change.event));
    for shown in change.shown_by.iter().filter(|_| names_impact) {
        let _ = writeln!(out, "            {}{}", "  ".repeat(shown.steps - 1), shown.path);
    }
}
