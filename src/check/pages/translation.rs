//! Translations that are missing, out of date, not translated, built otherwise or without an original, as far as git knows.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, counted};
use crate::site::Library;
use crate::source::{SourcePath, Span};
use crate::translations::{Doubt, LineCounts, OutOfDate, TranslationOf, TranslationReport, TranslationState};

/// What is to be told of translations, each at its file; of what is missing, at the original's. What can't be known
/// of many is told once, of the file where it is said which languages there are.
pub fn findings(library: &Library, report: &TranslationReport, configuration: &SourcePath) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut missing: BTreeMap<&SourcePath, Vec<&str>> = BTreeMap::new();
    let mut unknown = 0;
    for language in &report.languages {
        for page in &language.pages {
            for state in &page.states {
                match state {
                    TranslationState::Missing => {
                        let original = page.original.as_ref().unwrap_or(&page.path);
                        missing.entry(original).or_default().push(&language.language.code);
                    }
                    TranslationState::Uncertain(Doubt::Shallow) => unknown += 1,
                    // Where there is no git, nobody asks for what it knows.
                    TranslationState::Uncertain(Doubt::NoGit) => {}
                    state => findings.push(of_page(library, page, state)),
                }
            }
        }
    }
    findings.extend(missing.into_iter().map(|(original, codes)| {
        let message = format!("this page is missing in {}", listed(&codes));
        Diagnostic::new(Code::MissingTranslation, original, Span::default(), message)
    }));
    if unknown > 0 {
        let pages = counted(unknown, "translation");
        let message = format!("of {pages} it can't be known whether the original has changed since");
        let finding = Diagnostic::new(Code::UncertainTranslation, configuration, Span::default(), message);
        findings.push(
            finding
                .with_identity("a shallow clone")
                .with_help("This clone has only the last commits: `git fetch --unshallow` brings the others."),
        );
    }
    findings
}

/// The codes of languages in a sentence.
fn listed(codes: &[&str]) -> String {
    codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ")
}

fn of_page(library: &Library, page: &TranslationOf, state: &TranslationState) -> Diagnostic {
    let original = page.original.as_ref().map(ToString::to_string).unwrap_or_default();
    let told = |code: Code, message: String| Diagnostic::new(code, &page.path, Span::default(), message);
    match state {
        TranslationState::OutOfDate(OutOfDate { since, lines: LineCounts { added, removed }, command, .. }) => {
            let since = since.as_ref().map_or_else(String::new, |commit| format!(" ({})", commit.date));
            let message =
                format!("`{original}` has changed since{since}: {} added, {removed} removed", counted(*added, "line"));
            let help = format!(
                "`{command}` shows what changed. If nothing is to be done, `bokworm translations --mark` says so."
            );
            told(Code::OutdatedTranslation, message).with_identity(original).with_help(help)
        }
        TranslationState::Untranslated(share) => {
            told(Code::UntranslatedPage, format!("{share} % of the lines are as in `{original}`"))
                .with_identity(original)
                .with_help("Translate them, or take the page away: readers then see the original.")
        }
        TranslationState::Structure(differences) => {
            let differ = differences.iter().map(|difference| {
                let number = counted(difference.translation, difference.what);
                format!("{number} where the original has {}", difference.original)
            });
            let what: Vec<&str> = differences.iter().map(|difference| difference.what).collect();
            told(Code::TranslationStructure, format!("built otherwise: {}", differ.collect::<Vec<_>>().join(", ")))
                .with_identity(what.join(", "))
        }
        TranslationState::Uncertain(_) => uncertain(library, page),
        TranslationState::Missing | TranslationState::Orphan => {
            let help = "Give it the path of its original, or both the same `translation_key`.";
            told(Code::OrphanTranslation, "the original has no such page".into()).with_help(help)
        }
    }
}

/// A base that git can't find, told where it stands.
fn uncertain(library: &Library, page: &TranslationOf) -> Diagnostic {
    let key = "translated_from";
    let mut pages = library.editions().flat_map(|(_, edition)| &edition.pages).map(|published| &published.page);
    let own = pages.find(|own| own.path == page.path);
    let span = own.and_then(|own| own.meta.spans.get(key)).copied().unwrap_or_default();
    let message = format!("`{key}` names no commit in which the original stands");
    Diagnostic::new(Code::UncertainTranslation, &page.path, span, message)
        .with_help("`bokworm translations --mark` writes the current one.")
}
