//! Findings for people: the line with the place underlined, one sentence, and a
//! note with what to do; by file, with a summary by kind at the end.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rayon::prelude::*;

use super::{Files, Located, count, encoded, locate};
use crate::diagnostic::{Code, Diagnostic, Severity, counted};

/// How the report looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether the terminal shows colours.
    pub colour: bool,
    /// Whether the terminal opens a file when its path is clicked.
    pub links: bool,
    /// How many characters fit in a line.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, links: false, width: 100 }
    }
}

/// All findings, then the summary. Nothing at all if there are none.
pub fn report(findings: &[Diagnostic], files: &Files, style: Style) -> String {
    let told = locate(findings, files).par_iter().map(|located| one(located, style) + "\n\n").collect::<Vec<_>>();
    let mut out = told.concat();
    out.push_str(&summary(findings, style));
    out
}

/// One finding without a final line end.
pub fn one(located: &Located<'_>, style: Style) -> String {
    let finding = located.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info | Severity::Off => Level::INFO,
    };
    let excerpt = excerpt(located, style.width);
    let mut group = Group::with_title(level.primary_title(shown(&finding.message)).id(finding.code.as_str()));
    if let Some(excerpt) = &excerpt {
        group = group.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(located.start.line)
                .annotation(AnnotationKind::Primary.span(excerpt.marked.clone())),
        );
    }
    for help in finding.help.iter().flat_map(|help| help.lines()) {
        group = group.element(Level::HELP.message(shown(help)));
    }
    if let Some(fix) = finding.fix.as_ref().filter(|_| finding.help.is_none()) {
        group = group.element(Level::HELP.message(sentence(&fix.title)));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    // Wider than any excerpt, which is cut to the terminal's width already.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(style.width * 2 + 40);
    let text = renderer.render(&[group]);
    let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
    format!("{title}\n{}\n{rest}", origin(located, style))
}

/// The line that says where: written here, since the excerpt's own columns are not the file's.
fn origin(located: &Located<'_>, style: Style) -> String {
    let place = format!("{}:{}:{}", shown(located.shown), located.start.line, located.start.column);
    let place = match located.file.and_then(|file| file.on_disk.as_ref()).filter(|_| style.links) {
        Some(disk) => {
            let url = format!("file://{}", encoded(&disk.to_string_lossy()));
            format!("\x1b]8;;{url}\x1b\\{place}\x1b]8;;\x1b\\")
        }
        None => place,
    };
    let (blue, plain) = if style.colour { ("\x1b[1m\x1b[94m", "\x1b[0m") } else { ("", "") };
    let indent = " ".repeat(located.start.line.to_string().len());
    format!("{indent}{blue}-->{plain} {place}")
}

/// A line of the file, cut so that it fits, and the part of it that is meant.
struct Excerpt {
    text: String,
    marked: std::ops::Range<usize>,
}

/// What of a line was looked at.
struct LinePart<'a> {
    text: &'a str,
    /// Whether the line has more before it.
    begins_before: bool,
    /// Whether the line has more after it.
    goes_on: bool,
}

/// The line where a finding begins. None for a finding about a file as a whole.
fn excerpt(located: &Located<'_>, width: usize) -> Option<Excerpt> {
    let text = &*located.file?.text;
    let span = located.finding.span;
    if span.start == span.end && span.start == 0 || !text.is_char_boundary(span.start) {
        return None;
    }
    // Reports are kept where others read them.
    if located.finding.code == Code::ExposedSecret {
        return None;
    }
    let width = width.saturating_sub(10).max(30);
    // A line may be a whole book: only what can be shown is looked at.
    let reach = 8 * width;
    let back = boundary(text, span.start.saturating_sub(reach));
    let ahead = boundary(text, span.start.saturating_add(reach));
    let line_start = text[back..span.start].rfind('\n').map_or(back, |at| back + at + 1);
    let line_end = text[span.start..ahead].find('\n').map_or(ahead, |at| span.start + at);
    let begins_before = back == line_start && back > 0;
    let goes_on = line_end == ahead && ahead < text.len();
    // A byte order mark isn't seen and takes no column.
    let line_start = if text[line_start..].starts_with('\u{feff}') { line_start + 3 } else { line_start };
    let line = text.get(line_start..line_end)?.trim_end_matches('\r');
    let start = span.start.saturating_sub(line_start).min(line.len());
    let end = boundary(line, span.end.saturating_sub(line_start).max(start));
    Some(cut(&LinePart { text: line, begins_before, goes_on }, start..end, width))
}

/// The nearest character boundary at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A stretch of a line around what is marked, of at most `width` characters.
fn cut(part: &LinePart<'_>, marked: std::ops::Range<usize>, width: usize) -> Excerpt {
    let line = part.text;
    let boundary_before =
        |at: usize, characters: usize| line[..at].char_indices().rev().take(characters).last().map_or(at, |(at, _)| at);
    let boundary_after = |at: usize, characters: usize| {
        line[at..].char_indices().nth(characters).map_or(line.len(), |(offset, _)| at + offset)
    };
    let visible_end = boundary_after(marked.start, width * 2 / 3).min(marked.end);
    let mut from = boundary_before(marked.start, width / 3);
    // A line that fits as a whole is shown as a whole.
    if !part.begins_before && !part.goes_on && boundary_after(0, width) == line.len() {
        from = 0;
    }
    let to = boundary_after(from, width).max(visible_end);
    let mut text = String::new();
    if from > 0 || part.begins_before {
        text.push('…');
    }
    let (mut start, mut end) = (None, None);
    for (at, c) in line[from..to].char_indices() {
        let here = text.len();
        start = start.or((from + at >= marked.start).then_some(here));
        end = end.or((from + at >= visible_end).then_some(here));
        text.push(visible(c));
    }
    let start = start.unwrap_or(text.len());
    let marked = start..end.unwrap_or(text.len()).max(start);
    if to < line.len() || part.goes_on {
        text.push('…');
    }
    Excerpt { text, marked }
}

/// What stands for a character that takes no room or would steer the terminal.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => '␣',
        '\u{80}'..='\u{9f}' => '␣',
        c => c,
    }
}

/// The counts by kind of finding, and what to do next.
fn summary(findings: &[Diagnostic], style: Style) -> String {
    let told: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.severity != Severity::Off).collect();
    if told.is_empty() {
        return String::new();
    }
    let mut by_code: BTreeMap<(std::cmp::Reverse<Severity>, Code), usize> = BTreeMap::new();
    for finding in &told {
        *by_code.entry((std::cmp::Reverse(finding.severity), finding.code)).or_default() += 1;
    }
    let files: std::collections::BTreeSet<_> = told.iter().map(|finding| &finding.path).collect();
    let (errors, warnings, notes) = count(findings);
    let parts: Vec<String> = [(errors, "error"), (warnings, "warning"), (notes, "")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| if what.is_empty() { format!("{number} for information") } else { counted(number, what) })
        .collect();
    let (bold, plain) = if style.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    let mut out = format!("{bold}{} in {}{plain}\n", parts.join(", "), counted(files.len(), "file"));
    let number_width = by_code.values().map(|number| number.to_string().len()).max().unwrap_or(1);
    let code_width = by_code.keys().map(|(_, code)| code.as_str().len()).max().unwrap_or(1);
    for ((severity, code), number) in &by_code {
        let word = severity.0.as_str();
        let (name, summary) = (code.as_str(), code.summary());
        let _ = writeln!(out, "  {number:>number_width$}  {word:<7}  {name:<code_width$}  {summary}");
    }
    let first = by_code.keys().next().map_or("", |(_, code)| code.as_str());
    let _ = writeln!(out, "`bokworm explain {first}` tells more about a kind of finding.");
    let fixable = told.iter().filter(|finding| finding.fix.is_some()).count();
    if fixable > 0 {
        let _ = writeln!(out, "`bokworm check --fix` mends {fixable} of them.");
    }
    out
}

/// An order as a sentence.
fn sentence(order: &str) -> String {
    let mut chars = order.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if order.ends_with(['.', '?', '!']) { "" } else { "." };
    shown(&format!("{first}{}{end}", chars.as_str()))
}

/// Text that can't steer the terminal: control characters are made visible.
fn shown(text: &str) -> String {
    let visible = |c: char| match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(visible).collect()
}
