//! Files that are written into a page as one endless word. The data of a picture in its own address is a picture.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::source::Span;

/// No word of any language is as long, and no address that people copy.
const LONG: usize = 500;

/// Numbers written with letters are as long, but of fewer kinds of letters.
const KINDS: usize = 40;

/// Nothing else is as long as this.
const VERY_LONG: usize = 2_000;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    for line in prose.lines.iter().filter(|line| line.text.len() >= LONG && !line.hidden) {
        let Some(span) = data(line.text).map(|span| span.shifted(line.start)) else { continue };
        if prose.is_hidden(span.start) {
            continue;
        }
        let size = counted(((span.end - span.start) * 3 / 4).div_ceil(1024), "kilobyte");
        let message = format!("about {size} of a file stand in this line, written as letters");
        let shown = Span::new(span.start, span.start + 40);
        let finding = Diagnostic::new(Code::EmbeddedData, &page.path, shown, message);
        findings.push(finding.with_identity("data").with_help("Save it as a file beside the page, and link to that."));
    }
}

/// The first stretch of a line that is a file's data.
fn data(line: &str) -> Option<Span> {
    let is_data = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let mut at = 0;
    let is_address = |at: usize| {
        let word = line[..at].rsplit([' ', '(', '<', '"']).next().unwrap_or_default();
        word.contains("://") || line[..at].ends_with("ssh-rsa ")
    };
    for part in line.as_bytes().split(|byte| !is_data(byte)) {
        if part.len() >= LONG && !is_picture(&line[..at]) && !is_address(at) {
            let digits = part.iter().filter(|byte| byte.is_ascii_digit()).count();
            let mut seen = [false; 128];
            part.iter().for_each(|byte| seen[usize::from(byte & 127)] = true);
            let kinds = seen.iter().filter(|seen| **seen).count();
            if digits > part.len() / 50 && digits < part.len() / 2 && (kinds >= KINDS || part.len() >= VERY_LONG) {
                return Some(Span::new(at, at + part.len()));
            }
        }
        at += part.len() + 1;
    }
    None
}

/// Whether what follows is the data of a picture's address.
fn is_picture(before: &str) -> bool {
    let address = before.rfind("data:").map(|at| &before[at..]);
    before.ends_with(";base64,") && address.is_some_and(|address| address.starts_with("data:image/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_is_as_long() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let file = letters.repeat(10);
        assert_eq!(data(&format!("See {file} there")), Some(Span::new(4, 4 + file.len())));
        assert!(data(&format!("[a](data:application/pdf;base64,{file})")).is_some());
        for line in [
            format!("![a](data:image/png;base64,{file})"),
            format!("[try](https://example.org/play#code/{file})"),
            format!("ssh-rsa {file} me@example.org"),
            "word ".repeat(600),
            "aB3/".repeat(300),
            "7".repeat(3_000),
        ] {
            assert_eq!(data(&line), None);
        }
    }
}
