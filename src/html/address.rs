//! Which addresses do no harm, whoever wrote them.

/// The schemes that an address may have; one without a scheme stays on the site.
pub(crate) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether an address can't run code. Browsers drop white space and control
/// characters from a scheme before they read it, so they are dropped here too.
pub(crate) fn is_harmless(address: &str) -> bool {
    let kept: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match kept.split_once(':') {
        Some((scheme, _)) if scheme.contains(['/', '?', '#']) => true,
        Some((scheme, _)) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
        None => true,
    }
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
