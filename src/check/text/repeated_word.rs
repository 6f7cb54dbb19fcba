//! Words that stand twice in a row, by the page's language: which words may follow themselves differs, so a page in a
//! language that has no list here is left alone.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::check::context::TextContext;
use crate::check::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::Span;

/// By language, small words that never rightly follow themselves. Of *that that*, *had had*, *die die*, *nous nous*
/// and others like them nobody knows without reading.
const SMALL: [(&str, &[&str]); 7] = [
    (
        "en",
        &[
            "the", "a", "an", "of", "to", "and", "or", "for", "with", "from", "by", "at", "as", "but", "we", "our",
            "your", "their", "into", "about", "when", "where", "which", "because", "also", "if", "than", "should",
            "could", "would", "must", "in",
        ],
    ),
    (
        "de",
        &[
            "und", "oder", "mit", "von", "für", "im", "zum", "zur", "ein", "eine", "einen", "einem", "einer", "eines",
            "nicht", "auch", "wir", "wird", "kann", "durch", "wenn", "weil", "dass", "des", "vom", "beim", "in",
        ],
    ),
    (
        "fr",
        &[
            "le", "les", "de", "des", "du", "et", "ou", "un", "une", "dans", "pour", "par", "sur", "avec", "est",
            "sont", "au", "aux", "ce", "cette", "ces", "qui", "pas",
        ],
    ),
    ("es", &["el", "los", "las", "de", "del", "y", "una", "en", "para", "por", "con", "su", "al", "es"]),
    ("it", &["il", "lo", "gli", "le", "di", "del", "della", "e", "un", "una", "per", "con", "da", "in"]),
    ("pt", &["os", "as", "de", "do", "da", "dos", "das", "e", "um", "uma", "em", "na", "para", "por", "com"]),
    ("nl", &["de", "een", "van", "en", "met", "voor", "naar", "zijn", "niet"]),
];

/// The same, to look words up in: each word of a line is, where one of it is repeated.
static SMALL_BY_LANGUAGE: LazyLock<HashMap<&str, HashSet<&str>>> =
    LazyLock::new(|| SMALL.iter().map(|(language, words)| (*language, words.iter().copied().collect())).collect());

/// Longer words that may, in the languages above: told from others by length, since few of them are repeated at all.
const LONG_ONES: [&str; 12] =
    ["really", "again", "blah", "wieder", "immer", "sehr", "beaucoup", "muito", "molto", "knock", "never", "there"];

/// So long is a word of which no language needs two in a row.
const LONG: usize = 6;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let language = context.read_as.language;
    let language = language.split('-').next().unwrap_or(language);
    let Some(small) = SMALL_BY_LANGUAGE.get(language) else { return };
    let is_one = |word: &str| small.contains(word);
    for (first, second) in repeated(prose).into_iter().chain(across_lines(prose)) {
        let word = second.of(prose.text);
        let is_small = is_one(word);
        // Of a word of its own, a name may go before it, and the line may be in another language.
        let is_long = word.len() >= LONG
            && word == first.of(prose.text)
            && !LONG_ONES.contains(&word)
            && line_around(prose.text, first.start).split([' ', ',', '.']).any(is_one);
        if !(is_small || is_long) || prose.is_hidden(first.start) || prose.is_hidden(second.start) {
            continue;
        }
        let message = format!("`{word}` stands twice in a row");
        let finding = Diagnostic::new(Code::RepeatedWord, &page.path, second, message).with_help("Remove one of them.");
        // At the start of a line it is the one at the end of the line above that goes.
        let in_line = first.end + 1 == second.start && prose.text.as_bytes()[first.end] == b' ';
        let span = if in_line { Span::new(first.end, second.end) } else { Span::new(first.start - 1, first.end) };
        let edit = Edit { span, replacement: String::new() };
        let fix = Fix { title: format!("remove one `{word}`"), edits: vec![edit] };
        findings.push(if is_small { finding.with_fix(fix) } else { finding });
    }
}

/// The line that a place is in; of an endless one, what is near.
fn line_around(text: &str, at: usize) -> &str {
    let (before, after) = (&text[..at], &text[at..]);
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    &text[start..at + after.find('\n').unwrap_or(after.len())]
}

/// Words with the same word behind them, in running text alone: every page comes by here, so what can be no such word
/// is told by its first letter.
fn repeated(prose: &Prose<'_>) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    let mut spaces = Vec::new();
    for line in prose.lines.iter().filter(|line| !line.hidden) {
        let bytes = line.text.as_bytes();
        let mut first = 0;
        for &space in spaces_of(bytes, &mut spaces) {
            let (word, start) = (std::mem::replace(&mut first, space + 1), space + 1);
            let (one, Some(&other)) = (bytes[word], bytes.get(start)) else { continue };
            if one | 0x20 == other | 0x20 && word != space && (other.is_ascii_lowercase() || other >= 128) {
                let word = Span::new(line.start + word, line.start + space);
                found.extend(pair(prose.text, word, line.span().end).filter(|_| is_running(line.text)));
            }
        }
    }
    found
}

/// Where the spaces of a line stand: words are too short to be looked for one by one, so eight bytes are asked at once.
fn spaces_of<'a>(line: &[u8], spaces: &'a mut Vec<usize>) -> &'a [usize] {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const LOW: u64 = 0x7f * ONES;
    spaces.clear();
    let (eights, rest) = line.as_chunks::<8>();
    for (number, eight) in eights.iter().enumerate() {
        // A space is zero here; of any other byte the highest bit is set, and then of no space.
        let other = u64::from_le_bytes(*eight) ^ (ONES * u64::from(b' '));
        let mut found = !(((other & LOW) + LOW) | other | LOW);
        while found != 0 {
            spaces.push(number * 8 + (found.trailing_zeros() / 8) as usize);
            found &= found - 1;
        }
    }
    let behind = line.len() - rest.len();
    spaces.extend(rest.iter().enumerate().filter(|(_, byte)| **byte == b' ').map(|(at, _)| behind + at));
    spaces
}

/// The last words of lines that the next line begins with.
fn across_lines<'a>(prose: &'a Prose<'_>) -> impl Iterator<Item = (Span, Span)> + 'a {
    prose.lines.windows(2).filter_map(|pair| {
        let [one, next] = pair else { return None };
        let begin = next.text.trim_start_matches([' ', '>']);
        let byte = *begin.as_bytes().first().filter(|byte| byte.is_ascii_lowercase())?;
        if one.hidden || next.hidden {
            return None;
        }
        let word = &one.text[one.text.rfind(' ')? + 1..];
        let is_word = word.as_bytes().first() == Some(&byte) && word.chars().all(char::is_lowercase);
        let rest = begin.strip_prefix(word).filter(|_| is_word && is_running(one.text) && is_running(next.text))?;
        let ends = rest.is_empty() || rest.starts_with(' ');
        let start = next.start + next.text.len() - begin.len();
        let first = one.start + one.text.len() - word.len();
        ends.then(|| (Span::new(first, first + word.len()), Span::new(start, start + word.len())))
    })
}

/// A word that is followed by itself; only its first letter may be a capital.
fn pair(text: &str, first: Span, line_end: usize) -> Option<(Span, Span)> {
    let word = first.of(text);
    let second = Span::new(first.end + 1, first.end + 1 + word.len());
    let again = text.get(second.start..second.end).filter(|_| second.end <= line_end)?;
    let (mut one, mut other) = (word.chars(), again.chars());
    let same = one.next()?.to_lowercase().eq(other.next()?.to_lowercase()) && one.as_str() == other.as_str();
    let is_word = again.chars().all(char::is_lowercase);
    let ends = match text[second.end..line_end].chars().next() {
        None => true,
        Some(c) => {
            c == ' ' || (matches!(c, ',' | '.' | ';' | '!' | '?' | ')') && !goes_on(&text[second.end..line_end]))
        }
    };
    (same && is_word && ends).then_some((first, second))
}

/// Whether a mark stands within a word, such as a file's name.
fn goes_on(rest: &str) -> bool {
    rest[1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'))
}

/// Whether a line is text, not a table, a title, code by indentation or a tag.
fn is_running(line: &str) -> bool {
    !line.starts_with(['#', '|', '<', '\t', '=', '+', '$', '{', '}', '\\'])
        && memchr::memchr3(b'|', b'$', b'=', line.as_bytes()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let is_pair = |first: usize| {
            let space = first + text[first..].find(' ')?;
            pair(text, Span::new(first, space), text.len())
        };
        let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
        starts.filter_map(is_pair).map(|(_, second)| second.of(text)).collect()
    }

    #[test]
    fn only_words_follow_themselves() {
        for text in ["to the the board", "The the board", "für für alle", "of the the."] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        for text in
            ["The The", "the them", "no-no no", "2 2", "a.b a.b", "the the-end", "the the.md", "- - -", "the *the*"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn spaces_are_found_wherever_they_stand() {
        let text = "a  b\u{a0}c \u{2003} ü   ¡ é  \u{1f}! `@ longer than eight ".repeat(3);
        for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let line = &text.as_bytes()[start..];
            let one_by_one: Vec<usize> = (0..line.len()).filter(|&at| line[at] == b' ').collect();
            assert_eq!(spaces_of(line, &mut Vec::new()), one_by_one);
        }
    }

    #[test]
    fn tables_titles_and_formulas_are_no_running_text() {
        assert!(is_running("The board") && is_running("- The board") && is_running("  goes on"));
        for line in ["| a | b |", "# The the", "<p>the the", "a = b b", "the $x x$"] {
            assert!(!is_running(line), "{line}");
        }
    }
}
