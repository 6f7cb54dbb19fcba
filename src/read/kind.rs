//! What a file is for, by its place and name.

use super::tree::Part;
use crate::source::{Root, Source, SourcePath};

/// What a file is for.
pub(super) enum Kind {
    Text(fn(Source) -> Part),
    Asset,
    Raw,
}

pub(super) fn kind(path: &SourcePath) -> Kind {
    let name = path.file_name();
    match path.root() {
        Root::Content if is_page(name) => Kind::Text(Part::Page),
        Root::Content if is_category(name) => Kind::Text(Part::Category),
        Root::Content if matches!(path.as_str(), "tags.yml" | "tags.yaml") => Kind::Text(Part::Vocabulary),
        Root::Templates if has_extension(name, &["html", "xml", "txt"]) => Kind::Text(Part::Template),
        Root::Templates => Kind::Raw,
        _ => Kind::Asset,
    }
}

pub(super) fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| extensions.iter().any(|one| own.eq_ignore_ascii_case(one)))
}

pub(super) fn is_page(name: &str) -> bool {
    has_extension(name, &["md", "mdx"])
}

pub(super) fn is_category(name: &str) -> bool {
    matches!(name, "_category_.yaml" | "_category_.yml" | "_category_.json")
}
