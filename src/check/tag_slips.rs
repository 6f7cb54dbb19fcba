//! A component's tag, read as forgivingly as a person reads it: what was slipped in writing it, so that it is not
//! read as it is meant, and what would have to be written instead. Says nothing where it can't be sure.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::html::tag::{self, Syntax};
use crate::source::Span;

/// No tag is looked at for longer.
const LONGEST: usize = 4_000;

/// White space that is none to a program.
const ODD_SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{3000}'];

/// Something slipped in a tag.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub(super) kind: SlipKind,
    /// Where, in the text.
    pub(super) span: Span,
    /// The attribute that it happened at; empty between attributes.
    pub(super) name: String,
    /// That attribute's value as it is meant.
    pub(super) value: String,
    edits: Vec<Edit>,
}

/// What can slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlipKind {
    /// `tag=“Policy”`
    CurlyQuotes,
    /// `tag=Legal Risk`
    NoQuotes,
    /// `tag=Policy"`
    NoOpeningQuote,
    /// `tag="Policy />`
    NoClosingQuote,
    /// `tag="Policy' />`
    OtherQuote,
    /// `tag=>"Policy"`, `tag: "Policy"`, `tag=="Policy"`
    Separator,
    /// `tag="Policy", layout="list"`
    Comma,
    /// A space that is none to a program.
    OddSpace,
    /// `\>`
    Backslash,
    /// No `>`.
    NoEnd,
    /// `< BokTagList`
    SpaceBeforeName,
}

/// What is known of the tag.
pub(super) struct AskedTag<'a> {
    pub(super) text: &'a str,
    /// Where its `<` stands.
    pub(super) at: usize,
    /// Whether the page took it for a component.
    pub(super) is_read: bool,
    /// Whether the component shows what stands inside it.
    pub(super) has_body: bool,
    /// The attributes that the component knows.
    pub(super) names: &'a [&'a str],
}

/// What slipped in a tag, in order; nothing where all is well, or where it can't be told what is meant.
pub(super) fn slips(asked: &AskedTag<'_>) -> Vec<Slip> {
    let mut reader = Reader::new(asked);
    match reader.tag() {
        Some(()) => reader.slips,
        None => Vec::new(),
    }
}

/// The edits that mend a tag, if it can be read with them, as it would be written then.
pub(super) fn mended(asked: &AskedTag<'_>, slips: &[Slip]) -> Option<(Vec<Edit>, String)> {
    if slips.iter().any(|slip| slip.edits.is_empty()) {
        return None;
    }
    let mut edits: Vec<Edit> = slips.iter().flat_map(|slip| slip.edits.iter().cloned()).collect();
    edits.sort_by_key(|edit| edit.span);
    let apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    let end = block_end(asked.text, asked.at);
    let (start, last) = (asked.at, edits.last()?.span.end);
    if !apart || last > end {
        return None;
    }
    let moved: Vec<Edit> = edits
        .iter()
        .map(|edit| Edit {
            span: Span::new(edit.span.start - start, edit.span.end - start),
            replacement: edit.replacement.clone(),
        })
        .collect();
    let whole = Edit::all_in(&asked.text[start..end], &moved);
    let tag = tag::read(&whole, 0, Syntax::Jsx).ok()?;
    let again = AskedTag { text: &whole, at: 0, is_read: true, ..*asked };
    let is_well = self::slips(&again).is_empty();
    is_well.then(|| (edits, whole[..tag.end].to_owned()))
}

/// Where the block ends in which a tag begins.
fn block_end(text: &str, at: usize) -> usize {
    let mut end = (at + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut from = at;
    while let Some(length) = memchr::memchr(b'\n', &text.as_bytes()[from..end]) {
        from += length + 1;
        let line = text[from..end].split('\n').next().unwrap_or_default();
        if line.trim().is_empty() {
            return from - 1;
        }
    }
    end
}

struct Reader<'a> {
    asked: &'a AskedTag<'a>,
    text: &'a str,
    at: usize,
    slips: Vec<Slip>,
    /// Where the last attribute ends, and whether it has a value in quotes.
    last: usize,
    is_sure: bool,
}

impl<'a> Reader<'a> {
    fn new(asked: &'a AskedTag<'a>) -> Self {
        let end = block_end(asked.text, asked.at);
        Self { asked, text: &asked.text[..end], at: asked.at + 1, slips: Vec::new(), last: 0, is_sure: false }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn slip(&mut self, kind: SlipKind, span: Range<usize>, edits: Vec<Edit>) {
        self.slips.push(Slip { kind, span: span.into(), name: String::new(), value: String::new(), edits });
    }

    /// Reads the tag; nothing if it can't be told what it is.
    fn tag(&mut self) -> Option<()> {
        if self.rest().starts_with(' ') {
            self.slip(SlipKind::SpaceBeforeName, self.at..self.at + 1, vec![edit(self.at..self.at + 1, "")]);
            self.at += 1;
        }
        self.at += self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.".contains(b)).count();
        self.last = self.at;
        let next = self.rest().chars().next();
        if next.is_some_and(|c| !c.is_ascii_whitespace() && !ODD_SPACES.contains(&c) && !matches!(c, '/' | '>')) {
            return None;
        }
        loop {
            self.spaces();
            let rest = self.rest();
            if rest.starts_with("/>") || rest.starts_with('>') {
                let sure = self.is_sure || self.asked.is_read || self.slips.iter().any(|slip| !slip.name.is_empty());
                return sure.then_some(());
            }
            if rest.is_empty() || rest.trim_end() == "/" || rest.starts_with("/\n") || rest.starts_with("/\r") {
                return self.no_end();
            }
            if rest.starts_with('\\') && rest[1..].trim_start_matches(' ').starts_with('>') {
                self.slip(SlipKind::Backslash, self.at..self.at + 1, vec![edit(self.at..self.at + 1, "/")]);
                self.at += 1;
                self.at += self.rest().len() - self.rest().trim_start_matches(' ').len();
                continue;
            }
            if rest.starts_with([',', ';']) {
                self.slip(SlipKind::Comma, self.at..self.at + 1, vec![edit(self.at..self.at + 1, "")]);
                self.at += 1;
                continue;
            }
            if rest.starts_with('{') {
                self.at += braces(rest)?;
                self.last = self.at;
                continue;
            }
            if !self.attribute()? {
                return Some(());
            }
        }
    }

    /// Passes white space, of both kinds.
    fn spaces(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            if ODD_SPACES.contains(&c) {
                let span = self.at..self.at + c.len_utf8();
                self.slip(SlipKind::OddSpace, span.clone(), vec![edit(span, " ")]);
            } else if !c.is_ascii_whitespace() {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn no_end(&mut self) -> Option<()> {
        if self.asked.is_read || !self.is_sure {
            return None;
        }
        let slash = self.text[self.last..].trim_start().starts_with('/');
        let at = if slash { self.last + self.text[self.last..].find('/')? + 1 } else { self.last };
        let edits = match (slash, self.asked.has_body) {
            (true, _) => vec![edit(at..at, ">")],
            (false, false) => vec![edit(at..at, " />")],
            (false, true) => Vec::new(),
        };
        let start = self.asked.at;
        self.slip(SlipKind::NoEnd, start..at, edits);
        Some(())
    }

    /// Reads an attribute; tells whether the tag goes on after it.
    fn attribute(&mut self) -> Option<bool> {
        let start = self.at;
        let length = self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-.".contains(b)).count();
        let name = &self.text[start..start + length];
        if name.is_empty() {
            return None;
        }
        self.at += length;
        let rest = self.rest();
        let sign = rest.len() - rest.trim_start_matches(' ').len();
        let Some((length, is_well)) = separator(&rest[sign..]) else { return self.word(start, name) };
        let sign = self.at + sign..self.at + sign + length;
        self.at = sign.end + self.text[sign.end..].len() - self.text[sign.end..].trim_ascii_start().len();
        if !is_well {
            // Between a name and a value that can be read, it can't be anything else.
            let slip = Slip {
                kind: SlipKind::Separator,
                span: (start..sign.end).into(),
                name: name.to_owned(),
                value: self.text[sign.clone()].trim().to_owned(),
                edits: vec![edit(self.text[..sign.start].trim_end().len()..self.at, "=")],
            };
            self.slips.push(slip);
        }
        self.value(start, name).map(|()| true)
    }

    /// A word without a value; tells whether the tag goes on after it.
    fn word(&mut self, start: usize, name: &str) -> Option<bool> {
        let is_on_later_line = self.text[self.asked.at..start].contains('\n');
        if is_on_later_line && !self.asked.is_read && !self.asked.names.contains(&name) {
            // This is text already.
            return self.no_end().map(|()| false);
        }
        self.last = self.at;
        Some(true)
    }

    fn value(&mut self, start: usize, name: &'a str) -> Option<()> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        if first == '{' {
            self.at += braces(rest)?;
            self.last = self.at;
            return Some(());
        }
        if matches!(first, '"' | '\'') {
            return self.quoted(start, name, first);
        }
        if let Some((open, closers)) = curly(rest) {
            return self.curly(start, name, open, closers);
        }
        self.bare(start, name)
    }

    fn quoted(&mut self, start: usize, name: &'a str, quote: char) -> Option<()> {
        let inner = self.at + 1;
        let close = self.text[inner..].find(quote).map(|length| inner + length);
        let is_whole = |close: usize| {
            let after = self.text[close + 1..].chars().next();
            let ends = after.is_none_or(|c| {
                c.is_ascii_whitespace() || ODD_SPACES.contains(&c) || matches!(c, '/' | '>' | ',' | ';' | '\\')
            });
            // `a="1"b="2"` is read, too.
            self.asked.is_read || (ends && !self.text[inner..close].contains("/>"))
        };
        if let Some(close) = close.filter(|&close| is_whole(close)) {
            self.at = close + 1;
            self.last = self.at;
            self.is_sure |= self.asked.names.contains(&name);
            return Some(());
        }
        self.unclosed(start, name, quote)
    }

    /// A value whose quote isn't closed, or by one of another kind.
    fn unclosed(&mut self, start: usize, name: &'a str, quote: char) -> Option<()> {
        if !self.asked.names.contains(&name) {
            return None;
        }
        let inner = self.at + 1;
        let line = self.text[inner..].lines().next().unwrap_or_default();
        let ends = |after: &str| after.is_empty() || after.starts_with([' ', '/', '>']);
        let other = line.char_indices().find(|&(at, c)| {
            matches!(c, '"' | '\'' | '”' | '“' | '’' | '«' | '»') && c != quote && ends(&line[at + c.len_utf8()..])
        });
        if let Some((length, c)) = other {
            let at = inner + length;
            let edits = vec![edit(at..at + c.len_utf8(), &quote.to_string())];
            self.at = at + c.len_utf8();
            return self.named(SlipKind::OtherQuote, start, name, &line[..length], edits);
        }
        // Up to the tag's end, unless another attribute begins before.
        let length = line.find("/>").or_else(|| line.find('>'))?;
        let value = line[..length].trim_end();
        if value.is_empty() || value.contains(['=', '"', '\'']) {
            return None;
        }
        let at = inner + value.len();
        self.at = at;
        self.named(SlipKind::NoClosingQuote, start, name, value, vec![edit(at..at, &quote.to_string())])
    }

    fn curly(&mut self, start: usize, name: &'a str, open: usize, closers: &[&str]) -> Option<()> {
        let inner = self.at + open;
        let line = self.text[inner..].lines().next().unwrap_or_default();
        let ends = |after: &str| {
            after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | ',' | ';'))
        };
        let found = line.char_indices().find_map(|(at, _)| {
            let close = closers.iter().find(|close| line[at..].starts_with(**close))?;
            ends(&line[at + close.len()..]).then_some((at, close.len()))
        });
        let (length, close) = found?;
        let value = &line[..length];
        let quote = if value.contains('"') { "'" } else { "\"" };
        let edits = vec![edit(self.at..inner, quote), edit(inner + length..inner + length + close, quote)];
        let edits = if value.contains(quote) { Vec::new() } else { edits };
        self.at = inner + length + close;
        self.named(SlipKind::CurlyQuotes, start, name, value, edits)
    }

    /// A value without quotes: all words up to the next attribute.
    fn bare(&mut self, start: usize, name: &'a str) -> Option<()> {
        let from = self.at;
        let line = self.text[from..].lines().next().unwrap_or_default();
        let mut end = 0;
        loop {
            let rest = &line[end..];
            let space = rest.len() - rest.trim_start_matches(' ').len();
            let word = &rest[space..];
            let word = &word[..word.find([' ', '>']).unwrap_or(word.len())];
            let word = if rest[space + word.len()..].starts_with('>') { word.trim_end_matches('/') } else { word };
            let key = word.split('=').next().unwrap_or_default();
            let begins_other = end > 0 && (self.asked.names.contains(&key) || word.contains(['=', '{', '"', '\'']));
            let closes = end > 0 && word.ends_with(['"', '\'', '”', '’']) && !word.contains('=');
            if word.is_empty() || word == "/" || (begins_other && !closes) {
                break;
            }
            end += space + word.len();
        }
        let value = &line[..end];
        if value.is_empty() || value.contains(['<', '`']) {
            return None;
        }
        self.at = from + end;
        if let Some(inner) = value.strip_suffix(['"', '\'', '”', '’']).filter(|inner| !inner.contains(['"', '\'']))
        {
            let edits = vec![edit(from..from, "\""), edit(from + inner.len()..self.at, "\"")];
            return self.named(SlipKind::NoOpeningQuote, start, name, inner, edits);
        }
        if !value.contains(' ') {
            self.last = self.at;
            return Some(());
        }
        let edits = vec![edit(from..from, "\""), edit(self.at..self.at, "\"")];
        let edits = if value.contains('"') { Vec::new() } else { edits };
        self.named(SlipKind::NoQuotes, start, name, value, edits)
    }

    /// Notes a slip at an attribute that is known; of another, nothing can be told.
    fn named(&mut self, kind: SlipKind, start: usize, name: &str, value: &str, edits: Vec<Edit>) -> Option<()> {
        self.last = self.at;
        if !self.asked.names.contains(&name) {
            return if self.asked.is_read { Some(()) } else { None };
        }
        let span = (start..self.at).into();
        self.slips.push(Slip { kind, span, name: name.to_owned(), value: value.to_owned(), edits });
        Some(())
    }
}

fn edit(range: Range<usize>, replacement: &str) -> Edit {
    Edit { span: range.into(), replacement: replacement.to_owned() }
}

/// What stands between a name and its value: how long it is, and whether that is an equals sign.
fn separator(rest: &str) -> Option<(usize, bool)> {
    let begins_value = |after: &str| {
        let after = after.trim_start_matches(' ');
        after.starts_with(['"', '\'', '{']) || curly(after).is_some()
    };
    let odd =
        ["=>", "==", ":=", ":"].into_iter().find(|sign| rest.starts_with(sign) && begins_value(&rest[sign.len()..]));
    match odd {
        Some(sign) => Some((sign.len(), false)),
        None => rest.starts_with('=').then_some((1, true)),
    }
}

/// How long a curly quotation mark is that a text begins with, and what may close it.
fn curly(rest: &str) -> Option<(usize, &'static [&'static str])> {
    const DOUBLE: &[&str] = &["”", "“", "»", "«", "\"", "″"];
    const SINGLE: &[&str] = &["’", "‘", "›", "‹", "'"];
    let double = ["“", "”", "„", "«", "»", "″"].into_iter().find(|quote| rest.starts_with(quote));
    let single = || ["‘", "’", "‚", "‹", "›"].into_iter().find(|quote| rest.starts_with(quote));
    if rest.starts_with("&quot;") {
        return Some((6, &["&quot;"]));
    }
    double.map(|quote| (quote.len(), DOUBLE)).or_else(|| single().map(|quote| (quote.len(), SINGLE)))
}

/// How long a braced value is that a text begins with.
fn braces(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, b) in rest.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["layout", "limit", "tag", "title"];

    fn asked(text: &str) -> AskedTag<'_> {
        let is_read = tag::read(text, 0, Syntax::Jsx).is_ok();
        AskedTag { text, at: 0, is_read, has_body: false, names: &NAMES }
    }

    fn told(text: &str) -> Option<(SlipKind, String)> {
        let asked = asked(text);
        let slips = slips(&asked);
        let first = slips.first()?;
        Some((first.kind, mended(&asked, &slips).map_or_else(String::new, |(_, written)| written)))
    }

    #[test]
    fn a_tag_that_is_read_as_meant_is_left_alone() {
        for text in [
            "<A tag=\"Legal Risk\" />",
            "<A tag='It\u{2019}s' layout=list limit=3 />",
            "<A tag={[\"a\", \"b\"]} {...rest}>",
            "<A\n  tag=\"a\"\n  limit={3}\n/>",
            "<A tag = \"a > b\"layout='x'>",
            "<A hidden tag=\"a\"/>",
            "<A>",
            "<A | B>",
            "<A, B>",
            "<A extends B> = c",
            "<A tag",
            "<A b: number, c: string>",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn what_slipped_is_mended_so_that_it_is_read() {
        use SlipKind::*;
        for (text, kind, mended) in [
            ("<A tag=\u{201c}Legal Risk\u{201d} />", CurlyQuotes, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\u{201e}a\u{201c} limit=\u{ab}3\u{bb} />", CurlyQuotes, "<A tag=\"a\" limit=\"3\" />"),
            ("<A tag=\u{2018}It\u{2019}s so\u{2019} />", CurlyQuotes, "<A tag=\"It\u{2019}s so\" />"),
            ("<A tag=Level 4 (OSMM) layout=\"list\" />", NoQuotes, "<A tag=\"Level 4 (OSMM)\" layout=\"list\" />"),
            ("<A tag=Legal Risk\" />", NoOpeningQuote, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\"Legal Risk />", NoClosingQuote, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\"Legal Risk' />", OtherQuote, "<A tag=\"Legal Risk\" />"),
            ("<A tag=>\"a\" />", Separator, "<A tag=\"a\" />"),
            ("<A tag : 'a' />", Separator, "<A tag='a' />"),
            ("<A tag=\"a\", limit=\"3\" />", Comma, "<A tag=\"a\" limit=\"3\" />"),
            ("<A\u{a0}tag=\"a\" />", OddSpace, "<A tag=\"a\" />"),
            ("<A tag=\"a\" \\>", Backslash, "<A tag=\"a\" />"),
            ("<A tag=\"a\" /\n\nText", NoEnd, "<A tag=\"a\" />"),
            ("<A tag=\"a\"\nText goes on", NoEnd, "<A tag=\"a\" />"),
            ("< A tag=\"a\" />", SpaceBeforeName, "<A tag=\"a\" />"),
        ] {
            assert_eq!(told(text), Some((kind, mended.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_told_and_not_mended() {
        let told = told("<A tag=\u{201c}a \"b' c\u{201d} />").map(|(kind, mended)| (kind, mended.is_empty()));
        assert_eq!(told, Some((SlipKind::CurlyQuotes, true)));
    }
}
