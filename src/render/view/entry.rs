//! Pages, tags and pictures as lists show them: views made from the site for one
//! page that holds them.

use tera::Value;

use super::step::CarriedStep;
use super::{EntryView, ImageView, TagView};
use crate::page::LinkKind;
use crate::render::links::Linker;
use crate::render::{facts, picture as pictures};
use crate::search::Entry;
use crate::site::{Edition, PageId, Place, TagPage, tag};

/// A page as an entry of a list on the page that `linker` stands for, without its tags and its front matter.
pub fn entry<'a>(site: &'a Edition, linker: &Linker<'_>, id: PageId, current: Option<PageId>) -> EntryView<'a> {
    let published = &site.pages[id];
    let meta = &published.page.meta;
    let step = step(site, id);
    EntryView {
        title: published.title.clone(),
        href: linker.page(&published.route),
        lang: site.language_of_borrowed(id),
        description: published.description().to_owned(),
        image: meta.list_image.as_deref().and_then(|image| picture(site, linker, id, image)),
        section: facts::sections(site, id).map(str::to_owned).collect(),
        front_matter: Value::none(),
        tags: Value::none(),
        current: current == Some(id),
        look: about(site, id).or(step.map(|step| step.look)).unwrap_or_default(),
        step,
    }
}

/// The look of the tag that a page is about.
pub fn about(site: &Edition, id: PageId) -> Option<&str> {
    Some(Entry::Page(id).look(site)).filter(|look| !look.is_empty())
}

/// The step that a page carries, where it carries but one.
fn step(site: &Edition, id: PageId) -> Option<CarriedStep<'_>> {
    let carried = site.pages[id].page.meta.tags.iter().filter_map(|tag| site.tag(&tag.label));
    let mut steps = carried.filter(|tag| tag.look.is_step);
    let only = steps.next()?;
    steps.next().is_none().then(|| CarriedStep { name: only.name(), look: &only.look.classes })
}

/// A picture that a page names, with its size where it is a file of the site; none where its address could run code.
pub fn picture(site: &Edition, linker: &Linker<'_>, id: PageId, written: &str) -> Option<ImageView> {
    let resolution = site.resolve_from(id, written, LinkKind::Image);
    let src = linker.link(&resolution, written);
    if !pictures::may_be_picture(&src, site.config.markdown.html) {
        return None;
    }
    let (dimensions, srcset) = match &resolution.place {
        Place::File(route) => {
            (site.file(route).and_then(|file| file.dimensions), pictures::source_set(site, linker, route))
        }
        _ => (None, None),
    };
    let (width, height) = dimensions.unzip();
    Some(ImageView { src, width, height, srcset })
}

/// A tag as a page carries it.
pub fn carried_tag(site: &Edition, linker: &Linker<'_>, label: &str) -> Option<TagView> {
    let mut view = tag_view(site, linker, site.tag(label)?);
    if site.vocabulary.get(label).is_none() {
        // What the page's author wrote, where several labels share a page.
        label.clone_into(&mut view.label);
        view.name = tag::name_and_kind(label).0.to_owned();
    }
    Some(view)
}

/// A tag.
pub fn tag_view(site: &Edition, linker: &Linker<'_>, tag: &TagPage) -> TagView {
    TagView {
        label: tag.label.clone(),
        name: tag.name().to_owned(),
        kind: tag.kind.clone(),
        href: linker.page(&site.tag_route(tag)),
        count: tag.pages.len(),
        description: tag.description.clone(),
        page: tag.defining.map(|id| linker.page(&site.pages[id].route)),
        defined_here: false,
        look: tag.look.classes.clone(),
    }
}
