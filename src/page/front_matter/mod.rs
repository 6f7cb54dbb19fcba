//! Front matter: found by our own splitter, parsed by gray_matter, read into
//! typed fields, each value with its place in the file.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

mod block;
mod choose;
mod data_file;
mod dates;
mod explain;
mod extent;
mod fields;
pub mod keys;
mod known;
mod lists;
mod lost;
mod mend;
mod meta;
mod outline;
mod slips;
mod split;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod yaml;

pub use data_file::parse_yaml_data;
pub use lost::{FileHead, lost};
pub use meta::{Data, DataSpans, FrontMatter, Neighbour, Tag};
pub(super) use outline::read_yaml_tree;

/// The findings that one block may bring: whoever has more sees the rest after mending these.
const MAX_FINDINGS: usize = 100;

/// A file's two parts.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// The front matter, empty if there is none.
    pub meta: FrontMatter,
    /// The rest of the file, as bytes of it: always ends where the file ends.
    pub body: Span,
    /// What is wrong with the front matter.
    pub findings: Vec<Diagnostic>,
}

/// Splits a file and reads its front matter.
pub fn read(source: &Source) -> Split {
    let text = &*source.text;
    let none = Split { body: Span::new(split::text_start(text), text.len()), ..Split::default() };
    let Some(fences) = split::fences(text) else { return none };
    let Some((reading, body_start)) = choose::read_block(source, &fences) else { return none };
    let (meta, mut findings) = fields::read(source, reading);
    findings.sort_by_key(|finding| finding.span);
    drop_what_follows(&mut findings);
    findings.truncate(MAX_FINDINGS);
    Split { meta, body: Span::new(body_start, text.len()), findings }
}

/// Takes out what is said of a part of a value that is wrong as a whole.
fn drop_what_follows(findings: &mut Vec<Diagnostic>) {
    let wholes: Vec<Span> = findings.iter().filter(|one| one.code == Code::WrongType).map(|one| one.span).collect();
    let follows = |span: Span| {
        let holds = |whole: &Span| *whole != span && whole.start <= span.start && span.end <= whole.end;
        span.start < span.end && wholes.iter().any(holds)
    };
    findings.retain(|finding| finding.code != Code::WrongType || !follows(finding.span));
}
