//! What the pages of a site load, as the Content-Security-Policy that lets through exactly that:
//! the site's own files, and the hosts that its content embeds.
//!
//! Links lead anywhere and need no permission; pictures, films, frames and the like do. They are looked
//! up where pages bring them: in Markdown, in raw HTML, and in what components make of their attributes.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::html::tag::Tag;
use crate::html::tags::tags;
use crate::page::{LinkKind, Page, Piece, plain_html};
use crate::render::body::{self, Views};
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::links::Linker;
use crate::render::pages::article;
use crate::render::renderer::Renderer;
use crate::site::{PageId, Place};

/// What a page without anything from elsewhere may do. The order is that in which they are written.
const OWN: [(&str, &str); 11] = [
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("media-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("frame-ancestors", "'self'"),
];

/// A longer line is cut off by hosts that read `_headers`.
const LONGEST: usize = 1_900;

/// What raw HTML holds if it may load something, or bring a style.
const TELLING: [&str; 9] =
    ["style", "srcset", "<iframe", "<object", "<embed", "<form", "<script", "<link", "background"];

/// Sources by directive.
type Sources = BTreeMap<&'static str, BTreeSet<String>>;

/// The policy that the published site satisfies.
pub(crate) fn policy(renderer: &Renderer<'_>) -> String {
    let mut sources = Sources::new();
    let mut seen = HashSet::new();
    for id in 0..renderer.site.pages.len() {
        of_page(renderer, id, &mut sources);
        of_components(renderer, id, &mut seen, &mut sources);
    }
    for (directive, allowed) in &renderer.site.config.headers.allow {
        if let Some(known) = directive_named(directive) {
            sources.entry(known).or_default().extend(allowed.iter().cloned());
        }
    }
    let written = write(&sources);
    if written.len() <= LONGEST {
        return written;
    }
    for (_, hosts) in sources.iter_mut().filter(|(name, _)| matches!(**name, "img-src" | "media-src")) {
        hosts.retain(|source| !source.contains("://"));
        hosts.insert("https:".into());
    }
    write(&sources)
}

fn write(sources: &Sources) -> String {
    let empty = BTreeSet::new();
    let mut parts = Vec::new();
    for (directive, own) in OWN {
        let more = sources.get(directive).unwrap_or(&empty);
        let own = if own == "'none'" && !more.is_empty() { None } else { Some(own) };
        let all = own.into_iter().chain(more.iter().map(String::as_str)).collect::<Vec<_>>();
        parts.push(format!("{directive} {}", all.join(" ")));
    }
    for (directive, more) in sources.iter().filter(|(name, _)| !OWN.iter().any(|(own, _)| own == *name)) {
        parts.push(format!("{directive} {}", more.iter().map(String::as_str).collect::<Vec<_>>().join(" ")));
    }
    parts.join("; ")
}

fn directive_named(name: &str) -> Option<&'static str> {
    let more = ["frame-src", "object-src", "worker-src"];
    OWN.iter().map(|(own, _)| *own).chain(more).find(|known| *known == name)
}

/// What a page brings by itself: pictures in Markdown, elements in raw HTML.
fn of_page(renderer: &Renderer<'_>, id: PageId, sources: &mut Sources) {
    let page = &renderer.site.pages[id].page;
    if let Some(image) = &page.meta.list_image {
        allow(sources, "img-src", image);
    }
    let loads = |(link, to): (&crate::page::Link, &crate::site::Resolution)| {
        matches!(link.kind, LinkKind::Image | LinkKind::Resource) && to.place == Place::Elsewhere
    };
    for (link, to) in page.links.iter().zip(renderer.site.links(id)) {
        if to.book.is_some() && loads((link, to)) {
            allow(sources, "img-src", &to.address);
        }
    }
    if page.links.iter().zip(renderer.site.links(id)).any(loads) || may_load(&page.body) {
        of_html(&plain_html(page), sources);
    }
}

fn may_load(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Html(html) => {
            TELLING.iter().any(|word| memchr::memmem::find(html.as_bytes(), word.as_bytes()).is_some())
        }
        Piece::Component { body, .. } => may_load(body),
        _ => false,
    })
}

/// What components bring: each is tried where it is first used, and wherever an attribute names a
/// host that it was not yet tried with.
fn of_components<'a>(
    renderer: &Renderer<'a>,
    id: PageId,
    seen: &mut HashSet<(&'a str, &'a str, Option<String>)>,
    sources: &mut Sources,
) {
    let site = renderer.site;
    let page: &'a Page = &site.pages[id].page;
    let mut wanted = Vec::new();
    for (at, used) in page.components.iter().enumerate() {
        let mut is_new = seen.insert((&used.name, "", None));
        for attribute in &used.attributes {
            let host = attribute.value.as_str().and_then(origin);
            is_new |= host.is_some() && seen.insert((&used.name, &attribute.name, host));
        }
        if is_new {
            wanted.push(at);
        }
    }
    if wanted.is_empty() {
        return;
    }
    let linker = Linker::at_route(site, &site.pages[id].route);
    let context = FileContext { renderer, linker: &linker };
    let mut cache = FolderCache::new(renderer);
    let frame = cache.site(context, &site.pages[id].route);
    let seen = article::view(context, &mut cache, id).into_value();
    let views = Views { site: &frame, page: &seen };
    for at in wanted {
        of_html(&body::component(context, &mut cache, id, at, views), sources);
    }
}

/// What the elements of some HTML load, and whether they style themselves.
fn of_html(html: &str, sources: &mut Sources) {
    tags(html).filter(|tag| !tag.closing).for_each(|tag| of_tag(html, &tag, sources));
}

fn of_tag(html: &str, tag: &Tag, sources: &mut Sources) {
    let name = html[tag.name.clone()].to_ascii_lowercase();
    if tag.get(html, "style").is_some() {
        sources.entry("style-src-attr").or_default().insert("'unsafe-inline'".into());
    }
    let loads: &[(&str, &'static str)] = match name.as_str() {
        "img" | "image" | "use" | "input" | "picture" => {
            &[("src", "img-src"), ("srcset", "img-src"), ("href", "img-src"), ("xlink:href", "img-src")]
        }
        "source" => &[("src", "media-src"), ("srcset", "img-src")],
        "video" => &[("src", "media-src"), ("poster", "img-src")],
        "audio" | "track" => &[("src", "media-src")],
        "iframe" | "frame" => &[("src", "frame-src")],
        "embed" => &[("src", "object-src")],
        "object" => &[("data", "object-src")],
        "script" => &[("src", "script-src")],
        "form" => &[("action", "form-action")],
        "link" if tag.get(html, "rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("icon")) => {
            &[("href", "img-src")]
        }
        "link" if tag.get(html, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet")) => {
            &[("href", "style-src")]
        }
        _ => &[("background", "img-src")],
    };
    for (attribute, directive) in loads {
        let Some(value) = tag.get(html, attribute) else { continue };
        let several = if *attribute == "srcset" { value.split(',').collect() } else { vec![value] };
        for address in several {
            allow(sources, directive, address);
        }
        let own = !value.contains("//") && matches!(*directive, "frame-src" | "object-src" | "form-action");
        if own {
            sources.entry(directive).or_default().insert("'self'".into());
        }
    }
}

fn allow(sources: &mut Sources, directive: &'static str, address: &str) {
    if let Some(origin) = origin(address) {
        sources.entry(directive).or_default().insert(origin);
    }
}

/// The scheme and host of a whole address, as a policy names them; nothing for one on the site.
fn origin(address: &str) -> Option<String> {
    let address = address.trim_start();
    let (scheme, rest) = match address.split_once("//")? {
        ("", rest) => ("https:".to_owned(), rest),
        (scheme, rest) => (scheme.to_ascii_lowercase(), rest),
    };
    if scheme != "https:" && scheme != "http:" {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\', ' ']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    (!host.is_empty() && host.bytes().all(is_plain)).then(|| format!("{scheme}//{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> String {
        let mut sources = Sources::new();
        of_html(html, &mut sources);
        let told = |(name, from): (&&str, &BTreeSet<String>)| {
            format!("{name} {}", from.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
        };
        sources.iter().map(told).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn elements_are_let_through_by_what_they_load() {
        assert_eq!(found("<img src=\"https://a.org/x.png\" srcset=\"https://b.org/1 1x, https://c.org/2 2x\">"), {
            "img-src https://a.org https://b.org https://c.org"
        });
        assert_eq!(found("<iframe src='//Films.org/e?a=b'></iframe>"), "frame-src https://films.org");
        assert_eq!(found("<iframe src='demo.html'></iframe>"), "frame-src 'self'");
        assert_eq!(found("<video src=http://v.org:8080/a.webm poster=p.png>"), "media-src http://v.org:8080");
        assert_eq!(found("<p style='color:red'>"), "style-src-attr 'unsafe-inline'");
        assert_eq!(found("<a href='https://d.org'>d</a><img src=a.png>"), "");
    }

    #[test]
    fn nothing_but_a_host_comes_into_the_policy() {
        for address in ["javascript://x", "https://", "https://a;b", "https://a,b", "/a//b", "data:image/png//x"] {
            assert_eq!(origin(address), None, "{address}");
        }
        assert_eq!(origin("https://me:pw@a.org?q").as_deref(), Some("https://a.org"));
    }

    #[test]
    fn a_site_of_its_own_files_has_the_strict_policy() {
        assert_eq!(
            write(&Sources::new()),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
             font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'self'"
        );
    }
}
