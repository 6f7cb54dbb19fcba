//! A difference as a comment for a pull request.

use std::fmt::Write as _;

use super::super::change::{Difference, PageChange, PageInList};
use super::sentence::{counts, event, file, list, parts, plural};

/// More lines than that are folded.
const FOLDED: usize = 12;

/// What a comment says besides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Commented<'a> {
    /// Where the edited site can be looked at.
    pub preview: Option<&'a str>,
}

/// What is different, as Markdown.
pub fn markdown(difference: &Difference, commented: Commented<'_>) -> String {
    if difference.is_empty() {
        return "**Nothing is different** on the site.\n".into();
    }
    let mut out = String::new();
    let counted = counts(difference);
    let _ = writeln!(out, "**{}**\n", if counted.is_empty() { "No page is another" } else { &counted });
    let rows: Vec<String> = difference.pages.iter().map(|change| page(change, commented)).collect();
    folded(&mut out, &rows, |count| format!("{count} page{}", plural(count)));
    let lists = difference.lists.iter().map(|change| {
        let moved = if change.reordered { vec!["in another order".to_owned()] } else { Vec::new() };
        let gained = change.gained.iter().map(|page| listed('+', page));
        let lost = change.lost.iter().map(|page| listed('−', page));
        format!("- {}: {}", escaped(&list(change)), gained.chain(lost).chain(moved).collect::<Vec<_>>().join(", "))
    });
    section(&mut out, "Lists", lists);
    let tags = &difference.tags;
    let respelt = tags.respelt.iter().map(|(was, is)| format!("- {} is written {}", code(was), code(is)));
    let appeared = tags.appeared.iter().map(|label| format!("- new: {}", code(label)));
    section(
        &mut out,
        "Tags",
        respelt.chain(appeared).chain(tags.vanished.iter().map(|label| format!("- gone: {}", code(label)))),
    );
    let relations = difference.relations.iter().map(|change| {
        let what = if change.added { "new" } else { "gone" };
        format!("- {what}: {} {} {}", code(&change.from), escaped(&change.name), code(&change.to))
    });
    section(&mut out, "Relations", relations);
    let files = difference.files.iter().map(|change| {
        let (what, said) = file(change);
        format!("- {what}: {}{said}", code(&change.path))
    });
    section(&mut out, "Files", files);
    let findings = &difference.findings;
    let told = |finding: &super::super::change::FindingFact| {
        format!(
            "- {} {}: {}",
            code(&format!("{}:{}", finding.path, finding.line)),
            finding.severity,
            escaped(&finding.message)
        )
    };
    section(&mut out, "New findings", findings.new.iter().map(told));
    section(&mut out, "Findings that went", findings.gone.iter().map(told));
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### {title}\n");
    folded(out, &lines, |count| format!("{count} line{}", plural(count)));
}

/// Lines, behind a heading that opens them where there are many.
fn folded(out: &mut String, lines: &[String], said: impl Fn(usize) -> String) {
    let is_long = lines.len() > FOLDED;
    if is_long {
        let _ = writeln!(out, "<details><summary>{}</summary>\n", said(lines.len()));
    }
    lines.iter().for_each(|line| _ = writeln!(out, "{line}"));
    if is_long {
        out.push_str("\n</details>\n");
    }
}

fn page(change: &PageChange, commented: Commented<'_>) -> String {
    let title = if change.title.is_empty() { change.place() } else { &change.title };
    let name = match (commented.preview, &change.address) {
        (Some(preview), Some(address)) => {
            format!(
                "[{}]({}{})",
                escaped(title),
                preview.trim_end_matches('/'),
                address.replace(' ', "%20").replace(')', "%29")
            )
        }
        _ => format!("**{}**", escaped(title)),
    };
    let path = match (&change.former_path, &change.path) {
        (Some(former), Some(path)) => format!("{} → {}", code(former), code(path)),
        _ => code(change.place()),
    };
    let parts: Vec<String> = parts(change).iter().map(|part| escaped(part)).collect();
    let said = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
    format!("- {}: {name} ({path}){said}", event(change.event))
}

fn listed(sign: char, page: &PageInList) -> String {
    let through = page.through.as_deref().map(|label| format!(" ({})", code(label))).unwrap_or_default();
    format!("{sign} {}{through}", code(&page.path))
}

/// A text in backticks, whatever it holds.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{}{pad}{ticks}", text.replace(['\n', '\r'], " "))
}

/// A text of which nothing but code in backticks is markup, and nothing mentions anybody.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 && text.matches('`').count().is_multiple_of(2) {
            out.push_str(&code(part));
            continue;
        }
        for c in part.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '@' => out.push_str("&#64;"),
                '\\' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '`' => out.extend(['\\', c]),
                '\n' | '\r' => out.push(' '),
                c => out.push(c),
            }
        }
    }
    out
}
