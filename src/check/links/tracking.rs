//! Links that tell the site that they lead to where its readers come from, or whose session they belong to. Told once
//! a page, since they come by the dozen.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, counted};
use crate::page::{Link, LinkKind};
use crate::source::Span;

/// What a mark at an address is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TrackingMark {
    /// Who sent a visitor; perhaps written on purpose.
    Campaign,
    /// Which program answered a question with it.
    Chat,
    /// Which visitor it was: it came along with a copied address.
    Visitor,
    /// Which visit it was.
    Session,
}

const OF_VISITORS: [&str; 13] = [
    "fbclid", "gclid", "gclsrc", "dclid", "msclkid", "yclid", "mc_eid", "mc_cid", "igshid", "_hsenc", "_hsmi",
    "mkt_tok", "vero_id",
];

const OF_CHATS: [&str; 5] = ["chatgpt", "openai", "perplexity", "claude", "copilot"];

const OF_SESSIONS: [&str; 4] = ["phpsessid", "jsessionid", "aspsessionid", "cftoken"];

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    for (wanted, what) in [
        (TrackingMark::Campaign, "tells the site which campaign its visitors come from"),
        (TrackingMark::Chat, "tells the site that this address comes from a conversation with a program"),
        (TrackingMark::Visitor, "tells the site whom this address was once given to"),
        (TrackingMark::Session, "belongs to the visit of whoever copied this address"),
    ] {
        let mut first: Option<(Span, &str)> = None;
        let (mut edits, mut count): (Vec<Edit>, usize) = (Vec::new(), 0);
        for link in page.links.iter().filter(|link| may_be_marked(link)) {
            let Some(found) = marked(&link.target).find(|found| found.mark == wanted) else { continue };
            let written = link.span.place.of(prose.text);
            // One definition may stand for several links.
            let at =
                written.find(found.text).map(|at| Span::new(at, at + found.text.len()).shifted(link.span.place.start));
            let span = at.unwrap_or(link.span.place);
            if edits.iter().any(|edit| edit.span == link.span.place) {
                continue;
            }
            count += 1;
            if first.is_none_or(|(earlier, _)| span.start < earlier.start) {
                first = Some((span, found.name));
            }
            if link.span.is_exact && written == link.target && wanted != TrackingMark::Campaign {
                edits.push(Edit { span: link.span.place, replacement: without_marks(&link.target) });
            }
        }
        let Some((span, name)) = first else { continue };
        let message = format!("`{name}` {what}");
        let mut finding = Diagnostic::new(Code::TrackingLink, &page.path, span, message).with_help(match count {
            1 => "Remove it: the page is found without it.".to_owned(),
            many => format!(
                "Remove it: the page is found without it. {} of this page have such a mark.",
                counted(many, "link")
            ),
        });
        edits.sort_by_key(|edit| edit.span);
        if !edits.is_empty() {
            finding = finding.with_fix(Fix { title: "remove it from the address".into(), edits });
        }
        findings.push(finding);
    }
}

fn may_be_marked(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Link | LinkKind::Attribute)
        && link.target.starts_with("http")
        && memchr::memchr2(b'?', b';', link.target.as_bytes()).is_some()
}

/// A mark in an address: all of it, and its name.
struct TrackingPart<'a> {
    mark: TrackingMark,
    text: &'a str,
    name: &'a str,
}

/// The marks in an address.
fn marked(target: &str) -> impl Iterator<Item = TrackingPart<'_>> {
    let (address, _) = target.split_once('#').unwrap_or((target, ""));
    address.split(['?', '&', ';']).skip(1).filter_map(|text| {
        let (name, value) = text.split_once('=')?;
        let is_chat = name == "utm_source" && OF_CHATS.iter().any(|chat| value.starts_with(chat));
        let mark = mark(name)
            .map(|mark| if is_chat { TrackingMark::Chat } else { mark })
            .filter(|_| !value.is_empty() && !value.contains(['{', '<', '…']) && value != "...")?;
        Some(TrackingPart { mark, text, name })
    })
}

fn mark(name: &str) -> Option<TrackingMark> {
    let name = name.strip_prefix("amp;").unwrap_or(name);
    if name.starts_with("utm_") {
        return Some(TrackingMark::Campaign);
    }
    if OF_VISITORS.contains(&name) {
        return Some(TrackingMark::Visitor);
    }
    OF_SESSIONS.iter().any(|session| name.eq_ignore_ascii_case(session)).then_some(TrackingMark::Session)
}

/// An address without its marks.
fn without_marks(target: &str) -> String {
    let (address, fragment) = target.split_once('#').map_or((target, None), |(address, rest)| (address, Some(rest)));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_kept = |part: &&str| part.split_once('=').is_none_or(|(name, _)| mark(name).is_none());
    let mut out = path.split(';').filter(is_kept).collect::<Vec<_>>().join(";");
    let query: Vec<&str> = query.split('&').filter(|part| !part.is_empty()).filter(is_kept).collect();
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_from_addresses() {
        for (target, without) in [
            ("https://a.org/b?utm_source=x&utm_medium=y", "https://a.org/b"),
            ("https://a.org/b?c=d&fbclid=x#e", "https://a.org/b?c=d#e"),
            ("https://a.org/b;jsessionid=1F?c=d", "https://a.org/b?c=d"),
        ] {
            assert!(marked(target).next().is_some(), "{target}");
            assert_eq!(without_marks(target), without);
        }
        for target in [
            "https://a.org/b?c=d",
            "https://a.org/utm_source=x",
            "https://a.org?utm_source=",
            "https://a.org?utm_source={x}",
        ] {
            assert!(marked(target).next().is_none(), "{target}");
        }
    }
}
