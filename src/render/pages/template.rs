//! A view put through its template, in the frame of its page.

use tera::Context;

use crate::diagnostic::Diagnostic;
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::theme;
use crate::render::view::PageView;
use crate::site::LeadsTo;

/// What a template is filled with.
pub(super) struct Filling<'a> {
    /// The template's name.
    pub template: &'a str,
    /// The page.
    pub view: PageView,
    /// What the sidebar shows as current.
    pub current: &'a LeadsTo,
}

/// Fills a template.
///
/// # Errors
/// A finding for a template that can't be rendered.
pub(super) fn fill(
    context: FileContext<'_>,
    cache: &mut FolderCache,
    filling: Filling<'_>,
) -> Result<String, Box<Diagnostic>> {
    let Filling { template, view, current } = filling;
    let route = view.route.clone();
    let mut values = Context::new();
    values.insert_value("site", cache.site(context, &route));
    values.insert_value("sidebar", cache.sidebar(context, current));
    values.insert_value("page", view.into_value());
    values.insert_value("assets", cache.assets.clone());
    values.insert_value("data", context.renderer.data());
    let tera = &context.renderer.theme.tera;
    tera.render(template, &values).map_err(|error| Box::new(theme::template_finding(&error, Some(&route))))
}
