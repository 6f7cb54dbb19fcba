//! Text that was read in a wrong encoding on its way here: `â€™` where an apostrophe
//! stood. Each stretch is turned back into the bytes that it was, and those into text.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::Span;

/// The characters that Windows-1252 has at 0x80 to 0x9f; where it has none, the byte itself.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    if prose.text.is_ascii() {
        return;
    }
    let mut start = 0;
    for line in prose.text.split_inclusive('\n') {
        let garbled = garbled(line, start, |at| prose.is_hidden(at));
        start += line.len();
        let Some((first, last)) = garbled.first().zip(garbled.last()) else { continue };
        let (written, meant) = (first.span.of(prose.text), &first.replacement);
        let message = format!("`{written}` is what is left of `{meant}` after a wrong encoding");
        let span = Span::new(first.span.start, if garbled.len() == 1 { last.span.end } else { first.span.end });
        let finding = Diagnostic::new(Code::Mojibake, &page.path, span, message);
        let title = format!("write `{meant}`");
        findings.push(
            finding
                .with_help(match garbled.len() {
                    1 => "Save the file as UTF-8 if your editor offers other encodings.".to_owned(),
                    many => format!("There are {many} such places in this line."),
                })
                .with_fix(Fix { title, edits: garbled }),
        );
    }
}

/// The garbled stretches of a line, with what stood there.
fn garbled(line: &str, start: usize, hidden: impl Fn(usize) -> bool) -> Vec<Edit> {
    if line.is_ascii() {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    let (mut at, mut before) = (0, ' ');
    while let Some(c) = line[at..].chars().next() {
        match sequence(&line[at..], before) {
            Some((length, meant)) if !hidden(start + at) => {
                let span = Span::new(start + at, start + at + length);
                match edits.last_mut().filter(|edit| edit.span.end == span.start) {
                    Some(edit) => {
                        edit.span.end = span.end;
                        edit.replacement.push(meant);
                    }
                    None => edits.push(Edit { span, replacement: meant.into() }),
                }
                at += length;
                before = ' ';
            }
            _ => {
                at += c.len_utf8();
                before = c;
            }
        }
    }
    for edit in &mut edits {
        // What went wrong twice is mended twice, so that a second look finds nothing.
        for _ in 0..3 {
            let again = garbled_once(&edit.replacement);
            if again == edit.replacement {
                break;
            }
            edit.replacement = again;
        }
    }
    edits
}

fn garbled_once(text: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        let (length, meant) = sequence(&text[at..], ' ').unwrap_or((c.len_utf8(), c));
        out.push(meant);
        at += length;
    }
    out
}

/// The character whose UTF-8 bytes, read as Windows-1252, the text begins with, and how much of the text that is.
fn sequence(text: &str, before: char) -> Option<(usize, char)> {
    let mut chars = text.chars();
    let first = byte(chars.next()?)?;
    let following = match first {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return None,
    };
    let mut bytes = vec![first];
    let mut length = char::from(first).len_utf8();
    for c in chars.take(following) {
        let byte = byte(c).filter(|byte| (0x80..=0xbf).contains(byte))?;
        bytes.push(byte);
        length += c.len_utf8();
    }
    // `«MAÇÃ»` is a word in quotation marks: only longer sequences are beyond doubt after a capital.
    if following == 1 && before.is_uppercase() {
        return None;
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (bytes.len() == following + 1).then_some((length, meant))
}

/// The byte that a character is in Windows-1252.
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        '\u{80}'..='\u{9f}' => u8::try_from(u32::from(c)).ok(),
        c if c.is_ascii() => None,
        c => HIGH.iter().position(|&high| high == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut out = text.to_owned();
        for edit in garbled(text, 0, |_| false).into_iter().rev() {
            out.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
        out
    }

    /// Reads the bytes of a text as Windows-1252 would.
    fn garble(text: &str) -> String {
        text.bytes()
            .map(|b| if (0x80..0xa0).contains(&b) { HIGH[usize::from(b - 0x80)] } else { char::from(b) })
            .collect()
    }

    #[test]
    fn what_was_garbled_comes_back() {
        for text in ["✅ done", "it’s “so”", "goût", "naïve café", "🎉", "手册", "a – b"] {
            assert_eq!(mended(&garble(text)), text);
            assert_eq!(mended(&garble(&garble(text))), text, "garbled twice");
        }
    }

    #[test]
    fn what_is_right_is_left_alone() {
        for text in ["«MAÇÃ»", "NÃO", "Ünïcödé", "£5 – 6 €", "手册 ✅", "Ångström ½", "São Paulo", "ÂME"]
        {
            assert_eq!(mended(text), text);
        }
    }
}
