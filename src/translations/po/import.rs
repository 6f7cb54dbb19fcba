//! A catalogue taken over into a page: what is to be told of it, and the page's new text.

use std::collections::HashMap;

use super::catalogue::{Catalogue, CatalogueMessage};
use super::front;
use super::messages::{MessageGroup, MessagePlace, PageMessages, PageTexts};
use super::rebuild::{self, Wanted};
use super::segments::{self, PageSegment, SegmentKind};

/// Something that is to be told of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueRemark {
    /// The line of the PO file.
    pub line: usize,
    /// What it is, in a sentence.
    pub what: String,
}

/// What a catalogue comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogueImport {
    /// What the translation's file is to hold; nothing where it stays as it is.
    pub text: Option<String>,
    /// How many messages changed something.
    pub taken_over: usize,
    /// Whether all is translated, and nothing is left to be looked at.
    pub is_complete: bool,
    /// Messages with a translation that the page no longer has.
    pub unknown: Vec<usize>,
    /// How many blocks of the translation stand in no place of the original's.
    pub own_blocks: usize,
    /// What keeps it from being taken over.
    pub errors: Vec<CatalogueRemark>,
    /// What may be wrong.
    pub warnings: Vec<CatalogueRemark>,
}

/// Takes a catalogue over.
pub(super) fn take_over(texts: &PageTexts<'_>, messages: &PageMessages, catalogue: &Catalogue) -> CatalogueImport {
    let known = KnownMessages::of(catalogue);
    let mut import = CatalogueImport { is_complete: !messages.groups.is_empty(), ..CatalogueImport::default() };
    let mut wanted = Wanted { texts: HashMap::new(), is_complete: false };
    let mut was_complete = texts.translation.is_some();
    let mut used: Vec<usize> = Vec::new();
    for group in &messages.groups {
        was_complete &= group.message.is_translated() || group.is_code;
        let found = known.find(group);
        let Some(found) = found else {
            import.is_complete &= group.is_code;
            continue;
        };
        used.push(found.line);
        import.is_complete &= found.is_translated() || group.is_code;
        if !found.is_translated() || found.translation == group.message.translation {
            continue;
        }
        let checked = checked(messages, group, found);
        import.errors.extend(checked.error);
        import.warnings.extend(checked.warning);
        // What has the original's words there may well be translated so.
        import.taken_over += usize::from(!(group.is_copied && found.translation == found.id));
        let wants = group.places.iter().map(|place| (*place, found.translation.as_str()));
        wanted.texts.extend(wants);
    }
    let is_unknown = |message: &&CatalogueMessage| !message.translation.is_empty() && !used.contains(&message.line);
    import.unknown = catalogue.messages.iter().filter(is_unknown).map(|message| message.line).collect();
    wanted.is_complete = import.is_complete;
    let has_outlived = import.is_complete && !was_complete && texts.translation.is_some();
    if !wanted.texts.is_empty() || has_outlived {
        let text = rebuild::page(texts, messages, &wanted);
        if import.errors.is_empty() {
            import.errors = unreadable_fields(&text, &wanted, &known);
        }
        let before = texts.translation.map(|page| &*page.text);
        import.text = Some(text).filter(|text| Some(text.as_str()) != before || has_outlived);
    }
    let placed: Vec<usize> = messages.owns.iter().flatten().map(|own| own.at).collect();
    let is_alone = |at: &usize| messages.own[*at].is_message() && !placed.contains(at);
    import.own_blocks = (0..messages.own.len()).filter(is_alone).count();
    import
}

/// Messages by what they say.
struct KnownMessages<'a> {
    exact: HashMap<(Option<&'a str>, &'a str), &'a CatalogueMessage>,
    by_id: HashMap<&'a str, Vec<&'a CatalogueMessage>>,
}

impl<'a> KnownMessages<'a> {
    fn of(catalogue: &'a Catalogue) -> Self {
        let mut known = Self { exact: HashMap::new(), by_id: HashMap::new() };
        for message in &catalogue.messages {
            known.exact.insert((message.context.as_deref(), &message.id), message);
            known.by_id.entry(&message.id).or_default().push(message);
        }
        known
    }

    /// The message of a group; one with another context if no other says the same.
    fn find(&self, group: &MessageGroup) -> Option<&'a CatalogueMessage> {
        let message = &group.message;
        let exact = self.exact.get(&(message.context.as_deref(), message.id.as_str())).copied();
        exact.or_else(|| match self.by_id.get(message.id.as_str())?.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }
}

/// What is to be told of one translation.
#[derive(Default)]
struct CheckedMessage {
    error: Option<CatalogueRemark>,
    warning: Option<CatalogueRemark>,
}

fn checked(messages: &PageMessages, group: &MessageGroup, found: &CatalogueMessage) -> CheckedMessage {
    let told = |what: String| Some(CatalogueRemark { line: found.line, what });
    for place in &group.places {
        let broken = match place {
            MessagePlace::Field(key) if found.translation.contains('\n') => {
                Some(format!("a `{key}` is one line, and this translation has several"))
            }
            MessagePlace::Field(_) => None,
            MessagePlace::Segment(at) => broken(&messages.now[*at], &found.translation),
        };
        if let Some(what) = broken {
            return CheckedMessage { error: told(what), warning: None };
        }
    }
    if group.is_code {
        return CheckedMessage::default();
    }
    let differs = |(sign, _): &&(&str, &str)| found.id.matches(sign).count() != found.translation.matches(sign).count();
    let warning = MARKS.iter().find(differs).map(|(sign, what)| {
        let [original, own] = [&found.id, &found.translation].map(|text| text.matches(sign).count());
        format!("the original has {original} {what}, and this translation {own}")
    });
    CheckedMessage { error: None, warning: warning.and_then(told) }
}

/// What a translation has as often as its original.
const MARKS: [(&str, &str); 5] = [
    ("](", "times `](` (links)"),
    ("{", "times `{`"),
    ("<", "times `<`"),
    ("`", "times `` ` ``"),
    ("[^", "times `[^` (footnotes)"),
];

/// How a text would break the page in a segment's place.
fn broken(segment: &PageSegment, text: &str) -> Option<String> {
    let mut alone = segment.clone();
    if segment.kind != SegmentKind::Code {
        // Below an item, a paragraph is indented, which alone would be code.
        let lead = segment.lead.trim_start_matches([' ', '\t']);
        alone.indent = segment.indent.get(segment.lead.len() - lead.len()..).unwrap_or_default().to_owned();
        alone.lead = lead.to_owned();
    } else if alone.tail.is_empty() {
        return None;
    }
    let cut = segments::cut(&alone.saying(text), 0);
    let kind = segment.kind.told();
    match cut.as_slice() {
        [one] if one.kind.is_like(segment.kind) => None,
        [one] => Some(format!("this is a {kind}, and its translation reads as a {}", one.kind.told())),
        _ if text.trim().is_empty() => Some(format!("this is a {kind}, and its translation is empty")),
        _ if !text.contains('\n') => Some(format!("this is a {kind}, and its translation reads as several blocks")),
        _ => Some(format!("this is a {kind}, and a line break parts its translation")),
    }
}

/// The fields that a reader of the file wouldn't find as they are meant.
fn unreadable_fields(text: &str, wanted: &Wanted<'_>, known: &KnownMessages<'_>) -> Vec<CatalogueRemark> {
    let mut remarks = Vec::new();
    for (place, value) in &wanted.texts {
        let MessagePlace::Field(key) = place else { continue };
        if !front::is_read_again(text, key, value) {
            let line = known.by_id.values().flatten().find(|message| message.translation == **value);
            let what = format!("`{key}` can't be written into the front matter: write it there by hand");
            remarks.push(CatalogueRemark { line: line.map_or(1, |message| message.line), what });
        }
    }
    remarks.sort_by_key(|remark| remark.line);
    remarks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::catalogue;
    use super::super::messages;
    use super::super::pages_for_tests::{documents, parsed};
    use super::*;
    use crate::page::Page;

    fn messages_of(original: &Page, translation: Option<&Page>) -> (PageMessages, Catalogue) {
        let texts = PageTexts { original, translation, base: None };
        let page = messages::of(&texts, "a.md");
        let messages = page.groups.iter().map(|group| group.message.clone()).collect();
        let catalogue = Catalogue { header: "Language: ja\n".to_owned(), messages };
        (page, catalogue::read(&catalogue::write(&catalogue)).unwrap())
    }

    fn import(original: &Page, translation: Option<&Page>, catalogue: &Catalogue) -> CatalogueImport {
        let texts = PageTexts { original, translation, base: None };
        take_over(&texts, &messages_of(original, translation).0, catalogue)
    }

    fn in_german(text: &str) -> String {
        let words =
            [("Some words", "Einige Wörter"), ("Other words", "Andere Wörter"), ("item", "Punkt"), ("Title", "Titel")];
        words.into_iter().fold(text.to_owned(), |text, (one, other)| text.replace(one, other))
    }

    proptest! {
        #[test]
        fn what_nobody_edits_changes_nothing(original in documents(), translation in documents()) {
            let (original, translation) = (parsed(&original), parsed(&translation));
            let (_, catalogue) = messages_of(&original, Some(&translation));
            let import = import(&original, Some(&translation), &catalogue);
            prop_assert!(import.errors.is_empty() && import.unknown.is_empty() && import.text.is_none(), "{import:?}");
        }

        #[test]
        fn what_is_translated_is_exported_again(original in documents()) {
            let original = parsed(&original);
            let (_, mut catalogue) = messages_of(&original, None);
            for message in &mut catalogue.messages {
                message.translation = in_german(&message.id);
            }
            let made = import(&original, None, &catalogue);
            if let Some(text) = made.text.filter(|_| made.errors.is_empty()) {
                let translation = parsed(&text);
                let (_, again) = messages_of(&original, Some(&translation));
                let said = |catalogue: &Catalogue| -> Vec<_> {
                    let messages = catalogue.messages.iter();
                    // Of what reads as in the original, nobody knows whether it is translated.
                    let own = |message: &CatalogueMessage| Some(message.translation.clone()).filter(|own| !own.is_empty() && *own != message.id);
                    messages.map(|message| (message.id.clone(), own(message))).collect()
                };
                prop_assert_eq!(said(&again), said(&catalogue), "{}", text);
            }
        }
    }

    #[test]
    fn a_translation_that_breaks_its_page_is_refused() {
        let original = parsed("---\ntitle: Title\n---\n# A b\n\nC\nd.\n\n- e\n\n  f\n\n| g | h |\n");
        let errors = |id: &str, translation: &str| {
            let (_, mut catalogue) = messages_of(&original, None);
            for message in catalogue.messages.iter_mut().filter(|message| message.id == id) {
                message.translation = translation.to_owned();
            }
            let import = import(&original, None, &catalogue);
            import.errors.into_iter().map(|remark| remark.what).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(errors("Title", "Ti\ntel"), "a `title` is one line, and this translation has several");
        assert_eq!(errors("A b", "A\nb"), "this is a heading 1, and a line break parts its translation");
        assert_eq!(errors("C\nd.", "- c"), "this is a paragraph, and its translation reads as a list item");
        assert_eq!(errors("C\nd.", "c\n\nd"), "this is a paragraph, and a line break parts its translation");
        assert_eq!(errors("C\nd.", " "), "this is a paragraph, and its translation is empty");
        assert_eq!(errors("f", "c\n  d"), "");
        assert_eq!(errors("| g | h |", "g, h"), "this is a table row, and its translation reads as a paragraph");
    }
}
