//! What Markdown reads otherwise than its writer meant it: looks on while the library's events go by, and tells what
//! is shown as it stands, or swallowed, or made a heading of. Changes nothing of what a page says.

mod told;
mod entities;
mod emphasis;
mod marks;
mod headings;
mod rows;
mod lines;
mod items;
mod fences;
mod lists;
mod html;
mod labels;
mod links;
mod indented;

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use self::fences::FencedBlocks;
pub(super) use self::labels::KnownDefinition;
use self::labels::Labels;
use self::lines::BegunLines;
use self::lists::{Lists, Sibling};
use self::marks::LeftMarks;
use self::told::{Replacing, Telling};
use super::prepare::Prepared;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourcePath;

/// A `[text][label]` or `![text]` of which no link was made.
pub(super) struct BrokenReference {
    pub(super) kind: LinkType,
    pub(super) range: Range<usize>,
}

/// Who looks on.
pub(super) struct Unmeant<'a> {
    told: Telling<'a>,
    marks: LeftMarks,
    lines: BegunLines,
    fences: FencedBlocks,
    lists: Lists,
    labels: Labels,
    /// Whether the next text begins a line.
    begins_line: bool,
    /// Whether it begins an item of a list.
    begins_item: bool,
    /// Where the last link ended.
    link_end: usize,
    /// Code, raw HTML and images around what is read: their text is no prose.
    silent: usize,
    /// The open heading, while nothing stands in it.
    empty_heading: Option<Range<usize>>,
    indented: Option<indented::IndentedBlock>,
    /// Whether a table ended right before.
    after_table: bool,
}

impl<'a> Unmeant<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, path: &'a SourcePath) -> Self {
        Self {
            told: Telling::new(prepared, path),
            marks: LeftMarks::default(),
            lines: BegunLines::default(),
            fences: FencedBlocks::default(),
            lists: Lists::default(),
            labels: Labels::default(),
            begins_line: true,
            begins_item: false,
            link_end: 0,
            silent: 0,
            empty_heading: None,
            indented: None,
            after_table: false,
        }
    }

    /// An event goes by; for a link by a label, with the place of its definition.
    pub(super) fn event(&mut self, event: &Event<'a>, range: &Range<usize>, definition: Option<&Range<usize>>) {
        match event {
            Event::Text(text) => self.text(text, range),
            Event::Start(tag) => self.start(tag, range, definition),
            Event::End(tag) => self.end(*tag, range),
            Event::SoftBreak => self.begins_line = true,
            Event::HardBreak => {
                marks::broken_path(&mut self.told, range.start);
                self.begins_line = true;
            }
            Event::FootnoteReference(name) => {
                self.labels.refers(name);
                self.inline();
            }
            Event::Rule => {
                self.end_stretch();
                self.lists.other();
            }
            Event::Code(_) => {
                fences::two_marks(&mut self.told, range);
                self.inline();
            }
            _ => self.inline(),
        }
    }

    /// Something in a line that is no text.
    fn inline(&mut self) {
        self.empty_heading = None;
        self.begins_item = false;
        if std::mem::take(&mut self.begins_line) {
            self.lines.line(0, 0);
        }
    }

    fn text(&mut self, text: &CowStr<'a>, range: &Range<usize>) {
        if self.silent > 0 {
            if let Some(block) = &mut self.indented {
                block.text(text);
            }
            return;
        }
        let Some(&first) = text.as_bytes().first() else { return };
        self.empty_heading = None;
        if first == b'[' && self.begins_item {
            items::odd_box(&mut self.told, range.start);
        }
        self.begins_item = false;
        if std::mem::take(&mut self.begins_line) {
            // An escaped mark isn't meant as one.
            let is_escaped = self.told.text.as_bytes().get(range.start) != Some(&first)
                || self.told.before(range.start) == Some('\\');
            self.lines.line(if is_escaped { 0 } else { first }, range.start);
        }
        self.marks.text(&mut self.told, text, range);
        match first {
            b'[' => {
                links::unclosed_text(&mut self.told, range.start);
                self.labels.bracket(&self.told, range.start);
            }
            b'<' => self.angle(range.start),
            _ => {}
        }
    }

    /// `<` that begins no tag.
    fn angle(&mut self, at: usize) {
        let line = self.told.near(at, 400);
        if line.starts_with("<!-") && line[3..].starts_with([' ', '>']) && self.told.before(at) != Some('\\') {
            return html::odd_comment(&mut self.told, at);
        }
        if line.starts_with("<!--") && self.told.before(at) != Some('\\') {
            return html::inline_comment(&mut self.told, at);
        }
        if line.starts_with("<--!") && self.told.before(at) != Some('\\') {
            return html::odd_comment(&mut self.told, at);
        }
        if let Some(page) = line[1..].split(['>', ' ', '<']).next().filter(|page| page.ends_with(".md"))
            && line[1 + page.len()..].starts_with('>')
            && page.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        {
            let message = format!("`<{page}>` is no link, and shown as it stands");
            let whole = at..at + page.len() + 2;
            return self.told.tell(Code::UnreadLink, whole, message, format!("Write `[text]({page})`."));
        }
        if !line.starts_with("<http://") && !line.starts_with("<https://") {
            return;
        }
        let Some(end) = line.find('>').filter(|end| line[..*end].contains(' ')) else { return };
        if !line[1..end].contains(['<', '"', ',']) && line[..end].split(' ').count() < 4 {
            let message = "this is meant as a link, but a space keeps it from being one";
            let help = "Write spaces in an address as `%20`.";
            self.told.tell(Code::UnreadLink, at..at + end + 1, message, help);
            let spaces = line[..end].match_indices(' ').map(|(space, _)| at + space..at + space + 1);
            let spaces = spaces.map(|range| Replacing { range, written: "%20".into() }).collect();
            self.told.mend("write `%20`", spaces);
        }
    }

    /// Ends what is read as one text: a paragraph, a heading, a cell.
    fn end_stretch(&mut self) {
        self.marks.end(&mut self.told);
        self.lines.end(&mut self.told);
        self.begins_line = true;
    }

    fn start(&mut self, tag: &Tag<'a>, range: &Range<usize>, definition: Option<&Range<usize>>) {
        match tag {
            Tag::Emphasis => {
                self.inline();
                return self.marks.emphasis(&mut self.told, range);
            }
            Tag::Strong => {
                self.inline();
                return self.marks.emphasis(&mut self.told, range);
            }
            Tag::Strikethrough | Tag::Subscript | Tag::Superscript => return self.inline(),
            Tag::Link { link_type, .. } => {
                links::before(&mut self.told, *link_type, range, self.link_end);
                definition.into_iter().for_each(|definition| self.labels.uses(definition));
                return self.inline();
            }
            Tag::Image { .. } => {
                definition.into_iter().for_each(|definition| self.labels.uses(definition));
                self.silent += 1;
                return self.inline();
            }
            _ => self.end_stretch(),
        }
        self.lines.after_table = self.after_table && matches!(tag, Tag::Paragraph);
        self.after_table = false;
        match tag {
            Tag::Paragraph => self.lists.block(&mut self.told, Sibling::Paragraph, range),
            Tag::CodeBlock(kind) => self.code(kind, range),
            Tag::HtmlBlock => {
                self.silent += 1;
                self.labels.verbatim(range);
                html::block(&mut self.told, range);
                self.lists.other();
            }
            Tag::List(Some(start)) => self.lists.numbered(&mut self.told, *start),
            Tag::List(None) => self.lists.block(&mut self.told, Sibling::Bullets, range),
            Tag::Item => {
                self.lists.item(&self.told, range.start);
                self.lines.marker = self.told.text.as_bytes().get(range.start).copied();
                self.lists.enter();
                self.begins_item = true;
            }
            Tag::Heading { level, .. } => {
                self.empty_heading = Some(range.clone());
                if *level <= HeadingLevel::H2 {
                    headings::underlined(&mut self.told, range);
                }
                self.lists.other();
            }
            Tag::FootnoteDefinition(name) => {
                self.labels.defines(name, range);
                self.lists.enter();
            }
            Tag::BlockQuote(_) | Tag::DefinitionListDefinition => self.lists.enter(),
            Tag::TableCell => self.marks.in_cell = true,
            Tag::Table(_) => self.lists.other(),
            _ => {}
        }
    }

    fn code(&mut self, kind: &CodeBlockKind<'a>, range: &Range<usize>) {
        self.silent += 1;
        self.labels.verbatim(range);
        self.lists.block(&mut self.told, Sibling::Code, range);
        match kind {
            CodeBlockKind::Fenced(info) => self.fences.block(&mut self.told, range, info),
            CodeBlockKind::Indented => self.indented = Some(indented::IndentedBlock::new(range)),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => return self.marks.after_emphasis(range),
            TagEnd::Link => {
                self.link_end = range.end;
                return links::after(&mut self.told, range);
            }
            TagEnd::Image => return self.silent = self.silent.saturating_sub(1),
            TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Subscript | TagEnd::Superscript => return,
            _ => self.end_stretch(),
        }
        match tag {
            TagEnd::CodeBlock => {
                self.silent = self.silent.saturating_sub(1);
                if let Some(block) = self.indented.take() {
                    block.end(&mut self.told);
                }
            }
            TagEnd::HtmlBlock => self.silent = self.silent.saturating_sub(1),
            TagEnd::Item => {
                self.lines.marker = None;
                self.lists.leave();
            }
            TagEnd::FootnoteDefinition | TagEnd::BlockQuote(_) | TagEnd::DefinitionListDefinition => {
                self.lists.leave();
                self.lists.other();
            }
            TagEnd::Heading(_) => {
                if let Some(range) = self.empty_heading.take() {
                    headings::empty(&mut self.told, range);
                }
            }
            TagEnd::Table => self.after_table = true,
            TagEnd::TableCell => self.marks.in_cell = false,
            _ => {}
        }
    }

    /// Tells what was found.
    pub(super) fn finish(mut self, broken: &[BrokenReference], definitions: &[KnownDefinition]) -> Vec<Diagnostic> {
        self.end_stretch();
        self.marks.finish(&mut self.told);
        self.fences.finish(&mut self.told);
        let swallowed = self.told.findings.iter().any(|f| matches!(f.code, Code::UnclosedCode | Code::UnclosedComment));
        let of_images = broken.iter().filter(|broken| broken.kind == LinkType::Shortcut);
        of_images.for_each(|broken| links::picture(&mut self.told, &broken.range));
        let by_label = broken.iter().filter(|broken| broken.kind != LinkType::Shortcut);
        let by_label: Vec<Range<usize>> = by_label.map(|broken| broken.range.clone()).collect();
        self.labels.finish(&mut self.told, &by_label, definitions, swallowed);
        self.told.findings
    }
}
