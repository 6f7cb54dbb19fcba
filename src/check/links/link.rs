//! References that lead nowhere, to another case than the thing has, to a draft,
//! or to this site by its whole address. What each leads to is known already.

use super::address as slips;
use super::anchor;
use super::book_link;
use super::reference::Reference;
use super::remembered_names::RememberedNames;
use super::source_address;
use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::nearest::nearest;
use crate::page::{Link, LinkKind, Page};
use crate::render::picture::may_be_picture;
use crate::site::{Edition, Place, Problem, address};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { id, page, .. } = *page_context;
    let text = page_context.text();
    let written = |span: Span, target: &str| text.get(span.start..span.end).filter(|raw| *raw == target);
    for (link, resolution) in page.links.iter().zip(context.site.links(id)) {
        let (span, target, kind) = (link.span.place, link.target.as_str(), link.kind);
        if matches!(kind, LinkKind::Named | LinkKind::Code) {
            let is_entry = || context.site.entry_named(target).is_some();
            match resolution.place {
                Place::Nowhere if kind == LinkKind::Code || is_entry() => continue,
                Place::Nowhere => {
                    findings.push(unknown_name(context.site, page, link));
                    continue;
                }
                Place::Route(_) | Place::Elsewhere => continue,
                _ => {}
            }
        }
        let raw = written(span, target);
        let reference = Reference { from: Some(id), path: &page.path, span, raw, target, kind, resolution };
        // What is known of a book goes before what an address looks like.
        let slip = match resolution.book {
            Some(_) => None,
            None => slips::judge(context.site, page, link, &reference),
        };
        match slip {
            Some(finding) => findings.push(finding),
            None => findings.extend(judge(context, &reference)),
        }
    }
    for (key, target) in [("list_image", &page.meta.list_image), ("image", &page.meta.image)] {
        let Some(target) = target.as_deref().filter(|target| !target.is_empty()) else { continue };
        let span = page.meta.spans.get(key).copied().unwrap_or_default();
        let resolution = &context.site.resolve_from(id, target, LinkKind::Image);
        if resolution.place == Place::Elsewhere && !may_be_picture(target, context.site.config.markdown.html) {
            let message = format!("`{target}` is no address of a picture, so none is shown");
            let finding = Diagnostic::new(Code::MissingFile, &page.path, span, message);
            findings.push(
                finding.with_help("Write the path of a file of this site, or an address that begins with `https://`."),
            );
            continue;
        }
        let (raw, kind) = (written(span, target), LinkKind::Image);
        let reference = Reference { from: Some(id), path: &page.path, span, raw, target, kind, resolution };
        findings.extend(judge(context, &reference));
    }
}

/// A page that a text names, and that there isn't.
fn unknown_name(site: &Edition, page: &Page, link: &Link) -> Diagnostic {
    let message = format!("no page is called `{}`", link.target);
    let identities = (0..site.pages.len()).filter_map(|id| site.identity_of(id));
    let entries = site.catalogs.iter().flat_map(|catalog| catalog.entries.iter().map(|entry| entry.id.as_str()));
    let help = match nearest(&link.target, identities.chain(entries)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => "Name a page by its identity, its id, its path, its address or its title.".into(),
    };
    Diagnostic::new(Code::UnknownIdentity, &page.path, link.span.whole, message).with_help(help)
}

/// What is wrong with one reference.
pub(in crate::check) fn judge(context: &SiteContext<'_>, reference: &Reference<'_>) -> Vec<Diagnostic> {
    let (site, resolution) = (context.site, reference.resolution);
    let finding = |code, message: String| {
        Diagnostic::new(code, reference.path, reference.span, message).with_target(resolution.address.clone())
    };
    let target = reference.target.trim();
    if target.is_empty() {
        return empty(reference).into_iter().collect();
    }
    if names_no_host(target) {
        let message = format!("`{target}` names no site, so this link leads nowhere");
        let help = "Write the whole address, or remove the link.";
        return vec![Diagnostic::new(Code::EmptyLink, reference.path, reference.span, message).with_help(help)];
    }
    if let Some(place) = resolution.book {
        return book_link::judge(site, place, reference).into_iter().collect();
    }
    if resolution.place == Place::Elsewhere {
        let own = own_address(site, reference).or_else(|| source_address::judge(site, reference));
        return own.into_iter().collect();
    }
    let (page, _) = resolution.address.split_once('#').unwrap_or((&resolution.address, ""));
    let Some(problem) = &resolution.problem else { return Vec::new() };
    let first = match problem {
        Problem::NoPage | Problem::NoFile if looks_like_a_host(target) => finding(
            Code::MissingScheme,
            format!("`{target}` is read as a page of this site, because it does not begin with `https://`"),
        )
        .with_help(format!("Write `https://{target}` if it is an address on the web.")),
        Problem::NoPage => missing_page(context.names(), reference, page),
        Problem::NoFile => missing_file(context.names(), reference, page),
        Problem::Case(real) => other_case(site, reference, real),
        Problem::NoHeading(_) | Problem::HeadingCase(_) => {
            return anchor::judge(site, reference).into_iter().collect();
        }
        Problem::Draft => finding(Code::DraftLink, format!("the page `{page}` is still a draft"))
            .with_help("Nothing need be done: the link is shown as plain text until the draft is published."),
    };
    let first = match (first.code, reference.raw) {
        (Code::MissingScheme, Some(raw)) => first.with_fix(Fix::replace(reference.span, format!("https://{raw}"))),
        _ => first,
    };
    let second = matches!(problem, Problem::Case(_)).then(|| anchor::judge_missing(site, reference)).flatten();
    [Some(first), second].into_iter().flatten().collect()
}

fn empty(reference: &Reference<'_>) -> Option<Diagnostic> {
    let (code, message, help) = match reference.kind {
        LinkKind::Link => (
            Code::EmptyLink,
            "this link has no target, so it leads nowhere",
            "Write where it leads between the brackets, or remove the link.",
        ),
        LinkKind::Image | LinkKind::Resource => (
            Code::MissingImageSource,
            "this image does not say which file it shows",
            "Write the path of the picture, as in `/img/chart.png`, or remove the image.",
        ),
        LinkKind::Attribute | LinkKind::Named | LinkKind::Code => return None,
    };
    Some(Diagnostic::new(code, reference.path, reference.span, message).with_help(help))
}

fn missing_page(names: &RememberedNames<'_>, reference: &Reference<'_>, page: &str) -> Diagnostic {
    let written = reference.target.trim();
    let path = written.split(['#', '?']).next().unwrap_or(written);
    let message = if page.strip_prefix('/') == Some(path.trim_start_matches(['.', '/'])) || path == page {
        format!("there is no page at `{page}`")
    } else {
        format!("`{written}` leads to `{page}`, and there is no page there")
    };
    let help = match names.meant(page) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => "Write the path of a page of this site, or remove the link.".into(),
    };
    let finding = Diagnostic::new(Code::BrokenLink, reference.path, reference.span, message);
    finding.with_help(help).with_target(reference.resolution.address.clone())
}

fn missing_file(names: &RememberedNames<'_>, reference: &Reference<'_>, file: &str) -> Diagnostic {
    let what = if reference.kind == LinkKind::Image { "picture" } else { "file" };
    let message = format!("there is no {what} at `{file}`");
    let help = match names.meant(file) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!("Add the {what} to the folder of static files or beside the page, or mend its name here."),
    };
    let finding = Diagnostic::new(Code::MissingFile, reference.path, reference.span, message);
    finding.with_help(help).with_target(reference.resolution.address.clone())
}

fn other_case(site: &Edition, reference: &Reference<'_>, real: &str) -> Diagnostic {
    let (meant, _) = reference.resolution.address.split_once('#').unwrap_or((&reference.resolution.address, ""));
    let what = match reference.resolution.place {
        Place::File(_) => "file's name",
        _ => "page's address",
    };
    let message = format!("`{meant}` has other capitals than the {what}, `{real}`");
    let help = "Computers that serve websites tell capitals from small letters, so readers would find nothing there.";
    let finding = Diagnostic::new(Code::LinkCase, reference.path, reference.span, message);
    let finding = finding.with_help(help).with_target(reference.resolution.address.clone());
    match reference.raw.and_then(|raw| recased(site, reference, raw, real)) {
        Some(written) => finding.with_fix(Fix::replace(reference.span, written)),
        None => finding,
    }
}

/// The target as written but in the right case; none if that doesn't settle it.
fn recased(site: &Edition, reference: &Reference<'_>, raw: &str, real: &str) -> Option<String> {
    let (rest, fragment) = raw.split_once('#').map_or((raw, None), |(rest, fragment)| (rest, Some(fragment)));
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let mut written: Vec<String> = path.split('/').map(str::to_owned).collect();
    let mut real = real.split('/').rev();
    for part in written.iter_mut().rev().skip_while(|part| part.is_empty()) {
        let Some(name) = real.next() else { break };
        let decoded = percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
        let ending = [".md", ".mdx", ".html"].iter().find(|ending| decoded.ends_with(**ending)).copied();
        let ending = ending.filter(|ending| !name.ends_with(*ending)).unwrap_or("");
        if decoded[..decoded.len() - ending.len()].to_lowercase() != name.to_lowercase() {
            break;
        }
        let name = if decoded == *part { name.to_owned() } else { address::encode_path(name).into_owned() };
        *part = format!("{name}{ending}");
    }
    let mut out = written.join("/");
    if let Some(query) = query {
        out = format!("{out}?{query}");
    }
    if fragment.is_some() {
        out = format!("{out}#{}", reference.resolution.fragment);
    }
    let resolved = match reference.from {
        Some(id) => site.resolve_from(id, &out, reference.kind),
        None => site.resolve_from_root(&out, reference.kind),
    };
    let settled = resolved.place == reference.resolution.place
        && !matches!(resolved.problem, Some(Problem::Case(_) | Problem::HeadingCase(_)));
    (settled && out != raw).then_some(out)
}

/// A link to this very site by its whole address.
fn own_address(site: &Edition, reference: &Reference<'_>) -> Option<Diagnostic> {
    let own = site.config.site.url.trim_end_matches('/');
    if own.is_empty() {
        return None;
    }
    let target = reference.target.trim();
    let head = target.get(..own.len())?;
    let path = &target[own.len()..];
    let base = site.config.site.base_path.trim_end_matches('/');
    let below = path.strip_prefix(base).filter(|below| below.is_empty() || below.starts_with(['/', '#', '?']))?;
    if !head.eq_ignore_ascii_case(own) || below.is_empty() && base.is_empty() && reference.from.is_none() {
        return None;
    }
    let below = if below.starts_with('/') { below.to_owned() } else { format!("/{below}") };
    let resolved = site.resolve_from_root(&below, reference.kind);
    let message = format!("`{target}` is a page of this very site, written with its whole address");
    let finding = Diagnostic::new(Code::OwnAddress, reference.path, reference.span, message)
        .with_help(format!("Write `{below}`: that also works in a preview, and is checked."))
        .with_target(target);
    Some(match (reference.raw, resolved.problem) {
        (Some(_), None) => finding.with_fix(Fix::replace(reference.span, below)),
        _ => finding,
    })
}

/// Whether a target is only the beginning of a web address: `https://`.
fn names_no_host(target: &str) -> bool {
    let lower = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    let rest =
        ["https://", "http://"].iter().find(|scheme| lower.starts_with(**scheme)).map(|scheme| &target[scheme.len()..]);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Endings of host names that are not endings of files.
const TOP_LEVELS: [&str; 22] = [
    "com",
    "org",
    "net",
    "io",
    "dev",
    "edu",
    "gov",
    "eu",
    "uk",
    "de",
    "fr",
    "es",
    "nl",
    "jp",
    "cn",
    "br",
    "in",
    "ch",
    "ai",
    "app",
    "info",
    "foundation",
];

/// Whether a target is a web address that lacks its scheme: `www.example.org/a`, `example.org`.
fn looks_like_a_host(target: &str) -> bool {
    let host = target.split(['/', '?', '#']).next().unwrap_or("");
    let mut labels = host.split('.');
    let plain = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_host = host.contains('.') && labels.clone().all(plain);
    let last = labels.next_back().unwrap_or("").to_ascii_lowercase();
    is_host && (host.starts_with("www.") || TOP_LEVELS.contains(&last.as_str()))
}

#[cfg(test)]
mod tests {
    use super::looks_like_a_host;

    #[test]
    fn a_host_is_told_from_a_file() {
        for host in ["todogroup.example.org", "www.a-b.example", "example.org/guides#x"] {
            assert!(looks_like_a_host(host), "{host}");
        }
        for file in ["chart.png", "a/example.org", "./example.org", "notes.md", "v1.2", "..", "org"] {
            assert!(!looks_like_a_host(file), "{file}");
        }
    }
}
