//! The pages of a book as files of XHTML.

use std::fmt::Write as _;

use super::collect::BoundPage;
use crate::html::tree::{as_xml, xml_text};
use crate::render::day;
use crate::render::pages::print::last_change;
use crate::render::renderer::Renderer;
use crate::site::Edition;

/// A page.
pub(super) fn page(site: &Edition, page: &BoundPage) -> String {
    let language = page.language.as_deref();
    let lang = language
        .map_or_else(String::new, |code| format!(" lang=\"{0}\" xml:lang=\"{0}\" dir=\"auto\"", xml_text(code)));
    let id = if page.anchor.is_empty() { String::new() } else { format!(" id=\"{}\"", xml_text(&page.anchor)) };
    let content = as_xml(&page.content);
    let title = xml_text(&page.title);
    document(site, &page.title, &format!("<section{lang}>\n<h1{id}>{title}</h1>\n{content}\n</section>\n"))
}

/// The first page: what the book is called, and by whom it is.
pub(super) fn title_page(renderer: &Renderer<'_>) -> String {
    let site = renderer.site;
    let config = &site.config.site;
    let mut out =
        format!("<section epub:type=\"titlepage\" class=\"title-page\">\n<h1>{}</h1>\n", xml_text(&config.title));
    let mut line = |class: &str, text: &str| {
        if !text.is_empty() {
            let _ = writeln!(out, "<p class=\"{class}\">{}</p>", xml_text(text));
        }
    };
    line("tagline", &config.tagline);
    line("authors", &config.authors.join(site.words.get("list_separator")));
    let updated = last_change(renderer, &site.tree).map(|date| day::for_people(&date, site)).unwrap_or_default();
    let updated = if updated.is_empty() { updated } else { site.words.get("updated").replace("{date}", &updated) };
    line("date", &updated);
    line("address", &crate::render::facts::base_url(site).unwrap_or_default());
    out.push_str("</section>\n");
    document(site, &config.title, &out)
}

/// A file of XHTML.
pub(super) fn document(site: &Edition, title: &str, body: &str) -> String {
    let (language, direction) = (xml_text(&site.config.site.language), site.direction());
    let title = if title.trim().is_empty() { &site.config.site.title } else { title };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\" dir=\"{direction}\">\n\
         <head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n</head>\n<body>\n{body}</body>\n</html>\n",
        xml_text(title)
    )
}
