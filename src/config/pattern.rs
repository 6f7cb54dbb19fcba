//! An address in which braces are filled in: which it may have.

/// What to write instead of a wrong one.
pub(super) const HELP: &str = "Write one like `https://example.org/issues/new?title={title}&body={address}`.";

/// What can be filled in.
const KNOWN: [&str; 3] = ["{title}", "{address}", "{path}"];

/// The address, or what is wrong with it.
pub(super) fn read(text: &str) -> Result<String, &'static str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    if rest.is_none_or(str::is_empty) || text.contains(char::is_whitespace) {
        return Err("is not an address that begins with `https://`");
    }
    let plain = KNOWN.iter().fold(text.to_owned(), |text, known| text.replace(known, ""));
    if plain.contains(['{', '}']) {
        return Err("holds braces that nothing fills in but `{title}`, `{address}` and `{path}`");
    }
    Ok(text.to_owned())
}
