//! Links that go by way of another site, which only leads on: a search, a mail program or a network put itself between.

use percent_encoding::percent_decode_str;

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::page::LinkKind;

/// A host or its end, a path, and which of what follows the `?` says where it leads.
const DETOURS: [(&str, &str, &[&str]); 15] = [
    (".safelinks.protection.outlook.com", "/", &["url"]),
    ("//l.facebook.com", "/l.php", &["u"]),
    ("//lm.facebook.com", "/l.php", &["u"]),
    ("//l.instagram.com", "/", &["u"]),
    ("//www.youtube.com", "/redirect", &["q"]),
    ("//slack-redir.net", "/link", &["url"]),
    ("//out.reddit.com", "/", &["url"]),
    ("//www.linkedin.com", "/redir/redirect", &["url"]),
    ("//www.linkedin.com", "/safety/go", &["url"]),
    ("//vk.com", "/away.php", &["to"]),
    ("//link.zhihu.com", "/", &["target"]),
    ("//link.juejin.cn", "/", &["target"]),
    ("//steamcommunity.com", "/linkfilter", &["url", "u"]),
    ("//duckduckgo.com", "/l", &["uddg"]),
    ("//t.umblr.com", "/redirect", &["z"]),
];

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let links = page.links.iter().filter(|link| matches!(link.kind, LinkKind::Link | LinkKind::Attribute));
    for link in links.filter(|link| link.target.starts_with("http")) {
        let Some(real) = leads_to(&link.target) else { continue };
        let shown = link.target.split('?').next().unwrap_or_default();
        let message = format!("`{shown}?…` only leads on to `{real}`");
        let place = link.span.place;
        let finding = Diagnostic::new(Code::TrackingLink, &page.path, place, message);
        let finding = finding.with_help("Write that address itself: then nobody between is told who follows it.");
        let is_plain = real.bytes().all(|b| b.is_ascii_graphic() && !b"()<>\"'&*_`\\|[]".contains(&b));
        let is_alone = link.span.is_exact && place.of(prose.text) == link.target;
        findings.push(if is_plain && is_alone { finding.with_fix(Fix::replace(place, real)) } else { finding });
    }
}

/// Where an address leads on to.
fn leads_to(target: &str) -> Option<String> {
    let wrapped = target.strip_prefix("https://urldefense.com/v3/__");
    if let Some(wrapped) = wrapped {
        let real = wrapped.split("__;").next().unwrap_or_default();
        return (real.starts_with("http") && !real.contains('*')).then(|| real.to_owned());
    }
    let (address, query) = target.split_once('?')?;
    let names = names(address)?;
    let query = query.split('#').next().unwrap_or_default();
    let value = names.iter().find_map(|wanted| {
        let mut parts = query.split('&').map(|part| part.strip_prefix("amp;").unwrap_or(part));
        parts.find_map(|part| part.split_once('=').filter(|(name, _)| name == wanted).map(|(_, value)| value))
    })?;
    let real = percent_decode_str(value).decode_utf8().ok()?.into_owned();
    let host = real.strip_prefix("https://").or_else(|| real.strip_prefix("http://"))?;
    (host.contains('.') && !host.contains(['{', '<', '…'])).then_some(real)
}

/// What says where it leads, if an address without what follows its `?` is one that leads on.
fn names(address: &str) -> Option<&'static [&'static str]> {
    let after = address.find("://")? + 3;
    let host_end = address[after..].find('/').map_or(address.len(), |at| after + at);
    let (host, path) = address.split_at(host_end);
    if host[after..].starts_with("www.google.") && path == "/url" {
        return Some(&["q", "url"]);
    }
    let is_one = |(end, start, _): &&(&str, &str, _)| {
        host.ends_with(*end) && path.trim_end_matches('/') == start.trim_end_matches('/')
    };
    DETOURS.iter().find(is_one).map(|(_, _, names)| *names)
}

#[cfg(test)]
mod tests {
    use super::leads_to;

    #[test]
    fn an_address_that_leads_on_is_told_from_others() {
        for target in [
            "https://www.google.com/url?q=https://example.org/a&sa=D",
            "https://www.google.de/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=05",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa&h=x",
            "https://urldefense.com/v3/__https://example.org/a__;!!x",
        ] {
            assert_eq!(leads_to(target).as_deref(), Some("https://example.org/a"), "{target}");
        }
        for target in [
            "https://www.google.com/search?q=https://example.org",
            "https://www.google.com/url?q=",
            "https://www.youtube.com/watch?v=x",
            "https://example.org/?url=https://example.com",
            "https://www.google.com/url?q={query}",
        ] {
            assert_eq!(leads_to(target), None, "{target}");
        }
    }
}
