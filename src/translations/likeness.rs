//! How like its original a translation is: how many of its lines are still the original's, and whether both are built
//! in the same way.

use std::collections::HashSet;

use crate::page::{LinkKind, Page, Piece};

/// From this share of lines on, in percent, a page counts as not translated.
const UNTRANSLATED: usize = 70;

/// A shorter line, in bytes, says nothing of its language: it may be a name.
pub(super) const SHORTEST_SENTENCE: usize = 24;

/// Something that a page has another number of than its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureDifference {
    /// What it is: `list item`.
    pub what: &'static str,
    /// How many the original has.
    pub original: usize,
    /// How many the translation has.
    pub translation: usize,
}

/// How many in a hundred lines of a translation are the original's (or of the original's lines still stand there), if
/// that is so many that it isn't translated.
pub(super) fn untranslated(original: &Page, translation: &Page) -> Option<usize> {
    let (original, translation) = (sentences(original), sentences(translation));
    let share_in = |of: &[&str], in_other: &[&str]| {
        let known: HashSet<&str> = in_other.iter().copied().collect();
        (100 * of.iter().filter(|line| known.contains(**line)).count()).checked_div(of.len())
    };
    let share = share_in(&translation, &original).max(share_in(&original, &translation))?;
    (share >= UNTRANSLATED).then_some(share)
}

/// The lines that say something in a language: none of code.
fn sentences(page: &Page) -> Vec<&str> {
    let mut in_code = false;
    let is_said = |line: &&str| {
        let is_fence = line.starts_with("```") || line.starts_with("~~~");
        in_code ^= is_fence;
        !is_fence && !in_code && line.len() >= SHORTEST_SENTENCE
    };
    page.text[page.body_start..].lines().map(str::trim).filter(is_said).collect()
}

/// Of what a translation has another number than its original.
pub(super) fn structure(original: &Page, translation: &Page) -> Vec<StructureDifference> {
    let both = counts(original).into_iter().zip(counts(translation));
    let differences = KINDS.iter().zip(both).map(|(&what, (original, translation))| StructureDifference {
        what,
        original,
        translation,
    });
    differences.filter(|difference| difference.original != difference.translation).collect()
}

/// What pages are built of, in the order in which differences are told.
const KINDS: [&str; 10] = [
    "level-2 heading",
    "level-3 heading",
    "level-4 heading",
    "level-5 heading",
    "level-6 heading",
    "list item",
    "table",
    "code block",
    "picture",
    "component",
];

fn counts(page: &Page) -> [usize; KINDS.len()] {
    let mut counts = [0; KINDS.len()];
    let mut add = |at: usize, number: usize| counts[at] += number;
    // The title may stand in the front matter of one, and as a heading of the first level in the other.
    for heading in page.headings.iter().filter(|heading| heading.level > 1) {
        add(usize::from(heading.level.min(6)) - 2, 1);
    }
    add(7, page.code.len());
    add(8, page.links.iter().filter(|link| link.kind == LinkKind::Image).count());
    add(9, page.components.len());
    let mut pieces: Vec<&Piece> = page.body.iter().collect();
    while let Some(piece) = pieces.pop() {
        match piece {
            Piece::Html(html) => add(5, html.matches("<li>").count() + html.matches("<li ").count()),
            Piece::Table => add(6, 1),
            Piece::Component { body, .. } => pieces.extend(body),
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{self, Dialect};
    use crate::source::{Source, SourcePath};

    fn page(text: &str) -> Page {
        page::parse(&Source { path: SourcePath::content("a.md"), text: text.into() }, Dialect::OWN)
    }

    #[test]
    fn a_page_is_not_translated_if_most_of_its_sentences_are_the_originals() {
        let lines: Vec<String> = (0..10).map(|at| format!("Sentence number {at}, which says something.")).collect();
        let original = page(&lines.join("\n\n"));
        let with = |translated: usize| {
            let own = |at: usize| format!("Satz Nummer {at}, der ganz etwas anderes sagt.");
            let lines = (0..10).map(|at| if at < translated { own(at) } else { lines[at].clone() });
            page(&format!("---\ntitle: A\n---\n{}", lines.collect::<Vec<_>>().join("\n\n")))
        };
        assert_eq!(untranslated(&original, &with(0)), Some(100));
        assert_eq!(untranslated(&original, &with(3)), Some(70));
        assert_eq!(untranslated(&original, &with(4)), None);
        // Names and code are the same in all languages.
        let names = "- Somebody\n- Somebody Else\n\n```sh\nbokworm check --format json --external\n```\n";
        assert_eq!(untranslated(&page(names), &page(names)), None);
    }

    #[test]
    fn what_pages_are_built_of_is_counted() {
        let original = page("# A\n\n## B\n\n- a\n- b\n\n![c](c.png)\n\n```\nx\n```\n\n| a |\n| - |\n| b |\n");
        let like = page("---\ntitle: A\n---\n## Be\n\n* a\n* be\n\n![ce](c.png)\n\n```\ny\n```\n\n| a |\n| - |\n");
        assert_eq!(structure(&original, &like), []);
        let unlike = page("# A\n\n### B\n\n- a\n- b\n- c\n");
        let told: Vec<_> = structure(&original, &unlike)
            .into_iter()
            .map(|StructureDifference { what, original, translation }| (what, original, translation))
            .collect();
        let expected = [
            ("level-2 heading", 1, 0),
            ("level-3 heading", 0, 1),
            ("list item", 2, 3),
            ("table", 1, 0),
            ("code block", 1, 0),
            ("picture", 1, 0),
        ];
        assert_eq!(told, expected);
    }
}
