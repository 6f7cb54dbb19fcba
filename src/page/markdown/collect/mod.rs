//! The Markdown library's events as nodes: joins what belongs together, takes raw
//! HTML apart, finds bare addresses, and gathers headings, links and code.

mod code;
mod target;
mod raw_html;
mod collector;
mod components;
mod named;
mod references;
mod sections;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use self::collector::{Block, Collector, Image};
use crate::diagnostic::Diagnostic;
use crate::page::dialect::{Dialect, Extension};
use crate::page::facts::{CodeBlock, LinkKind};
use crate::page::markdown::autolink;
use crate::page::markdown::nodes::{Body, Element, HeadingDraft, Node};
use crate::page::markdown::prepare::Prepared;
use crate::page::markdown::unmeant::{BrokenReference, KnownDefinition, Unmeant};
use crate::source::SourcePath;

/// Reads a prepared body.
pub(super) fn collect<'a>(
    prepared: &'a Prepared<'_>,
    path: &'a SourcePath,
    dialect: Dialect,
) -> (Body<'a>, Vec<Diagnostic>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut collector = Collector::new(prepared, path, dialect);
    let mut unmeant = Unmeant::new(prepared, path);
    let mut broken: Vec<BrokenReference> = Vec::new();
    let mut note = |link: BrokenLink<'_>| {
        let is_picture = prepared.text.as_bytes().get(link.span.start) == Some(&b'!');
        if is_picture || link.link_type != LinkType::Shortcut {
            // Of `[text][]`, the library tells the first brackets.
            let is_collapsed =
                link.link_type == LinkType::Collapsed && prepared.text[link.span.end..].starts_with("[]");
            let end = link.span.end + if is_collapsed { 2 } else { 0 };
            broken.push(BrokenReference { kind: link.link_type, range: link.span.start..end });
        }
        None
    };
    let mut events = Parser::new_with_broken_link_callback(&prepared.text, options, Some(&mut note)).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let definition = match &event {
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if is_reference(*link_type) =>
            {
                events.reference_definitions().get(id).map(|definition| definition.span.clone())
            }
            _ => None,
        };
        unmeant.event(&event, &range, definition.as_ref());
        collector.event(event, range, definition);
    }
    let definitions = events.reference_definitions().iter().map(|(label, definition)| KnownDefinition {
        label: label.to_owned(),
        target: definition.dest.to_string(),
        range: definition.span.clone(),
    });
    let mut definitions: Vec<KnownDefinition> = definitions.collect();
    definitions.sort_by_key(|definition| definition.range.start);
    drop(events);
    let (body, mut findings) = collector.finish();
    findings.extend(unmeant.finish(&broken, &definitions));
    (body, findings)
}

fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

impl<'a> Collector<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>, definition: Option<Range<usize>>) {
        if let Some(link) = self.links.last_mut()
            && !matches!(event, Event::Start(_))
            && range.end < link.range.end
        {
            link.inner_end = link.inner_end.max(range.end);
        }
        if self.image.is_some() {
            return self.in_image(event, &range);
        }
        if self.block.is_some() {
            return self.in_block(event, range);
        }
        let Event::Text(text) = event else {
            self.end_run();
            return match event {
                Event::Start(tag) => self.start(tag, range, definition),
                Event::End(tag) => self.end(tag, range),
                other => self.leaf(other, range),
            };
        };
        self.text(text, range);
    }

    fn leaf(&mut self, event: Event<'a>, range: Range<usize>) {
        self.begun |= !matches!(event, Event::Html(_) | Event::InlineHtml(_));
        match event {
            Event::Code(text) => {
                let place = range.clone();
                self.body.code_spans.push(self.prepared.span(range));
                let text = self.restored(text);
                self.say(&text);
                let named = self.dialect.holds(Extension::NamesInCode).then(|| self.link_code(&text, place)).flatten();
                self.body.nodes.extend(named.map(Node::Link));
                self.push(Node::CodeSpan(text));
                self.body.nodes.extend(named.map(Node::LinkEnd));
            }
            Event::SoftBreak => {
                self.say(" ");
                self.push(Node::SoftBreak);
            }
            Event::HardBreak => {
                self.say(" ");
                self.push(Node::HardBreak);
            }
            Event::Rule => self.push(Node::Rule),
            Event::TaskListMarker(done) => self.push(Node::Task(done)),
            Event::FootnoteReference(name) => {
                let number = self.footnote(name);
                self.push(Node::FootnoteReference(number));
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, false, &|at| range.start + at),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(Node::Text(text)),
            Event::Start(_) | Event::End(_) | Event::Text(_) => {}
        }
    }

    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        self.begun = true;
        self.say(&text);
        self.run.first.get_or_insert(self.body.nodes.len());
        self.run.may_link |= self.prepared.may_link && autolink::may_hold(&text);
        self.run.may_name |= text.contains('[') && self.dialect.holds(Extension::Names);
        self.run.holds_token |= self.prepared.may_hold_token(&text);
        self.run.places.push((self.run.length, range.start));
        self.run.length += text.len();
        self.push(Node::Text(text));
    }

    /// Ends a run of text: makes links of the addresses in it.
    fn end_run(&mut self) {
        let Some(first) = self.run.first.take() else { return };
        let may_link = std::mem::take(&mut self.run.may_link) && self.links.is_empty();
        let may_name = std::mem::take(&mut self.run.may_name) && self.links.is_empty();
        let holds_token = std::mem::take(&mut self.run.holds_token);
        if may_link || may_name || holds_token {
            let mut joined = String::with_capacity(self.run.length);
            for node in &self.body.nodes[first..] {
                if let Node::Text(text) = node {
                    joined.push_str(text);
                }
            }
            let found = if may_link { autolink::find(&joined) } else { Vec::new() };
            let named = if may_name && named::may_hold(&joined) { named::find(&joined) } else { Vec::new() };
            if !found.is_empty() || !named.is_empty() {
                self.body.nodes.truncate(first);
                self.link_names(&joined, named, &found);
            } else if let Cow::Owned(restored) = self.prepared.restore(&joined) {
                self.body.nodes.truncate(first);
                self.push(Node::Text(restored.into()));
            }
        }
        self.run.places.clear();
        self.run.length = 0;
    }

    fn in_block(&mut self, event: Event<'a>, range: Range<usize>) {
        match (&mut self.block, event) {
            (Some(Block::Code(code)), Event::Text(text)) => code.text.push_str(&text),
            (Some(Block::Html(lines)), Event::Html(line) | Event::InlineHtml(line) | Event::Text(line)) => {
                lines.push((line, range));
            }
            (Some(_), Event::End(_)) => match self.block.take() {
                Some(Block::Code(code)) => self.end_code(code),
                Some(Block::Html(lines)) => self.end_html(&lines),
                None => {}
            },
            _ => {}
        }
    }

    fn end_code(&mut self, mut code: CodeBlock) {
        if let Cow::Owned(text) = self.prepared.restore(&code.text) {
            code.text = text;
        }
        self.push(Node::Code(self.body.code.len()));
        self.body.code.push(code);
    }

    /// A block of raw HTML, joined where its lines lie side by side in the source.
    fn end_html(&mut self, lines: &[(CowStr<'a>, Range<usize>)]) {
        let text: &'a str = &self.prepared.text;
        let beside = lines.windows(2).all(|pair| pair[0].1.end == pair[1].1.start)
            && lines.iter().all(|(line, range)| text.get(range.clone()) == Some(&**line));
        if beside && let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            let start = first.1.start;
            return self.html(CowStr::Borrowed(&text[start..last.1.end]), true, &|at| start + at);
        }
        let mut joined = String::new();
        let mut places = Vec::with_capacity(lines.len());
        for (line, range) in lines {
            places.push((joined.len(), range.clone()));
            joined.push_str(line);
        }
        let place = |at: usize| {
            let index = places.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            places.get(index).map_or(0, |(start, range)| (range.start + at - start).min(range.end))
        };
        self.html(joined.into(), true, &place);
    }

    fn start_footnote(&mut self, name: CowStr<'a>) {
        let number = self.footnote(name);
        self.aside += 1;
        self.outer_anchors = self.anchors.len();
        self.push(Node::Footnote(number));
    }

    /// Ends a footnote, which is moved to the end of the page: a raw `<a>` cannot lead out of it.
    fn end_footnote(&mut self) {
        while self.anchors.len() > self.outer_anchors {
            if let Some(anchor) = self.anchors.pop() {
                self.body.links[anchor.link].text = self.heard(anchor.text);
            }
        }
        self.outer_anchors = 0;
        self.aside = self.aside.saturating_sub(1);
        self.push(Node::FootnoteEnd);
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, definition: Option<Range<usize>>) {
        let begun = self.begun;
        self.begun |= !matches!(tag, Tag::HtmlBlock);
        if !matches!(tag, Tag::HtmlBlock | Tag::CodeBlock(_) | Tag::Image { .. }) {
            self.matching.enter();
        }
        let element = match tag {
            Tag::Paragraph => return self.start_paragraph(),
            Tag::Heading { level, id, classes, attrs } => {
                let classes = classes.iter().map(|class| self.prepared.restore(class).into_owned()).collect();
                let id = id.map(|id| self.prepared.restore(&id).into_owned());
                let draft = HeadingDraft {
                    level: level as u8,
                    id,
                    classes,
                    text: String::new(),
                    span: self.prepared.span(range.clone()),
                };
                return self.start_heading(draft, begun, !attrs.is_empty(), range);
            }
            Tag::BlockQuote(kind) => return self.start_quote(kind, range),
            Tag::CodeBlock(kind) => {
                let mut code = match kind {
                    CodeBlockKind::Fenced(info) => code::read(&self.prepared.restore(&info)),
                    CodeBlockKind::Indented => CodeBlock::default(),
                };
                code.span = self.prepared.span(range);
                self.block = Some(Block::Code(code));
                return;
            }
            Tag::HtmlBlock => {
                self.block = Some(Block::Html(Vec::new()));
                return;
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.start_link(link_type, &dest_url, &title, range, definition);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let link = self.link(LinkKind::Image, &dest_url, &title, range.clone());
                let inner_end = range.start;
                self.image = Some(Image { link, depth: 0, range, definition, inner_end, kind: link_type });
                return;
            }
            Tag::FootnoteDefinition(name) => return self.start_footnote(name),
            Tag::Table(alignments) => {
                self.body.tables.push(alignments);
                Element::Table(self.body.tables.len() - 1)
            }
            Tag::List(first) => {
                self.aside += 1;
                Element::List(first)
            }
            Tag::Item => Element::Item,
            Tag::TableHead => Element::TableHead,
            Tag::TableRow => Element::TableRow,
            Tag::TableCell => Element::Cell,
            Tag::Emphasis | Tag::Subscript | Tag::Superscript => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::DefinitionList => Element::Definitions,
            Tag::DefinitionListTitle => Element::Term,
            Tag::DefinitionListDefinition => Element::Definition,
            Tag::MetadataBlock(_) => return,
        };
        self.push(Node::Open(element));
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if !matches!(tag, TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::Image) {
            self.leave_container();
        }
        let element = match tag {
            TagEnd::Paragraph => return self.end_paragraph(),
            TagEnd::Heading(_) => return self.end_heading(),
            TagEnd::BlockQuote(_) => {
                let node = match self.quotes.pop() {
                    Some(Some(component)) => Node::ComponentEnd(component),
                    _ => Node::Close(Element::Quote),
                };
                return self.push(node);
            }
            TagEnd::Link => return self.end_link(&range),
            TagEnd::FootnoteDefinition => return self.end_footnote(),
            TagEnd::List(ordered) => {
                self.aside = self.aside.saturating_sub(1);
                Element::List(ordered.then_some(1))
            }
            TagEnd::Table => Element::Table(0),
            TagEnd::TableHead => Element::TableHead,
            TagEnd::TableRow => Element::TableRow,
            TagEnd::TableCell => Element::Cell,
            TagEnd::Item => Element::Item,
            TagEnd::Emphasis | TagEnd::Subscript | TagEnd::Superscript => Element::Emphasis,
            TagEnd::Strong => Element::Strong,
            TagEnd::Strikethrough => Element::Strikethrough,
            TagEnd::DefinitionList => Element::Definitions,
            TagEnd::DefinitionListTitle => Element::Term,
            TagEnd::DefinitionListDefinition => Element::Definition,
            TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => return,
        };
        self.push(Node::Close(element));
    }

    fn finish(mut self) -> (Body<'a>, Vec<Diagnostic>) {
        self.end_run();
        self.leave_container();
        if self.body.prose.is_empty() {
            self.body.prose = self.lead.take().unwrap_or_default();
        }
        (self.body, self.findings)
    }
}
