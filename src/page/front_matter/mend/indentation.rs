//! Lines of a block that begin otherwise than they should: tabs, keys that are indented, entries with another sign than
//! a dash, comments of other languages; and colons without a space.

use super::mender::{BlockEdit, Mender};
use crate::diagnostic::{Code, Edit};
use crate::page::front_matter::{explain, lists};
use crate::source::Span;

impl Mender<'_> {
    /// Tabs, an indented key at the top, and a line that continues the one above without indentation.
    pub(super) fn indentation(&mut self, row: Span, first: bool, changes: &mut Vec<BlockEdit>) {
        let line = row.of(&self.block.text);
        let rest = line.trim_start();
        let space = Span::new(row.start, row.start + line.len() - rest.len());
        let place = Span::new(space.start, row.end);
        let shown = explain::brief(rest);
        let (message, help, new) = if space.of(&self.block.text).contains(['\t', '\u{a0}']) {
            let plain = space.of(&self.block.text).replace('\t', "  ").replace('\u{a0}', " ");
            let new = if first { String::new() } else { plain };
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
        let is_tab = change.span.of(&self.block.text).contains('\t');
        let with = if is_tab { "a tab" } else { "no-break spaces, which YAML takes for letters" };
        let message = format!("`{shown}` is indented with {with}");
        let finding = self.finding(Code::FrontMatterSpacing, place, message);
        let help = if is_tab { "Use spaces: YAML does not read tabs." } else { "Use plain spaces." };
        self.tell(finding.with_help(help), "use spaces", change);
    }

    /// An entry with another sign than a dash and a space.
    pub(super) fn bullet(&mut self, row: Span, length: usize, entry: &str, changes: &mut Vec<BlockEdit>) {
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
    pub(super) fn space_after_colon(&mut self, row: Span, at: usize, changes: &mut Vec<BlockEdit>) {
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
}

/// The colon of a line that is a key and its value, but for the space between them; no address.
fn spaceless_key(line: &str) -> Option<usize> {
    let (key, after) = line.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let well = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_name);
    (well && after.starts_with(|c: char| c.is_alphanumeric() || "[\"'".contains(c))).then_some(key.len())
}

/// What a comment says that begins as in HTML or in a program.
fn foreign_comment(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let inside = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.or_else(|| line.strip_prefix("// ")).map(str::trim)
}
