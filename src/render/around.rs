//! What components show around a page: the pages that link to it, those that have most to do with it, tags by how many
//! pages carry them. Their keys ask the same.

use tera::Value;

use super::graph::Neighbourhood;
use super::links::Linker;
use super::view::{entry, with};
use crate::page::Component;
use crate::site::{Edition, PageId, TagPage, binary_logarithm};

/// How many related pages a component shows that doesn't say.
const RELATED: usize = 5;

/// In how many sizes tags are shown.
const SIZES: u64 = 5;

/// The pages that a component shows around the page that it stands on, by what its template asks for; nothing if that
/// is something else.
pub(super) fn pages(site: &Edition, id: PageId, used: &Component, implicit: &str) -> Option<Vec<PageId>> {
    match implicit {
        "backlinks" => Some(site.by_title(site.linking_to(id).to_vec())),
        "graph" => Some(Neighbourhood::of(site, id).pages(site)),
        "related" => Some(site.related(id, number(used, "limit").unwrap_or(RELATED))),
        _ => None,
    }
}

/// The same of all that a component's template asks for.
pub(super) fn all_pages(site: &Edition, id: PageId, used: &Component) -> Option<Vec<PageId>> {
    let implicits = &site.components.get(&used.name)?.implicits;
    implicits.iter().find_map(|implicit| pages(site, id, used, implicit))
}

/// A number that an attribute holds.
fn number(used: &Component, name: &str) -> Option<usize> {
    let value = &used.attribute(name)?.value;
    match value.as_str() {
        Some(text) => text.trim().parse().ok(),
        None => value.as_u64().and_then(|number| usize::try_from(number).ok()),
    }
}

/// The tags that a component shows, in the order of their labels: those of its `kind`, or all.
pub(super) fn tags<'s>(site: &'s Edition, used: &Component) -> Vec<&'s TagPage> {
    let wanted = used.string("kind").unwrap_or_default().trim().to_lowercase();
    let is_wanted = |tag: &&TagPage| wanted.is_empty() || tag.kind.to_lowercase() == wanted;
    let tags: Vec<&TagPage> = site.tags.iter().filter(is_wanted).collect();
    let places = site.order.places(tags.iter().map(|tag| tag.label.as_str()));
    let mut tags: Vec<(usize, &TagPage)> = places.into_iter().zip(tags).collect();
    tags.sort_by_key(|(place, _)| *place);
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// The same as templates take them, each with its `size`: 1 for those that the fewest pages carry, 5 for the most.
pub(super) fn sized_tags(site: &Edition, linker: &Linker<'_>, used: &Component) -> Value {
    let tags = tags(site, used);
    let carried = |tag: &&TagPage| tag.pages.len() as u64;
    let (least, most) = (tags.iter().map(carried).min().unwrap_or(1), tags.iter().map(carried).max().unwrap_or(1));
    let sized = |tag: &&TagPage| {
        let size = size(carried(tag), least, most);
        with(Value::from_serializable(&entry::tag_view(site, linker, tag)), "size", Value::from(size))
    };
    tags.iter().map(sized).collect::<Vec<_>>().into()
}

/// How large a tag is shown: as many pages more for each step as there are already.
fn size(carried: u64, least: u64, most: u64) -> u64 {
    let all = binary_logarithm(most, least).max(1);
    1 + (binary_logarithm(carried, least) * (SIZES - 1) + all / 2) / all
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_grow_with_the_logarithm() {
        assert_eq!([1, 2, 4, 8, 16].map(|carried| size(carried, 1, 16)), [1, 2, 3, 4, 5]);
        assert_eq!(size(7, 7, 7), 1);
    }
}
