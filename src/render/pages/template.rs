//! A view put through its template, in the frame of its page.

use tera::value::Key;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::render::context::FileContext;
use crate::render::failure;
use crate::render::folder_cache::FolderCache;
use crate::render::template_error::template_finding;
use crate::render::view::{PageView, with};
use crate::site::LeadsTo;
use crate::words::Words;

/// What a template is filled with.
pub(super) struct Filling<'a> {
    /// The template's name.
    pub template: &'a str,
    /// The page.
    pub view: PageView,
    /// What the sidebar shows as current.
    pub current: &'a LeadsTo,
}

/// Fills a template. Where one of the site's own fails, the built-in theme shows the page, and the failure is told.
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
    let theme = context.renderer.theme;
    theme.tera.render(template, &values).or_else(|error| {
        let page = with_mark(values.remove("page"), &context.site().words);
        values.insert_value("page", page);
        let in_ours = theme.render_built_in(template, &values);
        let html = in_ours.ok_or_else(|| Box::new(template_finding(&error, Some(&route))))?;
        cache.tell(failure::of_template(&error));
        Ok(html)
    })
}

/// A page that says above its text that a part of it can't be shown.
fn with_mark(page: Option<Value>, words: &Words) -> Value {
    let page = page.unwrap_or_else(Value::none);
    let content = page.as_map().and_then(|fields| fields.get(&Key::Str("content"))).and_then(Value::as_str);
    let content = format!("<p>{}</p>\n{}", failure::mark(words), content.unwrap_or_default());
    with(page, "content", Value::safe_string(&content))
}
