//! Addresses with a slip of the pen, and such that only their writer can reach: told in place of what comes of it, that
//! there is no page.

use super::own_computer;
use super::reference::Reference;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::page::{Link, LinkKind, Page};
use crate::site::{Edition, Place, Problem};

/// What is wrong with an address.
pub(super) struct AddressSlip {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
    /// The address that is meant, where that is certain.
    pub(super) meant: Option<String>,
}

impl AddressSlip {
    fn malformed(target: &str, why: &str, meant: String) -> Self {
        let message = format!("`{target}` {why}");
        Self { code: Code::MalformedAddress, message, help: format!("Write `{meant}`."), meant: Some(meant) }
    }
}

/// What is wrong with the address of a link.
pub(super) fn judge(site: &Edition, page: &Page, link: &Link, reference: &Reference<'_>) -> Option<Diagnostic> {
    let leads_to_page = matches!(reference.resolution.place, Place::Page(_) | Place::Here);
    if leads_to_page && reference.resolution.problem.is_none() && link.kind != LinkKind::Image {
        return None;
    }
    let target = reference.target.trim();
    let whole = link.span.whole;
    let written = page.text.get(whole.start..whole.end).unwrap_or_default();
    // Of an address in plain text, and in a tag, less is known of where it was meant to end.
    let is_marked = written.starts_with(['[', '!']);
    let slip = of_scheme(target)
        .or_else(|| is_marked.then(|| of_code(target)).flatten())
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
pub(super) fn of_scheme(target: &str) -> Option<AddressSlip> {
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
        return begins_host(&place)
            .then(|| AddressSlip::malformed(target, "has backslashes", format!("{lower}://{place}")));
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
        return begins_host(rest).then(|| AddressSlip::malformed(target, "begins twice", format!("{scheme}://{rest}")));
    }
    let begins = begins_host(place);
    match (is_known, signs, slashes) {
        (true, ":", 2) => None,
        (true, ":", 0 | 1) if begins => {
            Some(AddressSlip::malformed(target, "lacks a slash", format!("{lower}://{place}")))
        }
        (true, "", 2) if begins => {
            Some(AddressSlip::malformed(target, "lacks its colon", format!("{lower}://{place}")))
        }
        (true, ":", 3..) if begins => {
            Some(AddressSlip::malformed(target, "has a slash too many", format!("{lower}://{place}")))
        }
        (true, ";" | "::", _) if begins => {
            Some(AddressSlip::malformed(target, "has another sign than a colon", format!("{lower}://{place}")))
        }
        (false, ":" | ";", 1..) if begins => Some(AddressSlip::malformed(
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

/// What is no address, but a program.
fn of_code(target: &str) -> Option<AddressSlip> {
    let (scheme, _) = target.split_once(':')?;
    let runs = ["javascript", "vbscript"].iter().any(|language| scheme.eq_ignore_ascii_case(language));
    let message = format!("`{target}` is a program, not an address");
    let help = "Write where the link leads, or remove it.".to_owned();
    runs.then_some(AddressSlip { code: Code::MalformedAddress, message, help, meant: None })
}

/// `mailto:` and what was meant as one.
fn of_mail(target: &str) -> Option<AddressSlip> {
    if let Some(rest) = target.strip_prefix("mailto:") {
        let place = rest.trim_start_matches('/');
        if place.len() < rest.len() && is_mail(place) {
            return Some(AddressSlip::malformed(
                target,
                "has slashes that a mail's address has not",
                format!("mailto:{place}"),
            ));
        }
        let name = rest.split('?').next().unwrap_or_default();
        let mended = name.replace("@@", "@").replace(',', ".");
        if mended != name && name.matches([',', '@']).count() == 2 && is_mail(&mended) {
            let why = if name.contains(',') { "has a comma, where a dot belongs" } else { "has one `@` too many" };
            return Some(AddressSlip::malformed(target, why, format!("mailto:{mended}{}", &rest[name.len()..])));
        }
        let is_address =
            rest.starts_with('?') || rest.contains('@') || rest.contains('%') || rest.contains(['{', '<', '$']);
        let help = "Write an address with an `@`, as in `mailto:ada@example.org`.".to_owned();
        let message = format!("`{target}` is no address to which mail could go");
        return (!is_address).then_some(AddressSlip { code: Code::MalformedAddress, message, help, meant: None });
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
    is_word.then(|| AddressSlip::malformed(target, why, format!("mailto:{rest}")))
}

/// Whether a text is an address to which mail can go.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let ends =
        host.rsplit_once('.').is_some_and(|(_, last)| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_file = ["md", "mdx", "html", "png", "jpg", "jpeg", "svg", "gif", "webp", "pdf", "js", "css", "json"];
    let ending = host.rsplit('.').next().unwrap_or_default();
    !name.is_empty() && name.bytes().all(is_sign) && host.bytes().all(is_sign) && ends && !is_file.contains(&ending)
}

/// A host with two dots.
fn of_host(target: &str) -> Option<AddressSlip> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| target.starts_with(scheme))?;
    let rest = &target[scheme.len()..];
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    if host.contains("..")
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        && !host.contains("...")
    {
        let mended = host.replace("..", ".");
        return Some(AddressSlip::malformed(
            target,
            "has two dots side by side",
            format!("{scheme}{mended}{}", &rest[host.len()..]),
        ));
    }
    let with_dots = host.replace(',', ".");
    if host.contains(',') && begins_host(&with_dots) && !with_dots.contains("..") {
        return Some(AddressSlip::malformed(
            target,
            "has a comma, where a dot belongs",
            format!("{scheme}{with_dots}{}", &rest[host.len()..]),
        ));
    }
    if target.contains("&amp;") {
        return Some(AddressSlip::malformed(target, "is escaped twice", target.replace("&amp;", "&")));
    }
    None
}

/// An address that took over a sign of the sentence around it.
fn of_sentence(target: &str) -> Option<AddressSlip> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| target.starts_with(scheme))?;
    let ends = target.ends_with([']', '>', '"', '”', '“', '’', ',', ';']);
    let trimmed = target.trim_end_matches([']', '>', '"', '”', '“', '’', ',', ';', ')']);
    let opens = target.contains(['[', '<', '"', '“', '”', '{']) && !target.ends_with(['”', '"']);
    if ends && !opens && begins_host(&trimmed[scheme.len().min(trimmed.len())..]) {
        let sign = &target[trimmed.len()..];
        return Some(AddressSlip::malformed(
            target,
            &format!("ends with `{sign}`, which does not belong to it"),
            trimmed.to_owned(),
        ));
    }
    None
}

/// A path that leads nowhere as it is written, and somewhere without what is wrong with it.
fn of_path(site: &Edition, reference: &Reference<'_>, target: &str) -> Option<AddressSlip> {
    let names_heading = target.split_once("##").is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric));
    if names_heading && matches!(reference.resolution.problem, Some(Problem::NoHeading(_))) {
        let written = target.replace("##", "#");
        let resolved = reference.from.map(|id| site.resolve_from(id, &written, reference.kind));
        let leads = resolved.is_some_and(|resolved| resolved.problem.is_none());
        return leads.then(|| AddressSlip::malformed(target, "has one `#` too many", written));
    }
    let is_page = matches!(reference.resolution.place, Place::Page(_) | Place::Here);
    if is_page && reference.kind == LinkKind::Image && !target.is_empty() {
        let message = format!("`{target}` is a page, not a picture");
        let help = "To link to it, take away the `!` before the brackets.".to_owned();
        return Some(AddressSlip { code: Code::MissingFile, message, help, meant: None });
    }
    let is_nowhere = matches!(reference.resolution.problem, Some(Problem::NoPage | Problem::NoFile));
    let below = target.strip_prefix("//").filter(|below| ends_like_a_page(below));
    if !is_nowhere && below.is_none() {
        return None;
    }
    let leads = |written: &str| {
        let resolved = match reference.from {
            Some(id) => site.resolve_from(id, written, reference.kind),
            None => site.resolve_from_root(written, reference.kind),
        };
        resolved.problem.is_none() && matches!(resolved.place, Place::Page(_) | Place::File(_))
    };
    if let Some(below) = below.filter(|below| leads(below)) {
        let why = "begins with two slashes, so its first part is taken for the name of a site";
        return Some(AddressSlip::malformed(target, why, below.to_owned()));
    }
    if target.contains('\\') {
        let written = target.replace('\\', "/");
        if leads(&written) {
            return Some(AddressSlip::malformed(target, "has backslashes, where addresses have slashes", written));
        }
    }
    let bare = target.trim_matches(['"', '\'', '“', '”', '„', '‘', '’']);
    let is_web = bare.starts_with("https://") || bare.starts_with("http://");
    if target.starts_with(['"', '\'', '“', '”', '„', '‘']) && (is_web || leads(bare)) {
        return Some(AddressSlip::malformed(target, "stands in quotes, which do not belong to it", bare.to_owned()));
    }
    let trimmed = target.trim_end_matches([')', ']', '>', ',', '.', ';', ':', '"', '\'', '”', '’']);
    if trimmed.len() < target.len() && !trimmed.is_empty() && leads(trimmed) {
        let sign = &target[trimmed.len()..];
        return Some(AddressSlip::malformed(
            target,
            &format!("ends with `{sign}`, which does not belong to it"),
            trimmed.to_owned(),
        ));
    }
    let folder = site.config.folders.source.trim_matches(['.', '/']);
    let below = target.trim_start_matches(['.', '/']).strip_prefix(folder).filter(|_| !folder.is_empty())?;
    let why = format!("begins with `{folder}`, the folder of all pages, which no address has");
    (below.starts_with('/') && leads(below)).then(|| AddressSlip::malformed(target, &why, below.to_owned()))
}

/// Whether an address ends as the files of pages do.
fn ends_like_a_page(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    [".md", ".mdx", ".html"].iter().any(|ending| path.ends_with(ending))
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
