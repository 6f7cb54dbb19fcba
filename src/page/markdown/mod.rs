//! A page's body: Markdown with components, read once and taken apart into HTML
//! and the places that other pages or the site decide.
//!
//! ```text
//! body ──► prepare ──► pulldown-cmark ──► collect ──► write ──► pieces
//! ```
//!
//! `prepare` hides from the library what it doesn't know, `collect` finds it again
//! in what the library read, `write` makes HTML of the rest.

mod clean;
mod escape;
mod html;
mod tag;
mod autolink;
mod component_marks;
mod nodes;
mod prepare;
mod unmeant;
mod collect;
mod write;
mod plain;

#[cfg(test)]
mod tests;

pub use html::is_element as is_html_element;
pub use plain::plain_html;

use self::component_marks::MAX_COMPONENTS;
use self::prepare::{Prepared, Reading};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::dialect::Known;
use crate::page::facts::PageBody;
use crate::page::front_matter::FrontMatter;
use crate::source::{SourcePath, Span};

/// A file whose front matter is split off.
pub(super) struct UnreadBody<'a> {
    pub(super) path: &'a SourcePath,
    /// The whole file.
    pub(super) text: &'a str,
    pub(super) meta: &'a FrontMatter,
    pub(super) body: Span,
    pub(super) known: Known,
    /// What is wrong with the front matter.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads the body of a file.
pub(super) fn read(file: UnreadBody<'_>) -> PageBody {
    let UnreadBody { path, meta, body, known, findings, .. } = file;
    let (text, nuls) = clean::clean(body.of(file.text));
    let mut prepared = Prepared::new(&text, body.start, path, Reading { meta, dialect: known.dialect }, known.digest);
    let openings = std::mem::take(&mut prepared.openings);
    let mut comments = std::mem::take(&mut prepared.comments);
    let (mut nodes, found) = collect::collect(&prepared, path, known.dialect);
    let title = nodes.title.map(|number| nodes.headings[number].text.trim().to_owned());
    let first_prose = std::mem::take(&mut nodes.prose);
    let mut code_spans = std::mem::take(&mut nodes.code_spans);
    comments.append(&mut nodes.comments);
    code_spans.sort_unstable();
    comments.sort_unstable();
    let written = write::write(nodes, openings);

    let mut findings: Vec<Diagnostic> = findings.into_iter().chain(prepared.findings).chain(found).collect();
    if let Some(span) = written.too_deep {
        let message = format!("components are nested more than {MAX_COMPONENTS} deep here");
        let help = "Close some of them before: what is deeper is shown without its component.";
        findings.push(Diagnostic::new(Code::TooDeep, path, span, message).with_help(help));
    }
    findings.sort_by_key(|finding| finding.span);
    let mut page = PageBody {
        digest: known.digest,
        content_title: title.filter(|title| !title.is_empty()),
        headings: written.headings,
        code: written.code,
        components: written.components,
        formulas: written.formulas,
        raw_ids: written.raw_ids,
        body: written.pieces,
        links: written.links,
        code_spans,
        comments,
        first_prose,
        findings,
    };
    clean::move_back(&mut page, body.start, &nuls);
    page
}
