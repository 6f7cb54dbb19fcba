//! The style sheet of the configured colours and typefaces.

use super::theme;
use crate::site::Edition;

/// The style sheet of what the configuration sets; nothing if it sets nothing.
pub(super) fn custom(site: &Edition) -> Option<String> {
    let theme = &site.config.theme;
    let settings = [
        ("--accent", &theme.accent),
        ("--accent-dark", &theme.accent_dark),
        ("--font", &theme.font),
        ("--code-font", &theme.code_font),
        ("--radius", &theme.radius),
    ];
    let set: String =
        settings.iter().filter_map(|(name, value)| Some(format!("  {name}: {};\n", value.as_ref()?))).collect();
    (!set.is_empty()).then(|| format!(":root {{\n{set}}}\n"))
}

/// The same as it is published: its path and its bytes.
pub(crate) fn published(site: &Edition) -> Option<(String, String)> {
    custom(site).map(|style| (theme::fingerprinted("custom.css", style.as_bytes()), style))
}
