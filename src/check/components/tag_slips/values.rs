//! The value of an attribute, however it is quoted.

use super::reader::{ODD_SPACES, Reader, SlipKind, edit};

impl<'a> Reader<'a> {
    /// Reads a value.
    pub(super) fn value(&mut self, start: usize, name: &'a str) -> Option<()> {
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
        if line.starts_with(quote) && !self.asked.is_read {
            return self.doubled(start, name, quote);
        }
        if let Some(length) = last_of_value(line, quote) {
            let value = &line[..length];
            let other = if quote == '"' { "'" } else { "\"" };
            let (at, is_free) = (inner + length, !value.contains(other));
            let edits = vec![edit(self.at..inner, other), edit(at..at + 1, other)];
            self.at = at + 1;
            return self.named(SlipKind::InnerQuotes, start, name, value, if is_free { edits } else { Vec::new() });
        }
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
        // Up to the tag's end, or to where another attribute begins before.
        let length = line.find("/>").or_else(|| line.find('>'))?;
        let begins = |known: &&str| line[..length].find(&format!(" {known}="));
        let value = line[..self.asked.names.iter().filter_map(begins).min().unwrap_or(length)].trim_end();
        if value.is_empty() || value.contains(['=', '"', '\'']) {
            return None;
        }
        let at = inner + value.len();
        self.at = at;
        self.named(SlipKind::NoClosingQuote, start, name, value, vec![edit(at..at, &quote.to_string())])
    }

    /// A value between quotes that each stand twice.
    fn doubled(&mut self, start: usize, name: &'a str, quote: char) -> Option<()> {
        let inner = self.at + 2;
        let line = self.text[inner..].lines().next().unwrap_or_default();
        let length = line.find(&format!("{quote}{quote}")).filter(|length| *length > 0)?;
        let edits = vec![edit(self.at..inner, "\""), edit(inner + length..inner + length + 2, "\"")];
        let value = &line[..length];
        self.at = inner + length + 2;
        self.named(SlipKind::DoubledQuotes, start, name, value, if value.contains('"') { Vec::new() } else { edits })
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
}

/// Where a value ends that holds quotes of its own kind: before the last one of its tag, where no other attribute follows.
fn last_of_value(line: &str, quote: char) -> Option<usize> {
    let end = line.find("/>").or_else(|| line.find('>'))?;
    let value = line[..end].trim_end().strip_suffix(quote)?;
    (value.contains(quote) && !value.contains('=')).then_some(value.len())
}

/// How long a curly quotation mark is that a text begins with, and what may close it.
pub(super) fn curly(rest: &str) -> Option<(usize, &'static [&'static str])> {
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
pub(super) fn braces(rest: &str) -> Option<usize> {
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
