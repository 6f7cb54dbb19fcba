//! Raw HTML that is opened and never closed, and pictures without a file.

use std::collections::{BTreeMap, HashSet};

use crate::check::context::TextContext;
use crate::check::prose::Prose;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::elements;
use crate::html::tag::{self, Syntax, Tag, Value};
use crate::source::Span;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let (path, prose) = (&context.page.path, &context.prose);
    let mut open: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    // What begins with a capital is a component.
    let is_html = |tag: &Tag| prose.text[tag.name.start..].starts_with(|c: char| c.is_ascii_lowercase());
    let found: Vec<Tag> = tags(prose).into_iter().filter(is_html).collect();
    if found.is_empty() {
        return;
    }
    // `[text](<a b.md>)` leads somewhere.
    let targets: HashSet<usize> = context.page.links.iter().map(|link| link.span.place.start).collect();
    let is_target = |tag: &Tag| targets.contains(&(tag.start + 1));
    for tag in found.into_iter().filter(|tag| !is_target(tag)) {
        let (name, span) = (&prose.text[tag.name.clone()], Span::new(tag.start, tag.end));
        if name == "img" && !tag.closing && tag.get(prose.text, "src").is_none() {
            let message = "this image does not say which file it shows";
            let finding = Diagnostic::new(Code::MissingImageSource, path, span, message);
            findings.push(finding.with_help("Write the path of the picture, as in `src=\"/img/chart.png\"`."));
        }
        if elements::is_void(name) || elements::may_stay_open(name) || tag.self_closing {
            continue;
        }
        if tag.closing {
            if let Some(opened) = open.get_mut(name) {
                opened.pop();
            }
        } else {
            open.entry(name).or_default().push(span);
        }
    }
    for (name, span) in open.into_iter().flat_map(|(name, spans)| spans.into_iter().map(move |span| (name, span))) {
        let message = format!("`<{name}>` is opened here and never closed");
        let finding = Diagnostic::new(Code::UnclosedHtml, path, span, message);
        let help = format!("Close it with `</{name}>`, or write it in backticks if it is not meant as HTML.");
        findings.push(finding.with_help(help));
    }
}

/// The tags of a page's prose, of raw HTML and of components.
pub(super) fn tags(prose: &Prose<'_>) -> Vec<Tag> {
    let text = prose.text;
    let mut tags: Vec<Tag> = Vec::new();
    for (at, _) in text.match_indices('<').skip_while(|(at, _)| *at < prose.body) {
        let past = tags.last().map_or(prose.body, |tag| tag.end);
        if at >= past && !text[..at].ends_with('\\') && !prose.is_hidden(at) {
            tags.extend(tag(text, at));
        }
    }
    tags
}

/// The tag that begins at a place, as Markdown reads it or else as a browser does.
fn tag(text: &str, at: usize) -> Option<Tag> {
    /// No tag is longer; one that never ends is looked for no further.
    const LONGEST: usize = 4_000;
    let end = (at + LONGEST..).find(|end| *end >= text.len() || text.is_char_boundary(*end));
    let reach = &text[..end.unwrap_or(text.len()).min(text.len())];
    let as_browser = || tag::read(reach, at, Syntax::Html).ok().filter(|tag| !holds_another(text, tag));
    let tag = tag::read(reach, at, Syntax::Jsx).ok().or_else(as_browser)?;
    // `<https://…>` and `<me@example.org>` are links.
    let is_name = text[tag.name.clone()].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let begins = text[tag.name.clone()].starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && is_name && !holds_blank_line(&text[tag.start..tag.end])).then_some(tag)
}

/// Whether another tag begins in what would be a tag: then this is only a sign.
fn holds_another(text: &str, tag: &Tag) -> bool {
    tag.attributes.iter().any(|attribute| match &attribute.value {
        Value::Bare(value) => text[attribute.name.start..value.end].contains('<'),
        _ => text[attribute.name.clone()].contains('<'),
    })
}

fn holds_blank_line(text: &str) -> bool {
    let Some((_, rest)) = text.split_once('\n') else { return false };
    let Some((between, _)) = rest.rsplit_once('\n') else { return false };
    between.split('\n').any(|line| line.trim_matches([' ', '\t', '\r']).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_whole_words() {
        let has = |html: &str, name: &str| tag(html, 0).unwrap().get(html, name).is_some();
        assert!(has("<img alt=\"\" src=\"a\">", "src"));
        assert!(!has("<img data-src=\"a\">", "src"));
        assert!(has("<img alt>", "alt"));
    }

    #[test]
    fn links_in_angles_are_no_tags() {
        assert!(tag("<https://example.org>", 0).is_none());
        assert!(tag("<me@example.org>", 0).is_none());
        assert!(tag("<b", 0).is_none());
        assert!(tag("<div\n\nclass>", 0).is_none());
        assert_eq!(tag("<br/>", 0).map(|tag| tag.self_closing), Some(true));
    }
}
