//! Wiki links, `[[Page name]]` and `![[picture.png]]`: only what can't be a list in brackets, a citation or code.

use super::found::{ForeignMark, Found, rest_of_line};
use crate::check::context::SiteContext;
use crate::diagnostic::Edit;
use crate::site::Published;
use crate::source::{SourcePath, Span};

/// How a link of a wiki begins.
pub(super) const LINK: &str = "[[";

pub(super) fn find(found: &mut Found<'_>, context: &SiteContext<'_>) {
    let prose = found.prose;
    let text = prose.text;
    for at in prose.places(LINK) {
        if prose.is_hidden(at) {
            continue;
        }
        let line = rest_of_line(text, at + 2);
        let Some(close) = line.find("]]") else { continue };
        let (inner, after) = (&line[..close], &line[close + 2..]);
        let is_embedded = text[..at].ends_with('!');
        // `[[text]](target)` is a link with brackets in its text.
        let is_link = after.starts_with(['(', '[', ':', ']']) || text[..at].ends_with(['[', ']']);
        let in_link = found.page.links.iter().any(|link| {
            let whole = link.span.whole;
            whole.start <= at + 1 && at + 1 < whole.end
        });
        if is_link || in_link || inner.len() >= LONGEST {
            continue;
        }
        let start = at - usize::from(is_embedded);
        let span = Span::new(start, at + 4 + close);
        if is_embedded && inner.contains('.') {
            let file = in_angles(inner.split('|').next().unwrap_or(inner));
            note(found, ForeignMark::Embed, span, Some(format!("![text]({file})")));
            continue;
        }
        if is_picture(inner) {
            note(found, ForeignMark::Embed, span, Some("![text](picture.png)".into()));
            continue;
        }
        let page = page_of(context, inner);
        if page.is_some() || is_name(inner) {
            let written = page.map(|page| link_to(&found.page.path, &page.page.path, inner));
            note(found, ForeignMark::Wiki, span, written);
        }
    }
}

/// No name is longer.
const LONGEST: usize = 120;

/// Notes a mark, and what to write in its place.
fn note(found: &mut Found<'_>, mark: ForeignMark, span: Span, written: Option<String>) {
    let edits = written.clone().filter(|_| mark == ForeignMark::Wiki);
    found.note(mark, span, edits.map(|replacement| vec![Edit { span, replacement }]));
    let places = found.places.get_mut(&mark).filter(|places| places.spans == [span]);
    if let (Some(places), Some(written)) = (places, written) {
        places.help = Some(format!("Write `{written}`."));
    }
}

/// The one page of the site that is called like that, or whose file is.
fn page_of<'a>(context: &SiteContext<'a>, inner: &str) -> Option<&'a Published> {
    let name = inner.split(['|', '#']).next().unwrap_or_default().trim();
    let name = name.strip_suffix(".md").unwrap_or(name);
    if name.is_empty() || inner.contains('#') {
        return None;
    }
    context.called().page(name).map(|id| &*context.site.pages[id])
}

/// `File:rose.jpg|thumb`, as in wikis.
fn is_picture(inner: &str) -> bool {
    let file = inner.split_once(':').filter(|(name, _)| ["File", "Image", "Datei", "Bild", "Fichier"].contains(name));
    file.is_some_and(|(_, file)| file.split('|').next().unwrap_or_default().contains('.'))
}

/// A link of Markdown from one file to another.
fn link_to(from: &SourcePath, to: &SourcePath, inner: &str) -> String {
    let text = inner.split_once('|').map_or(inner, |(_, text)| text);
    let folders =
        |folder: &str| folder.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (here, there) = (folders(from.folder()), folders(to.folder()));
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(here.len() - shared);
    let down: String = there[shared..].iter().flat_map(|name| [name.as_str(), "/"]).collect();
    format!("[{}]({})", text.trim(), in_angles(&format!("{up}{down}{}", to.file_name())))
}

/// An address as Markdown reads it, whatever stands in it.
fn in_angles(address: &str) -> String {
    if address.contains([' ', '(', ')']) { format!("<{address}>") } else { address.to_owned() }
}

/// Whether what stands between brackets names a page: several words, a label of its own, a heading or a file.
fn is_name(inner: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || " -_/|#.,'’&()".contains(c);
    let begins = inner.starts_with(|c: char| c.is_alphabetic()) && !inner.ends_with(' ');
    let is_told = inner.contains('|') || inner.ends_with(".md") || inner.contains('#') || inner.split(' ').count() > 1;
    begins
        && inner.len() < 120
        && inner.chars().all(is_part)
        && is_told
        && !inner.contains(", ")
        && !inner.contains("||")
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn only_what_names_a_page_is_a_wiki_link() {
        for name in ["Legal risk", "roles|Roles", "roles.md", "Roles#Tasks"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["1, 2", "nodiscard", " -f file ", "a, b", "x", "i", "-f $a"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
