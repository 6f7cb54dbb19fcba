//! A site without a front page of its own: which stands for it, and whether that is the one that `book.toml` names.

use crate::check::context::SiteContext;
use crate::check::settings::configuration::ConfigTexts;
use crate::config::SiteConfig;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::StandIn;
use crate::site::link::Target;
use crate::source::{Root, SourcePath, Span};

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    // What is said of the site as a whole is said of the original.
    if context.others.is_none() {
        return;
    }
    let written = context.configuration.map(|file| (file, ConfigTexts::read(&file.text)));
    let place = written.as_ref().and_then(|(file, texts)| Some((file, texts.place("site.front_page")?.0)));
    match place {
        Some((file, span)) => findings.extend(named(context, &file.path, span)),
        None => findings.extend(unnamed(context)),
    }
}

/// What is wrong with the page that the configuration names.
fn named(context: &SiteContext<'_>, file: &SourcePath, span: Span) -> Option<Diagnostic> {
    let (site, named) = (context.site, &context.site.config.site.front_page);
    if SiteConfig::chooses_front_page(named) {
        return None;
    }
    let finding =
        |message: String, help: &str| Some(Diagnostic::new(Code::BrokenRedirect, file, span, message).with_help(help));
    if site.front_page_named(&site.pages).is_none() {
        let message = format!("`front_page` names `{named}`, and there is no such page");
        return finding(message, "Write the path of a page, as in `guide/start.md`, or `redirect` or `index`.");
    }
    if site.stand_in.is_none() {
        let message = format!("`front_page` names `{named}`, but something lies at `{}` already", site.front_route());
        return finding(message, "Leave `front_page` out, or move what lies there.");
    }
    None
}

/// Which page was taken, where nobody said which. Only of a site that says where it will be published.
fn unnamed(context: &SiteContext<'_>) -> Option<Diagnostic> {
    let site = context.site;
    let StandIn::WayTo(route) = site.stand_in.as_ref().filter(|_| !site.config.site.url.is_empty())? else {
        return None;
    };
    let path = match site.target(route) {
        Some(Target::Page(id)) => site.pages[*id].page.path.clone(),
        _ => SourcePath::new(Root::Project, "book.toml"),
    };
    let message = format!("the site has no front page, so `{}` leads on to `{route}`", site.front_route());
    let help = "Write an `index.md`, or say in `book.toml` what is meant, as in `front_page = \"redirect\"`.";
    Some(Diagnostic::new(Code::NoFrontPage, &path, Span::default(), message).with_help(help))
}
