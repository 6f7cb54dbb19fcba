//! Passwords that stand beside their name or in an address, and tokens by which servers know who asks. Told softly:
//! many a page shows one that opens nothing, and what is plainly such a one is left alone.

use memchr::memmem;

use crate::check::context::TextContext;
use crate::check::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;

/// Parts of names behind which a password stands, in any case.
const NAMES: [&str; 8] = ["assword", "ASSWORD", "asswort", "ennwort", "passwd", "PASSWD", "mot de passe", "contraseña"];

/// What passwords of examples are made of.
const OF_EXAMPLES: [&str; 24] = [
    "pass",
    "pssw",
    "secret",
    "example",
    "changeme",
    "your",
    "test",
    "admin",
    "demo",
    "user",
    "foo",
    "bar",
    "xxx",
    "dummy",
    "sample",
    "abc",
    "postgres",
    "mysql",
    "root",
    "hello",
    "welcome",
    "qwerty",
    "letmein",
    "placeholder",
];

/// What stands behind the name where it is told how passwords are kept.
const OF_METHODS: [&str; 8] = ["sha", "md", "bcrypt", "argon", "scrypt", "pbkdf", "base", "utf"];

/// What the tokens of examples say of themselves, as letters: ten digits or a name, at each of three places.
const SHOWN_TOKENS: [&str; 6] =
    ["MTIzNDU2Nzg5M", "EyMzQ1Njc4OT", "xMjM0NTY3ODkw", "Sm9obiBEb2", "pvaG4gRG9l", "Kb2huIERvZ"];

const LONGEST: usize = 64;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let mut tell = |span: Span, message: &str, what: &str| {
        let mut finding = Diagnostic::new(Code::ExposedSecret, &page.path, span, message);
        finding.severity = Severity::Warning;
        findings.push(finding.with_help(format!(
            "If it opens anything, change it there, since whoever has seen it can use it; then remove it here.\n\
             For an example, write something like `<your {what}>`."
        )));
    };
    for span in NAMES.iter().flat_map(|name| beside_name(prose, name)) {
        tell(span, "this looks like a password, and everybody can read it here", "password");
    }
    for span in in_addresses(prose.text) {
        tell(span, "a password stands in this address, and everybody can read it here", "password");
    }
    for span in prose.places("eyJ").filter_map(|at| web_token(prose.text, at)) {
        tell(span, "`eyJ…` looks like a token by which a server knows who asks", "token");
    }
}

/// The passwords behind a name: `password: …`, `PASSWORD=…`.
fn beside_name<'a>(prose: &'a Prose<'_>, name: &'a str) -> impl Iterator<Item = Span> + 'a {
    // What gives access to a meeting stands in its address for all who are invited.
    let in_address = |at: &usize| {
        let before = &prose.text.as_bytes()[at.saturating_sub(24)..*at];
        before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).any(|byte| matches!(byte, b'?' | b'&'))
    };
    prose.places(name).filter(move |at| !in_address(at)).filter_map(move |at| {
        let line = prose.text[at + name.len()..].lines().next().unwrap_or_default();
        let rest = line.trim_start_matches(['"', '\'', '`', '*', '_', ' ']);
        let rest = rest.strip_prefix([':', '='])?;
        let bare = rest.trim_start_matches([' ', '*', '`']);
        let quote = bare.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = &bare[quote.map_or(0, char::len_utf8)..];
        let start = at + name.len() + line.len() - value.len();
        let end = value.find(|c: char| quote == Some(c) || c.is_whitespace() || c == '`').unwrap_or(value.len());
        let value =
            if quote.is_some() { &value[..end] } else { value[..end].trim_end_matches(['.', ',', ';', ')', '*']) };
        let is_code = prose.is_hidden(at);
        let has_sign = value.bytes().any(|b| matches!(b, b'!' | b'@' | b'#' | b'%' | b'^' | b'&' | b'+' | b'~' | b'?'));
        // A name of a program's own may hold capitals and digits, too.
        let is_value = !is_code || quote.is_some() || has_sign;
        (is_value && is_password(value, is_code)).then(|| Span::new(start, start + value.len()))
    })
}

/// Whether a word is rather a password than an example of one. `strictly`: as code is full of words that aren't.
fn is_password(value: &str, strictly: bool) -> bool {
    let kinds: [fn(&u8) -> bool; 4] =
        [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, u8::is_ascii_punctuation];
    let [has_small, has_capital, has_digit, has_sign] = kinds.map(|kind| value.bytes().any(|byte| kind(&byte)));
    let count = [has_small, has_capital, has_digit, has_sign].into_iter().filter(|has| *has).count();
    let (least, wanted) = if strictly { (8, 3) } else { (7, 2) };
    let letters: String = value.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let rows = value.as_bytes().windows(4).any(|row| row.iter().all(|byte| *byte == row[0]));
    let is_filled_in = value.starts_with(['$', '%', '-', '.', '/', '&', ':']);
    (least..=LONGEST).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_graphic())
        && !value.contains(['<', '>', '{', '}', '(', ')', '[', ']', '\\', '/', '"', '\'', '|', '=', '…', ','])
        && !value.contains("...")
        && !value.contains("**")
        && !value.contains("1234")
        && (has_small || has_capital)
        && has_digit
        && count >= wanted
        && !is_filled_in
        && !rows
        && !OF_EXAMPLES.iter().any(|word| letters.contains(word) && (strictly || letters.len() < word.len() + 6))
        && !OF_METHODS.iter().any(|word| letters == *word)
}

/// Passwords in addresses: `https://ada:…@example.org`. Few pages hold an `@`.
fn in_addresses(text: &str) -> Vec<Span> {
    let near = |at: usize| {
        let mut from = at.saturating_sub(LONGEST * 2);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        from
    };
    let found = memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| {
        let before = &text[near(at)..at];
        let inside = &before[before.rfind("://")? + 3..];
        let (name, password) = inside.split_once(':')?;
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        (is_name && is_password(password, true)).then(|| Span::new(at - password.len(), at))
    });
    found.collect()
}

/// A token of three parts, of which the first two are data in braces.
fn web_token(text: &str, at: usize) -> Option<Span> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bytes = text.as_bytes();
    let part = |start: usize| bytes[start..].iter().take(4_000).take_while(|byte| is_letter(byte)).count();
    let dot = |end: usize| (bytes.get(end) == Some(&b'.')).then_some(end + 1);
    let alone = at == 0 || !is_letter(&bytes[at - 1]) && bytes[at - 1] != b'.';
    let second = dot(at + part(at)).filter(|_| alone)?;
    let third = dot(second + part(second)).filter(|_| text[second..].starts_with("eyJ"))?;
    let end = third + part(third);
    let is_shown = SHOWN_TOKENS.iter().any(|shown| memmem::find(&bytes[second..third], shown.as_bytes()).is_some());
    (end - third >= 20 && third - second > 10 && !is_shown).then(|| Span::new(at, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_told_from_examples_and_from_names() {
        for value in ["Tr0ub4dor&3x", "hunter2", "vX9!kLm2Qz#7"] {
            assert!(is_password(value, false), "{value}");
        }
        for value in [
            "secret123",
            "changeme1",
            "$PASSWORD1",
            "${DB_PASS1}",
            "<password1>",
            "sha256",
            "Passw0rd!",
            "abc123def",
            "x",
            "getPassword1()",
            "user1234",
            "aaaa1111",
            "required",
            "12345678",
        ] {
            assert!(!is_password(value, false) && !is_password(value, true), "{value}");
        }
        assert!(is_password("vX9!kLm2Qz#7", true) && !is_password("hunter2", true));
    }

    #[test]
    fn a_password_is_seen_in_an_address() {
        let found = |text: &str| in_addresses(text).first().map(|span| span.of(text).to_owned());
        assert_eq!(found("See https://ada:vX9kLm2Qz7@example.org."), Some("vX9kLm2Qz7".into()));
        for text in
            ["postgres://user:password@host", "https://a:${PASS}@b", "mail ada@example.org: a://b c:D9kLm2Qz7@d"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
