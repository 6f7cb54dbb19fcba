//! What translators are asked of one page: each text of the original once, with what the translation says there now, and
//! whether somebody has to look at it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::align::{self, Aligned, TwoTexts};
use super::catalogue::CatalogueMessage;
use super::segments::{self, PageSegment, SegmentKind};
use crate::page::{FrontMatter, Page, front_matter};
use crate::source::{LineColumn, Source};
use crate::translations::likeness::SHORTEST_SENTENCE;

/// The keys of the front matter that hold words for readers.
const FIELDS: [&str; 5] = ["title", "description", "sidebar_label", "pagination_label", "linkTitle"];

/// What is known of one page in one language.
pub(super) struct PageTexts<'a> {
    pub(super) original: &'a Page,
    pub(super) translation: Option<&'a Page>,
    /// What the original said when it was translated, if it says something else now.
    pub(super) base: Option<Arc<str>>,
}

/// The texts of a page in segments, and which belong together.
pub(super) struct PageMessages {
    pub(super) now: Vec<PageSegment>,
    pub(super) old: Vec<PageSegment>,
    pub(super) own: Vec<PageSegment>,
    /// For each segment of the original, which it was when it was translated.
    pub(super) past: Vec<Option<Aligned>>,
    /// For each segment of the original, which it is in the translation.
    pub(super) owns: Vec<Option<Aligned>>,
    /// The segments of the translation that belong to one that the original no longer has.
    pub(super) outlived: HashSet<usize>,
    pub(super) groups: Vec<MessageGroup>,
}

/// Where a message stands in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MessagePlace {
    /// The value of a key of the front matter.
    Field(&'static str),
    /// A segment.
    Segment(usize),
}

/// A message, and all the places where it stands.
#[derive(Debug)]
pub(super) struct MessageGroup {
    pub(super) message: CatalogueMessage,
    pub(super) places: Vec<MessagePlace>,
    /// Whether the translation has the very words of the original, so that nobody knows whether it is translated.
    pub(super) is_copied: bool,
    /// Code may stay as it is.
    pub(super) is_code: bool,
}

/// One text of the original.
struct SaidHere<'a> {
    place: MessagePlace,
    offset: usize,
    told: String,
    is_code: bool,
    id: &'a str,
    /// What the original said when it was translated.
    old: Option<&'a str>,
    /// What the translation says.
    own: Option<&'a str>,
    is_sure: bool,
    section: &'a str,
}

/// What a translation says of one text.
struct TranslationFound {
    text: String,
    is_fuzzy: bool,
    previous: Option<String>,
    is_copied: bool,
}

/// Finds the messages of a page.
pub(super) fn of(texts: &PageTexts<'_>, file: &str) -> PageMessages {
    let original = texts.original;
    let now = segments::cut(&original.text, original.body_start);
    let base = texts.base.as_ref().map(|text| {
        let read = front_matter::read(&Source { path: original.path.clone(), text: Arc::clone(text) });
        (segments::cut(text, read.body.start), read.meta)
    });
    let (old, old_meta) = base.unwrap_or_else(|| (now.clone(), original.meta.clone()));
    let own = texts.translation.map(|page| segments::cut(&page.text, page.body_start)).unwrap_or_default();
    let past = align::with_past(TwoTexts { old: &old, new: &now });
    let pairs = align::with_translation(TwoTexts { old: &old, new: &own });
    let mut owns: Vec<Option<Aligned>> = past.iter().map(|past| pairs[(*past)?.at]).collect();
    let taken: HashSet<usize> = pairs.iter().flatten().map(|own| own.at).collect();
    align::with_left_over(TwoTexts { old: &now, new: &own }, &mut owns, &taken);
    let placed: HashSet<usize> = owns.iter().flatten().map(|own| own.at).collect();
    let outlived = taken.difference(&placed).copied().collect();
    let mut page = PageMessages { now, old, own, past, owns, outlived, groups: Vec::new() };
    let own_meta = texts.translation.map(|page| &page.meta);
    let fields = FIELDS.iter().filter_map(|key| field(key, [Some(&original.meta), Some(&old_meta), own_meta]));
    let said: Vec<SaidHere<'_>> = fields.chain(page.said()).collect();
    page.groups = grouped(&said, &original.text, file);
    page
}

/// What a key of the front matter says: now, when it was translated, in the translation.
fn field<'a>(key: &'static str, [now, old, own]: [Option<&'a FrontMatter>; 3]) -> Option<SaidHere<'a>> {
    let value = |meta: Option<&'a FrontMatter>| meta?.data.get(key)?.as_str().map(str::trim);
    let id = value(now).filter(|value| value.chars().any(char::is_alphabetic))?;
    let offset = now.and_then(|meta| meta.spans.get(key)).map_or(0, |span| span.start);
    let told = format!("front matter: {key}");
    let place = MessagePlace::Field(key);
    Some(SaidHere {
        place,
        offset,
        told,
        is_code: false,
        id,
        old: value(old),
        own: value(own),
        is_sure: true,
        section: "",
    })
}

impl PageMessages {
    fn said(&self) -> Vec<SaidHere<'_>> {
        let mut section = "";
        let mut all = Vec::new();
        for (at, segment) in self.now.iter().enumerate().filter(|(_, segment)| segment.is_message()) {
            let own = self.owns[at];
            all.push(SaidHere {
                place: MessagePlace::Segment(at),
                offset: segment.span.start,
                told: format!("{}{}", if segment.lead.contains('>') { "quoted " } else { "" }, segment.kind.told()),
                is_code: segment.kind == SegmentKind::Code,
                id: &segment.text,
                old: self.past[at].map(|past| &*self.old[past.at].text),
                own: own.map(|own| &*self.own[own.at].text),
                is_sure: own.is_none_or(|own| own.is_sure),
                section,
            });
            if matches!(segment.kind, SegmentKind::Heading(_)) {
                section = &segment.text;
            }
        }
        all
    }
}

impl SaidHere<'_> {
    fn found(&self) -> TranslationFound {
        let nothing = TranslationFound { text: String::new(), is_fuzzy: false, previous: None, is_copied: false };
        let (Some(old), Some(own)) = (self.old.or(Some(self.id)), self.own) else { return nothing };
        let is_changed = old != self.id;
        if own.trim().is_empty() || is_changed && own == old {
            return nothing;
        }
        if own == self.id && !self.is_code && is_sentence(own) {
            return TranslationFound { is_copied: true, ..nothing };
        }
        let is_fuzzy = is_changed || !self.is_sure;
        let previous = is_changed.then(|| old.to_owned());
        TranslationFound { text: own.to_owned(), is_fuzzy, previous, is_copied: false }
    }
}

/// The length, in bytes, from which on words beside an address are more than the name of what is there.
const LONGER_THAN_A_NAME: usize = 80;

/// Whether a text says something in a language: more than names and addresses.
fn is_sentence(text: &str) -> bool {
    let is_address = |word: &&str| word.contains("://") || word.contains("](");
    let addresses = text.split_whitespace().filter(is_address).count();
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_address(word)).collect();
    let length = words.join(" ").len();
    words.len() > 1 && length >= if addresses > 0 { LONGER_THAN_A_NAME } else { SHORTEST_SENTENCE }
}

/// Each text once, in the order in which they come. Where one is translated in several ways, each of its places is a
/// message, with a context.
fn grouped(all: &[SaidHere<'_>], text: &str, file: &str) -> Vec<MessageGroup> {
    let mut by_id: HashMap<&str, Vec<TranslationFound>> = HashMap::new();
    for said in all {
        by_id.entry(said.id).or_default().push(said.found());
    }
    let is_ambiguous = |id: &str| {
        let mut said = by_id[id].iter().filter(|found| !found.text.is_empty()).map(|found| &found.text);
        let first = said.next();
        said.any(|other| Some(other) != first)
    };
    let mut groups: Vec<MessageGroup> = Vec::new();
    let mut places: HashMap<(Option<String>, &str), usize> = HashMap::new();
    for said in all {
        let mut context =
            is_ambiguous(said.id).then(|| if said.section.is_empty() { "(top)" } else { said.section }.to_owned());
        if let Some(section) = context.clone() {
            let mut number = 1;
            while places.contains_key(&(context.clone(), said.id)) {
                number += 1;
                context = Some(format!("{section} ({number})"));
            }
        }
        let at = *places.entry((context.clone(), said.id)).or_insert_with(|| {
            groups.push(MessageGroup {
                message: CatalogueMessage { context, id: said.id.to_owned(), ..CatalogueMessage::default() },
                places: Vec::new(),
                is_copied: false,
                is_code: said.is_code,
            });
            groups.len() - 1
        });
        groups[at].add(said, &format!("{file}:{}", LineColumn::of(text, said.offset).line));
    }
    groups
}

impl MessageGroup {
    fn add(&mut self, said: &SaidHere<'_>, reference: &str) {
        let told = format!("type: {}", said.told);
        let message = &mut self.message;
        if !message.extracted.contains(&told) {
            message.extracted.push(told);
        }
        if !message.references.iter().any(|known| known == reference) {
            message.references.push(reference.to_owned());
        }
        if said.is_code && message.flags.is_empty() {
            message.flags.push("no-wrap".to_owned());
        }
        self.is_code &= said.is_code;
        let found = said.found();
        self.is_copied |= found.is_copied;
        let is_better = message.translation.is_empty() || message.is_fuzzy && !found.is_fuzzy;
        if is_better && !found.text.is_empty() {
            (message.translation, message.is_fuzzy, message.previous) = (found.text, found.is_fuzzy, found.previous);
        }
        self.places.push(said.place);
    }
}
