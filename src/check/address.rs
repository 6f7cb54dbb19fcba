//! Addresses with a slip of the pen, and such that only their writer can reach: told in place of what comes of it, that
//! there is no page. And links whose text is an address and leads elsewhere, or that have none.

use super::context::{PageContext, SiteContext};
use super::own_computer;
use super::reference::Reference;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::page::{Link, LinkKind, Page};
use crate::site::{Edition, Place, Problem};

/// What is wrong with an address.
struct Slip {
    code: Code,
    message: String,
    help: String,
    /// The address that is meant, where that is certain.
    meant: Option<String>,
}

impl Slip {
    fn malformed(target: &str, why: &str, meant: String) -> Self {
        let message = format!("`{target}` {why}");
        Self { code: Code::MalformedAddress, message, help: format!("Write `{meant}`."), meant: Some(meant) }
    }
}

/// Links that readers don't see, or that say something else than they do.
pub(super) fn check(site_context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { id, page, ref prose } = *page_context;
    let links = page.links.iter().zip(site_context.site.links(id)).filter(|(link, _)| link.kind == LinkKind::Link);
    for (link, resolution) in links {
        let whole = link.span.whole;
        let written = prose.text.get(whole.start..whole.end).unwrap_or_default();
        if link.is_wordless(prose.text) {
            // It shows what the other book calls the page, or the address.
            if resolution.book.is_some() {
                continue;
            }
            let message = format!("this link to `{}` has no text, so nobody sees it", link.target);
            let finding = Diagnostic::new(Code::TextlessLink, &page.path, whole, message);
            findings.push(finding.with_help("Write its text between the brackets, or remove it."));
        } else if let Some(shown) = shown_host(link).filter(|_| written.starts_with('[')) {
            let message = format!("this link shows an address of `{shown}` and leads to `{}`", link.target);
            let finding = Diagnostic::new(Code::MisleadingLink, &page.path, whole, message);
            findings.push(finding.with_help("Write the same address at both places, or words as the link's text."));
        }
    }
}

/// The site that a link's text names, if the link leads to another.
fn shown_host(link: &Link) -> Option<&str> {
    let shown = host(&link.text).filter(|_| !link.text.contains(char::is_whitespace))?;
    let leads_to = host(&link.target)?;
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_lowercase();
    let (one, other) = (bare(shown), bare(leads_to));
    // Part of the other, as in `docs.example.org`: one moves into the other.
    let related = one == other || one.ends_with(&other) || other.ends_with(&one) || domain(&one) == domain(&other);
    let cut = link.text.ends_with('…') || link.text.ends_with("...");
    (!related && !cut).then_some(shown)
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

/// What is wrong with the address of a link.
pub(super) fn judge(site: &Edition, page: &Page, link: &Link, reference: &Reference<'_>) -> Option<Diagnostic> {
    let target = reference.target.trim();
    let whole = link.span.whole;
    let written = page.text.get(whole.start..whole.end).unwrap_or_default();
    // Of an address in plain text, and in a tag, less is known of where it was meant to end.
    let is_marked = written.starts_with(['[', '!']);
    let slip = of_scheme(target)
        .or_else(|| of_mail(target))
        .or_else(|| of_host(target))
        .or_else(|| is_marked.then(|| of_sentence(target)).flatten())
        .or_else(|| of_path(site, reference, target));
    let Some(slip) = slip else { return own_computer::judge(page, link, reference) };
    let finding = Diagnostic::new(slip.code, reference.path, reference.span, slip.message).with_help(slip.help);
    let finding = finding.with_target(reference.resolution.address.clone());
    let is_exact = reference.raw.is_some() || is_marked && link.span.is_exact;
    Some(match slip.meant.filter(|_| is_exact) {
        Some(meant) => finding.with_fix(Fix::replace(reference.span, meant)),
        _ => finding,
    })
}

/// `http:/x`, `htps://x`, `http//x`, `https:https://x`.
fn of_scheme(target: &str) -> Option<Slip> {
    let length = target.bytes().take(8).take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = target.split_at_checked(length)?;
    if !is_web_scheme(scheme) {
        return None;
    }
    let lower = scheme.to_ascii_lowercase();
    let is_known = matches!(lower.as_str(), "http" | "https");
    let meant = if lower.ends_with('s') || lower.contains("ps") { "https" } else { "http" };
    if !rest.starts_with([':', ';', '/']) || rest.starts_with('/') && !rest.starts_with("//") {
        return None;
    }
    if let Some(place) = rest.strip_prefix(":\\").map(|place| place.trim_start_matches('\\')) {
        let place = place.replace('\\', "/");
        return begins_host(&place).then(|| Slip::malformed(target, "has backslashes", format!("{lower}://{place}")));
    }
    let after = rest.trim_start_matches([':', ';']);
    let place = after.trim_start_matches('/');
    let slashes = after.len() - place.len();
    let signs = &rest[..rest.len() - after.len()];
    // The address that follows may be a whole one.
    let again = place.bytes().take(8).take_while(u8::is_ascii_alphabetic).count();
    let twice = is_web_scheme(&place[..again])
        && place[again..].starts_with([':', '/'])
        && (place[again..].starts_with("://") || place[again..].starts_with("//") || place[again..].starts_with(":/"));
    if twice {
        let rest = place[again..].trim_start_matches([':', '/']);
        let scheme = if is_known && place[..again].eq_ignore_ascii_case("http") { "http" } else { "https" };
        return begins_host(rest).then(|| Slip::malformed(target, "begins twice", format!("{scheme}://{rest}")));
    }
    let begins = begins_host(place);
    match (is_known, signs, slashes) {
        (true, ":", 2) => None,
        (true, ":", 0 | 1) if begins => Some(Slip::malformed(target, "lacks a slash", format!("{lower}://{place}"))),
        (true, "", 2) if begins => Some(Slip::malformed(target, "lacks its colon", format!("{lower}://{place}"))),
        (true, ":", 3..) if begins => {
            Some(Slip::malformed(target, "has a slash too many", format!("{lower}://{place}")))
        }
        (true, ";" | "::", _) if begins => {
            Some(Slip::malformed(target, "has another sign than a colon", format!("{lower}://{place}")))
        }
        (false, ":" | ";", 1..) if begins => Some(Slip::malformed(
            target,
            &format!("begins with `{scheme}`, which is no scheme"),
            format!("{meant}://{place}"),
        )),
        _ => None,
    }
}

/// Whether a word is `http` or `https`, or nearly.
fn is_web_scheme(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let of_letters = (3..=7).contains(&lower.len()) && lower.bytes().all(|b| matches!(b, b'h' | b't' | b'p' | b's'));
    of_letters && lower.contains('t') && lower.contains('p')
}

/// Whether a host's name stands at a text's beginning.
fn begins_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.contains('.') && host.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// `mailto:` and what was meant as one.
fn of_mail(target: &str) -> Option<Slip> {
    if let Some(rest) = target.strip_prefix("mailto:") {
        let place = rest.trim_start_matches('/');
        if place.len() < rest.len() && is_mail(place) {
            return Some(Slip::malformed(
                target,
                "has slashes that a mail's address has not",
                format!("mailto:{place}"),
            ));
        }
        let is_address =
            rest.starts_with('?') || rest.contains('@') || rest.contains('%') || rest.contains(['{', '<', '$']);
        let help = "Write an address with an `@`, as in `mailto:ada@example.org`.".to_owned();
        let message = format!("`{target}` is no address to which mail could go");
        return (!is_address).then_some(Slip { code: Code::MalformedAddress, message, help, meant: None });
    }
    let at = memchr::memchr(b'@', target.as_bytes())?;
    let (word, rest) = target[..at].split_once(':').map_or(("", target), |(word, _)| (word, &target[word.len() + 1..]));
    let rest = rest.trim_start_matches('/');
    if !is_mail(rest) {
        return None;
    }
    let is_word = word.is_empty() || strsim::osa_distance(&word.to_ascii_lowercase(), "mailto") <= 2 || word == "mail";
    let why = if word.is_empty() {
        "is read as a file, because it does not begin with `mailto:`"
    } else {
        "does not begin with `mailto:`"
    };
    is_word.then(|| Slip::malformed(target, why, format!("mailto:{rest}")))
}

/// Whether a text is an address to which mail can go.
fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let ends =
        host.rsplit_once('.').is_some_and(|(_, last)| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_file = ["md", "mdx", "html", "png", "jpg", "jpeg", "svg", "gif", "webp", "pdf", "js", "css", "json"];
    let ending = host.rsplit('.').next().unwrap_or_default();
    !name.is_empty() && name.bytes().all(is_sign) && host.bytes().all(is_sign) && ends && !is_file.contains(&ending)
}

/// A host with two dots.
fn of_host(target: &str) -> Option<Slip> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| target.starts_with(scheme))?;
    let rest = &target[scheme.len()..];
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    if host.contains("..")
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        && !host.contains("...")
    {
        let mended = host.replace("..", ".");
        return Some(Slip::malformed(
            target,
            "has two dots side by side",
            format!("{scheme}{mended}{}", &rest[host.len()..]),
        ));
    }
    let with_dots = host.replace(',', ".");
    if host.contains(',') && begins_host(&with_dots) && !with_dots.contains("..") {
        return Some(Slip::malformed(
            target,
            "has a comma, where a dot belongs",
            format!("{scheme}{with_dots}{}", &rest[host.len()..]),
        ));
    }
    if target.contains("&amp;") {
        return Some(Slip::malformed(target, "is escaped twice", target.replace("&amp;", "&")));
    }
    None
}

/// An address that took over a sign of the sentence around it.
fn of_sentence(target: &str) -> Option<Slip> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| target.starts_with(scheme))?;
    let ends = target.ends_with([']', '>', '"', '”', '“', '’', ',', ';']);
    let trimmed = target.trim_end_matches([']', '>', '"', '”', '“', '’', ',', ';', ')']);
    let opens = target.contains(['[', '<', '"', '“', '”', '{']) && !target.ends_with(['”', '"']);
    if ends && !opens && begins_host(&trimmed[scheme.len().min(trimmed.len())..]) {
        let sign = &target[trimmed.len()..];
        return Some(Slip::malformed(
            target,
            &format!("ends with `{sign}`, which does not belong to it"),
            trimmed.to_owned(),
        ));
    }
    None
}

/// A path that leads nowhere as it is written, and somewhere without what is wrong with it.
fn of_path(site: &Edition, reference: &Reference<'_>, target: &str) -> Option<Slip> {
    let names_heading = target.split_once("##").is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric));
    if names_heading && matches!(reference.resolution.problem, Some(Problem::NoHeading(_))) {
        let written = target.replace("##", "#");
        let resolved = reference.from.map(|id| site.resolve_from(id, &written, reference.kind));
        let leads = resolved.is_some_and(|resolved| resolved.problem.is_none());
        return leads.then(|| Slip::malformed(target, "has one `#` too many", written));
    }
    if !matches!(reference.resolution.problem, Some(Problem::NoPage | Problem::NoFile)) {
        return None;
    }
    let leads = |written: &str| {
        let resolved = match reference.from {
            Some(id) => site.resolve_from(id, written, reference.kind),
            None => site.resolve_from_root(written, reference.kind),
        };
        resolved.problem.is_none() && matches!(resolved.place, Place::Page(_) | Place::File(_))
    };
    if target.contains('\\') {
        let written = target.replace('\\', "/");
        if leads(&written) {
            return Some(Slip::malformed(target, "has backslashes, where addresses have slashes", written));
        }
    }
    let trimmed = target.trim_end_matches([')', ']', '>', ',', '.', ';', ':', '"', '\'', '”', '’']);
    if trimmed.len() < target.len() && !trimmed.is_empty() && leads(trimmed) {
        let sign = &target[trimmed.len()..];
        return Some(Slip::malformed(
            target,
            &format!("ends with `{sign}`, which does not belong to it"),
            trimmed.to_owned(),
        ));
    }
    let folder = site.config.folders.source.trim_matches(['.', '/']);
    let below = target.trim_start_matches(['.', '/']).strip_prefix(folder).filter(|_| !folder.is_empty())?;
    let why = format!("begins with `{folder}`, the folder of all pages, which no address has");
    (below.starts_with('/') && leads(below)).then(|| Slip::malformed(target, &why, below.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(target: &str) -> Option<String> {
        of_scheme(target)
            .or_else(|| of_mail(target))
            .or_else(|| of_host(target))
            .or_else(|| of_sentence(target))
            .and_then(|slip| slip.meant)
    }

    #[test]
    fn a_slip_of_the_pen_is_mended() {
        for (written, right) in [
            ("http:/example.org", "http://example.org"),
            ("https:example.org/a", "https://example.org/a"),
            ("https:///example.org", "https://example.org"),
            ("htps://example.org", "https://example.org"),
            ("htttp://example.org", "http://example.org"),
            ("http//example.org", "http://example.org"),
            ("https;//example.org", "https://example.org"),
            ("http://http://example.org", "http://example.org"),
            ("https:https://example.org", "https://example.org"),
            ("https://https//example.org", "https://example.org"),
            ("https://www..example.org/a", "https://www.example.org/a"),
            ("https://example.org/a]", "https://example.org/a"),
            ("mailto://a@example.org", "mailto:a@example.org"),
            ("maito:a@example.org", "mailto:a@example.org"),
            ("a.b@example.org", "mailto:a.b@example.org"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(right), "{written}");
        }
    }

    #[test]
    fn what_is_right_is_left_alone() {
        for right in [
            "http://example.org",
            "https://example.org/a_(b)",
            "https://web.archive.org/web/2020/https://example.org",
            "HTTPS://EXAMPLE.ORG",
            "http/server.md",
            "https.md",
            "ssh://git@example.org/a.git",
            "ftp://example.org",
            "mailto:a@example.org?subject=x",
            "mailto:?subject=x",
            "/@handle",
            "https://example.org/@a@b.org",
            "icon@2x.png",
            "https://medium.com/@ada",
            "https://en.wikipedia.org/wiki/Apple_Inc.",
            "https://example.org/a[1]",
            "tps.md",
            "ptt:x",
        ] {
            let slip =
                of_scheme(right).or_else(|| of_mail(right)).or_else(|| of_host(right)).or_else(|| of_sentence(right));
            assert!(slip.is_none(), "{right}: {}", slip.map(|slip| slip.message).unwrap_or_default());
        }
    }
}
