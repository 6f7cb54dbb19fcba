//! Two texts of a file as people compare them: the lines that differ, with some around them.

use similar::TextDiff;

/// A file on both sides: what it is called, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct FileSide<'a> {
    /// Its name; nothing if it isn't there.
    pub name: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// The lines that differ, as `git diff` and `patch` write and read them.
pub fn unified(before: FileSide<'_>, after: FileSide<'_>) -> String {
    let header = |side: &str, of: FileSide<'_>| of.name.map_or("/dev/null".to_owned(), |name| format!("{side}/{name}"));
    let mut out = String::new();
    if let (Some(from), Some(to)) = (before.name, after.name)
        && from != to
    {
        out.push_str(&format!("rename from {from}\nrename to {to}\n"));
    }
    if before.text != after.text {
        let changes = TextDiff::from_lines(before.text, after.text);
        let mut shown = changes.unified_diff();
        shown.context_radius(1).header(&header("a", before), &header("b", after));
        out.push_str(&shown.to_string());
    }
    out
}
