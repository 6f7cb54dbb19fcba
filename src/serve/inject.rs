//! Puts the preview's own script into a page, at the end of its body, where it sees
//! the page as it was sent before any other script has changed it.

use memchr::memmem;

/// Where the preview's own files and channel lie: no page can, since names that begin
/// with `_` are left out.
pub const PRIVATE: &str = "/_bokworm/";

/// All that the preview adds to a page.
pub const TAG: &str = "<script src=\"/_bokworm/preview.js\" data-bokworm></script>";

/// The page with the preview's script.
pub fn into_page(html: &[u8]) -> Vec<u8> {
    let lower_or_upper = |tag: &[u8]| memmem::rfind(html, tag);
    let at = lower_or_upper(b"</body>").or_else(|| lower_or_upper(b"</BODY>")).unwrap_or(html.len());
    let mut page = Vec::with_capacity(html.len() + TAG.len());
    page.extend_from_slice(&html[..at]);
    page.extend_from_slice(TAG.as_bytes());
    page.extend_from_slice(&html[at..]);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_last_in_the_body() {
        assert_eq!(into_page(b"<body>x</body></html>"), format!("<body>x{TAG}</body></html>").as_bytes());
        assert_eq!(into_page(b"<p>x"), format!("<p>x{TAG}").as_bytes());
        assert_eq!(into_page(b"`</body>` ends it</body>"), format!("`</body>` ends it{TAG}</body>").as_bytes());
    }
}
