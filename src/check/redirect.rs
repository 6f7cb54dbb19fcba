//! Redirects that lead nowhere or in a circle.

use super::Book;
use super::configuration;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::LinkKind;
use crate::site::link::Target;
use crate::site::{Place, Problem, Site, address};
use crate::source::Span;

pub(super) fn check(book: &Book<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = book.configuration else { return };
    let values = configuration::Values::read(&file.text);
    for (from, to) in &book.site.config.redirects {
        let span = values.place(&format!("redirects.{from}")).map_or(Span::default(), |(span, _)| span);
        let finding = |message: String| Diagnostic::new(Code::BrokenRedirect, &file.path, span, message);
        let from = address::resolve("", from);
        if is_circle(book.site, &from) {
            let message = format!("the redirect from `{from}` comes back to where it began");
            findings.push(finding(message).with_help("Let it lead to a page, or remove it.").with_target(to));
            continue;
        }
        let resolved = book.site.resolve_from_root(to, LinkKind::Link);
        let help = "Write the address of a page of this site, or a whole one elsewhere.";
        match (&resolved.place, &resolved.problem) {
            (Place::Nowhere, _) => {
                let message = format!("the redirect from `{from}` leads to `{to}`, where there is nothing");
                findings.push(finding(message).with_help(help).with_target(resolved.address));
            }
            (_, Some(Problem::Case(real))) => {
                let message = format!("the redirect from `{from}` leads to `{to}`, which is written `{real}`");
                findings.push(finding(message).with_help(help).with_target(resolved.address));
            }
            (_, Some(Problem::NoHeading(_) | Problem::HeadingCase(_))) => {
                let message = format!("the redirect from `{from}` leads to `{to}`, where there is no such heading");
                findings.push(finding(message).with_help(help).with_target(resolved.address));
            }
            _ => {}
        }
    }
}

/// Whether redirects that follow each other come back to an address that was passed.
fn is_circle(site: &Site, from: &str) -> bool {
    let mut passed = vec![from.to_owned()];
    while let Some(Target::Redirect(to)) = passed.last().and_then(|route| site.target(route)) {
        let to = address::resolve("", to.split(['#', '?']).next().unwrap_or(to));
        if passed.contains(&to) {
            return true;
        }
        if passed.len() > 100 {
            return false;
        }
        passed.push(to);
    }
    false
}
