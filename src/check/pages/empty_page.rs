//! Pages on which nothing stands but, perhaps, a title.

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::render::related;
use crate::site::PageId;
use crate::source::Span;

/// Keys of front matter by which a page shows nothing of its own.
const SHOWS_NOTHING: [&str; 19] = [
    "title",
    "description",
    "id",
    "slug",
    "sidebar_label",
    "sidebar_position",
    "sidebar_class_name",
    "weight",
    "tags",
    "list_image",
    "image",
    "keywords",
    "unlisted",
    "hide_title",
    "hide_table_of_contents",
    "date",
    "last_update",
    "authors",
    "status",
];

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { page, id, .. } = page_context;
    let (path, text) = (&page.path, page_context.text());
    // A page that stands for its folder may be there for its title and its place alone.
    let folder = path.folder().rsplit('/').next().unwrap_or_default();
    let stem = path.stem();
    let stands_for_folder = ["index", "readme", folder].iter().any(|name| stem.eq_ignore_ascii_case(name));
    if stands_for_folder || !page.is_blank() || shows_more(context, *id) {
        return;
    }
    let is_whole = text.trim_start_matches('\u{feff}').trim().is_empty();
    let (message, span) = if is_whole {
        ("this page is empty", Span::default())
    } else {
        let first = text.lines().next().unwrap_or_default();
        ("this page is empty: nothing stands below its front matter", Span::new(0, first.len()))
    };
    let help = "Write its text, or mark it as a draft with `draft: true`, or remove the file.";
    findings.push(Diagnostic::new(Code::EmptyPage, path, span, message).with_help(help));
}

/// Whether the page shows something that does not stand in its body, or would if it were read.
fn shows_more(context: &SiteContext<'_>, id: PageId) -> bool {
    let (site, page) = (context.site, &context.site.pages[id].page);
    let is_told = page.findings.iter().any(|finding| finding.severity > crate::diagnostic::Severity::Info);
    let has_more = page.meta.data.keys().any(|key| !SHOWS_NOTHING.contains(&key.as_str()));
    let is_named = !page.meta.defines.is_empty() || page.meta.template.is_some();
    is_told
        || has_more
        || is_named
        || site.is_not_found(id)
        || related::of_page(site, id).iter().any(|related| !related.others.is_empty())
}
