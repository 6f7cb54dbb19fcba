//! What each published file is made from, as one key: a file whose key is the same as in the build
//! before would come out the same, and need not be made again. A page depends on its own text, and on what
//! pages show of each other: front matter, headings, components, addresses, the theme, the configuration. What only
//! stands in another page's body, it doesn't see.

use std::time::UNIX_EPOCH;

use blake3::{Hash, Hasher};
use foldhash::HashMap;
use rayon::prelude::*;

use super::published::Subject;
use super::renderer::Renderer;
use crate::page::{Component, Heading, Page};
use crate::search::Search;
use crate::site::Site;
use crate::source::{Asset, Source, SourcePath};
use crate::store::Key;

/// The keys of all that one state of a project publishes.
pub struct Keys<'a> {
    site: &'a Site,
    search: &'a Search,
    /// What the program is.
    program: Hash,
    /// What every page depends on.
    shared: Hash,
    /// What depends on every text of the project: the site as data, the search index.
    whole: Hash,
    /// The text of each page of the site.
    texts: Vec<Hash>,
}

/// What one text brings.
struct Digest {
    /// Its place in `Site::pages`, if it is a published page.
    page: Option<usize>,
    /// What others see of it.
    seen: Hash,
    text: Hash,
}

impl<'a> Keys<'a> {
    /// The keys for what `renderer` makes. `sources` are all texts that the site and its theme were made from, in
    /// order; `program` names the program, since another one may make other things of them.
    pub fn of(renderer: &Renderer<'a>, sources: &[Source], program: &str) -> Self {
        let site = renderer.site;
        let places: HashMap<&SourcePath, usize> =
            site.pages.iter().enumerate().map(|(id, published)| (&published.page.path, id)).collect();
        let digests: Vec<Digest> = sources
            .par_iter()
            .map(|source| digest(source, places.get(&source.path).map(|&id| (id, &*site.pages[id].page))))
            .collect();
        let mut shared = Hasher::new();
        let mut texts = vec![blake3::hash(b""); site.pages.len()];
        let mut whole = Hasher::new();
        feed(&mut shared, program);
        // Whether drafts are published shows in the number of pages.
        feed(&mut shared, &format!("{:?} {} {:?}", site.config, site.pages.len(), renderer.history));
        for (name, asset) in &renderer.theme.assets {
            feed(&mut shared, name);
            feed(&mut shared, &asset.path);
        }
        for (route, file) in &site.files {
            feed(&mut shared, route);
            feed(&mut shared, &format!("{:?} {:?}", file.dimensions, file.digest));
        }
        for digest in &digests {
            shared.update(digest.seen.as_bytes());
            whole.update(digest.text.as_bytes());
            if let Some(id) = digest.page {
                texts[id] = digest.text;
            }
        }
        let shared = shared.finalize();
        whole.update(shared.as_bytes());
        Self {
            site,
            search: renderer.search,
            program: blake3::hash(program.as_bytes()),
            shared,
            whole: whole.finalize(),
            texts,
        }
    }

    /// The key of a file; nothing if only making it tells whether it is the same.
    pub fn subject(&self, subject: &Subject) -> Option<Key> {
        match subject {
            Subject::Page(id) | Subject::Markdown(id) => {
                Some(Key::of(&[self.shared.as_bytes(), self.texts[*id].as_bytes()]))
            }
            // Their paths name all that they are made from.
            Subject::Card(card) => Some(Key::of(&[self.program.as_bytes(), card.path().as_bytes()])),
            Subject::Picture(..) => Some(Key::of(&[self.program.as_bytes()])),
            Subject::File(route) => self.site.files.get(route).and_then(file),
            Subject::Search(name) => Some(self.part(name)),
            Subject::SiteJson | Subject::Print(_) | Subject::Headers | Subject::Llms | Subject::Feed => {
                Some(Key::of(&[self.whole.as_bytes()]))
            }
            Subject::Index(_)
            | Subject::Tag(_)
            | Subject::TagIndex
            | Subject::Redirect(_)
            | Subject::NotFound
            | Subject::Sitemap
            | Subject::Robots
            | Subject::CustomStyle
            | Subject::ThemeFile(_) => Some(Key::of(&[self.shared.as_bytes()])),
        }
    }
}

impl Keys<'_> {
    /// The key of a part of the search index: what results show of some pages follows from these alone.
    fn part(&self, name: &str) -> Key {
        let Some(pages) = self.search.shown_in(self.site, name) else { return Key::of(&[self.whole.as_bytes()]) };
        let mut texts = Hasher::new();
        pages.into_iter().for_each(|id| _ = texts.update(self.texts[id].as_bytes()));
        Key::of(&[self.shared.as_bytes(), texts.finalize().as_bytes()])
    }
}

/// A file that is copied is taken to be the same as long as its length and its time are.
fn file(asset: &Asset) -> Option<Key> {
    let modified = asset.modified?.duration_since(UNIX_EPOCH).ok()?;
    let path = asset.file.to_str()?;
    Some(Key::of(&[path.as_bytes(), &asset.len.to_le_bytes(), &modified.as_nanos().to_le_bytes()]))
}

fn digest(source: &Source, page: Option<(usize, &Page)>) -> Digest {
    let text = page.map_or_else(|| blake3::hash(source.text.as_bytes()), |(_, page)| page.digest);
    let mut seen = Hasher::new();
    feed(&mut seen, &format!("{:?}", source.path));
    match page {
        Some((_, page)) => see(&mut seen, source, page),
        // A draft, a category, the vocabulary, a template: all of it counts.
        None => _ = seen.update(text.as_bytes()),
    }
    Digest { page: page.map(|(id, _)| id), seen: seen.finalize(), text }
}

/// What other pages and the site may show of a page. Every field of a page is named here, so that
/// a new one can't be forgotten.
fn see(seen: &mut Hasher, source: &Source, page: &Page) {
    let Page {
        // It was fed already.
        path: _,
        // For the page itself.
        text: _,
        digest: _,
        // Follows from the text before the body.
        meta: _,
        body_start,
        content_title,
        headings,
        components,
        raw_ids,
        first_prose,
        // Only the page itself shows these, and `check` tells what is wrong.
        links: _,
        code: _,
        body: _,
        findings: _,
    } = page;
    feed(seen, source.text.get(..*body_start).unwrap_or(&source.text));
    feed(seen, content_title.as_deref().unwrap_or("\0"));
    feed(seen, first_prose);
    for Heading { level, id, text, span: _ } in headings {
        seen.update(&[*level]);
        feed(seen, id);
        feed(seen, text);
    }
    seen.update(b"ids");
    raw_ids.iter().for_each(|id| feed(seen, id));
    for Component { name, attributes, inline, span: _ } in components {
        seen.update(&[u8::from(*inline)]);
        feed(seen, name);
        for attribute in attributes {
            feed(seen, &attribute.name);
            feed(seen, &attribute.value.to_string());
        }
    }
}

/// Adds a text so that it can't run into the next.
fn feed(hasher: &mut Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}
