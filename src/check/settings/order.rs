//! What `folders.order` names in `book.toml` and isn't there.

use std::collections::BTreeSet;

use super::configuration::ConfigTexts;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::site::written_order::bare;

pub(in crate::check) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let order = &context.site.config.folders.order;
    let Some(file) = context.configuration.filter(|_| context.others.is_some() && !order.is_empty()) else { return };
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for source in context.sources {
        let mut path = source.path.as_str();
        while !path.is_empty() && known.insert(path) {
            path = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        }
    }
    let texts = ConfigTexts::read(&file.text);
    for (at, written) in order.iter().enumerate().filter(|(_, written)| !known.contains(bare(written))) {
        let (span, _) = texts.place(&format!("folders.order[{at}]")).unwrap_or_default();
        let message = format!("the order names `{written}`, and there is no such page and no such folder");
        let help = match nearest(bare(written), known.iter().copied()) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => "Write the path of a page or a folder, below the folder of the pages: `guide/start.md`.".into(),
        };
        findings.push(Diagnostic::new(Code::BrokenLink, &file.path, span, message).with_help(help));
    }
}
