//! The site as a book for e-readers (EPUB 3): one file of XHTML a page in the order of the sidebar, contents, a title page, the
//! pictures that pages show. What stands in it follows from pages as they are rendered, read as a tree and written anew,
//! so that no page can break it, whatever it holds.

mod address;
mod clean;
mod collect;
mod document;
mod drawn;
mod fit;
mod nav;
mod package;
mod place;

pub(crate) use drawn::file as drawing_file;

use crate::render::card;
use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::{BoundBook, BoundContent, BoundPart, Rendered};
use crate::render::renderer::Renderer;
use crate::site::Task;
use collect::BookPages;
use place::BookPictures;

/// The site as a book.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "epub",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only_if(renderer.site.config.print.epub, &renderer.site.own_file(facts::EPUB_FILE)),
    key: |keys, _| keys.book(),
    make: |renderer, _, _| Ok(Rendered::Bound(Box::new(renderer.site.effort.time(Task::Book, || book(renderer))))),
};

/// The file that says what a book is, and where the rest of it lies.
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// How a book looks.
const STYLE: &str = include_str!("book.css");

fn book(renderer: &Renderer<'_>) -> BoundBook {
    let mut pages = BookPages::of(renderer);
    let mut pictures = BookPictures::default();
    place::settle(renderer, &mut pages, &mut pictures);
    let site = renderer.site;
    let text = |path: &str, text: String| BoundPart { path: path.to_owned(), content: BoundContent::Text(text) };
    let mut parts = vec![
        text("META-INF/container.xml", CONTAINER.to_owned()),
        text("EPUB/package.opf", package::package(renderer, &pages, &pictures)),
        text("EPUB/nav.xhtml", nav::nav(site, &pages)),
        text("EPUB/title.xhtml", document::title_page(renderer)),
        text("EPUB/book.css", STYLE.to_owned()),
    ];
    for page in &pages.pages {
        parts.push(text(&format!("EPUB/{}", page.file), document::page(site, page)));
    }
    if let Some(cover) = card::of_book(site) {
        let content = BoundContent::Card(Box::new(cover));
        parts.push(BoundPart { path: "EPUB/cover.png".to_owned(), content });
    }
    for picture in pictures.in_order() {
        let content = match picture.media_type {
            "image/svg+xml" => BoundContent::Drawing(picture.file.clone()),
            _ => BoundContent::File(picture.file.clone()),
        };
        parts.push(BoundPart { path: format!("EPUB/{}", picture.name), content });
    }
    BoundBook { parts }
}
