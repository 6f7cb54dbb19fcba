//! The references of pages: links and pictures of their texts, names of other pages, and what front matter says.

use serde_json::Value;

use super::encoding::{WrittenIn, WrittenReference};
use super::moved::{MovedSite, Seat, SeatOnPage};
use super::rewriting::{ReferenceInFile, Rewriting};
use super::spelling;
use super::{names, queries};
use crate::check::rename;
use crate::diagnostic::Edit;
use crate::html::unread;
use crate::page::front_matter::Neighbour;
use crate::page::{Link, LinkKind, Page};
use crate::site::{Edition, PageId, Place, RelationEnd, RelationPlace};
use crate::source::Span;

/// What all pages say of others.
pub(super) fn follow(site: &MovedSite<'_>, out: &mut Rewriting) {
    for edition in 0..site.after.editions().len() {
        let pages = &site.after.edition(edition).pages;
        for id in (0..pages.len()).filter(|id| pages[*id].borrowed.is_none()) {
            let Some(seat) = site.seat(edition, id) else { continue };
            let Some(on) = seat.page else { continue };
            let reader = PageReader { site, seat, on, page: &pages[id].page };
            // What is written in sets of pictures has their rules: of two edits at one place, the first counts.
            reader.unread(out);
            reader.body(out);
            reader.front_matter(out);
            reader.neighbours(out);
            reader.relations(out);
            reader.queries(out);
        }
    }
}

struct PageReader<'a> {
    site: &'a MovedSite<'a>,
    seat: Seat,
    on: SeatOnPage,
    page: &'a Page,
}

impl PageReader<'_> {
    fn body(&self, out: &mut Rewriting) {
        for link in &self.page.links {
            match link.kind {
                LinkKind::Code => {}
                LinkKind::Named => self.named(link, out),
                _ => self.link(link, out),
            }
        }
    }

    fn link(&self, link: &Link, out: &mut Rewriting) {
        let place = link.span.place;
        let written = self.page.text.get(place.start..place.end).unwrap_or_default();
        let raw = written.trim();
        let start = place.start + (written.len() - written.trim_start().len());
        let (span, target) = (Span::new(start, start + raw.len()), link.target.trim());
        let is_exact = link.span.is_exact;
        let script = script(&self.page.text, place, link.kind);
        let reference = WrittenReference { raw, target, kind: link.kind, script };
        let reference = ReferenceInFile { file: &self.page.path, span, is_exact, written: reference };
        match whole_address(self.site.after.edition(self.seat.edition), target) {
            None => {
                out.follow(self.site, &self.site.seat_at(self.seat, &self.page.path, link.span.whole.start), reference);
            }
            Some(own) => self.with_host(own, reference, out),
        }
    }

    /// Addresses in raw HTML that the page itself passes on as they are, or reads one by one out of several.
    fn unread(&self, out: &mut Rewriting) {
        let page = self.page;
        let hidden =
            || page.code.iter().map(|code| code.span).chain(page.code_spans.iter().chain(&page.comments).copied());
        for named in unread::addresses(&page.text, page.body_start) {
            let span = named.span;
            if hidden().any(|hidden| hidden.start <= span.start && span.end <= hidden.end) {
                continue;
            }
            let raw = span.of(&page.text);
            let written = WrittenReference {
                raw,
                target: raw,
                kind: LinkKind::Resource,
                script: WrittenIn::of_bare(named.is_bare),
            };
            let reference = ReferenceInFile { file: &page.path, span, is_exact: true, written };
            out.follow(self.site, &self.site.seat_at(self.seat, &page.path, span.start), reference);
        }
    }

    /// A reference to this very site by its whole address: the path in it leads on.
    fn with_host(&self, own: usize, reference: ReferenceInFile<'_>, out: &mut Rewriting) {
        let ReferenceInFile { span, written, .. } = reference;
        let (Some(path), Some(raw)) = (written.target.get(own..), written.raw.get(own..)) else { return };
        // A bare address may be read with a scheme that isn't written.
        if !path.starts_with('/') || !raw.starts_with('/') {
            return;
        }
        let written = WrittenReference { raw, target: path, ..written };
        let span = Span::new(span.start + own, span.end);
        let root = Seat { page: None, ..self.seat };
        out.follow(self.site, &root, ReferenceInFile { span, written, ..reference });
    }

    /// A page that is named in double brackets.
    fn named(&self, link: &Link, out: &mut Rewriting) {
        let whole = link.span.whole.of(&self.page.text);
        let Some(inside) = whole.strip_prefix("[[") else { return };
        let start = link.span.whole.start + 2 + (inside.len() - inside.trim_start().len());
        let span = Span::new(start, start + link.target.len());
        if self.page.text.get(span.start..span.end) != Some(link.target.as_str()) {
            return;
        }
        let before = self.before();
        let (name, fragment) = match link.target.split_once('#') {
            Some((name, fragment)) if before.page_named(&link.target).is_none() => (name, Some(fragment)),
            _ => (link.target.as_str(), None),
        };
        let Some(was) = before.page_named(name) else { return };
        let Some(renamed) = names::renamed(self.site, self.seat, was, name) else { return };
        let moved = fragment.and_then(|fragment| self.site.heading(&renamed.page, fragment));
        let elsewhere = moved.and_then(|moved| self.site.after.page(self.seat.edition, &moved.to));
        let elsewhere = elsewhere.and_then(|now| names::called(self.site, self.seat, names::Called { was, name, now }));
        let renamed = elsewhere.unwrap_or(renamed);
        let heading = moved.map(|moved| moved.new.clone());
        let name = renamed.name.unwrap_or_else(|| name.to_owned());
        let replacement = match heading.as_deref().or(fragment) {
            Some(fragment) => format!("{name}#{fragment}"),
            None => name,
        };
        if replacement != link.target {
            out.write(&self.page.path, Edit { span, replacement });
        }
    }

    /// Pictures, and whatever else in front matter is written like a path. What a component takes from there follows.
    fn front_matter(&self, out: &mut Rewriting) {
        let written = |out: &Rewriting| out.edits.get(&self.page.path).map_or(0, Vec::len);
        for (key, value) in &self.page.meta.data {
            if NO_PATHS.contains(&key.as_str()) || self.is_relation(key) {
                continue;
            }
            let before = written(out);
            self.value(key, key, value, out);
            if written(out) > before {
                out.left.retain(|left| left.path != self.page.path || !holds(value, &left.target));
            }
        }
    }

    fn value(&self, path: &str, key: &str, value: &Value, out: &mut Rewriting) {
        match value {
            Value::String(text) => self.text(path, key, text, out),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| self.value(&format!("{path}[{at}]"), key, item, out));
            }
            Value::Object(entries) => {
                entries.iter().for_each(|(key, item)| self.value(&format!("{path}.{key}"), key, item, out));
            }
            _ => {}
        }
    }

    fn text(&self, path: &str, key: &str, text: &str, out: &mut Rewriting) {
        let Some(&span) = self.page.meta.spans.get(path).filter(|_| is_path(key, text)) else { return };
        let kind = if matches!(key, "image" | "list_image") { LinkKind::Image } else { LinkKind::Link };
        let Some(strayed) = self.site.strayed(&self.seat, text, kind) else { return };
        let written = WrittenReference { raw: text, target: text, kind, script: WrittenIn::Value };
        if let Some(other) = spelling::respelt(self.site, &self.seat, written, &strayed) {
            self.put(span, text, &other, out);
        }
    }

    /// The pages before and after it, by id or by path.
    fn neighbours(&self, out: &mut Rewriting) {
        let meta = &self.page.meta;
        for (key, wish) in [("pagination_prev", &meta.pagination_prev), ("pagination_next", &meta.pagination_next)] {
            let (Neighbour::Page(wanted), Some(&span)) = (wish, meta.spans.get(key)) else { continue };
            let by_id = |site: &Edition| site.pages.iter().position(|page| page.id == *wanted);
            let by_path = |resolution: crate::site::Resolution| match resolution.place {
                Place::Page(id) => Some(id),
                _ => None,
            };
            let was_id = by_id(self.before());
            let was = was_id.or_else(|| by_path(self.site.resolve_before(&self.seat, wanted, LinkKind::Link)));
            let now =
                by_id(self.after()).or_else(|| by_path(self.site.resolve_after(&self.seat, wanted, LinkKind::Link)));
            let Some(should) = was.and_then(|was| names::page_now(self.site, self.seat, was)) else { continue };
            if now == Some(should) || (self.site.of.was_made && now.is_some()) {
                continue;
            }
            if was_id.is_some() {
                self.put(span, wanted, &self.after().pages[should].id, out);
            } else if let Some(strayed) = self.site.strayed(&self.seat, wanted, LinkKind::Link) {
                let written =
                    WrittenReference { raw: wanted, target: wanted, kind: LinkKind::Link, script: WrittenIn::Value };
                if let Some(other) = spelling::respelt(self.site, &self.seat, written, &strayed) {
                    self.put(span, wanted, &other, out);
                }
            }
        }
    }

    /// The pages that relations name.
    fn relations(&self, out: &mut Rewriting) {
        let (before, after) = (self.before().relations(), self.after().relations());
        for relation in &after.declared {
            let Some(former) = before.declared.iter().find(|former| former.name == relation.name) else { continue };
            for end in relation.ends[self.on.after].iter().filter(|end| !end.inherited) {
                let was = former.ends[self.on.before].iter().find(|was| was.written == end.written);
                if let Some(RelationEnd { place: RelationPlace::Page(was), .. }) = was {
                    self.relation(end, *was, out);
                }
            }
        }
    }

    fn relation(&self, end: &RelationEnd, was: PageId, out: &mut Rewriting) {
        let Some(should) = names::page_now(self.site, self.seat, was) else { return };
        match end.place {
            RelationPlace::Page(now) if now == should || self.site.of.was_made => return,
            _ => {}
        }
        let by_name = names::renamed(self.site, self.seat, was, &end.written).and_then(|renamed| renamed.name);
        let by_path = || {
            let strayed = self.site.strayed(&self.seat, &end.written, LinkKind::Link)?;
            let (raw, target, kind) = (end.written.as_str(), end.written.as_str(), LinkKind::Link);
            let written = WrittenReference { raw, target, kind, script: WrittenIn::Value };
            spelling::respelt(self.site, &self.seat, written, &strayed)
        };
        let is_name = self.before().page_named(&end.written) == Some(was);
        let other = if is_name { by_name } else { by_path() };
        if let Some(other) = other {
            self.put(end.span, &end.written, &other, out);
        }
    }

    /// The pages that lists ask for by name: those that link to one, and those that one links to.
    fn queries(&self, out: &mut Rewriting) {
        let before = self.before();
        for part in self.page.components.iter().filter_map(|component| component.query.query.as_ref()) {
            let Some(start) = queries::start(&self.page.text, part) else { continue };
            let around = self.page.text[..start].chars().next_back().unwrap_or('"');
            let asked = queries::values(&part.text).into_iter();
            for value in asked.filter(|value| matches!(&*value.about, "links-to" | "linked-from")) {
                let was = before.page_named(&value.text);
                let renamed = was.and_then(|was| names::renamed(self.site, self.seat, was, &value.text));
                let Some(name) = renamed.and_then(|renamed| renamed.name) else { continue };
                let replacement = queries::written_as(value.span.of(&part.text), &name, around);
                out.write(&self.page.path, Edit { span: value.span.shifted(start), replacement });
            }
        }
    }

    fn put(&self, span: Span, old: &str, new: &str, out: &mut Rewriting) {
        if let Some(edit) = rename::value(&self.page.text, span, old, new) {
            out.write(&self.page.path, edit);
        }
    }

    fn is_relation(&self, key: &str) -> bool {
        self.after().relations().declared.iter().any(|relation| relation.key == key)
    }

    fn before(&self) -> &Edition {
        self.site.before.edition(self.site.was(self.seat.edition))
    }

    fn after(&self) -> &Edition {
        self.site.after.edition(self.seat.edition)
    }
}

/// Whether a value of front matter is a text, or holds it.
fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own == text,
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(entries) => entries.values().any(|item| holds(item, text)),
        _ => false,
    }
}

/// Keys of front matter that hold no paths of others, or that are followed otherwise.
const NO_PATHS: [&str; 12] = [
    "title",
    "description",
    "tags",
    "id",
    "slug",
    "aliases",
    "url",
    "pagination_prev",
    "pagination_next",
    "template",
    "translated_from",
    "translation_key",
];

/// Whether a value of front matter or data is written like a path of the site.
pub(super) fn is_path(key: &str, text: &str) -> bool {
    const KEYS: [&str; 9] = ["link", "href", "src", "image", "list_image", "img", "url", "poster", "to"];
    let path = text.split(['#', '?']).next().unwrap_or(text).to_ascii_lowercase();
    let is_written_so = ["/", "./", "../"].iter().any(|start| path.starts_with(start));
    let is_page = [".md", ".mdx"].iter().any(|ending| path.ends_with(ending));
    !path.is_empty() && !text.contains('\n') && (KEYS.contains(&key) || is_written_so || is_page)
}

/// By which rules a reference is written, from what stands before it.
fn script(text: &str, place: Span, kind: LinkKind) -> WrittenIn {
    match text[..place.start].chars().next_back() {
        Some('<') => WrittenIn::Angle,
        Some('"' | '\'' | '=') => WrittenIn::Html,
        _ if matches!(kind, LinkKind::Attribute | LinkKind::Resource) => WrittenIn::Html,
        _ => WrittenIn::Markdown,
    }
}

/// How long the beginning of an address is that names this very site.
fn whole_address(site: &Edition, target: &str) -> Option<usize> {
    let own = site.config.site.url.trim_end_matches('/');
    let head = target.get(..own.len()).filter(|_| !own.is_empty())?;
    head.eq_ignore_ascii_case(own).then_some(own.len())
}
