//! What results show of entries: address, title, place in the sidebar, description, and the text of
//! each section with its heading's level, and the look of the tag that it is about, from which a browser takes what fits a query.

use super::entry::Entry;
use super::script::Script;
use super::text::{Section, Text};
use crate::site::Edition;

/// How much of a section a result can show.
const SECTION: usize = 4_000;
/// How much of a page: where there is more, each of its sections has its share.
const PAGE: usize = 32_000;
/// How much of a title, a heading or a description.
const LINE: usize = 400;

/// The level of headings that stand below a page's title.
const TOP: usize = 2;

/// Writes what is shown of entries.
pub(super) fn write(site: &Edition, entries: &[Entry], script: &mut Script) {
    let mut text = Text::default();
    script.list(entries, |script, entry| {
        let about = entry.about(site);
        script.raw(b"[");
        for line in [&about.address(site), about.title, &entry.section(site), about.description] {
            script.string(start(line, LINE)).raw(b",");
        }
        let look = entry.look(site);
        let end = |script: &mut Script| {
            if !look.is_empty() {
                script.raw(b",").string(look);
            }
            script.raw(b"]");
        };
        let Some(page) = about.page else {
            script.raw(b"[]");
            return end(script);
        };
        text.read(page);
        let sections: Vec<Section<'_>> = text.sections(page).collect();
        let share = share(&sections);
        script.list(sections, |script, section| {
            // An address that is longer than any that is written by hand leads to the page.
            let (id, heading) =
                section.heading.map_or(("", ""), |heading| (heading.id.as_str(), heading.text.as_str()));
            let id = if id.len() > LINE { "" } else { id };
            script.raw(b"[").string(id).raw(b",").string(start(heading, LINE)).raw(b",");
            script.string(start(section.seen, share));
            // Of a heading below another, from where on it is.
            if let Some(level) = section.heading.map(|heading| usize::from(heading.level)).filter(|&level| level > TOP)
            {
                script.raw(b",").number(level);
            }
            script.raw(b"]");
        });
        end(script);
    });
}

/// How much of each section fits.
fn share(sections: &[Section<'_>]) -> usize {
    let whole: usize = sections.iter().map(|section| section.seen.len().min(SECTION)).sum();
    if whole <= PAGE { SECTION } else { PAGE / sections.len() }
}

/// The beginning of a text, about so many bytes long.
fn start(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}
