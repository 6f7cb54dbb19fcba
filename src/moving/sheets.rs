//! Addresses in style sheets: `url(…)` and `@import`. A sheet's own names are seen from where it is published.

use percent_encoding::percent_decode_str;

use super::encoding::{self, WrittenIn, WrittenReference};
use super::moved::{MovedSite, Seat};
use super::rewriting::{ReferenceInFile, Rewriting};
use super::spelling::{self, relative};
use super::things::{Thing, ThingOf, Things};
use crate::diagnostic::Edit;
use crate::page::LinkKind;
use crate::site::address;
use crate::source::{Root, Source, SourcePath, Span};

/// An address that a style sheet names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SheetAddress {
    pub(super) span: Span,
    /// Whether no quotes stand around it.
    pub(super) is_bare: bool,
}

impl SheetAddress {
    /// By which rules it is written.
    pub(super) fn script(self) -> WrittenIn {
        if self.is_bare { WrittenIn::Markdown } else { WrittenIn::Html }
    }
}

/// All addresses that a style sheet names, in order. One with a backslash in it is left alone.
pub(super) fn addresses(css: &str) -> Vec<SheetAddress> {
    let bytes = css.as_bytes();
    let (mut found, mut at, mut is_import) = (Vec::new(), 0, false);
    while at < bytes.len() {
        let rest = &css[at..];
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if matches!(bytes[at], b'"' | b'\'') {
            let span = quoted(css, at);
            found.extend(is_import.then_some(SheetAddress { span, is_bare: false }));
            at = span.end + 1;
        } else if begins(rest, "url(") && !css[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
        {
            let start = at + 4 + (rest[4..].len() - rest[4..].trim_start().len());
            let is_bare = !css[start..].starts_with(['"', '\'']);
            let span = if is_bare { bare(css, start) } else { quoted(css, start) };
            found.push(SheetAddress { span, is_bare });
            at = span.end + usize::from(!is_bare);
        } else {
            is_import = (is_import || begins(rest, "@import")) && bytes[at] != b';';
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found.retain(|one| !one.span.of(css).is_empty() && !one.span.of(css).contains('\\'));
    found
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// What stands between a quote and the next one.
fn quoted(css: &str, quote: usize) -> Span {
    let bytes = css.as_bytes();
    let mut at = quote + 1;
    while at < bytes.len() && bytes[at] != bytes[quote] && bytes[at] != b'\n' {
        at += 1 + usize::from(bytes[at] == b'\\');
    }
    let end = (at.min(bytes.len())..=bytes.len()).find(|end| css.is_char_boundary(*end)).unwrap_or(bytes.len());
    Span::new(quote + 1, end)
}

/// What stands before the next bracket.
fn bare(css: &str, start: usize) -> Span {
    let rest = &css[start..];
    let inside = &rest[..rest.find([')', '\n']).unwrap_or(rest.len())];
    Span::new(start, start + inside.trim_end().len())
}

/// What a style sheet loads.
pub(super) fn follow(site: &MovedSite<'_>, source: &Source, out: &mut Rewriting) {
    let folder = |things: &Things<'_>, path: &SourcePath| {
        let file = ThingOf { edition: 0, thing: Thing::File(path.clone()) };
        things.address(&file).map(|address| address::parent(address).to_owned())
    };
    // What lies among the templates has its names from the theme.
    let is_own = source.path.root() != Root::Templates;
    let before = folder(&site.before, site.of.paths.before(&source.path)).filter(|_| is_own);
    let folders = before.zip(folder(&site.after, &source.path));
    for named in addresses(&source.text) {
        let raw = named.span.of(&source.text);
        let written = WrittenReference { raw, target: raw, kind: LinkKind::Resource, script: named.script() };
        let reference = ReferenceInFile { file: &source.path, span: named.span, is_exact: true, written };
        match &folders {
            _ if raw.starts_with('/') => out.follow(site, &Seat { edition: 0, page: None }, reference),
            Some((before, after)) => {
                let replacement = relative_now(site, [before, after], written);
                out.edit(&source.path, replacement.map(|replacement| Edit { span: named.span, replacement }));
            }
            None => {}
        }
    }
}

/// A name from a sheet's folder as it is to be, if it is another; from the folder before and after.
fn relative_now(site: &MovedSite<'_>, folders: [&String; 2], written: WrittenReference<'_>) -> Option<String> {
    let (path, rest) = spelling::split(written.raw);
    if path.is_empty() || path.contains(':') {
        return None;
    }
    let seat = Seat { edition: 0, page: None };
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let [before, after] = folders.map(|folder| address::encode_path(&address::resolve(folder, &decoded)).into_owned());
    let was = site.thing_before(&seat, &site.resolve_before(&seat, &before, written.kind))?;
    let is = site.now(&was);
    let there = site.thing_after(&seat, &site.resolve_after(&seat, &after, written.kind));
    if there.as_ref() == Some(&is) || (site.of.was_made && there.is_some()) {
        return None;
    }
    let way = relative(folders[1], site.after.address(&is)?, path.starts_with("./"));
    Some(encoding::path(written, &way) + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_where_a_browser_reads_them() {
        let css = "@import 'a.css' screen; @import url(b.css);\n/* url(no.png) */ p { background: url( \"c.png\" ), URL( d.png ); \
                   content: \"url(no)\"; cursor: url(e\\).cur) } @font-face { src: url('f.woff2') format('woff2') } .curl(x) {}";
        let found: Vec<(&str, bool)> = addresses(css).into_iter().map(|one| (one.span.of(css), one.is_bare)).collect();
        assert_eq!(found, [("a.css", false), ("b.css", true), ("c.png", false), ("d.png", true), ("f.woff2", false)]);
        for odd in ["url(", "url('", "@import '", "url('é", "'\\", "\"\\é", "/*"] {
            addresses(odd);
        }
    }
}
