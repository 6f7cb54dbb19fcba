//! Components that readers see as they are written: since four spaces stand before them, which makes them code, or since
//! their angles are written as entities.

use crate::check::context::{PageContext, SiteContext};
use crate::check::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::html::tag::{self, Syntax};
use crate::page::CodeBlock;
use crate::source::Span;

/// How a tag begins that is written in entities.
const ENTITY: &str = "&lt;";

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = page_context.page;
    findings.extend(page.code.iter().filter_map(|code| indented(context, page_context, code)));
    if page_context.may_hold(ENTITY) {
        let places = page_context.prose().places(ENTITY);
        findings.extend(places.filter_map(|at| in_entities(context, page_context, at)));
    }
}

/// Whether a text is the tag of a component that there is, and nothing else.
fn name_of<'t>(context: &SiteContext<'_>, text: &'t str) -> Option<&'t str> {
    let tag = tag::read(text, 0, Syntax::Jsx).ok().filter(|tag| tag.end == text.len() && !tag.closing)?;
    let name = &text[tag.name];
    let declared = context.site.components.get(name)?;
    (tag.self_closing || !declared.body).then_some(name)
}

/// A component that is all of an indented block.
fn indented(context: &SiteContext<'_>, page_context: &PageContext<'_>, code: &CodeBlock) -> Option<Diagnostic> {
    let (page, text) = (page_context.page, page_context.text());
    let written = code.text.trim();
    if !code.language.is_empty() || !written.starts_with('<') || written.contains('\n') {
        return None;
    }
    let start = code.span.start + code.span.of(text).find(written)?;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let body = page_context.prose().body.min(line);
    let before = text[body..line].trim_end().rsplit('\n').next().unwrap_or_default();
    let is_indented = text[line..start].bytes().all(|b| matches!(b, b' ' | b'\t')) && line < start;
    // What a colon announces is an example.
    if !is_indented || before.trim_end().ends_with(':') {
        return None;
    }
    let name = name_of(context, written)?;
    let span = Span::new(start, start + written.len());
    let message = format!("`<{name}>` is shown as code, since four spaces stand before it");
    let finding = Diagnostic::new(Code::UnreadComponent, &page.path, span, message);
    let finding = finding
        .with_help("Remove the spaces before it; or write it between lines of three backticks if it is an example.");
    let is_in_list =
        before.starts_with([' ', '\t', '-', '*', '+', '>']) || before.starts_with(|c: char| c.is_ascii_digit());
    let edits = vec![Edit { span: Span::new(line, start), replacement: String::new() }];
    Some(if is_in_list {
        finding
    } else {
        finding.with_fix(Fix { title: "remove the spaces before it".into(), edits })
    })
}

/// A component on a line of its own whose angles are entities.
fn in_entities(context: &SiteContext<'_>, page_context: &PageContext<'_>, at: usize) -> Option<Diagnostic> {
    let (page, prose) = (page_context.page, page_context.prose());
    let line = prose.text[..at].rfind('\n').map_or(0, |found| found + 1);
    let written = prose.text[at..].lines().next().unwrap_or_default().trim_end();
    let is_alone = prose.text[line..at].trim().is_empty() && written.ends_with("&gt;") && written.len() < 1_000;
    if !is_alone || prose.is_hidden(at) || is_in_code(prose, at) {
        return None;
    }
    let meant = written.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let name = name_of(context, &meant)?;
    let span = Span::new(at, at + written.len());
    let message = format!("`{name}` is shown as text, since its angles are written as `&lt;` and `&gt;`");
    let finding = Diagnostic::new(Code::UnreadComponent, &page.path, span, message);
    Some(finding.with_help(format!("Write `{meant}`.")).with_fix(Fix::replace(span, meant.clone())))
}

/// Whether an element of HTML around a place shows code.
fn is_in_code(prose: &Prose<'_>, at: usize) -> bool {
    let before = &prose.text[prose.body..at];
    ["pre", "code"].iter().any(|name| {
        let opened = before.rfind(&format!("<{name}"));
        opened.is_some() && opened > before.rfind(&format!("</{name}"))
    })
}
