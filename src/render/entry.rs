//! Pages, tags and pictures as lists show them: views made from the site for one
//! page that holds them.

use tera::Value;

use super::href::Desk;
use super::shelf::Shelf;
use super::view::{EntryView, ImageView, TagView, with};
use crate::page::LinkKind;
use crate::site::{LeadsTo, Node, PageId, Place, Site, Tag, tag};

/// A page as an entry of a list on the page that `desk` stands for, without its tags.
pub fn entry<'a>(site: &'a Site, desk: &Desk<'_>, id: PageId, current: Option<PageId>) -> EntryView<'a> {
    let published = &site.pages[id];
    let meta = &published.page.meta;
    EntryView {
        title: published.title.clone(),
        href: desk.page(&published.route),
        description: published.description.clone(),
        image: meta.list_image.as_deref().and_then(|image| picture(site, desk, id, image)),
        section: sections(site, id).map(str::to_owned).collect(),
        front_matter: Some(&meta.data),
        current: current == Some(id),
    }
}

/// A node of the sidebar as an entry, under its sidebar label; nothing for a label without a page.
pub fn of_node(shelf: &mut Shelf, site: &Site, desk: &Desk<'_>, node: &Node) -> Option<Value> {
    match &node.leads_to {
        LeadsTo::Page(id) => {
            let entry = shelf.entry(site, desk, *id, None);
            Some(with(entry, "title", Value::from(node.label.as_str())))
        }
        LeadsTo::Index(at) => Some(Value::from_serializable(&EntryView {
            title: node.label.clone(),
            href: desk.page(&site.indexes[*at].route),
            description: site.indexes[*at].description.clone(),
            image: None,
            section: Vec::new(),
            front_matter: None,
            current: false,
        }))
        .map(|entry| with(entry, "tags", Value::from(Vec::<Value>::new()))),
        LeadsTo::Nothing => None,
    }
}

/// The labels of the sections that hold a page, from the top.
pub fn sections(site: &Site, id: PageId) -> impl Iterator<Item = &str> {
    let mut level = &site.tree;
    let way = site.trails[id].iter().flatten().map(move |&at| {
        let node = &level[at];
        level = &node.children;
        node
    });
    way.filter(move |node| node.section && node.leads_to != LeadsTo::Page(id)).map(|node| node.label.as_str())
}

/// A picture that a page names, with its size where it is a file of the site; none where its address could run code.
pub fn picture(site: &Site, desk: &Desk<'_>, id: PageId, written: &str) -> Option<ImageView> {
    let resolution = site.resolve_from(id, written, LinkKind::Image);
    let src = desk.link(&resolution, written);
    if !super::picture::may_be_picture(&src, site.config.markdown.html) {
        return None;
    }
    let (dimensions, srcset) = match &resolution.place {
        Place::File(route) => {
            (site.files.get(route).and_then(|file| file.dimensions), super::picture::source_set(site, desk, route))
        }
        _ => (None, None),
    };
    let (width, height) = dimensions.unzip();
    Some(ImageView { src, width, height, srcset })
}

/// A tag as a page carries it.
pub fn carried_tag(site: &Site, desk: &Desk<'_>, label: &str) -> Option<TagView> {
    let mut view = tag_view(site, desk, site.tag(label)?);
    if site.vocabulary.get(label).is_none() {
        // What the page's author wrote, where several labels share a page.
        label.clone_into(&mut view.label);
        view.name = tag::name_and_kind(label).0.to_owned();
    }
    Some(view)
}

/// A tag.
pub fn tag_view(site: &Site, desk: &Desk<'_>, tag: &Tag) -> TagView {
    TagView {
        label: tag.label.clone(),
        name: tag.name().to_owned(),
        kind: tag.kind.clone(),
        href: desk.page(&site.tag_route(tag)),
        count: tag.pages.len(),
        description: tag.description.clone(),
    }
}
