//! The drawing of the pages around a page, as its template takes it.

use serde::Serialize;
use tera::Value;

use crate::render::graph::{DrawnPage, Neighbourhood, draw};
use crate::render::links::Linker;
use crate::site::{Edition, PageId};

#[derive(Serialize)]
struct DrawingView<'a> {
    width: u32,
    height: u32,
    middle: DrawnPageView<'a>,
    pages: Vec<DrawnPageView<'a>>,
    lines: Vec<String>,
    heads: Vec<String>,
}

#[derive(Serialize)]
struct DrawnPageView<'a> {
    title: &'a str,
    href: String,
    lang: Option<&'a str>,
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    centre: u32,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    text: String,
    base: u32,
}

/// The drawing of a page among those around it.
pub(in crate::render) fn drawing(site: &Edition, linker: &Linker<'_>, id: PageId, around: &Neighbourhood) -> Value {
    let drawing = draw(site, id, &around.drawn(site));
    let page = |drawn: DrawnPage| {
        let published = &site.pages[drawn.page];
        DrawnPageView {
            title: if published.title.is_empty() { &published.route } else { &published.title },
            href: linker.page(&published.route),
            lang: site.language_of_borrowed(drawn.page),
            left: drawn.left,
            top: drawn.top,
            width: drawn.width,
            height: drawn.height,
            centre: drawn.left + drawn.width / 2,
            lines: drawn.lines.into_iter().map(|line| LineView { text: line.text, base: line.base }).collect(),
        }
    };
    Value::from_serializable(&DrawingView {
        width: drawing.width,
        height: drawing.height,
        middle: page(drawing.middle),
        pages: drawing.around.into_iter().map(page).collect(),
        lines: drawing.lines,
        heads: drawing.heads,
    })
}
