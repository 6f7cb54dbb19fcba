//! Pages that lead on to nothing, or back to themselves: they say so in words, and their authors are told.

use std::borrow::Cow;

use crate::check::context::{PageContext, SiteContext};
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::is_harmless;
use crate::page::Component;
use crate::site::Place;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let components = page_context.page.components.iter();
    let leading = components.filter(|component| context.site.is_leading_on(component));
    findings.extend(leading.filter_map(|component| judge(context, page_context, component)));
}

/// What is wrong with one of them, but for what is told of every reference.
fn judge(context: &SiteContext<'_>, page_context: &PageContext<'_>, component: &Component) -> Option<Diagnostic> {
    let PageContext { id, page, .. } = *page_context;
    let site = context.site;
    let Some(way) = site.way_on(id, component) else {
        let message = format!("this `<{}>` does not say where the page has gone", component.name);
        let finding = Diagnostic::new(Code::BrokenRedirect, &page.path, component.span, message);
        return Some(finding.with_help("Write the new address in its attribute `to`."));
    };
    let finding = |message: String, help: &str| {
        Diagnostic::new(Code::BrokenRedirect, &page.path, way.span, message).with_help(help)
    };
    match way.resolution.place {
        Place::Elsewhere if !way.leads_off() => {
            // Where HTML is safe, what could run code is told of as such.
            let is_told = site.config.markdown.html == RawHtml::Safe && !is_harmless(way.target);
            let message = format!("`{}` is no address that a page can lead on to", way.target);
            let help = "Write the address of a page of this site, or one that begins with `https://`.";
            (!is_told).then(|| finding(message, help))
        }
        Place::Here | Place::Page(_) | Place::Route(_) if !site.arrives_by(id, &way) => {
            let message = format!("the way on to `{}` comes back to where it began", way.target);
            Some(finding(message, "Let it lead to a page that leads nowhere else, or remove it."))
        }
        // Of what is read as an address anywhere, it is told as of any link.
        Place::Nowhere if matches!(way.resolution, Cow::Owned(_)) => {
            let message = format!("the way on leads to `{}`, where there is nothing", way.target);
            Some(finding(message, "Write the path or the address of a page of this site."))
        }
        _ => None,
    }
}
