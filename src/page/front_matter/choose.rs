//! What stands behind an opening line: front matter, front matter that lacks its
//! closing line, or a page's text that begins with a rule. What is front matter
//! is read, mended first if need be.

use super::block::MatterBlock;
use super::split::{self, Fences, Notation};
use super::tree::{self, Document, Fault, YamlKind, YamlNode};
use super::yaml::{self, BlockReading};
use super::{block, explain, known, lost, mend, toml};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::source::{Source, SourcePath, Span};

/// The bytes that a block may have: hundreds of times what pages need.
const MAX_BLOCK: usize = 128 << 10;

/// Reads what stands behind an opening line, and tells where the body begins.
/// Nothing where the opening line turns out to be a rule.
pub(super) fn read_block(source: &Source, fences: &Fences) -> Option<(BlockReading, usize)> {
    let (text, path) = (&*source.text, &source.path);
    if fences.notation == Notation::Toml {
        return read_toml(source, fences);
    }
    let Some(body) = fences.closed else { return read_unclosed(source, fences) };
    if fences.block.end - fences.block.start > MAX_BLOCK {
        let shape = split::shape(fences.block.of(text));
        if !shape.only_keys {
            return read_unclosed(source, fences);
        }
        let mut reading = BlockReading::default();
        let finding =
            Diagnostic::new(Code::OversizedFile, path, fences.opening, "the front matter is too large to be read");
        reading.findings.push(finding.with_help("Keep it below 128 kilobytes."));
        return Some((reading, body));
    }
    let block = MatterBlock::of(text, fences.block);
    let tree = tree::read(&block.text);
    match &tree {
        Ok(Document { root: Some(YamlNode { kind: YamlKind::Map(_), .. }), .. }) => {
            let meant = fences.first || split::shape(&block.text).known;
            return meant.then(|| (read_yaml(path, &block, tree), body));
        }
        Ok(Document { root: None, .. }) if split::is_blank_or_hidden(&block.text) => {
            return fences.first.then(|| (BlockReading::default(), body));
        }
        _ => {}
    }
    let shape = split::shape(&block.text);
    if shape.prose && shape.known_in_head {
        return read_unclosed(source, fences);
    }
    if shape.known
        && let Some(reading) = read_as_toml(source, fences, &block)
    {
        return Some((reading, body));
    }
    let meant = shape.known || (shape.only_keys && fences.first);
    meant.then(|| (read_yaml(path, &block, tree), body))
}

/// Reads a block, mended first if need be.
pub(super) fn read_yaml(path: &SourcePath, block: &MatterBlock, tree: Result<Document, Fault>) -> BlockReading {
    let mend = match tree {
        Ok(document @ Document { root: None | Some(YamlNode { kind: YamlKind::Map(_), .. }), .. }) => {
            match yaml::read(path, block, &document) {
                Ok(reading) => return reading,
                Err(words) => return unreadable(path, block, words),
            }
        }
        _ => mend::mend(path, block),
    };
    let (mended, findings) = mend;
    let mut reading = match tree::read(&mended.text) {
        Ok(document) => yaml::read(path, &mended, &document).unwrap_or_else(|words| unreadable(path, &mended, words)),
        Err(fault) => BlockReading { findings: vec![explain::fault(path, &mended, &fault)], ..BlockReading::default() },
    };
    reading.findings.extend(findings);
    reading
}

fn unreadable(path: &SourcePath, block: &MatterBlock, words: String) -> BlockReading {
    let fault = Fault { at: 0, cause: tree::Cause::Syntax(words) };
    BlockReading { findings: vec![explain::fault(path, block, &fault)], ..BlockReading::default() }
}

/// Reads the keys behind an opening line that no line closes; all else is body.
fn read_unclosed(source: &Source, fences: &Fences) -> Option<(BlockReading, usize)> {
    let text = &*source.text;
    let mut end = fences.block.end.min(fences.block.start + MAX_BLOCK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let whole = MatterBlock::of(text, Span::new(fences.block.start, end));
    let shape = split::shape(&whole.text);
    if !shape.known_in_head {
        return None;
    }
    if let Some(closed) = almost_closed(source, &whole, shape.head) {
        return Some(closed);
    }
    let mut body = whole.offset(shape.head);
    if whole.text.len() == shape.head {
        body = end;
    }
    let block = MatterBlock::of(text, Span::new(fences.block.start, body));
    let mut reading = read_yaml(&source.path, &block, tree::read(&block.text));
    let ended = text[..body].ends_with(['\n', '\r']);
    let replacement = if ended { "---\n" } else { "\n---\n" };
    let replacement = if text.contains("\r\n") { replacement.replace('\n', "\r\n") } else { replacement.to_owned() };
    let fix = Fix { title: "close it with `---`".into(), edits: vec![Edit { span: Span::at(body), replacement }] };
    let message = "the front matter that begins with `---` is never closed";
    let finding = Diagnostic::new(Code::UnclosedFrontMatter, &source.path, fences.opening, message)
        .with_help("Write a line of `---` after its last key. Until then it is taken to end before the first line that is no key.")
        .with_fix(fix);
    reading.findings.push(finding);
    Some((reading, body))
}

/// Reads the keys before a line that was meant to close them, if such a line is what follows them.
fn almost_closed(source: &Source, whole: &MatterBlock, head: usize) -> Option<(BlockReading, usize)> {
    let mut rows = block::lines(&whole.text).take_while(|row| row.start <= head);
    let is_closing =
        |row: &Span| row.start > 0 && (lost::is_fence(row.of(&whole.text)) || row.of(&whole.text) == "...");
    let row = rows.find(is_closing)?;
    let span = whole.span(row);
    let block = MatterBlock::of(&source.text, Span::new(whole.offset(0), span.start));
    let mut reading = read_yaml(&source.path, &block, tree::read(&block.text));
    let shown = span.of(&source.text).trim_end();
    let span = Span::new(span.start, span.start + shown.len());
    let message = format!("`{shown}` does not close the front matter");
    let finding = Diagnostic::new(Code::UnclosedFrontMatter, &source.path, span, message)
        .with_help("Write exactly three dashes, `---`.")
        .with_fix(Fix::replace(span, "---"));
    reading.findings.push(finding);
    Some((reading, split::line_end(&source.text, span.start).1))
}

/// Reads TOML between lines of `---`, if all of it is.
fn read_as_toml(source: &Source, fences: &Fences, block: &MatterBlock) -> Option<BlockReading> {
    let mut reading = toml::read(&source.path, block);
    if !reading.findings.is_empty() || reading.data.is_empty() {
        return None;
    }
    let message = "the front matter between `---` is written as TOML, with `=` where a colon belongs";
    let closing = Span::new(fences.block.end, fences.block.end + 3);
    let edits = [fences.opening, closing].map(|span| Edit { span, replacement: "+++".into() }).to_vec();
    let mut finding = Diagnostic::new(Code::InvalidFrontMatter, &source.path, fences.opening, message)
        .with_help("Write `key: value`, one a line; or lines of `+++` above and below, as TOML has them.")
        .with_fix(Fix { title: "write `+++` above and below".into(), edits });
    // It is read all the same.
    finding.severity = Severity::Warning;
    reading.findings.push(finding);
    Some(reading)
}

/// Reads YAML between lines of `+++`, if all of it is.
fn read_as_yaml(source: &Source, fences: &Fences, block: &MatterBlock) -> Option<(BlockReading, usize)> {
    let body = fences.closed.filter(|_| block.text.len() <= MAX_BLOCK && split::shape(&block.text).known_in_head)?;
    let tree = tree::read(&block.text);
    if !matches!(&tree, Ok(Document { root: Some(YamlNode { kind: YamlKind::Map(_), .. }), .. })) {
        return None;
    }
    let mut reading = read_yaml(&source.path, block, tree);
    let message = "the front matter between `+++` is written as YAML, with a colon where `=` belongs";
    let closing = Span::new(fences.block.end, fences.block.end + 3);
    let edits = [fences.opening, closing].map(|span| Edit { span, replacement: "---".into() }).to_vec();
    let mut finding = Diagnostic::new(Code::InvalidFrontMatter, &source.path, fences.opening, message)
        .with_help("Write lines of `---` above and below, as YAML has them; or `key = \"value\"`, one a line.")
        .with_fix(Fix { title: "write `---` above and below".into(), edits });
    // It is read all the same.
    finding.severity = Severity::Warning;
    reading.findings.push(finding);
    Some((reading, body))
}

/// Reads a block between lines of `+++`; without a closing line it stays text.
fn read_toml(source: &Source, fences: &Fences) -> Option<(BlockReading, usize)> {
    let block = MatterBlock::of(&source.text, fences.block);
    let looks_meant = block::lines(&block.text).any(|row| {
        let key = row.of(&block.text).split_once('=').map(|(key, _)| key.trim());
        key.is_some_and(known::is_known)
    });
    if !looks_meant && let Some(read) = read_as_yaml(source, fences, &block) {
        return Some(read);
    }
    if !looks_meant && !fences.first {
        return None;
    }
    match fences.closed {
        Some(body) if fences.block.end - fences.block.start <= MAX_BLOCK => {
            let reading = toml::read(&source.path, &block);
            (looks_meant || reading.findings.is_empty()).then_some((reading, body))
        }
        _ if looks_meant => {
            let message = "the front matter that begins with `+++` is never closed, so it is shown as text";
            let finding = Diagnostic::new(Code::UnclosedFrontMatter, &source.path, fences.opening, message);
            let findings = vec![finding.with_help("Write a line of `+++` after its last key.")];
            Some((BlockReading { findings, ..BlockReading::default() }, split::text_start(&source.text)))
        }
        _ => None,
    }
}
