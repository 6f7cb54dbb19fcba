//! What a file is for, by its place and name.

use super::tree::TreePart;
use crate::ledger;
use crate::source::{Root, Source, SourcePath};

/// What a file is for.
pub(super) enum FileKind {
    Text(fn(Source) -> TreePart),
    Asset,
    Raw,
}

pub(super) fn kind(path: &SourcePath) -> FileKind {
    let name = path.file_name();
    match path.root() {
        Root::Content if is_page(name) => FileKind::Text(TreePart::Page),
        Root::Content if is_category(name) => FileKind::Text(TreePart::Category),
        Root::Content if matches!(path.as_str(), "tags.yml" | "tags.yaml") => FileKind::Text(TreePart::Vocabulary),
        Root::Templates if has_extension(name, &["html", "xml", "txt"]) => FileKind::Text(TreePart::Template),
        Root::Templates if path.folder() == "words" && has_extension(name, &["toml"]) => {
            FileKind::Text(TreePart::Words)
        }
        Root::Templates => FileKind::Raw,
        Root::Catalogs => FileKind::Text(TreePart::Catalog),
        Root::Data => FileKind::Text(TreePart::Data),
        Root::Project if path.as_str() == ledger::FILE => FileKind::Text(TreePart::Ledger),
        Root::Project => FileKind::Text(TreePart::Book),
        _ => FileKind::Asset,
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

pub(super) fn is_catalog(name: &str) -> bool {
    has_extension(name, &["yaml", "yml", "csv", "json"])
}

pub(super) fn is_data(name: &str) -> bool {
    has_extension(name, &["yaml", "yml", "json", "toml", "csv"])
}
