//! What browsers are told of each file, where a place keeps that with the file: its kind, and how long it is kept. The site's
//! own `_headers` says it, as Netlify and others read that file; other headers than these a place can't keep.

use crate::media_type;

/// The headers that object stores keep.
const KEPT: [&str; 5] =
    ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type"];

/// What is said of files whose names follow from what is in them.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What is said of all others: that they may be kept, but are asked for each time.
const ASK_AGAIN: &str = "no-cache";

/// What a site says of its files.
#[derive(Clone, Debug, Default)]
pub struct FileHeaders {
    base: String,
    rules: Vec<HeaderRule>,
}

/// What is said of all addresses of a form.
#[derive(Clone, Debug)]
struct HeaderRule {
    pattern: String,
    headers: Vec<(String, String)>,
}

impl FileHeaders {
    /// By the text of `_headers`, which speaks of addresses with the base path.
    pub fn read(text: &str, base: &str) -> Self {
        let mut rules: Vec<HeaderRule> = Vec::new();
        for line in text.lines() {
            let is_below = line.starts_with([' ', '\t']);
            let said = line.trim();
            if said.is_empty() || said.starts_with('#') {
                continue;
            }
            match (is_below, rules.last_mut(), said.split_once(':')) {
                (true, Some(rule), Some((name, value))) => {
                    let name = name.trim().to_ascii_lowercase();
                    if KEPT.contains(&name.as_str()) {
                        rule.headers.push((name, value.trim().to_owned()));
                    }
                }
                (true, ..) => {}
                (false, ..) => rules.push(HeaderRule { pattern: said.to_owned(), headers: Vec::new() }),
            }
        }
        Self { base: base.to_owned(), rules }
    }

    /// What browsers are told of a file.
    pub fn of(&self, path: &str) -> Vec<(String, String)> {
        let kind = if path.ends_with(".md") { "text/markdown; charset=utf-8" } else { media_type::of(path) };
        let kept = if path.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
        let mut headers =
            vec![("cache-control".to_owned(), kept.to_owned()), ("content-type".to_owned(), kind.to_owned())];
        let addresses = self.addresses(path);
        let said = self.rules.iter().filter(|rule| addresses.iter().any(|address| matches(&rule.pattern, address)));
        for (name, value) in said.flat_map(|rule| &rule.headers) {
            match headers.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.clone_from(value),
                None => headers.push((name.clone(), value.clone())),
            }
        }
        headers.sort();
        headers
    }

    /// The addresses at which a file answers.
    fn addresses(&self, path: &str) -> Vec<String> {
        let whole = format!("{}{path}", self.base);
        let folder = whole.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).map(str::to_owned);
        let page = whole.strip_suffix(".html").map(str::to_owned);
        [Some(whole), folder, page].into_iter().flatten().collect()
    }
}

/// Whether an address is of a form: `*` stands for anything, `:name` for a part of it.
fn matches(pattern: &str, address: &str) -> bool {
    match pattern.find(['*', ':']) {
        None => pattern == address,
        Some(at) => {
            let (plain, rest) = pattern.split_at(at);
            let Some(left) = address.strip_prefix(plain) else { return false };
            let starts = || left.char_indices().map(|(at, _)| at).chain([left.len()]);
            if let Some(rest) = rest.strip_prefix('*') {
                return starts().any(|at| matches(rest, &left[at..]));
            }
            let rest = rest[1..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
            let end = left.find('/').unwrap_or(left.len());
            end > 0 && matches(rest, &left[end..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(headers: &FileHeaders, path: &str) -> String {
        headers.of(path).iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn without_rules_assets_are_kept_and_all_else_is_asked_for_again() {
        let none = FileHeaders::default();
        assert_eq!(
            told(&none, "assets/a.js"),
            "cache-control=public, max-age=31536000, immutable | content-type=text/javascript; charset=utf-8"
        );
        assert_eq!(told(&none, "a/index.md"), "cache-control=no-cache | content-type=text/markdown; charset=utf-8");
    }

    #[test]
    fn rules_are_those_of_the_addresses_that_a_file_has() {
        let text = "# ours\n/b/*\n  X-Frame-Options: DENY\n  Cache-Control: max-age=60\n/b/guide/\n\tCache-Control: max-age=1\n\
                    /b/:page/list\n  Content-Language: de\n/other/*\n  Cache-Control: no-store\n";
        let headers = FileHeaders::read(text, "/b/");
        let html = "content-type=text/html; charset=utf-8";
        assert_eq!(told(&headers, "guide/index.html"), format!("cache-control=max-age=1 | {html}"));
        assert_eq!(told(&headers, "index.html"), format!("cache-control=max-age=60 | {html}"));
        assert_eq!(told(&headers, "a/list.html"), format!("cache-control=max-age=60 | content-language=de | {html}"));
        assert_eq!(told(&headers, "a/b/list.html"), format!("cache-control=max-age=60 | {html}"));
    }
}
