//! A file's bytes as text, within a limit: what is not UTF-8 is replaced and told.

use std::fs::{File, Metadata};
use std::io::{self, Read};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, SourcePath, Span};

/// The largest file that is held in memory: a page, a category, a template. A book
/// of a thousand printed pages has about 3 MB.
pub const TEXT_LIMIT: u64 = 16 << 20;

/// The largest `site.json` of another book: one of 10,000 pages has about 15 MB.
pub(super) const BOOK_LIMIT: u64 = 64 << 20;

/// All bytes of an open file; `None` if they are more than it may have.
pub(super) fn bytes(file: &mut File, metadata: &Metadata, limit: u64) -> io::Result<Option<Vec<u8>>> {
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The file may have grown since, or its length may be a fiction.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The text, and a finding at the first byte that is none.
pub(super) fn source(path: &SourcePath, bytes: Vec<u8>) -> (Source, Option<Diagnostic>) {
    match String::from_utf8(bytes) {
        Ok(text) => (Source { path: path.clone(), text: text.into() }, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let finding = invalid(path, at, bytes);
            (Source { path: path.clone(), text: String::from_utf8_lossy(bytes).into() }, Some(finding))
        }
    }
}

fn invalid(path: &SourcePath, at: usize, bytes: &[u8]) -> Diagnostic {
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let found =
        if utf16 { "is saved as UTF-16, not as UTF-8".into() } else { format!("is not UTF-8 text: byte {}", at + 1) };
    let found = match bytes.get(at) {
        Some(byte) if !utf16 => format!("{found} is `0x{byte:02x}`"),
        _ => found,
    };
    // The replacement character stands where the byte stood, and is three bytes long.
    let span = Span::new(at, at + '\u{fffd}'.len_utf8());
    Diagnostic::new(Code::InvalidText, path, span, format!("`{path}` {found}"))
        .with_identity(if utf16 { "UTF-16" } else { "bytes" })
        .with_help("Open it in a text editor and save it with the encoding UTF-8.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_told_with_their_place() {
        let path = SourcePath::content("a.md");
        let (source, finding) = source(&path, b"caf\xe9 noir".to_vec());
        let finding = finding.unwrap();
        assert_eq!(&*source.text, "caf\u{fffd} noir");
        assert_eq!(finding.span.of(&source.text), "\u{fffd}");
        assert_eq!(finding.message, "`a.md` is not UTF-8 text: byte 4 is `0xe9`");
    }

    #[test]
    fn utf16_is_called_by_its_name() {
        let bytes = "\u{feff}ab".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (source, finding) = source(&SourcePath::content("a.md"), bytes);
        let finding = finding.unwrap();
        assert_eq!(finding.span.of(&source.text), "\u{fffd}");
        assert!(finding.message.ends_with("is saved as UTF-16, not as UTF-8"), "{}", finding.message);
    }

    #[test]
    fn a_character_cut_off_at_the_end_is_told_too() {
        let (source, finding) = source(&SourcePath::content("a.md"), b"caf\xc3".to_vec());
        assert_eq!(finding.unwrap().span.of(&source.text), "\u{fffd}");
    }
}
