//! YAML text turned into a tree of places: which keys and values stand where, in
//! what order. It bounds depth and the copies that aliases make, so that whoever
//! reads the values afterwards may do so without fear. Values are not typed here.

use std::collections::{HashMap, HashSet};

use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::scanner::{Marker, ScanError, TScalarStyle};

use super::extent::{self, ByteOffsets};
use crate::source::Span;

/// Lists and maps within each other.
const MAX_DEPTH: usize = 32;
/// Values that aliases may add to those that are written.
const MAX_COPIES: usize = 10_000;
/// Bytes of text that aliases may add.
const MAX_COPIED_BYTES: usize = 1 << 20;

/// The first document of a text.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Its value, if there is any.
    pub root: Option<YamlNode>,
    /// Where it ends, if another one follows.
    pub end: Option<usize>,
    /// Scalars whose beginning or end YAML takes for something else than text.
    pub cut: Vec<CutOff>,
    /// Whether some values are not what they are written as: they stand for others, or say of what type they are.
    pub indirect: bool,
}

/// A value and its place in the text.
#[derive(Debug)]
pub(super) struct YamlNode {
    pub span: Span,
    pub kind: YamlKind,
}

/// What a value is made of.
#[derive(Debug)]
pub(super) enum YamlKind {
    Scalar { text: String, plain: bool },
    Alias,
    List(Vec<YamlNode>),
    Map(Vec<YamlEntry>),
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct YamlEntry {
    /// The key, or nothing where it is a list or a map itself.
    pub key: Option<String>,
    pub key_span: Span,
    pub value: YamlNode,
}

/// Text that looks like a part of a value, and isn't.
#[derive(Debug)]
pub(super) struct CutOff {
    /// The value as its author saw it.
    pub whole: Span,
    /// What YAML leaves out.
    pub lost: Span,
    /// The anchor that YAML makes of it, or 0.
    anchor: usize,
}

/// Why there is no tree.
#[derive(Debug)]
pub(super) struct Fault {
    pub at: usize,
    pub cause: Cause,
}

/// What a fault comes from.
#[derive(Debug)]
pub(super) enum Cause {
    /// The YAML parser's own words.
    Syntax(String),
    Deep,
    Copies,
}

/// Reads a text into its tree.
pub(super) fn read(text: &str) -> Result<Document, Fault> {
    let bytes = ByteOffsets::of(text);
    let mut parser = Parser::new_from_str(text);
    let mut builder = Builder::new(text);
    let mut document = Document::default();
    let fault = |error: &ScanError| {
        let deep = error.info().contains("recursion limit");
        let cause = if deep { Cause::Deep } else { Cause::Syntax(error.info().to_owned()) };
        Fault { at: bytes.offset(error.marker().index()), cause }
    };
    loop {
        let (event, mark) = parser.next_token().map_err(|error| fault(&error))?;
        let at = bytes.offset(mark.index());
        match event {
            Event::StreamEnd => break,
            Event::DocumentEnd => {
                let next = parser.peek().map_err(|error| fault(&error))?;
                document.end = (next.0 == Event::DocumentStart).then_some(at);
                break;
            }
            event => builder.take(event, at, mark)?,
        }
    }
    document.root = builder.root;
    document.indirect = builder.indirect;
    let used = |cut: &CutOff| cut.anchor > 0 && builder.used.contains(&cut.anchor);
    document.cut = builder.cut.into_iter().filter(|cut| !used(cut)).collect();
    Ok(document)
}

/// A list or map that is not at its end.
struct OpenNode {
    start: Option<usize>,
    flow: bool,
    anchor: usize,
    kind: YamlKind,
    key: Option<(Option<String>, Span)>,
    size: YamlSize,
}

/// What a value comes to once aliases are copies.
#[derive(Clone, Copy, Default)]
struct YamlSize {
    nodes: usize,
    bytes: usize,
    height: usize,
}

struct Builder<'a> {
    text: &'a str,
    open: Vec<OpenNode>,
    root: Option<YamlNode>,
    anchors: HashMap<usize, YamlSize>,
    used: HashSet<usize>,
    copied: YamlSize,
    /// Where the last key or value ended: an empty value stands after it.
    last_end: usize,
    cut: Vec<CutOff>,
    indirect: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            open: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            used: HashSet::new(),
            copied: YamlSize::default(),
            last_end: 0,
            cut: Vec::new(),
            indirect: false,
        }
    }

    fn take(&mut self, event: Event, at: usize, mark: Marker) -> Result<(), Fault> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.indirect |= tag.is_some();
                let size = YamlSize { nodes: 1, bytes: value.len(), height: 0 };
                let (span, plain) = (self.scalar_span(&value, style, at, mark.col()), style == TScalarStyle::Plain);
                if plain {
                    let named = anchor > 0 || tag.is_some_and(|tag| tag.handle == "!");
                    self.look_for_cuts(span, anchor, named);
                }
                self.close(YamlNode { span, kind: YamlKind::Scalar { text: value, plain } }, anchor, size);
            }
            Event::Alias(anchor) => {
                self.indirect = true;
                let size = self.anchors.get(&anchor).copied().unwrap_or_default();
                self.used.insert(anchor);
                self.copied.nodes += size.nodes.max(1);
                self.copied.bytes += size.bytes;
                if self.copied.nodes > MAX_COPIES || self.copied.bytes > MAX_COPIED_BYTES {
                    return Err(Fault { at, cause: Cause::Copies });
                }
                if self.open.len() + size.height > MAX_DEPTH {
                    return Err(Fault { at, cause: Cause::Deep });
                }
                let span = Span::new(at, extent::word_end(self.text, at));
                self.close(YamlNode { span, kind: YamlKind::Alias }, 0, size);
            }
            Event::SequenceStart(anchor, _) => self.begin(YamlKind::List(Vec::new()), anchor, at, b'[')?,
            Event::MappingStart(anchor, _) => self.begin(YamlKind::Map(Vec::new()), anchor, at, b'{')?,
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, kind: YamlKind, anchor: usize, at: usize, bracket: u8) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault { at, cause: Cause::Deep });
        }
        let flow = self.text.as_bytes().get(at) == Some(&bracket);
        // The mark of a block stands behind its first key, so the key tells where it starts.
        let start = flow.then_some(at);
        self.open.push(OpenNode {
            start,
            flow,
            anchor,
            kind,
            key: None,
            size: YamlSize { nodes: 1, bytes: 0, height: 0 },
        });
        Ok(())
    }

    fn end(&mut self, at: usize) {
        let Some(open) = self.open.pop() else { return };
        let start = open.start.unwrap_or(at.min(self.last_end));
        let end = if open.flow { extent::after(self.text, at, 1) } else { self.last_end };
        let span = Span::new(start, end.max(start));
        self.close(YamlNode { span, kind: open.kind }, open.anchor, open.size);
    }

    /// Puts a finished value where it belongs.
    fn close(&mut self, node: YamlNode, anchor: usize, mut size: YamlSize) {
        self.last_end = self.last_end.max(node.span.end);
        if anchor > 0 {
            self.anchors.insert(anchor, size);
        }
        size.height += 1;
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        parent.start.get_or_insert(node.span.start);
        parent.size.nodes = parent.size.nodes.saturating_add(size.nodes);
        parent.size.bytes = parent.size.bytes.saturating_add(size.bytes);
        parent.size.height = parent.size.height.max(size.height);
        match &mut parent.kind {
            YamlKind::List(items) => items.push(node),
            YamlKind::Map(entries) => match parent.key.take() {
                Some((key, key_span)) => entries.push(YamlEntry { key, key_span, value: node }),
                None => parent.key = Some((key_name(node.kind), node.span)),
            },
            YamlKind::Scalar { .. } | YamlKind::Alias => {}
        }
    }

    /// Where a scalar stands; the parser says only where it starts.
    fn scalar_span(&self, value: &str, style: TScalarStyle, at: usize, column: usize) -> Span {
        let end = match style {
            TScalarStyle::Plain if value.is_empty() => return Span::at(self.after_colon(at)),
            TScalarStyle::Plain => extent::plain_end(self.text, at, value),
            TScalarStyle::SingleQuoted | TScalarStyle::DoubleQuoted => extent::quoted_end(self.text, at),
            TScalarStyle::Literal | TScalarStyle::Folded if value.trim().is_empty() => at,
            TScalarStyle::Literal | TScalarStyle::Folded => extent::block_end(self.text, at, column),
        };
        Span::new(at, end)
    }

    /// An empty value's mark is the next key, lines below; its place is behind its own colon or dash.
    fn after_colon(&self, at: usize) -> usize {
        let from = self.last_end.min(at);
        let rest = &self.text.as_bytes()[from..at];
        let line = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        match rest[..line].iter().position(|b| matches!(b, b':' | b'-')) {
            Some(found) => from + found + 1,
            None => from,
        }
    }

    /// Whether the value at hand is a line of text of the page itself.
    fn is_prose(&self) -> bool {
        let key = self.open.last().and_then(|open| open.key.as_ref()?.0.as_deref());
        self.open.len() == 1 && key.is_some_and(|key| ["title", "description", "sidebar_label"].contains(&key))
    }

    /// Notes what YAML takes for an anchor, a tag or a comment where a person reads text.
    fn look_for_cuts(&mut self, span: Span, anchor: usize, named: bool) {
        if !self.open.last().is_some_and(|open| open.key.is_some() || matches!(open.kind, YamlKind::List(_))) {
            return;
        }
        if named && span.start < span.end {
            let before = self.text.get(self.last_end..span.start).unwrap_or_default();
            let line = before.rfind('\n').map_or(0, |found| found + 1);
            if let Some(found) = before[line..].find(['&', '!']) {
                let start = self.last_end + line + found;
                let lost = Span::new(start, start + self.text[start..span.start].trim_end().len());
                self.cut.push(CutOff { whole: Span::new(start, span.end), lost, anchor });
            }
        }
        if let Some(lost) = extent::hash_text(self.text, span, self.is_prose()) {
            let start = if span.start == span.end { lost.start } else { span.start };
            self.cut.push(CutOff { whole: Span::new(start, lost.end), lost, anchor: 0 });
        }
    }
}

fn key_name(kind: YamlKind) -> Option<String> {
    match kind {
        YamlKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, node: &YamlNode, path: &str, out: &mut Vec<String>) {
        out.push(format!("{path}={}", node.span.of(text)));
        match &node.kind {
            YamlKind::List(items) => {
                items.iter().enumerate().for_each(|(i, item)| show(text, item, &format!("{path}[{i}]"), out));
            }
            YamlKind::Map(entries) => {
                entries.iter().for_each(|e| show(text, &e.value, &format!("{path}.{}", e.key_span.of(text)), out));
            }
            _ => {}
        }
    }

    fn places(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        show(text, &read(text).unwrap().root.unwrap(), "", &mut out);
        out.remove(0);
        out
    }

    #[test]
    fn each_value_has_its_place() {
        assert_eq!(
            places(
                "a: b\n'c': \n- é ü\n-  \"y \\\" z\" # no\nd: [1, {e: 'it''s'}]\nf:\n  g: |\n    one\n\n    two\n\nh: p\n  q\ni: # c\nj: x"
            ),
            [
                ".a=b",
                ".'c'=é ü\n-  \"y \\\" z\"",
                ".'c'[0]=é ü",
                ".'c'[1]=\"y \\\" z\"",
                ".d=[1, {e: 'it''s'}]",
                ".d[0]=1",
                ".d[1]={e: 'it''s'}",
                ".d[1].e='it''s'",
                ".f=g: |\n    one\n\n    two",
                ".f.g=one\n\n    two",
                ".h=p\n  q",
                ".i=",
                ".j=x"
            ]
        );
    }

    #[test]
    fn depth_and_copies_are_bounded() {
        let deep = |text: &str| matches!(read(text), Err(Fault { cause: Cause::Deep, .. }));
        assert!(deep(&"[".repeat(100_000)) && deep(&"- ".repeat(100_000)) && deep(&"{a: ".repeat(100_000)));
        let mut bomb = String::from("a0: &a0 [x]\n");
        for n in 1..9 {
            let alias = format!("*a{},", n - 1);
            bomb += &format!("a{n}: &a{n} [{}]\n", alias.repeat(9));
        }
        assert!(matches!(read(&bomb), Err(Fault { cause: Cause::Copies, .. })));
        let mut chain = String::from("a0: &a0 [x]\n");
        for n in 1..50 {
            chain += &format!("a{n}: &a{n} [*a{}]\n", n - 1);
        }
        assert!(deep(&chain));
    }

    #[test]
    fn what_yaml_cuts_off_is_noted() {
        let cut = |text: &'static str| {
            read(text).unwrap().cut.iter().map(|c| (c.whole.of(text), c.lost.of(text))).collect::<Vec<_>>()
        };
        assert_eq!(cut("a: &Co rocks"), [("&Co rocks", "&Co")]);
        assert_eq!(cut("a: !now or never"), [("!now or never", "!now")]);
        assert_eq!(cut("a: Issue #1 of 2\nb: c"), [("Issue #1 of 2", "#1 of 2")]);
        assert_eq!(cut("a: #fff"), [("#fff", "#fff")]);
        assert_eq!(cut("a: b # c\nd: # e\n  f: C#\ng: !!str 1"), []);
    }
}
