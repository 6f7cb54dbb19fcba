//! Text inside a component that shows none: readers never see it.

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Piece;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = page_context.page;
    if page.components.is_empty() {
        return;
    }
    let mut vain = Vec::new();
    collect(&page.body, &mut |index, body| {
        let component = &page.components[index];
        let shows_none = context.site.components.get(&component.name).is_some_and(|declared| !declared.body);
        if shows_none && body.iter().any(says_something) {
            vain.push(index);
        }
        // What stands further inside vanishes with it.
        !shows_none
    });
    for component in vain.into_iter().map(|index| &page.components[index]) {
        let name = &component.name;
        let message = format!("`{name}` does not show what stands inside it, so readers never see that");
        let help = format!("Write `<{name} … />`, take `</{name}>` away, and put the text after it.");
        findings.push(Diagnostic::new(Code::IgnoredBody, &page.path, component.span, message).with_help(help));
    }
}

/// Tells of each component and its body, and goes on into the body where that is wanted.
fn collect(pieces: &[Piece], tell: &mut impl FnMut(usize, &[Piece]) -> bool) {
    for piece in pieces {
        if let Piece::Component { index, body } = piece
            && tell(*index, body)
        {
            collect(body, tell);
        }
    }
}

/// Whether a reader would see something of a piece.
fn says_something(piece: &Piece) -> bool {
    match piece {
        Piece::Html(html) => has_words(html),
        Piece::HeadingEnd(_) | Piece::LinkEnd(_) | Piece::TableEnd => false,
        _ => true,
    }
}

/// Whether anything but tags, comments and white space stands in HTML.
fn has_words(html: &str) -> bool {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if !rest[..open].trim().is_empty() {
            return true;
        }
        let end = if rest[open..].starts_with("<!--") { "-->" } else { ">" };
        rest = rest[open..].find(end).map_or("", |close| &rest[open + close + end.len()..]);
    }
    !rest.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::has_words;

    #[test]
    fn tags_and_comments_are_no_words() {
        assert!(has_words("<p>Words</p>") && has_words("a") && has_words("<!-- a -->b"));
        assert!(!has_words("\n<p></p>\n") && !has_words("<!-- <p>a</p> -->") && !has_words(" \n"));
    }
}
