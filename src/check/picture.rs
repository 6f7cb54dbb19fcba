//! Pictures that say nothing to those who don't see them. An empty `alt=""` in raw
//! HTML says that a picture is only decoration.

use super::context::{PageContext, SiteContext};
use super::html;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::LinkKind;

pub(super) fn check(_: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { page, prose, .. } = page_context;
    for link in page.links.iter().filter(|link| link.kind == LinkKind::Image) {
        if !link.text.trim().is_empty() || link.target.trim().is_empty() {
            continue;
        }
        let tag = tag_around(prose.text, link.span.start);
        if tag.is_some_and(|tag| html::has_attribute(tag, "alt")) {
            continue;
        }
        let message = format!("the picture `{}` has no text for those who do not see it", link.target);
        let help = match tag {
            Some(_) => "Say what it shows: `alt=\"…\"`; or write `alt=\"\"` if it is only decoration.",
            None => "Say between the brackets what it shows: `![What it shows](picture.png)`.",
        };
        findings.push(Diagnostic::new(Code::MissingAlt, &page.path, link.span, message).with_help(help));
    }
}

/// The tag that holds a place, if it stands in one.
fn tag_around(text: &str, at: usize) -> Option<&str> {
    const REACH: usize = 2_000;
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = floor(at.saturating_sub(REACH));
    let start = text.get(from..floor(at + 5))?.rfind("<img").map(|offset| from + offset)?;
    let to = floor(at + REACH);
    let closed_before = text[start..floor(at).max(start)].contains('>');
    let end = text[floor(at).max(start)..to].find('>').map_or(to, |offset| floor(at).max(start) + offset + 1);
    (!closed_before).then(|| &text[start..end])
}
