//! A page's catalogue, put together with an older one: what translators wrote there and no page has yet stays.

use std::collections::HashMap;

use super::catalogue::{self, Catalogue, CatalogueMessage};
use super::header::{HeaderFacts, header};
use super::messages::{MessageGroup, PageMessages};

/// A catalogue as a file, and what is to be told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogueText {
    /// The file.
    pub text: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many of them are to be looked at.
    pub fuzzy: usize,
    /// How many have no translation.
    pub empty: usize,
    /// How many translations of the older one are replaced by what the page says: perhaps they were never imported.
    pub replaced: usize,
}

/// Writes the catalogue. Where the page says itself that it is up to date, the older one doesn't know better.
pub(super) fn text(
    page: PageMessages,
    facts: &HeaderFacts<'_>,
    older: Option<&Catalogue>,
    is_marked: bool,
) -> CatalogueText {
    let key = |message: &CatalogueMessage| (message.context.clone(), message.id.clone());
    let known: HashMap<_, &CatalogueMessage> =
        older.into_iter().flat_map(|older| &older.messages).map(|message| (key(message), message)).collect();
    let mut told = CatalogueText::default();
    let mut messages = Vec::with_capacity(page.groups.len());
    for group in page.groups {
        let known = known.get(&key(&group.message)).copied();
        messages.push(match known {
            Some(known) => {
                let message = merged(group, known, is_marked);
                told.replaced += usize::from(known.is_translated() && message.translation != known.translation);
                message
            }
            None => group.message,
        });
    }
    told.messages = messages.len();
    told.fuzzy = messages.iter().filter(|message| message.is_fuzzy).count();
    told.empty = messages.iter().filter(|message| message.translation.is_empty()).count();
    let header = older.map(|older| older.header.clone()).filter(|header| !header.is_empty());
    let header = header.unwrap_or_else(|| self::header(facts));
    told.text = catalogue::write(&Catalogue { header, messages });
    told
}

/// A message with what the older one knows of it.
fn merged(group: MessageGroup, known: &CatalogueMessage, is_marked: bool) -> CatalogueMessage {
    let mut message = group.message;
    message.comments.clone_from(&known.comments);
    // A page has the original's words where nothing is translated yet: the older one knows whether that is so.
    if message.translation == message.id && !group.is_code && !is_marked {
        message.translation.clear();
        (message.is_fuzzy, message.previous) = (false, None);
    }
    let says_the_same = known.translation == message.translation && !is_marked;
    let says_more = message.translation.is_empty() || message.is_fuzzy && known.is_translated();
    if !known.translation.is_empty() && (says_the_same || says_more) {
        message.translation.clone_from(&known.translation);
        message.is_fuzzy = known.is_fuzzy;
        message.previous = known.previous.clone().filter(|_| known.is_fuzzy);
    }
    message
}
