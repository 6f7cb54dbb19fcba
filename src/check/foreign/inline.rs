//! Marks in braces and the like, anywhere in a line, told by their first two characters.

use super::found::{ForeignMark, Found, rest_of_line};
use crate::source::Span;

/// What begins the name of a template's variable.
const VARIABLES: [&str; 12] = [
    "page.", "site.", "post.", "layout.", "include.", "book.", "jekyll.", ".Site.", ".Page.", ".Params.", "$.Site.",
    "theme.",
];

/// Tags of GitBook.
const OF_GITBOOK: [&str; 12] = [
    "code",
    "content-ref",
    "embed",
    "endcode",
    "endcontent-ref",
    "endhint",
    "endtab",
    "endtabs",
    "file",
    "hint",
    "tab",
    "tabs",
];

/// Roles of reStructuredText, before a name in backticks.
const ROLES: [&str; 14] = [
    ":attr:",
    ":class:",
    ":doc:",
    ":envvar:",
    ":exc:",
    ":file:",
    ":func:",
    ":meth:",
    ":mod:",
    ":option:",
    ":ref:",
    ":term:",
    ":download:",
    ":numref:",
];

/// Videos in the way of Markdown's links.
const VIDEOS: [&str; 5] = ["@[codepen](", "@[ted](", "@[video](", "@[vimeo](", "@[youtube]("];

pub(super) fn find(found: &mut Found<'_>) {
    let prose = found.prose;
    let (text, body) = (prose.text, prose.body);
    let mut past = body;
    for at in memchr::memchr_iter(b'{', &text.as_bytes()[body..]).map(|at| body + at) {
        if at < past {
            continue;
        }
        let line = rest_of_line(text, at);
        let Some((mark, length)) = braced(line).or_else(|| attributes(found, at, line)) else { continue };
        // The second of two braces is no beginning of its own.
        past = at + length;
        found.note(mark, Span::new(at, at + length), None);
    }
    for at in memchr::memmem::find_iter(&text.as_bytes()[body..], b"@[").map(|at| body + at) {
        if let Some(video) = VIDEOS.iter().find(|video| text[at..].starts_with(**video)) {
            let end = rest_of_line(text, at).find(')').map_or(video.len() - 1, |close| close + 1);
            found.note(ForeignMark::Video, Span::new(at, at + end), None);
        }
    }
    for at in memchr::memmem::find_iter(&text.as_bytes()[body..], b":`").map(|at| body + at) {
        let role = ROLES.iter().find(|role| text[..=at].ends_with(**role));
        if let Some(role) = role.filter(|role| !text[..=at - role.len() + 1].ends_with(|c: char| c.is_alphanumeric())) {
            found.note(ForeignMark::Role, Span::new(at + 1 - role.len(), at + 1), None);
        }
    }
}

/// The mark in braces that a text begins with, and its length.
fn braced(line: &str) -> Option<(ForeignMark, usize)> {
    let closed = |from: usize, end: &str| line[from..].find(end).map(|at| from + at + end.len());
    match line.as_bytes().get(1)? {
        b'{' => match line.as_bytes().get(2)? {
            b'<' => Some((ForeignMark::Shortcode, closed(3, ">}}")?)),
            b'%' => Some((ForeignMark::Shortcode, closed(3, "%}}")?)),
            b'#' => {
                let word = line[3..].split([' ', '}']).next().unwrap_or_default();
                let is_one = ["include", "rustdoc_include", "playground", "title", "template"].contains(&word);
                is_one.then_some((ForeignMark::Include, closed(3, "}}")?))
            }
            _ => {
                let inner = line[2..].trim_start_matches(['-', ' ']);
                let is_variable = VARIABLES.iter().any(|variable| inner.starts_with(variable));
                is_variable.then_some((ForeignMark::Variable, closed(2, "}}")?))
            }
        },
        b'%' => {
            let inner = line[2..].trim_start_matches(['-', ' ']);
            let length = inner.bytes().take_while(|b| b.is_ascii_lowercase() || b"_-".contains(b)).count();
            let name = inner[..length].trim_end_matches('-');
            let follows = inner[length..].starts_with([' ', '%']) || name.len() < length;
            let is_spaced = line[2..].starts_with([' ', '-']);
            let end = closed(2, "%}").filter(|_| !name.is_empty() && follows && is_spaced)?;
            let mark = if OF_GITBOOK.contains(&name) { ForeignMark::GitBook } else { ForeignMark::Liquid };
            Some((mark, end))
        }
        b'!' => {
            let end = closed(2, "!}")?;
            let inner = line[2..end - 2].trim();
            let is_file = inner.contains('.') && !inner.contains([' ', '{']);
            is_file.then_some((ForeignMark::Snippet, end))
        }
        _ => None,
    }
}

/// `{: .class}`, and `{.class}` or `{width=50%}` right after a link or an image.
fn attributes(found: &Found<'_>, at: usize, line: &str) -> Option<(ForeignMark, usize)> {
    let end = line.find('}')?;
    let inner = line[1..end].trim();
    if let Some(inner) = inner.strip_prefix(':') {
        let rest = inner.trim_start();
        let is_class = rest.starts_with(['.', '#']) && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        let is_one = (is_class && inner.len() < 100) || is_assignment(rest);
        return is_one.then_some((ForeignMark::Attributes, end + 1));
    }
    let is_class = inner.starts_with(['.', '#']) && inner[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let follows =
        found.prose.text[..at].ends_with(')') && found.page.links.iter().any(|link| link.span.whole.end == at);
    (follows && (is_class || is_assignment(inner))).then_some((ForeignMark::Attributes, end + 1))
}

/// `width=50%`, `target="_blank"`.
fn is_assignment(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !value.is_empty()
}
