//! What files say of pages that are none themselves: the configuration, categories, templates, data and catalogues.

use std::collections::BTreeMap;

use super::encoding::{WrittenIn, WrittenReference};
use super::moved::{MovedSite, Seat};
use super::pages::is_path;
use super::rewriting::{ReferenceInFile, Rewriting};
use super::{sheets, spelling};
use crate::check::configuration::ConfigTexts;
use crate::check::rename;
use crate::diagnostic::Edit;
use crate::html::tag::Value;
use crate::html::tags::tags;
use crate::html::unread;
use crate::page::LinkKind;
use crate::page::datum::{self, Datum, DatumKind};
use crate::page::front_matter::parse_yaml_data;
use crate::site::category::{self, CategoryLink};
use crate::site::{Edition, PageId};
use crate::source::{Root, Source, SourcePath, Span};

/// What all files say of pages that are none themselves.
pub(super) fn follow(site: &MovedSite<'_>, sources: &[Source], configuration: Option<&Source>, out: &mut Rewriting) {
    if let Some(source) = configuration {
        in_configuration(site, source, out);
    }
    for source in sources {
        match source.path.root() {
            _ if is_sheet(&source.path) => sheets::follow(site, source, out),
            Root::Content if source.path.file_name().starts_with("_category_.") => in_category(site, source, out),
            Root::Templates if source.path.folder() != "words" => in_template(site, source, out),
            Root::Data | Root::Catalogs => in_data(site, source, out),
            _ => {}
        }
    }
}

/// Whether a file is a style sheet.
pub fn is_sheet(path: &SourcePath) -> bool {
    path.file_name().to_ascii_lowercase().ends_with(".css")
}

/// Addresses that the bar, the bottom, redirects and pictures of the configuration lead to.
fn in_configuration(site: &MovedSite<'_>, source: &Source, out: &mut Rewriting) {
    let editions = site.after.editions().iter().enumerate();
    let codes: BTreeMap<String, usize> =
        editions.filter_map(|(at, site)| Some((site.language.as_ref()?.code.to_lowercase(), at))).collect();
    for (path, span, value) in ConfigTexts::read(&source.text).all() {
        let (edition, path) = match path.strip_prefix("languages.").and_then(|rest| rest.split_once('.')) {
            Some((code, rest)) => (codes.get(&code.to_lowercase()).copied().unwrap_or(0), rest),
            None => (0, path),
        };
        let Some(kind) = kind_of(path) else { continue };
        let seat = Seat { edition, page: None };
        let Some(strayed) = site.strayed(&seat, value, kind) else { continue };
        let written = WrittenReference { raw: value, target: value, kind, script: WrittenIn::Value };
        let Some(other) = spelling::respelt(site, &seat, written, &strayed) else { continue };
        let is_bare = source.text.get(span.start..span.end) == Some(value);
        let replacement = if is_bare { other } else { format!("\"{other}\"") };
        out.write(&source.path, Edit { span, replacement });
    }
}

/// What a value of the configuration refers to, if it does.
fn kind_of(path: &str) -> Option<LinkKind> {
    const PICTURES: [&str; 4] = ["site.favicon", "site.social_image", "site.logo.light", "site.logo.dark"];
    let is_link = path.starts_with("redirects.")
        || (path.ends_with(".to") && (path.starts_with("navbar.") || path.starts_with("footer.")))
        || (path.ends_with(".link") && path.starts_with("assessment."));
    if is_link {
        return Some(LinkKind::Link);
    }
    if PICTURES.contains(&path) {
        return Some(LinkKind::Image);
    }
    (path == "theme.card_font" || path.starts_with("theme.stylesheets[")).then_some(LinkKind::Resource)
}

/// The page that a category's file names.
fn in_category(site: &MovedSite<'_>, source: &Source, out: &mut Rewriting) {
    let (data, spans, _) = parse_yaml_data(&source.path, &source.text);
    let CategoryLink::Page { id, span } = category::read(&source.path, &data, &spans).0.link else { return };
    for edition in 0..site.after.editions().len() {
        let (before, after) = (site.before.edition(site.was(edition)), site.after.edition(edition));
        // The file has its place in the language only among what the edition read: pages beside it tell it.
        let Some(was) = named_page(before, site.of.paths.before(&source.path).on_disk(), &id) else { continue };
        let file = site.of.paths.after(&before.pages[was].page.path);
        let Some(should) = site.after.page(edition, file).filter(|id| after.pages[*id].borrowed.is_none()) else {
            continue;
        };
        let folder = source.path.on_disk();
        if named_page(after, folder, &id) == Some(should) {
            continue;
        }
        let whole = &after.pages[should].id;
        let last = whole.rsplit('/').next().unwrap_or(whole);
        let names = if id.contains('/') { [whole.as_str(), last] } else { [last, whole.as_str()] };
        if let Some(other) = names.into_iter().find(|name| named_page(after, folder, name) == Some(should)) {
            if let Some(edit) = rename::value(&source.text, span, &id, other) {
                out.write(&source.path, edit);
            }
            return;
        }
    }
}

/// The page of an id: beside a category's file, or else anywhere.
fn named_page(site: &Edition, file: &str, id: &str) -> Option<PageId> {
    let folder = |path: &str| path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
    let own = folder(file);
    let beside = site.pages.iter().position(|page| {
        folder(page.page.path.on_disk()) == own && page.id.rsplit('/').next() == Some(id) && page.borrowed.is_none()
    });
    beside.or_else(|| site.pages.iter().position(|page| page.id == id))
}

/// Addresses from the top that stand in tags of a template.
fn in_template(site: &MovedSite<'_>, source: &Source, out: &mut Rewriting) {
    const NAMES: [&str; 7] = ["href", "src", "poster", "link", "image", "to", "url"];
    let text = &*source.text;
    for named in unread::addresses(text, 0) {
        let raw = named.span.of(text);
        let written =
            WrittenReference { raw, target: raw, kind: LinkKind::Resource, script: WrittenIn::of_bare(named.is_bare) };
        if raw.starts_with('/') {
            let reference = ReferenceInFile { file: &source.path, span: named.span, is_exact: true, written };
            out.follow(site, &Seat { edition: 0, page: None }, reference);
        }
    }
    for tag in tags(text) {
        for attribute in &tag.attributes {
            let Value::Quoted(range) = &attribute.value else { continue };
            let raw = &text[range.clone()];
            let is_literal = raw.starts_with('/') && !raw.contains(['{', '}', '&']);
            if !is_literal || !NAMES.iter().any(|name| text[attribute.name.clone()].eq_ignore_ascii_case(name)) {
                continue;
            }
            let written = WrittenReference { raw, target: raw, kind: LinkKind::Link, script: WrittenIn::Html };
            let reference =
                ReferenceInFile { file: &source.path, span: Span::from(range.clone()), is_exact: true, written };
            out.follow(site, &Seat { edition: 0, page: None }, reference);
        }
    }
}

/// Values of data that are written like paths of the site.
fn in_data(site: &MovedSite<'_>, source: &Source, out: &mut Rewriting) {
    if let Ok(root) = datum::read_data(&source.path, &source.text) {
        datum_at(site, source, &Keyed { key: "", datum: &root }, out);
    }
}

/// A value of a data file, and the name that it has there.
struct Keyed<'d> {
    key: &'d str,
    datum: &'d Datum,
}

fn datum_at(site: &MovedSite<'_>, source: &Source, keyed: &Keyed<'_>, out: &mut Rewriting) {
    match &keyed.datum.kind {
        DatumKind::Nothing => {}
        DatumKind::List(items) => {
            items.iter().for_each(|datum| datum_at(site, source, &Keyed { key: keyed.key, datum }, out));
        }
        DatumKind::Map(entries) => {
            let each = entries.iter().map(|entry| Keyed { key: &entry.key, datum: &entry.value });
            each.for_each(|keyed| datum_at(site, source, &keyed, out));
        }
        DatumKind::Text(text) if is_path(keyed.key, text) => in_datum(site, source, keyed.datum.span, text, out),
        DatumKind::Text(_) => {}
    }
}

fn in_datum(site: &MovedSite<'_>, source: &Source, span: Span, text: &str, out: &mut Rewriting) {
    let seat = Seat { edition: 0, page: None };
    let Some(strayed) = site.strayed(&seat, text, LinkKind::Link) else { return };
    let written = WrittenReference { raw: text, target: text, kind: LinkKind::Link, script: WrittenIn::Value };
    let Some(other) = spelling::respelt(site, &seat, written, &strayed) else { return };
    // Whatever stands around the value, quotes say, stays.
    let Some(at) = source.text.get(span.start..span.end).and_then(|raw| raw.find(text)) else { return };
    let start = span.start + at;
    out.write(&source.path, Edit { span: Span::new(start, start + text.len()), replacement: other });
}
