//! Other books of which nothing is known.

use super::configuration::ConfigTexts;
use crate::check::context::SiteContext;
use crate::config::BookConfig;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Edition;
use crate::site::book::{BookState, NamedBook};

/// Books that can't be read, each told once.
pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = context.configuration.filter(|_| context.others.is_some()) else { return };
    let mut unread = context.site.books.iter().filter(|named| named.book().is_none()).peekable();
    if unread.peek().is_none() {
        return;
    }
    let texts = ConfigTexts::read(&file.text);
    for named in unread {
        let span = texts.place(&format!("books.{}.site", named.name)).map(|(span, _)| span).unwrap_or_default();
        let (message, help) = told(context.site, named);
        findings.push(Diagnostic::new(Code::UnreadBook, &file.path, span, message).with_help(help));
    }
}

fn told(site: &Edition, named: &NamedBook) -> (String, String) {
    let NamedBook { name, file, state, .. } = named;
    let is_on_web = site.config.books.get(name).is_some_and(BookConfig::is_on_web);
    match state {
        BookState::Unread(why) => {
            let message = format!("`{file}` tells nothing of the book `{name}`: {why}");
            let help = match is_on_web {
                true => format!("Run `bokworm books update {name}`, which fetches it anew."),
                false => "Build that book, and name the `site.json` of what it publishes.".to_owned(),
            };
            (message, help)
        }
        _ if is_on_web => (
            format!("nothing is known of the book `{name}` yet, so links into it aren't checked"),
            format!("Run `bokworm books update {name}`, and commit `{file}`."),
        ),
        _ => (
            format!("there is no `{file}`, so links into the book `{name}` aren't checked"),
            "Build that book, or name the address of its `site.json` on the web.".to_owned(),
        ),
    }
}
