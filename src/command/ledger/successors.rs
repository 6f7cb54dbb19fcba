//! Where things went from one revision to the next: pages with their files, headings that were called otherwise or came
//! to another page, pages that were merged into others, folders with all that lay in them.

use std::collections::{BTreeMap, BTreeSet};

use super::snapshot::{InLanguage, MinedHeading, MinedPage, MinedRevision};
use crate::ledger::Address;

/// Where what is gone went, in order of address.
pub(super) fn between(
    before: &MinedRevision,
    after: &MinedRevision,
    renames: &[(String, String)],
) -> Vec<(Address, Address)> {
    let mut step = RevisionStep {
        before,
        after,
        renames: BTreeMap::new(),
        moves: BTreeMap::new(),
        came: BTreeMap::new(),
        languages: [before, after].map(languages),
    };
    let renames = renames.iter().map(|(old, new)| (old.as_str(), new.as_str()));
    step.renames = renames.filter(|(old, new)| step.is_one_language(old, new)).collect();
    for address in after.addresses.difference(&before.addresses) {
        if let Some(id) = &address.fragment {
            step.came.entry(id).or_default().push(address);
        }
    }
    step.files();
    step.pages();
    step.stand_ins();
    step.merged();
    step.folders();
    step.moves.into_iter().filter(|(from, to)| !after.has(from) && after.has(to)).collect()
}

struct RevisionStep<'a> {
    before: &'a MinedRevision,
    after: &'a MinedRevision,
    renames: BTreeMap<&'a str, &'a str>,
    moves: BTreeMap<Address, Address>,
    /// Headings that are new, by their ids.
    came: BTreeMap<&'a str, Vec<&'a Address>>,
    /// The languages of pages before and after, but that of the original.
    languages: [BTreeMap<&'a str, &'a str>; 2],
}

impl<'a> RevisionStep<'a> {
    /// Whether a file that git calls renamed stayed in its language: a page that is gone may be much like a new translation.
    fn is_one_language(&self, old: &str, new: &str) -> bool {
        let route = |revision: &'a MinedRevision, file: &str| revision.pages.get(file).map(|page| page.route.as_str());
        let ends = route(self.before, old).zip(route(self.after, new));
        ends.is_none_or(|(was, is)| self.languages[0].get(was) == self.languages[1].get(is))
    }

    /// Files that are published as they are.
    fn files(&mut self) {
        for (file, route) in &self.before.files {
            let file = self.renames.get(file.as_str()).copied().unwrap_or(file);
            if let Some(now) = self.after.files.get(file).filter(|now| *now != route) {
                self.moves.insert(Address::page(route), Address::page(now));
            }
        }
    }

    fn pages(&mut self) {
        for (file, page) in &self.before.pages {
            let file = self.renames.get(file.as_str()).copied().unwrap_or(file);
            let now = self.after.pages.get(file);
            if let Some(now) = now.filter(|now| now.route != page.route) {
                self.moves.insert(Address::page(&*page.route), Address::page(&*now.route));
            }
            self.headings(page, now);
        }
    }

    /// Pages of the original that stood in for those of another language: they go with their files, too, until the language
    /// has a page of its own.
    fn stand_ins(&mut self) {
        for (place, page) in &self.before.in_languages {
            let Some(file) = &page.stands_in else { continue };
            let file = self.renames.get(file.as_str()).copied().unwrap_or(file);
            let key = self.after.pages.get(file).map_or(&place.key, |original| &original.key);
            let now = InLanguage { language: place.language.clone(), key: key.clone() };
            let now = self.after.in_languages.get(&now);
            if let Some(now) = now.filter(|now| now.route != page.route) {
                self.moves.insert(Address::page(&*page.route), Address::page(&*now.route));
            }
            self.headings(page, now);
        }
    }

    /// The headings of a page that it has no more: called otherwise in their place, or on another page.
    fn headings(&mut self, page: &'a MinedPage, now: Option<&'a MinedPage>) {
        let now_headings = now.map_or(&[][..], |now| &now.headings);
        let here: BTreeSet<&str> = now_headings.iter().map(|heading| heading.id.as_str()).collect();
        let renamed = renamed(&page.headings, now_headings);
        for heading in page.headings.iter().filter(|heading| !here.contains(heading.id.as_str())) {
            let old = Address::place(&*page.route, &*heading.id);
            let new = match (&*self.elsewhere(page, &heading.id), now, renamed.get(heading.id.as_str())) {
                ([only], ..) => (*only).clone(),
                (_, Some(now), Some(id)) => Address::place(&*now.route, *id),
                _ => continue,
            };
            self.moves.insert(old, new);
        }
    }

    /// Headings with an id that came to pages of the same language.
    fn elsewhere(&self, page: &MinedPage, id: &str) -> Vec<&'a Address> {
        let [was, is] = &self.languages;
        let language = was.get(page.route.as_str());
        let came = self.came.get(id).into_iter().flatten().copied();
        came.filter(|address| is.get(address.page.as_str()) == language).collect()
    }

    /// Pages that are gone, and most of whose headings went to one page.
    fn merged(&mut self) {
        for (file, page) in &self.before.pages {
            let address = Address::page(&*page.route);
            let file = self.renames.get(file.as_str()).copied().unwrap_or(file);
            if self.after.pages.contains_key(file) || self.after.has(&address) {
                continue;
            }
            let mut into: BTreeMap<&str, usize> = BTreeMap::new();
            for heading in &page.headings {
                if let Some(to) = self.moves.get(&Address::place(&*page.route, &*heading.id)) {
                    *into.entry(&to.page).or_default() += 1;
                }
            }
            let most = into.into_iter().max_by_key(|(page, count)| (*count, std::cmp::Reverse(*page)));
            if let Some((to, _)) = most.filter(|(_, count)| count * 2 >= page.headings.len()) {
                let to = Address::page(to);
                self.moves.insert(address, to);
            }
        }
    }

    /// What is made for a folder goes where all pages in it went.
    fn folders(&mut self) {
        let made: Vec<&Address> = self.before.addresses.iter().filter(|address| address.fragment.is_none()).collect();
        for address in made.into_iter().filter(|address| !self.after.has(address)) {
            if self.moves.contains_key(address) {
                continue;
            }
            let below = format!("{}/", address.page);
            let inside = self.moves.iter().filter(|(from, _)| from.fragment.is_none() && from.page.starts_with(&below));
            let folder = |(from, to): (&Address, &Address)| {
                to.page.strip_suffix(&from.page[address.page.len()..]).map(str::to_owned)
            };
            let went: BTreeSet<Option<String>> = inside.map(folder).collect();
            if went.len() == 1
                && let Some(Some(to)) = went.into_iter().next()
            {
                self.moves.insert(address.clone(), Address::page(to));
            }
        }
    }
}

/// The languages of pages by their addresses.
fn languages(revision: &MinedRevision) -> BTreeMap<&str, &str> {
    revision.in_languages.iter().map(|(place, page)| (page.route.as_str(), place.language.as_str())).collect()
}

/// Headings that stand where others stood: as many new ones as old ones, between the same neighbours, level by level.
fn renamed<'a>(before: &'a [MinedHeading], after: &'a [MinedHeading]) -> BTreeMap<&'a str, &'a str> {
    let mut renamed = BTreeMap::new();
    let (mut old, mut new) = (0, 0);
    let kept = common(before, after).into_iter().chain([(before.len(), after.len())]);
    for (next_old, next_new) in kept {
        let (gone, came) = (&before[old..next_old], &after[new..next_new]);
        let levels = |headings: &[MinedHeading]| headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
        if levels(gone) == levels(came) {
            renamed.extend(gone.iter().zip(came).map(|(old, new)| (old.id.as_str(), new.id.as_str())));
        }
        (old, new) = (next_old + 1, next_new + 1);
    }
    renamed
}

/// The longest row of headings that both have in the same order, by their places.
fn common(before: &[MinedHeading], after: &[MinedHeading]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0u32; after.len() + 1]; before.len() + 1];
    for (old, heading) in before.iter().enumerate().rev() {
        for (new, other) in after.iter().enumerate().rev() {
            let skipped = longest[old + 1][new].max(longest[old][new + 1]);
            longest[old][new] = if heading.id == other.id { longest[old + 1][new + 1] + 1 } else { skipped };
        }
    }
    let (mut old, mut new, mut row) = (0, 0, Vec::new());
    while old < before.len() && new < after.len() {
        if before[old].id == after[new].id {
            row.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if longest[old + 1][new] >= longest[old][new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(told: &str) -> Vec<MinedHeading> {
        let heading = |word: &str| {
            let level = word.bytes().take_while(|byte| *byte == b'#').count();
            MinedHeading { id: word[level..].to_owned(), level: level as u8 }
        };
        told.split_whitespace().map(heading).collect()
    }

    fn told(before: &str, after: &str) -> String {
        let (before, after) = (headings(before), headings(after));
        renamed(&before, &after).into_iter().map(|(old, new)| format!("{old}>{new} ")).collect()
    }

    #[test]
    fn a_heading_in_the_place_of_another_is_that_heading_renamed() {
        assert_eq!(told("#a ##b ##c", "#a ##x ##c"), "b>x ");
        assert_eq!(told("#a ##b ##c ##d", "#a ##x ##y ##d"), "b>x c>y ");
        assert_eq!(told("##b", "##x"), "b>x ");
    }

    #[test]
    fn where_more_went_or_came_nobody_knows() {
        assert_eq!(told("#a ##b ##c ##d", "#a ##x ##d"), "");
        assert_eq!(told("#a ##b", "#a ###x"), "");
        assert_eq!(told("#a ##b", "##b #a"), "");
    }

    fn snapshot(pages: &[(&str, &str, &str)]) -> MinedRevision {
        let mut snapshot = MinedRevision::default();
        for (file, route, ids) in pages {
            let headings = headings(ids);
            snapshot.addresses.insert(Address::page(*route));
            snapshot.addresses.extend(headings.iter().map(|heading| Address::place(*route, &*heading.id)));
            snapshot.pages.insert(
                (*file).to_owned(),
                MinedPage { route: (*route).to_owned(), headings, key: String::new(), stands_in: None },
            );
        }
        snapshot
    }

    fn moves(before: &MinedRevision, after: &MinedRevision, renames: &[(&str, &str)]) -> Vec<String> {
        let renames: Vec<_> = renames.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect();
        between(before, after, &renames).into_iter().map(|(from, to)| format!("{from} -> {to}")).collect()
    }

    #[test]
    fn pages_go_with_their_files_and_folders_with_their_pages() {
        let mut before = snapshot(&[("a/x.md", "/a/x", "##t"), ("a/y.md", "/a/y", "")]);
        before.addresses.insert(Address::page("/a"));
        let mut after = snapshot(&[("b/x.md", "/b/x", "##u"), ("b/y.md", "/b/y", "")]);
        after.addresses.insert(Address::page("/b"));
        let told = moves(&before, &after, &[("a/x.md", "b/x.md"), ("a/y.md", "b/y.md")]);
        assert_eq!(told, ["/a -> /b", "/a/x -> /b/x", "/a/x#t -> /b/x#u", "/a/y -> /b/y"]);
    }

    #[test]
    fn a_page_that_is_merged_into_another_leads_to_it_and_so_do_its_headings() {
        let before = snapshot(&[("x.md", "/x", "##one ##two ##three"), ("y.md", "/y", "##own")]);
        let after = snapshot(&[("y.md", "/y", "##own ##one ##two")]);
        assert_eq!(moves(&before, &after, &[]), ["/x -> /y", "/x#one -> /y#one", "/x#two -> /y#two"]);
    }

    #[test]
    fn a_section_that_became_a_page_is_found_there() {
        let before = snapshot(&[("x.md", "/x", "##one ##two")]);
        let after = snapshot(&[("x.md", "/x", "##one"), ("y.md", "/y", "#other ##two")]);
        assert_eq!(moves(&before, &after, &[]), ["/x#two -> /y#two"]);
    }

    /// The page of a file, in its own language and in another, where it stands in unless that has headings of its own.
    fn in_two_languages(file: &str, key: &str, ids: &str, own: Option<&str>) -> MinedRevision {
        let translated = format!("de/{key}.md");
        let (route, other) = (format!("/{key}"), format!("/de/{key}"));
        let mut of_original = vec![(file, route.as_str(), ids)];
        of_original.extend(own.map(|own| (translated.as_str(), other.as_str(), own)));
        let mut revision = snapshot(&of_original);
        revision.pages.values_mut().for_each(|page| page.key = key.to_owned());
        let page = MinedPage {
            route: other.clone(),
            headings: headings(own.unwrap_or(ids)),
            key: key.to_owned(),
            stands_in: own.is_none().then(|| file.to_owned()),
        };
        revision.addresses.insert(Address::page(&*other));
        revision.addresses.extend(page.headings.iter().map(|heading| Address::place(&*other, &*heading.id)));
        revision.in_languages.insert(InLanguage { language: "de".into(), key: key.to_owned() }, page);
        revision
    }

    #[test]
    fn a_page_that_stands_in_goes_with_its_file_and_gives_way_to_a_translation() {
        let before = in_two_languages("x.md", "x", "#a ##b", None);
        let moved = in_two_languages("y.md", "y", "#a ##b", None);
        // Headings that stay go with their page.
        assert_eq!(moves(&before, &moved, &[("x.md", "y.md")]), ["/de/x -> /de/y", "/x -> /y"]);
        let translated = in_two_languages("x.md", "x", "#a ##b", Some("#c ##d"));
        assert_eq!(moves(&before, &translated, &[]), ["/de/x#a -> /de/x#c", "/de/x#b -> /de/x#d"]);
        let both = in_two_languages("y.md", "y", "#a ##b", Some("#c ##d"));
        assert_eq!(
            moves(&before, &both, &[("x.md", "y.md")])[..3],
            ["/de/x -> /de/y", "/de/x#a -> /de/y#c", "/de/x#b -> /de/y#d"]
        );
    }

    #[test]
    fn a_page_that_is_gone_is_no_new_translation() {
        let before = in_two_languages("x.md", "x", "#a ##b", None);
        let after = in_two_languages("y.md", "y", "#c", Some("#a ##b"));
        let told = moves(&before, &after, &[("x.md", "de/y.md")]);
        assert!(told.iter().all(|told| !told.starts_with("/x")), "{told:?}");
    }
}
