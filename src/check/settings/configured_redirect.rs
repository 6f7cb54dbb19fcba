//! Redirects that lead nowhere or in a circle.

use super::configuration;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::LinkKind;
use crate::site::{Place, Problem, address};
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = context.configuration else { return };
    let values = configuration::ConfigTexts::read(&file.text);
    for (from, to) in &context.site.config.redirects.addresses {
        let span = values.place(&format!("redirects.{from}")).map_or(Span::default(), |(span, _)| span);
        let finding = |message: String| Diagnostic::new(Code::BrokenRedirect, &file.path, span, message);
        let from = address::resolve("", from);
        if context.site.comes_back(&from) {
            let message = format!("the redirect from `{from}` comes back to where it began");
            findings.push(finding(message).with_help("Let it lead to a page, or remove it.").with_target(to));
            continue;
        }
        let resolved = context.site.resolve_from_root(to, LinkKind::Link);
        let help = "Write the address of a page of this site, or a whole one elsewhere.";
        match (&resolved.place, &resolved.problem) {
            (Place::Nowhere, _) | (_, Some(Problem::NoPage)) => {
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
