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
    let value = |value: &String| if value == "system" { "var(--system)".to_owned() } else { value.clone() };
    let set: String =
        settings.iter().filter_map(|(name, set)| Some(format!("  {name}: {};\n", set.as_ref().map(value)?))).collect();
    (!set.is_empty()).then(|| format!(":root {{\n{set}}}\n"))
}

/// Whether pages are written in the theme's own typeface, so that browsers had better load it at once: not where the
/// configuration names another, nor where the language is written in letters that it lacks.
pub(super) fn has_typeface(site: &Edition) -> bool {
    const OTHER_LETTERS: [&str; 22] = [
        "am", "ar", "bg", "bn", "el", "fa", "he", "hi", "hy", "ja", "ka", "km", "ko", "mk", "ru", "sr", "ta", "th",
        "uk", "ur", "yi", "zh",
    ];
    let language = site.config.site.language.split('-').next().unwrap_or_default();
    site.config.theme.font.is_none() && !OTHER_LETTERS.contains(&language)
}

/// The same as it is published: its path and its bytes.
pub(crate) fn published(site: &Edition) -> Option<(String, String)> {
    custom(site).map(|style| (theme::fingerprinted("custom.css", style.as_bytes()), style))
}
