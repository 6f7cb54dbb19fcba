//! Raw HTML made safe, where the configuration says `html = "safe"`: what could run
//! code or change the page around it is dropped (ammonia), what our own templates wrote is put back after.

use std::collections::HashSet;

/// Stands for a piece of our own output while the rest is cleaned. The characters
/// are from a private-use plane; the author's own of that kind are dropped first.
pub fn mark(index: usize) -> String {
    format!("\u{10fffd}{index}\u{10fffc}")
}

/// Drops what could run code: scripts, event handlers, `javascript:` addresses,
/// `<base>`, `<meta>`, SVG and MathML, styles, forms, frames.
pub fn clean(html: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags([
            "input",
            "section",
            "figure",
            "figcaption",
            "video",
            "audio",
            "source",
            "track",
            "picture",
            "u",
            "small",
        ])
        .add_generic_attributes([
            "id",
            "class",
            "title",
            "lang",
            "dir",
            "role",
            "tabindex",
            "aria-label",
            "aria-hidden",
        ])
        .add_tag_attributes("img", ["loading", "decoding", "width", "height", "alt", "srcset", "sizes"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("video", ["src", "controls", "poster", "width", "height", "preload"])
        .add_tag_attributes("audio", ["src", "controls", "preload"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("details", ["open"])
        .link_rel(Some("noopener noreferrer"))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .strip_comments(true);
    builder.clean(html).to_string()
}

/// The schemes that an address may have; one without a scheme stays on the site.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether an address can't run code. Browsers drop white space and control
/// characters from a scheme before they read it, so they are dropped here too.
pub fn is_harmless(address: &str) -> bool {
    let kept: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match kept.split_once(':') {
        Some((scheme, _)) if scheme.contains(['/', '?', '#']) => true,
        Some((scheme, _)) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
        None => true,
    }
}

/// Puts our own output back.
pub fn restore(html: &str, kept: &[String]) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('\u{10fffd}') {
        out.push_str(&rest[..at]);
        let after = &rest[at + '\u{10fffd}'.len_utf8()..];
        let Some(end) = after.find('\u{10fffc}') else { break };
        if let Some(html) = after[..end].parse::<usize>().ok().and_then(|index| kept.get(index)) {
            // A component's body may hold marks of components inside it, always of lower index.
            out.push_str(&restore(html, kept));
        }
        rest = &after[end + '\u{10fffc}'.len_utf8()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_runs_code_is_known_in_any_spelling() {
        for address in
            ["javascript:x", " JaVaScRiPt:x", "java\tscript:x", "\u{1}javascript:x", "data:text/html,x", "vbscript:x"]
        {
            assert!(!is_harmless(address), "{address:?}");
        }
        for address in ["https://a.example", "a/b:c", "#a:b", "mailto:a@example.org", "page", "?q=a:b"] {
            assert!(is_harmless(address), "{address:?}");
        }
    }
}
