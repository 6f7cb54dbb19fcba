//! What the frame of every page shows: title, navigation, footer, with addresses
//! relative to the page that holds them.

use std::collections::BTreeMap;

use super::{FooterView, LinkView, LogoView, SearchOriginalView, SiteView};
use crate::config::{Fallback, Position};
use crate::page::LinkKind;
use crate::render::context::FileContext;
use crate::render::links::Linker;
use crate::render::theme::{self, Theme};
use crate::render::{facts, style};
use crate::site::{Edition, Place, steps};

/// The frame around a page; `current` says of each entry of the bar whether it leads to where the page is.
pub fn view(context: FileContext<'_>, current: &[bool]) -> SiteView {
    let (site, linker) = (context.site(), context.linker);
    let config = &site.config;
    let file = |written: &String| link(site, linker, written).href.unwrap_or_default();
    let bar = |end: Position| {
        let items = config.navbar.items.iter().enumerate().filter(move |(_, item)| item.position == end);
        items.map(|(at, item)| LinkView {
            label: item.label.clone(),
            current: current.get(at).is_some_and(|&is_current| is_current),
            ..link(site, linker, &item.to)
        })
    };
    let asked = site.menu.iter().zip(config.navbar.items.len()..).map(|(entry, at)| LinkView {
        label: entry.label.clone(),
        href: Some(linker.page(&site.pages[entry.page].route)),
        external: false,
        current: current.get(at).is_some_and(|&is_current| is_current),
        lang: site.language_of_borrowed(entry.page).map(str::to_owned),
    });
    let columns = config.footer.columns.iter().map(|column| FooterView {
        title: column.title.clone(),
        links: column
            .links
            .iter()
            .map(|to| LinkView { label: to.label.clone(), ..link(site, linker, &to.to) })
            .collect(),
    });
    let custom = style::custom(site).map(|style| theme::fingerprinted("custom.css", style.as_bytes()));
    let custom = custom.map(|path| linker.file(&path));
    let language = config.site.language.clone();
    SiteView {
        title: config.site.title.clone(),
        tagline: config.site.tagline.clone(),
        direction: site.direction(),
        language,
        role_kind: config.tags.roles.clone(),
        level_kind: steps::kind(&site.tags, &config.tags).to_owned(),
        authors: config.site.authors.clone(),
        url: facts::base_url(site).unwrap_or_default(),
        home: match &site.language {
            Some(_) => linker.page(&site.entrance()),
            None => linker.page(site.first_page.as_deref().unwrap_or(site.home())),
        },
        tags: linker.page(&site.tags_route()),
        favicon: config.site.favicon.as_ref().map(file),
        logo: config.site.logo.as_ref().map(|logo| LogoView {
            light: file(&logo.light),
            dark: file(logo.dark.as_ref().unwrap_or(&logo.light)),
            alt: logo.alt.clone(),
        }),
        navbar_left: bar(Position::Left).chain(asked).collect(),
        navbar_right: bar(Position::Right).collect(),
        footer: columns.collect(),
        copyright: config.footer.copyright.clone(),
        feed: site.has_feed().then(|| linker.file(&site.own_file(facts::FEED_FILE))),
        epub: config.print.epub.then(|| linker.file(&site.own_file(facts::EPUB_FILE))),
        llms: config.writes_llms().then(|| as_a_path(linker.file(&site.own_file("llms.txt")))),
        search: config.search.enabled,
        search_in: folder_of(site),
        search_original: search_original(context),
        typeface: style::has_typeface(site),
        stylesheets: custom.into_iter().chain(config.theme.stylesheets.iter().map(file)).collect(),
    }
}

/// The folder of an edition's own files, from the site's root.
fn folder_of(site: &Edition) -> String {
    site.config.urls.prefix.trim_start_matches('/').to_owned()
}

/// The original, where a translation takes from it what it lacks, and it can be searched.
fn search_original(context: FileContext<'_>) -> Option<SearchOriginalView> {
    let original = context.renderer.library.original();
    let own = context.site().language.as_ref()?;
    let language = original.language.as_ref().filter(|original| original.code != own.code)?;
    let takes = own.fallback != Fallback::None && original.config.search.enabled;
    takes.then(|| SearchOriginalView {
        folder: folder_of(original),
        code: language.code.clone(),
        label: language.label.clone(),
    })
}

/// The published paths of the theme's files, by name.
pub fn assets(theme: &Theme) -> BTreeMap<&str, &str> {
    theme.assets.iter().map(|(name, asset)| (name.as_str(), asset.path.as_str())).collect()
}

fn link(site: &Edition, linker: &Linker<'_>, written: &str) -> LinkView {
    let resolution = site.resolve_from_root(written, LinkKind::Link);
    LinkView {
        label: String::new(),
        href: Some(linker.configured(written, &resolution)),
        external: resolution.place == Place::Elsewhere,
        current: false,
        lang: None,
    }
}

/// Where an entry of the bar leads.
pub enum NavbarTarget {
    /// To a page, and so to all below it.
    Page(String),
    /// To a page that the site makes by itself.
    Route(String),
    /// Out of the site, or nowhere.
    Elsewhere,
}

impl NavbarTarget {
    /// Whether it leads to the page at `route`, or to a section that holds it.
    pub fn holds(&self, route: &str) -> bool {
        match self {
            NavbarTarget::Page(target) => {
                let below = route.strip_prefix(target.trim_end_matches('/'));
                target == route || (target.len() > 1 && below.is_some_and(|below| below.starts_with('/')))
            }
            NavbarTarget::Route(target) => target == route,
            NavbarTarget::Elsewhere => false,
        }
    }
}

/// Where the entries of the bar lead, in their order.
pub fn bar(site: &Edition) -> Vec<NavbarTarget> {
    let items = site.config.navbar.items.iter();
    let targets = items.map(|item| match site.resolve_from_root(&item.to, LinkKind::Link).place {
        Place::Page(id) => NavbarTarget::Page(site.pages[id].route.clone()),
        Place::Route(route) => NavbarTarget::Route(route),
        _ => NavbarTarget::Elsewhere,
    });
    let asked = site.menu.iter().map(|entry| NavbarTarget::Page(site.pages[entry.page].route.clone()));
    targets.chain(asked).collect()
}

/// A link with a slash: programs that look for a file's name take one without for a word.
fn as_a_path(link: String) -> String {
    if link.contains('/') { link } else { format!("./{link}") }
}
