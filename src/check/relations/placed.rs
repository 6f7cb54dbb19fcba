//! Components that show relations which there are not.

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::render::related;
use crate::site::Edition;

pub(super) fn check(site: &Edition, findings: &mut Vec<Diagnostic>) {
    for published in site.pages.iter().filter(|published| published.borrowed.is_none()) {
        for used in &published.page.components {
            let Some(attribute) = used.attribute(related::OF).filter(|_| related::shows(site, &used.name)) else {
                continue;
            };
            let relations = site.relations();
            for name in
                related::names(attribute.value.as_str()).into_iter().filter(|name| relations.named(name).is_none())
            {
                let message = format!("there is no relation `{name}`");
                let finding = Diagnostic::new(Code::InvalidAttribute, &published.page.path, attribute.span, message);
                let help = match nearest(name, relations.names()) {
                    Some(meant) => format!("Did you mean `{meant}`?"),
                    None => "Relations are declared in `book.toml`, as in `[relations.mitigates]`.".into(),
                };
                findings.push(finding.with_help(help));
            }
        }
    }
}
