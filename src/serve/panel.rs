//! What the preview tells of the page in view: its tags, the lists that it appears
//! in, what links to it, its length, its file. Worked out when it is asked for.

use std::path::Path;

use serde_json::{Value, json};

use super::editor;
use super::findings;
use super::route::Found;
use super::snapshot::Snapshot;
use crate::html::text::{Reader, Stretches};
use crate::page::Piece;
use crate::site::find::Question;
use crate::site::{Edition, PageId, PageOf, address};
use crate::source::LineColumn;

/// What is known of the page at a path of the preview; nothing where there is no page.
pub(super) fn about(snapshot: &Snapshot, content: &Path, path: &str) -> Option<Value> {
    let library = &snapshot.state.library;
    let found = snapshot.find(path).ok()?;
    let Found::File(file, subject) = found else { return None };
    let (site, id) = (&**library.edition(subject.edition), subject.page()?);
    let published = &site.pages[id];
    let tag =
        |label: &String| json!({ "label": label, "href": site.tag(label).map(|tag| href(site, &site.tag_route(tag))) });
    let incoming = library.leading_to(PageOf { edition: subject.edition, page: id }).into_iter();
    let path = &published.page.path;
    let wanted = site.config.preview.editor.as_deref();
    Some(json!({
        "title": published.title,
        "file": path.on_disk(),
        "open": editor::address(wanted, &content.join(path.on_disk()), LineColumn { line: 1, column: 1 }),
        "told": snapshot.told(&file).iter().map(|finding| findings::one(&snapshot.state, finding)).collect::<Vec<_>>(),
        "words": words(&published.page.body),
        "tags": published.page.meta.tags.iter().map(|tagged| tag(&tagged.label)).collect::<Vec<_>>(),
        "lists": lists(snapshot.state.question_to(site), id).map(|page| named(site, page)).collect::<Vec<_>>(),
        "incoming": incoming.map(|from| named(library.edition(from.edition), from.page)).collect::<Vec<_>>(),
    }))
}

fn named(site: &Edition, id: PageId) -> Value {
    let page = &site.pages[id];
    json!({ "title": page.title, "href": href(site, &page.route) })
}

fn href(site: &Edition, route: &str) -> String {
    format!("{}{}", address::encode_path(&site.config.site.base_path), address::encode_page(&site.config.urls, route))
}

/// The pages whose lists the page appears in.
fn lists(question: Question<'_>, id: PageId) -> impl Iterator<Item = PageId> {
    let Question { site, calendar } = question;
    (0..site.pages.len()).filter(move |&asking| {
        let components = &site.pages[asking].page.components;
        components.iter().any(|component| site.list(component, asking, calendar).contains(&id))
    })
}

/// How many words stand in a body, its code and its components' attributes aside.
fn words(body: &[Piece]) -> usize {
    let mut text = String::new();
    gather(body, &mut Stretches::default(), &mut text);
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn gather(body: &[Piece], html: &mut Stretches, text: &mut String) {
    for piece in body {
        match piece {
            Piece::Html(stretch) => html.read(stretch, text),
            Piece::Heading(_) | Piece::HeadingEnd(_) => text.space(),
            Piece::Component { body, .. } => {
                text.space();
                gather(body, html, text);
                text.space();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_without_markup() {
        let body = [
            Piece::Html("<h2 id=\"a\">One <em>t</em>wo</h2><p>three, ".into()),
            Piece::Component { index: 0, body: vec![Piece::Html("<p>four – five</p>".into())] },
            Piece::Html("six</p>".into()),
        ];
        assert_eq!(words(&body), 6);
    }
}
