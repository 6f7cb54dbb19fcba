//! The containers of a line: which quotes, list items, footnotes and components it
//! lies in, by what it begins with, as CommonMark has it, tabs included.

use super::lines::{is_rule, line_end, next_line};
use super::scan::{Container, Leaf, MAX_CONTAINERS, Scan};
use crate::page::markdown::html;

/// A place in a line, in bytes and in columns: a tab may be passed in part.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    line: &'a [u8],
    /// The next byte, from the beginning of the body.
    pub(super) at: usize,
    start: usize,
    column: usize,
    /// Columns of a passed tab that still count as spaces.
    spare: usize,
    /// Where the white space ahead ends, once it was looked for.
    space_end: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        Self { line: &text.as_bytes()[start..end], at: start, start, column: 0, spare: 0, space_end: 0 }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        &self.line[self.at - self.start..]
    }

    /// Where the white space ahead ends, and how many columns it takes.
    pub(super) fn space(&self) -> (usize, usize) {
        let mut columns = self.spare;
        for (length, byte) in self.rest().iter().enumerate() {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns += 4 - (self.column + columns) % 4,
                _ => return (self.at + length, columns),
            }
        }
        (self.start + self.line.len(), columns)
    }

    pub(super) fn indent(&self) -> usize {
        self.space().1
    }

    /// Whether so many columns of white space are ahead; looks no further.
    fn is_indented(&self, columns: usize) -> bool {
        let mut copy = *self;
        copy.skip(columns) == columns
    }

    pub(super) fn content(&self) -> &'a [u8] {
        &self.line[self.space().0 - self.start..]
    }

    pub(super) fn is_blank(&mut self) -> bool {
        if self.space_end < self.at {
            self.space_end = self.space().0;
        }
        self.space_end == self.start + self.line.len()
    }

    /// Passes up to so many columns of white space; tells how many there were.
    fn skip(&mut self, columns: usize) -> usize {
        let mut left = columns;
        let used = self.spare.min(left);
        self.spare -= used;
        self.column += used;
        left -= used;
        while left > 0 {
            let width = match self.rest().first() {
                Some(b' ') => 1,
                Some(b'\t') => 4 - self.column % 4,
                _ => break,
            };
            self.at += 1;
            let used = width.min(left);
            self.column += used;
            self.spare = width - used;
            left -= used;
        }
        columns - left
    }

    /// Passes so many bytes that are a column each.
    fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
    }
}

/// White space of a line, from a byte on, that loses so many columns.
pub(super) struct Cut {
    pub(super) from: usize,
    pub(super) columns: usize,
}

impl Scan<'_> {
    /// Passes the beginnings of the containers that are open; tells how many
    /// of them the line lies in.
    pub(super) fn enter(&self, cursor: &mut Cursor<'_>, cuts: &mut Vec<Cut>) -> usize {
        for (index, container) in self.containers.iter().enumerate() {
            match *container {
                Container::Quote => {
                    let mut inner = *cursor;
                    inner.skip(3);
                    if inner.rest().first() != Some(&b'>') {
                        return index;
                    }
                    inner.advance(1);
                    inner.skip(1);
                    *cursor = inner;
                }
                Container::Item { .. } if cursor.is_blank() => {}
                Container::Item { indent } if !cursor.is_indented(indent) => return index,
                Container::Item { indent } => drop(cursor.skip(indent)),
                Container::Shift { columns } => {
                    let from = cursor.at;
                    let columns = cursor.skip(columns);
                    match cuts.last_mut() {
                        Some(cut) if self.text[cut.from..from].trim_start().is_empty() => cut.columns += columns,
                        _ if columns > 0 && from < cursor.at => cuts.push(Cut { from, columns }),
                        _ => {}
                    }
                }
                Container::Admonition { .. } => {}
            }
        }
        self.containers.len()
    }

    /// Takes white space away from the line that ends at `end`.
    pub(super) fn cut(&mut self, cuts: &[Cut], end: usize) {
        for cut in cuts {
            let mut columns = 0_usize;
            let space = self.text.as_bytes()[cut.from..end].iter().take_while(|b| matches!(b, b' ' | b'\t'));
            let length = space.map(|b| columns += if *b == b'\t' { 4 - columns % 4 } else { 1 }).count();
            let left = " ".repeat(columns.saturating_sub(cut.columns));
            self.edit(cut.from..cut.from + length, left);
        }
    }

    /// Opens the quotes and list items that begin on this line.
    pub(super) fn open_containers(&mut self, cursor: &mut Cursor<'_>, matched: usize) -> bool {
        let mut opened = false;
        while cursor.indent() < 4 {
            let in_text = !opened && matched == self.containers.len() && self.leaf == Leaf::Paragraph;
            let mut inner = *cursor;
            let follows_text = opened || self.leaf == Leaf::Paragraph;
            let Some(container) = container(&mut inner, in_text, follows_text) else { break };
            let depth = if opened { self.containers.len() } else { matched };
            if depth >= MAX_CONTAINERS {
                self.escape_marker(cursor);
                break;
            }
            if !opened {
                self.close_to(matched);
                self.leaf = Leaf::None;
                opened = true;
            }
            let is_list = self.text.as_bytes().get(cursor.space().0).is_some_and(|b| !matches!(b, b'>' | b'[' | b':'));
            self.containers.push(container);
            *cursor = inner;
            self.item_is_empty = is_list && cursor.is_blank();
        }
        opened
    }

    /// Makes text of a marker that would nest too deep, and of all that follow it.
    fn escape_marker(&mut self, cursor: &Cursor<'_>) {
        let (at, _) = cursor.space();
        self.find_too_deep(at);
        let digits = self.text[at..].bytes().take_while(u8::is_ascii_digit).count();
        self.edit(at + digits..at + digits, "\\");
    }

    /// Leaves all containers but so many, and the components in them.
    pub(super) fn close_to(&mut self, depth: usize) {
        self.containers.truncate(depth);
        while self.open.last().is_some_and(|open| open.depth > depth) {
            self.open.pop();
        }
    }

    /// What a line must begin with to lie in the first so many containers.
    pub(super) fn prefix(&self, depth: usize) -> String {
        let mut out = String::new();
        for container in &self.containers[..depth] {
            match *container {
                Container::Quote => out.push_str("> "),
                Container::Item { indent } => out.extend(std::iter::repeat_n(' ', indent)),
                Container::Shift { .. } | Container::Admonition { .. } => {}
            }
        }
        out
    }

    /// By how many columns the children of a component are all indented, whose
    /// opening tag is indented by `indent` and ends on the line that ends at `end`.
    pub(super) fn children_indent(&self, name: &str, indent: usize, end: usize) -> usize {
        let mut least = usize::MAX;
        let mut at = next_line(self.text, end);
        while at < self.text.len() && least > 0 {
            let end = line_end(self.text, at);
            let mut cursor = Cursor::new(self.text, at, end);
            if self.enter(&mut cursor, &mut Vec::new()) < self.containers.len() {
                break;
            }
            let content = cursor.content();
            // A closing tag may be indented like its opening tag, or else like the children.
            if html::closes(content, name) && (least == usize::MAX || cursor.indent() <= indent.max(3)) {
                break;
            }
            if !content.is_empty() {
                least = least.min(cursor.indent());
            }
            if memchr::memmem::find_iter(content, b"</").any(|at| html::closes(&content[at..], name)) {
                break;
            }
            at = next_line(self.text, end);
        }
        if least == usize::MAX { 0 } else { least }
    }

    /// The text from `at` on without the beginnings of its lines' containers, and
    /// for each of its lines where it comes from: for a tag in a quote.
    pub(super) fn without_prefixes(&self, at: usize, limit: usize) -> (String, Vec<(usize, usize)>) {
        let mut out = String::new();
        let mut places = vec![(0, at)];
        let mut from = at;
        let mut end = line_end(self.text, at);
        loop {
            out.push_str(&self.text[from..end]);
            let next = next_line(self.text, end);
            if next >= self.text.len() || out.len() > limit {
                return (out, places);
            }
            end = line_end(self.text, next);
            let mut cursor = Cursor::new(self.text, next, end);
            if self.enter(&mut cursor, &mut Vec::new()) < self.containers.len() {
                return (out, places);
            }
            out.push('\n');
            from = cursor.at;
            places.push((out.len(), from));
        }
    }
}

/// The container that begins at a cursor, which is moved past its marker. `in_text`: a
/// paragraph would be interrupted; `follows_text`: a definition may follow.
pub(super) fn container(cursor: &mut Cursor<'_>, in_text: bool, follows_text: bool) -> Option<Container> {
    let indent = cursor.skip(3);
    let rest = cursor.rest();
    match *rest.first()? {
        b'>' => {
            cursor.advance(1);
            cursor.skip(1);
            Some(Container::Quote)
        }
        b'-' | b'+' | b'*' if !is_rule(rest) => item(cursor, 1, indent, in_text),
        b'0'..=b'9' => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            let is_marker = digits <= 9 && matches!(rest.get(digits), Some(b'.' | b')'));
            let may_stand = !in_text || &rest[..digits] == b"1";
            if is_marker && may_stand { item(cursor, digits + 1, indent, in_text) } else { None }
        }
        b':' if follows_text => item(cursor, 1, indent, true),
        b'[' if rest.starts_with(b"[^") => {
            let close = memchr::memchr(b']', rest)?;
            if close == 2 || rest.get(close + 1) != Some(&b':') {
                return None;
            }
            cursor.advance(close + 2);
            Some(Container::Item { indent: 4 })
        }
        _ => None,
    }
}

/// The list item whose marker of so many bytes stands at a cursor.
fn item(cursor: &mut Cursor<'_>, marker: usize, indent: usize, in_text: bool) -> Option<Container> {
    let after = cursor.rest().get(marker);
    if after.is_some_and(|b| !matches!(b, b' ' | b'\t')) {
        return None;
    }
    cursor.advance(marker);
    let space = cursor.indent();
    if cursor.is_blank() {
        return (!in_text).then_some(Container::Item { indent: indent + marker + 1 });
    }
    let space = if space > 4 { 1 } else { space };
    cursor.skip(space);
    Some(Container::Item { indent: indent + marker + space })
}
