//! YAML that cannot be read made readable, key by key: each key with its lines
//! stands for itself, is mended where the mistake is a common one, and is left
//! out, with a finding, where it isn't. One mistake never costs the other keys.

mod mender;
mod indentation;
mod values;

use self::mender::{BlockEdit, Mender, anchors};
use super::block::{MatterBlock, lines};
use super::split::{assigned_key, key_of};
use super::tree::Fault;
use super::{explain, known, lists};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::{SourcePath, Span};

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

impl Mender<'_> {
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
}

/// Whether a line below a key without a value is an entry but for its dash.
fn lacks_dash(chunk: &str, line: &str) -> bool {
    let first = chunk.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_empty = first.split_once(':').is_some_and(|(_, value)| value.trim().is_empty());
    is_empty && line.starts_with(char::is_alphanumeric) && !line.contains([':', '{', '['])
}

/// Whether a line ends with `|` or `>`, so that the lines below are text as they are.
fn opens_verbatim(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['+', '-']).trim_end_matches(|c: char| c.is_ascii_digit());
    [": |", ": >", "- |", "- >"].iter().any(|end| line.ends_with(end))
}
