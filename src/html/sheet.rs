//! Addresses in style sheets, in files of their own or in a page: `url(…)` and `@import`.

use crate::source::Span;

/// An address that a style sheet names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SheetAddress {
    pub(crate) span: Span,
    /// Whether no quotes stand around it.
    pub(crate) is_bare: bool,
}

/// All addresses that a style sheet names, in order. One with a backslash in it is left alone.
pub(crate) fn addresses(css: &str) -> Vec<SheetAddress> {
    let bytes = css.as_bytes();
    let (mut found, mut at, mut is_import) = (Vec::new(), 0, false);
    while at < bytes.len() {
        let rest = &css[at..];
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if matches!(bytes[at], b'"' | b'\'') {
            let span = quoted(css, at);
            found.extend(is_import.then_some(SheetAddress { span, is_bare: false }));
            at = span.end + 1;
        } else if begins(rest, "url(") && !css[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
        {
            let start = at + 4 + (rest[4..].len() - rest[4..].trim_start().len());
            let is_bare = !css[start..].starts_with(['"', '\'']);
            let span = if is_bare { bare(css, start) } else { quoted(css, start) };
            found.push(SheetAddress { span, is_bare });
            at = span.end + usize::from(!is_bare);
        } else {
            is_import = (is_import || begins(rest, "@import")) && bytes[at] != b';';
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found.retain(|one| !one.span.of(css).is_empty() && !one.span.of(css).contains('\\'));
    found
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// What stands between a quote and the next one.
fn quoted(css: &str, quote: usize) -> Span {
    let bytes = css.as_bytes();
    let mut at = quote + 1;
    while at < bytes.len() && bytes[at] != bytes[quote] && bytes[at] != b'\n' {
        at += 1 + usize::from(bytes[at] == b'\\');
    }
    let end = (at.min(bytes.len())..=bytes.len()).find(|end| css.is_char_boundary(*end)).unwrap_or(bytes.len());
    Span::new(quote + 1, end)
}

/// What stands before the next bracket.
fn bare(css: &str, start: usize) -> Span {
    let rest = &css[start..];
    let inside = &rest[..rest.find([')', '\n']).unwrap_or(rest.len())];
    Span::new(start, start + inside.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_where_a_browser_reads_them() {
        let css = "@import 'a.css' screen; @import url(b.css);\n/* url(no.png) */ p { background: url( \"c.png\" ), URL( d.png ); \
                   content: \"url(no)\"; cursor: url(e\\).cur) } @font-face { src: url('f.woff2') format('woff2') } .curl(x) {}";
        let found: Vec<(&str, bool)> = addresses(css).into_iter().map(|one| (one.span.of(css), one.is_bare)).collect();
        assert_eq!(found, [("a.css", false), ("b.css", true), ("c.png", false), ("d.png", true), ("f.woff2", false)]);
        for odd in ["url(", "url('", "@import '", "url('é", "'\\", "\"\\é", "/*"] {
            addresses(odd);
        }
    }
}
