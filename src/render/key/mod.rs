//! What each published file is made from, as one key: a file whose key is the same as in the build
//! before would come out the same, and need not be made again. Each file's key is made of what that file shows of the
//! site, and of nothing else: a heading that is renamed makes the files again that lead to it, not the site.

mod fingerprint;
mod relations;
mod shown;
mod sidebar;

use std::collections::HashSet;
use std::time::UNIX_EPOCH;

use blake3::Hash;
use foldhash::HashMap;
use rayon::prelude::*;

use super::body;
use super::facts;
use super::published::Card;
use super::renderer::Renderer;
use super::view::{languages, sidebar as sidebar_view};
use crate::page::Page;
use crate::search::Entry;
use crate::site::{Edition, Indexed, LeadsTo, PageId, SidebarNode};
use crate::source::{Root, Source, SourcePath};
use crate::store::Key;
use fingerprint::Fingerprint;
use relations::CalledPages;
use sidebar::Surroundings;

/// The keys of all that one state of a project publishes.
pub struct Keys<'a> {
    renderer: &'a Renderer<'a>,
    /// What the program is.
    program: Hash,
    /// What every page shows.
    frame: Hash,
    /// All that there is: for the site as data, the search index.
    whole: Hash,
    /// What stands around pages.
    surroundings: Surroundings,
    /// Each page as an entry of lists.
    entries: Vec<Hash>,
    /// Each page as an end of relations.
    called: CalledPages,
    /// Each page's own text, with what its body shows of the rest.
    contents: Vec<Hash>,
    /// Each page as it is published.
    pages: Vec<Hash>,
}

impl<'a> Keys<'a> {
    /// The keys for what `renderer` makes. `sources` are all texts that the site and its theme were made from, in
    /// order; `program` names the program, since another one may make other things of them.
    pub fn of(renderer: &'a Renderer<'a>, sources: &[Source], program: &str) -> Self {
        let site = renderer.site;
        let ids = || (0..site.pages.len()).into_par_iter();
        let frame = shown::frame(renderer, sources, program);
        let carried: Vec<Hash> = ids().map(|id| shown::carried(site, id)).collect();
        let entries: Vec<Hash> = ids().map(|id| shown::entry(site, id, carried[id])).collect();
        let called = CalledPages::of(site);
        let contents: Vec<Hash> = ids().map(|id| shown::content(renderer, &entries, &called, id)).collect();
        let overview = shown::overview(site, &entries);
        let surroundings = Surroundings::of(site);
        let page = |id: usize| {
            let mut page = Fingerprint::default();
            page.hash(frame).hash(contents[id]).hash(surroundings.of_page(id)).hash(shown::neighbours(site, id));
            page.hash(shown::languages(renderer, languages::PageOfSeveral::Page(id))).hash(carried[id]);
            if site.pages[id].page.meta.template.is_some() {
                page.hash(overview);
            }
            page.end()
        };
        let pages = ids().map(page).collect();
        let whole = whole(renderer, sources, frame, &contents);
        let program = blake3::hash(program.as_bytes());
        Self { renderer, program, frame, whole, surroundings, entries, called, contents, pages }
    }

    /// Of a page.
    pub fn page(&self, id: PageId) -> Key {
        key(&[self.pages[id]])
    }

    /// Of a page's copy in Markdown.
    pub fn markdown(&self, id: PageId) -> Key {
        key(&[self.frame, self.contents[id]])
    }

    /// Of what shows the frame and nothing else.
    pub fn frame(&self) -> Key {
        key(&[self.frame])
    }

    /// Of a page that has no place in the sidebar, and shows nothing but the frame and the sidebar.
    pub fn apart(&self) -> Key {
        key(&[self.frame, self.surroundings.of_nowhere()])
    }

    /// Of what may show anything.
    pub fn whole(&self) -> Key {
        key(&[self.whole])
    }

    /// Of a book, which may show anything, and holds the pictures themselves.
    pub fn book(&self) -> Option<Key> {
        let mut shown = Fingerprint::default();
        for file in self.renderer.site.all_files().filter(|file| file.picture_type.is_some()) {
            let modified = file.modified?.duration_since(UNIX_EPOCH).ok()?;
            shown.text(file.path.on_disk()).text(&format!("{} {}", file.len, modified.as_nanos()));
        }
        Some(key(&[self.whole, shown.end()]))
    }

    /// Of what is made by the program from what its path names.
    pub fn program(&self) -> Key {
        key(&[self.program])
    }

    /// Of a card, whose path names all that it is made from.
    pub fn card(&self, card: &Card) -> Key {
        Key::of(&[self.program.as_bytes(), card.path().as_bytes()])
    }

    /// Of the page of a tag.
    pub fn tag(&self, at: usize) -> Key {
        let tag = languages::of_tag(&self.renderer.site.tags[at]);
        let languages = shown::languages(self.renderer, languages::PageOfSeveral::Named(&tag));
        let shown = shown::tag_page(self.renderer.site, &self.entries, at);
        key(&[self.frame, self.surroundings.of_nowhere(), languages, shown])
    }

    /// Of the index of all tags.
    pub fn tag_index(&self) -> Key {
        self.beside_the_sidebar(shown::tags(self.renderer.site))
    }

    /// Of the page of an old address.
    pub fn redirect(&self, at: usize) -> Key {
        self.beside_the_sidebar(shown::redirect(self.renderer.site, at))
    }

    /// Of the page of an address that went for good.
    pub fn retired(&self, at: usize) -> Key {
        self.beside_the_sidebar(shown::retired(self.renderer.site, at))
    }

    fn beside_the_sidebar(&self, shown: Hash) -> Key {
        key(&[self.frame, self.surroundings.of_nowhere(), shown])
    }

    /// A file that is copied is taken to be the same as long as its length and its time are.
    pub fn file(&self, route: &str) -> Option<Key> {
        let asset = self.renderer.site.files.get(route)?;
        let modified = asset.modified?.duration_since(UNIX_EPOCH).ok()?;
        let path = asset.file.to_str()?;
        Some(Key::of(&[path.as_bytes(), &asset.len.to_le_bytes(), &modified.as_nanos().to_le_bytes()]))
    }

    /// Of a folder's index, which shows what lies in the folder.
    pub fn folder_index(&self, at: usize) -> Key {
        let site = self.renderer.site;
        let mut shown = Fingerprint::default();
        shown.hash(self.surroundings.of_index(at));
        shown::leads_to(&mut shown, site, &self.entries, &LeadsTo::Index(at));
        for group in sidebar_view::inside_index(site, at) {
            shown.text(group.title).number(group.nodes.len());
            for node in group.nodes {
                shown.text(&node.label);
                shown::leads_to(&mut shown, site, &self.entries, &node.leads_to);
            }
        }
        if let Indexed::Entry(entry) = site.indexes[at].of {
            relations::of_entry(&mut shown, site, &self.called, entry);
        }
        let index = languages::of_index(&site.indexes[at]);
        shown.hash(shown::languages(self.renderer, languages::PageOfSeveral::Named(&index)));
        key(&[self.frame, shown.end()])
    }

    /// Of the copy in Markdown of what lists pages, which says no more than that does: tags, then indexes of folders,
    /// then the index of tags.
    pub fn copy_of_list(&self, at: usize) -> Key {
        let (tags, indexes) = (self.renderer.site.tags.len(), self.renderer.site.indexes.len());
        match at.checked_sub(tags) {
            None => self.tag(at),
            Some(index) if index < indexes => self.folder_index(index),
            Some(_) => self.tag_index(),
        }
    }

    /// Of a long page, which shows all that lies in its section, or in the site.
    pub fn long_page(&self, at: usize) -> Key {
        let site = self.renderer.site;
        let long = &site.long_pages[at];
        let nodes = long.section.map_or(site.tree.as_slice(), |section| std::slice::from_ref(&site.tree[section]));
        let mut shown = Fingerprint::default();
        shown.text(&long.route).text(&long.title);
        self.printed(&mut shown, nodes);
        self.beside_the_sidebar(shown.end())
    }

    fn printed(&self, shown: &mut Fingerprint, nodes: &[SidebarNode]) {
        shown.number(nodes.len());
        for node in nodes {
            shown.text(&node.label);
            match node.leads_to {
                LeadsTo::Page(id) => {
                    let is_shown_whole = body::shows_page(self.renderer.site, &self.renderer.site.pages[id].page);
                    shown.hash(if is_shown_whole { self.pages[id] } else { self.contents[id] });
                }
                LeadsTo::Nothing | LeadsTo::Index(_) => {
                    shown::leads_to(shown, self.renderer.site, &self.entries, &node.leads_to);
                }
            }
            self.printed(shown, &node.children);
        }
    }

    /// Of what shows the addresses of all that readers can go to, with their days.
    pub fn addresses(&self) -> Key {
        let site = self.renderer.site;
        let mut shown = Fingerprint::default();
        for (id, published) in site.pages.iter().enumerate().filter(|(_, page)| page.is_told()) {
            shown.text(&published.route).maybe(facts::updated(self.renderer, id).as_deref());
            shown.hash(shown::languages(self.renderer, languages::PageOfSeveral::Page(id)));
        }
        for index in &site.indexes {
            let same = languages::of_index(index);
            shown.text(&index.route).hash(shown::languages(self.renderer, languages::PageOfSeveral::Named(&same)));
        }
        for tag in &site.tags {
            let same = languages::of_tag(tag);
            shown.text(&tag.slug).hash(shown::languages(self.renderer, languages::PageOfSeveral::Named(&same)));
        }
        key(&[self.frame, shown.end()])
    }

    /// Of a part of the search index: what results show of some entries follows from these alone.
    pub fn search_part(&self, name: &str) -> Key {
        let site = self.renderer.site;
        let Some(entries) = self.renderer.search.shown_in(site, name) else { return key(&[self.whole]) };
        let mut shown = Fingerprint::default();
        for entry in entries {
            shown.text(&entry.section(site));
            let about = entry.about(site);
            shown.text(about.title).text(about.description).text(&about.route).text(entry.look(site));
            if let Entry::Page(id) = entry {
                shown.hash(site.pages[*id].page.digest);
            }
        }
        key(&[self.frame, shown.end()])
    }
}

fn key(parts: &[Hash]) -> Key {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes().as_slice()).collect();
    Key::of(&parts)
}

/// All that a site is made from.
fn whole(renderer: &Renderer<'_>, sources: &[Source], frame: Hash, contents: &[Hash]) -> Hash {
    let site = renderer.site;
    let sources = seen_in(site, sources);
    let mut whole = Fingerprint::default();
    // Whether drafts are published shows in the number of pages.
    whole.hash(frame).number(site.pages.len()).text(&format!("{:?}", renderer.history));
    for (route, file) in &site.files {
        whole.text(route).text(&format!("{:?} {:?}", file.dimensions, file.digest));
    }
    // The texts of pages have theirs already.
    let pages: HashMap<&SourcePath, &Page> =
        site.pages.iter().map(|published| (&published.page.path, &*published.page)).collect();
    let digest = |source: &&Source| match pages.get(&source.path).filter(|page| page.text == source.text) {
        Some(page) => page.digest,
        None => blake3::hash(source.text.as_bytes()),
    };
    let digests: Vec<Hash> = sources.par_iter().map(digest).collect();
    for (source, digest) in sources.iter().zip(digests) {
        whole.text(source.path.on_disk()).hash(digest);
    }
    // These know by which dialect a text was read.
    site.pages.iter().for_each(|published| _ = whole.hash(published.page.digest));
    if site.language.is_some() {
        // What references lead to in other languages, whose texts are none of this one's.
        contents.iter().for_each(|content| _ = whole.hash(*content));
    }
    whole.end()
}

/// The texts that an edition is made from: of several languages, not the pages of the others.
fn seen_in<'s>(site: &Edition, sources: &'s [Source]) -> Vec<&'s Source> {
    if site.language.is_none() {
        return sources.iter().collect();
    }
    let own: HashSet<&str> = site.pages.iter().map(|published| published.page.path.on_disk()).collect();
    let is_page = |source: &Source| {
        let name = source.path.on_disk().to_lowercase();
        source.path.root() == Root::Content && [".md", ".mdx"].iter().any(|ending| name.ends_with(ending))
    };
    sources.iter().filter(|source| !is_page(source) || own.contains(source.path.on_disk())).collect()
}
