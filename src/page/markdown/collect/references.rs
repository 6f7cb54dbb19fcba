//! Links, images and other references among the events, in Markdown and in raw
//! HTML, each with the place of its target.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType};

use super::collector::{Collector, Image, OpenLink};
use super::raw_html::{self, Part, Reference, Taken};
use super::target::{self, Spelling};
use crate::page::facts::{HtmlAttribute, Link, LinkKind, LinkSpan};
use crate::page::markdown::nodes::Node;
use crate::page::markdown::{autolink, escape};
use crate::source::Span;

impl<'a> Collector<'a> {
    pub(super) fn link_addresses(&mut self, joined: &str, stretch: Range<usize>, found: &[&autolink::Found]) {
        let mut done = stretch.start;
        for hit in found {
            if done < hit.range.start {
                self.push_text(&joined[done..hit.range.start]);
            }
            done = hit.range.end;
            let text = &joined[hit.range.clone()];
            let Range { start, end } = self.run_place(&hit.range);
            let in_text = start <= end && self.prepared.text.get(start..end).is_some();
            let span = self.prepared.span(if in_text { start..end } else { start..start });
            let link = self.body.links.len();
            self.body.links.push(Link {
                kind: LinkKind::Link,
                target: format!("{}{}", hit.scheme, self.prepared.restore(text)),
                text: self.prepared.restore(text).into_owned(),
                attributes: Vec::new(),
                span: LinkSpan { whole: span, place: span, is_exact: false },
            });
            self.place_target(link, span, Spelling::Address { scheme: hit.scheme });
            self.interrupt_anchor();
            self.push(Node::Link(link));
            self.push_text(text);
            self.push(Node::LinkEnd(link));
        }
        if done < stretch.end {
            self.push_text(&joined[done..stretch.end]);
        }
    }

    /// Where a part of the run stands in the prepared text.
    fn run_place(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let index = self.run.places.partition_point(|&(start, _)| start <= at).saturating_sub(1);
            let (start, source) = self.run.places[index];
            source + at - start
        };
        place(range.start)..place(range.end - 1) + 1
    }

    /// Where a part of the run stands in the file, if it is written there as it reads, without escapes.
    pub(super) fn as_written(&self, joined: &str, range: &Range<usize>) -> Option<Span> {
        let place = self.run_place(range);
        let text = &self.prepared.text;
        let same = text.get(place.clone()) == Some(&joined[range.clone()]);
        (same && !text[..place.start].ends_with('\\')).then(|| self.prepared.span(place))
    }

    pub(super) fn push_text(&mut self, text: &str) {
        let text = self.prepared.restore(text).into_owned();
        self.push(Node::Text(text.into()));
    }

    /// Ends a raw `<a>` before a link in it, as browsers do: links don't nest.
    pub(super) fn interrupt_anchor(&mut self) {
        let Some(anchor) = self.anchors[self.outer_anchors..].last_mut().filter(|anchor| !anchor.ended) else { return };
        anchor.ended = true;
        let number = anchor.link;
        if matches!(self.body.nodes.last(), Some(Node::Link(last)) if *last == number) {
            // Nothing is left in it that anyone could follow.
            let unreachable = [("aria-hidden", "true"), ("tabindex", "-1")];
            let unreachable = unreachable.map(|(name, value)| HtmlAttribute { name: name.into(), value: value.into() });
            self.body.links[number].attributes.extend(unreachable);
        }
        self.push(Node::LinkEnd(number));
    }

    /// Takes raw HTML apart; `place` tells where an offset of it stands in the prepared text.
    pub(super) fn html(&mut self, html: CowStr<'a>, in_block: bool, place: &dyn Fn(usize) -> usize) {
        let Taken { parts, comments, ids } = raw_html::parts(&html, |at| self.prepared.token_at(&html, at));
        for comment in comments {
            let span = self.span_of(comment, place);
            self.body.comments.push(span);
        }
        self.body.nodes.extend(ids.into_iter().map(Node::Id));
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
                Part::Table => self.push(Node::Table),
                Part::TableEnd => self.push(Node::TableEnd),
                Part::Token(mark, _) => self.token(mark, in_block),
                Part::Link(reference) => self.start_anchor(reference, place),
                Part::LinkEnd(range) => self.end_anchor(&html[range]),
                Part::Image(reference) => {
                    let link = self.picture(reference, place);
                    self.push(Node::Image(link));
                }
                Part::Address(reference) => {
                    let link = self.reference(LinkKind::Resource, reference, place);
                    self.push(Node::Address(link));
                }
                Part::Quote => self.push(Node::Html(CowStr::Borrowed("\""))),
            }
        }
    }

    /// A range of raw HTML as a span of the file; `place` tells where an offset of it stands in the prepared text.
    fn span_of(&self, range: Range<usize>, place: &dyn Fn(usize) -> usize) -> Span {
        let start = place(range.start);
        let end = if range.is_empty() { start } else { place(range.end - 1) + 1 };
        let in_text = start <= end && self.prepared.text.get(start..end).is_some();
        self.prepared.span(if in_text { start..end } else { start..start })
    }

    fn reference(&mut self, kind: LinkKind, reference: Reference, place: &dyn Fn(usize) -> usize) -> usize {
        let Reference { target, text, mut attributes, tag, place: range, .. } = reference;
        let span = LinkSpan { whole: self.span_of(tag, place), place: self.span_of(range, place), is_exact: false };
        let target = self.prepared.restore(&target).into_owned();
        let text = self.prepared.restore(&text).into_owned();
        for HtmlAttribute { value, .. } in &mut attributes {
            if let Cow::Owned(restored) = self.prepared.restore_with(value, |written| written.replace('"', "&quot;")) {
                *value = restored;
            }
        }
        let link = self.body.links.len();
        self.body.links.push(Link { kind, target, text, attributes, span });
        self.place_target(link, span.place, Spelling::Attribute);
        link
    }

    /// A picture, and behind it what its attributes name.
    fn picture(&mut self, reference: Reference, place: &dyn Fn(usize) -> usize) -> usize {
        let (tag, written) = (reference.tag.clone(), reference.named.clone());
        let link = self.reference(LinkKind::Image, reference, place);
        let picture = &self.body.links[link];
        let named: Vec<(Range<usize>, String)> = picture
            .named_in_attributes()
            .map(|(at, span)| {
                let from = written.iter().find(|(attribute, _)| *attribute == at).map_or(0, |(_, range)| range.start);
                (from + span.start..from + span.end, span.of(&picture.attributes[at].value).to_owned())
            })
            .collect();
        for (place_of, value) in named {
            let target = escape::decode(&value).trim().to_owned();
            let (text, attributes, named) = Default::default();
            let reference = Reference { target, text, attributes, tag: tag.clone(), place: place_of, named };
            self.reference(LinkKind::Resource, reference, place);
        }
        link
    }

    /// Notes where a link's target is written, and whether nothing else is.
    fn place_target(&mut self, link: usize, place: Span, spelling: Spelling<'_>) {
        let link = &mut self.body.links[link];
        link.span.place = place;
        link.span.is_exact = spelling.says(self.prepared.source(place), &link.target);
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

    pub(super) fn link(&self, kind: LinkKind, target: &str, title: &str, range: Range<usize>) -> Link {
        let mut attributes = Vec::new();
        if !title.is_empty() {
            let value = crate::html::escaped(&self.prepared.restore(title));
            attributes.push(HtmlAttribute { name: "title".to_owned(), value });
        }
        let target = self.prepared.restore_target(target).into_owned();
        let whole = self.prepared.span(range);
        let span = LinkSpan { whole, place: whole, is_exact: false };
        Link { kind, target, text: String::new(), attributes, span }
    }

    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        target: &str,
        title: &str,
        range: Range<usize>,
        definition: Option<Range<usize>>,
    ) {
        let mut link = self.link(LinkKind::Link, target, title, range.clone());
        let scheme = if kind == LinkType::Email { "mailto:" } else { "" };
        link.target.insert_str(0, scheme);
        let number = self.body.links.len();
        self.body.links.push(link);
        if matches!(kind, LinkType::Autolink | LinkType::Email) && range.len() >= 2 {
            let place = self.prepared.span(range.start + 1..range.end - 1);
            self.place_target(number, place, Spelling::Address { scheme });
        } else if let Some(place) = definition.and_then(|found| target::definition(&self.prepared.text, &found)) {
            self.place_target(number, self.prepared.span(place), Spelling::Markdown);
        }
        let text = self.listen();
        let seek = kind == LinkType::Inline;
        let inner_end = range.start + 1;
        self.links.push(OpenLink { link: number, text, range, inner_end, seek, ended: false });
        self.push(Node::Link(number));
    }

    pub(super) fn end_link(&mut self, range: &Range<usize>) {
        let Some(open) = self.links.pop() else { return };
        self.body.links[open.link].text = self.heard(open.text);
        if open.seek
            && let Some(place) = target::inline(&self.prepared.text, range, open.inner_end)
        {
            self.place_target(open.link, self.prepared.span(place), Spelling::Markdown);
        }
        self.push(Node::LinkEnd(open.link));
    }

    /// Gathers an image's alternative text.
    pub(super) fn in_image(&mut self, event: Event<'a>, range: &Range<usize>) {
        let Some(image) = &mut self.image else { return };
        if !matches!(event, Event::Start(_)) && range.end < image.range.end {
            image.inner_end = image.inner_end.max(range.end);
        }
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth > 0 => image.depth -= 1,
            Event::End(_) => self.end_image(),
            Event::Code(text) => {
                image.link.text.push_str(&text);
                self.body.code_spans.push(self.prepared.span(range.clone()));
            }
            Event::Text(text) => image.link.text.push_str(&text),
            Event::InlineHtml(html) if self.prepared.is_formula(&html) => {
                image.link.text.push_str(&self.prepared.restore(&html));
            }
            Event::SoftBreak | Event::HardBreak => image.link.text.push(' '),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(Image { link, range, definition, inner_end, kind, .. }) = self.image.take() else { return };
        let text = &self.prepared.text;
        let place = match definition {
            Some(definition) => target::definition(text, &definition),
            None if kind == LinkType::Inline => target::inline(text, &range, inner_end),
            None => None,
        };
        if self.listeners > 0 {
            self.log.push_str(&link.text);
        }
        let number = self.body.links.len();
        self.push(Node::Image(number));
        self.body.links.push(link);
        if let Some(place) = place {
            self.place_target(number, self.prepared.span(place), Spelling::Markdown);
        }
    }
}
