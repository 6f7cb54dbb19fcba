//! Whole small sites as somebody would write them who wants readers' browsers to run their code, and what must
//! hold for whatever is made of them where only safe HTML is let through. Shared by `safe_mode.rs`, the fuzz target
//! of that name and the browser test, as `invariants` is by those of one page.

#![allow(dead_code, reason = "each of those who share it uses the part that it needs")]

pub mod bits;
pub mod dice;
pub mod harmless;
pub mod oracle;
pub mod press;
pub mod shape;
pub mod shrink;
pub mod work;
pub mod write;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use dice::Dice;
use oracle::{Allowed, Fault};
use press::Press;

/// A project: paths and texts, `book.toml` among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    pub files: Vec<(String, String)>,
}

impl Project {
    /// The hostile one that a number stands for: always the same.
    pub fn of_seed(seed: u64) -> Self {
        write::project(&mut Dice::of_seed(seed))
    }

    /// The hostile one that some bytes stand for.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        write::project(&mut Dice::of_bytes(bytes))
    }

    /// These files, with a configuration that lets through only safe HTML.
    pub fn safe(files: &[(&str, &str)]) -> Self {
        let own = files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned()));
        let book = ("book.toml".to_owned(), bits::CONFIGURATIONS[1].to_owned());
        Self { files: std::iter::once(book).chain(own).collect() }
    }

    /// How long all its texts are.
    pub fn len(&self) -> usize {
        self.files.iter().map(|(path, text)| path.len() + text.len()).sum()
    }

    /// All its files as one text.
    pub fn shown(&self) -> String {
        let file = |(path, text): &(String, String)| format!("--- {path:?}\n{}\n", text.escape_debug());
        self.files.iter().map(file).map(|shown| shown.replace("\\n", "\n").replace("\\\"", "\"")).collect()
    }
}

/// Renders projects and judges what comes of them.
pub struct Judge {
    press: Press,
    allowed: Allowed,
}

impl Judge {
    /// One that has seen what harmless pages look like: once for all, since that takes seconds.
    pub fn new() -> Self {
        static ALLOWED: OnceLock<Allowed> = OnceLock::new();
        let mut press = Press::new();
        let allowed = ALLOWED.get_or_init(|| {
            let mut allowed = Allowed::default();
            for project in harmless::projects() {
                for (_, html) in press.published(&project) {
                    allowed.learn(&html.expect("what is harmless can be rendered"));
                }
            }
            allowed
        });
        Self { press, allowed: allowed.clone() }
    }

    /// What is wrong with what a project is published as.
    pub fn faults(&mut self, project: &Project) -> Vec<Fault> {
        let Ok(published) = catch_unwind(AssertUnwindSafe(|| self.press.published(project))) else {
            self.press = Press::new();
            return vec![Fault { kind: "panic".into(), shown: String::new() }];
        };
        let longest = oracle::longest(project.len());
        let mut faults = Vec::new();
        for (path, html) in published {
            let found = match html {
                // A template that isn't there is the author's mistake, and told as one.
                Err(why) if why.starts_with("there is no template") => Vec::new(),
                Err(why) => vec![Fault { kind: "not rendered".into(), shown: why }],
                Ok(html) if html.len() > longest => {
                    vec![Fault { kind: "too long".into(), shown: format!("{} bytes", html.len()) }]
                }
                Ok(html) => self.allowed.faults(&html),
            };
            faults.extend(found.into_iter().map(|fault| fault.at(&path)));
        }
        faults
    }
}
