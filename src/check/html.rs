//! Raw HTML that is opened and never closed, and pictures without a file.

use std::collections::BTreeMap;

use super::context::{PageContext, SiteContext};
use super::prose::Prose;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Elements without an end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose end may be left out.
const OPTIONAL: [&str; 18] = [
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "html",
    "head", "body", "rt", "rp",
];

pub(super) fn check(_: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let (path, prose) = (&page_context.page.path, &page_context.prose);
    let mut open: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    // What begins with a capital is a component.
    for tag in tags(prose).into_iter().filter(|tag| tag.name.starts_with(|c: char| c.is_ascii_lowercase())) {
        if tag.name == "img" && !tag.closing && !has_attribute(tag.span.of(prose.text), "src") {
            let message = "this image does not say which file it shows";
            let finding = Diagnostic::new(Code::MissingImageSource, path, tag.span, message);
            findings.push(finding.with_help("Write the path of the picture, as in `src=\"/img/chart.png\"`."));
        }
        if VOID.contains(&tag.name.as_str()) || OPTIONAL.contains(&tag.name.as_str()) || tag.self_closing {
            continue;
        }
        if tag.closing {
            if let Some(opened) = open.get_mut(&tag.name) {
                opened.pop();
            }
        } else {
            open.entry(tag.name).or_default().push(tag.span);
        }
    }
    for (name, span) in
        open.into_iter().flat_map(|(name, spans)| spans.into_iter().map(move |span| (name.clone(), span)))
    {
        let message = format!("`<{name}>` is opened here and never closed");
        let finding = Diagnostic::new(Code::UnclosedHtml, path, span, message);
        let help = format!("Close it with `</{name}>`, or write it in backticks if it is not meant as HTML.");
        findings.push(finding.with_help(help));
    }
}

/// A tag of raw HTML, or of a component.
pub(super) struct Tag {
    /// Its name as written.
    pub(super) name: String,
    /// All of it.
    pub(super) span: Span,
    /// Whether it is `</name>`.
    pub(super) closing: bool,
    self_closing: bool,
}

/// The tags of a page's prose.
pub(super) fn tags(prose: &Prose<'_>) -> Vec<Tag> {
    let text = prose.text;
    let mut tags = Vec::new();
    let mut past = prose.body;
    for (at, _) in text.match_indices('<').skip_while(|(at, _)| *at < prose.body) {
        if at < past || text[..at].ends_with('\\') || prose.is_hidden(at) {
            continue;
        }
        if let Some(tag) = tag(text, at) {
            past = tag.span.end;
            tags.push(tag);
        }
    }
    tags
}

fn tag(text: &str, at: usize) -> Option<Tag> {
    let bytes = text.as_bytes();
    let closing = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closing);
    if !bytes.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let length = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    // `<https://…>` and `<me@example.org>` are links.
    if !matches!(bytes.get(start + length)?, b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'/') {
        return None;
    }
    let end = tag_end(bytes, start + length)?;
    Some(Tag {
        name: text[start..start + length].to_owned(),
        span: Span::new(at, end),
        closing,
        self_closing: bytes[end - 2] == b'/',
    })
}

/// The place after the `>` of a tag: not within quotes or braces, before a blank line.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    /// No tag is longer; one that never ends is looked for no further.
    const LONGEST: usize = 4_000;
    let (mut quote, mut depth) = (None, 0_u32);
    for at in from..bytes.len().min(from + LONGEST) {
        match (bytes[at], quote) {
            (b, Some(open)) if b == open => quote = None,
            (b'\n', _) if bytes[at + 1..].iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')) == Some(&b'\n') => {
                return None;
            }
            (_, Some(_)) => {}
            (b @ (b'"' | b'\''), None) => quote = Some(b),
            (b'{', None) => depth += 1,
            (b'}', None) => depth = depth.saturating_sub(1),
            (b'<', None) if depth == 0 => return None,
            (b'>', None) if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a tag has an attribute of that name.
pub(super) fn has_attribute(tag: &str, name: &str) -> bool {
    tag.match_indices(name).any(|(at, _)| {
        let before = tag[..at].chars().next_back().is_some_and(char::is_whitespace);
        let after = tag[at + name.len()..].trim_start();
        before && (after.starts_with(['=', '>', '/']) || after.len() < tag[at + name.len()..].len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_whole_words() {
        assert!(has_attribute("<img alt=\"\" src=\"a\">", "src"));
        assert!(!has_attribute("<img data-src=\"a\">", "src"));
        assert!(has_attribute("<img alt>", "alt"));
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
