//! What the frame of every page shows: title, navigation, footer, with addresses
//! relative to the page that holds them.

use std::collections::BTreeMap;

use super::href::Desk;
use super::theme::Theme;
use super::view::{FooterView, LinkView, LogoView, SiteView};
use super::{Renderer, data, feed, page};
use crate::config::Position;
use crate::page::LinkKind;
use crate::site::{Place, Site};

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "arc", "dv", "fa", "he", "ps", "ur", "yi"];

/// The frame around the page at `route`.
pub fn view(renderer: &Renderer<'_>, desk: &Desk<'_>, route: &str) -> SiteView {
    let site = renderer.site;
    let config = &site.config;
    let file = |written: &String| link(site, desk, written).href.unwrap_or_default();
    let bar = |end: Position| {
        let items = config.navbar.items.iter().filter(move |item| item.position == end);
        items.map(|item| LinkView {
            label: item.label.clone(),
            current: leads_to(site, &item.to, route),
            ..link(site, desk, &item.to)
        })
    };
    let columns = config.footer.columns.iter().map(|column| FooterView {
        title: column.title.clone(),
        links: column.links.iter().map(|to| LinkView { label: to.label.clone(), ..link(site, desk, &to.to) }).collect(),
    });
    let custom = data::custom_style(site).map(|style| super::theme::fingerprinted("custom.css", style.as_bytes()));
    let custom = custom.map(|path| desk.file(&path));
    let language = config.site.language.clone();
    let primary = language.split('-').next().unwrap_or("").to_lowercase();
    SiteView {
        title: config.site.title.clone(),
        tagline: config.site.tagline.clone(),
        direction: if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" },
        language,
        authors: config.site.authors.clone(),
        url: page::base_url(site).unwrap_or_default(),
        home: desk.page("/"),
        tags: desk.page(&site.tags_route()),
        favicon: config.site.favicon.as_ref().map(file),
        logo: config.site.logo.as_ref().map(|logo| LogoView {
            light: file(&logo.light),
            dark: file(logo.dark.as_ref().unwrap_or(&logo.light)),
            alt: logo.alt.clone(),
        }),
        navbar_left: bar(Position::Left).collect(),
        navbar_right: bar(Position::Right).collect(),
        footer: columns.collect(),
        copyright: config.footer.copyright.clone(),
        feed: site.has_feed().then(|| desk.file(feed::FILE)),
        search: config.search.enabled,
        stylesheets: custom.into_iter().chain(config.theme.stylesheets.iter().map(file)).collect(),
    }
}

/// The published paths of the theme's files, by name.
pub fn assets(theme: &Theme) -> BTreeMap<&str, &str> {
    theme.assets.iter().map(|(name, asset)| (name.as_str(), asset.path.as_str())).collect()
}

fn link(site: &Site, desk: &Desk<'_>, written: &str) -> LinkView {
    let resolution = site.resolve_from_root(written, LinkKind::Link);
    LinkView {
        label: String::new(),
        href: Some(desk.configured(written, &resolution)),
        external: resolution.place == Place::Elsewhere,
        current: false,
    }
}

/// Whether an entry of the bar leads to the page, or to a section that holds it.
fn leads_to(site: &Site, written: &str, route: &str) -> bool {
    match site.resolve_from_root(written, LinkKind::Link).place {
        Place::Page(id) => {
            let target = &site.pages[id].route;
            target == route || (target.len() > 1 && route.starts_with(&format!("{}/", target.trim_end_matches('/'))))
        }
        Place::Route(target) => target == route,
        _ => false,
    }
}
