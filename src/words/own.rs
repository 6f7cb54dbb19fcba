//! A site's own words, over the theme's: `templates/words/ja.toml`, with what is wrong in such a file. A name that the
//! theme doesn't have is a word of the site's own, where one of its templates asks for it.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Words, plural, table};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::nearest::nearest;
use crate::source::{Root, Source, SourcePath, Span};

/// The folder of such files among a site's templates.
const FOLDER: &str = "words";

/// How the words begin that the theme asks for by the kind of an admonition, whatever its name.
const OF_KINDS: &str = "admonition_";

/// All such files of a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OwnWords {
    files: Vec<OwnFile>,
}

#[derive(Clone, Debug, PartialEq)]
struct OwnFile {
    path: SourcePath,
    language: String,
    words: BTreeMap<String, OwnWord>,
    /// What can't be read in it.
    faults: Vec<Diagnostic>,
}

#[derive(Clone, Debug, PartialEq)]
struct OwnWord {
    text: String,
    /// Where the name stands.
    name_at: Span,
    /// Where the text stands.
    text_at: Span,
}

/// The language of a file of words, if it is one.
pub(crate) fn language_of(path: &SourcePath) -> Option<&str> {
    let name = path.file_name().strip_suffix(".toml")?;
    (path.root() == Root::Templates && path.folder() == FOLDER && !name.is_empty()).then_some(name)
}

impl OwnWords {
    /// Reads a site's files.
    pub(crate) fn read<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Self {
        Self { files: sources.into_iter().filter_map(OwnFile::read).collect() }
    }

    /// The site's own file of a language.
    pub(crate) fn file(&self, language: &str) -> Option<&SourcePath> {
        self.files.iter().find(|file| file.language.eq_ignore_ascii_case(language)).map(|file| &file.path)
    }

    /// The words of exactly that language, by name.
    pub(super) fn of(&self, language: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter().filter(|file| file.language.eq_ignore_ascii_case(language));
        files.flat_map(|file| &file.words).map(|(name, word)| (name.as_str(), word.text.as_str()))
    }

    /// What is wrong in the files. A name that the theme doesn't have is asked for by the site's own templates.
    pub(crate) fn findings(&self, templates: &[&str]) -> Vec<Diagnostic> {
        if self.files.is_empty() {
            return Vec::new();
        }
        let english = Words::of("en");
        let mut findings: Vec<Diagnostic> = self.files.iter().flat_map(|file| file.faults.iter().cloned()).collect();
        for file in &self.files {
            let all = Words::of_site(&file.language, self);
            let check = FileCheck { file, english: &english, all: &all, templates };
            file.words.iter().for_each(|(name, word)| findings.extend(check.word(name, word)));
            findings.extend(check.forms());
        }
        findings
    }
}

impl OwnFile {
    fn read(source: &Source) -> Option<Self> {
        let language = language_of(&source.path)?.to_owned();
        let (table, broken) = DeTable::parse_recoverable(&source.text);
        let mut file = Self { path: source.path.clone(), language, words: BTreeMap::new(), faults: Vec::new() };
        // The others follow from the first.
        if let Some(error) = broken.first() {
            let message = format!("this is not TOML: {}", error.message());
            let help = "A line is a name with its text, as in `search = \"Find\"`.";
            file.faults.push(file.finding(place_of(error, &source.text), message).with_help(help));
        }
        for (key, value) in table.get_ref() {
            match value.get_ref() {
                DeValue::Table(forms) => {
                    for (form, text) in forms {
                        let name = format!("{}.{}", key.get_ref(), form.get_ref());
                        file.take(name, whole(&source.text, key.span().into(), form.span().into()), text);
                    }
                }
                _ => file.take(key.get_ref().to_string(), key.span().into(), value),
            }
        }
        // Where a value is missing or never ends, the parser goes on as if it were empty.
        file.words.retain(|_, word| broken.is_empty() || !word.text.is_empty());
        Some(file)
    }

    fn take(&mut self, name: String, name_at: Span, value: &Spanned<DeValue<'_>>) {
        let text_at = value.span().into();
        if let DeValue::String(text) = value.get_ref() {
            self.words.insert(name, OwnWord { text: text.to_string(), name_at, text_at });
            return;
        }
        let help = format!("Write it in quotes, as in `{name} = \"…\"`.");
        self.faults.push(self.finding(text_at, format!("`{name}` is not a text")).with_help(help));
    }

    fn finding(&self, at: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::InvalidWords, &self.path, at, message)
    }
}

/// The place of `pages.one`; of the form alone, where the name stands above, as in `[pages]`.
fn whole(text: &str, stem: Span, form: Span) -> Span {
    let are_one = stem.end <= form.start && text.get(stem.end..form.start).is_some_and(|between| between.trim() == ".");
    if are_one { Span::new(stem.start, form.end) } else { form }
}

/// The parser's place, brought to character boundaries of the text.
fn place_of(error: &toml::de::Error, text: &str) -> Span {
    let range = error.span().unwrap_or(text.len()..text.len());
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = boundary(range.start);
    Span::new(start, boundary(range.end).max(start))
}

/// A file and what its words are compared with.
struct FileCheck<'a> {
    file: &'a OwnFile,
    english: &'a Words,
    /// Its words with all below them.
    all: &'a Words,
    /// The site's own.
    templates: &'a [&'a str],
}

impl FileCheck<'_> {
    /// What is wrong with a word.
    fn word(&self, name: &str, word: &OwnWord) -> Option<Diagnostic> {
        let stem = table::stem(name);
        let form = name.split_once('.').map(|(_, form)| form);
        let is_counted = self.english.form(stem, plural::OTHER).is_some();
        let Some(written) = self.english.find(stem) else { return self.unknown(stem, form, word) };
        match form {
            None if is_counted => {
                let forms = listed(plural::forms(&self.file.language).into_iter().map(|form| format!("{stem}.{form}")));
                let message = format!("`{name}` is counted, so it has a text for each number");
                Some(self.file.finding(word.name_at, message).with_help(format!("Write {forms}.")))
            }
            Some(_) if !is_counted => {
                Some(self.file.finding(word.name_at, format!("`{stem}` is not counted, so it has one text")))
            }
            Some(form) => self.foreign_form(name, form, word).or_else(|| self.unfilled(written, word)),
            None => self.unfilled(written, word),
        }
    }

    /// A name that the theme doesn't have: somebody's own, or a slip.
    fn unknown(&self, stem: &str, form: Option<&str>, word: &OwnWord) -> Option<Diagnostic> {
        if self.is_asked_for(stem) {
            return form.and_then(|form| self.foreign_form(&format!("{stem}.{form}"), form, word));
        }
        let finding = self.file.finding(word.name_at, format!("nothing asks for a word `{stem}`"));
        let meant = nearest(stem, self.english.names().map(table::stem));
        Some(match meant {
            Some(meant) if form.is_none() => {
                finding.with_help(format!("`{meant}` is probably meant.")).with_fix(Fix::replace(word.name_at, meant))
            }
            Some(meant) => finding.with_help(format!("`{meant}` is probably meant.")),
            None => {
                finding.with_help("Remove it, or ask for it in a template of the site's own: `{{ word(name=\"…\") }}`.")
            }
        })
    }

    /// Whether a template may ask for a word of that name: for itself, or for names that begin so.
    fn is_asked_for(&self, name: &str) -> bool {
        let begins = name.match_indices('_').map(|(at, _)| &name[..=at]).collect::<Vec<_>>();
        let is_named = |text: &str, name: &str| text.contains(&format!("word(name=\"{name}\""));
        begins.contains(&OF_KINDS)
            || self
                .templates
                .iter()
                .any(|text| is_named(text, name) || begins.iter().any(|begin| is_named(text, begin)))
    }

    fn foreign_form(&self, name: &str, form: &str, word: &OwnWord) -> Option<Diagnostic> {
        let forms = plural::forms(&self.file.language);
        if forms.contains(&form) {
            return None;
        }
        let language = &self.file.language;
        let message = match plural::is_form(form) {
            true => format!("`{name}` is never said: `{language}` does not count so"),
            false => format!("`{name}` is never said: there is no form `{form}`"),
        };
        let help = format!("The forms of `{language}` are {}.", listed(forms.into_iter().map(str::to_owned)));
        Some(self.file.finding(word.name_at, message).with_help(help))
    }

    /// What stands in braces and is filled in by nothing.
    fn unfilled(&self, written: &str, word: &OwnWord) -> Option<Diagnostic> {
        let place = places(&word.text).find(|place| !places(written).any(|known| known == *place))?;
        let finding = self.file.finding(word.text_at, format!("nothing fills in `{{{place}}}` here"));
        let known = listed(places(written).map(|place| format!("{{{place}}}")));
        Some(match known.is_empty() {
            true => finding.with_help("Leave it out."),
            false => finding.with_help(format!("What is filled in is {known}.")),
        })
    }

    /// Whether the theme says that whatever the number.
    fn is_whole(&self, stem: &str) -> bool {
        self.english.find(stem).is_some() && self.english.form(stem, plural::OTHER).is_none()
    }

    /// What is counted and lacks a form of the language.
    fn forms(&self) -> Vec<Diagnostic> {
        let forms = plural::forms(&self.file.language);
        let mut findings: Vec<Diagnostic> = Vec::new();
        let mut last = "";
        for (name, word) in self.file.words.iter().filter(|(name, _)| name.contains('.')) {
            let stem = table::stem(name);
            if stem == last || self.is_whole(stem) {
                continue;
            }
            last = stem;
            let lacks = forms.iter().filter(|form| self.all.form(stem, form).is_none());
            let lacks = listed(lacks.map(|form| format!("{stem}.{form}")));
            let is_any = |(known, _): (&String, &OwnWord)| {
                known.split_once('.').is_some_and(|(of, form)| of == stem && forms.contains(&form))
            };
            if !lacks.is_empty() && self.file.words.iter().any(is_any) {
                findings
                    .push(self.file.finding(word.name_at, format!("`{stem}` lacks a text for some numbers: {lacks}")));
            }
        }
        findings
    }
}

/// The names in braces of a text.
pub(super) fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(place, _)| place)
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
