//! What only follows from a mistake that is told already: in a page whose text was swallowed by a code block or a
//! comment that is never closed, or whose headings are none. It is held back.

use std::collections::{HashMap, HashSet};

use crate::check::links::anchor::letters;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Edition;
use crate::source::{SourcePath, Span};

/// A page of which some was not read as it was meant.
#[derive(Default)]
struct Misread {
    /// Whether text was swallowed.
    swallowed: bool,
    /// The letters of its headings that are none.
    headings: HashSet<String>,
    /// Its marks that are none, and lines that make a heading of what is none, in order: one may be all that is wrong
    /// with a row of a table, or with a heading.
    marks: Vec<Span>,
}

/// Whether a page's own finding says that some of it was not read as it was meant. Links to its headings, wherever they
/// stand, are told less for it.
pub(super) fn is_cause(finding: &Diagnostic) -> bool {
    use Code::{UnclosedCode, UnclosedComment, UnmeantHeading, UnreadHeading, UnreadMark};
    matches!(finding.code, UnclosedCode | UnclosedComment | UnreadHeading | UnreadMark | UnmeantHeading)
}

/// Leaves out the findings that come of others.
pub(super) fn hold_back(site: &Edition, findings: &mut Vec<Diagnostic>) {
    let mut misread: HashMap<&SourcePath, Misread> = HashMap::new();
    let mut by_route: HashMap<&str, &SourcePath> = HashMap::new();
    let mut texts: HashMap<&SourcePath, &str> = HashMap::new();
    for published in &site.pages {
        let page = &published.page;
        for finding in &page.findings {
            if !is_cause(finding) {
                continue;
            }
            let entry = misread.entry(&page.path).or_default();
            by_route.insert(plain(published.route.as_str()), &page.path);
            texts.insert(&page.path, &page.text);
            match finding.code {
                Code::UnreadMark | Code::UnmeantHeading => entry.marks.push(finding.span),
                Code::UnreadHeading => {
                    entry.headings.insert(letters(finding.span.of(&page.text)));
                }
                _ => entry.swallowed = true,
            }
        }
    }
    if misread.is_empty() {
        return;
    }
    let unread: HashMap<SourcePath, usize> = findings
        .iter()
        .filter(|finding| finding.code == Code::UnreadFrontMatter)
        .map(|finding| (finding.path.clone(), finding.span.start))
        .collect();
    findings.retain(|finding| {
        if finding.code == Code::UnmeantHeading && !unread.is_empty() {
            // The line below keys that nobody read as such makes a heading of them.
            let text = texts.get(&finding.path).copied().unwrap_or_default();
            let keys = unread.get(&finding.path).and_then(|start| text.get(*start..finding.span.start));
            return keys.is_none_or(|keys| keys.contains("\n\n") || keys.contains("\n\r\n"));
        }
        if finding.code == Code::BrokenAnchor {
            let Some((route, fragment)) = finding.target.as_deref().and_then(|target| target.split_once('#')) else {
                return true;
            };
            let path = if route.is_empty() { Some(&finding.path) } else { by_route.get(plain(route)).copied() };
            let page = path.and_then(|path| misread.get(path));
            return page.is_none_or(|page| !page.swallowed && !page.headings.contains(&letters(fragment)));
        }
        let Some(page) = misread.get(&finding.path) else { return true };
        let first = page.marks.partition_point(|span| span.start < finding.span.start);
        let holds = page.marks.get(first).is_some_and(|span| span.end <= finding.span.end);
        match finding.code {
            Code::UnclosedHtml | Code::UnclosedComponent | Code::UnclosedAdmonition | Code::StrayClosingTag => {
                !page.swallowed
            }
            Code::MissingTitle => !page.swallowed && page.headings.is_empty(),
            Code::SkippedHeading => !page.swallowed && page.headings.is_empty() && !holds,
            Code::RaggedTable | Code::SecondTitle => !holds,
            _ => true,
        }
    });
}

/// An address without the slash at its end.
fn plain(route: &str) -> &str {
    route.trim_end_matches('/')
}
