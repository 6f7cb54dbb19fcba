//! The theme in each language of the site: its templates and its words, with the site's own over them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::component::Components;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::render::theme::{self, Theme};
use crate::source::{RawFile, Source};
use crate::words::{OwnWords, Words};

/// What the theme is made from, besides what is built into the program.
#[derive(Clone, Copy)]
pub(super) struct OwnFiles<'a> {
    /// The site's own templates.
    pub templates: &'a [Source],
    /// Its other files of the theme.
    pub files: &'a [RawFile],
    /// Its own words.
    pub words: &'a [Source],
}

/// The theme in the language of each edition, the original first.
pub(super) struct Themes {
    /// Its templates; none where nobody renders anything.
    pub themes: Arc<[Arc<Theme>]>,
    /// What may stand in pages, in whichever language.
    pub components: Arc<Components>,
    /// What it says.
    pub words: Vec<Arc<Words>>,
    /// Why the site's own templates can't be used as they stand, if they can't.
    pub findings: Vec<Diagnostic>,
    /// What is wrong with the site's own words.
    pub word_findings: Vec<Diagnostic>,
}

impl Themes {
    /// Loads it in all languages.
    pub(super) fn load(config: &Config, own: OwnFiles<'_>) -> Self {
        let codes = codes(config);
        let own_words = OwnWords::read(own.words);
        let word_findings =
            own_words.findings(&own.templates.iter().map(|template| &*template.text).collect::<Vec<_>>());
        let load = |code: String| {
            let words = Arc::new(Words::of_site(&code, &own_words));
            let (theme, findings) = Theme::load(own.templates, own.files, &words);
            LoadedTheme { theme: Arc::new(theme), words, findings }
        };
        let loaded: Vec<LoadedTheme> = codes.into_par_iter().map(load).collect();
        Self {
            themes: loaded.iter().map(|loaded| Arc::clone(&loaded.theme)).collect(),
            components: loaded.first().map(|loaded| Arc::clone(&loaded.theme.components)).unwrap_or_default(),
            words: loaded.iter().map(|loaded| Arc::clone(&loaded.words)).collect(),
            // The same files are wrong in every language.
            findings: loaded
                .into_iter()
                .map(|loaded| loaded.findings)
                .find(|found| !found.is_empty())
                .unwrap_or_default(),
            word_findings,
        }
    }

    /// For those who render nothing: only what components take, found when somebody asks for it.
    pub(super) fn as_asked(config: &Config, own: OwnFiles<'_>) -> Self {
        let own_words = OwnWords::read(own.words);
        let words: Vec<Arc<Words>> =
            codes(config).iter().map(|code| Arc::new(Words::of_site(code, &own_words))).collect();
        let (templates, spoken) = (own.templates.to_vec(), words.first().cloned().unwrap_or_default());
        Self {
            themes: Arc::default(),
            components: Arc::new(Components::when_asked(move || theme::declarations(&templates, &spoken))),
            words,
            findings: Vec::new(),
            word_findings: Vec::new(),
        }
    }
}

/// The languages of the editions, the original first.
fn codes(config: &Config) -> Vec<String> {
    match config.languages().as_slice() {
        [] => vec![config.site.language.clone()],
        several => several.iter().map(|language| language.code.clone()).collect(),
    }
}

struct LoadedTheme {
    theme: Arc<Theme>,
    words: Arc<Words>,
    findings: Vec<Diagnostic>,
}
