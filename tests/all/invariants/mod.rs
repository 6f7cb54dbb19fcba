//! What holds for every page, whatever its file says: shared by the property
//! test and the fuzz target.

use std::sync::Arc;

use bokworm::page::{self, Page, Piece};
use bokworm::source::{Source, SourcePath, Span};

/// Reads a text as a page and checks what must hold for it.
pub fn check(text: &str) {
    let source = Source { path: SourcePath::content("page.md"), text: Arc::from(text) };
    let page = page::parse(&source, page::Dialect::OWN);
    check_spans(&page, text);
    check_targets(&page, text);
    let mut ends = Vec::new();
    check_pieces(&page, &page.body, &mut ends);
    let html = page::plain_html(&page);
    assert!(!html.contains('\0'), "a page holds NUL");
    // An id keeps only a heading's letters, small: `<Bo&kTag>` in a text may come out as a token would.
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if !letters.contains("bok") {
        check_tokens(&page, &html);
    }
    let again = page::parse(&source, page::Dialect::OWN);
    assert_eq!(html, page::plain_html(&again), "two readings differ");
    assert_eq!(page.findings, again.findings, "two readings find different things");
}

/// Every span lies in the file, on character boundaries.
fn check_spans(page: &Page, text: &str) {
    let inside = |span: Span| {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of a text of {} bytes", text.len());
    };
    page.findings.iter().for_each(|finding| inside(finding.span));
    for edit in page.findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits) {
        inside(edit.span);
    }
    page.headings.iter().for_each(|heading| inside(heading.span));
    page.links.iter().for_each(|link| {
        inside(link.span.whole);
        inside(link.span.place);
    });
    page.code.iter().for_each(|code| inside(code.span));
    page.code_spans.iter().chain(&page.comments).for_each(|span| inside(*span));
    for component in &page.components {
        inside(component.span);
        component.attributes.iter().for_each(|attribute| inside(attribute.span));
    }
}

/// What is written where a link's target stands says where the link leads, and nothing else: with another letter at its
/// end, the link leads elsewhere, and all others lead where they did.
fn check_targets(page: &Page, text: &str) {
    let exact = page.links.iter().filter_map(|link| Some((link, link.span.target()?)));
    for (link, span) in exact.filter(|(_, span)| span.of(text).ends_with(|c: char| c.is_ascii_alphabetic())).take(3) {
        let letter = if link.target.ends_with('q') { 'p' } else { 'q' };
        let changed = format!("{}{letter}{}", &text[..span.end - 1], &text[span.end..]);
        let source = Source { path: SourcePath::content("page.md"), text: Arc::from(changed) };
        let after = page::parse(&source, page::Dialect::OWN);
        let wanted = page.links.iter().map(|other| match other.span.target() {
            Some(same) if same == span => format!("{}{letter}", &other.target[..other.target.len() - 1]),
            _ => other.target.clone(),
        });
        let found: Vec<&str> = after.links.iter().map(|link| &*link.target).collect();
        assert_eq!(found, wanted.collect::<Vec<_>>(), "another letter at {span:?} of {text:?}");
    }
}

/// Every piece leads to what it stands for.
fn check_pieces(page: &Page, pieces: &[Piece], open: &mut Vec<usize>) {
    for piece in pieces {
        match piece {
            Piece::Html(html) => assert!(!html.is_empty(), "a piece of nothing"),
            Piece::Heading(heading) | Piece::HeadingEnd(heading) => {
                assert!(*heading < page.headings.len(), "a heading that the page doesn't have");
            }
            Piece::Link(link) => {
                assert!(*link < page.links.len(), "a link that the page doesn't have");
                open.push(*link);
            }
            Piece::LinkEnd(link) => assert!(open.contains(link), "a link ends that never began"),
            Piece::Image(link) | Piece::Address(link) => assert!(*link < page.links.len(), "no such link"),
            Piece::Formula(formula) => assert!(*formula < page.formulas.len(), "no such formula"),
            Piece::Code(code) => assert!(*code < page.code.len(), "no such code"),
            // Raw HTML may open and close tables as it likes.
            Piece::Table | Piece::TableEnd => {}
            Piece::Component { index, body } => {
                let component = &page.components[*index];
                let links = component.attributes.iter().filter_map(|attribute| attribute.link);
                links.for_each(|link| assert!(link < page.links.len(), "no such link"));
                check_pieces(page, body, open);
            }
        }
    }
}

/// Nothing shows of how components were carried through the library.
fn check_tokens(page: &Page, html: &str) {
    let clean = |text: &str| assert!(!text.contains("bok"), "a token shows in {text:?}");
    clean(html);
    page.headings.iter().for_each(|heading| clean(&heading.text));
    for link in &page.links {
        clean(&link.target);
        clean(&link.text);
        link.attributes.iter().for_each(|attribute| clean(&attribute.value));
    }
    for code in &page.code {
        clean(&code.text);
        clean(code.title.as_deref().unwrap_or_default());
    }
    page.findings.iter().for_each(|finding| clean(&finding.message));
    clean(&page.first_prose);
}
