//! Characters that Markdown doesn't have, before anything reads them: U+FFFD stands
//! for NUL, and a line feed for a carriage return that stands alone.

use std::borrow::Cow;

use crate::page::facts::PageBody;
use crate::source::Span;

/// What is longer in U+FFFD than in NUL.
const GROWTH: usize = '\u{fffd}'.len_utf8() - 1;

/// A text without NUL and lone carriage returns, and where U+FFFD stands in it for NUL.
pub(super) fn clean(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let bytes = text.as_bytes();
    let is_odd = |at: usize| bytes[at] == 0 || bytes.get(at + 1) != Some(&b'\n');
    let mut odd = memchr::memchr2_iter(b'\0', b'\r', bytes).filter(|&at| is_odd(at)).peekable();
    if odd.peek().is_none() {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut nuls = Vec::new();
    let mut done = 0;
    for at in odd {
        out.push_str(&text[done..at]);
        if bytes[at] == 0 {
            nuls.push(out.len());
            out.push('\u{fffd}');
        } else {
            out.push('\n');
        }
        done = at + 1;
    }
    out.push_str(&text[done..]);
    (Cow::Owned(out), nuls)
}

/// Moves the spans of a page back to where they stand in the file, whose body begins at `start`.
pub(super) fn move_back(page: &mut PageBody, start: usize, nuls: &[usize]) {
    if nuls.is_empty() {
        return;
    }
    let back = |at: usize| at - GROWTH * nuls.partition_point(|nul| start + nul < at);
    let move_span = |span: &mut Span| {
        let start = back(span.start);
        *span = Span::new(start, back(span.end).max(start));
    };
    for finding in &mut page.findings {
        move_span(&mut finding.span);
        let edits = finding.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        edits.for_each(|edit| move_span(&mut edit.span));
    }
    page.headings.iter_mut().for_each(|heading| move_span(&mut heading.span));
    for link in &mut page.links {
        move_span(&mut link.span.whole);
        move_span(&mut link.span.place);
    }
    page.code.iter_mut().for_each(|code| move_span(&mut code.span));
    page.formulas.iter_mut().for_each(|formula| move_span(&mut formula.span));
    page.code_spans.iter_mut().chain(&mut page.comments).for_each(move_span);
    for component in &mut page.components {
        move_span(&mut component.span);
        component.attributes.iter_mut().for_each(|attribute| move_span(&mut attribute.span));
        let terms = [&mut component.query.tag, &mut component.query.filter];
        terms.into_iter().flatten().for_each(|term| move_span(&mut term.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_odd_is_replaced() {
        assert_eq!(clean("a\r\nb"), (Cow::Borrowed("a\r\nb"), vec![]));
        assert_eq!(clean("a\rb\0\r\nc\0"), (Cow::Borrowed("a\nb\u{fffd}\r\nc\u{fffd}"), vec![3, 9]));
    }
}
