//! Marks in braces and the like, anywhere in a line, told by their first two characters.

use super::found::{ForeignMark, Found, rest_of_line};
use crate::diagnostic::Edit;
use crate::source::Span;

/// What begins the name of a template's variable.
const VARIABLES: [&str; 18] = [
    ".Content",
    ".Date",
    ".Title",
    "$frontmatter",
    "$page.",
    "$site.",
    "page.",
    "site.",
    "post.",
    "layout.",
    "include.",
    "book.",
    "jekyll.",
    ".Site.",
    ".Page.",
    ".Params.",
    "$.Site.",
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

/// Marks of forums that have an end.
const BBCODE: [&str; 7] = ["b", "code", "i", "img", "quote", "u", "url"];

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
        let role = || role(line);
        let Some((mark, length)) = braced(line).or_else(role).or_else(|| attributes(found, at, line)) else { continue };
        // The second of two braces is no beginning of its own.
        past = at + length;
        found.note(mark, Span::new(at, at + length), None);
    }
    for at in found.prose.places("@[") {
        if let Some(video) = VIDEOS.iter().find(|video| text[at..].starts_with(**video)) {
            let end = rest_of_line(text, at).find(')').map_or(video.len() - 1, |close| close + 1);
            found.note(ForeignMark::Video, Span::new(at, at + end), None);
        }
    }
    pairs(found);
    for icon in [":fontawesome-", ":material-", ":octicons-"] {
        for at in found.prose.places(icon) {
            let length = text[at + 1..]
                .bytes()
                .take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
                .count();
            if text[at + 1 + length..].starts_with(':') {
                found.note(ForeignMark::Icon, Span::new(at, at + length + 2), None);
            }
        }
    }
    for at in found.prose.places(":`") {
        let role = ROLES.iter().find(|role| text[..=at].ends_with(**role));
        if let Some(role) = role.filter(|role| !text[..=at - role.len() + 1].ends_with(|c: char| c.is_alphanumeric())) {
            found.note(ForeignMark::Role, Span::new(at + 1 - role.len(), at + 1), None);
        }
    }
}

/// `==text==`, and `[b]text[/b]`.
fn pairs(found: &mut Found<'_>) {
    let (text, body) = (found.prose.text, found.prose.body);
    let mut past = body;
    for at in found.prose.places("==") {
        if at < past || text[..at].ends_with(|c: char| !c.is_whitespace() && c != '(') {
            continue;
        }
        let line = rest_of_line(text, at + 2);
        let Some(close) = line.find("==") else { continue };
        let (inner, after) = (&line[..close], &line[close + 2..]);
        let is_tight = inner.starts_with(char::is_alphanumeric) && inner.ends_with(char::is_alphanumeric);
        let ends = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || ".,;:!?)".contains(c));
        let is_words = inner.contains(' ') || inner.chars().all(char::is_alphabetic);
        if is_tight && ends && is_words && !inner.contains(['`', '<', '"', '\'']) {
            past = at + close + 4;
            let mark =
                |start: usize, tag: &str| Edit { span: Span::new(start, start + 2), replacement: tag.to_owned() };
            let edits = vec![mark(at, "<mark>"), mark(past - 2, "</mark>")];
            found.note(ForeignMark::Highlight, Span::new(at, past), Some(edits));
        }
    }
    if !found.prose.may_hold("[/") {
        return;
    }
    let mut opened = std::collections::HashSet::new();
    for at in memchr::memchr_iter(b'[', &text.as_bytes()[body..]).map(|at| body + at) {
        let rest = &text[at + 1..];
        let Some(name) = BBCODE.into_iter().find(|name| {
            let after = rest.strip_prefix('/').unwrap_or(rest).strip_prefix(name);
            after.is_some_and(|after| after.starts_with([']', '=']))
        }) else {
            continue;
        };
        if !rest.starts_with('/') {
            opened.insert(name);
        } else if opened.contains(name) {
            found.note(ForeignMark::Bbcode, Span::new(at, at + name.len() + 3), None);
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
                let is_variable = VARIABLES.iter().any(|variable| inner.starts_with(variable))
                    || (inner.starts_with(['"', '\'']) && inner.contains(" | "));
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

/// `{ref}` before a label in backticks, as MyST has it.
fn role(line: &str) -> Option<(ForeignMark, usize)> {
    const ROLES: [&str; 12] =
        ["abbr", "cite", "class", "doc", "eq", "func", "math", "meth", "mod", "numref", "ref", "term"];
    let end = line.find('}').filter(|end| line[end + 1..].starts_with('`'))?;
    ROLES.contains(&&line[1..end]).then_some((ForeignMark::Role, end + 1))
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
    // `[text]{.class}` and `` `code`{.class} `` of Pandoc.
    if is_class && inner.starts_with('.') && found.prose.text[..at].ends_with([']', '`']) {
        return Some((ForeignMark::Attributes, end + 1));
    }
    let follows =
        found.prose.text[..at].ends_with(')') && found.page.links.iter().any(|link| link.span.whole.end == at);
    (follows && (is_class || is_assignment(inner))).then_some((ForeignMark::Attributes, end + 1))
}

/// `width=50%`, `target="_blank"`.
fn is_assignment(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !value.is_empty()
}
