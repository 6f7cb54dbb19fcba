//! YAML that cannot be read made readable, key by key: each key with its lines
//! stands for itself, is mended where the mistake is a common one, and is left
//! out, with a finding, where it isn't. One mistake never costs the other keys.

use std::collections::HashSet;

use super::block::{MatterBlock, lines};
use super::split::{assigned_key, key_of};
use super::tree::{Cause, Document, Fault, YamlKind, YamlNode};
use super::{explain, known, lists, slips, tree};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::{SourcePath, Span};

/// A replacement in the text of a block.
#[derive(Clone)]
struct BlockEdit {
    span: Span,
    text: String,
}

/// Makes a block that can be read of one that cannot.
pub(super) fn mend(path: &SourcePath, block: &MatterBlock) -> (MatterBlock, Vec<Diagnostic>) {
    let (block, findings) = &with_colons(path, block);
    let findings = findings.iter().cloned().collect();
    let mut mender = Mender { path, block, anchors: anchors(&block.text), findings, tabs: None, bullets: None };
    let mut mended = MatterBlock::default();
    for chunk in chunks(&block.text) {
        let text = chunk.of(&block.text);
        let indented = text.trim_start_matches('\n').starts_with([' ', '\t']);
        if text.trim().is_empty() || (!indented && mender.stands(text).is_ok()) {
            mended.push_part(block, chunk);
            continue;
        }
        let told = mender.findings.len();
        (mender.tabs, mender.bullets) = (None, None);
        let changes = mender.changes(chunk);
        let candidate = changed(block, chunk, &changes);
        match mender.stands(&candidate.text) {
            Ok(()) => mended.push_part(&candidate, Span::new(0, candidate.text.len())),
            Err(fault) => {
                mender.findings.truncate(told);
                // A fault of the mended text has no place in the text as it is.
                mender.give_up(chunk, mender.stands(text).err().unwrap_or(Fault { at: 0, ..fault }));
            }
        }
    }
    (mended, mender.findings)
}

/// The same with a colon wherever another sign stands behind a key that pages know.
fn with_colons(path: &SourcePath, block: &MatterBlock) -> (MatterBlock, Option<Diagnostic>) {
    let mut changes = Vec::new();
    let mut first = None;
    for row in lines(&block.text) {
        let line = row.of(&block.text);
        let Some(key) = assigned_key(line).filter(|_| key_of(line).is_none()) else { continue };
        let rest = line[key.len()..].trim_start();
        let Some(sign) = rest.chars().next() else { continue };
        first.get_or_insert((row, sign));
        let value = rest[sign.len_utf8()..].trim_start();
        changes.push(BlockEdit { span: Span::new(row.start + key.len(), row.end - value.len()), text: ": ".into() });
    }
    let mended = changed(block, Span::new(0, block.text.len()), &changes);
    let Some((row, sign)) = first else { return (mended, None) };
    let shown = explain::brief(row.of(&block.text).trim_end());
    let message = format!("`{shown}` has a `{sign}` where a colon and a space belong");
    let edits = changes.into_iter().map(|change| Edit { span: block.span(change.span), replacement: change.text });
    let fix = Fix { title: "write colons".into(), edits: edits.collect() };
    let finding = Diagnostic::new(Code::FrontMatterSpacing, path, block.span(row), message);
    (mended, Some(finding.with_help("Write `key: value`.").with_fix(fix)))
}

/// The keys at the top of a text, each with the lines that belong to it.
fn chunks(text: &str) -> Vec<Span> {
    let mut chunks: Vec<Span> = Vec::new();
    let mut has_value = false;
    // Where the first key is indented, all of them may be.
    let first = lines(text).map(|row| row.of(text)).find(|line| key_of(line.trim_start()).is_some());
    let margin = first.map_or("", |line| &line[..line.len() - line.trim_start().len()]);
    for row in lines(text) {
        let line = row.of(text);
        let line = line.strip_prefix(margin).unwrap_or(line);
        let next = (row.end + 1).min(text.len());
        let strayed =
            has_value && line.starts_with([' ', '\t']) && key_of(line.trim_start()).is_some_and(known::is_known);
        let key = key_of(if strayed { line.trim_start() } else { line });
        let keyless = has_value && line.starts_with("- ");
        if key.is_some() || keyless || chunks.is_empty() {
            chunks.push(Span::new(row.start, next));
            let value = line.split_once(':').map_or("", |(_, value)| value.trim());
            has_value = key.is_some() && !value.is_empty() && !value.starts_with(['|', '>', '"', '\'', '[', '{']);
        } else if let Some(last) = chunks.last_mut() {
            last.end = next;
        }
    }
    chunks
}

/// The names that a text may give to its values.
fn anchors(text: &str) -> HashSet<&str> {
    text.match_indices('&').map(|(at, _)| word(&text[at + 1..])).collect()
}

/// The name at the start of a text; of an endless one, enough to tell it from others.
fn word(text: &str) -> &str {
    let end = |(_, c): &(usize, char)| c.is_whitespace() || ",[]{}".contains(*c);
    let at = text.char_indices().take(100).find(end).or_else(|| text.char_indices().nth(100));
    at.map_or(text, |(at, _)| &text[..at])
}

/// A part of a block with its changes made.
fn changed(block: &MatterBlock, part: Span, changes: &[BlockEdit]) -> MatterBlock {
    let mut changed = MatterBlock::default();
    let mut at = part.start;
    for BlockEdit { span, text } in changes {
        changed.push_part(block, Span::new(at, span.start));
        changed.push_new(text, block, span.start);
        at = span.end;
    }
    changed.push_part(block, Span::new(at, part.end));
    changed
}

struct Mender<'a> {
    path: &'a SourcePath,
    block: &'a MatterBlock,
    anchors: HashSet<&'a str>,
    findings: Vec<Diagnostic>,
    /// The finding for tabs in the chunk at hand, and that for entries without a dash: one, however many lines have them.
    tabs: Option<usize>,
    bullets: Option<usize>,
}

impl Mender<'_> {
    /// Whether a text is a map by itself. An alias to what stands elsewhere is not held against it.
    fn stands(&self, text: &str) -> Result<(), Fault> {
        match tree::read(text) {
            Ok(Document { root: None | Some(YamlNode { kind: YamlKind::Map(_), .. }), end: None, .. }) => Ok(()),
            Ok(_) => Err(Fault { at: 0, cause: Cause::Syntax("did not find expected key".into()) }),
            Err(Fault { cause: Cause::Syntax(words), at }) if words.contains("unknown anchor") => {
                let name = word(text[at..].trim_start_matches('*'));
                if self.anchors.contains(name) { Ok(()) } else { Err(Fault { at, cause: Cause::Syntax(words) }) }
            }
            Err(fault) => Err(fault),
        }
    }

    fn give_up(&mut self, chunk: Span, mut fault: Fault) {
        // A parser that runs to the end of the chunk says nothing about where the mistake is.
        let text = chunk.of(&self.block.text).trim_end();
        fault.at = chunk.start + if fault.at >= text.len() { 0 } else { fault.at };
        if text.starts_with("- ") {
            self.findings.push(explain::keyless(self.path, self.block, chunk));
            return;
        }
        self.findings.push(explain::fault(self.path, self.block, &fault));
    }

    /// What would mend a chunk, in order of place.
    fn changes(&mut self, chunk: Span) -> Vec<BlockEdit> {
        let text = chunk.of(&self.block.text);
        let top = text.split(':').next().unwrap_or_default().trim();
        let items_are_text = lists::OF_TEXTS.contains(&top);
        let mut changes = Vec::new();
        let (mut verbatim_below, mut first) = (None, true);
        for row in lines(text) {
            let line = row.of(text);
            let row = row.shifted(chunk.start);
            let rest = line.trim_start();
            let indent = line.len() - rest.len();
            if rest.is_empty() || rest.starts_with('#') || verbatim_below.is_some_and(|depth| indent > depth) {
                continue;
            }
            verbatim_below = opens_verbatim(rest).then_some(indent);
            if !first && items_are_text && indent == 0 && lacks_dash(text, rest) {
                self.bullet(row, 0, rest, &mut changes);
                continue;
            }
            if !first
                && items_are_text
                && let Some((length, entry)) = lists::bullet(rest)
            {
                self.bullet(Span::new(row.start + indent, row.end), length, entry, &mut changes);
                continue;
            }
            self.indentation(row, first, &mut changes);
            first = false;
            self.value(row, items_are_text, &mut changes);
        }
        changes
    }

    /// Tabs, an indented key at the top, and a line that continues the one above without indentation.
    fn indentation(&mut self, row: Span, first: bool, changes: &mut Vec<BlockEdit>) {
        let line = row.of(&self.block.text);
        let rest = line.trim_start();
        let space = Span::new(row.start, row.start + line.len() - rest.len());
        let place = Span::new(space.start, row.end);
        let shown = explain::brief(rest);
        let (message, help, new) = if space.of(&self.block.text).contains('\t') {
            let new = if first { String::new() } else { space.of(&self.block.text).replace('\t', "  ") };
            let change = BlockEdit { span: space, text: new };
            changes.push(change.clone());
            self.tab(place, change, &shown);
            return;
        } else if first && space.start < space.end {
            let message = format!("`{shown}` is indented, but the keys around it are not");
            (message, "Let all keys of the page begin at the start of their lines.", "")
        } else if let Some(comment) = foreign_comment(rest) {
            self.comment(place, comment, changes);
            return;
        } else if !first
            && space.start == space.end
            && let Some(colon) = spaceless_key(rest)
        {
            self.space_after_colon(row, row.start + colon + 1, changes);
            return;
        } else if !first && space.start == space.end && !rest.starts_with(['-', ']', '}', '"', '\'']) {
            let message = format!("`{shown}` continues the line above, but is not indented");
            (message, "Indent it by two spaces, or write it on the line above.", "  ")
        } else {
            return;
        };
        let change = BlockEdit { span: space, text: new.to_owned() };
        changes.push(change.clone());
        let title = if new.is_empty() { "remove the indentation" } else { "indent it" };
        self.tell(self.finding(Code::FrontMatterSpacing, place, message).with_help(help), title, change);
    }

    fn tab(&mut self, place: Span, change: BlockEdit, shown: &str) {
        let edit = Edit { span: self.block.span(change.span), replacement: change.text.clone() };
        if let Some(fix) = self.tabs.and_then(|index| self.findings.get_mut(index)?.fix.as_mut()) {
            fix.edits.push(edit);
            return;
        }
        self.tabs = Some(self.findings.len());
        let message = format!("`{shown}` is indented with a tab");
        let finding = self.finding(Code::FrontMatterSpacing, place, message);
        self.tell(finding.with_help("Use spaces: YAML does not read tabs."), "use spaces", change);
    }

    /// An entry with another sign than a dash and a space.
    fn bullet(&mut self, row: Span, length: usize, entry: &str, changes: &mut Vec<BlockEdit>) {
        let change = BlockEdit { span: Span::new(row.start, row.start + length), text: "- ".into() };
        changes.push(change.clone());
        let edit = Edit { span: self.block.span(change.span), replacement: change.text.clone() };
        if let Some(fix) = self.bullets.and_then(|index| self.findings.get_mut(index)?.fix.as_mut()) {
            fix.edits.push(edit);
            return;
        }
        self.bullets = Some(self.findings.len());
        let (message, help) = lists::about_bullet(row.of(&self.block.text), entry);
        let finding = self.finding(Code::FrontMatterSpacing, row, message).with_help(help);
        self.tell(finding, "begin each entry with a dash and a space", change);
    }

    /// A comment as HTML or programs have it.
    fn comment(&mut self, place: Span, comment: &str, changes: &mut Vec<BlockEdit>) {
        let message = format!("`{}` is no comment here", explain::brief(place.of(&self.block.text)));
        let new = format!("# {comment}");
        let title = format!("write `{new}`");
        let change = BlockEdit { span: place, text: new };
        let finding = self.finding(Code::FrontMatterSpacing, place, message);
        self.tell(finding.with_help("Begin it with `#`, or remove it."), &title, change.clone());
        changes.push(change);
    }

    /// Puts one space between a colon and what stands at `at` in its line.
    fn space_after_colon(&mut self, row: Span, at: usize, changes: &mut Vec<BlockEdit>) {
        let after = Span::new(at, row.end).of(&self.block.text);
        let odd = after.len() - after.trim_start_matches(['\t', ' ', '\u{a0}']).len();
        let line = row.of(&self.block.text).trim_start();
        let shown = explain::brief(line);
        let (message, help, title) = match after.chars().next() {
            Some('\t') => (format!("`{shown}` has a tab after its colon"), "Write a space instead.", "write a space"),
            Some('\u{a0}') => (
                format!("`{shown}` has a no-break space after its colon, which YAML takes for a letter"),
                "Write an ordinary space instead.",
                "write a space",
            ),
            _ => (format!("`{shown}` has no space after its colon"), "Write a space after the colon.", "add a space"),
        };
        let finding = self.finding(Code::FrontMatterSpacing, Span::new(row.end - line.len(), row.end), message);
        let change = BlockEdit { span: Span::new(at, at + odd), text: " ".into() };
        self.tell(finding.with_help(help), title, change.clone());
        changes.push(change);
    }

    /// A value that YAML reads as something else than text, and a colon without a space.
    fn value(&mut self, row: Span, items_are_text: bool, changes: &mut Vec<BlockEdit>) {
        let line = row.of(&self.block.text);
        let mut rest = line.trim_start();
        let item = rest.strip_prefix("- ").map(str::trim_start);
        rest = item.unwrap_or(rest);
        let key = if item.is_some() && items_are_text { None } else { key_of(rest) };
        let mut value = rest;
        if key.is_some() {
            let (_, after) = rest.split_once(':').unwrap_or((rest, ""));
            value = after;
            if !after.is_empty() && !after.starts_with(' ') {
                self.space_after_colon(row, row.start + line.len() - after.len(), changes);
                value = after.trim_start();
            }
        } else if item.is_none() {
            return;
        }
        let start = row.start + line.len() - value.trim_start().len();
        let value = without_comment(value.trim());
        if value.is_empty() || self.stands(&format!("k: {value}")).is_ok() || !is_whole(value) {
            return;
        }
        let span = Span::new(start, start + value.len());
        if let Some(list) = value.strip_suffix(',').filter(|list| self.stands(&format!("k: {list}")).is_ok()) {
            let comma = Span::new(start + list.len(), span.end);
            let message = format!("`{}` ends with a comma that does not belong there", explain::brief(value));
            let change = BlockEdit { span: comma, text: String::new() };
            let finding = self.finding(Code::WrongType, comma, message);
            self.tell(finding.with_help("Remove the comma."), "remove the comma", change.clone());
            changes.push(change);
            return;
        }
        if items_are_text
            && item.is_none()
            && let Some(list) = self.as_list(value)
        {
            let message = format!("`{}` is no list as it is written", explain::brief(value));
            let change = BlockEdit { span, text: list.clone() };
            let finding = self.finding(Code::WrongType, span, message).with_help(format!("Write `{list}`."));
            self.tell(finding, &format!("write `{list}`"), change.clone());
            changes.push(change);
            return;
        }
        let new = explain::quoted(unwrapped(value));
        let message = format!("`{}` needs quotes, because {}", explain::brief(value), reason(value));
        let title = format!("write `{new}`");
        let finding = self.finding(Code::UnquotedValue, span, message);
        let change = BlockEdit { span, text: new };
        self.tell(finding.with_help("Put the value in quotes."), &title, change.clone());
        changes.push(change);
    }

    /// A value that was meant as a list in one line: `"a", "b"` without brackets, `- a - b`.
    fn as_list(&self, value: &str) -> Option<String> {
        let list = match value.strip_prefix("- ") {
            Some(entries) if !entries.contains([',', '"', '\'', ':', '[', '{']) => {
                format!("[{}]", entries.split(" - ").map(str::trim).collect::<Vec<_>>().join(", "))
            }
            None if value.starts_with(['"', '\'']) && value.contains([',']) => format!("[{value}]"),
            _ => return None,
        };
        self.stands(&format!("k: {list}")).is_ok().then_some(list)
    }

    fn finding(&self, code: Code, place: Span, message: String) -> Diagnostic {
        Diagnostic::new(code, self.path, self.block.span(place), message)
    }

    fn tell(&mut self, finding: Diagnostic, title: &str, change: BlockEdit) {
        let edit = Edit { span: self.block.span(change.span), replacement: change.text };
        let fix = Fix { title: title.to_owned(), edits: vec![edit] };
        self.findings.push(finding.with_fix(fix));
    }
}

/// The colon of a line that is a key and its value, but for the space between them; no address.
fn spaceless_key(line: &str) -> Option<usize> {
    let (key, after) = line.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let well = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_name);
    (well && after.starts_with(|c: char| c.is_alphanumeric() || "[\"'".contains(c))).then_some(key.len())
}

/// Whether a line below a key without a value is an entry but for its dash.
fn lacks_dash(chunk: &str, line: &str) -> bool {
    let first = chunk.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_empty = first.split_once(':').is_some_and(|(_, value)| value.trim().is_empty());
    is_empty && line.starts_with(char::is_alphanumeric) && !line.contains([':', '{', '['])
}

/// What a comment says that begins as in HTML or in a program.
fn foreign_comment(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let inside = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.or_else(|| line.strip_prefix("// ")).map(str::trim)
}

/// Whether a line ends with `|` or `>`, so that the lines below are text as they are.
fn opens_verbatim(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['+', '-']).trim_end_matches(|c: char| c.is_ascii_digit());
    [": |", ": >", "- |", "- >"].iter().any(|end| line.ends_with(end))
}

/// Whether a value ends on its line, so that quotes around it can be what is missing.
fn is_whole(value: &str) -> bool {
    let (open, close) = match value.as_bytes()[0] {
        b'[' => ('[', ']'),
        b'{' => ('{', '}'),
        _ => return true,
    };
    let mut depth = 0usize;
    for (at, c) in value.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return at + 1 < value.len();
            }
        }
    }
    false
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let comment = |at: &usize| !value[at + 2..].starts_with(|c: char| c.is_ascii_digit());
    value.match_indices(" #").map(|(at, _)| at).find(comment).map_or(value, |at| value[..at].trim_end())
}

/// What stands inside quotes that do not hold.
fn unwrapped(value: &str) -> &str {
    if let Some(inside) = slips::unquoted(value) {
        return inside;
    }
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return match rest.strip_suffix(quote) {
                Some(inside) => inside,
                None if !rest.contains(quote) => rest,
                None => value,
            };
        }
    }
    value
}

/// Why a value cannot stand without quotes.
fn reason(value: &str) -> &'static str {
    match value.as_bytes()[0] {
        _ if slips::unquoted(value).is_some() => "the curly ones that it has mean nothing to YAML",
        b'"' | b'\'' => "the ones that it has do not hold it together",
        b'@' | b'`' | b'%' | b'*' | b'&' | b'!' | b'|' | b'>' | b'[' | b'{' | b']' | b'}' | b',' | b'?' | b'-'
        | b':' => "its first character has a meaning in YAML",
        _ => "a colon in it makes YAML see another key",
    }
}
