//! The languages of a site: what `[languages.CODE]` says of each, and the configuration that each has in the end.

use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AssessmentWords, Config, Dates, Footer, Logo, Navbar, SearchConfig, TagsConfig};

/// One of the languages that a site is written in. What is not said here is as it is for the whole site.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LanguageConfig {
    /// What the language calls itself, as the switch of languages shows it: `日本語`. By default its code.
    pub label: String,
    /// The folder of its pages: by default the one of its code in the folder of the pages (`content/ja`).
    #[cfg_attr(test, schemars(extend("format" = "folder")))]
    pub source: Option<String>,
    /// The path before all its addresses: by default none for the original, and the code for the others (`/ja`).
    #[cfg_attr(test, schemars(extend("format" = "route")))]
    pub prefix: Option<String>,
    /// In which direction it is written, where its code doesn't say it.
    pub direction: Option<Direction>,
    /// Whether the others are translations of it. Without a word the first language is.
    pub default: bool,
    /// What is shown where it lacks a page; `[translations]` says it for all languages.
    pub fallback: Option<Fallback>,
    /// What the site is called in it.
    pub site: LanguageSite,
    /// The bar at the top of its pages.
    pub navbar: Option<Navbar>,
    /// The bottom of its pages.
    pub footer: Option<Footer>,
    /// How its dates are shown.
    pub dates: Option<Dates>,
    /// What the theme shows around its pages.
    pub theme: LanguageTheme,
    /// How its tag pages group what they list.
    pub tags: Option<TagsConfig>,
    /// Its search box.
    pub search: Option<SearchConfig>,
    /// What its pages call the ends of relations.
    pub relations: BTreeMap<String, RelationLabels>,
    /// What it calls the ratings, levels and areas of the assessment.
    pub assessment: AssessmentWords,
    /// Its place among the languages, as the file has them.
    #[serde(skip)]
    pub place: usize,
}

/// What a site is called in one of its languages.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LanguageSite {
    /// The site's name.
    pub title: Option<String>,
    /// One line about the site.
    pub tagline: Option<String>,
    /// Who answers for the pages in this language.
    pub authors: Option<Vec<String>>,
    /// The picture shown when a page is shared, as a path on the site.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub social_image: Option<String>,
    /// The small picture in a browser's tab, as a path on the site.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub favicon: Option<String>,
    /// The picture beside the title.
    pub logo: Option<Logo>,
    /// What separates a page's title from the site's in a document title.
    pub title_delimiter: Option<String>,
}

/// What a language calls the ends of a relation.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RelationLabels {
    /// What stands above the pages that a page names.
    pub label: Option<String>,
    /// What stands above the pages that name it.
    pub inverse: Option<String>,
}

/// What the theme shows around the pages of one language.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LanguageTheme {
    /// The address before a page's path below the language's folder, where it can be edited.
    #[cfg_attr(test, schemars(extend("format" = "address-start")))]
    pub edit_link: Option<String>,
    /// The typeface of pictures for sharing, as the path of a TTF or OTF file on the site.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub card_font: Option<String>,
}

/// In which direction a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// What a language shows where it lacks a page of the original.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Fallback {
    /// The original's page at an address of the language's own, with a notice.
    #[default]
    Page,
    /// A link to the original's page, in the sidebar and in lists.
    Link,
    /// Nothing.
    None,
}

/// How translations are kept up with the original.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Translations {
    /// What is shown where a language lacks a page.
    pub fallback: Fallback,
    /// Whether a translation says at its top that its original has changed since, as far as git knows.
    pub notice: bool,
}

/// One language as all that is configured comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// Its code, as it is configured: `pt-BR`.
    pub code: String,
    /// What it calls itself.
    pub label: String,
    /// The folder of its pages below the folder of all pages; empty for that itself.
    pub folder: String,
    /// The path before its addresses: `/ja`, or nothing.
    pub prefix: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// What it shows where it lacks a page.
    pub fallback: Fallback,
    /// The code of the language that it is translated from; its own, for the original.
    pub original: String,
}

/// Languages, their tables by code.
pub type LanguageTables = BTreeMap<String, LanguageConfig>;

impl Config {
    /// The languages of the site, the original first and then in the file's order; none where the site is written in one
    /// and says so in `site.language`.
    pub fn languages(&self) -> Vec<Language> {
        let mut tables: Vec<(&String, &LanguageConfig)> = self.languages.iter().collect();
        tables.sort_by_key(|(_, table)| (!table.default, table.place));
        let original = tables.first().map(|(code, _)| (*code).clone()).unwrap_or_default();
        let language = |(at, (code, table)): (usize, (&String, &LanguageConfig))| Language {
            code: code.clone(),
            label: if table.label.is_empty() { code.clone() } else { table.label.clone() },
            folder: self.folder_below(table.source.as_deref(), code),
            prefix: match table.prefix.as_deref().map(|prefix| prefix.trim_end_matches('/')) {
                Some(prefix) => prefix.to_owned(),
                None if at == 0 => String::new(),
                None => format!("/{}", code.to_lowercase()),
            },
            right_to_left: match table.direction {
                Some(direction) => direction == Direction::Rtl,
                None => writes_right_to_left(code),
            },
            fallback: table.fallback.unwrap_or(self.translations.fallback),
            original: original.clone(),
        };
        tables.into_iter().enumerate().map(language).collect()
    }

    /// A language's folder below the folder of all pages.
    fn folder_below(&self, source: Option<&str>, code: &str) -> String {
        let Some(source) = source else { return code.to_owned() };
        let below = source.strip_prefix(self.folders.source.as_str()).unwrap_or(source);
        below.trim_matches('/').to_owned()
    }

    /// The addresses of all typefaces that cards are written in.
    pub fn card_fonts(&self) -> Vec<String> {
        let of_languages = self.languages.values().map(|language| &language.theme.card_font);
        of_languages.chain([&self.theme.card_font]).flatten().cloned().collect()
    }

    /// The order in which a switch shows the languages: as the file has them.
    pub fn switch_order(&self) -> Vec<&str> {
        let mut tables: Vec<(&String, &LanguageConfig)> = self.languages.iter().collect();
        tables.sort_by_key(|(_, table)| table.place);
        tables.into_iter().map(|(code, _)| code.as_str()).collect()
    }

    /// The configuration of the pages in one language: what its table says goes before what is said for all.
    #[must_use]
    pub fn in_language(&self, language: &Language, is_original: bool) -> Self {
        let mut config = self.clone();
        let Some(table) = self.languages.get(&language.code) else { return config };
        let LanguageSite { title, tagline, authors, social_image, favicon, logo, title_delimiter } = table.site.clone();
        let site = &mut config.site;
        site.language.clone_from(&language.code);
        site.title = title.unwrap_or_else(|| std::mem::take(&mut site.title));
        site.tagline = tagline.unwrap_or_else(|| std::mem::take(&mut site.tagline));
        site.authors = authors.unwrap_or_else(|| std::mem::take(&mut site.authors));
        site.social_image = social_image.or(site.social_image.take());
        site.favicon = favicon.or(site.favicon.take());
        site.logo = logo.or(site.logo.take());
        site.title_delimiter = title_delimiter.unwrap_or_else(|| std::mem::take(&mut site.title_delimiter));
        config.navbar = table.navbar.clone().unwrap_or(config.navbar);
        config.footer = table.footer.clone().unwrap_or(config.footer);
        config.dates = table.dates.clone().unwrap_or(config.dates);
        config.tags = table.tags.clone().unwrap_or(config.tags);
        config.search = table.search.clone().unwrap_or(config.search);
        for (name, labels) in &table.relations {
            let Some(relation) = config.relations.get_mut(name) else { continue };
            // Queries call the other end alike in all languages.
            relation.inverse_name = relation.inverse_name();
            relation.label = labels.label.clone().or(relation.label.take());
            relation.inverse = relation.inverse.take().map(|inverse| labels.inverse.clone().unwrap_or(inverse));
        }
        config.assessment.translate(&table.assessment);
        config.theme.edit_link = table.theme.edit_link.clone().or(config.theme.edit_link);
        config.theme.card_font = table.theme.card_font.clone().or(config.theme.card_font);
        config.urls.docs_route = format!("{}{}", language.prefix, config.urls.docs_route.trim_end_matches('/'));
        if config.urls.docs_route.is_empty() {
            config.urls.docs_route.push('/');
        }
        config.urls.prefix.clone_from(&language.prefix);
        let prefixes = self.languages().into_iter().map(|language| language.prefix);
        config.urls.prefixes = prefixes.filter(|prefix| !prefix.is_empty()).collect();
        if !is_original {
            config.redirects.addresses.clear();
        }
        config
    }
}

/// The languages that are written from right to left, by their codes and by scripts (CLDR's `characterOrder`).
pub fn writes_right_to_left(code: &str) -> bool {
    const SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"];
    const LANGUAGES: &[&str] = &[
        "ar", "arc", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc", "mzn", "nqo",
        "pnb", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
    ];
    let code = code.to_lowercase().replace('_', "-");
    let mut parts = code.split('-');
    let primary = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&primary),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_says_in_which_direction_it_is_written_by_its_script_first() {
        for code in ["ar", "he", "fa-IR", "ur", "ckb", "az-Arab", "uz_Arab_AF", "ff-Adlm"] {
            assert!(writes_right_to_left(code), "{code}");
        }
        for code in ["en", "ja", "ku", "az", "ks-Deva", "sd-Deva", "pt-BR", "arn"] {
            assert!(!writes_right_to_left(code), "{code}");
        }
    }
}
