//! A tag's label turned into its address, as lodash's `kebabCase` does it, so that
//! tag pages keep the addresses that Docusaurus gave them: `CLAs-And-DCOs (Artifact)`
//! is `cl-as-and-dc-os-artifact`, `HTTP2 Server` is `http-2-server`.

use unicode_normalization::UnicodeNormalization;

/// The kind of a character, as the rule for words sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharacterKind {
    Upper,
    Lower,
    Digit,
    /// Letters without case, and symbols: part of words, with lower-case ones.
    Other,
    Break,
}

/// The label's words in lower case, with hyphens between. Empty if it holds no word.
pub(super) fn kebab_case(label: &str) -> String {
    let plain: Vec<char> = fold(label);
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        let end = word_end(&plain, at);
        if end == at {
            at += 1;
            continue;
        }
        words.push(plain[at..end].iter().flat_map(|c| c.to_lowercase()).collect());
        at = end;
    }
    words.join("-")
}

/// Latin letters lose their accents; apostrophes vanish.
fn fold(label: &str) -> Vec<char> {
    let mut out = Vec::new();
    for c in label.chars() {
        match c {
            '\'' | '\u{2019}' => {}
            'ß' => out.extend(['s', 's']),
            'Æ' => out.extend(['A', 'e']),
            'æ' => out.extend(['a', 'e']),
            'Œ' => out.extend(['O', 'e']),
            'œ' => out.extend(['o', 'e']),
            'Ø' => out.push('O'),
            'ø' => out.push('o'),
            'Đ' | 'Ð' => out.push('D'),
            'đ' | 'ð' => out.push('d'),
            'Ł' => out.push('L'),
            'ł' => out.push('l'),
            'Þ' => out.extend(['T', 'h']),
            'þ' => out.extend(['t', 'h']),
            'ı' => out.push('i'),
            '\u{c0}'..='\u{17f}' => out.extend(c.nfd().filter(|part| !is_combining(*part))),
            _ if is_combining(c) => {}
            _ => out.push(c),
        }
    }
    out
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe20}'..='\u{fe2f}' | '\u{20d0}'..='\u{20ff}')
}

fn kind(c: char) -> CharacterKind {
    match c {
        'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => CharacterKind::Upper,
        'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' => CharacterKind::Lower,
        '0'..='9' => CharacterKind::Digit,
        '\u{0}'..='\u{2f}' | ':'..='@' | '['..='`' | '{'..='\u{bf}' | '×' | '÷' => CharacterKind::Break,
        '\u{2000}'..='\u{206f}' | '\u{1680}' | '\u{180e}' | '\u{3000}' | '\u{feff}' => CharacterKind::Break,
        _ => CharacterKind::Other,
    }
}

/// Where the word that begins at `at` ends; `at` itself where no word begins.
fn word_end(text: &[char], at: usize) -> usize {
    let run = |from: usize, wanted: &[CharacterKind]| {
        text[from..].iter().position(|c| !wanted.contains(&kind(*c))).map_or(text.len(), |n| from + n)
    };
    match kind(text[at]) {
        CharacterKind::Break => at,
        CharacterKind::Digit => ordinal_end(text, at).unwrap_or_else(|| run(at, &[CharacterKind::Digit])),
        CharacterKind::Lower | CharacterKind::Other => run(at, &[CharacterKind::Lower, CharacterKind::Other]),
        CharacterKind::Upper => {
            let capitals = run(at, &[CharacterKind::Upper]);
            let follows_lower =
                text.get(capitals).is_some_and(|c| matches!(kind(*c), CharacterKind::Lower | CharacterKind::Other));
            match capitals - at {
                1 if follows_lower => run(capitals, &[CharacterKind::Lower, CharacterKind::Other]),
                _ if follows_lower => capitals - 1,
                _ => capitals,
            }
        }
    }
}

/// `1st`, `22ND`: one word, unless a letter or digit of the same case goes on.
fn ordinal_end(text: &[char], at: usize) -> Option<usize> {
    let digits = text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    let suffix: String = text[at + digits..].iter().take(2).collect();
    let last = text[at + digits - 1];
    let teen = digits > 1 && text[at + digits - 2] == '1';
    let expected = match last {
        '1' if !teen => "st",
        '2' if !teen => "nd",
        '3' if !teen => "rd",
        _ => "th",
    };
    let next = text.get(at + digits + 2).copied();
    let lower =
        suffix == expected && next.is_none_or(|c| matches!(kind(c), CharacterKind::Break | CharacterKind::Upper));
    let upper = suffix == expected.to_uppercase()
        && next.is_none_or(|c| matches!(kind(c), CharacterKind::Break | CharacterKind::Lower));
    (lower || upper).then_some(at + digits + 2)
}

#[cfg(test)]
mod tests {
    use super::kebab_case;

    #[test]
    fn labels_get_the_addresses_that_lodash_gives() {
        for (label, slug) in [
            ("CLAs-And-DCOs (Artifact)", "cl-as-and-dc-os-artifact"),
            ("InnerSource", "inner-source"),
            ("Level 4 (OSMM)", "level-4-osmm"),
            ("CIO/CTO (Role)", "cio-cto-role"),
            ("Developer's Guide", "developers-guide"),
            ("XMLHttpRequest", "xml-http-request"),
            ("HTTP2 Server", "http-2-server"),
            ("1st place", "1st-place"),
            ("déjà vu", "deja-vu"),
            ("Straße", "strasse"),
            ("手册", "手册"),
            ("__proto__", "proto"),
            ("  ", ""),
        ] {
            assert_eq!(kebab_case(label), slug, "{label}");
        }
    }
}
