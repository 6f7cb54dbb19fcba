//! What Tera tells of templates that can't be read or rendered, as findings at their places.

use std::ops::Range;

use tera::ErrorKind;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Root, Source, SourcePath, Span};

/// The prefix under which every file of the built-in theme can be named, also where a site replaces it.
pub(super) const THEME: &str = "theme/";

/// A template's error as a finding: its file, its place, its cause, and the page that it came up on.
pub(super) fn template_finding(error: &tera::Error, page: Option<&str>) -> Diagnostic {
    let on_page = page.map(|page| format!(" (met while rendering `{page}`)")).unwrap_or_default();
    let help = "mend the template, or remove it from `templates/` to go back to the built-in theme's";
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let path = template_path(report.filename());
            let message = format!("{}{on_page}", report.message());
            Diagnostic::new(Code::TemplateError, &path, Span::new(range.start, range.end.max(range.start)), message)
        }
        other => {
            let path = template_path("base.html");
            Diagnostic::new(Code::TemplateError, &path, Span::default(), format!("{other}{on_page}"))
        }
    }
    .with_help(help)
}

/// Where a template fails, for people: `components/Stars.html:2:17`.
pub(super) fn template_place(error: &tera::Error) -> Option<String> {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else { return None };
    let (path, span) = (template_path(report.filename()), report.span());
    Some(format!("{}:{}:{}", path.on_disk(), span.start_line, span.start_col + 1))
}

/// An error in loading the templates: Tera tells its place only in words (`--> page.html:2:17`).
pub(super) fn loading_finding(error: &tera::Error, own: &[Source]) -> Diagnostic {
    let finding = template_finding(error, None);
    if let Some((source, span)) = naming(error).and_then(|naming| naming.find(own)) {
        return Diagnostic { path: source.path.clone(), span, ..finding };
    }
    let told = error.to_string();
    let place = told.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let Some((name, line, column)) = place.and_then(split_place) else { return finding };
    let Some(source) = own.iter().find(|source| source.path.as_str() == name) else { return finding };
    let message = told.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let before: usize = source.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let in_line = source.text[before..].chars().take(column - 1).map(char::len_utf8).sum::<usize>();
    let start = (before + in_line).min(source.text.len());
    let marked = told.lines().filter(|line| line.contains('^')).map(|line| line.matches('^').count()).next();
    let end =
        source.text[start..].char_indices().nth(marked.unwrap_or(1)).map_or(source.text.len(), |(at, _)| start + at);
    Diagnostic { path: source.path.clone(), span: Span::new(start, end), message, ..finding }
}

/// The tag of a template that names another which can't be had.
struct Naming<'a> {
    template: &'a str,
    tag: &'static str,
    named: Option<&'a str>,
}

/// Where an error lies for which Tera tells no place.
fn naming(error: &tera::Error) -> Option<Naming<'_>> {
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            Some(Naming { template: current, tag: "extends", named: Some(parent) })
        }
        ErrorKind::CircularExtend { tpl, .. } => Some(Naming { template: tpl, tag: "extends", named: None }),
        ErrorKind::CircularInclude { tpl, include_chain } => {
            Some(Naming { template: tpl, tag: "include", named: include_chain.get(1).map(String::as_str) })
        }
        _ => None,
    }
}

impl Naming<'_> {
    /// The template and the tag in it; without a name, the first of its kind.
    fn find<'s>(&self, own: &'s [Source]) -> Option<(&'s Source, Span)> {
        let source = own.iter().find(|source| source.path.as_str() == self.template)?;
        let tags = source.text.match_indices("{%").filter_map(|(start, _)| {
            let length = source.text[start..].find("%}")? + 2;
            Some(start..start + length)
        });
        let is_it = |tag: &Range<usize>| {
            let inside = source.text[tag.clone()].trim_start_matches(['{', '%', '-']).trim_start();
            inside.starts_with(self.tag) && self.named.is_none_or(|named| inside.contains(named))
        };
        tags.into_iter().find(is_it).map(|tag| (source, Span::new(tag.start, tag.end)))
    }
}

/// `page.html:2:17` taken apart; lines and columns count from 1.
fn split_place(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.trim_end().rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    let (line, column) = (line.parse().ok()?, column.parse().ok()?);
    (line > 0 && column > 0).then_some((name, line, column))
}

fn template_path(name: &str) -> SourcePath {
    match name.strip_prefix(THEME) {
        Some(built_in) => SourcePath::new(Root::Theme, built_in),
        None => SourcePath::new(Root::Templates, name),
    }
}
