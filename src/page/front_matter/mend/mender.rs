//! What a block is mended with: whether a text can be read, what is told, and what is to be written.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::front_matter::block::MatterBlock;
use crate::page::front_matter::tree::{self, Cause, Document, Fault, YamlKind, YamlNode};
use crate::source::{SourcePath, Span};

/// A replacement in the text of a block.
#[derive(Clone)]
pub(super) struct BlockEdit {
    pub(super) span: Span,
    pub(super) text: String,
}

/// What mends a block, chunk by chunk, and tells of it.
pub(super) struct Mender<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) block: &'a MatterBlock,
    pub(super) anchors: HashSet<&'a str>,
    pub(super) findings: Vec<Diagnostic>,
    /// The finding for tabs in the chunk at hand, and that for entries without a dash: one, however many lines have them.
    pub(super) tabs: Option<usize>,
    pub(super) bullets: Option<usize>,
}

impl Mender<'_> {
    /// Whether a text is a map by itself. An alias to what stands elsewhere is not held against it.
    pub(super) fn stands(&self, text: &str) -> Result<(), Fault> {
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

    pub(super) fn finding(&self, code: Code, place: Span, message: String) -> Diagnostic {
        Diagnostic::new(code, self.path, self.block.span(place), message)
    }

    pub(super) fn tell(&mut self, finding: Diagnostic, title: &str, change: BlockEdit) {
        let edit = Edit { span: self.block.span(change.span), replacement: change.text };
        let fix = Fix { title: title.to_owned(), edits: vec![edit] };
        self.findings.push(finding.with_fix(fix));
    }
}

/// The names that a text may give to its values.
pub(super) fn anchors(text: &str) -> HashSet<&str> {
    text.match_indices('&').map(|(at, _)| word(&text[at + 1..])).collect()
}

/// The name at the start of a text; of an endless one, enough to tell it from others.
fn word(text: &str) -> &str {
    let end = |(_, c): &(usize, char)| c.is_whitespace() || ",[]{}".contains(*c);
    let at = text.char_indices().take(100).find(end).or_else(|| text.char_indices().nth(100));
    at.map_or(text, |(at, _)| &text[..at])
}
