//! The ids that a body brings besides its headings': `id="…"` and `<a name="…">`
//! of raw HTML, in what is written already. Knows HTML attributes, no elements, so that
//! among raw HTML it finds those of headings, too.

use memchr::memmem;

use crate::page::facts::{Link, Piece};

/// All ids in a body, in order; only those of its references where all other HTML is Markdown's.
pub fn collect(has_html: bool, body: &[Piece], links: &[Link]) -> Vec<String> {
    let mut ids = Vec::new();
    let mut attributed = links.iter().filter(|link| !link.attributes.is_empty()).peekable();
    if !has_html && attributed.peek().is_none() {
        return ids;
    }
    // Made once: a body has a hundred pieces.
    let names = [" id=", " name="].map(memmem::Finder::new);
    if has_html {
        of_pieces(body, &names, &mut ids);
    }
    for attribute in attributed.flat_map(|link| &link.attributes) {
        let names_it = matches!(attribute.name.as_str(), "id" | "name");
        ids.extend(names_it.then(|| attribute.value.clone()).filter(|id| !id.is_empty() && id.len() <= 200));
    }
    ids
}

fn of_pieces(pieces: &[Piece], names: &[memmem::Finder<'_>], ids: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            Piece::Html(html) => of_html(html, names, ids),
            Piece::Component { body, .. } => of_pieces(body, names, ids),
            _ => {}
        }
    }
}

fn of_html(html: &str, names: &[memmem::Finder<'_>], ids: &mut Vec<String>) {
    for name in names {
        for at in name.find_iter(html.as_bytes()) {
            let rest = &html[at + name.needle().len()..];
            let value = match rest.as_bytes().first() {
                Some(&quote @ (b'"' | b'\'')) => rest[1..].split(char::from(quote)).next(),
                _ => rest.split([' ', '>', '\n', '\t', '/']).next(),
            };
            if let Some(value) = value.filter(|value| !value.is_empty() && value.len() <= 200) {
                ids.push(value.to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_however_they_are_quoted() {
        let html = "<p id=\"a\"><i class=x id='b'><a name=c></a><td id=d>".to_owned();
        assert_eq!(collect(true, &[Piece::Html(html)], &[]), ["a", "b", "d", "c"]);
    }
}
