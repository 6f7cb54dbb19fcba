//! Where front matter begins and ends in a file, judged by its lines alone. Text
//! that only happens to begin with a rule is left to the body, and a block that
//! is never closed ends where its lines stop looking like keys.

use super::block::lines;
use super::known;
use crate::source::Span;

/// How a block is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

/// The lines that hold front matter, in bytes of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fences {
    pub notation: Notation,
    /// The opening `---`, without what is around it.
    pub opening: Span,
    /// From the line after the opening to the closing line, or to the end of the file.
    pub block: Span,
    /// The first byte after the closing line, if there is one.
    pub closed: Option<usize>,
    /// Whether the opening is the first thing in the file, where other programs see it too.
    pub first: bool,
}

/// The bytes before the text proper: byte order marks.
pub(super) fn text_start(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// Finds the opening line, and the closing one if there is one.
pub(super) fn fences(text: &str) -> Option<Fences> {
    let start = text_start(text);
    let trimmed = text[start..].trim_start_matches([' ', '\t', '\n', '\r']);
    let notation = match trimmed.as_bytes().first_chunk::<3>()? {
        b"---" => Notation::Yaml,
        b"+++" => Notation::Toml,
        _ => return None,
    };
    let at = text.len() - trimmed.len();
    let fence = &trimmed[..3];
    let (end, block_start) = line_end(text, at);
    if text[at..end].trim_end() != fence {
        return None;
    }
    let mut fences = Fences {
        notation,
        opening: Span::new(at, at + 3),
        block: Span::new(block_start, text.len()),
        closed: None,
        first: at == start,
    };
    let mut line = block_start;
    while line < text.len() {
        let (end, next) = line_end(text, line);
        if text.as_bytes()[line..].starts_with(fence.as_bytes()) && text[line..end].trim_end() == fence {
            fences.block.end = line;
            fences.closed = Some(next);
            break;
        }
        line = next;
    }
    Some(fences)
}

/// Where a line ends, and where the next one begins.
pub(super) fn line_end(text: &str, from: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', &bytes[from..]) {
        Some(found) => {
            let end = from + found;
            let crlf = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            (end, end + 1 + usize::from(crlf))
        }
        None => (text.len(), text.len()),
    }
}

/// What the lines of a block look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BlockShape {
    /// Where the leading run of lines that look like YAML ends.
    pub head: usize,
    /// A key that a page knows stands in that run.
    pub known_in_head: bool,
    /// A key that a page knows stands somewhere.
    pub known: bool,
    /// A key stands somewhere, and no line that could not be YAML.
    pub only_keys: bool,
    /// Prose or a heading stands after an empty line, as in a page's body.
    pub prose: bool,
}

/// Looks at the lines of a normalised block.
pub(super) fn shape(text: &str) -> BlockShape {
    let mut shape = BlockShape::default();
    let (mut in_head, mut keys, mut strange) = (true, false, false);
    let mut after_blank = false;
    let mut rows = lines(text).peekable();
    while let Some(row) = rows.next() {
        let line = row.of(text);
        if line.trim().is_empty() {
            in_head &= shape.head == 0;
            after_blank = true;
            continue;
        }
        // Until a key stands at the start of a line, all of them may be indented.
        let start = if keys { line } else { line.trim_start() };
        let key = key_of(start).or_else(|| assigned_key(start));
        let known = key.is_some_and(known::is_known);
        let yaml = key.is_some() || line.starts_with([' ', '\t', '-', '#', '[', ']', '{', '}', '"', '\'']);
        let lone = rows.peek().is_none_or(|next| next.of(text).trim().is_empty());
        shape.prose |= after_blank && (!yaml || (lone && is_heading(line)));
        keys |= key.is_some();
        strange |= !yaml;
        shape.known |= known;
        in_head &= yaml;
        if in_head {
            shape.head = (row.end + 1).min(text.len());
            shape.known_in_head |= known;
        }
        after_blank = false;
    }
    shape.only_keys = keys && !strange;
    shape
}

/// The key of a line that begins with one: `title` in `title: A`. A key that a
/// page knows counts without a space after its colon too.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let name = key.trim_end().trim_matches(['"', '\'']);
    let well = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    if name.len() > 100 || !name.starts_with(|c: char| c.is_alphanumeric() || c == '_') || !name.chars().all(well) {
        return None;
    }
    let apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    (apart || known::is_known(name)).then_some(name)
}

/// The key of a line that begins with a key that a page knows, with `=`, or the wide colon of Chinese, where a
/// colon belongs.
pub(super) fn assigned_key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(['=', '：'])?;
    Some(key.trim_end()).filter(|name| known::is_known(name))
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (1..=6).contains(&level) && rest.starts_with(' ')
}

/// Whether every line is empty or a comment that hides a key: `# draft: true`.
pub(super) fn is_blank_or_hidden(text: &str) -> bool {
    lines(text).all(|row| {
        let line = row.of(text).trim();
        line.is_empty() || line.strip_prefix('#').is_some_and(|rest| key_of(rest.trim_start()).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, Option<&str>)> {
        fences(text).map(|found| (found.block.of(text), found.closed.map(|at| &text[at..])))
    }

    #[test]
    fn line_ends_spaces_and_marks_do_not_hide_a_fence() {
        assert_eq!(parts("---\na: b\n---\nc"), Some(("a: b\n", Some("c"))));
        assert_eq!(parts("\u{feff}---\r\na: b\r\n--- \r\nc\r\n"), Some(("a: b\r\n", Some("c\r\n"))));
        assert_eq!(parts("\n\n ---\t\ra: b\r---\rc"), Some(("a: b\r", Some("c"))));
        assert_eq!(parts("---\n---"), Some(("", Some(""))));
    }

    #[test]
    fn what_is_no_fence_opens_nothing() {
        for text in ["", "-", "--", "----\n", "--- a\n", "---a", "a\n---\n", "- --\n"] {
            assert_eq!(parts(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_fence_that_is_never_closed_reaches_to_the_end() {
        assert_eq!(parts("---"), Some(("", None)));
        assert_eq!(parts("+++\na = 1\n ---\n----"), Some(("a = 1\n ---\n----", None)));
    }

    #[test]
    fn the_head_ends_at_an_empty_line_or_at_prose() {
        let head = |text: &'static str| (&text[..shape(text).head], shape(text).known_in_head);
        assert_eq!(head("title: A\ntags:\n- b\n\nText"), ("title: A\ntags:\n- b\n", true));
        assert_eq!(head("title: A\n# Heading\nText: b"), ("title: A\n# Heading\nText: b", true));
        assert_eq!(head("title: A\nText here"), ("title: A\n", true));
        assert_eq!(head("Text here\ntitle: A"), ("", false));
    }
}
