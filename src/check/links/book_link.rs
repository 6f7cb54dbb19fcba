//! Links into other books that lead nowhere there, as far as is known of them.

use super::reference::Reference;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{BookPlace, Edition, Problem};

/// What is wrong with a link into a book.
pub(super) fn judge(site: &Edition, place: BookPlace, reference: &Reference<'_>) -> Option<Diagnostic> {
    let resolution = reference.resolution;
    let named = site.books.at(place.book)?;
    let book = &named.name;
    let path = named.path_of(reference.target.trim())?;
    let written = reference.target.split_once('#').map_or("", |(_, fragment)| fragment);
    let (code, message, help) = match resolution.problem.as_ref()? {
        Problem::Case(real) => (
            Code::LinkCase,
            format!("`{path}` has other capitals than the page's address in the book `{book}`, `{real}`"),
            format!("Write `{real}`: computers that serve websites tell capitals from small letters."),
        ),
        Problem::NoHeading(meant) => (
            Code::BrokenAnchor,
            format!("the page `{path}` of the book `{book}` has no heading `#{written}`"),
            match meant {
                Some(meant) => format!("Did you mean `#{meant}`?"),
                None => "Leave out what follows `#`, or look for the heading's new name.".to_owned(),
            },
        ),
        Problem::HeadingCase(real) => (
            Code::AnchorCase,
            format!("`#{written}` has other capitals than the heading's id in the book `{book}`, `#{real}`"),
            format!("Write `#{real}`: browsers tell capitals from small letters here."),
        ),
        _ => (
            Code::BrokenLink,
            format!("the book `{book}` has no page at `{path}`"),
            match named.meant(&path) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => {
                    format!("Look for the page in the book, or run `bokworm books` to see how old `{}` is.", named.file)
                }
            },
        ),
    };
    let finding = Diagnostic::new(code, reference.path, reference.span, message);
    Some(finding.with_help(help).with_target(resolution.address.clone()))
}
