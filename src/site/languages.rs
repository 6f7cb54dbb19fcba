//! Which language a file belongs to, and its place in it: by the language's folder, or by its name (`guide.ja.md`).
//! The same page in two languages has the same place in both.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::published::Published;
use crate::config::Language;
use crate::page::Page;
use crate::source::SourcePath;

/// A file of one language.
pub struct LanguagePlace {
    /// The place of the language among those of the site.
    pub language: usize,
    /// The file, with its place in the language.
    pub path: SourcePath,
}

/// The language and the place of a file of the content. What lies in no language's folder and names none is the original's.
pub fn place(languages: &[Language], path: &SourcePath) -> LanguagePlace {
    let file = path.on_disk();
    let (folder, name) = file.rsplit_once('/').map_or(("", file), |(folder, name)| (folder, name));
    let holds = |language: &Language| {
        let below = folder.strip_prefix(language.folder.as_str());
        language.folder.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let holding = languages.iter().enumerate().filter(|(_, language)| holds(language));
    let by_folder = holding.max_by_key(|(_, language)| language.folder.len());
    let below = |language: &Language| folder[language.folder.len()..].trim_start_matches('/');
    let (of_folder, folder) = by_folder.map_or((0, folder), |(at, language)| (at, below(language)));
    let (language, name) = match named(languages, name) {
        Some((at, bare)) => (at, bare),
        None => (of_folder, name.to_owned()),
    };
    let place = if folder.is_empty() { name } else { format!("{folder}/{name}") };
    LanguagePlace { language, path: path.placed_at(place) }
}

/// The language that a file's name says, and the name without it.
fn named(languages: &[Language], name: &str) -> Option<(usize, String)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_page = ["md", "mdx"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let (bare, code) = stem.rsplit_once('.').filter(|(bare, _)| is_page && !bare.is_empty())?;
    let at = languages.iter().position(|language| language.code.eq_ignore_ascii_case(code))?;
    Some((at, format!("{bare}.{ending}")))
}

/// What pages of several languages have in common if they are one: what they say themselves, or else their place.
pub(super) fn key(page: &Page) -> String {
    said_key(page).unwrap_or_else(|| key_of_place(page))
}

/// The key that a page says itself.
fn said_key(page: &Page) -> Option<String> {
    page.meta.translation_key.as_ref().map(|own| format!("={own}"))
}

/// The keys that the original's pages say, by their places: a translation that says none is that of the page at its
/// place, whatever key that says for others.
#[derive(Clone, Debug, Default)]
pub struct PlaceKeys(HashMap<String, String>);

impl PlaceKeys {
    /// Those of the original for a language of these pages. What one of them says itself is that page's alone.
    pub(super) fn of<'p>(original: &[Arc<Published>], own: impl Iterator<Item = &'p Arc<Page>>) -> Self {
        let said = original.iter().filter_map(|published| Some((&published.page, said_key(&published.page)?)));
        let mut keys: HashMap<String, String> = said.map(|(page, key)| (key_of_place(page), key)).collect();
        if !keys.is_empty() {
            let taken: HashSet<String> = own.filter_map(|page| said_key(page)).collect();
            keys.retain(|_, key| !taken.contains(key));
        }
        Self(keys)
    }

    /// What a page has in common with the same page in other languages.
    pub(super) fn key(&self, page: &Page) -> String {
        self.of_place(page).cloned().unwrap_or_else(|| key(page))
    }

    /// The key that the original says for the place of a page that says none itself.
    pub(super) fn of_place(&self, page: &Page) -> Option<&String> {
        if self.0.is_empty() || page.meta.translation_key.is_some() {
            return None;
        }
        self.0.get(&key_of_place(page))
    }
}

fn key_of_place(page: &Page) -> String {
    let (folder, stem) = (page.path.folder(), page.path.stem());
    let stands_for_folder = ["index", "readme", "_index"].contains(&stem.to_lowercase().as_str());
    let name = if stands_for_folder { "" } else { stem };
    format!("{folder}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::source::Root;

    #[test]
    fn a_file_belongs_to_the_language_that_its_name_or_else_its_folder_says() {
        let text =
            "[languages.en]\n[languages.de]\n[languages.pt-BR]\n[languages.ja]\nsource = \"content/en/nihongo\"\n";
        let (config, findings) = config::parse(&SourcePath::new(Root::Project, "book.toml"), text);
        assert!(findings.is_empty(), "{findings:?}");
        let languages = config.languages();
        for (file, code, place_in) in [
            ("en/a/guide.md", "en", "a/guide.md"),
            ("de/guide.md", "de", "guide.md"),
            ("en/guide.de.md", "de", "guide.md"),
            ("pt-BR/guide.pt-br.md", "pt-BR", "guide.md"),
            ("en/nihongo/a/b.md", "ja", "a/b.md"),
            ("notes.md", "en", "notes.md"),
            ("denmark/a.md", "en", "denmark/a.md"),
            ("de/a.fr.md", "de", "a.fr.md"),
            ("en/picture.de.png", "en", "picture.de.png"),
            ("en/.de.md", "en", ".de.md"),
        ] {
            let placed = place(&languages, &SourcePath::content(file));
            assert_eq!((languages[placed.language].code.as_str(), placed.path.as_str()), (code, place_in), "{file}");
            assert_eq!(placed.path.on_disk(), file);
        }
    }
}
