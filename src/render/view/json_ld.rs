//! What a page is, where it stands and who wrote it, as JSON-LD for search engines: a data block
//! that no browser runs, so that no policy needs to allow it.

use serde_json::{Map, Value, json};

use super::{PageView, sidebar};
use crate::render::facts;
use crate::render::renderer::Renderer;
use crate::site::{Edition, LeadsTo, PageId};

/// The data of a page, ready to stand in a `<script>`; nothing where the site has no address.
pub fn of_page(renderer: &Renderer<'_>, id: PageId, view: &PageView) -> Option<String> {
    let site = renderer.site;
    if !site.config.writes_json_ld() {
        return None;
    }
    let published = &site.pages[id];
    let address = facts::absolute_url(site, &published.route)?;
    let is_home = published.route == "/";
    let about = if is_home { website(site, &address) } else { article(site, &address, view) };
    let crumbs = crumbs(site, id);
    // One step is no way.
    if crumbs.len() < 2 {
        let context = [("@context".to_owned(), "https://schema.org".into())];
        return Some(embedded(&context.into_iter().chain(about).collect()));
    }
    let list = json!({ "@type": "BreadcrumbList", "itemListElement": crumbs });
    Some(embedded(&json!({ "@context": "https://schema.org", "@graph": [about, list] })))
}

fn website(site: &Edition, address: &str) -> Map<String, Value> {
    let config = &site.config.site;
    let mut about = Map::new();
    put(&mut about, "@type", "WebSite");
    put(&mut about, "name", &config.title);
    put(&mut about, "description", &config.tagline);
    put(&mut about, "url", address);
    put(&mut about, "inLanguage", &config.language);
    if !config.authors.is_empty() {
        about.insert("publisher".into(), organisation(site));
    }
    about
}

fn article(site: &Edition, address: &str, view: &PageView) -> Map<String, Value> {
    let config = &site.config.site;
    let mut about = Map::new();
    put(&mut about, "@type", "Article");
    put(&mut about, "headline", if view.title.is_empty() { &config.title } else { &view.title });
    put(&mut about, "description", &view.description);
    put(&mut about, "url", address);
    put(&mut about, "inLanguage", &config.language);
    put(&mut about, "image", view.image.as_deref().unwrap_or_default());
    put(&mut about, "datePublished", view.published_iso.as_deref().unwrap_or_default());
    put(&mut about, "dateModified", view.updated_iso.as_deref().unwrap_or_default());
    if !view.authors.is_empty() {
        let people = view.authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
        about.insert("author".into(), people.collect());
    } else if !config.authors.is_empty() {
        about.insert("author".into(), organisation(site));
    }
    about
}

fn organisation(site: &Edition) -> Value {
    site.config.site.authors.iter().map(|name| json!({ "@type": "Organization", "name": name })).collect()
}

fn put(about: &mut Map<String, Value>, key: &str, value: &str) {
    if !value.is_empty() {
        about.insert(key.into(), value.into());
    }
}

/// The sections on the way to a page that have a page themselves, and the page.
fn crumbs(site: &Edition, id: PageId) -> Vec<Value> {
    let mut crumbs = Vec::new();
    let mut level = &site.tree;
    for at in sidebar::trail(site, &LeadsTo::Page(id)) {
        let node = &level[at];
        let route = sidebar::leads_to_route(site, &node.leads_to);
        if let Some(address) = route.and_then(|route| facts::absolute_url(site, route)) {
            let place = crumbs.len() + 1;
            crumbs.push(json!({ "@type": "ListItem", "position": place, "name": node.label, "item": address }));
        }
        level = &node.children;
    }
    crumbs
}

/// JSON that can't end the element it stands in, nor begin a comment there.
fn embedded(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_never_leaves_its_element() {
        let value = json!({ "name": "</script><!-- & \u{2028}" });
        let written = embedded(&value);
        assert!(!written.contains(['<', '>', '&']), "{written}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
