//! What is said of a page in a line, whoever reads it.

use super::super::change::{
    AssetChange, AssetEvent, Difference, ImpactedPage, ListChange, ListKind, PageChange, PageEvent, PageInList,
};

/// `2 pages added, 1 changed`; nothing where no page is another.
pub(in crate::diff) fn counts(difference: &Difference) -> String {
    let events = [
        (PageEvent::Added, "added"),
        (PageEvent::Removed, "removed"),
        (PageEvent::Renamed, "renamed"),
        (PageEvent::Changed, "changed"),
        (PageEvent::Affected, "affected"),
        (PageEvent::Rewritten, "written otherwise without a change of meaning"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (event, said) in events {
        let count = difference.pages.iter().filter(|page| page.event == event).count();
        if count > 0 {
            let what = if parts.is_empty() { format!(" page{}", plural(count)) } else { String::new() };
            parts.push(format!("{count}{what} {said}"));
        }
    }
    parts.join(", ")
}

/// What happened to a page, in a word.
pub(in crate::diff) fn event(event: PageEvent) -> &'static str {
    match event {
        PageEvent::Added => "added",
        PageEvent::Removed => "removed",
        PageEvent::Renamed => "renamed",
        PageEvent::Changed => "changed",
        PageEvent::Affected => "affected",
        PageEvent::Rewritten => "rewritten",
    }
}

pub(in crate::diff) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// What is different of a page, in parts.
pub(in crate::diff) fn parts(page: &PageChange) -> Vec<String> {
    let mut parts = Vec::new();
    if page.event == PageEvent::Rewritten {
        return vec!["says the same".into()];
    }
    match (page.words_added, page.words_removed) {
        (0, 0) => {}
        (added, 0) => parts.push(format!("+{added} word{}", plural(added))),
        (0, removed) => parts.push(format!("−{removed} word{}", plural(removed))),
        (added, removed) => parts.push(format!("+{added} −{removed} words")),
    }
    if let Some(former) = &page.former_title {
        parts.push(format!("was called “{former}”"));
    }
    if let Some(former) = &page.former_address {
        let leads = match page.redirected {
            Some(true) => "which leads on",
            _ => "which leads nowhere now",
        };
        parts.push(match page.event {
            PageEvent::Removed => format!("it was at {former}, {leads}"),
            _ => format!("its address was {former}, {leads}"),
        });
    }
    let other_keys = || page.keys.iter().filter(|key| *key != "title" || page.former_title.is_none());
    let keys: Vec<String> = other_keys().map(|key| format!("`{key}`")).collect();
    if !keys.is_empty() {
        parts.push(format!("front matter: {}", keys.join(", ")));
    }
    let (linked, others): (Vec<_>, Vec<_>) =
        page.headings_gone.iter().partition(|heading| !heading.linked_from.is_empty());
    for heading in linked {
        let count = heading.linked_from.len();
        parts.push(format!("heading gone: `#{}`, to which {count} page{} linked", heading.id, plural(count)));
    }
    if !others.is_empty() {
        let named = others.iter().map(|heading| format!("`#{}`", heading.id));
        parts.push(format!("heading{} gone: {}", plural(others.len()), some_of(named)));
    }
    let named = |texts: &[String]| some_of(texts.iter().map(|text| format!("`{text}`")));
    let texts = |texts: &[String]| some_of(texts.iter().map(|text| format!("“{text}”")));
    for (said, all) in [
        ("headings added", texts(&page.headings_added)),
        ("links broken", named(&page.links_broken)),
        ("links mended", if page.event == PageEvent::Removed { String::new() } else { named(&page.links_mended) }),
        ("statements added", texts(&page.checklist.added)),
        ("statements removed", texts(&page.checklist.removed)),
        ("statements reworded", texts(&page.checklist.reworded)),
    ] {
        if !all.is_empty() {
            parts.push(format!("{said}: {all}"));
        }
    }
    parts.extend(shown_by(&page.shown_by));
    parts
}

/// So many things of a kind are named in a line, and of the others how many there are.
const MOST_NAMED: usize = 8;

/// Some names, and how many more there are.
fn some_of(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    // One more takes no more room than its number.
    let shown = if more > 1 { MOST_NAMED } else { names.len() };
    let mut told = names.take(shown).collect::<Vec<_>>().join(", ");
    if more > 1 {
        told += &format!(" and {more} more");
    }
    told
}

/// How many pages show something, if any do.
fn shown_by(pages: &[ImpactedPage]) -> Option<String> {
    let steps = pages.iter().map(|shown| shown.steps).max()?;
    let count = pages.len();
    let over = if steps > 1 { format!(" over {steps} steps") } else { String::new() };
    Some(format!("shown by {count} page{}{over}", plural(count)))
}

/// What happened to a file: a word for it, and what is said behind its name.
pub(in crate::diff) fn file(change: &AssetChange) -> (&'static str, String) {
    let (what, said) = match (change.event, change.redirected) {
        (AssetEvent::Added, _) => ("new", ""),
        (AssetEvent::Changed, _) => ("other bytes", ""),
        (AssetEvent::Removed, Some(true)) => ("gone", ", its address leads on"),
        (AssetEvent::Removed, _) => ("gone", ", its address leads nowhere now"),
    };
    let shown =
        shown_by(&change.shown_by).map(|shown| format!(", {}{shown}", if what == "gone" { "it was " } else { "" }));
    (what, said.to_owned() + &shown.unwrap_or_default())
}

/// What holds other pages: `the list <BokTagList tag="A"> on a.md`.
pub(in crate::diff) fn list(change: &ListChange) -> String {
    let on = change.on.as_deref().map(|on| format!(" on {on}")).unwrap_or_default();
    match change.kind {
        ListKind::List => format!("list `{}`{on}", change.name),
        ListKind::Cell => format!("cell `{}`{on}", change.name),
        ListKind::Tag => format!("tag page {}", change.name),
        ListKind::Section => format!("section “{}”", change.name),
    }
}

/// What a list holds now and held, in a line.
pub(in crate::diff) fn list_held(change: &ListChange) -> String {
    let listed = |sign: char, page: &PageInList| {
        let through = page.through.as_deref().map(|label| format!(" (`{label}`)")).unwrap_or_default();
        format!("{sign} {}{through}", page.path)
    };
    let gained = change.gained.iter().map(|page| listed('+', page));
    let lost = change.lost.iter().map(|page| listed('−', page));
    let moved = change.reordered.then(|| "in another order".to_owned());
    format!("{}: {}", list(change), gained.chain(lost).chain(moved).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::some_of;

    #[test]
    fn of_many_names_some_are_told() {
        let told = |count: usize| some_of((0..count).map(|at| at.to_string()));
        assert_eq!(told(0), "");
        assert_eq!(told(9), "0, 1, 2, 3, 4, 5, 6, 7, 8");
        assert_eq!(told(30), "0, 1, 2, 3, 4, 5, 6, 7 and 22 more");
    }
}
