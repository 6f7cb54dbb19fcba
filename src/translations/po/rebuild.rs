//! A translation's file with what translators changed in a catalogue: everything else of the file stays as it is. What
//! the translation lacks and is translated now is put where the original has it.

use std::collections::{HashMap, HashSet};

use super::front;
use super::messages::{MessagePlace, PageMessages, PageTexts};
use super::segments::{PageSegment, SegmentKind};

/// What is to stand in a translation.
pub(super) struct Wanted<'a> {
    /// The new texts by their places.
    pub(super) texts: HashMap<MessagePlace, &'a str>,
    /// Whether all of the page is translated: then what the original no longer has is taken out.
    pub(super) is_complete: bool,
}

/// A segment of the file that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SegmentSource {
    /// One of the original's, by its place.
    Original(usize),
    /// One of the translation's.
    Own(usize),
}

/// A file while it is made.
struct PageRebuilder<'a> {
    texts: &'a PageTexts<'a>,
    messages: &'a PageMessages,
    wanted: &'a Wanted<'a>,
    out: String,
    last: Option<SegmentSource>,
    /// The original's segment that was put last, wherever its words come from.
    last_original: Option<usize>,
    /// The segments of the translation that belong to one of the original's.
    placed: HashSet<usize>,
}

/// Makes the file.
pub(super) fn page(texts: &PageTexts<'_>, messages: &PageMessages, wanted: &Wanted<'_>) -> String {
    let placed = messages.owns.iter().flatten().map(|own| own.at).collect();
    let mut rebuilder =
        PageRebuilder { texts, messages, wanted, out: String::new(), last: None, last_original: None, placed };
    rebuilder.extras(0);
    for at in 0..messages.now.len() {
        rebuilder.segment(at);
    }
    rebuilder.end();
    let head = front::head(texts, &wanted.texts);
    format!("{head}{}", rebuilder.out)
}

impl PageRebuilder<'_> {
    fn segment(&mut self, at: usize) {
        let segment = &self.messages.now[at];
        let wanted = self.wanted.texts.get(&MessagePlace::Segment(at)).copied();
        let own = self.messages.owns[at].map(|own| own.at);
        match (own, wanted) {
            (Some(own), wanted) => {
                let said = self.own_text(at, own, wanted);
                self.put(SegmentSource::Own(own), at, &said);
                self.extras(own + 1);
            }
            (None, Some(text)) => {
                let said = self.in_line_ends(&segment.saying(text));
                self.put(SegmentSource::Original(at), at, &said);
            }
            (None, None) if self.is_put_as_it_is(at) => {
                let said = self.in_line_ends(segment.span.of(&self.texts.original.text));
                self.put(SegmentSource::Original(at), at, &said);
            }
            (None, None) => {}
        }
    }

    /// Whether a segment of the original that the translation lacks stands there in the original's words: on a page that
    /// is new, and what holds new blocks together.
    fn is_put_as_it_is(&self, at: usize) -> bool {
        let segment = &self.messages.now[at];
        let holds = !segment.is_message() || segment.kind == SegmentKind::Row;
        self.texts.translation.is_none() || holds && self.messages.past[at].is_none()
    }

    /// What stands at a segment of the translation from now on.
    fn own_text(&self, at: usize, own: usize, wanted: Option<&str>) -> String {
        let text = self.texts.translation.map_or("", |page| &page.text);
        let (now, own) = (&self.messages.now[at], &self.messages.own[own]);
        let old = self.messages.past[at].map(|past| &self.messages.old[past.at]);
        // What the original's author changed where nothing is translated: a tag, code, a sign before a heading.
        let was_copied = old.is_some_and(|old| old.text == own.text && now.text != own.text);
        let has_other_lead = old.is_some_and(|old| old.lead == own.lead && now.lead != own.lead);
        let said = match wanted {
            Some(wanted) => wanted,
            None if was_copied => &now.text,
            None => &own.text,
        };
        if said == own.text && !has_other_lead {
            return own.span.of(text).to_owned();
        }
        let built = if has_other_lead || own.kind != now.kind && was_copied { now } else { own };
        let built = PageSegment { text: said.to_owned(), ..built.clone() };
        self.in_line_ends(&built.saying(said))
    }

    /// Puts a segment, with what lies before it.
    fn put(&mut self, source: SegmentSource, at: usize, said: &str) {
        let gap = self.gap(source, Some(at));
        self.out.push_str(&gap);
        self.out.push_str(said);
        (self.last, self.last_original) = (Some(source), Some(at));
    }

    /// The translation's own segments from one on that belong to nothing in the original.
    fn extras(&mut self, from: usize) {
        let own = &self.messages.own;
        for (at, segment) in own.iter().enumerate().skip(from) {
            if self.placed.contains(&at) {
                break;
            }
            if self.wanted.is_complete && self.messages.outlived.contains(&at) {
                continue;
            }
            let gap = self.gap(SegmentSource::Own(at), None);
            self.out.push_str(&gap);
            self.out.push_str(segment.span.of(self.texts.translation.map_or("", |page| &page.text)));
            (self.last, self.last_original) = (Some(SegmentSource::Own(at)), None);
        }
    }

    /// What lies before a segment: what lay there if it follows what it followed before.
    fn gap(&self, source: SegmentSource, original: Option<usize>) -> String {
        let (own, now) = (&self.messages.own, &self.messages.now);
        if let SegmentSource::Own(at) = source {
            let follows = match self.last {
                None => at == 0,
                Some(last) => at.checked_sub(1).is_some_and(|before| last == SegmentSource::Own(before)),
            };
            if let Some(page) = self.texts.translation.filter(|_| follows) {
                let start = at.checked_sub(1).map_or(page.body_start, |before| own[before].span.end);
                return page.text[start..own[at].span.start].to_owned();
            }
        }
        let before = original.and_then(|at| at.checked_sub(1));
        let page = self.texts.original;
        match (self.last, original) {
            (None, _) => match self.texts.translation {
                Some(page) => {
                    page.text[page.body_start..own.first().map_or(page.text.len(), |own| own.span.start)].to_owned()
                }
                None => {
                    page.text[page.body_start..now.first().map_or(page.text.len(), |now| now.span.start)].to_owned()
                }
            },
            (Some(_), Some(at)) if before.is_some() && before == self.last_original => {
                let start = before.map_or(page.body_start, |before| now[before].span.end);
                self.in_line_ends(&page.text[start..now[at].span.start])
            }
            (Some(last), _) => self.in_line_ends(if self.is_close(last, source) { "\n" } else { "\n\n" }),
        }
    }

    /// Whether two segments follow each other without an empty line: rows of a table, items of a list.
    fn is_close(&self, one: SegmentSource, other: SegmentSource) -> bool {
        let kind = |source| match source {
            SegmentSource::Own(at) => self.messages.own[at].kind,
            SegmentSource::Original(at) => self.messages.now[at].kind,
        };
        let (one, other) = (kind(one), kind(other));
        one == other && matches!(one, SegmentKind::Row | SegmentKind::Item)
    }

    /// What lies behind the last segment.
    fn end(&mut self) {
        let end = match self.texts.translation {
            Some(page) => &page.text[self.messages.own.last().map_or(page.body_start, |own| own.span.end)..],
            None => {
                let page = self.texts.original;
                &page.text[self.messages.now.last().map_or(page.body_start, |now| now.span.end)..]
            }
        };
        if self.messages.own.is_empty() && self.texts.translation.is_some() {
            // It lies before the first one already.
            if !self.out.is_empty() && !self.out.ends_with('\n') {
                self.out.push_str(&self.in_line_ends("\n"));
            }
            if self.out.is_empty() {
                self.out.push_str(end);
            }
        } else {
            self.out.push_str(end);
        }
    }

    /// Lines that end as the file's do.
    fn in_line_ends(&self, text: &str) -> String {
        let page = self.texts.translation.unwrap_or(self.texts.original);
        let text = text.replace("\r\n", "\n");
        if page.text.contains("\r\n") { text.replace('\n', "\r\n") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::messages;
    use super::super::pages_for_tests::{documents, parsed};
    use super::*;

    /// What the translation comes to with these texts at the segments of the original.
    fn made(original: &str, translation: Option<&str>, base: Option<&str>, wanted: &[(usize, &str)]) -> String {
        let (original, translation) = (parsed(original), translation.map(parsed));
        let base = base.map(Arc::from);
        let texts = PageTexts { original: &original, translation: translation.as_ref(), base };
        let messages = messages::of(&texts, "a.md");
        let wanted = wanted.iter().map(|(at, text)| (MessagePlace::Segment(*at), *text)).collect();
        page(&texts, &messages, &Wanted { texts: wanted, is_complete: false })
    }

    #[test]
    fn what_is_missing_is_put_where_the_original_has_it() {
        let original = "# A\n\nB.\n\n- c\n- d\n\n> E\n> e.\n";
        let made = |translation, wanted: &[(usize, &str)]| made(original, Some(translation), None, wanted);
        assert_eq!(made("# Ah\n\n* ce\n* de\n", &[(1, "Be.")]), "# Ah\n\nBe.\n\n* ce\n* de\n");
        assert_eq!(
            made("# Ah\r\n\r\nBe.\r\n", &[(3, "de"), (4, "E\nee.")]),
            "# Ah\r\n\r\nBe.\r\n\r\n- de\r\n\r\n> E\r\n> ee.\r\n"
        );
        assert_eq!(made("", &[(0, "Ah"), (1, "Be.")]), "# Ah\n\nBe.\n");
    }

    #[test]
    fn what_nobody_translates_follows_the_original() {
        let old = "# A\n\n<Box kind=\"x\">\n\nB b b.\n\n</Box>\n\n```\nx\n```\n";
        let new = "## A\n\n<Box kind=\"y\">\n\nB b b.\n\n</Box>\n\n```\nz\n```\n\n***\n";
        let translation = "# Ah\n\n<Box kind=\"x\">\n\nBe.\n\n</Box>\n\n```\nx\n```\n\nOwn.\n";
        let expected = "## Ah\n\n<Box kind=\"y\">\n\nBee.\n\n</Box>\n\n```\nx\n```\n\nOwn.\n\n***\n";
        assert_eq!(made(new, Some(translation), Some(old), &[(2, "Bee.")]), expected);
    }

    #[test]
    fn a_new_page_has_the_originals_words_where_nothing_is_translated() {
        let original = "---\ntags: [a]\n---\n\n# A\n\nB.\n";
        assert_eq!(made(original, None, None, &[(0, "Ah")]), "---\ntags: [a]\n---\n\n# Ah\n\nB.\n");
        assert_eq!(made(original, None, None, &[]), original);
    }

    proptest! {
        #[test]
        fn a_page_in_which_nothing_is_translated_stays_as_it_is(original in documents(), translation in documents()) {
            prop_assert_eq!(made(&original, Some(&translation), None, &[]), &*translation);
            prop_assert_eq!(made(&original, None, None, &[]), &*original);
            made(&original, Some(&translation), Some(&translation), &[]);
        }
    }
}
