//! What `[relations]` names in `book.toml` and the site doesn't have: catalogues, and what queries speak of.

use super::subject::RelationSubject;
use crate::check::settings::configuration::ConfigTexts;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::query::Expression;
use crate::site::find;
use crate::source::Span;

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = subject.configuration.filter(|_| subject.is_original) else { return };
    let RelationSubject { site, relation, config, target, .. } = subject;
    let values = ConfigTexts::read(&file.text);
    let place = |key: &str| values.place(&format!("relations.{}.{key}", relation.name)).map(|(span, _)| span);
    let missing = target.catalogs.iter().filter(|name| site.catalogs.place(name).is_none());
    for name in missing {
        let message = format!("there is no catalogue `{name}`");
        let names = site.catalogs.iter().map(|catalog| catalog.name.as_str());
        let help = match nearest(name, names) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => format!("It is a file `{}/{name}.yaml`, `.csv` or `.json`.", site.config.folders.catalogs),
        };
        let span = place("to").unwrap_or_default();
        findings.push(Diagnostic::new(Code::UnknownCatalog, &file.path, span, message).with_help(help));
    }
    for (key, text) in [("from", &config.from), ("to", &config.to)] {
        let Some(text) = text else { continue };
        let Ok(Some(query)) = Expression::read(text) else { continue };
        let doubts = find::doubts(site, &query).into_iter();
        let of_pages = doubts.filter(|fault| !target.catalogs.iter().any(|name| is_of_catalog(text, fault.span, name)));
        for fault in of_pages {
            let whole = place(key).unwrap_or_default();
            let inside = file.text.get(whole.start..whole.end) == Some(text);
            let span = if inside { fault.span.shifted(whole.start) } else { whole };
            let finding = Diagnostic::new(Code::DoubtfulQuery, &file.path, span, fault.message);
            findings.push(finding.with_help(fault.help));
        }
    }
}

/// Whether a place of a query is that where it names a catalogue.
fn is_of_catalog(text: &str, span: Span, name: &str) -> bool {
    let rest = text.get(span.start..).unwrap_or_default();
    let value = rest.strip_prefix("catalog:").unwrap_or_default();
    value.trim_start_matches('"').starts_with(name)
}
