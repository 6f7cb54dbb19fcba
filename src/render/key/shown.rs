//! What files show of the site, piece by piece: the frame, tags, pages in lists, what references lead to.

use std::collections::BTreeMap;

use blake3::Hash;

use super::fingerprint::Fingerprint;
use super::relations::{self, CalledPages};
use crate::component::Declaration;
use crate::ledger::Address;
use crate::page::{Component, LinkKind};
use crate::render::context::FileContext;
use crate::render::data_table::ShownTable;
use crate::render::graph::Neighbourhood;
use crate::render::links::Linker;
use crate::render::renderer::Renderer;
use crate::render::view::{frame, languages, neighbours, sidebar};
use crate::render::{around, assessment, card, facts, listed};
use crate::site::find::{Common, Group};
use crate::site::{Edition, LeadsTo, PageId, Place, RelationPlace, Resolution, TagPage, Task};
use crate::source::{Root, Source};

/// What every page shows, whatever it says: the theme, the configuration, and where the bar and the footer lead.
/// `program` makes it, and is part of it.
pub(super) fn frame(renderer: &Renderer<'_>, sources: &[Source], program: &str) -> Hash {
    let site = renderer.site;
    let mut shown = Fingerprint::default();
    shown.text(program).text(&format!("{:?}", site.config));
    for source in sources.iter().filter(|source| matches!(source.path.root(), Root::Templates | Root::Theme)) {
        shown.text(source.path.on_disk()).text(&source.text);
        // What a template asks of it isn't known, only whether it may ask.
        if ["data.", "data["].iter().any(|asks| source.text.contains(asks)) {
            shown.hash(data(site));
        }
    }
    if let Some(digest) = card::typeface_digest(site) {
        shown.text(&format!("{digest:?}"));
    }
    for (name, asset) in &renderer.theme.assets {
        shown.text(name).text(&asset.path);
    }
    for target in frame::bar(site) {
        match target {
            frame::NavbarTarget::Page(route) => shown.text("page").text(&route),
            frame::NavbarTarget::Route(route) => shown.text("route").text(&route),
            frame::NavbarTarget::Elsewhere => shown.text("elsewhere"),
        };
    }
    // Where the switch leads from what other languages lack.
    for (_, edition) in renderer.library.editions().filter(|_| site.language.is_some()) {
        shown.text(&edition.entrance());
    }
    // Seen from the root, addresses come to what they are from anywhere.
    let linker = Linker::anywhere(site, "404.html");
    let view = frame::view(FileContext { renderer, linker: &linker }, &[]);
    shown.text(&serde_json::to_string(&view).unwrap_or_default()).end()
}

/// A tag wherever it is shown.
fn tag<'f>(shown: &'f mut Fingerprint, site: &Edition, tag: &TagPage) -> &'f mut Fingerprint {
    let about = tag.defining.map_or("", |id| &site.pages[id].route);
    shown
        .text(&tag.look.classes)
        .text(about)
        .text(&tag.label)
        .text(&tag.kind)
        .text(&tag.slug)
        .text(&tag.description)
        .number(tag.pages.len())
}

/// All tags.
pub(super) fn tags(site: &Edition) -> Hash {
    let mut shown = Fingerprint::default();
    site.tags.iter().for_each(|one| _ = tag(&mut shown, site, one));
    shown.end()
}

/// The tags that a page carries.
pub(super) fn carried(site: &Edition, id: PageId) -> Hash {
    let mut shown = Fingerprint::default();
    for carried in &site.pages[id].page.meta.tags {
        shown.number(usize::from(site.vocabulary.get(&carried.label).is_some()));
        if let Some(of_label) = site.tag(&carried.label) {
            tag(&mut shown, site, of_label);
        }
    }
    for label in &site.pages[id].page.meta.defines {
        if let Some(about) = site.tag(label) {
            tag(&mut shown, site, about).number(usize::from(about.defining == Some(id)));
        }
    }
    shown.end()
}

/// What a reference leads to.
fn place(shown: &mut Fingerprint, site: &Edition, resolution: &Resolution) {
    match &resolution.place {
        Place::Elsewhere => match resolution.book {
            Some(place) => shown.text("book").text(&resolution.address).maybe(site.books.words(place)),
            None => shown.text("elsewhere"),
        },
        Place::Here => shown.text("here"),
        Place::Page(id) => shown.text("page").text(&site.pages[*id].route),
        Place::Route(route) => shown.text("route").text(route),
        Place::File(route) => {
            let file = site.file(route);
            let (wide, high) = file.and_then(|file| file.dimensions).unwrap_or_default();
            let digest = file.and_then(|file| file.digest);
            shown.text("file").text(route).number(wide as usize).number(high as usize).text(&format!("{digest:?}"))
        }
        Place::Draft => shown.text("draft"),
        Place::Nowhere => shown.text("nowhere"),
    };
    shown.text(&resolution.fragment).text(&resolution.query);
}

/// What a page says of itself, wherever it is shown.
fn head(shown: &mut Fingerprint, site: &Edition, id: PageId) {
    let published = &site.pages[id];
    shown.text(&published.title).text(&published.label).text(published.description()).text(&published.route);
    shown.maybe(site.language_of_borrowed(id));
}

/// A page as an entry of lists. `carried` are the tags that it carries.
pub(super) fn entry(site: &Edition, id: PageId, carried: Hash) -> Hash {
    let page = &site.pages[id].page;
    let mut shown = Fingerprint::default();
    head(&mut shown, site, id);
    shown.texts(facts::sections(site, id));
    shown.hash(carried);
    // Templates may ask an entry for all of its front matter.
    shown.text(page.text.get(..page.body_start).unwrap_or(&page.text));
    if let Some(image) = &page.meta.list_image {
        place(&mut shown, site, &site.resolve_from(id, image, LinkKind::Image));
    }
    shown.end()
}

/// Where a page is in the other languages of the site.
pub(super) fn languages(renderer: &Renderer<'_>, subject: languages::PageOfSeveral<'_>) -> Hash {
    let mut shown = Fingerprint::default();
    if renderer.site.language.is_some() {
        for at in languages::addresses(renderer, subject).iter().chain(&languages::told_addresses(renderer, subject)) {
            shown.maybe(at.as_deref());
        }
        if let languages::PageOfSeveral::Page(id) = subject {
            shown.number(usize::from(languages::is_outdated(renderer, id)));
        }
    }
    shown.end()
}

/// A page's own text with what its body shows of the rest of the site: where its references lead, what its lists
/// hold, its dates and authors as git knows them. `entries` are all pages as entries of lists, `called` as ends of relations.
pub(super) fn content(renderer: &Renderer<'_>, entries: &[Hash], called: &CalledPages, id: PageId) -> Hash {
    let site = renderer.site;
    let published = &site.pages[id];
    let page = &published.page;
    let mut shown = Fingerprint::default();
    shown.text(page.path.on_disk()).hash(page.digest);
    head(&mut shown, site, id);
    shown.maybe(facts::updated(renderer, id).as_deref());
    shown.texts(facts::authors(renderer, id).iter().map(String::as_str));
    shown.maybe(facts::social_image(site, id).as_deref());
    moved_anchors(&mut shown, site, id);
    for (link, resolution) in page.links.iter().zip(site.links(id)) {
        place(&mut shown, site, resolution);
        if let (LinkKind::Named, Place::Page(id)) = (link.kind, &resolution.place) {
            shown.text(&site.pages[*id].title);
        } else if matches!(link.kind, LinkKind::Named | LinkKind::Code)
            && let Some(entry) = site.entry_named(&link.target)
        {
            shown.maybe(site.entry_title(entry)).maybe(site.entry_address(entry));
        }
    }
    site.effort.time(Task::Relations, || relations::of_page(&mut shown, site, called, id));
    for used in &page.components {
        let Some(declared) = site.components.get(&used.name) else { continue };
        if declared.query {
            site.effort.time(Task::Lists, || list(&mut shown, renderer, entries, ListOfPage { id, used }));
        }
        around(&mut shown, ComponentOfPage { site, entries, id, used, declared });
        if declared
            .implicits
            .iter()
            .any(|implicit| [assessment::CHECKLISTS, assessment::ASSESSMENT].contains(&&**implicit))
        {
            assessed(&mut shown, renderer, declared, id);
        }
        if site.is_leading_on(used) {
            let way = site.way_on(id, used).filter(|way| site.arrives_by(id, way));
            shown.number(usize::from(way.is_some()));
            way.iter().for_each(|way| place(&mut shown, site, &way.resolution));
        }
        // A picture is looked for where an address may be that of a page.
        if declared.implicits.iter().any(|implicit| implicit == "picture") {
            for at in used.attributes.iter().filter_map(|attribute| attribute.link) {
                place(&mut shown, site, &site.resolve_from(id, &page.links[at].target, LinkKind::Image));
            }
        }
    }
    shown.end()
}

/// A list, and the page that it stands on.
#[derive(Clone, Copy)]
struct ListOfPage<'a> {
    id: PageId,
    used: &'a Component,
}

/// The pages that a list shows, and what it puts them in groups by.
fn list(shown: &mut Fingerprint, renderer: &Renderer<'_>, entries: &[Hash], list: ListOfPage<'_>) {
    let (site, calendar, ListOfPage { id, used }) = (renderer.site, renderer.calendar(), list);
    let found = site.list(used, id, calendar);
    shown.number(found.len());
    found.iter().for_each(|&found| _ = shown.hash(entries[found]));
    for groups in site.matrix(used, &found, calendar).iter().flat_map(|table| [&table.rows, &table.columns]) {
        shown.number(groups.len());
        groups.iter().for_each(|group| common(shown, site, entries, group));
    }
    if listed::shows_days(used) {
        found.iter().for_each(|&found| _ = shown.maybe(facts::updated(renderer, found).as_deref()));
    }
    for group in site.groups(used, &found, calendar).into_iter().flatten() {
        common(shown, site, entries, &group);
        shown.number(group.pages.len());
        group.pages.iter().for_each(|&id| _ = shown.hash(entries[id]));
    }
}

/// A component of a page, which asks for what is around it.
#[derive(Clone, Copy)]
struct ComponentOfPage<'a> {
    site: &'a Edition,
    entries: &'a [Hash],
    id: PageId,
    used: &'a Component,
    declared: &'a Declaration,
}

/// What a component shows around its page: pages that link to it or are related, tags.
fn around(shown: &mut Fingerprint, asked: ComponentOfPage<'_>) {
    let ComponentOfPage { site, entries, id, used, declared } = asked;
    for implicit in &declared.implicits {
        if let Some(pages) = around::pages(site, id, used, implicit) {
            shown.number(pages.len());
            pages.iter().for_each(|&id| _ = shown.hash(entries[id]));
        }
        if implicit == "graph" {
            let around = Neighbourhood::of(site, id);
            for pages in [&around.incoming, &around.outgoing] {
                shown.number(pages.len());
                pages.iter().for_each(|&id| _ = shown.hash(entries[id]));
            }
            around.drawn(site).iter().for_each(|drawn| _ = shown.hash(entries[drawn.page]));
        }
        if implicit == "table" {
            table(shown, site, used);
        }
        if implicit == "data" || implicit == "benchmark" {
            let named = used.string(if implicit == "data" { "from" } else { "data" });
            let asked = named.and_then(|name| site.data.get(name));
            shown.hash(asked.map_or_else(|| data(site), |file| file.digest));
        }
        if implicit == "tags" {
            let tags = around::tags(site, used);
            shown.number(tags.len());
            tags.into_iter().for_each(|one| _ = tag(shown, site, one));
        }
    }
}

/// What readers assess, as far as a component shows it: of a page's own checklist the ids that a translation has from its
/// original, of lists what the pages say, and how much there is in all.
fn assessed(shown: &mut Fingerprint, renderer: &Renderer<'_>, declared: &Declaration, id: PageId) {
    let (site, model) = (renderer.site, renderer.assessment());
    let steps = model.ratings.iter().chain(&model.levels).chain(&model.areas);
    for link in steps.filter_map(|step| step.link.as_deref()) {
        place(shown, site, &site.resolve_from_root(link, LinkKind::Link));
    }
    let whole = declared.query || declared.implicits.iter().any(|implicit| implicit == assessment::ASSESSMENT);
    shown.text(&model.title).number(model.items.len());
    match model.place_of(id) {
        _ if whole => shown.text(&format!("{model:?}")),
        Some(place) => shown.text(&format!("{:?}", model.items_of(place).collect::<Vec<_>>())),
        None => shown,
    };
}

/// A data file as a component shows it.
fn table(shown: &mut Fingerprint, site: &Edition, used: &Component) {
    let table = ShownTable::of(site, used);
    shown.texts(table.heads.iter().map(String::as_str)).number(table.rows.len());
    for cell in table.rows.iter().flatten() {
        shown.number(cell.len());
        for part in cell {
            shown.text(&part.text);
            part.leads_to.iter().for_each(|to| place(shown, site, to));
        }
    }
}

/// All data files.
fn data(site: &Edition) -> Hash {
    let mut shown = Fingerprint::default();
    site.data.iter().for_each(|file| _ = shown.text(&file.name).hash(file.digest));
    shown.end()
}

/// What pages of a group have in common, and where that leads.
fn common(shown: &mut Fingerprint, site: &Edition, entries: &[Hash], group: &Group) {
    shown.text(&group.label);
    match group.common {
        Common::Tag(at) => shown.text(&site.tags[at].slug).text(&site.tags[at].look.classes),
        Common::Related(RelationPlace::Page(id)) => shown.hash(entries[id]),
        Common::Related(RelationPlace::Entry(at)) => {
            shown.maybe(site.catalogs.entry(at).and_then(|entry| entry.address.as_deref())).maybe(site.entry_route(at))
        }
        Common::Related(_) | Common::Words => shown,
    };
}

/// The pages before and after a page.
pub(super) fn neighbours(site: &Edition, id: PageId) -> Hash {
    let mut shown = Fingerprint::default();
    for place in neighbours::of_page(site, id) {
        shown.maybe(place.as_ref().and_then(|place| sidebar::leads_to_route(site, place)));
        shown.maybe(place.as_ref().map(|place| neighbours::label(site, place)));
        shown.maybe(place.as_ref().and_then(|place| sidebar::language_of(site, place)).as_deref());
    }
    shown.end()
}

/// The whole site at a glance, as front pages show it: sections with their pages, and all tags.
pub(super) fn overview(site: &Edition, entries: &[Hash]) -> Hash {
    let mut shown = Fingerprint::default();
    for section in site.tree.iter().filter(|node| node.section) {
        shown.text(&section.label).number(section.children.len());
        for node in std::iter::once(section).chain(&section.children) {
            shown.text(&node.label);
            leads_to(&mut shown, site, entries, &node.leads_to);
        }
    }
    shown.hash(tags(site)).end()
}

/// A page or an index as an entry of a list.
pub(super) fn leads_to(shown: &mut Fingerprint, site: &Edition, entries: &[Hash], place: &LeadsTo) {
    match place {
        LeadsTo::Nothing => shown.text("nothing"),
        LeadsTo::Page(id) => shown.text("page").hash(entries[*id]),
        LeadsTo::Index(at) => {
            let index = &site.indexes[*at];
            shown.text("index").text(&index.title).text(&index.description).text(&index.route)
        }
    };
}

/// The page of a tag.
pub(super) fn tag_page(site: &Edition, entries: &[Hash], at: usize) -> Hash {
    let mut shown = Fingerprint::default();
    tag(&mut shown, site, &site.tags[at]);
    if let Some(about) = site.tags[at].defining {
        shown.hash(entries[about]);
    }
    site.tags[at].pages.iter().for_each(|&id| _ = shown.hash(entries[id]));
    shown.end()
}

/// The page of an old address.
pub(super) fn redirect(site: &Edition, at: usize) -> Hash {
    let redirect = &site.redirects[at];
    let resolution = site.resolve_from_root(&redirect.to, LinkKind::Link);
    let mut shown = Fingerprint::default();
    shown.text(&redirect.from).text(&redirect.to).number(usize::from(site.comes_back(&redirect.from)));
    place(&mut shown, site, &resolution);
    if let Place::Page(id) = resolution.place {
        shown.text(&site.pages[id].title);
    }
    leading_on(&mut shown, site, &site.moved_fragments(&redirect.from));
    shown.end()
}

/// The page of an address that went for good.
pub(super) fn retired(site: &Edition, at: usize) -> Hash {
    let retired = &site.retired[at];
    let mut shown = Fingerprint::default();
    shown.text(&retired.route).text(&retired.reason);
    leading_on(&mut shown, site, &site.moved_fragments(&retired.route));
    for word in retired.reason.split(' ').filter(|word| word.contains('/')) {
        let resolution =
            site.resolve_from_root(word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '/'), LinkKind::Link);
        place(&mut shown, site, &resolution);
        if let Place::Page(id) = resolution.place {
            shown.text(&site.pages[id].title);
        }
    }
    shown.end()
}

/// Where a page leads from ids that it had once.
fn moved_anchors(shown: &mut Fingerprint, site: &Edition, id: PageId) {
    let moved = site.moved_anchors(id);
    for (id, former) in &moved.beside {
        shown.text(id).texts(former.iter().map(String::as_str));
    }
    leading_on(shown, site, &moved.away);
}

fn leading_on(shown: &mut Fingerprint, site: &Edition, moved: &BTreeMap<String, String>) {
    for (id, to) in moved {
        shown.text(id).text(to);
        let file = Address::read(to).and_then(|address| site.file(&address.page));
        shown.number(usize::from(file.is_some()));
    }
}
