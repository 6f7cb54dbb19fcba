//! The theme's own tables: which there are, which of them a language takes, and how they are read.

/// The table of each language that the theme speaks.
const TABLES: &[(&str, &str)] = &[
    ("en", include_str!("../../templates/words/en.toml")),
    ("ar", include_str!("../../templates/words/ar.toml")),
    ("cy", include_str!("../../templates/words/cy.toml")),
    ("de", include_str!("../../templates/words/de.toml")),
    ("es", include_str!("../../templates/words/es.toml")),
    ("fr", include_str!("../../templates/words/fr.toml")),
    ("he", include_str!("../../templates/words/he.toml")),
    ("it", include_str!("../../templates/words/it.toml")),
    ("ja", include_str!("../../templates/words/ja.toml")),
    ("ko", include_str!("../../templates/words/ko.toml")),
    ("pl", include_str!("../../templates/words/pl.toml")),
    ("pt-BR", include_str!("../../templates/words/pt-BR.toml")),
    ("ru", include_str!("../../templates/words/ru.toml")),
    ("zh-Hans", include_str!("../../templates/words/zh-Hans.toml")),
    ("zh-Hant", include_str!("../../templates/words/zh-Hant.toml")),
];

/// What stands between the parts of a list that is written in a line: of the names of months, say.
pub(super) const BETWEEN: &str = ", ";

/// The codes of the tables.
#[cfg(test)]
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(language, _)| *language)
}

/// The table of a language, if the theme has one.
pub(super) fn written(language: &str) -> Option<&'static str> {
    TABLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(language)).map(|(_, text)| *text)
}

/// The words of a table. They are read in each build, and TOML's own reader would take longer for them than the site
/// for what is made of it; a test holds the tables to what both read alike: a name and a text in quotes in each line.
pub(super) fn read(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| {
        let (name, text) = line.split_once(" = \"")?;
        Some((name, text.strip_suffix('"')?))
    })
}

/// The languages whose words a language takes, each before those that are nearer to it: English, what people who
/// speak it read (`zh-TW` takes `zh-Hant`), its own.
pub(super) fn chain(language: &str) -> Vec<String> {
    let primary = primary(language);
    let near = match primary.as_str() {
        "zh" => vec![written_in(language)],
        "pt" => vec!["pt-BR", "pt"],
        // Its code until 1989, which Java and others still write.
        "iw" => vec!["he", "iw"],
        _ => vec![primary.as_str()],
    };
    let mut chain: Vec<String> = Vec::new();
    for code in std::iter::once("en").chain(near).chain([language]) {
        chain.retain(|known| !known.eq_ignore_ascii_case(code));
        chain.push(code.to_owned());
    }
    chain
}

/// Which Chinese is meant: by the script that is named, or else by the region.
fn written_in(language: &str) -> &'static str {
    let parts = language.split('-').skip(1);
    let traditional = ["hant", "tw", "hk", "mo"];
    let decides = |part: &str| ["hans", "cn", "sg", "my"].contains(&part) || traditional.contains(&part);
    let part = parts.map(str::to_lowercase).find(|part| decides(part));
    if part.is_some_and(|part| traditional.contains(&part.as_str())) { "zh-Hant" } else { "zh-Hans" }
}

/// The language without script and region: `pt` of `pt-BR`.
pub(super) fn primary(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_lowercase()
}

/// The name without the form: `pages` of `pages.one`.
pub(super) fn stem(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
