//! Puts the preview's own script into a page, at the end of its body, where it sees
//! the page as it was sent before most other scripts have changed it.

use memchr::memmem;

/// Where the preview's own files and channel lie: no page can, since names that begin
/// with `_` are left out.
pub const PRIVATE: &str = "/_bokworm/";

/// All that the preview adds to a page: its script, and a mark that tells one state of
/// the page from another.
pub fn tag(page: &[u8]) -> String {
    let hash = blake3::hash(page).to_hex();
    format!("<script src=\"{PRIVATE}preview.js\" data-bokworm=\"{}\"></script>", &hash[..16])
}

/// The page with the preview's script.
pub fn into_page(html: &[u8]) -> Vec<u8> {
    let last = |tag: &[u8]| memmem::rfind(html, tag);
    let at = last(b"</body>").or_else(|| last(b"</BODY>")).unwrap_or(html.len());
    [&html[..at], tag(html).as_bytes(), &html[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_last_in_the_body() {
        for (before, after) in [("<body>x", "</body></html>"), ("<p>x", ""), ("`</body>` ends it", "</body>")] {
            let page = format!("{before}{after}");
            let tag = tag(page.as_bytes());
            assert_eq!(String::from_utf8(into_page(page.as_bytes())).unwrap(), format!("{before}{tag}{after}"));
        }
    }
}
