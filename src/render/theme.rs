//! Templates and their companions (style sheets, scripts) from the built-in theme
//! and the site's own folder, ready to render. The one place that knows Tera's set-up.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;
use tera::{ComponentArgType, ComponentInfo, Context, Tera};

use super::spoken;
use super::template_error::{THEME, loading_finding, template_finding};
use crate::component::{Components, Declaration, Declarations, Parameter, ParameterKind};
use crate::diagnostic::Diagnostic;
use crate::source::{RawFile, Source};
use crate::words::{self, Words};

/// Where the tables of words lie.
const WORDS_FOLDER: &str = "words/";

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Embedded;

/// Scripts whose parts lie in folders: `build.rs` puts them together.
const SCRIPTS: [(&str, &[u8]); 5] = [
    ("more.js", include_bytes!(concat!(env!("OUT_DIR"), "/more.js"))),
    ("search.js", include_bytes!(concat!(env!("OUT_DIR"), "/search.js"))),
    ("checklist.js", include_bytes!(concat!(env!("OUT_DIR"), "/checklist.js"))),
    ("earlier-answers.js", include_bytes!(concat!(env!("OUT_DIR"), "/earlier-answers.js"))),
    ("assessment.js", include_bytes!(concat!(env!("OUT_DIR"), "/assessment.js"))),
];

/// The folders that hold their parts, and what is on no page of a site.
const PARTS: [&str; 4] = ["more/", "search/", "assess/", "diff/"];

/// A style sheet, script or picture of the theme, as published.
#[derive(Clone, Debug)]
pub struct ThemeAsset {
    /// Where it is published: `assets/theme.0123abcd.css`.
    pub path: String,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

impl ThemeAsset {
    fn new(name: &str, bytes: Cow<'static, [u8]>) -> Self {
        Self { path: fingerprinted(name, &bytes), bytes }
    }
}

/// Everything that pages are rendered with.
pub struct Theme {
    /// The templates.
    pub tera: Tera,
    /// The components that they define.
    pub components: Arc<Components>,
    /// Whether no template of the site's own looks at the sidebar's entries: then they need not come one
    /// by one, and what they have in common is made once a folder.
    pub joins_sidebar: bool,
    /// The built-in theme alone, for what the site's own templates can't show: made where that happens.
    built_in: OnceLock<Option<Tera>>,
    /// What it says.
    words: Arc<Words>,
    /// Published files by their name in the theme: `theme.css`.
    pub assets: BTreeMap<String, ThemeAsset>,
}

/// The names of the built-in theme's files, sorted.
pub fn built_in_names() -> Vec<String> {
    let mut names: Vec<String> = embedded()
        .filter(|name| !name.starts_with(WORDS_FOLDER))
        .chain(SCRIPTS.map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    names
}

/// The names of its tables of words, sorted: a site's own are laid over them.
pub fn word_tables() -> Vec<String> {
    let mut names: Vec<String> =
        embedded().filter(|name| name.starts_with(WORDS_FOLDER) && name.ends_with(".toml")).collect();
    names.sort();
    names
}

fn embedded() -> impl Iterator<Item = String> {
    Embedded::iter().filter(|name| !PARTS.iter().any(|folder| name.starts_with(folder))).map(Cow::into_owned)
}

/// A file of the built-in theme.
pub fn built_in(name: &str) -> Option<Cow<'static, [u8]>> {
    if let Some((_, script)) = SCRIPTS.iter().find(|(script, _)| *script == name) {
        return Some(Cow::Borrowed(script));
    }
    Embedded::get(name).map(|file| file.data)
}

impl Theme {
    /// Loads the theme with the site's own files over it, to speak in these words. A template that can't be
    /// parsed is a finding; then the built-in theme alone is loaded, so that the rest can be checked.
    pub fn load(own: &[Source], files: &[RawFile], words: &Arc<Words>) -> (Self, Vec<Diagnostic>) {
        let (tera, findings) = compile_soundly(own, words);
        let components = Arc::new(Components::of(components(&tera, own)));
        let joins_sidebar = !own.iter().any(|template| template.text.contains("sidebar"));
        let built_in = OnceLock::new();
        let words = Arc::clone(words);
        (Self { tera, components, joins_sidebar, built_in, assets: assets(files, &words), words }, findings)
    }

    /// A page by the built-in theme's template of that name, or by the one for all pages; none if that fails, too.
    pub(super) fn render_built_in(&self, template: &str, values: &Context) -> Option<String> {
        let tera = self.built_in.get_or_init(|| compile(&[], &self.words).ok()).as_ref()?;
        let template = if tera.contains_template(template) { template } else { "page.html" };
        tera.render(template, values).ok()
    }
}

/// What each component takes, of the theme's and of the site's own.
pub(crate) fn declarations(own: &[Source], words: &Arc<Words>) -> Declarations {
    // A site's own may build on any of the theme's templates.
    let ours = own.is_empty().then(|| compile_some(&[], words, may_declare).ok()).flatten();
    components(&ours.unwrap_or_else(|| compile_soundly(own, words).0), own)
}

/// Whether a template of the theme's may declare components: not one of whole pages, and those are the longest.
fn may_declare(name: &str) -> bool {
    name.contains('/')
}

/// The templates; where the site's own can't be parsed, the theme's alone, and why.
fn compile_soundly(own: &[Source], words: &Arc<Words>) -> (Tera, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let tera = compile(own, words).or_else(|error| {
        findings.push(loading_finding(&error, own));
        compile(&[], words)
    });
    let tera = tera.unwrap_or_else(|error| {
        findings.push(template_finding(&error, None));
        Tera::default()
    });
    (tera, findings)
}

fn compile(own: &[Source], words: &Arc<Words>) -> Result<Tera, tera::Error> {
    compile_some(own, words, |_| true)
}

/// Some of the theme's templates, and the site's own.
fn compile_some(own: &[Source], words: &Arc<Words>, wanted: fn(&str) -> bool) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes([THEME])?;
    spoken::register(&mut tera, Arc::clone(words));
    tera.register_filter("anchor", |text: &str, _: tera::Kwargs, _: &tera::State<'_>| {
        crate::site::component_anchor(text)
    });
    tera.register_test("with_parts", |content: &str, _: tera::Kwargs, _: &tera::State<'_>| {
        super::parts::stand_in(content)
    });
    tera.register_filter("json", |value: &tera::Value, _: tera::Kwargs, _: &tera::State<'_>| {
        serde_json::to_string(value).unwrap_or_default()
    });
    let mut templates: Vec<(String, String)> = Vec::new();
    for name in built_in_names().into_iter().filter(|name| is_template(name) && wanted(name)) {
        let bytes = built_in(&name).unwrap_or_default();
        templates.push((format!("{THEME}{name}"), spoken::spoken(&String::from_utf8_lossy(&bytes), words)));
    }
    for source in own {
        templates.push((source.path.as_str().to_owned(), source.text.to_string()));
    }
    tera.add_raw_templates(templates)?;
    Ok(tera)
}

fn is_template(name: &str) -> bool {
    [".html", ".xml", ".txt"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a site's own template shows the body of its component, said or not.
fn shows_body(template: &str, component: &str) -> bool {
    template.contains(&format!("component {component}(")) && template.contains("body")
}

/// What each component takes, as its template declares it.
fn components(tera: &Tera, own: &[Source]) -> Declarations {
    let mut components = Declarations::new();
    // Names with a dot are parts of the theme's own, not for pages.
    for name in tera.get_component_names().filter(|name| !name.contains('.')) {
        if let Some(info) = tera.get_component_definition(name) {
            let mut declared = declaration(&info);
            declared.body |= own.iter().any(|source| shows_body(&source.text, name));
            components.insert(name.to_owned(), declared);
        }
    }
    components
}

fn declaration(info: &ComponentInfo) -> Declaration {
    let told = |name: &str| info.metadata().get(name).and_then(|value| value.as_str());
    let parameters = info.args().iter().filter(|arg| !arg.is_implicit()).map(|arg| Parameter {
        name: arg.name().to_owned(),
        required: arg.is_required(),
        kind: arg.arg_type().and_then(kind),
        choices: names(told(arg.name()).unwrap_or_default()),
    });
    let asks_for = |name: &str| info.args().iter().any(|arg| arg.is_implicit() && arg.name() == name);
    Declaration {
        parameters: parameters.collect(),
        open: info.rest_param().is_some(),
        body: info.metadata().get("body").is_some(),
        query: asks_for("entries") || asks_for("matrix"),
        crosses: asks_for("matrix"),
        implicits: info.args().iter().filter(|arg| arg.is_implicit()).map(|arg| arg.name().to_owned()).collect(),
        numbers: names(told("numbers").unwrap_or_default()),
        anchor: told("anchor").map(str::to_owned),
    }
}

/// Names with commas between.
fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn kind(declared: ComponentArgType) -> Option<ParameterKind> {
    Some(match declared {
        ComponentArgType::String => ParameterKind::Text,
        ComponentArgType::Bool => ParameterKind::Bool,
        ComponentArgType::Integer => ParameterKind::Integer,
        ComponentArgType::Float => ParameterKind::Float,
        ComponentArgType::Number => ParameterKind::Number,
        ComponentArgType::Array => ParameterKind::List,
        ComponentArgType::Map => ParameterKind::Map,
        _ => return None,
    })
}

/// The files that are published, with a fingerprint in their names; the site's own win.
fn assets(own: &[RawFile], words: &Words) -> BTreeMap<String, ThemeAsset> {
    let mut files: BTreeMap<String, Cow<'static, [u8]>> = BTreeMap::new();
    for name in built_in_names() {
        if let Some(bytes) = built_in(&name) {
            let shortened = match name.rsplit_once('.') {
                Some((_, "js")) => Some(without_comments(&bytes)),
                Some((_, "css")) => Some(style_without_comments(&bytes)),
                _ => None,
            };
            files.insert(name, shortened.map_or(bytes, |text| Cow::Owned(text.into_bytes())));
        }
    }
    // What scripts say lies beside them, with its language in its name.
    let said = words::SCRIPTS.iter().map(|script| {
        let name = format!("{}.{}.js", script.name, words.language());
        (format!("{}.js", script.name), ThemeAsset::new(&name, Cow::Owned(script.write(words).into_bytes())))
    });
    // A copy of ours is ours as long as nobody has changed it.
    let changed = own.iter().filter(|file| built_in(file.path.as_str()).is_none_or(|ours| *ours != *file.bytes));
    files.extend(changed.map(|file| (file.path.as_str().to_owned(), Cow::Owned(file.bytes.to_vec()))));
    files.retain(|name, _| !is_template(name));
    let (styles, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.ends_with(".css"));
    let publish = |(name, bytes): (String, Cow<'static, [u8]>)| {
        let asset = ThemeAsset::new(&name, bytes);
        (name, asset)
    };
    let mut published: BTreeMap<String, ThemeAsset> = said.chain(others.into_iter().map(publish)).collect();
    let styles: Vec<_> = styles.into_iter().map(|(name, bytes)| (name, with_addresses(bytes, &published))).collect();
    published.extend(styles.into_iter().map(publish));
    published
}

/// A style sheet that loads files of the theme by the names under which they are published.
fn with_addresses(style: Cow<'static, [u8]>, published: &BTreeMap<String, ThemeAsset>) -> Cow<'static, [u8]> {
    let Ok(text) = std::str::from_utf8(&style) else { return style };
    let mut text = Cow::Borrowed(text);
    for (name, asset) in published {
        let written = format!("url(\"{name}\")");
        if text.contains(&written) {
            let file = asset.path.trim_start_matches("assets/");
            text = Cow::Owned(text.replace(&written, &format!("url(\"{file}\")")));
        }
    }
    match text {
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        Cow::Borrowed(_) => style,
    }
}

/// A script of ours without its comments and without blanks before its lines, which readers would load for nothing. Comments
/// stand on lines of their own, and no text goes over several.
fn without_comments(script: &[u8]) -> String {
    let mut code = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in String::from_utf8_lossy(script).lines().map(str::trim).filter(|line| !line.is_empty()) {
        is_comment |= line.starts_with("/**");
        if !is_comment && !line.starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    code
}

/// A style sheet of ours as readers load it: without comments, and without blanks that say nothing. No text in it looks
/// like a comment, and all stands in double quotes.
fn style_without_comments(style: &[u8]) -> String {
    let style = String::from_utf8_lossy(style);
    let mut parts = style.split("/*");
    let mut code = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| code.push_str(part.split_once("*/").map_or("", |(_, after)| after)));
    let mut short = String::with_capacity(code.len());
    for (at, part) in code.split('"').enumerate() {
        match at % 2 {
            0 => push_without_blanks(part, &mut short),
            _ => _ = write!(short, "\"{part}\""),
        }
    }
    short + "\n"
}

/// Rules without the blanks around what divides them. One before a colon means something in a selector, and stays.
fn push_without_blanks(rules: &str, short: &mut String) {
    let mut blank = false;
    for c in rules.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        let follows = short.chars().next_back();
        if blank && !matches!(c, '{' | '}' | ';' | ',') && !follows.is_none_or(|last| "{};,:".contains(last)) {
            short.push(' ');
        }
        if c == '}' && follows == Some(';') {
            short.pop();
        }
        short.push(c);
        blank = false;
    }
    if blank && !short.ends_with(['{', '}', ';', ',', ':']) {
        short.push(' ');
    }
}

/// `assets/theme.css` with the first digits of its content's hash in the name.
pub fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{}.{extension}", &hash[..8]),
        None => format!("assets/{name}.{}", &hash[..8]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Root, SourcePath};

    #[test]
    fn readers_load_no_comments() {
        let script = b"// What it is.\nlet a = 1; // stays\n\n  /** Of one line. */\n  go(\n    \"// a text\",\n  );\n/** Of\n    two. */\nb();\n";
        assert_eq!(without_comments(script), "let a = 1; // stays\ngo(\n\"// a text\",\n);\nb();\n");
    }

    #[test]
    fn readers_load_no_comments_of_styles() {
        let style = b"/* Of one\n line. */\n@layer a {\n  /* x */ b { c: url(\"d\"); } /* y */\n}\n";
        assert_eq!(style_without_comments(style), "@layer a{b{c:url(\"d\")}}\n");
        let style =
            b"a :is(b, c) > d:hover::after {\n  content: \"; : }\" / \"\";\n  margin: calc(1px + 2px) -1px;\n}\n";
        let short = "a :is(b,c) > d:hover::after{content:\"; : }\" / \"\";margin:calc(1px + 2px) -1px}\n";
        assert_eq!(style_without_comments(style), short);
        for name in built_in_names().iter().filter(|name| name.ends_with(".css")) {
            let style = String::from_utf8(built_in(name).unwrap().to_vec()).unwrap();
            assert_eq!(style.matches("/*").count(), style.matches("*/").count(), "{name}");
        }
    }

    #[test]
    fn no_component_is_declared_by_a_template_of_whole_pages() {
        let words = Arc::new(Words::of("en"));
        let some = components(&compile_some(&[], &words, may_declare).unwrap(), &[]);
        let all = components(&compile(&[], &words).unwrap(), &[]);
        assert!(!all.is_empty());
        assert_eq!(format!("{some:?}"), format!("{all:?}"));
    }

    #[test]
    fn no_text_of_our_scripts_goes_over_several_lines() {
        for name in built_in_names().iter().filter(|name| name.ends_with(".js")) {
            let script = String::from_utf8(built_in(name).unwrap().to_vec()).unwrap();
            let open = script.lines().find(|line| line.replace("\\`", "").matches('`').count() % 2 == 1);
            assert_eq!(open, None, "{name}");
        }
    }

    #[test]
    fn a_copy_of_ours_is_ours_until_somebody_changes_it() {
        let published = |bytes: &[u8]| {
            let path = SourcePath::new(Root::Templates, "theme.js");
            let own = [RawFile { path, bytes: bytes.into() }];
            assets(&own, &Words::of("en")).remove("theme.js").unwrap().bytes.into_owned()
        };
        let ours = built_in("theme.js").unwrap();
        assert_eq!(published(&ours), without_comments(&ours).into_bytes());
        assert_eq!(published(b"// mine\n"), b"// mine\n");
    }
}
