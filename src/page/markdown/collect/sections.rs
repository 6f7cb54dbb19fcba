//! Paragraphs, headings and quotes among the events: the page's headings and
//! first prose, and alerts as admonitions.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::collector::Collector;
use crate::page::markdown::nodes::{ComponentDraft, ComponentSource, Element, HeadingDraft, Node};

impl Collector<'_> {
    pub(super) fn start_paragraph(&mut self) {
        self.paragraph = Some((self.body.nodes.len(), false));
        if self.body.prose.is_empty() && self.aside == 0 {
            self.prose = Some(String::new());
        }
        self.push(Node::Open(Element::Paragraph));
    }

    pub(super) fn end_paragraph(&mut self) {
        if let Some(prose) = self.prose.take() {
            self.take_prose(&prose);
        }
        self.push(Node::Close(Element::Paragraph));
        if let Some((node, true)) = self.paragraph.take() {
            self.unwrap_paragraph(node);
        }
    }

    /// Takes a text as the page's first prose, unless it is empty.
    pub(super) fn take_prose(&mut self, text: &str) {
        let text = self.prepared.restore(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.is_empty() {
            let lead = self.lead.take().filter(|lead| !lead.is_empty()).map(|lead| format!("{lead} — "));
            self.body.prose = format!("{}{}", lead.unwrap_or_default(), words.join(" "));
        }
    }

    pub(super) fn start_heading(&mut self, mut draft: HeadingDraft, begun: bool, odd: bool, range: Range<usize>) {
        // Braces at a heading's end are attributes only if they say so with a `#` or a `.`.
        let written = self.prepared.text[range].trim_end_matches(['\n', '\r', ' ', '#', '=', '-']);
        let braces = written.rfind('{').map(|at| &written[at..]);
        let is_text = braces.filter(|braces| odd && !braces[1..].trim_start().starts_with(['#', '.']));
        let suffix = is_text.map(str::to_owned);
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

    pub(super) fn end_heading(&mut self) {
        let Some((from, suffix)) = self.heading.take() else { return };
        if let Some(suffix) = suffix {
            let suffix = format!(" {suffix}");
            self.say(&suffix);
            self.push(Node::Text(suffix.into()));
        }
        // An id keeps the space before a component at the end.
        let text = self.prepared.restore(&self.log[from..]).into_owned();
        self.heard(from);
        let number = self.body.headings.len() - 1;
        // A heading that says something by itself belongs to what it stands above.
        if self.body.headings[number].level > 1 && text.split_whitespace().count() > 5 {
            self.lead.get_or_insert_with(|| text.trim().to_owned());
        }
        self.body.headings[number].text = text;
        self.push(Node::HeadingEnd(number));
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>, range: Range<usize>) {
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
}
