//! What the theme says in another language than the site's, since nobody has written it yet: told once. And words that
//! are written for a language that there isn't.

use crate::check::context::SiteContext;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::source::Span;
use crate::words;

/// So many names are told; whoever writes them all looks into the theme's own table.
const TOLD: usize = 8;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    lacking(context, findings);
    unknown_languages(context, findings);
}

/// What the theme says in English, since the edition's language has no word for it.
fn lacking(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let words = &context.site.words;
    let language = words.language();
    let missing: Vec<&str> = words.missing().collect();
    if missing.is_empty() {
        return;
    }
    let place = match (words.file(), context.configuration) {
        (Some(file), _) => Some((file, Span::at(0))),
        (None, Some(file)) => Some((&file.path, named(&file.text, language))),
        (None, None) => None,
    };
    let Some((path, span)) = place else { return };
    let help = format!(
        "Write them in `words/{language}.toml` among the site's templates; `bokworm theme eject words/en.toml` copies the English ones."
    );
    let message = if words.are_foreign() {
        format!("the theme has no words in `{language}`, so it speaks English")
    } else {
        told(language, &missing)
    };
    findings.push(Diagnostic::new(Code::MissingWords, path, span, message).with_help(help));
}

/// Files of words whose name is no language's code, such as a country's: nobody ever reads their words.
fn unknown_languages(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(others) = context.others else { return };
    let is_spoken = |code: &str| {
        let mut sites = std::iter::once(context.site).chain(others.iter().copied());
        sites.any(|site| site.words.language().eq_ignore_ascii_case(code))
    };
    for source in context.sources {
        let Some(code) = words::language_of(&source.path).filter(|code| !is_spoken(code)) else { continue };
        let Err(fault) = config::format::check("language-code", code) else { continue };
        let help = match fault.instead {
            Some(meant) => format!("Rename it to `{meant}.toml`."),
            None => fault.help,
        };
        let message = format!("`{code}` {}, so these words are never said", fault.problem);
        findings.push(Diagnostic::new(Code::InvalidWords, &source.path, Span::at(0), message).with_help(help));
    }
}

/// Which words are missing, or the first of them.
fn told(language: &str, missing: &[&str]) -> String {
    let mut names: Vec<String> = missing.iter().take(TOLD).map(|name| format!("`{name}`")).collect();
    if missing.len() > TOLD {
        names.push("…".into());
    }
    format!("{} not said in `{language}`: {}", are(missing.len()), names.join(", "))
}

/// Where `book.toml` names a language.
fn named(text: &str, language: &str) -> Span {
    let places = [&["languages", language][..], &["site", "language"]];
    places.into_iter().find_map(|place| config::place(text, place)).unwrap_or_default()
}

/// How many words are spoken of.
fn are(count: usize) -> String {
    format!("{} of the theme {}", counted(count, "word"), if count == 1 { "is" } else { "are" })
}
