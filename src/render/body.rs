//! A page's body: its pieces written out, with links, images, code and components
//! filled in from the site.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use tera::Context;

use super::component_values::{coerced, empty, harmless};
use super::context::FileContext;
use super::drawn;
use super::failure;
use super::folder_cache::FolderCache;
use super::implicits::Implied;
pub(super) use super::implicits::Views;
use super::picture::{self, Room};
use super::sanitize::{self, Keep, Slots};
use crate::component::Declaration;
use crate::config::RawHtml;
use crate::html::push_attribute;
use crate::page::{Component, HtmlAttribute, LinkKind, Page, Piece};
use crate::site::{Edition, PageId, Place, Resolution, Task};

/// A picture that begins within so many bytes of a body is in view, or nearly.
const TOP: usize = 2_000;

/// How many bytes components may bring to any page, and how many more for each byte that all pages hold.
const GROWTH: (usize, usize) = (16 << 20, 16);

/// What a body is written with.
pub(super) struct Writer<'a> {
    context: FileContext<'a>,
    id: PageId,
    page: &'a Page,
    links: &'a [Resolution],
    cache: RefCell<&'a mut FolderCache>,
    views: Views<'a>,
    anchors: OnceCell<BTreeMap<usize, String>>,
    tables: Cell<usize>,
    /// How many tables are open.
    open_tables: Cell<usize>,
    /// Whether a picture was written.
    pictured: Cell<bool>,
    /// How many bytes components have brought so far.
    grown: Cell<usize>,
    /// Whether what pages bring of HTML is cleaned, and what then stays of it.
    safe: bool,
    keep: Keep,
    /// Ids that headings had once, by those that they have.
    former_ids: BTreeMap<String, Vec<String>>,
}

/// Whether a component of a page asks for the page itself: nothing else sees it while its body is written.
pub(super) fn shows_page(site: &Edition, page: &Page) -> bool {
    let declared = page.components.iter().filter_map(|used| site.components.get(&used.name));
    declared.flat_map(|declared| &declared.implicits).any(|implicit| implicit == "page")
}

/// Where what is wanted of a body begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Beginning {
    /// With the page.
    Page,
    /// Below the first heading of the page, which is its title.
    BelowTitle,
}

/// Writes the body of a page.
pub(super) fn write(
    context: FileContext<'_>,
    cache: &mut FolderCache,
    id: PageId,
    views: Views<'_>,
    beginning: Beginning,
) -> String {
    let write = |cache: &mut FolderCache, keep: Keep| -> (String, bool) {
        let writer = Writer { keep, ..Writer::new(context, cache, id, views) };
        (writer.pieces_from(&writer.page.body, beginning), writer.safe)
    };
    let (html, safe) = write(cache, Keep::HarmlessElements);
    if safe && !sanitize::is_closed(&html) {
        return write(cache, Keep::TextAlone).0;
    }
    html
}

/// Writes one component of a page, without what stands inside it.
pub(super) fn component(
    context: FileContext<'_>,
    cache: &mut FolderCache,
    id: PageId,
    index: usize,
    views: Views<'_>,
) -> String {
    Writer::new(context, cache, id, views).component(index, &[])
}

/// About how long the HTML of some pieces is.
fn length(pieces: &[Piece]) -> usize {
    let of = |piece: &Piece| match piece {
        Piece::Html(html) => html.len(),
        _ => 128,
    };
    pieces.iter().map(of).sum()
}

/// Writes what our own templates wrote; where the rest is cleaned, a slot for it.
fn keep(html: String, out: &mut String, slots: Option<&mut Slots>) {
    match slots {
        None => out.push_str(&html),
        Some(slots) => out.push_str(&slots.keep(html)),
    }
}

impl<'a> Writer<'a> {
    fn new(context: FileContext<'a>, cache: &'a mut FolderCache, id: PageId, views: Views<'a>) -> Self {
        let site = context.site();
        Self {
            context,
            id,
            page: &site.pages[id].page,
            links: site.links(id),
            cache: RefCell::new(cache),
            views,
            anchors: OnceCell::new(),
            tables: Cell::new(0),
            open_tables: Cell::new(0),
            pictured: Cell::new(false),
            grown: Cell::new(0),
            safe: site.config.markdown.html == RawHtml::Safe,
            keep: Keep::HarmlessElements,
            former_ids: site.moved_anchors(id).beside,
        }
    }

    fn pieces(&self, pieces: &[Piece]) -> String {
        self.pieces_from(pieces, Beginning::Page)
    }

    fn pieces_from(&self, pieces: &[Piece], beginning: Beginning) -> String {
        let mut out = String::with_capacity(length(pieces));
        let mut slots = self.safe.then(Slots::new);
        let mut title_end = 0;
        for piece in pieces {
            self.piece(piece, &mut out, slots.as_mut());
            if *piece == Piece::HeadingEnd(0) && beginning == Beginning::BelowTitle {
                title_end = out.len();
            }
        }
        out.drain(..title_end);
        match slots {
            Some(slots) => slots.clean(&out, self.keep),
            None => out,
        }
    }

    fn piece(&self, piece: &Piece, out: &mut String, slots: Option<&mut Slots>) {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Heading(at) => {
                self.page.headings[*at].push_opening(out);
                self.push_former_ids(*at, out, slots);
            }
            Piece::HeadingEnd(at) => self.page.headings[*at].push_closing(out),
            Piece::Table => self.open_table(out),
            Piece::TableEnd => self.close_table(out),
            Piece::Link(at) => self.open_link(*at, out),
            Piece::LinkEnd(at) if self.is_unknown_name(*at) => {}
            Piece::LinkEnd(at) => out.push_str(if self.is_coming(*at) { "</span>" } else { "</a>" }),
            Piece::Image(at) => self.image(*at, out),
            Piece::Address(at) => {
                push_attribute(out, &self.context.linker.reference(&self.page.links[*at], &self.links[*at]));
            }
            Piece::Code(at) => {
                keep(drawn::block(self.context.renderer.highlighter, &self.page.code[*at]), out, slots);
            }
            Piece::Formula(at) => {
                keep(drawn::formula(&self.page.formulas[*at]), out, slots);
            }
            Piece::Component { index, body } => {
                let html = self.component(*index, body);
                keep(html, out, slots);
            }
        }
    }

    /// Who follows a link to what a heading was called once comes to where it stands now.
    fn push_former_ids(&self, heading: usize, out: &mut String, slots: Option<&mut Slots>) {
        let Some(ids) = self.former_ids.get(&self.page.headings[heading].id) else { return };
        let mut anchors = String::new();
        for id in ids {
            anchors.push_str("<span id=\"");
            push_attribute(&mut anchors, id);
            anchors.push_str("\"></span>");
        }
        keep(anchors, out, slots);
    }

    /// Each table gets a frame that scrolls by itself.
    fn open_table(&self, out: &mut String) {
        let number = self.tables.get() + 1;
        self.tables.set(number);
        self.open_tables.set(self.open_tables.get() + 1);
        let _ = write!(out, "<div class=\"table-wrap\" tabindex=\"0\" role=\"group\" aria-label=\"");
        push_attribute(out, &self.context.site().words.get("table").replace("{number}", &number.to_string()));
        out.push_str("\">");
    }

    /// Ends the frame of a table; an end without a beginning has none.
    fn close_table(&self, out: &mut String) {
        if let Some(open) = self.open_tables.get().checked_sub(1) {
            self.open_tables.set(open);
            out.push_str("</div>");
        }
    }

    fn is_coming(&self, at: usize) -> bool {
        self.links[at].place == Place::Draft
    }

    /// Whether a page is named that there isn't, or code that is no page's name.
    fn is_unknown_name(&self, at: usize) -> bool {
        let is_name = matches!(self.page.links[at].kind, LinkKind::Named | LinkKind::Code);
        is_name && matches!(self.links[at].place, Place::Nowhere)
    }

    /// What stands for the words of a link that names a page and has none.
    fn name(&self, at: usize) -> Option<&str> {
        let link = self.page.links.get(at).filter(|link| link.text.is_empty())?;
        if let Some(place) = self.links[at].book {
            let words = self.context.site().books.words(place).unwrap_or(&self.links[at].address);
            return link.is_wordless(&self.page.text).then_some(words);
        }
        if link.kind != LinkKind::Named {
            return None;
        }
        let entry = || self.context.site().entry_title(self.context.site().entry_named(&link.target)?);
        match self.links[at].place {
            Place::Page(id) if !self.context.site().pages[id].title.is_empty() => {
                Some(&self.context.site().pages[id].title)
            }
            Place::Nowhere => entry().or(Some(link.span.whole.of(&self.page.text))),
            Place::Route(_) | Place::Elsewhere => entry().or(Some(&link.target)),
            _ => Some(&link.target),
        }
    }

    fn open_link(&self, at: usize, out: &mut String) {
        if !self.is_unknown_name(at) {
            self.link_tag(at, out);
        }
        if let Some(name) = self.name(at) {
            push_attribute(out, name);
        }
    }

    fn link_tag(&self, at: usize, out: &mut String) {
        let (link, resolution) = (&self.page.links[at], &self.links[at]);
        if self.is_coming(at) {
            out.push_str("<span class=\"coming\" title=\"");
            push_attribute(out, self.context.site().words.get("coming"));
            out.push_str("\">");
            return;
        }
        out.push_str("<a href=\"");
        push_attribute(out, &self.context.linker.reference(link, resolution));
        out.push('"');
        link.push_attributes(out);
        out.push('>');
    }

    /// A picture with what a browser must know to leave room for it and to choose among its sizes. The first one
    /// near the top is loaded at once, others when they come near.
    fn image(&self, at: usize, out: &mut String) {
        let (link, resolution) = (&self.page.links[at], &self.links[at]);
        let written = |name: &str| link.attribute(name);
        let is_first = !self.pictured.replace(true) && out.len() < TOP;
        out.push_str("<img src=\"");
        push_attribute(out, &self.context.linker.reference(link, resolution));
        out.push_str("\" alt=\"");
        push_attribute(out, &link.text);
        out.push('"');
        self.push_attributes(at, out);
        let site = self.context.site();
        let file = match &resolution.place {
            Place::File(route) => site.file(route).and_then(|file| Some((route, file.dimensions?))),
            _ => None,
        };
        if let Some((route, (width, height))) = file {
            if written("width").is_none() && written("height").is_none() {
                let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
            }
            let room = written("width").and_then(|width| width.parse().ok()).map_or(Room::Text, Room::Pixels);
            let chosen_by_hand = written("srcset").is_some() || written("sizes").is_some();
            let set = if chosen_by_hand { None } else { picture::source_set(site, self.context.linker, route) };
            if let Some(set) = set {
                let _ = write!(out, " srcset=\"{set}\" sizes=\"{}\"", picture::shown(room, width));
            }
            // What a style puts somewhere stays as it is, and what says nothing shows nothing more when it is large.
            let is_placed = ["class", "style", "align"].iter().any(|name| written(name).is_some());
            if picture::opens_large(room, width) && !is_placed && !link.text.trim().is_empty() {
                out.push_str(" data-large");
            }
        }
        if written("loading").is_none() && !is_first {
            out.push_str(" loading=\"lazy\"");
        }
        if written("decoding").is_none() && !is_first {
            out.push_str(" decoding=\"async\"");
        }
        out.push('>');
    }

    /// A picture's further attributes, with the addresses that they name.
    fn push_attributes(&self, at: usize, out: &mut String) {
        let link = &self.page.links[at];
        let mut named = link.named_in_attributes().zip(at + 1..).peekable();
        for (attribute, HtmlAttribute { name, value }) in link.attributes.iter().enumerate() {
            out.extend([" ", name, "=\""]);
            let mut done = 0;
            while let Some(((_, span), to)) = named.next_if(|((of, _), _)| *of == attribute) {
                out.push_str(&value[done..span.start]);
                push_attribute(out, &self.context.linker.reference(&self.page.links[to], &self.links[to]));
                done = span.end;
            }
            out.extend([&value[done..], "\""]);
        }
    }

    /// A component by its template; one without a template shows what stands inside it.
    fn component(&self, index: usize, body: &[Piece]) -> String {
        let component = &self.page.components[index];
        let body = self.pieces(body);
        let site = self.context.site();
        let Some(declared) = site.components.get(&component.name) else { return body };
        let write = || self.written(index, declared, &body);
        let html = if declared.query { site.effort.time(Task::Lists, write) } else { write() };
        match html {
            Ok(html) if self.grow(html.len().saturating_sub(body.len()), component) => html,
            Ok(_) => failure::mark(&site.words),
            // What stands in it is the page's own.
            Err(error) => {
                self.cache.borrow_mut().tell(failure::of_component(self.page, component, &error));
                failure::mark(&site.words) + &body
            }
        }
    }

    fn written(&self, index: usize, declared: &Declaration, body: &str) -> Result<String, tera::Error> {
        let component = &self.page.components[index];
        let (arguments, implicits) = (self.arguments(component, declared), self.implicits(index, declared));
        let tera = &self.context.renderer.theme.tera;
        tera.render_component_with_implicits(&component.name, &arguments, &implicits, Some(body), true)
    }

    /// Counts what a component brings besides its body, and says whether there is room for it. Lists show what all pages
    /// say, so what is too much depends on how much that is; it is told once a page.
    fn grow(&self, bytes: usize, component: &Component) -> bool {
        let before = self.grown.get();
        let grown = before + bytes;
        if grown <= GROWTH.0 || grown <= self.most_growth() {
            self.grown.set(grown);
            return true;
        }
        // What is left out takes no room, but what comes next is left out, too.
        self.grown.set(usize::MAX / 2);
        if before < usize::MAX / 2 {
            self.cache.borrow_mut().tell(failure::of_growth(self.page, component, grown));
        }
        false
    }

    fn most_growth(&self) -> usize {
        let written: usize = self.context.site().pages.iter().map(|published| published.page.text.len()).sum();
        GROWTH.0 + GROWTH.1 * written
    }

    /// The attributes that the component takes and whose values fit; `check` tells of the others.
    fn arguments(&self, component: &Component, declared: &Declaration) -> Context {
        let mut arguments = Context::new();
        for attribute in &component.attributes {
            let parameter = declared.parameters.iter().find(|parameter| parameter.name == attribute.name);
            let fits = match parameter {
                Some(parameter) => parameter.kind.is_none_or(|kind| kind.admits(&attribute.value)),
                None => declared.open,
            };
            // What can't be read, or names nothing, is as if it weren't written.
            let missing = attribute.value.is_null() && parameter.is_some();
            if fits && !missing {
                let value = match attribute.link {
                    Some(at) => self.attribute_address(at),
                    None if self.safe && attribute.is_for_address() => harmless(&attribute.value),
                    None => attribute.value.clone(),
                };
                arguments.insert(attribute.name.clone(), &coerced(value, parameter.and_then(|p| p.kind)));
            }
        }
        for parameter in declared.parameters.iter().filter(|parameter| parameter.required) {
            if !arguments.contains_key(&parameter.name) {
                arguments.insert(parameter.name.clone(), &empty(parameter.kind));
            }
        }
        arguments
    }

    /// An address in an attribute, ready to print; empty for a draft, and for one that could run code where
    /// only safe HTML is let through.
    fn attribute_address(&self, at: usize) -> Value {
        let is_of_book = self.links[at].book.is_some();
        let runs_code = self.safe && !is_of_book && !crate::html::is_harmless(&self.page.links[at].target);
        if self.is_coming(at) || runs_code {
            return Value::String(String::new());
        }
        Value::String(self.context.linker.reference(&self.page.links[at], &self.links[at]))
    }

    fn implicits(&self, index: usize, declared: &Declaration) -> Context {
        let Self { context, id, views, .. } = *self;
        let implied = Implied { context, id, index, views, cache: &self.cache, anchors: &self.anchors };
        implied.implicits(declared)
    }
}
