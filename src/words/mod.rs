//! The words that the theme itself says, one table a language. What stands in braces (`{count}`) is filled in
//! where a word is used, what stands in brackets becomes a link. What is counted has a form for each way in which
//! its language counts (`pages.one`, `pages.other`).

mod own;
mod plural;
mod script;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::html::escaped;
use crate::source::SourcePath;

pub(crate) use own::{OwnWords, language_of};
pub(crate) use script::SCRIPTS;

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    language: String,
    /// The site's own file of the language.
    file: Option<SourcePath>,
    table: BTreeMap<Cow<'static, str>, Phrase>,
}

/// What is said, and in which language: where a language has no word for something, another one's is said, and that
/// counts in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    text: Cow<'static, str>,
    language: Arc<str>,
}

impl Words {
    /// Those of a language as the theme has them: see `of_site`.
    pub fn of(language: &str) -> Self {
        Self::of_site(language, &OwnWords::default())
    }

    /// Those of a language (`pt-BR`), with a site's own over the theme's; what is missing is taken from languages that
    /// its readers will understand rather than none, and from English last.
    pub(crate) fn of_site(language: &str, own: &OwnWords) -> Self {
        let mut words =
            Self { language: language.to_owned(), file: own.file(language).cloned(), table: BTreeMap::new() };
        for code in table::chain(language) {
            let (ours, theirs) = (table::written(&code).into_iter().flat_map(table::read), own.of(&code));
            words.lay(&code, ours.map(|(name, text)| (Cow::Borrowed(name), Cow::Borrowed(text))));
            words.lay(&code, theirs.map(|(name, text)| (Cow::Owned(name.to_owned()), Cow::Owned(text.to_owned()))));
        }
        words
    }

    /// Their language, which need not be that of each word.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The site's own file of the language, if there is one.
    pub fn file(&self) -> Option<&SourcePath> {
        self.file.as_ref()
    }

    /// Whether none of them is of their language.
    pub fn are_foreign(&self) -> bool {
        let own = table::primary(&self.language);
        self.table.values().all(|word| table::primary(&word.language) != own)
    }

    /// The words that are said in another language for want of one, by name.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        let own = table::primary(&self.language);
        let speaks = move |word: &Phrase| table::primary(&word.language) == own;
        let foreign = self.table.iter().filter(move |(_, word)| !speaks(word)).map(|(name, _)| table::stem(name));
        let mut last = "";
        foreign.filter(move |name| std::mem::replace(&mut last, name) != *name)
    }

    /// A word by its name; the name itself where there is none.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.find(name).unwrap_or(name)
    }

    /// A word by its name. Of something that is counted, what is said of any number.
    pub fn find(&self, name: &str) -> Option<&str> {
        let word = self.table.get(name).or_else(|| self.form(name, plural::OTHER));
        word.map(|word| word.text.as_ref())
    }

    /// A word as it is said of so many: with `{count}` filled in.
    pub fn counted(&self, name: &str, count: u64) -> Option<String> {
        let any = self.form(name, plural::OTHER);
        let fitting = any.and_then(|any| self.form(name, plural::form(&any.language, count)));
        let word = fitting.or(any).or_else(|| self.table.get(name))?;
        Some(word.text.replace("{count}", &count.to_string()))
    }

    /// One part of a list that is written in a line, as the months are; counted from 0.
    pub fn part(&self, name: &str, at: usize) -> Option<&str> {
        self.find(name)?.split(table::BETWEEN).nth(at)
    }

    /// All names; of what is counted, with each form.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(AsRef::as_ref)
    }

    fn form(&self, name: &str, form: &str) -> Option<&Phrase> {
        self.table.get(format!("{name}.{form}").as_str())
    }

    /// Lays words over what is there. What is counted is said in one language: another one's forms go, and a form that
    /// would stand among these is left out.
    fn lay(&mut self, code: &str, words: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)>) {
        let language: Arc<str> = code.into();
        let words: Vec<_> = words.collect();
        for (name, _) in &words {
            if let Some((stem, plural::OTHER)) = name.split_once('.') {
                self.forget_other_forms(stem, code);
            }
        }
        for (name, text) in words {
            let form = name.split_once('.');
            let stands_alone = form.is_none_or(|(stem, form)| form == plural::OTHER || self.is_counted_in(stem, code));
            if stands_alone {
                self.table.insert(name, Phrase { text, language: Arc::clone(&language) });
            }
        }
    }

    /// Whether nothing else is said of what is counted than in a language.
    fn is_counted_in(&self, stem: &str, code: &str) -> bool {
        self.form(stem, plural::OTHER).is_none_or(|any| table::primary(&any.language) == table::primary(code))
    }

    /// Takes away what another language says of something that is counted.
    fn forget_other_forms(&mut self, stem: &str, code: &str) {
        let first = format!("{stem}.");
        let forms = self.table.range(Cow::Owned(first.clone())..).take_while(|(name, _)| name.starts_with(&first));
        let others = forms.filter(|(_, word)| table::primary(&word.language) != table::primary(code));
        let others: Vec<_> = others.map(|(name, _)| name.clone()).collect();
        others.iter().for_each(|other| _ = self.table.remove(other));
    }
}

/// A sentence as HTML, in which what stands in brackets is a link; the link is said to be more by `attributes`.
pub(crate) fn with_link(sentence: &str, href: &str, attributes: &str) -> String {
    let parts = sentence.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
    match parts {
        Some((before, (words, after))) => {
            let (before, words, after) = (escaped(before), escaped(words), escaped(after));
            format!("{before}<a href=\"{}\"{attributes}>{words}</a>{after}", escaped(href))
        }
        None => escaped(sentence),
    }
}

#[cfg(test)]
mod tests;
