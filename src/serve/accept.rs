//! What a request would rather have of a page: HTML, or its copy in Markdown, which language models ask for.

use axum::http::{HeaderMap, header};

/// Whether Markdown is wanted, and at least as much as HTML.
pub(super) fn wants_markdown(headers: &HeaderMap) -> bool {
    let accepted: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|all| all.split(','))
        .collect();
    let weight = |wanted: &str| {
        let of = |kind: &&str| weight_of(kind, wanted);
        accepted.iter().filter_map(of).fold(0., f32::max)
    };
    weight("text/markdown") > 0. && weight("text/markdown") >= weight("text/html")
}

/// How much a kind is wanted by a part of the header that names it.
fn weight_of(part: &str, wanted: &str) -> Option<f32> {
    let mut parts = part.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case(wanted) {
        return None;
    }
    let told = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some(told.map_or(1., |told| told.parse().unwrap_or(0.)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_for_those_who_name_it_and_want_html_no_more() {
        for (accept, expected) in [
            ("text/markdown", true),
            ("text/markdown, text/html;q=0.8, */*;q=0.1", true),
            ("TEXT/Markdown, text/html", true),
            ("text/html, text/markdown;q=0.9", false),
            ("text/markdown;q=0", false),
            ("text/markdown;q=much", false),
            ("text/html,application/xhtml+xml,*/*;q=0.8", false),
            ("*/*", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(wants_markdown(&headers), expected, "{accept}");
        }
        assert!(!wants_markdown(&HeaderMap::new()));
    }
}
