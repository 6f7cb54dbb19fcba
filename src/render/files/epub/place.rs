//! Where the links and pictures of a book lead: to a place in it, to the site, or elsewhere. What leads nowhere is text.

use std::collections::BTreeMap;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use super::address;
use super::clean::words;
use super::collect::BookPages;
use super::drawn;
use super::fit;
use crate::html::tree::{TreeElement, TreeNode};
use crate::render::facts;
use crate::render::links::Linker;
use crate::render::renderer::Renderer;
use crate::site::Edition;

/// A picture in a book.
pub(super) struct BookPicture {
    /// Its name there.
    pub(super) name: String,
    pub(super) media_type: &'static str,
    /// Where it lies on the disk.
    pub(super) file: PathBuf,
}

/// All pictures that pages show, by their addresses on the site.
#[derive(Default)]
pub(super) struct BookPictures {
    by_route: BTreeMap<String, usize>,
    pictures: Vec<BookPicture>,
}

impl BookPictures {
    pub(super) fn in_order(&self) -> &[BookPicture] {
        &self.pictures
    }

    /// The name of the picture at an address of the site, if it is one that every e-reader can show.
    fn name(&mut self, site: &Edition, route: &str) -> Option<String> {
        if let Some(&known) = self.by_route.get(route) {
            return Some(self.pictures[known].name.clone());
        }
        let file = site.file(route)?;
        let media_type = file.picture_type?;
        let ending = match media_type {
            "image/gif" => "gif",
            "image/jpeg" => "jpg",
            "image/png" => "png",
            "image/svg+xml" => "svg",
            "image/webp" => "webp",
            _ => return None,
        };
        let name = format!("picture-{}.{ending}", self.pictures.len() + 1);
        self.by_route.insert(route.to_owned(), self.pictures.len());
        self.pictures.push(BookPicture { name: name.clone(), media_type, file: file.file.clone() });
        Some(name)
    }
}

/// What the references of one page are seen from.
struct Settling<'a> {
    site: &'a Edition,
    linker: Linker<'a>,
    pages: &'a BookPages,
    /// The place of the page.
    own: usize,
}

/// Has every reference lead where it leads in the book.
pub(super) fn settle(renderer: &Renderer<'_>, pages: &mut BookPages, pictures: &mut BookPictures) {
    for own in 0..pages.pages.len() {
        let mut content = std::mem::take(&mut pages.pages[own].content);
        let linker = Linker::at_route(renderer.site, &pages.pages[own].route);
        let settling = Settling { site: renderer.site, linker, pages, own };
        settling.all(&mut content, pictures);
        pages.pages[own].content = content;
    }
}

impl Settling<'_> {
    fn all(&self, nodes: &mut Vec<TreeNode>, pictures: &mut BookPictures) {
        for node in nodes {
            let TreeNode::Element(element) = node else { continue };
            if element.is_foreign {
                drawn::take_of_own(element, &self.pages.pages[self.own].drawn_ids);
                continue;
            }
            self.all(&mut element.children, pictures);
            match element.name.as_str() {
                "a" => self.link(element),
                "img" => {
                    if let Some(instead) = self.picture(element, pictures) {
                        *node = instead;
                    }
                }
                _ => {}
            }
        }
    }

    fn link(&self, element: &mut TreeElement) {
        // A link without words is none for who can't see.
        let is_shown = element.find(&|inner| inner.name == "img" || inner.is_foreign).is_some();
        let says = is_shown || !words(&element.children).is_empty();
        let target = element.take("href").filter(|_| says).and_then(|href| self.target(href.trim()));
        if let Some(target) = target {
            element.attributes.insert(0, ("href".to_owned(), target));
            return;
        }
        // What stands between paragraphs may stand in a link, but in no other element of a line.
        element.name = if fit::holds_blocks(&element.children) { "div" } else { "span" }.to_owned();
        element.take("epub:type");
        element.take("role");
    }

    /// What an address of the page comes to in the book.
    fn target(&self, href: &str) -> Option<String> {
        let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
        if path.is_empty() {
            return self.in_book(self.own, fragment);
        }
        let is_whole = href.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
        if is_whole || href.starts_with("//") {
            return address::elsewhere(href);
        }
        let below = self.linker.below_root(path.split('?').next().unwrap_or(path))?;
        if let Some(page) = self.pages.at_path(&below) {
            return self.in_book(page, fragment);
        }
        let base = facts::base_url(self.site)?;
        let rest = href.find(['?', '#']).map_or("", |at| &href[at..]);
        let slash = if path.ends_with('/') && !below.trim_matches('/').is_empty() { "/" } else { "" };
        address::elsewhere(&format!("{base}{}{slash}{rest}", below.trim_matches('/')))
    }

    fn in_book(&self, at: usize, fragment: &str) -> Option<String> {
        let page = self.pages.pages.get(at)?;
        let id = percent_decode_str(fragment).decode_utf8_lossy();
        let file = if at == self.own { "" } else { &page.file };
        match page.ids.contains(&*id) {
            true => Some(format!("{file}#{}", address::fragment(&id))),
            false => Some(page.file.clone()),
        }
    }

    /// Has a picture show what lies in the book; gives what stands there instead where that can't be.
    fn picture(&self, element: &mut TreeElement, pictures: &mut BookPictures) -> Option<TreeNode> {
        let source = element.take("src").unwrap_or_default();
        let local = self.linker.below_root(source.split(['?', '#']).next().unwrap_or_default());
        let is_whole = source.split('/').next().is_some_and(|start| start.contains(':')) || source.starts_with("//");
        let route = local.filter(|_| !is_whole).map(|path| format!("/{}", path.trim_start_matches('/')));
        let route = route.map(|route| percent_decode_str(&route).decode_utf8_lossy().into_owned());
        if let Some(name) = route.and_then(|route| pictures.name(self.site, &route)) {
            element.attributes.insert(0, ("src".to_owned(), name));
            return None;
        }
        let alt = element.get("alt").unwrap_or_default().to_owned();
        let elsewhere = if is_whole { address::elsewhere(&source) } else { None };
        let said = TreeNode::Text(if alt.is_empty() { elsewhere.unwrap_or_default() } else { alt });
        let instead = TreeElement::new("span", vec![said]).with("class", "picture-elsewhere");
        Some(TreeNode::Element(instead))
    }
}
