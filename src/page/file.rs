//! A file with what it says by itself. Its body may be left unread until somebody first asks for something that stands
//! there: what a file says can only come out one way, so nobody can tell.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::dialect::{Dialect, Known};
use super::facts::PageBody;
use super::front_matter::{self, FrontMatter};
use super::markdown::{self, UnreadBody};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourcePath, Span};

/// What one file says by itself.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where the file lies, below the folder of the pages.
    pub path: SourcePath,
    /// The whole file, which spans speak of.
    pub text: Arc<str>,
    /// Its front matter.
    pub meta: FrontMatter,
    /// Where its body begins in the file; before it stands the front matter.
    pub body_start: usize,
    pub(super) dialect: Dialect,
    /// What is wrong with the front matter.
    pub(super) head_findings: Vec<Diagnostic>,
    pub(super) read: OnceLock<PageBody>,
}

impl Deref for Page {
    type Target = PageBody;

    fn deref(&self) -> &PageBody {
        self.read_with(|| digest(&self.text, self.dialect))
    }
}

impl Page {
    /// Whether its body was read already.
    pub fn is_read(&self) -> bool {
        self.read.get().is_some()
    }

    /// Whether nothing but white space and comments stands in the body.
    pub fn is_blank(&self) -> bool {
        let text = &*self.text;
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut at = self.body_start.max(mark);
        for comment in &self.comments {
            let between = text.get(at..comment.start).unwrap_or_default();
            if !between.trim().is_empty() {
                return false;
            }
            at = comment.end.max(at);
        }
        text[at..].trim().is_empty()
    }

    /// Whether it is what would be read of a file.
    pub fn is_of(&self, source: &Source, dialect: Dialect) -> bool {
        self.dialect == dialect && self.path == source.path && self.text == source.text
    }

    /// Reads its body now.
    pub fn read_body(&self) {
        let _ = self.deref();
    }

    fn read_with(&self, digest: impl FnOnce() -> blake3::Hash) -> &PageBody {
        self.read.get_or_init(|| {
            markdown::read(UnreadBody {
                path: &self.path,
                text: &self.text,
                meta: &self.meta,
                body: Span::new(self.body_start, self.text.len()),
                known: Known { dialect: self.dialect, digest: digest() },
                findings: self.head_findings.clone(),
            })
        })
    }
}

/// Reads one file. Whatever it holds, a page comes of it, with findings for what is wrong.
pub fn parse(source: &Source, dialect: Dialect) -> Page {
    parse_with(source, Known { dialect, digest: digest(&source.text, dialect) })
}

/// The same where its digest is known.
pub fn parse_with(source: &Source, known: Known) -> Page {
    let page = parse_head(source, known.dialect);
    page.read_with(|| known.digest);
    page
}

/// Reads the front matter of a file, and its body when somebody first asks for something of it.
pub fn parse_head(source: &Source, dialect: Dialect) -> Page {
    let split = front_matter::read(source);
    Page {
        path: source.path.clone(),
        text: Arc::clone(&source.text),
        meta: split.meta,
        body_start: split.body.start,
        dialect,
        head_findings: split.findings,
        read: OnceLock::new(),
    }
}

/// A sum of what a page is read from: another text or another dialect, another sum.
pub fn digest(text: &str, dialect: Dialect) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    if dialect != Dialect::OWN {
        // No text holds this byte.
        hasher.update(&[0xff, dialect.number()]);
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_says_the_same_whenever_it_is_read() {
        for text in [
            "",
            "# A\n\nWords [b](c.md).\n",
            "---\ntitle: [broken\n---\n# B\n\n<Note>x\n",
            "---\ntags: [a, a]\n---\n`x`",
        ] {
            let source = Source { path: SourcePath::content("a.md"), text: text.into() };
            let (at_once, later) = (parse(&source, Dialect::OWN), parse_head(&source, Dialect::OWN));
            assert!(at_once.is_read() && !later.is_read());
            assert_eq!((&at_once.meta, at_once.body_start), (&later.meta, later.body_start));
            assert!(!later.is_read(), "the front matter needs no body");
            assert_eq!(format!("{:?}", *at_once), format!("{:?}", *later));
            assert!(later.is_read());
        }
    }
}
