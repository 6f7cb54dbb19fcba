//! Links whose text is an address and leads elsewhere, or that have none.

use super::address::is_mail;
use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Link, LinkKind};

/// Links that readers don't see, or that say something else than they do.
pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { id, page, .. } = *page_context;
    let text = page_context.text();
    let links = page.links.iter().zip(context.site.links(id)).filter(|(link, _)| link.kind == LinkKind::Link);
    for (link, resolution) in links {
        let whole = link.span.whole;
        let written = text.get(whole.start..whole.end).unwrap_or_default();
        if link.is_wordless(text) {
            // It shows what the other book calls the page, or the address.
            if resolution.book.is_some() {
                continue;
            }
            let message = format!("this link to `{}` has no text, so nobody sees it", link.target);
            let finding = Diagnostic::new(Code::TextlessLink, &page.path, whole, message);
            findings.push(finding.with_help("Write its text between the brackets, or remove it."));
        } else if let Some(shown) = shown_place(link).filter(|_| written.starts_with('[')) {
            let what = if shown.contains(['@', '/']) { "the address" } else { "an address of" };
            let message = format!("this link shows {what} `{shown}` and leads to `{}`", link.target);
            let finding = Diagnostic::new(Code::MisleadingLink, &page.path, whole, message);
            findings.push(finding.with_help("Write the same address at both places, or words as the link's text."));
        }
    }
}

/// The place that a link's text names, if the link leads to another.
fn shown_place(link: &Link) -> Option<&str> {
    if let (true, Some(leads_to)) = (is_mail(&link.text), link.target.strip_prefix("mailto:")) {
        let leads_to = leads_to.split('?').next().unwrap_or_default();
        return (!link.text.eq_ignore_ascii_case(leads_to) && is_mail(leads_to)).then_some(&link.text);
    }
    shown_host(link)
}

/// The site that a link's text names, if the link leads to another.
fn shown_host(link: &Link) -> Option<&str> {
    let bare = link.text.starts_with("www.").then(|| link.text.split(['/', '?', '#', ':']).next()).flatten();
    let shown = host(&link.text).or(bare).filter(|_| !link.text.contains(char::is_whitespace))?;
    let leads_to = host(&link.target)?;
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_lowercase();
    let (one, other) = (bare(shown), bare(leads_to));
    // Part of the other, as in `docs.example.org`: one moves into the other.
    let related = one == other || one.ends_with(&other) || other.ends_with(&one) || domain(&one) == domain(&other);
    let cut = link.text.ends_with('…') || link.text.ends_with("...");
    if one == other && !cut && shows_other_path(&link.text, &link.target) {
        return Some(&link.text);
    }
    (!related && !cut).then_some(shown)
}

/// Whether two addresses on one host have paths of which none is a part of the other.
fn shows_other_path(shown: &str, target: &str) -> bool {
    let path = |address: &str| {
        let path = address.splitn(4, '/').nth(3).unwrap_or_default();
        path.split(['?', '#']).next().unwrap_or_default().trim_matches('/').to_lowercase()
    };
    let (shown, target) = (path(shown), path(target));
    let holds = |one: &str, other: &str| one.contains(other.rsplit('/').next().unwrap_or_default());
    shown.contains('/') && !target.is_empty() && !holds(&target, &shown) && !holds(&shown, &target)
}

/// The last two parts of a host's name.
fn domain(host: &str) -> &str {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    dots.nth(1).map_or(host, |at| &host[at + 1..])
}

/// The host of a whole web address.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let is_host = host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    is_host.then_some(host)
}
