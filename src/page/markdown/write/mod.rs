//! Nodes as pieces: HTML where nothing else has a say, and places left open for
//! links, images, code and components. Numbers everything in the order of the
//! body, and gives headings their ids.

mod footnotes;
mod slug;
mod task;

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::Alignment;
use serde_json::Value;

use self::footnotes::Footnotes;
use crate::page::facts::{CodeBlock, Component, Formula, Heading, Link, LinkKind, Piece};
use crate::page::markdown::component_marks::{AttributeAddress, MAX_COMPONENTS, Opening, Word};
use crate::page::markdown::nodes::{Body, ComponentDraft, ComponentSource, Element, HeadingDraft, Node};
use crate::page::query::{Query, QueryPart};
use crate::source::Span;

/// What a body comes to.
#[derive(Default)]
pub(super) struct Written {
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) code: Vec<CodeBlock>,
    pub(super) formulas: Vec<Formula>,
    pub(super) components: Vec<Component>,
    pub(super) pieces: Vec<Piece>,
    /// The ids that it brings besides its headings'.
    pub(super) raw_ids: Vec<String>,
    /// The first component that is nested too deep.
    pub(super) too_deep: Option<Span>,
}

/// Writes a body, whose components' tags say what `openings` hold.
pub(super) fn write(body: Body<'_>, openings: Vec<Opening>) -> Written {
    let ids = slug::ids(&body.headings);
    let mut writer = Writer {
        out: Written::default(),
        html: String::with_capacity(body.nodes.len() * 24),
        line_start: true,
        frames: Vec::new(),
        links: body.links.into_iter().map(Some).collect(),
        numbers: Vec::new(),
        openings: openings.into_iter().map(Some).collect(),
        components: body.components.into_iter().map(Some).collect(),
        code: body.code.into_iter().map(Some).collect(),
        formulas: body.formulas.into_iter().map(Some).collect(),
        heading_numbers: vec![None; body.headings.len()],
        headings: body.headings,
        ids,
        tables: body.tables,
        table: 0,
        cell: None,
        has_rows: false,
        name_left: 0,
        footnotes: Footnotes::new(body.footnotes),
    };
    writer.numbers = vec![0; writer.links.len()];
    let footnotes = writer.nodes(&body.nodes);
    writer.write_footnotes(&body.nodes, &footnotes);
    writer.end_html();
    writer.out
}

/// A page's pieces so far, and what is left to take from its body.
struct Writer {
    out: Written,
    html: String,
    /// Whether the next character begins a line.
    line_start: bool,
    /// The components around, each with the pieces before it.
    frames: Vec<Frame>,
    links: Vec<Option<Link>>,
    /// Where each link came to stand among the page's.
    numbers: Vec<usize>,
    openings: Vec<Option<Opening>>,
    components: Vec<Option<ComponentDraft>>,
    code: Vec<Option<CodeBlock>>,
    formulas: Vec<Option<Formula>>,
    headings: Vec<HeadingDraft>,
    ids: Vec<Option<String>>,
    /// Where each heading came to stand among the page's, if it has an id.
    heading_numbers: Vec<Option<usize>>,
    tables: Vec<Vec<Alignment>>,
    table: usize,
    /// The column of the next cell, and whether it is a head's.
    cell: Option<(usize, bool)>,
    has_rows: bool,
    /// How many nodes are still to come of what a task is called by.
    name_left: usize,
    footnotes: Footnotes,
}

struct Frame {
    draft: usize,
    index: usize,
    before: Vec<Piece>,
}

impl Writer {
    /// Writes nodes but for footnotes; tells where each of those stands.
    fn nodes(&mut self, nodes: &[Node<'_>]) -> Vec<Option<Range<usize>>> {
        let mut aside = vec![None; self.footnotes.count()];
        let mut open: Option<(usize, usize)> = None;
        for (at, node) in nodes.iter().enumerate() {
            match (node, open) {
                (Node::Footnote(number), None) => open = Some((*number, at + 1)),
                (Node::FootnoteEnd, Some((number, start))) => {
                    aside[number] = Some(start..at);
                    open = None;
                }
                (_, Some(_)) => {}
                (_, None) => self.step(nodes, at),
            }
        }
        aside
    }

    /// Writes the footnotes that are referred to, in that order, at the end of the page.
    fn write_footnotes(&mut self, nodes: &[Node<'_>], aside: &[Option<Range<usize>>]) {
        if self.footnotes.at(0).is_none() {
            return;
        }
        self.block("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        let mut place = 0;
        // A footnote may refer to another one, which then comes after it.
        while let Some(footnote) = self.footnotes.at(place) {
            let id = format!("fn-{}", place + 1);
            let _ = write!(self.html, "<li id=\"{id}\">");
            self.out.raw_ids.push(id);
            self.line_start = false;
            if let Some(range) = &aside[footnote.number] {
                self.footnote(&nodes[range.clone()], place);
            }
            self.push("</li>\n");
            place += 1;
        }
        self.push("</ol>\n</section>\n");
    }

    /// Writes what stands in a footnote, with the ways back at the end of its last paragraph.
    fn footnote(&mut self, nodes: &[Node<'_>], place: usize) {
        let (last, nodes) = match nodes.split_last() {
            Some((last @ Node::Close(Element::Paragraph), nodes)) => (Some(last), nodes),
            _ => (None, nodes),
        };
        (0..nodes.len()).for_each(|at| self.step(nodes, at));
        self.footnotes.push_ways_back(place, &mut self.html);
        self.line_start = false;
        last.into_iter().for_each(|node| self.node(node));
    }

    /// Writes a node among others. A task's box and what it is called by stand in a label together.
    fn step(&mut self, nodes: &[Node<'_>], at: usize) {
        if let Node::Task(_) = nodes[at] {
            self.name_left = task::name_length(&nodes[at + 1..]);
            self.push(if self.name_left > 0 { "<label>" } else { "" });
            return self.node(&nodes[at]);
        }
        self.node(&nodes[at]);
        if self.name_left > 0 {
            self.name_left -= 1;
            self.push(if self.name_left == 0 { "</label>" } else { "" });
        }
    }

    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Nothing | Node::Footnote(_) | Node::FootnoteEnd => {}
            Node::Text(text) => {
                crate::html::push_text(&mut self.html, text);
                self.line_start = text.ends_with('\n');
            }
            Node::CodeSpan(text) => {
                self.push("<code>");
                crate::html::push_text(&mut self.html, text);
                self.push("</code>");
            }
            Node::Html(html) => {
                if !html.is_empty() {
                    self.html.push_str(html);
                    self.line_start = html.ends_with('\n');
                }
            }
            Node::Line => self.block(""),
            Node::SoftBreak => self.push("\n"),
            Node::HardBreak => self.push("<br />\n"),
            Node::Rule => self.block("<hr />\n"),
            Node::Task(done) => {
                let checked = if *done { " checked=\"\"" } else { "" };
                self.push("<input type=\"checkbox\" disabled=\"\"");
                self.push(checked);
                self.push(" /> ");
            }
            Node::Open(element) => self.open(*element),
            Node::Close(element) => self.close(*element),
            Node::Heading(number) => self.heading(*number),
            Node::HeadingEnd(number) => self.heading_end(*number),
            Node::Id(id) => self.out.raw_ids.push(id.clone()),
            Node::Link(number) => self.reference(*number, Piece::Link),
            Node::Image(number) => self.image(*number),
            Node::Address(number) => self.reference(*number, Piece::Address),
            Node::Table => self.piece(Piece::Table),
            Node::TableEnd => self.piece(Piece::TableEnd),
            Node::LinkEnd(number) => self.piece(Piece::LinkEnd(self.numbers[*number])),
            Node::Code(number) => self.code(*number),
            Node::Formula(number) => self.formula(*number),
            Node::Component(number) => self.component(*number),
            Node::ComponentEnd(number) => self.component_end(*number),
            Node::FootnoteReference(number) => {
                let id = self.footnotes.refer(*number, &mut self.html);
                self.out.raw_ids.push(id);
                self.line_start = false;
            }
        }
    }

    fn push(&mut self, html: &str) {
        if !html.is_empty() {
            self.html.push_str(html);
            self.line_start = html.ends_with('\n');
        }
    }

    /// Writes what begins a line.
    fn block(&mut self, html: &str) {
        if !self.line_start {
            self.push("\n");
        }
        self.push(html);
    }

    fn end_html(&mut self) {
        if !self.html.is_empty() {
            // As long as it is, and no longer; the buffer is used again.
            self.out.pieces.push(Piece::Html(self.html.as_str().to_owned()));
            self.html.clear();
        }
    }

    fn piece(&mut self, piece: Piece) {
        self.end_html();
        self.out.pieces.push(piece);
        self.line_start = false;
    }

    /// Writes a reference, which gets its number among the page's here.
    fn reference(&mut self, number: usize, piece: fn(usize) -> Piece) {
        if let Some(link) = self.links[number].take() {
            self.numbers[number] = self.out.links.len();
            self.out.links.push(link);
        }
        self.piece(piece(self.numbers[number]));
    }

    /// Writes a picture; what its attributes name stands behind it.
    fn image(&mut self, number: usize) {
        let named = self.links[number].as_ref().map_or(0, |link| link.named_in_attributes().count());
        self.reference(number, Piece::Image);
        let named = self.links.iter_mut().skip(number + 1).take(named);
        self.out.links.extend(named.filter_map(Option::take));
    }

    fn code(&mut self, number: usize) {
        let Some(code) = self.code[number].take() else { return };
        self.block("");
        self.piece(Piece::Code(self.out.code.len()));
        self.out.code.push(code);
        self.push("\n");
    }

    /// Writes a formula, which gets its number among the page's here, as a reference does.
    fn formula(&mut self, number: usize) {
        let Some(formula) = self.formulas[number].take() else { return };
        self.piece(Piece::Formula(self.out.formulas.len()));
        self.out.formulas.push(formula);
    }

    fn open(&mut self, element: Element) {
        match element {
            Element::Paragraph => self.block("<p>"),
            Element::Quote => self.block("<blockquote>\n"),
            Element::List(None) => self.block("<ul>\n"),
            Element::List(Some(1)) => self.block("<ol>\n"),
            Element::List(Some(first)) => {
                self.block("<ol start=\"");
                let _ = write!(self.html, "{first}");
                self.push("\">\n");
            }
            Element::Item => self.block("<li>"),
            Element::Emphasis => self.push("<em>"),
            Element::Strong => self.push("<strong>"),
            Element::Strikethrough => self.push("<del>"),
            Element::Table(number) => {
                self.table = number;
                self.has_rows = false;
                self.block("");
                self.piece(Piece::Table);
                self.push("<table>\n");
            }
            Element::TableHead => {
                self.cell = Some((0, true));
                self.push("<thead>\n<tr>\n");
            }
            Element::TableRow => {
                self.cell = Some((0, false));
                if !std::mem::replace(&mut self.has_rows, true) {
                    self.push("<tbody>\n");
                }
                self.push("<tr>\n");
            }
            Element::Cell => self.open_cell(),
            Element::Definitions => self.block("<dl>\n"),
            Element::Term => self.block("<dt>"),
            Element::Definition => self.block("<dd>"),
        }
    }

    fn open_cell(&mut self) {
        let (column, is_head) = self.cell.unwrap_or_default();
        self.cell = Some((column + 1, is_head));
        self.push(if is_head { "<th" } else { "<td" });
        let alignment = self.tables.get(self.table).and_then(|columns| columns.get(column));
        self.push(match alignment {
            Some(Alignment::Left) => " align=\"left\">",
            Some(Alignment::Center) => " align=\"center\">",
            Some(Alignment::Right) => " align=\"right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::Paragraph => self.push("</p>\n"),
            Element::Quote => self.block("</blockquote>\n"),
            Element::List(None) => self.push("</ul>\n"),
            Element::List(Some(_)) => self.push("</ol>\n"),
            Element::Item => self.push("</li>\n"),
            Element::Emphasis => self.push("</em>"),
            Element::Strong => self.push("</strong>"),
            Element::Strikethrough => self.push("</del>"),
            Element::Table(_) => {
                let has_rows = std::mem::take(&mut self.has_rows);
                self.push(if has_rows { "</tbody>\n</table>" } else { "</table>" });
                self.piece(Piece::TableEnd);
                self.push("\n");
            }
            Element::TableHead => self.push("</tr>\n</thead>\n"),
            Element::TableRow => self.push("</tr>\n"),
            Element::Cell => {
                let is_head = self.cell.is_some_and(|(_, is_head)| is_head);
                self.push(if is_head { "</th>\n" } else { "</td>\n" });
            }
            Element::Definitions => self.push("</dl>\n"),
            Element::Term => self.push("</dt>\n"),
            Element::Definition => self.push("</dd>\n"),
        }
    }

    fn heading(&mut self, number: usize) {
        self.block("");
        let draft = &mut self.headings[number];
        let id = self.ids[number].take();
        let (level, span) = (draft.level, draft.span);
        let (text, classes) = (std::mem::take(&mut draft.text).trim().to_owned(), std::mem::take(&mut draft.classes));
        if let Some(id) = id {
            self.heading_numbers[number] = Some(self.out.headings.len());
            self.piece(Piece::Heading(self.out.headings.len()));
            self.out.headings.push(Heading { level, id, text, classes, span });
            return;
        }
        // One that says nothing.
        let _ = write!(self.html, "<h{level}");
        if !classes.is_empty() {
            self.html.push_str(" class=\"");
            crate::html::push_attribute(&mut self.html, &classes.join(" "));
            self.html.push('"');
        }
        self.push(">");
    }

    fn heading_end(&mut self, number: usize) {
        match self.heading_numbers[number] {
            Some(heading) => self.piece(Piece::HeadingEnd(heading)),
            None => drop(write!(self.html, "</h{}>", self.headings[number].level)),
        }
        self.push("\n");
    }

    fn component(&mut self, number: usize) {
        let Some(draft) = self.components[number].take() else { return };
        if self.frames.len() >= MAX_COMPONENTS {
            self.out.too_deep.get_or_insert(draft.span);
            return;
        }
        let opening = match draft.source {
            ComponentSource::Alert(kind) => Some(Opening::admonition(Word { text: kind, span: draft.span }, None)),
            ComponentSource::Opening(opening) => self.openings[opening].take(),
        };
        let Some(Opening { name, mut attributes, addresses }) = opening else { return };
        for AttributeAddress { attribute, span } in addresses {
            let attribute = &mut attributes[attribute];
            attribute.link = Some(self.out.links.len());
            self.out.links.push(Link {
                kind: LinkKind::Attribute,
                target: attribute.value.as_str().unwrap_or_default().to_owned(),
                text: String::new(),
                attributes: Vec::new(),
                span,
            });
        }
        self.end_html();
        let index = self.out.components.len();
        let query = Query::read(|name| {
            let attribute = attributes.iter().find(|attribute| attribute.name == name)?;
            let text = match &attribute.value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            Some(QueryPart { text, span: attribute.span })
        });
        self.out.components.push(Component { name, attributes, query, span: draft.span, inline: draft.inline });
        self.frames.push(Frame { draft: number, index, before: std::mem::take(&mut self.out.pieces) });
        self.line_start = true;
    }

    fn component_end(&mut self, number: usize) {
        if self.frames.last().is_none_or(|frame| frame.draft != number) {
            return;
        }
        self.end_html();
        if let Some(frame) = self.frames.pop() {
            let body = std::mem::replace(&mut self.out.pieces, frame.before);
            self.out.pieces.push(Piece::Component { index: frame.index, body });
        }
        self.line_start = false;
    }
}
