//! Code blocks of pages as HTML with colours. How code is coloured, the crate `bokworm-highlight` knows (`crates/highlight/`);
//! what blocks came to is kept here, in the cache.

use bokworm_highlight::{Memory, Painter, Snippet, version};

use crate::page::CodeBlock;
use crate::store::{Cache, Key, Pack, kept};

/// Turns code blocks into HTML. Threads share one.
pub struct Highlighter {
    kept: Pack,
    painter: Painter,
}

impl Highlighter {
    /// One that keeps what it finds in the cache. Nothing is read or loaded yet.
    pub fn new(cache: &Cache) -> Highlighter {
        let made_by = format!("{} {}", env!("CARGO_PKG_VERSION"), version());
        Highlighter { kept: cache.pack(&kept::HIGHLIGHT, &made_by), painter: Painter::default() }
    }

    /// A code block as HTML: a `figure` with its title, if it has one, and the code.
    pub fn block(&self, code: &CodeBlock) -> String {
        let snippet = Snippet {
            language: &code.language,
            title: code.title.as_deref(),
            marked: &code.marked,
            inserted: &code.inserted,
            deleted: &code.deleted,
            first_line: code.first_line,
            text: &code.text,
        };
        self.painter.html(&snippet, &self.kept)
    }

    /// Keeps what was found for later runs. To be called once, at the end.
    pub fn save(&self) {
        self.kept.save();
    }

    /// The languages that were left without colours because their blocks took too long, in order.
    pub fn worn_out(&self) -> Vec<&str> {
        self.painter.worn_out()
    }
}

impl Memory for Pack {
    fn recall(&self, language: &str, text: &str) -> Option<Vec<u8>> {
        self.get(&key(language, text))
    }

    fn remember(&self, language: &str, text: &str, came_to: Vec<u8>) {
        self.put(key(language, text), came_to);
    }
}

fn key(language: &str, text: &str) -> Key {
    Key::of(&[language.as_bytes(), text.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_takes_it_from_the_cache() {
        let dir = tempfile::tempdir().unwrap();
        let text = "fn a() {}\nlet b = \"é\";".to_owned();
        let block = CodeBlock { language: "rust".to_owned(), marked: vec![1..=1], text, ..CodeBlock::default() };
        let first = Highlighter::new(&Cache::at(dir.path()));
        let html = first.block(&block);
        first.save();
        let second = Highlighter::new(&Cache::at(dir.path()));
        assert!(second.kept.recall("rust", &block.text).is_some());
        assert_eq!(second.block(&block), html);
        assert_ne!(second.block(&CodeBlock { language: "python".to_owned(), ..block }), html);
    }
}
