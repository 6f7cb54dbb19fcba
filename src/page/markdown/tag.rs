//! One tag as HTML and JSX write it: its name and its attributes, quoted, braced,
//! bare or without a value, on one line or several. Says where things stand;
//! what they mean is for others.

use std::borrow::Cow;
use std::ops::Range;

/// A tag in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag {
    /// Where its `<` stands.
    pub(super) start: usize,
    /// Its name.
    pub(super) name: Range<usize>,
    /// `</…>`.
    pub(super) closing: bool,
    /// `<… />`.
    pub(super) self_closing: bool,
    /// Its attributes in order.
    pub(super) attributes: Vec<RawAttribute>,
    /// After its `>`.
    pub(super) end: usize,
}

/// An attribute in a tag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RawAttribute {
    /// Its name; empty for `{...spread}`.
    pub(super) name: Range<usize>,
    /// Its value.
    pub(super) value: RawValue,
}

/// How a value is written; the range is what stands inside the quotes or braces.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RawValue {
    /// Not at all.
    None,
    /// `"…"` or `'…'`.
    Quoted(Range<usize>),
    /// `{…}`.
    Braced(Range<usize>),
    /// `=…`
    Bare(Range<usize>),
}

impl RawAttribute {
    /// From the name to the end of the value.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.name.start;
        match &self.value {
            RawValue::None => self.name.clone(),
            RawValue::Bare(value) => start..value.end,
            RawValue::Quoted(value) | RawValue::Braced(value) => start..value.end + 1,
        }
    }
}

/// A tag as read, with the text that its ranges belong to.
pub(super) struct ReadTag<'a> {
    pub(super) tag: Tag,
    pub(super) text: Cow<'a, str>,
    /// Where lines of that text come from; empty if it is the body itself.
    pub(super) places: Vec<(usize, usize)>,
}

impl ReadTag<'_> {
    /// Where an offset of the tag's text stands in the body.
    pub(super) fn source(&self, offset: usize) -> usize {
        match self.places.partition_point(|&(at, _)| at <= offset).checked_sub(1) {
            Some(index) => self.places[index].1 + offset - self.places[index].0,
            None => offset,
        }
    }

    /// Where a range of the tag's text stands in the body.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        start..self.source(range.end).max(start)
    }

    /// What stands in a range of the tag's text.
    pub(super) fn str(&self, range: &Range<usize>) -> &str {
        &self.text[range.clone()]
    }
}

/// Reads the tag that begins with the `<` at `at`. Where there is none, tells
/// how far it had to read to know.
pub(super) fn scan(text: &str, at: usize) -> Result<Tag, usize> {
    let bytes = text.as_bytes();
    let closing = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closing);
    let length = bytes[start.min(bytes.len())..].iter().take_while(|&&b| is_name(b)).count();
    if length == 0 {
        return Err(start);
    }
    let name = start..start + length;
    let mut tag = Tag { start: at, end: name.end, name, closing, self_closing: false, attributes: Vec::new() };
    loop {
        let here = tag.end;
        tag.end = skip_space(bytes, here);
        match bytes.get(tag.end) {
            None => return Err(bytes.len()),
            Some(b'>') => {
                tag.end += 1;
                return Ok(tag);
            }
            Some(b'/') if bytes.get(tag.end + 1) == Some(&b'>') => {
                tag.self_closing = true;
                tag.end += 2;
                return Ok(tag);
            }
            // Two values may stand side by side without a space (`a="1"b="2"`), a name and an attribute not.
            Some(_) if tag.end == here && tag.attributes.is_empty() => return Err(here),
            Some(_) => {
                let (attribute, end) = attribute(bytes, tag.end)?;
                tag.attributes.push(attribute);
                tag.end = end;
            }
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':')
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn attribute(bytes: &[u8], at: usize) -> Result<(RawAttribute, usize), usize> {
    if bytes[at] == b'{' {
        let end = braces(bytes, at)?;
        return Ok((RawAttribute { name: at..at, value: RawValue::Braced(at + 1..end - 1) }, end));
    }
    let is_part = |b: &u8| !b.is_ascii_whitespace() && !b"\"'<>/={}`\0".contains(b);
    let length = bytes[at..].iter().take_while(|b| is_part(b)).count();
    if length == 0 {
        return Err(at);
    }
    let name = at..at + length;
    let equals = skip_space(bytes, name.end);
    if bytes.get(equals) != Some(&b'=') {
        return Ok((RawAttribute { name: name.clone(), value: RawValue::None }, name.end));
    }
    let start = skip_space(bytes, equals + 1);
    let (value, end) = match bytes.get(start) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = memchr::memchr(quote, &bytes[start + 1..]).ok_or(bytes.len())? + start + 1;
            (RawValue::Quoted(start + 1..end), end + 1)
        }
        Some(b'{') => {
            let end = braces(bytes, start)?;
            (RawValue::Braced(start + 1..end - 1), end)
        }
        _ => {
            let is_part = |b: &u8| !b.is_ascii_whitespace() && !b"\"'<>={`".contains(b);
            let mut length = bytes[start..].iter().take_while(|b| is_part(b)).count();
            if bytes[..start + length].ends_with(b"/") && bytes.get(start + length) == Some(&b'>') {
                length = length.saturating_sub(1);
            }
            if length == 0 {
                return Err(start);
            }
            (RawValue::Bare(start..start + length), start + length)
        }
    };
    Ok((RawAttribute { name, value }, end))
}

/// The end of a braced expression that begins at `at`: braces nest, and those in
/// strings, templates and comments don't count.
pub(super) fn braces(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let mut open = vec![b'}'];
    let mut at = at + 1;
    while let Some(&closer) = open.last() {
        let Some(&byte) = bytes.get(at) else { return Err(bytes.len()) };
        at += 1;
        if closer == b'`' {
            match byte {
                b'\\' => at += 1,
                b'`' => drop(open.pop()),
                b'$' if bytes.get(at) == Some(&b'{') => {
                    at += 1;
                    open.push(b'}');
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'}' => drop(open.pop()),
            b'{' => open.push(b'}'),
            b'`' => open.push(b'`'),
            b'"' | b'\'' => at = string(bytes, at, byte)?,
            b'/' if bytes.get(at) == Some(&b'*') => {
                at += memchr::memmem::find(&bytes[at..], b"*/").ok_or(bytes.len())? + 2;
            }
            _ => {}
        }
    }
    Ok(at)
}

/// After the closing quote of a string in an expression.
fn string(bytes: &[u8], mut at: usize, quote: u8) -> Result<usize, usize> {
    loop {
        at += memchr::memchr3(quote, b'\\', b'\n', &bytes[at..]).ok_or(bytes.len())? + 1;
        match bytes[at - 1] {
            b'\\' => at = (at + 1).min(bytes.len()),
            b'\n' => return Err(at),
            _ => return Ok(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<(&str, &str)>, &str)> {
        let tag = scan(text, 0).ok()?;
        let attributes = tag.attributes.iter().map(|attribute| {
            let value = match &attribute.value {
                RawValue::None => "",
                RawValue::Quoted(range) | RawValue::Braced(range) | RawValue::Bare(range) => &text[range.clone()],
            };
            (&text[attribute.name.clone()], value)
        });
        Some((attributes.collect(), &text[tag.end..]))
    }

    #[test]
    fn values_may_hold_what_ends_a_tag_elsewhere() {
        let text = "<A b=\"x > y\" c={{ d: '}>' , e: `}${ {f: \"}\"} }` /* } */ }} g h=i/>\nrest";
        let (attributes, rest) = read(text).unwrap();
        assert_eq!(
            attributes,
            [("b", "x > y"), ("c", "{ d: '}>' , e: `}${ {f: \"}\"} }` /* } */ }"), ("g", ""), ("h", "i")]
        );
        assert_eq!(rest, "\nrest");
    }

    #[test]
    fn a_tag_may_take_several_lines() {
        let (attributes, rest) = read("<Bio\n  name = 'a'\n\tlink=\"b\"\n>text").unwrap();
        assert_eq!(attributes, [("name", "a"), ("link", "b")]);
        assert_eq!(rest, "text");
    }

    #[test]
    fn what_is_not_a_tag_is_told_apart() {
        for text in
            ["<", "<A", "<A b", "<A, b>", "<A b=>", "<A b=\"x>", "<A b={>", "<A {a>", "</", "<A <B>", "<A b={'\n'}>"]
        {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
