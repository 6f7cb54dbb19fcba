//! The Markdown library's events as nodes: joins what belongs together, takes raw
//! HTML apart, finds bare addresses, and gathers headings, links and code.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::components::Matching;
use super::nodes::{Body, ComponentDraft, ComponentSource, Element, HeadingDraft, Node};
use super::prepare::Prepared;
use super::raw_html::{self, Part, Reference};
use super::{autolink, code, escape, target};
use crate::diagnostic::Diagnostic;
use crate::page::{CodeBlock, Link, LinkKind};
use crate::source::SourcePath;

/// Reads a prepared body.
pub(super) fn collect<'a>(prepared: &'a Prepared<'_>, path: &'a SourcePath) -> (Body<'a>, Vec<Diagnostic>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut collector = Collector::new(prepared, path);
    let mut events = Parser::new_ext(&prepared.text, options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let definition = match &event {
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if is_reference(*link_type) =>
            {
                events.reference_definitions().get(id).map(|definition| definition.span.clone())
            }
            _ => None,
        };
        collector.event(event, range, definition);
    }
    collector.finish()
}

fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

pub(super) struct Collector<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) path: &'a SourcePath,
    pub(super) body: Body<'a>,
    pub(super) matching: Matching<'a>,
    pub(super) findings: Vec<Diagnostic>,
    /// All text that a heading or link may want to know, while one does.
    log: String,
    listeners: usize,
    /// The text of the first paragraph, while it is read.
    prose: Option<String>,
    /// The heading before it, if nothing else stands there.
    lead: Option<String>,
    /// Whether something visible came already.
    begun: bool,
    /// Text nodes one after the other: the first, and whether they may hold an address.
    run: Run,
    block: Option<Block<'a>>,
    image: Option<Image>,
    links: Vec<OpenLink>,
    /// Raw `<a>`s that are not closed yet, and how many of them lie outside the footnote.
    anchors: Vec<OpenLink>,
    outer_anchors: usize,
    /// Alerts among the open quotes, with their components.
    quotes: Vec<Option<usize>>,
    /// Where the open headings' texts begin in the log.
    heading: Option<(usize, Option<String>)>,
    footnotes: HashMap<CowStr<'a>, usize>,
    /// How many open elements keep a paragraph from being the page's first prose.
    aside: usize,
    /// The open paragraph's node, and whether it holds a component.
    pub(super) paragraph: Option<(usize, bool)>,
}

#[derive(Default)]
struct Run {
    first: Option<usize>,
    may_link: bool,
    /// For each text of it: where it begins in the run, and in the prepared text.
    places: Vec<(usize, usize)>,
    length: usize,
}

/// A block whose text is gathered.
enum Block<'a> {
    Code(CodeBlock),
    Html(Vec<(CowStr<'a>, Range<usize>)>),
}

struct Image {
    link: Link,
    /// Open elements in the alternative text.
    depth: usize,
    range: Range<usize>,
    definition: Option<Range<usize>>,
    inner_end: usize,
    kind: LinkType,
}

struct OpenLink {
    link: usize,
    /// Where its text begins in the log.
    text: usize,
    range: Range<usize>,
    inner_end: usize,
    /// Whether its target is to be looked for behind its text.
    seek: bool,
    /// Whether its end is written already.
    ended: bool,
}

impl<'a> Collector<'a> {
    fn new(prepared: &'a Prepared<'a>, path: &'a SourcePath) -> Self {
        Self {
            prepared,
            path,
            body: Body { nodes: Vec::with_capacity(prepared.text.len() / 16), ..Body::default() },
            matching: Matching::default(),
            findings: Vec::new(),
            log: String::new(),
            listeners: 0,
            prose: None,
            lead: None,
            begun: false,
            run: Run::default(),
            block: None,
            image: None,
            links: Vec::new(),
            anchors: Vec::new(),
            outer_anchors: 0,
            quotes: Vec::new(),
            heading: None,
            footnotes: HashMap::new(),
            aside: 0,
            paragraph: None,
        }
    }

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
                let text = self.restored(text);
                self.say(&text);
                self.push(Node::CodeSpan(text));
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

    pub(super) fn push(&mut self, node: Node<'a>) {
        self.body.nodes.push(node);
    }

    /// Lets those who listen know a text.
    fn say(&mut self, text: &str) {
        if self.listeners > 0 {
            self.log.push_str(text);
        }
        if let Some(prose) = &mut self.prose {
            prose.push_str(text);
        }
    }

    fn listen(&mut self) -> usize {
        self.listeners += 1;
        self.log.len()
    }

    /// What was said since `from`.
    fn heard(&mut self, from: usize) -> String {
        let text = self.log[from..].trim().to_owned();
        self.listeners -= 1;
        if self.listeners == 0 {
            self.log.clear();
        }
        text
    }

    fn restored(&self, text: CowStr<'a>) -> CowStr<'a> {
        match self.prepared.restore(&text) {
            std::borrow::Cow::Borrowed(_) => text,
            std::borrow::Cow::Owned(restored) => restored.into(),
        }
    }

    fn footnote(&mut self, name: CowStr<'a>) -> usize {
        let next = self.footnotes.len();
        self.body.footnotes = self.body.footnotes.max(next + 1);
        *self.footnotes.entry(name).or_insert(next)
    }

    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        self.begun = true;
        self.say(&text);
        self.run.first.get_or_insert(self.body.nodes.len());
        self.run.may_link |= autolink::may_hold(&text);
        self.run.places.push((self.run.length, range.start));
        self.run.length += text.len();
        self.push(Node::Text(text));
    }

    /// Ends a run of text: makes links of the addresses in it.
    fn end_run(&mut self) {
        let Some(first) = self.run.first.take() else { return };
        let may_link = std::mem::take(&mut self.run.may_link) && self.links.is_empty();
        if may_link {
            let mut joined = String::with_capacity(self.run.length);
            for node in &self.body.nodes[first..] {
                if let Node::Text(text) = node {
                    joined.push_str(text);
                }
            }
            let found = autolink::find(&joined);
            if !found.is_empty() {
                self.body.nodes.truncate(first);
                self.link_addresses(&joined, &found);
            }
        }
        self.run.places.clear();
        self.run.length = 0;
    }

    fn link_addresses(&mut self, joined: &str, found: &[autolink::Found]) {
        let mut done = 0;
        for hit in found {
            if done < hit.range.start {
                self.push(Node::Text(joined[done..hit.range.start].to_owned().into()));
            }
            done = hit.range.end;
            let text = &joined[hit.range.clone()];
            let place = |at: usize| {
                let index = self.run.places.partition_point(|&(start, _)| start <= at).saturating_sub(1);
                let (start, source) = self.run.places[index];
                source + at - start
            };
            let (start, end) = (place(hit.range.start), place(hit.range.end - 1) + 1);
            let in_text = start <= end && self.prepared.text.get(start..end).is_some();
            let span = self.prepared.span(if in_text { start..end } else { start..start });
            let link = self.body.links.len();
            self.body.links.push(Link {
                kind: LinkKind::Link,
                target: format!("{}{text}", hit.scheme),
                text: text.to_owned(),
                attributes: String::new(),
                span,
            });
            self.interrupt_anchor();
            self.push(Node::Link(link));
            self.push(Node::Text(text.to_owned().into()));
            self.push(Node::LinkEnd(link));
        }
        if done < joined.len() {
            self.push(Node::Text(joined[done..].to_owned().into()));
        }
    }

    /// Ends a raw `<a>` before a link in it, as browsers do: links don't nest.
    fn interrupt_anchor(&mut self) {
        let Some(anchor) = self.anchors[self.outer_anchors..].last_mut().filter(|anchor| !anchor.ended) else { return };
        anchor.ended = true;
        let number = anchor.link;
        if matches!(self.body.nodes.last(), Some(Node::Link(last)) if *last == number) {
            // Nothing is left in it that anyone could follow.
            self.body.links[number].attributes.push_str(" aria-hidden=\"true\" tabindex=\"-1\"");
        }
        self.push(Node::LinkEnd(number));
    }

    fn in_block(&mut self, event: Event<'a>, range: Range<usize>) {
        match (&mut self.block, event) {
            (Some(Block::Code(code)), Event::Text(text)) => code.text.push_str(&text),
            (Some(Block::Html(lines)), Event::Html(line) | Event::InlineHtml(line) | Event::Text(line)) => {
                lines.push((line, range));
            }
            (Some(_), Event::End(_)) => match self.block.take() {
                Some(Block::Code(code)) => self.end_code(code),
                Some(Block::Html(lines)) => self.end_html(lines),
                None => {}
            },
            _ => {}
        }
    }

    fn end_code(&mut self, mut code: CodeBlock) {
        if let std::borrow::Cow::Owned(text) = self.prepared.restore(&code.text) {
            code.text = text;
        }
        self.push(Node::Code(self.body.code.len()));
        self.body.code.push(code);
    }

    /// A block of raw HTML, joined where its lines lie side by side in the source.
    fn end_html(&mut self, lines: Vec<(CowStr<'a>, Range<usize>)>) {
        let text: &'a str = &self.prepared.text;
        let beside = lines.windows(2).all(|pair| pair[0].1.end == pair[1].1.start)
            && lines.iter().all(|(line, range)| text.get(range.clone()) == Some(&**line));
        if beside && let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            let start = first.1.start;
            return self.html(CowStr::Borrowed(&text[start..last.1.end]), true, &|at| start + at);
        }
        let mut joined = String::new();
        let mut places = Vec::with_capacity(lines.len());
        for (line, range) in &lines {
            places.push((joined.len(), range.clone()));
            joined.push_str(line);
        }
        let place = |at: usize| {
            let index = places.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            places.get(index).map_or(0, |(start, range)| (range.start + at - start).min(range.end))
        };
        self.html(joined.into(), true, &place);
    }

    /// Takes raw HTML apart; `place` tells where an offset of it stands in the prepared text.
    fn html(&mut self, html: CowStr<'a>, in_block: bool, place: &dyn Fn(usize) -> usize) {
        let parts = raw_html::parts(&html, |at| self.prepared.token_at(&html, at));
        if in_block && self.aside == 0 && self.body.prose.is_empty() {
            self.take_prose(&raw_html::text(&html));
        }
        if in_block && !matches!(parts.first(), Some(Part::Token(..))) {
            self.push(Node::Line);
        }
        if let [Part::Html(_)] = parts[..] {
            self.begun |= !(html.trim_start().starts_with("<!--") && html.trim_end().ends_with("-->"));
            let html = self.restored(html);
            return self.push(Node::Html(html));
        }
        let mut after_token = false;
        for part in parts {
            let was_token = std::mem::replace(&mut after_token, matches!(part, Part::Token(..)));
            self.begun |= !matches!(part, Part::Html(_));
            match part {
                Part::Html(range) => {
                    let mut text = &html[range];
                    if was_token && in_block {
                        text = text.strip_prefix('\n').unwrap_or(text);
                    }
                    if !text.is_empty() {
                        let text = self.prepared.restore(text).into_owned();
                        self.push(Node::Html(text.into()));
                    }
                }
                Part::Token(mark, _) => self.token(mark, in_block),
                Part::Link(reference) => self.start_anchor(reference, place),
                Part::LinkEnd(range) => self.end_anchor(&html[range]),
                Part::Image(reference) => {
                    let link = self.reference(LinkKind::Image, reference, place);
                    self.push(Node::Image(link));
                }
                Part::Address(reference, quoted) => {
                    let link = self.reference(LinkKind::Resource, reference, place);
                    let quote = || Node::Html(CowStr::Borrowed("\""));
                    self.body.nodes.extend((!quoted).then(quote));
                    self.push(Node::Address(link));
                    self.body.nodes.extend((!quoted).then(quote));
                }
            }
        }
    }

    fn reference(&mut self, kind: LinkKind, reference: Reference, place: &dyn Fn(usize) -> usize) -> usize {
        let Reference { target, text, attributes, place: range } = reference;
        let start = place(range.start);
        let end = if range.is_empty() { start } else { place(range.end - 1) + 1 };
        let in_text = start <= end && self.prepared.text.get(start..end).is_some();
        let span = self.prepared.span(if in_text { start..end } else { start..start });
        let target = self.prepared.restore(&target).into_owned();
        let text = self.prepared.restore(&text).into_owned();
        let attributes = self.prepared.restore_with(&attributes, |written| written.replace('"', "&quot;")).into_owned();
        self.body.links.push(Link { kind, target, text, attributes, span });
        self.body.links.len() - 1
    }

    fn start_anchor(&mut self, reference: Reference, place: &dyn Fn(usize) -> usize) {
        let link = self.reference(LinkKind::Link, reference, place);
        let text = self.listen();
        self.anchors.push(OpenLink { link, text, range: 0..0, inner_end: 0, seek: false, ended: false });
        self.push(Node::Link(link));
    }

    fn end_anchor(&mut self, written: &str) {
        if self.anchors.len() <= self.outer_anchors {
            return self.push(Node::Html(written.to_owned().into()));
        }
        if let Some(anchor) = self.anchors.pop() {
            self.body.links[anchor.link].text = self.heard(anchor.text);
            if !anchor.ended {
                self.push(Node::LinkEnd(anchor.link));
            }
        }
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

    fn start_paragraph(&mut self) {
        self.paragraph = Some((self.body.nodes.len(), false));
        if self.body.prose.is_empty() && self.aside == 0 {
            self.prose = Some(String::new());
        }
        self.push(Node::Open(Element::Paragraph));
    }

    fn end_paragraph(&mut self) {
        if let Some(prose) = self.prose.take() {
            self.take_prose(&prose);
        }
        self.push(Node::Close(Element::Paragraph));
        if let Some((node, true)) = self.paragraph.take() {
            self.unwrap_paragraph(node);
        }
    }

    /// Takes a text as the page's first prose, unless it is empty.
    fn take_prose(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.is_empty() {
            let lead = self.lead.take().filter(|lead| !lead.is_empty()).map(|lead| format!("{lead} — "));
            self.body.prose = format!("{}{}", lead.unwrap_or_default(), words.join(" "));
        }
    }

    fn start_heading(&mut self, mut draft: HeadingDraft, begun: bool, odd: bool, range: Range<usize>) {
        // Braces at a heading's end are attributes only if they say so with a `#` or a `.`.
        let written = self.prepared.text[range].trim_end_matches(['\n', '\r', ' ', '#', '=', '-']);
        let braces = written.rfind('{').map(|at| &written[at..]);
        let is_text = braces.filter(|braces| odd && !braces[1..].trim_start().starts_with(['#', '.']));
        let suffix = is_text.map(|braces| braces.to_owned());
        if suffix.is_some() {
            (draft.id, draft.classes) = (None, Vec::new());
        }
        let number = self.body.headings.len();
        if !begun && draft.level == 1 {
            self.body.title = Some(number);
        }
        self.body.headings.push(draft);
        self.heading = Some((self.listen(), suffix));
        self.push(Node::Heading(number));
    }

    fn end_heading(&mut self) {
        let Some((from, suffix)) = self.heading.take() else { return };
        if let Some(suffix) = suffix {
            let suffix = format!(" {suffix}");
            self.say(&suffix);
            self.push(Node::Text(suffix.into()));
        }
        // An id keeps the space before a component at the end.
        let text = self.log[from..].to_owned();
        self.heard(from);
        let number = self.body.headings.len() - 1;
        // A heading that says something by itself belongs to what it stands above.
        if self.body.headings[number].level > 1 && text.split_whitespace().count() > 5 {
            self.lead.get_or_insert_with(|| text.trim().to_owned());
        }
        self.body.headings[number].text = text;
        self.push(Node::HeadingEnd(number));
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>, range: Range<usize>) {
        let Some(kind) = kind else {
            self.quotes.push(None);
            return self.push(Node::Open(Element::Quote));
        };
        let kind = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let first = self.prepared.text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
        let span = self.prepared.span(range.start..first);
        let number = self.body.components.len();
        self.body.components.push(ComponentDraft { source: ComponentSource::Alert(kind), span, inline: false });
        self.quotes.push(Some(number));
        self.push(Node::Component(number));
    }

    fn link(&self, kind: LinkKind, target: &str, title: &str, range: Range<usize>) -> Link {
        let mut attributes = String::new();
        if !title.is_empty() {
            attributes.push_str(" title=\"");
            escape::push_attribute(&mut attributes, &self.prepared.restore(title));
            attributes.push('"');
        }
        let target = self.prepared.restore_target(target).replace('\0', "\u{fffd}");
        Link { kind, target, text: String::new(), attributes, span: self.prepared.span(range) }
    }

    fn start_link(
        &mut self,
        kind: LinkType,
        target: &str,
        title: &str,
        range: Range<usize>,
        definition: Option<Range<usize>>,
    ) {
        let mut link = self.link(LinkKind::Link, target, title, range.clone());
        let place = match kind {
            LinkType::Autolink | LinkType::Email if range.len() >= 2 => Some(range.start + 1..range.end - 1),
            _ => definition.and_then(|definition| target::definition(&self.prepared.text, &definition)),
        };
        if let Some(place) = place {
            link.span = self.prepared.span(place);
        }
        if kind == LinkType::Email {
            link.target.insert_str(0, "mailto:");
        }
        let number = self.body.links.len();
        self.body.links.push(link);
        let text = self.listen();
        let seek = kind == LinkType::Inline;
        let inner_end = range.start + 1;
        self.links.push(OpenLink { link: number, text, range, inner_end, seek, ended: false });
        self.push(Node::Link(number));
    }

    fn end_link(&mut self, range: &Range<usize>) {
        let Some(open) = self.links.pop() else { return };
        let text = self.heard(open.text);
        let link = &mut self.body.links[open.link];
        link.text = text;
        if open.seek
            && let Some(place) = target::inline(&self.prepared.text, range, open.inner_end)
        {
            link.span = self.prepared.span(place);
        }
        self.push(Node::LinkEnd(open.link));
    }

    /// Gathers an image's alternative text.
    fn in_image(&mut self, event: Event<'a>, range: &Range<usize>) {
        let Some(image) = &mut self.image else { return };
        if !matches!(event, Event::Start(_)) && range.end < image.range.end {
            image.inner_end = image.inner_end.max(range.end);
        }
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth > 0 => image.depth -= 1,
            Event::End(_) => self.end_image(),
            Event::Text(text) | Event::Code(text) => image.link.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.link.text.push(' '),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(Image { mut link, range, definition, inner_end, kind, .. }) = self.image.take() else { return };
        let text = &self.prepared.text;
        let place = match definition {
            Some(definition) => target::definition(text, &definition),
            None if kind == LinkType::Inline => target::inline(text, &range, inner_end),
            None => None,
        };
        if let Some(place) = place {
            link.span = self.prepared.span(place);
        }
        if self.listeners > 0 {
            self.log.push_str(&link.text);
        }
        self.push(Node::Image(self.body.links.len()));
        self.body.links.push(link);
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
