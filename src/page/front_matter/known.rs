//! The keys that a page's front matter may have, and which of them a misspelt
//! one was meant to be.

use super::keys::KEYS;

/// Keys that the program acts on, by their names alone.
const ACTIVE: [&str; KEYS.len()] = {
    let mut names = [""; KEYS.len()];
    let mut at = 0;
    while at < KEYS.len() {
        names[at] = KEYS[at].name;
        at += 1;
    }
    names
};

/// Keys that pages carry as data, for templates or for other programs.
const CARRIED: [&str; 8] = ["layout", "menu", "toc_hide", "linkTitle", "course", "checklist", "type", "url"];

/// Whether a page knows the key.
pub(super) fn is_known(key: &str) -> bool {
    ACTIVE.contains(&key) || CARRIED.contains(&key)
}

/// The known key that an unknown one is probably meant to be.
pub(super) fn nearest(key: &str) -> Option<&'static str> {
    if is_known(key) || key.len() > 40 {
        return None;
    }
    let plain = plainly(key);
    let same = ACTIVE.iter().chain(&CARRIED).find(|known| is_plainly(known, &plain));
    let singular = |known: &&&str| known.strip_prefix(key).is_some_and(|rest| matches!(rest, "s" | "es"));
    same.or_else(|| ACTIVE.iter().find(singular))
        .or_else(|| {
            let plain = KeyLetters::of(&plain);
            let close = |known: &&KeyLetters<'static>| is_typo(plain, **known);
            let is_another = |known: &&KeyLetters<'static>| key.strip_suffix('s') != Some(known.text);
            let active = ACTIVE_LETTERS.iter().find(close);
            active.or_else(|| CARRIED_LETTERS.iter().filter(is_another).find(close)).map(|known| &known.text)
        })
        .copied()
}

/// Whether a known key comes to that without what is written in several ways.
fn is_plainly(known: &str, plain: &str) -> bool {
    let mut letters = known.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    plain.bytes().all(|byte| letters.next() == Some(byte)) && letters.next().is_none()
}

/// A key without what is written one way here and another there.
fn plainly(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether one slip of the fingers, or two in a long word, lead from one to the other.
/// In a short word one letter makes another word (`data`, `date`), but two that changed places make none.
fn is_typo(key: KeyLetters<'_>, known: KeyLetters<'_>) -> bool {
    let allowed = match known.length {
        0..=3 => return false,
        4 => 0,
        5..=9 => 1,
        _ => 2,
    };
    // Every page is asked of every key of its own, and comparing takes long.
    if (key.set ^ known.set).count_ones() as usize > 2 * allowed {
        return false;
    }
    let (key, length, known) = (key.text, known.length, known.text);
    if allowed == 0 {
        return key.len() == 4 && differing(key, known) == 0 && strsim::osa_distance(key, known) == 1;
    }
    if key.len().abs_diff(length) > 2 * allowed || differing(key, known) > 2 * allowed {
        return false;
    }
    strsim::osa_distance(key, &plainly(known)) <= allowed
}

/// A key with what is seen of it at a glance.
#[derive(Clone, Copy)]
struct KeyLetters<'a> {
    text: &'a str,
    /// How many bytes it has without `_`.
    length: usize,
    /// Which letters stand in it, a bit each: an edit changes two of them at most.
    set: u32,
}

impl<'a> KeyLetters<'a> {
    const fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let (mut length, mut set, mut at) = (0, 0, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte != b'_' {
                length += 1;
                set |= if byte.is_ascii() { 1 << (byte.to_ascii_lowercase() % 32) } else { 0 };
            }
            at += 1;
        }
        Self { text, length, set }
    }

    const fn of_all<const N: usize>(keys: [&'a str; N]) -> [Self; N] {
        let mut all = [Self::of(""); N];
        let mut at = 0;
        while at < N {
            all[at] = Self::of(keys[at]);
            at += 1;
        }
        all
    }
}

/// The known keys, looked at when the program is compiled: each key of each page is compared with all of them.
const ACTIVE_LETTERS: [KeyLetters<'static>; ACTIVE.len()] = KeyLetters::of_all(ACTIVE);
const CARRIED_LETTERS: [KeyLetters<'static>; CARRIED.len()] = KeyLetters::of_all(CARRIED);

/// How many letters of one stand in the other less often, and the other way round: an edit changes two of them at most.
fn differing(key: &str, known: &str) -> usize {
    let mut counts = [0_i8; 32];
    let mut count = |text: &str, step: i8| {
        for letter in text.chars().filter(|letter| *letter != '_') {
            let place = &mut counts[letter.to_ascii_lowercase() as usize % 32];
            *place = place.saturating_add(step);
        }
    };
    count(key, 1);
    count(known, -1);
    counts.iter().map(|count| usize::from(count.unsigned_abs())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        for (key, meant) in [
            ("Title", "title"),
            ("titel", "title"),
            ("tag", "tags"),
            ("sidebar-position", "sidebar_position"),
            ("sidebarLabel", "sidebar_label"),
            ("sidebar_postion", "sidebar_position"),
            ("descripton", "description"),
            ("keyword", "keywords"),
            ("alias", "aliases"),
            ("listimage", "list_image"),
            ("checklst", "checklist"),
            ("tgas", "tags"),
            ("dtae", "date"),
        ] {
            assert_eq!(nearest(key), Some(meant), "{key}");
        }
        for key in [
            "title", "data", "stag", "courses", "level", "label", "summary", "time", "state", "sidebar", "prev", "",
            "é",
        ] {
            assert_eq!(nearest(key), None, "{key}");
        }
    }
}
