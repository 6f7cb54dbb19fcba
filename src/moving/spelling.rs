//! How a reference is written: by file or by address, from the top or from where it stands, with an ending or without.
//! Another target is written in the same way, and only if it leads there.

use percent_encoding::percent_decode_str;

use super::encoding::{self, WrittenReference};
use super::moved::{MovedSite, Seat, Strayed};
use super::things::{Thing, ThingOf, Things};
use crate::site::{Edition, address};

/// What an address may have at its end and mean the same.
const TAILS: [&str; 11] = [
    "",
    ".html",
    "/index.html",
    "/index",
    "/index.md",
    "/README.md",
    "/README",
    "/index.mdx",
    "/_index.md",
    "/_index",
    ".md",
];

/// From where a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    /// From the top of the site.
    Top,
    /// From the top, with the path that is before all addresses of the published site.
    Published,
    /// From the top, without the path below which pages lie.
    Docs,
    /// From the top, without the path before all addresses of the language.
    Language,
    /// From the folder of the page's address.
    Address,
    /// From the folder of the page's file.
    File,
}

/// A way to write a path.
#[derive(Clone, Copy, Debug)]
struct PathStyle {
    base: Base,
    /// Which of the thing's names it is written by.
    name: usize,
    tail: &'static str,
}

/// How another page is written where none was named.
const BY_FILE: [PathStyle; 2] =
    [PathStyle { base: Base::File, name: 1, tail: "" }, PathStyle { base: Base::Address, name: 0, tail: "" }];

/// The reference in the same way for what it is to lead to; nothing if it can't be written so that it leads there.
pub(super) fn respelt(
    site: &MovedSite<'_>,
    seat: &Seat,
    written: WrittenReference<'_>,
    strayed: &Strayed,
) -> Option<String> {
    let (path, rest) = split(written.target);
    let rest = encoding::rest(written, rest, strayed.fragment.as_deref());
    let is_own =
        || site.thing_after(seat, &site.resolve_after(seat, "", written.kind)).is_some_and(|own| own == strayed.is);
    if path.is_empty() && (seat.page.is_none() || is_own()) {
        return Some(rest);
    }
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let styles = if path.is_empty() { BY_FILE.to_vec() } else { styles(site, seat, &decoded, &strayed.was) };
    let names = names(&site.after, &strayed.is);
    let spellings = styles.into_iter().filter_map(|style| spelt(site, seat, style, &names, &decoded));
    // As a last way, the address itself.
    let address = site.after.address(&strayed.is).map(str::to_owned);
    spellings.chain(address).find_map(|spelling| {
        let path = encoding::path(written, &spelling);
        let there = site.thing_after(seat, &site.resolve_after(seat, &path, written.kind))?;
        (there == strayed.is).then(|| path + &rest)
    })
}

/// A target's path, and what follows it.
pub(super) fn split(target: &str) -> (&str, &str) {
    target.split_at(target.find(['#', '?']).unwrap_or(target.len()))
}

/// All addresses by which a thing can be named, its own first.
fn names(things: &Things<'_>, of: &ThingOf) -> Vec<String> {
    let mut names: Vec<String> = things.address(of).map(str::to_owned).into_iter().collect();
    if let Thing::Page(file) = &of.thing {
        let docs = &things.edition(of.edition).config.urls.docs_route;
        // A page is named by its place in its language, which its path has where it is published.
        let page = things.page(of.edition, file).map(|id| &things.edition(of.edition).pages[id].page.path);
        let file = page.unwrap_or(file);
        names.push(address::join(&[docs, file.as_str()]));
        names.push(address::join(&[docs, file.folder(), file.stem()]));
    }
    names
}

/// The ways in which a path may be written that led to a thing, the likeliest first.
fn styles(site: &MovedSite<'_>, seat: &Seat, path: &str, was: &ThingOf) -> Vec<PathStyle> {
    let edition = site.before.edition(site.was(seat.edition));
    let names = names(&site.before, was);
    let page = seat.page.map(|page| page.before);
    let mut styles = Vec::new();
    for same_case in [true, false] {
        for base in bases(path) {
            let Some(whole) = resolved(edition, page, base, path) else { continue };
            for tail in TAILS {
                let mut order: Vec<usize> = (0..names.len()).collect();
                if base == Base::File {
                    order.rotate_left(1.min(names.len()));
                }
                let is = |name: &str| match same_case {
                    true => with_tail(name, tail) == whole,
                    false => with_tail(name, tail).eq_ignore_ascii_case(&whole),
                };
                styles.extend(order.into_iter().filter(|at| is(&names[*at])).map(|name| PathStyle {
                    base,
                    name,
                    tail,
                }));
            }
        }
        if !styles.is_empty() {
            break;
        }
    }
    // A path that leads to its thing in none of these ways keeps at least from where it is written.
    styles.extend(bases(path).into_iter().map(|base| PathStyle { base, name: 0, tail: "" }));
    styles
}

fn with_tail(name: &str, tail: &str) -> String {
    if name == "/" {
        tail.strip_prefix('/').map_or("/".into(), |tail| format!("/{tail}"))
    } else {
        format!("{name}{tail}")
    }
}

fn bases(path: &str) -> Vec<Base> {
    let is_file = [".md", ".mdx"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    match path.starts_with('/') {
        true => vec![Base::Top, Base::Published, Base::Docs, Base::Language],
        false if is_file => vec![Base::File, Base::Address],
        false => vec![Base::Address, Base::File],
    }
}

/// The folder from which paths are written that don't begin at the top.
fn folder(site: &Edition, page: Option<usize>, base: Base) -> String {
    let Some(published) = page.map(|id| &site.pages[id]) else { return String::new() };
    match base {
        Base::File => address::join(&[&site.config.urls.docs_route, published.page.path.folder()]),
        _ => address::parent(&published.route).to_owned(),
    }
}

/// The address that a path means, read from a base.
fn resolved(site: &Edition, page: Option<usize>, base: Base, path: &str) -> Option<String> {
    match base {
        Base::Top => Some(address::resolve("", path)),
        Base::Published => {
            let published = site.config.site.base_path.trim_end_matches('/');
            let below = path.strip_prefix(published).filter(|below| !published.is_empty() && below.starts_with('/'));
            below.map(|below| address::resolve("", below))
        }
        Base::Docs => Some(address::resolve("", &address::join(&[&site.config.urls.docs_route, path]))),
        Base::Language => Some(address::resolve("", &address::join(&[&site.config.urls.prefix, path]))),
        Base::Address | Base::File => Some(address::resolve(&folder(site, page, base), path)),
    }
}

/// A thing in a style, where it lies now.
fn spelt(site: &MovedSite<'_>, seat: &Seat, style: PathStyle, names: &[String], path: &str) -> Option<String> {
    let edition = site.after.edition(seat.edition);
    let whole = with_tail(names.get(style.name).or_else(|| names.first())?, style.tail);
    let below = |prefix: &str| {
        let rest = whole.strip_prefix(prefix.trim_end_matches('/'))?;
        (rest.is_empty() || rest.starts_with('/')).then(|| if rest.is_empty() { "/".into() } else { rest.to_owned() })
    };
    let spelling = match style.base {
        Base::Top => whole,
        Base::Published => format!("{}{whole}", edition.config.site.base_path.trim_end_matches('/')),
        Base::Docs => below(&edition.config.urls.docs_route)?,
        Base::Language => below(&edition.config.urls.prefix)?,
        Base::Address | Base::File => {
            let from = folder(edition, seat.page.map(|page| page.after), style.base);
            relative(&from, &whole, path.starts_with("./"))
        }
    };
    let slash = path.len() > 1 && path.ends_with('/') && !spelling.ends_with('/');
    Some(if slash { spelling + "/" } else { spelling })
}

/// The way from a folder to an address.
pub(super) fn relative(folder: &str, to: &str, dotted: bool) -> String {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(folder), parts(to));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.len() - shared;
    let mut way = "../".repeat(up) + &to[shared..].join("/");
    let first = way.split('/').next().unwrap_or_default();
    if way.is_empty() || (up == 0 && (dotted || first.contains(':'))) {
        way.insert_str(0, "./");
    }
    way
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_way_leads_from_a_folder_to_an_address() {
        for (from, to, way) in [
            ("/docs", "/docs/a", "a"),
            ("/docs", "/a", "../a"),
            ("/docs/x/y", "/docs/a/b", "../../a/b"),
            ("", "/a", "a"),
            ("/a", "/a", "./"),
            ("/a/b", "/a", "../"),
            ("", "/x:y", "./x:y"),
        ] {
            assert_eq!(relative(from, to, false), way, "from {from} to {to}");
        }
        assert_eq!(relative("/docs", "/docs/a", true), "./a");
    }
}
