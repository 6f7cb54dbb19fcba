//! A page's text with its prose told from its front matter, code, comments and
//! tags, so that rules about words never speak of an example. Knows Markdown only
//! as far as that takes.

use crate::page::Page;
use crate::source::Span;

/// A page's text and which bytes of it are prose.
pub struct Prose<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Where the body begins.
    pub body: usize,
    /// What is not prose, in order, without overlaps: code and comments.
    pub hidden: Vec<Span>,
    /// The comments among what is hidden.
    pub comments: Vec<Span>,
    /// The lines of the body.
    pub lines: Vec<Line<'a>>,
}

/// A line of the body.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Where it begins in the file.
    pub start: usize,
    /// Its text, without its end.
    pub text: &'a str,
    /// Whether it begins inside code or a comment.
    pub hidden: bool,
}

impl Line<'_> {
    /// The bytes of the line.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

impl<'a> Prose<'a> {
    /// Finds what is prose in a page.
    pub fn read(page: &'a Page) -> Self {
        let text = &*page.text;
        // A byte-order mark is nothing that a writer wrote.
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let body = page.body_start.max(mark);
        let mut hidden: Vec<Span> =
            page.code.iter().map(|code| code.span).filter(|span| span.end <= text.len()).collect();
        hidden.sort_unstable();
        let (code, comments) = inline(text, body, &hidden);
        hidden.extend(code);
        hidden.extend(&comments);
        hidden.sort_unstable();
        hidden.dedup_by(|next, before| {
            let inside = next.start < before.end;
            if inside {
                before.end = before.end.max(next.end);
            }
            inside
        });
        let lines = lines(text, body, &hidden);
        Self { text, body, hidden, comments, lines }
    }

    /// Whether a byte lies in code or a comment.
    pub fn is_hidden(&self, offset: usize) -> bool {
        let after = self.hidden.partition_point(|span| span.end <= offset);
        self.hidden.get(after).is_some_and(|span| span.start <= offset)
    }
}

/// The lines from `body` on.
fn lines<'a>(text: &'a str, body: usize, hidden: &[Span]) -> Vec<Line<'a>> {
    let bytes = text.as_bytes();
    let mut hidden = hidden.iter().peekable();
    let mut lines = Vec::with_capacity((bytes.len() - body) / 32);
    let mut start = body;
    let last = (!text.ends_with('\n')).then_some(bytes.len());
    for end in memchr::memchr_iter(b'\n', &bytes[body..]).map(|at| body + at).chain(last) {
        while hidden.next_if(|span| span.end <= start).is_some() {}
        let hidden = hidden.peek().is_some_and(|span| span.start <= start);
        let returns = bytes[start..end].iter().rev().take_while(|&&b| b == b'\r').count();
        lines.push(Line { start, text: &text[start..end - returns], hidden });
        start = end + 1;
    }
    lines
}

/// Code in backticks, and comments, outside of code blocks.
fn inline(text: &str, body: usize, blocks: &[Span]) -> (Vec<Span>, Vec<Span>) {
    let (mut code, mut comments) = (Vec::new(), Vec::new());
    let bytes = text.as_bytes();
    let mut blocks = blocks.iter().peekable();
    // Where a run of so many backticks was looked for and not found before the paragraph's end.
    let mut in_vain: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    let mut paragraph = body;
    let mut brace = next_comment_in_braces(bytes, body);
    let mut at = body;
    while at < bytes.len() {
        while blocks.next_if(|block| block.end <= at).is_some() {}
        if let Some(block) = blocks.peek().filter(|block| block.start <= at) {
            at = block.end;
            continue;
        }
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let run = bytes[at..].iter().take_while(|&&b| b == b'`').count();
                if paragraph < at + run {
                    paragraph = paragraph_end(text, at + run);
                }
                let known_vain = in_vain.get(&run).is_some_and(|&end| end >= paragraph);
                let close = if known_vain { None } else { closing_run(&bytes[..paragraph], at + run, run) };
                match close {
                    Some(end) => {
                        code.push(Span::new(at, end));
                        at = end;
                    }
                    None => {
                        in_vain.insert(run, paragraph);
                        at += run;
                    }
                }
            }
            b'<' if text[at..].starts_with("<!--") => at = comment(text, at, "-->", &mut comments),
            b'{' if text[at..].starts_with("{/*") => at = comment(text, at, "*/}", &mut comments),
            _ => {
                at += 1;
                if brace < at {
                    brace = next_comment_in_braces(bytes, at);
                }
                // Every byte of every page comes by here: what can begin something is looked for eight or more at a time.
                let end = blocks.peek().map_or(bytes.len(), |block| block.start).min(brace);
                let rest = bytes.get(at..end).unwrap_or_default();
                at += memchr::memchr3(b'\\', b'`', b'<', rest).unwrap_or(rest.len());
            }
        }
    }
    (code, comments)
}

/// Where the next comment of the form `{/* … */}` begins, or the end.
fn next_comment_in_braces(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    memchr::memmem::find(rest, b"{/*").map_or(bytes.len(), |at| from + at)
}

/// Notes a comment and gives the place after it.
fn comment(text: &str, at: usize, close: &str, comments: &mut Vec<Span>) -> usize {
    match text[at..].find(close) {
        Some(length) => {
            let end = at + length + close.len();
            comments.push(Span::new(at, end));
            end
        }
        // Never closed: the rest of the file would be looked through again and again.
        None => {
            comments.push(Span::new(at, text.len()));
            text.len()
        }
    }
}

/// Where the paragraph around an offset ends: at the next blank line.
fn paragraph_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(offset) = text.as_bytes()[at..].iter().position(|&b| b == b'\n') {
        at += offset + 1;
        let line = text[at..].split('\n').next().unwrap_or("");
        if line.trim().is_empty() {
            return at;
        }
    }
    text.len()
}

fn closing_run(bytes: &[u8], from: usize, length: usize) -> Option<usize> {
    let mut at = from;
    while let Some(offset) = bytes.get(at..)?.iter().position(|&b| b == b'`') {
        at += offset;
        let run = bytes[at..].iter().take_while(|&&b| b == b'`').count();
        if run == length {
            return Some(at + run);
        }
        at += run;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_comments_are_not_prose() {
        let text = "a `b` \\`c <!-- d --> `e\n\nf` {/* g */}";
        let (code, comments) = inline(text, 0, &[]);
        let of = |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(of(&code), ["`b`"]);
        assert_eq!(of(&comments), ["<!-- d -->", "{/* g */}"]);
    }
}
