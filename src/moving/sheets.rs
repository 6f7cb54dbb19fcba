//! Addresses in style sheets: `url(…)` and `@import`. A sheet's own names are seen from where it is published.

use percent_encoding::percent_decode_str;

use super::encoding::{self, WrittenIn, WrittenReference};
use super::moved::{MovedSite, Seat, loses_its_case};
use super::rewriting::{ReferenceInFile, Rewriting};
use super::spelling::{self, relative};
use super::things::{Thing, ThingOf, Things};
use crate::diagnostic::Edit;
use crate::html::sheet;
use crate::page::LinkKind;
use crate::site::address;
use crate::source::{Root, Source, SourcePath};

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
    for named in sheet::addresses(&source.text) {
        let raw = named.span.of(&source.text);
        let written =
            WrittenReference { raw, target: raw, kind: LinkKind::Resource, script: WrittenIn::of_bare(named.is_bare) };
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
    let (led, leads) =
        (site.resolve_before(&seat, &before, written.kind), site.resolve_after(&seat, &after, written.kind));
    let was = site.thing_before(&seat, &led)?;
    let is = site.now(&was);
    let there = site.thing_after(&seat, &leads);
    if (there.as_ref() == Some(&is) && !loses_its_case(&led, &leads)) || (site.of.was_made && there.is_some()) {
        return None;
    }
    let way = relative(folders[1], site.after.address(&is)?, path.starts_with("./"));
    Some(encoding::path(written, &way) + rest)
}
