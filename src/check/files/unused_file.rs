//! Files of `static/` that nothing refers to: told once a folder, since they tend to
//! come in scores. Files that browsers and hosts ask for by themselves are left out.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::page::LinkKind;
use crate::site::{Edition, Place, Resolution};
use crate::source::{Asset, Root, Span};

/// How many files a finding names.
const MOST: usize = 10;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(others) = context.others else { return };
    let mut used = used(context.site);
    others.iter().for_each(|other| used.extend(self::used(other)));
    let mut unused: BTreeMap<&str, Vec<&Asset>> = BTreeMap::new();
    for (route, asset) in &context.site.files {
        if asset.path.root() == Root::Static && !used.contains(route) && !is_asked_for(asset.path.as_str()) {
            unused.entry(asset.path.folder()).or_default().push(asset);
        }
    }
    for (folder, assets) in unused {
        let Some(first) = assets.first() else { continue };
        let message = match (assets.as_slice(), folder) {
            ([one], _) => format!("no page uses the file `{}`", one.path),
            (many, "") => format!("no page uses {} of the folder of static files", counted(many.len(), "file")),
            (many, folder) => format!("no page uses {} of the folder `{folder}`", counted(many.len(), "file")),
        };
        let names: Vec<String> =
            assets.iter().take(MOST).map(|asset| format!("`{}`", asset.path.file_name())).collect();
        let rest = assets.len().saturating_sub(MOST);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let help = match assets.len() {
            1 => "Remove it if it is not needed; it is published all the same.".to_owned(),
            _ => format!("They are {}{more}.", names.join(", ")),
        };
        let all: Vec<&str> = assets.iter().map(|asset| asset.path.as_str()).collect();
        let finding = Diagnostic::new(Code::UnusedFile, &first.path, Span::default(), message);
        findings.push(finding.with_identity(all.join("\n")).with_help(help));
    }
}

/// The addresses of all files that something refers to.
pub(super) fn used(site: &Edition) -> HashSet<String> {
    let mut used = HashSet::new();
    let extensions = extensions(site);
    let mut take = |resolution: &Resolution| {
        if let Place::File(route) = &resolution.place
            && !used.contains(route)
        {
            used.insert(route.clone());
        }
    };
    site.all_links().flatten().for_each(&mut take);
    for (id, published) in site.pages.iter().enumerate() {
        let page = &published.page;
        let attributes = page.components.iter().flat_map(|component| &component.attributes);
        let values = page.meta.data.values().chain(attributes.map(|attribute| &attribute.value));
        values.for_each(|value| {
            each_text(value, &mut |text| {
                if may_be_a_file(text, &extensions) {
                    take(&site.resolve_from(id, text, LinkKind::Resource));
                }
            });
        });
    }
    let config = &site.config;
    let pictures = [config.site.favicon.as_deref(), config.site.social_image.as_deref()];
    let logo = config.site.logo.as_ref().map(|logo| [Some(logo.light.as_str()), logo.dark.as_deref()]);
    let listed = config.theme.stylesheets.iter().map(String::as_str);
    let links = config.navbar.items.iter().map(|item| item.to.as_str());
    let footer = config.footer.columns.iter().flat_map(|column| &column.links).map(|link| link.to.as_str());
    for text in
        pictures.into_iter().chain(logo.into_iter().flatten()).flatten().chain(listed).chain(links).chain(footer)
    {
        take(&site.resolve_from_root(text, LinkKind::Resource));
    }
    used
}

/// Looks at all texts in a value.
fn each_text(value: &Value, look: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, look)),
        Value::Object(fields) => fields.values().for_each(|field| each_text(field, look)),
        _ => {}
    }
}

/// Whether a text may be the path of a file: whether it ends as one of them does.
fn may_be_a_file(text: &str, extensions: &HashSet<String>) -> bool {
    if text.len() >= 1_000 || text.contains('\n') || !text.contains(['/', '.']) {
        return false;
    }
    let path = text.split(['?', '#']).next().unwrap_or(text);
    path.contains('%') || extensions.contains(&extension(path.trim().trim_end_matches('/')))
}

/// What the names of the site's files end with, and what may stand behind such a name.
fn extensions(site: &Edition) -> HashSet<String> {
    let written_behind = [".md", ".mdx", ".html"].map(extension);
    site.files.keys().map(|route| extension(route)).chain(written_behind).collect()
}

/// What stands behind the last dot of a path's last name, in lower case; nothing if there is none.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// Files that are used without being referred to: by browsers, hosts, style sheets and scripts.
fn is_asked_for(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let used_by_others = [".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".webmanifest"];
    path.starts_with('.')
        || path.contains("/.")
        || name.starts_with("favicon")
        || name.starts_with("apple-touch-icon")
        || ["cname", "robots.txt", "humans.txt", "security.txt", "manifest.json", "browserconfig.xml", "ads.txt"]
            .contains(&name.as_str())
        || (!path.contains('/') && (name.starts_with('_') || name.starts_with("google") || name.starts_with("license")))
        || used_by_others.iter().any(|ending| name.ends_with(ending))
}
