//! What only follows from a mistake that is told already: in a page whose text was swallowed by a code block or a
//! comment that is never closed, or whose headings are none. It is held back.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Edition;
use crate::source::SourcePath;

/// A page of which some was not read as it was meant.
#[derive(Default)]
struct Misread {
    /// Whether text was swallowed.
    swallowed: bool,
    /// The letters of its headings that are none.
    headings: Vec<String>,
}

/// Leaves out the findings that come of others.
pub(super) fn hold_back(site: &Edition, findings: &mut Vec<Diagnostic>) {
    let mut misread: HashMap<&SourcePath, Misread> = HashMap::new();
    let mut by_route: HashMap<&str, &SourcePath> = HashMap::new();
    for published in &site.pages {
        let page = &published.page;
        for finding in &page.findings {
            let entry = match finding.code {
                Code::UnclosedCode | Code::UnclosedComment | Code::UnreadHeading => {
                    misread.entry(&page.path).or_default()
                }
                _ => continue,
            };
            by_route.insert(plain(published.route.as_str()), &page.path);
            match finding.code {
                Code::UnreadHeading => entry.headings.push(letters(finding.span.of(&page.text))),
                _ => entry.swallowed = true,
            }
        }
    }
    if misread.is_empty() {
        return;
    }
    findings.retain(|finding| {
        if finding.code == Code::BrokenAnchor {
            let Some((route, fragment)) = finding.target.as_deref().and_then(|target| target.split_once('#')) else {
                return true;
            };
            let path = if route.is_empty() { Some(&finding.path) } else { by_route.get(plain(route)).copied() };
            let page = path.and_then(|path| misread.get(path));
            return page.is_none_or(|page| !page.swallowed && !page.headings.contains(&letters(fragment)));
        }
        let follows = match finding.code {
            Code::UnclosedHtml | Code::UnclosedComponent | Code::UnclosedAdmonition | Code::StrayClosingTag => true,
            Code::MissingTitle | Code::SkippedHeading => true,
            _ => return true,
        };
        !follows || !misread.contains_key(&finding.path)
    });
}

/// An address without the slash at its end.
fn plain(route: &str) -> &str {
    route.trim_end_matches('/')
}

/// What is left of a heading or an id when only its letters and digits count.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
