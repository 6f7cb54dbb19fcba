//! Catalogues that `book.toml` wants shown, and that aren't there.

use super::configuration::ConfigTexts;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = context.configuration.filter(|_| context.others.is_some()) else { return };
    let site = context.site;
    let mut missing = site.config.catalogs.keys().filter(|name| site.catalogs.place(name).is_none()).peekable();
    if missing.peek().is_none() {
        return;
    }
    let texts = ConfigTexts::read(&file.text);
    for name in missing {
        let path = format!("catalogs.{name}");
        let span = texts.keys().find(|(key, _)| *key == path).map(|(_, span)| span).unwrap_or_default();
        let help = match nearest(name, site.catalogs.iter().map(|catalog| catalog.name.as_str())) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => format!("It is a file `{}/{name}.yaml`, `.csv` or `.json`.", site.config.folders.catalogs),
        };
        let message = format!("there is no catalogue `{name}`");
        findings.push(Diagnostic::new(Code::UnknownCatalog, &file.path, span, message).with_help(help));
    }
}
