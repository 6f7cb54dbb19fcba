//! A section of a page, cut out of one text and put into another: a heading with all that stands below it, and the
//! definitions of links and footnotes that it needs from elsewhere on its page.

use std::collections::BTreeSet;

use crate::diagnostic::Edit;
use crate::page::{Page, Piece};
use crate::source::Span;

/// A section of a page.
#[derive(Debug)]
pub struct PageSection {
    /// From its heading to the next one that is as high.
    pub span: Span,
    /// Definitions elsewhere that it alone needs: they go along.
    taken: Vec<Span>,
    /// Definitions elsewhere that others need, too.
    copied: Vec<Span>,
}

/// Why a section can't be cut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncut {
    /// Its heading stands in a box, a list or a quotation.
    Inside,
    /// What stays needs a definition that stands in it.
    Defines(String),
}

impl PageSection {
    /// The section of a heading of a page.
    ///
    /// # Errors
    /// If it is no part of the page that can be cut out.
    pub fn of(page: &Page, heading: usize) -> Result<Self, Uncut> {
        let span = span(page, heading).ok_or(Uncut::Inside)?;
        let is_in = |at: usize| (span.start..span.end).contains(&at);
        let (mut taken, mut copied) = (Vec::new(), Vec::new());
        for definition in definitions(page) {
            let uses = definition.uses(page);
            let (inside, outside): (Vec<usize>, Vec<usize>) = uses.into_iter().partition(|at| is_in(*at));
            match is_in(definition.span.start) {
                true if !outside.is_empty() => return Err(Uncut::Defines(definition.label.to_owned())),
                false if !inside.is_empty() && outside.is_empty() => taken.push(definition.span),
                false if !inside.is_empty() => copied.push(definition.span),
                _ => {}
            }
        }
        Ok(Self { span, taken, copied })
    }

    /// The bytes of the page that come to stand elsewhere.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.span).chain(self.taken.iter().copied()).chain(self.copied.iter().copied())
    }

    /// Those of them that are left nowhere else.
    pub fn gone(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.span).chain(self.taken.iter().copied())
    }

    /// A label that comes along and that another page defines, too.
    pub fn clash<'t>(&self, page: &'t Page, other: &Page) -> Option<&'t str> {
        let labels: BTreeSet<String> =
            definitions(other).into_iter().map(|definition| definition.label.to_lowercase()).collect();
        let comes = |at: usize| self.spans().any(|span| (span.start..span.end).contains(&at));
        let own = definitions(page).into_iter().filter(|definition| comes(definition.span.start));
        own.map(|definition| definition.label).find(|label| labels.contains(&label.to_lowercase()))
    }

    /// The page's text without it; some of what stays is written otherwise.
    pub fn left(&self, text: &str, edits: &[Edit]) -> String {
        let gone = self.gone().map(|span| Edit { span, replacement: String::new() });
        let mut edits: Vec<Edit> = edits.iter().filter(|edit| !self.holds(edit)).cloned().chain(gone).collect();
        edits.sort_by_key(|edit| edit.span);
        let left = Edit::all_in(text, &edits);
        let was_last = self.span.end == text.len() || !self.taken.is_empty();
        if was_last { bare(&left).to_owned() + line_end(text) } else { left }
    }

    /// Its own text with what it takes along; some of it is written otherwise.
    pub fn text(&self, text: &str, edits: &[Edit]) -> String {
        let below = |span: Span| Span::new(span.start - self.span.start, span.end - self.span.start);
        let inside = edits.iter().filter(|edit| self.holds(edit));
        let edits: Vec<Edit> = inside.map(|edit| Edit { span: below(edit.span), ..edit.clone() }).collect();
        let mut out = bare(&Edit::all_in(self.span.of(text), &edits)).to_owned();
        let mut along: Vec<Span> = self.spans().skip(1).collect();
        along.sort_unstable();
        for (at, span) in along.into_iter().enumerate() {
            out += if at == 0 { "\n\n" } else { "\n" };
            out += bare(span.of(text));
        }
        out
    }

    fn holds(&self, edit: &Edit) -> bool {
        self.span.start <= edit.span.start && edit.span.end <= self.span.end
    }
}

/// Where a section that comes to a page begins: behind that of a heading, or at the page's end; before the definitions there.
pub fn place_behind(page: &Page, heading: Option<usize>) -> Option<usize> {
    match heading {
        Some(heading) => Some(span(page, heading)?.end),
        None => Some(before_definitions(page, page.text.len())),
    }
}

/// A text with another put in between two parts, apart from both by an empty line, and where that stands then.
pub fn put_in(head: &str, section: &str, tail: &str) -> (String, Span) {
    let end = line_end(if head.is_empty() { tail } else { head });
    let mut out = bare(head).to_owned();
    if !out.is_empty() {
        out += &end.repeat(2);
    }
    let start = out.len();
    out += &section.replace("\r\n", "\n").replace('\n', end);
    let span = Span::new(start, out.len());
    out += end;
    let tail = tail.trim_start_matches(['\n', '\r']);
    if !tail.is_empty() {
        out += end;
        out += tail;
    }
    (out, span)
}

/// A text without the ends of lines at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['\n', '\r'])
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A heading and all below it; nothing for one that stands in something else.
fn span(page: &Page, heading: usize) -> Option<Span> {
    let own = page.headings.get(heading)?;
    let start = line_start(page, heading)?;
    let outer: BTreeSet<usize> = page.body.iter().filter_map(as_heading).collect();
    if !outer.contains(&heading) {
        return None;
    }
    let mut after = outer.into_iter().filter(|&other| other > heading && page.headings[other].level <= own.level);
    let end = after.find_map(|other| line_start(page, other));
    Some(Span::new(start, end.unwrap_or_else(|| before_definitions(page, page.text.len()).max(own.span.end))))
}

fn as_heading(piece: &Piece) -> Option<usize> {
    match piece {
        Piece::Heading(heading) => Some(*heading),
        _ => None,
    }
}

/// Where the line of a heading begins; nothing if something stands before it there, such as the mark of a list.
fn line_start(page: &Page, heading: usize) -> Option<usize> {
    let start = page.headings[heading].span.start;
    let line = page.text[..start].rfind('\n').map_or(0, |at| at + 1);
    page.text[line..start].trim().is_empty().then_some(line)
}

/// Where the definitions begin that end a page, if any do.
fn before_definitions(page: &Page, end: usize) -> usize {
    let mut at = end;
    for definition in definitions(page).iter().rev() {
        if definition.span.end > at || !page.text[definition.span.end..at].trim().is_empty() {
            break;
        }
        at = definition.span.start;
    }
    at
}

/// A line that says where a label leads, or the lines of a footnote.
struct Definition<'t> {
    /// With its caret, if it is a footnote's.
    label: &'t str,
    span: Span,
}

impl Definition<'_> {
    /// Where something is said by it.
    fn uses(&self, page: &Page) -> Vec<usize> {
        if self.label.starts_with('^') {
            let written = format!("[{}]", self.label);
            let all = page.text.match_indices(&written).map(|(at, _)| at);
            return all.filter(|at| *at != self.start_of_label(&page.text) && !is_code(page, *at)).collect();
        }
        let holds = |place: Span| self.span.start <= place.start && place.end <= self.span.end;
        let links = page.links.iter().filter(|link| holds(link.span.place) && !holds(link.span.whole));
        links.map(|link| link.span.whole.start).collect()
    }

    fn start_of_label(&self, text: &str) -> usize {
        self.span.start + self.span.of(text).find('[').unwrap_or_default()
    }
}

/// All definitions of a page, in order.
fn definitions(page: &Page) -> Vec<Definition<'_>> {
    let text = &*page.text;
    let mut found: Vec<Definition<'_>> = Vec::new();
    let mut start = page.body_start;
    // Whether the lines of a footnote may go on.
    let mut note_ends: Option<bool> = None;
    for line in text[page.body_start..].split_inclusive('\n') {
        let own = Span::new(start, start + line.len());
        start = own.end;
        let is_blank = line.trim().is_empty();
        if let Some(label) = label(line).filter(|_| !is_code(page, own.start)) {
            found.push(Definition { label, span: own });
            note_ends = label.starts_with('^').then_some(false);
            continue;
        }
        match (note_ends, found.last_mut()) {
            (Some(_), Some(_)) if is_blank => note_ends = Some(true),
            (Some(after_blank), Some(note)) if !after_blank || line.starts_with([' ', '\t']) => {
                note.span.end = own.end;
                note_ends = Some(false);
            }
            _ => note_ends = None,
        }
    }
    found
}

/// The label that a line defines.
fn label(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    if line.len() - rest.len() > 3 {
        return None;
    }
    let (label, _) = rest.strip_prefix('[')?.split_once("]:")?;
    (!label.trim().is_empty() && !label.contains(['[', ']'])).then_some(label)
}

fn is_code(page: &Page, at: usize) -> bool {
    let spans = page.code.iter().map(|code| code.span).chain(page.code_spans.iter().chain(&page.comments).copied());
    spans.into_iter().any(|span| (span.start..span.end).contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Dialect, parse};
    use crate::source::{Source, SourcePath};

    fn page(text: &str) -> Page {
        parse(&Source { path: SourcePath::content("a.md"), text: text.into() }, Dialect::OWN)
    }

    fn cut(text: &str, heading: usize) -> Result<[String; 2], Uncut> {
        let page = page(text);
        let section = PageSection::of(&page, heading)?;
        Ok([section.left(text, &[]), section.text(text, &[])])
    }

    #[test]
    fn a_section_goes_to_the_next_heading_as_high() {
        let text = "# T\n\nx\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\nc\n";
        assert_eq!(cut(text, 1).unwrap(), ["# T\n\nx\n\n## C\n\nc\n", "## A\n\na\n\n### B\n\nb"]);
        assert_eq!(cut(text, 2).unwrap(), ["# T\n\nx\n\n## A\n\na\n\n## C\n\nc\n", "### B\n\nb"]);
        assert_eq!(cut(text, 3).unwrap(), ["# T\n\nx\n\n## A\n\na\n\n### B\n\nb\n", "## C\n\nc"]);
    }

    #[test]
    fn definitions_go_along_as_far_as_they_are_needed() {
        let text = "## A\n\n[one][1] [two][2] n[^n]\n\n## B\n\n[two][2] m[^m]\n\n[1]: one.md\n[2]: two.md\n[^n]: Note\n    more\n\n[^m]: Other\n";
        assert_eq!(
            cut(text, 0).unwrap(),
            [
                "## B\n\n[two][2] m[^m]\n\n[2]: two.md\n\n[^m]: Other\n",
                "## A\n\n[one][1] [two][2] n[^n]\n\n[1]: one.md\n[2]: two.md\n[^n]: Note\n    more"
            ]
        );
        let text = "## A\n\n[1]: one.md\n\n## B\n\n[one][1]\n";
        assert_eq!(cut(text, 0), Err(Uncut::Defines("1".into())));
    }

    #[test]
    fn what_stands_inside_of_something_stays() {
        assert_eq!(cut("- ## A\n\n  a\n\n## B\n", 0), Err(Uncut::Inside));
        assert_eq!(cut("> ## A\n\n## B\n", 0), Err(Uncut::Inside));
        assert_eq!(cut("<BoxOut>\n\n## A\n\n</BoxOut>\n", 0), Err(Uncut::Inside));
    }

    #[test]
    fn a_section_comes_in_apart_from_what_is_there() {
        let (text, span) = put_in("# A\r\n", "## B\n\nb", "");
        assert_eq!((text.as_str(), span.of(&text)), ("# A\r\n\r\n## B\r\n\r\nb\r\n", "## B\r\n\r\nb"));
        assert_eq!(put_in("a\n\n", "b", "[1]: c\n").0, "a\n\nb\n\n[1]: c\n");
        let there = page("# T\n\n## A\n\na\n\n## B\n\n[b][1]\n\n[1]: b.md\n");
        assert_eq!(place_behind(&there, Some(1)), there.text.find("## B"));
        assert_eq!(place_behind(&there, None), there.text.find("[1]:"));
    }
}
