//! What a text in `book.toml` must look like: an address, a path, a folder, a
//! value of CSS. Each is brought into one shape where that is safe (`handbook`
//! becomes `/handbook/`) and refused with a reason where it isn't. The types
//! name these formats; nothing here knows which key has which.

use super::{books, pattern, publish};

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatFault {
    /// What is wrong, to follow the key's name: "holds `;`, which …".
    pub problem: String,
    /// What to do about it.
    pub help: String,
    /// What to write instead, where that is plain.
    pub instead: Option<String>,
}

impl FormatFault {
    fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { problem: problem.into(), help: help.into(), instead: None }
    }

    fn instead(mut self, text: impl Into<String>) -> Self {
        self.instead = Some(text.into());
        self
    }
}

/// Checks a text against a format and gives it in its one shape. A format that
/// isn't known here lets everything through.
pub fn check(format: &str, text: &str) -> Result<String, FormatFault> {
    if let Some(control) = text.chars().find(|c| c.is_control()) {
        return Err(FormatFault::new(
            format!("holds an invisible character ({})", control.escape_unicode()),
            "Remove it: it is often copied along without being seen.",
        ));
    }
    match format {
        "site-address" if text.is_empty() => Ok(String::new()),
        "site-address" => split_address(text).map(|(origin, path)| origin + path.trim_end_matches('/')),
        "base-path" => base_path(text),
        "route" => route(text),
        "old-address" => old_address(text),
        "asset" => asset(text),
        "link" => link(text),
        "address-start" => address_start(text),
        "address-pattern" => pattern::read(text).map_err(|problem| FormatFault::new(problem, pattern::HELP)),
        "css-value" => css_value(text),
        "folder" => folder(text),
        "output-folder" => output_folder(text),
        "language" => language(text),
        "language-code" => language_code(text),
        "date-format" => date_format(text),
        "policy-directive" => policy_directive(text),
        "policy-source" => policy_source(text),
        "editor" => editor(text),
        "book-name" => books::name(text).map_err(of_book),
        "book-site" => books::site(text).map_err(of_book),
        "relation-name" => relation_name(text),
        "identity" => identity(text),
        "assessment-id" => assessment_id(text),
        "colour" => colour(text),
        "publish-place" => publish_place(text),
        "time-span" => time_span(text),
        "git-name" => git_name(text),
        _ => Ok(text.to_owned()),
    }
}

fn of_book(books::BookFault { problem, help, instead }: books::BookFault) -> FormatFault {
    FormatFault { problem: problem.to_owned(), help, instead }
}

fn publish_place(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "Write a folder as in `folder:../www`, a branch as in `git:gh-pages`, a place in an object store as in \
                        `s3://bucket/handbook` (or `gs://`, `az://`).";
    if publish::PublishPlace::read(text).is_some() {
        return Ok(text.to_owned());
    }
    Err(FormatFault::new("is no place to publish to", HELP))
}

fn time_span(text: &str) -> Result<String, FormatFault> {
    let fault = || FormatFault::new("is no span of time", "Write it as in `30m`, `24h` or `7d`; `0` is none.");
    publish::seconds(text).map(|_| text.to_owned()).ok_or_else(fault)
}

fn git_name(text: &str) -> Result<String, FormatFault> {
    let fault = || FormatFault::new("is no name that git takes", "Write it as in `origin`.");
    publish::is_git_name(text).then(|| text.to_owned()).ok_or_else(fault)
}

/// An address of the web in its two parts: `https://example.org` and the base path, which begins
/// and ends with `/`.
pub fn split_address(text: &str) -> Result<(String, String), FormatFault> {
    const HELP: &str = "Write it as in `https://example.org` or `https://example.org/handbook/`.";
    let Some((scheme, rest)) = web_scheme(text) else {
        let fault = FormatFault::new("does not begin with `https://` or `http://`", HELP);
        let like_a_host = text.contains('.') && !text.contains(':') && !text.starts_with(['/', '.']);
        return Err(if like_a_host { fault.instead(format!("https://{text}")) } else { fault });
    };
    let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    if let Some(at) = rest.find(['?', '#']) {
        let fault = FormatFault::new(format!("holds a `{}`, which a site's address has not", &rest[at..=at]), HELP);
        return Err(fault.instead(format!("{scheme}://{}", &rest[..at])));
    }
    if host.is_empty() || !host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']')) {
        return Err(FormatFault::new("has no name of a host after the `//`", HELP));
    }
    Ok((format!("{scheme}://{}", host.to_lowercase()), base_path(path)?))
}

/// `https` or `http`, and what follows its `://`.
fn web_scheme(text: &str) -> Option<(&'static str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known)).map(|known| (known, rest))
}

fn base_path(text: &str) -> Result<String, FormatFault> {
    let parts = address_parts(text)?;
    Ok(if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) })
}

fn route(text: &str) -> Result<String, FormatFault> {
    Ok(format!("/{}", address_parts(text)?.join("/")))
}

/// The parts of a path on the site, none of which can lead anywhere else.
fn address_parts(text: &str) -> Result<Vec<&str>, FormatFault> {
    const HELP: &str = "Write it as in `/handbook/`.";
    if text.contains("://") {
        return Err(FormatFault::new("is a whole address where a path on the site is wanted", HELP));
    }
    if let Some(bad) = text.chars().find(|c| matches!(c, '?' | '#' | '\\' | '<' | '>' | '"' | '{' | '}' | ' ')) {
        return Err(FormatFault::new(format!("holds `{bad}`, which a path on the site has not"), HELP));
    }
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        return Err(FormatFault::new("holds `..`, and would lead out of the site", HELP));
    }
    Ok(parts)
}

fn old_address(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "An old address begins with `/` and stands without host and base path, as in `/docs/old-name`.";
    if text.contains("://") || text.starts_with("//") {
        return Err(FormatFault::new("is a whole address, but redirects lead away from paths on this site", HELP));
    }
    if !text.starts_with('/') {
        return Err(FormatFault::new("does not begin with `/`", HELP).instead(format!("/{text}")));
    }
    if let Some(bad) = text.chars().find(|c| matches!(c, '?' | '#' | '\\')) {
        return Err(FormatFault::new(format!("holds `{bad}`, which a published file can't answer to"), HELP));
    }
    if text.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(FormatFault::new("holds `..` or `.` as a part, and would lead elsewhere", HELP));
    }
    Ok(text.to_owned())
}

fn asset(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "A file `static/img/logo.svg` is written `/img/logo.svg`.";
    if web_scheme(text).is_some() {
        return Ok(text.to_owned());
    }
    if text.is_empty() {
        return Err(FormatFault::new("is empty", "Name a file, or leave the key out."));
    }
    if text.starts_with("//") || has_scheme(text) || text.contains('\\') || text.split('/').any(|part| part == "..") {
        return Err(FormatFault::new("is not a path on the site", HELP));
    }
    Ok(format!("/{}", text.trim_start_matches("./").trim_start_matches('/')))
}

fn link(text: &str) -> Result<String, FormatFault> {
    const HELP: &str =
        "An address on the site begins with `/`, as in `/docs/start`; one elsewhere with `https://` or `mailto:`.";
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    if ["javascript:", "data:", "vbscript:"].iter().any(|script| plain.starts_with(script)) {
        return Err(FormatFault::new("runs code instead of leading somewhere", HELP));
    }
    if text.starts_with(['/', '#']) || has_scheme(text) {
        return Ok(text.to_owned());
    }
    let first = text.split('/').next().unwrap_or_default();
    let instead = if first.contains('.') && !first.starts_with('.') { "https://" } else { "/" };
    let fault = FormatFault::new("begins neither with `/` nor with `https://`", HELP);
    Err(if text.is_empty() || text.starts_with('.') { fault } else { fault.instead(format!("{instead}{text}")) })
}

/// Whether a text begins as `mailto:` and `https:` do.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The name of a program, or an address that leads to a place in a file.
fn editor(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "Name a program, as in `zed`, or write an address as in `vscode://file{path}:{line}:{column}`.";
    if text.trim().is_empty() {
        return Err(FormatFault::new("is empty", HELP));
    }
    if !text.contains("://") {
        return Ok(text.trim().to_owned());
    }
    let text = link(text)?;
    if !text.contains("{path}") {
        return Err(FormatFault::new("has no `{path}` where the file's place is put", HELP));
    }
    Ok(text)
}

fn address_start(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "A page's path is put after it: `https://github.com/org/repo/edit/main/content/`.";
    if web_scheme(text).is_none_or(|(_, rest)| rest.is_empty()) || text.contains(char::is_whitespace) {
        return Err(FormatFault::new("is not an address that begins with `https://`", HELP));
    }
    Ok(if text.ends_with(['/', '=']) { text.to_owned() } else { format!("{text}/") })
}

/// A value that stays one: nothing in it ends the declaration, opens a comment or loads a file.
fn css_value(text: &str) -> Result<String, FormatFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FormatFault::new("is empty", "Leave the key out to keep the theme's own value."));
    }
    for bad in [";", "{", "}", "<", ">", "\\", "/*", "*/", "!", "@"] {
        if text.contains(bad) {
            return Err(FormatFault::new(
                format!("holds `{bad}`, which could end the rule of the style sheet that it stands in"),
                "Write a single value; rules belong in a style sheet of your own, named in `theme.stylesheets`.",
            ));
        }
    }
    if text.to_ascii_lowercase().contains("url(") {
        return Err(FormatFault::new(
            "loads a file with `url(…)`",
            "Load files from a style sheet of your own, named in `theme.stylesheets`.",
        ));
    }
    match unclosed(text) {
        Some(open) => Err(FormatFault::new(format!("has a `{open}` without its partner"), "Close what is opened.")),
        None => Ok(text.to_owned()),
    }
}

/// The first quote or parenthesis that stands without its partner.
fn unclosed(text: &str) -> Option<char> {
    let (mut depth, mut quote) = (0usize, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => return Some(')'),
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    quote.or((depth > 0).then_some('('))
}

fn folder(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "Write it relative to the folder of `book.toml`, as in `content` or `../docs`.";
    if text.contains('\\') {
        return Err(FormatFault::new("holds `\\`", "Write `/` between folders on every system.")
            .instead(text.replace('\\', "/")));
    }
    if text.is_empty() {
        return Err(FormatFault::new("is empty", HELP));
    }
    let drive = text.as_bytes().get(1) == Some(&b':');
    if text.starts_with(['/', '~']) || drive {
        return Err(FormatFault::new("is a place on one machine", HELP));
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match parts.last() {
            Some(&last) if part == ".." && last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    Ok(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// A folder that the program may replace as a whole: below the project, and not the project itself.
fn output_folder(text: &str) -> Result<String, FormatFault> {
    let folder = folder(text)?;
    if folder == "." || folder == ".." || folder.starts_with("../") {
        return Err(FormatFault::new(
            "is not a folder inside the project",
            "The site replaces what lies there. Name a folder of its own, as in `public`; `--out` writes elsewhere.",
        ));
    }
    Ok(folder)
}

fn language(text: &str) -> Result<String, FormatFault> {
    let mut parts = text.split('-');
    let first =
        parts.next().is_some_and(|part| (2..=8).contains(&part.len()) && is_ascii(part, u8::is_ascii_alphabetic));
    if first && parts.all(|part| (1..=8).contains(&part.len()) && is_ascii(part, u8::is_ascii_alphanumeric)) {
        return Ok(text.to_owned());
    }
    let fault = FormatFault::new(
        "is not a code of a language",
        "Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.",
    );
    let hyphened = text.replace('_', "-");
    Err(if hyphened != text && language(&hyphened).is_ok() { fault.instead(hyphened) } else { fault })
}

/// The two-letter codes of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd \
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// What people write for a language's code that is a country's.
const MEANT: &[(&str, &str)] =
    &[("jp", "ja"), ("cn", "zh"), ("gr", "el"), ("cz", "cs"), ("dk", "da"), ("ua", "uk"), ("kp", "ko"), ("vn", "vi")];

/// A language's code whose first part is a language that there is, as far as two letters say it.
fn language_code(text: &str) -> Result<String, FormatFault> {
    let text = language(text)?;
    let first = text.split('-').next().unwrap_or_default().to_lowercase();
    if first.len() > 2 || LANGUAGES.split(' ').any(|known| known == first) {
        return Ok(text);
    }
    let help = "Write the code that browsers know: `en`, `de`, `pt-BR`, `zh-Hans`.";
    let fault = FormatFault::new("is no language's code", help);
    let meant = MEANT.iter().find(|(written, _)| *written == first);
    Err(match meant {
        Some((_, code)) => fault.instead(format!("{code}{}", &text[first.len()..])),
        None => fault,
    })
}

fn is_ascii(text: &str, test: fn(&u8) -> bool) -> bool {
    text.bytes().all(|byte| test(&byte))
}

fn date_format(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "`%-d %B %Y` gives 5 November 2026, `%Y-%m-%d` gives 2026-11-05.";
    if text.is_empty() {
        return Err(FormatFault::new("is empty", HELP));
    }
    match jiff::fmt::strtime::format(text, jiff::civil::date(2026, 11, 5)) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(FormatFault::new("is not a format that a day can be written in", HELP)),
    }
}

fn policy_directive(text: &str) -> Result<String, FormatFault> {
    const KNOWN: [&str; 12] = [
        "connect-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "script-src",
        "style-src",
        "worker-src",
    ];
    if KNOWN.contains(&text) {
        return Ok(text.to_owned());
    }
    let fault =
        FormatFault::new("is not a directive that can be added to", format!("It is one of {}.", KNOWN.join(", ")));
    let meant = crate::nearest::nearest(text, KNOWN);
    Err(meant.map_or(fault.clone(), |meant| fault.instead(meant)))
}

fn policy_source(text: &str) -> Result<String, FormatFault> {
    // Anything else would end the directive, and with it change the policy.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',')) {
        return Ok(text.to_owned());
    }
    Err(FormatFault::new("is not one source of a policy", "Write one origin each, as in `https://cdn.example.org`."))
}

/// A name that queries can write.
fn relation_name(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "Write letters, digits and `-`, as in `mitigates`.";
    if text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return Ok(text.to_owned());
    }
    let instead = text.trim().replace(' ', "-");
    let fault = FormatFault::new("is not a name for a relation", HELP);
    Err(if instead != text && relation_name(&instead).is_ok() { fault.instead(instead) } else { fault })
}

/// What answers are kept by.
fn assessment_id(text: &str) -> Result<String, FormatFault> {
    let is_short = !text.is_empty() && text.len() <= 60;
    if is_short && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        return Ok(text.to_owned());
    }
    Err(FormatFault::new("is not an id", "Write up to 60 letters, digits, `-`, `_` and `.`, as in `osmm`."))
}

/// A colour as scripts can reckon with it.
fn colour(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "Write it as `#008800`, with two digits each of red, green and blue.";
    let digits = text.strip_prefix('#').unwrap_or(text);
    if !matches!(digits.len(), 3 | 6) || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(FormatFault::new("is not a colour", HELP));
    }
    let long = match digits.len() {
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        _ => digits.to_owned(),
    };
    if text.starts_with('#') {
        return Ok(format!("#{}", long.to_ascii_lowercase()));
    }
    Err(FormatFault::new("is not a colour", HELP).instead(format!("#{long}")))
}

/// A text with keys of the front matter in braces.
fn identity(text: &str) -> Result<String, FormatFault> {
    const HELP: &str = "Write keys of the front matter in braces, as in `{type}-{sequence}`.";
    let mut rest = text;
    let mut keys = 0;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..].strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let Some((key, after)) = inside else {
            return Err(FormatFault::new("has a brace without its partner", HELP));
        };
        if key.trim().is_empty() || key.contains('{') {
            return Err(FormatFault::new("has braces that hold no key", HELP));
        }
        keys += 1;
        rest = after;
    }
    if keys == 0 {
        return Err(FormatFault::new("would be the same for all pages", HELP));
    }
    Ok(text.to_owned())
}
