//! A page's text cut into what translators work on (a paragraph, a heading, an item, a row, code) and what stands the
//! same in all languages (rules, comments, tags), without losing a byte: what lies between segments is empty lines.

use crate::source::Span;

/// What a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SegmentKind {
    Heading(u8),
    Paragraph,
    Item,
    Footnote,
    Row,
    /// A component's tag, or an element's, that stands on a line of its own.
    Tag,
    Code,
    /// What nobody translates.
    Verbatim,
}

impl SegmentKind {
    /// What translators are told that it is.
    pub(super) fn told(self) -> String {
        let told = match self {
            Self::Heading(level) => return format!("heading {level}"),
            Self::Paragraph => "paragraph",
            Self::Item => "list item",
            Self::Footnote => "footnote",
            Self::Row => "table row",
            Self::Tag => "component",
            Self::Code => "code",
            Self::Verbatim => "verbatim",
        };
        told.to_owned()
    }

    /// Whether two kinds are one, but for a heading's level.
    pub(super) fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// Some lines of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PageSegment {
    pub(super) kind: SegmentKind,
    /// Its lines in the page's text, without the last line's end.
    pub(super) span: Span,
    /// What stands before its text: `## `, `> - `, a fence.
    pub(super) lead: String,
    /// What stands before each further line.
    pub(super) indent: String,
    /// What it says, its lines ended by `\n`.
    pub(super) text: String,
    /// What stands behind its text.
    pub(super) tail: String,
}

impl PageSegment {
    /// Whether there is something to translate.
    pub(super) fn is_message(&self) -> bool {
        self.kind != SegmentKind::Verbatim && self.text.chars().any(char::is_alphabetic)
    }

    /// The segment with another text, as lines of a page.
    pub(super) fn saying(&self, text: &str) -> String {
        let text = text.replace('\n', &format!("\n{}", self.indent));
        // A line of code that is empty needs no spaces.
        let blank = format!("\n{}\n", self.indent);
        let text = if self.indent.trim().is_empty() { text.replace(&blank, "\n\n") } else { text };
        format!("{}{text}{}", self.lead, self.tail)
    }
}

/// Code, or a comment, that has begun.
struct OpenFence {
    /// What ends it: its sign so often at least, or a comment's end.
    sign: char,
    length: usize,
    /// Whether a line of code has come.
    has_lines: bool,
}

/// A page while it is cut.
struct PageCutter<'a> {
    text: &'a str,
    done: Vec<PageSegment>,
    open: Option<PageSegment>,
    fence: Option<OpenFence>,
    comment: Option<&'static str>,
    /// Where the text of the last list item begins; nought outside of lists.
    item_column: usize,
}

/// Cuts the body of a page, which begins at a byte of its text.
pub(super) fn cut(text: &str, body_start: usize) -> Vec<PageSegment> {
    let mut cutter = PageCutter { text, done: Vec::new(), open: None, fence: None, comment: None, item_column: 0 };
    let mut at = body_start;
    for whole in text[body_start..].split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        cutter.line(line, Span::new(at, at + line.len()));
        at += whole.len();
    }
    cutter.close();
    cutter.done
}

impl PageCutter<'_> {
    fn line(&mut self, line: &str, span: Span) {
        if self.fence.is_some() {
            return self.in_code(line, span);
        }
        if let Some(end) = self.comment {
            self.extend(line, span);
            if line.contains(end) {
                self.comment = None;
                self.close();
            }
            return;
        }
        let lead = LineLead::of(line);
        let rest = &line[lead.length..];
        if rest.trim().is_empty() {
            // A mark with nothing behind it is no empty line.
            if lead.item || lead.footnote {
                self.alone(SegmentKind::Verbatim, line, span);
            }
            return self.close();
        }
        if self.begins_block(line, rest, &lead, span) {
            return;
        }
        if lead.item || lead.footnote {
            let kind = if lead.item { SegmentKind::Item } else { SegmentKind::Footnote };
            self.begin(kind, &line[..lead.length], rest, span);
            self.item_column = if lead.item { lead.column } else { 4 };
        } else if self.open.is_some() {
            self.extend(line, span);
        } else if lead.column >= self.item_column + 4 && !lead.quote {
            self.begin(SegmentKind::Code, &line[..lead.length], rest, span);
        } else {
            if lead.column == 0 {
                self.item_column = 0;
            }
            self.begin(SegmentKind::Paragraph, &line[..lead.length], rest, span);
        }
    }

    /// Whether a line is a block of its own, or begins one that isn't prose: then it is taken.
    fn begins_block(&mut self, line: &str, rest: &str, lead: &LineLead, span: Span) -> bool {
        let before = &line[..lead.length];
        if let Some(fence) = opening_fence(rest) {
            self.begin(SegmentKind::Code, before, "", span);
            if let Some(open) = &mut self.open {
                open.lead = line.to_owned();
            }
            self.fence = Some(fence);
            return true;
        }
        for (start, end) in [("<!--", "-->"), ("{/*", "*/}")] {
            if rest.starts_with(start) {
                self.alone(SegmentKind::Verbatim, line, span);
                if !rest.contains(end) {
                    self.open = self.done.pop();
                    self.comment = Some(end);
                }
                return true;
            }
        }
        if let Some(level) = heading_level(rest) {
            let spaces = rest[level..].len() - rest[level..].trim_start().len();
            let said = rest[level + spaces..].trim_end();
            let bare = said.trim_end_matches('#');
            let said = if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { said };
            let lead = &line[..lead.length + level + spaces];
            self.begin(SegmentKind::Heading(u8::try_from(level).unwrap_or(6)), lead, said, span);
            self.put_tail(&line[lead.len() + said.len()..]);
            self.close();
            return true;
        }
        if let Some(level) = self.underline_level(rest) {
            self.underline(line, span, level);
            return true;
        }
        let kind = match rest.trim_end() {
            rule if is_rule(rule) || is_definition(rule) && self.open.is_none() => SegmentKind::Verbatim,
            row if row.starts_with('|') && row.chars().all(|c| "|:- \t".contains(c)) => SegmentKind::Verbatim,
            mark if mark.starts_with("[!") && lead.quote => SegmentKind::Verbatim,
            mark if mark.starts_with(":::") => {
                let has_title = mark.trim_start_matches(':').trim().contains([' ', '[']);
                if has_title { SegmentKind::Tag } else { SegmentKind::Verbatim }
            }
            row if row.starts_with('|') => SegmentKind::Row,
            tag if is_tag_alone(tag) => {
                if has_words(tag) {
                    SegmentKind::Tag
                } else {
                    SegmentKind::Verbatim
                }
            }
            _ => return false,
        };
        let is_verbatim = kind == SegmentKind::Verbatim;
        self.begin(kind, if is_verbatim { "" } else { before }, if is_verbatim { line } else { rest }, span);
        self.close();
        true
    }

    /// The level of the heading that a line of `=` or `-` makes of the paragraph above it.
    fn underline_level(&self, rest: &str) -> Option<u8> {
        self.open.as_ref().filter(|open| open.kind == SegmentKind::Paragraph)?;
        let line = rest.trim_end();
        let level = if line.chars().all(|c| c == '=') { 1 } else { 2 };
        (level == 1 || line.chars().all(|c| c == '-')).then_some(level)
    }

    fn underline(&mut self, line: &str, span: Span, level: u8) {
        self.put_tail("");
        if let Some(open) = &mut self.open {
            open.kind = SegmentKind::Heading(level);
            let end = if self.text[open.span.end..span.start].contains('\r') { "\r\n" } else { "\n" };
            open.tail.extend([end, line]);
            open.span.end = span.end;
        }
        self.done.extend(self.open.take());
    }

    fn in_code(&mut self, line: &str, span: Span) {
        let Some(fence) = &mut self.fence else { return };
        let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let is_end = bare.len() >= fence.length && bare.chars().all(|c| c == fence.sign);
        let Some(open) = &mut self.open else { return };
        if is_end {
            open.tail = format!("\n{line}");
            open.span.end = span.end;
            self.fence = None;
            self.done.extend(self.open.take());
            return;
        }
        let said = without(line, &open.indent);
        if std::mem::replace(&mut fence.has_lines, true) {
            open.text.push('\n');
        } else {
            open.lead.extend(["\n", &line[..line.len() - said.len()]]);
        }
        open.text.push_str(said);
        open.span.end = span.end;
    }

    fn begin(&mut self, kind: SegmentKind, lead: &str, text: &str, span: Span) {
        self.close();
        let indent = further(lead);
        let (lead, text) = (lead.to_owned(), text.to_owned());
        self.open = Some(PageSegment { kind, span, lead, indent, text, tail: String::new() });
    }

    fn alone(&mut self, kind: SegmentKind, line: &str, span: Span) {
        self.begin(kind, "", line, span);
        self.done.extend(self.open.take());
    }

    fn extend(&mut self, line: &str, span: Span) {
        let Some(open) = &mut self.open else { return };
        let said = without(line, &open.indent);
        open.text.push('\n');
        open.text.push_str(said);
        open.span.end = span.end;
    }

    fn put_tail(&mut self, tail: &str) {
        if let Some(open) = &mut self.open {
            let bare = open.text.trim_end().len();
            open.tail = format!("{}{tail}", open.text.split_off(bare));
        }
    }

    fn close(&mut self) {
        if self.open.as_ref().is_some_and(|open| open.tail.is_empty()) {
            self.put_tail("");
        }
        self.done.extend(self.open.take());
    }
}

/// A line without what stands before each further line of its block; a lazy line has less of it.
fn without<'a>(line: &'a str, indent: &str) -> &'a str {
    line.strip_prefix(indent).unwrap_or_else(|| {
        let own = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        &line[own.min(indent.len())..]
    })
}

/// What stands before further lines of a block with that before its first: spaces for the marks of items.
fn further(lead: &str) -> String {
    if let Some(task) = ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| lead.strip_suffix(task)) {
        return further(task);
    }
    if lead.contains("[^") {
        return "    ".to_owned();
    }
    if lead.contains('#') {
        return String::new();
    }
    lead.chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect()
}

/// What a line begins with, before what it says.
#[derive(Debug, Default)]
struct LineLead {
    /// Its bytes.
    length: usize,
    /// Its width, tabs being four wide.
    column: usize,
    quote: bool,
    item: bool,
    footnote: bool,
}

impl LineLead {
    fn of(line: &str) -> Self {
        let mut lead = Self::default();
        loop {
            let rest = &line[lead.length..];
            let marker = marker_length(rest);
            if rest.starts_with([' ', '\t']) {
                lead.column += if rest.starts_with('\t') { 4 } else { 1 };
                lead.length += 1;
            } else if rest.starts_with('>') {
                lead.quote = true;
                (lead.length, lead.column) = (lead.length + 1, lead.column + 1);
            } else if marker > 0 && !is_rule(rest.trim_end()) {
                lead.item = true;
                (lead.length, lead.column) = (lead.length + marker, lead.column + marker);
                let task = ["[ ] ", "[x] ", "[X] "].iter().any(|task| line[lead.length..].starts_with(task));
                if task {
                    lead.length += 4;
                    return lead;
                }
            } else {
                break;
            }
        }
        let rest = &line[lead.length..];
        let note = rest.find("]:").filter(|_| rest.starts_with("[^") && !lead.item);
        if let Some(end) = note {
            let spaces = rest[end + 2..].len() - rest[end + 2..].trim_start().len();
            lead.length += end + 2 + spaces;
            lead.footnote = true;
        }
        lead
    }
}

/// The length of a list's mark with the space behind it; nought where there is none.
fn marker_length(rest: &str) -> usize {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    let is_marked = digits < 10 && rest[digits..].starts_with(marks);
    let is_apart = rest[digits..].get(1..2).is_some_and(|next| next == " " || next == "\t");
    if is_marked && is_apart { digits + 2 } else { 0 }
}

fn opening_fence(rest: &str) -> Option<OpenFence> {
    let sign = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = rest.chars().take_while(|c| *c == sign).count();
    (length >= 3 && !(sign == '`' && rest[length..].contains('`'))).then_some(OpenFence {
        sign,
        length,
        has_lines: false,
    })
}

fn heading_level(rest: &str) -> Option<usize> {
    let level = rest.bytes().take_while(|b| *b == b'#').count();
    ((1..=6).contains(&level) && rest[level..].starts_with([' ', '\t'])).then_some(level)
}

/// Whether a line is a rule across the page: three signs of a kind at least.
fn is_rule(line: &str) -> bool {
    let signs = |sign: char| line.chars().all(|c| c == sign || c == ' ') && line.matches(sign).count() >= 3;
    ['-', '*', '_', '='].into_iter().any(signs)
}

/// Whether a line says where a link leads: `[name]: address`.
fn is_definition(line: &str) -> bool {
    line.starts_with('[') && !line.starts_with("[^") && line.find("]:").is_some_and(|at| !line[..at].contains("]("))
}

/// Elements that stand in lines of text.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "br", "br/", "code", "em", "i", "img", "kbd", "small", "span", "strong", "sup"];

/// Whether a line is a tag and nothing else, of a component or of an element that is a block.
fn is_tag_alone(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('<').and_then(|line| line.strip_suffix('>')) else { return false };
    let name = inner.trim_start_matches('/').split([' ', '/', '>']).next().unwrap_or_default();
    let is_name = name.chars().next().is_some_and(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || "-._".contains(c));
    is_name && !inner.contains(['<', '>']) && !INLINE.contains(&name)
}

/// Whether a tag says something to readers.
fn has_words(tag: &str) -> bool {
    let names = ["title=", "label=", "alt=", "summary=", "caption=", "description=", "text=", "heading="];
    names.iter().any(|name| tag.contains(&format!(" {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let told = |segment: &PageSegment| format!("{}: {}", segment.kind.told(), segment.text);
        cut(text, 0).iter().map(told).collect()
    }

    #[test]
    fn a_page_is_cut_into_what_is_translated_and_what_is_not() {
        let text = "# A #\n\nOne\nline  \n\n> [!NOTE]\n> Quoted\n> twice.\n\n- a\n  b\n\n  c\n1. [ ] d\n\nUnder\n---\n\n\
                    | a | b |\n| - | - |\n| c | d |\n\n```sh\nx\n\ny\n```\n\n[^1]: Note\n\n[x]: /y\n\n<BoxOut title=\"T\">\n\
                    in\n</BoxOut>\n<!-- no\n\nno -->\n\n    code\n\n***\n:::note Title\n:::\n";
        let expected = [
            "heading 1: A",
            "paragraph: One\nline",
            "verbatim: > [!NOTE]",
            "paragraph: Quoted\ntwice.",
            "list item: a\nb",
            "paragraph: c",
            "list item: d",
            "heading 2: Under",
            "table row: | a | b |",
            "verbatim: | - | - |",
            "table row: | c | d |",
            "code: x\n\ny",
            "footnote: Note",
            "verbatim: [x]: /y",
            "component: <BoxOut title=\"T\">",
            "paragraph: in",
            "verbatim: </BoxOut>",
            "verbatim: <!-- no\n\nno -->",
            "code: code",
            "verbatim: ***",
            "component: :::note Title",
            "verbatim: :::",
        ];
        assert_eq!(told(text), expected);
    }

    #[test]
    fn a_segment_says_itself_as_it_was_written() {
        let text = "## A ##\n\n> - one\n>   two\n\n  ```x\n  a\n\n    b\n  ```\n\n- [x] t\n  u\n\nU\n=\n";
        for segment in cut(text, 0) {
            assert_eq!(segment.saying(&segment.text), segment.span.of(text), "{segment:?}");
        }
    }
}
