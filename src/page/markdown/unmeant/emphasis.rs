//! Emphasis that is opened and never closed, by marks that begin other things, too: `_` and `__` names of programs, a
//! star footnotes. Before a word that nothing is called by, one is surely meant as a mark.

use std::ops::Range;

use super::told::Telling;
use crate::diagnostic::Code;

/// Words that people stress, and that are no names: English, German, French, Spanish, Italian, Dutch, Portuguese.
const STRESSED: [&str; 64] = [
    "all",
    "always",
    "and",
    "any",
    "are",
    "do",
    "don't",
    "every",
    "important",
    "is",
    "most",
    "must",
    "never",
    "no",
    "not",
    "only",
    "please",
    "really",
    "should",
    "the",
    "these",
    "this",
    "those",
    "very",
    "without",
    "you",
    "alle",
    "auch",
    "bitte",
    "das",
    "der",
    "die",
    "ein",
    "eine",
    "immer",
    "nicht",
    "nie",
    "niemals",
    "nur",
    "sehr",
    "wichtig",
    "ne",
    "jamais",
    "le",
    "les",
    "pas",
    "seulement",
    "toujours",
    "tous",
    "très",
    "el",
    "los",
    "muy",
    "nunca",
    "siempre",
    "solo",
    "mai",
    "molto",
    "non",
    "sempre",
    "altijd",
    "nooit",
    "niet",
    "muito",
];

/// Whether a text begins with a word that people stress, and goes on.
pub(super) fn begins_with_stress(text: &str) -> bool {
    let mut words = text.split(' ');
    words.next().is_some_and(|word| STRESSED.contains(&word)) && words.next().is_some_and(|next| !next.is_empty())
}

/// One star or `_` that has no other in its stretch of text.
pub(super) fn unclosed(told: &mut Telling<'_>, mark: &Range<usize>, stretch: &Range<usize>) {
    let before = told.before(mark.start);
    let sign = &told.text[mark.clone()];
    // A star at the beginning of a line is a footnote's.
    let follows_words = told.text[told.line_start(mark.start)..mark.start].ends_with([' ', '(']);
    let is_star = sign == "*";
    let begins = if is_star { follows_words } else { follows_words || before.is_none_or(char::is_whitespace) };
    let rest = &told.text[mark.end..stretch.end.max(mark.end)];
    if begins && begins_with_stress(rest) {
        let message = format!("`{sign}` is opened here and never closed, so readers see it");
        let help = format!("Write `{sign}` after the last of the words, too, without a space before it.");
        told.tell(Code::UnreadMark, mark.clone(), message, help);
    }
}

/// `~~gone~`: two marks at one end, one at the other.
pub(super) fn uneven_tildes(told: &mut Telling<'_>, one: &Range<usize>, other: &Range<usize>) {
    let inner = &told.text[one.end..other.start];
    let opens = told.before(one.start).is_none_or(|c| c.is_whitespace() || c == '(');
    let closes = told.after(other.end).is_none_or(|c| !c.is_alphanumeric());
    let is_text = inner.starts_with(char::is_alphanumeric) && inner.trim_end() == inner && !inner.contains('\n');
    if one.len() + other.len() == 3 && opens && closes && is_text {
        let message = "this has more tildes at one end than at the other, so readers see them";
        told.tell(Code::UnreadMark, one.start..other.end, message, "Write two of them at each end.");
    }
}
