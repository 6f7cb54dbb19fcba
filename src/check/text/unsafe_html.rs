//! Raw HTML that is left out where the project lets only such HTML through as can't run
//! code: told at its place, so that nobody wonders where it went.

use super::html;
use crate::check::context::TextContext;
use crate::check::prose::Prose;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::elements;
use crate::html::tag::Tag;
use crate::html::tree::DEEPEST_READ;
use crate::page::Page;
use crate::source::Span;

/// Elements that run code, load something that does, or change the page around them.
const ELEMENTS: [&str; 20] = [
    "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "meta", "link", "form",
    "button", "textarea", "select", "svg", "math", "template", "noscript", "portal",
];

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.read_as.html != RawHtml::Safe {
        return;
    }
    let TextContext { page, prose, .. } = context;
    let tags = html::tags(prose);
    findings.extend(nested_too_deep(page, prose, &tags));
    for tag in tags.into_iter().filter(|tag| !tag.closing) {
        let written = &prose.text[tag.name.clone()];
        let name = written.to_ascii_lowercase();
        let message = if ELEMENTS.contains(&name.as_str()) {
            format!("`<{name}>` is left out, because it could run code or change the page around it")
        } else if let Some(attribute) = unsafe_attribute(&prose.text[tag.start..tag.end]) {
            format!("`{attribute}` of `<{written}>` is left out, because it could run code")
        } else {
            continue;
        };
        let finding = Diagnostic::new(Code::UnsafeHtml, &page.path, Span::new(tag.start, tag.end), message);
        findings
            .push(finding.with_help("Use Markdown or a component in its place; `html = \"trusted\"` lets it through."));
    }
}

/// The tag at which more elements are open than anybody nests, if there is one. Whether all stand in each other, only a tree of the
/// finished page says.
fn nested_too_deep(page: &Page, prose: &Prose<'_>, tags: &[Tag]) -> Option<Diagnostic> {
    let mut depth = 0usize;
    let nests = |tag: &&Tag| {
        let name = &prose.text[tag.name.clone()];
        !elements::is_void(name) && !elements::may_stay_open(name)
    };
    let deepest = tags.iter().filter(nests).find(|tag| {
        depth = if tag.closing { depth.saturating_sub(1) } else { depth + 1 };
        depth > DEEPEST_READ
    })?;
    let message = format!(
        "more than {DEEPEST_READ} elements are open here: where so many stand in each other, only their text is shown"
    );
    let finding = Diagnostic::new(Code::UnsafeHtml, &page.path, Span::new(deepest.start, deepest.end), message);
    Some(finding.with_help("Close what is open, or take elements away: no browser follows so deep."))
}

/// The name of an attribute that runs code, if a tag has one, or what could become one within a value.
fn unsafe_attribute(tag: &str) -> Option<&str> {
    for (at, _) in tag.match_indices('=') {
        let before = tag[..at].trim_end();
        let start = before.rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).map_or(0, |at| at + 1);
        let name = &before[start..];
        let value = tag[at + 1..].trim_start().trim_start_matches(['"', '\'', '{', '`']);
        let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(12).collect();
        let plain = plain.to_ascii_lowercase();
        let is_handler = name.len() > 2 && name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
        if is_handler || ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| plain.starts_with(scheme)) {
            return Some(name);
        }
    }
    None
}
