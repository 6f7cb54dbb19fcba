//! Addresses as they stand in a page's HTML: relative to the page's own file, so
//! that a site works under any base path and from a folder. Only what is shown at several addresses
//! has them from the root.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::UrlStyle;
use crate::page::Link;
use crate::site::{Edition, Place, Resolution, address};

const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%');

/// What an address elsewhere may not hold as it is; what is encoded already stays.
const ELSEWHERE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What the links of a page start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartsFrom<'a> {
    /// The site's root.
    Root,
    /// The page's own folder.
    Folder(Cow<'a, str>),
    /// This folder, which is the one above the page's own.
    Above(Cow<'a, str>),
}

impl StartsFrom<'_> {
    /// The same, to keep.
    pub fn into_owned(self) -> StartsFrom<'static> {
        let owned = |folder: Cow<'_, str>| Cow::Owned(folder.into_owned());
        match self {
            Self::Root => StartsFrom::Root,
            Self::Folder(folder) => StartsFrom::Folder(owned(folder)),
            Self::Above(folder) => StartsFrom::Above(owned(folder)),
        }
    }
}

/// Where links are written: knows the file that holds them.
#[derive(Clone, Debug)]
pub struct Linker<'a> {
    site: &'a Edition,
    file: String,
    start: address::Start,
    /// Whether links go by way of the folder above the page's own, which then are the same on all pages in it: where
    /// each page has a folder to itself, their own are shared with nobody.
    from_above: bool,
    /// Instead of relative links, ones from the root: for the page that stands for any address (404), and for pages
    /// that answer with and without a slash.
    from_root: bool,
}

impl<'a> Linker<'a> {
    /// For the page at an address.
    pub fn at_route(site: &'a Edition, route: &str) -> Self {
        Self::at_page(site, &address::output_file(&site.config.urls, route))
    }

    /// For the page in a file.
    pub fn at_page(site: &'a Edition, file: &str) -> Self {
        let urls = &site.config.urls;
        let Some(own) = file.strip_suffix("/index.html").filter(|_| urls.style == UrlStyle::Folder) else {
            return Self::at_file(site, file);
        };
        if urls.answer_with_and_without_slash() {
            return Self { from_root: true, ..Self::at_file(site, file) };
        }
        Self { start: address::Start::of(own), from_above: true, ..Self::at_file(site, file) }
    }

    /// For a file of its own name.
    pub fn at_file(site: &'a Edition, file: &str) -> Self {
        Self { site, file: file.to_owned(), start: address::Start::of(file), from_above: false, from_root: false }
    }

    /// For the page that a host shows at addresses that don't exist.
    pub fn anywhere(site: &'a Edition, file: &str) -> Self {
        Self { from_root: true, ..Self::at_file(site, file) }
    }

    /// What a link leads to, as a path from the site's root, if it leads there: links are encoded, and so is it.
    pub fn below_root(&self, link: &str) -> Option<String> {
        if !self.from_root {
            return (!link.starts_with('/')).then(|| address::resolve(address::parent(&self.file), link));
        }
        let below = link.strip_prefix(self.site.config.site.base_path.as_str())?;
        (!below.starts_with('/')).then(|| address::resolve("", below))
    }

    /// What links start from: pages that start from the same write the same ones.
    pub fn starts_from(&self) -> StartsFrom<'_> {
        match address::parent(&self.file) {
            _ if self.from_root => StartsFrom::Root,
            own if self.from_above => StartsFrom::Above(address::parent(own).into()),
            own => StartsFrom::Folder(own.into()),
        }
    }

    /// From the page to the site's root, with a final slash; `./` at the root itself.
    pub fn root(&self) -> String {
        if self.from_root {
            return self.site.config.site.base_path.clone();
        }
        let way = address::way_to_root(&self.file);
        if way.is_empty() { "./".into() } else { way }
    }

    /// A link to the page at an address.
    pub fn page(&self, route: &str) -> String {
        self.to(&address::encode_page(&self.site.config.urls, route))
    }

    /// A link to the file at an address.
    pub fn file(&self, route: &str) -> String {
        self.to(&address::encode_path(route.trim_start_matches('/')))
    }

    fn to(&self, encoded: &str) -> String {
        if self.from_root {
            return format!("{}{encoded}", self.site.config.site.base_path);
        }
        let link = self.start.to(encoded);
        if self.from_above { format!("../{}", link.strip_prefix("./").unwrap_or(&link)) } else { link }
    }

    /// A link to what a reference leads to; as it was written where it leads nowhere.
    pub fn link(&self, resolution: &Resolution, written: &str) -> String {
        let path = match &resolution.place {
            Place::Elsewhere => return utf8_percent_encode(&resolution.address, ELSEWHERE).to_string(),
            Place::Here => String::new(),
            Place::Page(id) => self.page(&self.site.pages[*id].route),
            Place::Route(route) => self.page(route),
            Place::File(route) => self.file(route),
            Place::Draft | Place::Nowhere => return self.as_written(written),
        };
        let mut out = path;
        if !resolution.query.is_empty() {
            out.push('?');
            out.push_str(&resolution.query);
        }
        if !resolution.fragment.is_empty() || matches!(resolution.place, Place::Here) {
            out.push('#');
            out.extend(utf8_percent_encode(&resolution.fragment, FRAGMENT));
        }
        out
    }

    /// What is dead stays dead, but an absolute path still starts at the site's root.
    fn as_written(&self, written: &str) -> String {
        match written.trim().strip_prefix('/') {
            Some(below) => self.to(below),
            None => written.trim().to_owned(),
        }
    }

    /// A link to something named in the configuration or front matter.
    pub fn configured(&self, written: &str, resolution: &Resolution) -> String {
        self.link(resolution, written)
    }

    /// A reference of a page.
    pub fn reference(&self, link: &Link, resolution: &Resolution) -> String {
        self.link(resolution, &link.target)
    }
}
