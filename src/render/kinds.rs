//! Everything that a site publishes, kind by kind: the table, and what follows from it.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::{self, copied};
use super::folder_cache::FolderCache;
use super::key::Keys;
use super::kind::{Listed, Listing, PublishedKind, Scope};
use super::pages;
use super::picture;
use super::published::{Card, Recipe, Rendered, Subject, Which};
use super::renderer::{Materials, Renderer};
use crate::diagnostic::Diagnostic;
use crate::site::EditionId;
use crate::store::Key;

/// All kinds of published files. Where two have the same path, what comes first wins: pages, then files that
/// somebody put there, then what is made of them.
pub(super) const KINDS: &[PublishedKind] = &[
    pages::article::KIND,
    pages::folder_index::KIND,
    pages::tag_index::KIND,
    pages::tag::KIND,
    pages::print::KIND,
    pages::redirect::KIND,
    pages::retired::KIND,
    copied::STATIC,
    copied::BESIDE,
    copied::MOVED,
    files::theme_file::KIND,
    files::custom_style::KIND,
    files::paper::KIND,
    files::ahead::KIND,
    files::search_part::KIND,
    files::card::KIND,
    pages::not_found::KIND,
    files::robots::KIND,
    files::site_json::KIND,
    files::headers::KIND,
    files::redirects::netlify::KIND,
    files::redirects::nginx::KIND,
    files::redirects::apache::KIND,
    files::redirects::s3::KIND,
    files::llms::KIND,
    files::feed::KIND,
    files::epub::KIND,
    files::markdown::KIND,
    files::made_copies::KIND,
    files::sitemap::KIND,
    files::smaller_picture::KIND,
];

/// The kinds of which a preview lists the files only when one may be asked for.
pub fn late() -> impl Iterator<Item = &'static PublishedKind> {
    KINDS.iter().filter(|kind| matches!(kind.listing, Listing::Late(_)))
}

fn place(name: &str) -> usize {
    KINDS.iter().position(|kind| kind.name == name).unwrap_or(KINDS.len())
}

/// Of two things at one path, the one that is published there.
pub fn first(one: Option<Subject>, other: Option<Subject>) -> Option<Subject> {
    one.into_iter().chain(other).min_by_key(|subject| place(subject.kind))
}

/// What the files of a whole site are rendered from: of each edition what is its own.
pub struct SiteRenderer<'a> {
    editions: Vec<Renderer<'a>>,
}

impl<'a> SiteRenderer<'a> {
    /// That of a library, with a theme and an index for each of its editions.
    pub fn of(materials: Materials<'a>) -> Self {
        Self { editions: materials.editions() }
    }

    /// What each edition is rendered from, the original first.
    pub fn editions(&self) -> &[Renderer<'a>] {
        &self.editions
    }

    /// What the edition that a file belongs to is rendered from.
    pub fn of_edition(&self, edition: EditionId) -> &Renderer<'a> {
        self.editions.get(edition.place()).unwrap_or(&self.editions[0])
    }

    /// Everything that is published, by its path in the output folder.
    pub fn contents(&self) -> BTreeMap<String, Subject> {
        self.listed(KINDS.iter())
    }

    /// The same without what is known late.
    pub fn contents_at_once(&self) -> BTreeMap<String, Subject> {
        self.listed(KINDS.iter().filter(|kind| matches!(kind.listing, Listing::AtOnce)))
    }

    /// What is published of some kinds.
    pub fn listed<'k>(&self, kinds: impl Iterator<Item = &'k PublishedKind>) -> BTreeMap<String, Subject> {
        let mut contents = BTreeMap::new();
        for kind in kinds {
            let editions = if kind.scope == Scope::Site { &self.editions[..1] } else { &self.editions[..] };
            for renderer in editions {
                for Listed { path, which } in (kind.list)(renderer) {
                    let subject = Subject { edition: renderer.edition, kind: kind.name, which };
                    contents.entry(path).or_insert(subject);
                }
            }
        }
        contents
    }

    /// Whether a path may be one of a kind's that is known late.
    pub fn may_be(&self, kind: &PublishedKind, path: &str) -> bool {
        let Listing::Late(may_be) = kind.listing else { return false };
        self.editions.iter().any(|renderer| may_be(renderer, path))
    }

    /// What is published at a path, made. Of many, those of one folder, one after the other, share what is in
    /// the cache.
    ///
    /// # Errors
    /// A finding for a template that can't be rendered.
    pub fn render_with(&self, cache: &mut FolderCache, subject: &Subject) -> Result<Rendered, Box<Diagnostic>> {
        match KINDS.get(place(subject.kind)) {
            Some(kind) => {
                let renderer = self.of_edition(subject.edition);
                cache.turn_to_edition(renderer);
                (kind.make)(renderer, cache, &subject.which)
            }
            None => Ok(Rendered::Bytes(Vec::new())),
        }
    }

    /// The file of the project that is published as it is, if it is one.
    pub fn copied(&self, subject: &Subject) -> Option<&Path> {
        let is_copied = [copied::STATIC.name, copied::BESIDE.name, copied::MOVED.name].contains(&subject.kind);
        let files = &self.of_edition(subject.edition).site.files;
        let file = is_copied.then(|| files.get(subject.which.name())).flatten()?;
        Some(&file.file)
    }

    /// What the smaller pictures among these are made from.
    pub fn recipes<'s>(&self, subjects: impl Iterator<Item = &'s Subject>) -> Vec<Recipe> {
        let recipe = |subject: &Subject| match &subject.which {
            Which::Wide(route, width) => picture::recipe(self.of_edition(subject.edition).site, route, *width),
            _ => None,
        };
        subjects.filter_map(recipe).collect()
    }

    /// The cards among these.
    pub fn cards<'s>(subjects: impl Iterator<Item = &'s Subject>) -> impl Iterator<Item = &'s Card> {
        subjects.filter_map(|subject| if let Which::Card(card) = &subject.which { Some(&**card) } else { None })
    }
}

impl Keys<'_> {
    /// The key of a file; nothing if only making it tells whether it is the same.
    pub fn subject(&self, subject: &Subject) -> Option<Key> {
        KINDS.get(place(subject.kind)).and_then(|kind| (kind.key)(self, &subject.which))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_kind_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), KINDS.len());
    }
}
