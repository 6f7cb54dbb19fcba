//! Old addresses of all languages with where each leads at last, as rules for hosts are made of.

use std::collections::BTreeMap;

use crate::config::RedirectFormat;
use crate::page::LinkKind;
use crate::render::links::Linker;
use crate::render::renderer::Renderer;
use crate::site::{Edition, Place};

/// More redirects than this, one after the other, are followed by nobody.
const MOST: usize = 20;

/// An old address, and where it leads.
pub(super) struct RedirectRule {
    /// Its path below the host, with the base path, and nothing encoded.
    pub(super) from: String,
    /// Where it leads at last: a path below the host, or a whole address, both encoded.
    pub(super) to: String,
}

/// Whether a site has rules in a format.
pub(super) fn writes(renderer: &Renderer<'_>, format: RedirectFormat) -> bool {
    renderer.site.config.redirects.format.contains(&format)
}

/// The status that old addresses answer with.
pub(super) fn status(renderer: &Renderer<'_>) -> u16 {
    renderer.site.config.redirects.status
}

/// The rules of all languages, in order.
pub(super) fn rules(renderer: &Renderer<'_>) -> Vec<RedirectRule> {
    let mut rules = BTreeMap::new();
    for (_, edition) in renderer.library.editions() {
        let base = edition.config.site.base_path.trim_end_matches('/');
        for redirect in edition.redirects.iter().filter(|redirect| !edition.comes_back(&redirect.from)) {
            let from = format!("{base}{}", redirect.from);
            rules.entry(from).or_insert_with(|| destination(edition, &redirect.to));
        }
    }
    rules.into_iter().map(|(from, to)| RedirectRule { from, to }).collect()
}

/// Where a redirect leads at last.
fn destination(site: &Edition, to: &str) -> String {
    let mut to = to;
    for _ in 0..MOST {
        let led = site.resolve_from_root(to, LinkKind::Link);
        let next = match &led.place {
            Place::Route(route) if led.fragment.is_empty() => {
                site.redirects.iter().find(|redirect| redirect.from == *route).map(|redirect| redirect.to.as_str())
            }
            _ => None,
        };
        let Some(next) = next else {
            return Linker::anywhere(site, "").link(&led, to);
        };
        to = next;
    }
    to.to_owned()
}

/// The ways in which a host may be asked for an old address.
pub(super) fn spellings(from: &str) -> Vec<String> {
    match from.rsplit('/').next() {
        Some(name) if !name.is_empty() && !name.contains('.') => {
            vec![from.to_owned(), format!("{from}/"), format!("{from}.html")]
        }
        _ => vec![from.to_owned()],
    }
}
