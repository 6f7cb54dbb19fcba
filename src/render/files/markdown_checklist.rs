//! The statements of checklists in copies in Markdown, as a component shows them: those of other pages below the ways there.

use crate::page::Component;
use crate::render::assessment;
use crate::render::renderer::Renderer;
use crate::site::PageId;
use crate::site::assessment::Item;

/// What a component shows of checklists; nothing where it shows none. `entry` is a page as an item of a list.
pub(super) fn of_component(
    renderer: &Renderer<'_>,
    own: PageId,
    used: &Component,
    entry: impl Fn(PageId) -> String,
) -> Option<String> {
    let pages = assessment::statements(renderer, own, used)?;
    let lines = pages.into_iter().flat_map(|(page, items)| {
        let way = (page.id != own).then(|| entry(page.id));
        let inset = if way.is_some() { "  " } else { "" };
        let items: Vec<String> = items.iter().map(|item| format!("{inset}- {}", statement(item))).collect();
        way.into_iter().chain(items)
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn statement(item: &Item) -> String {
    let written = format!("**{}** {}", item.title.trim(), item.description);
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
