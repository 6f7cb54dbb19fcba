//! The word after a fence turned into a grammar. Knows the names that people write and which
//! grammar each means; the rest are the grammars' own names and file extensions.

use std::collections::HashMap;

use syntect::parsing::SyntaxSet;

/// Names that no grammar goes by, or that would lead to another than is meant.
const ALIASES: &[(&str, &str)] = &[
    ("assembly", "asm"),
    ("c", "C"),
    ("cfg", "ini"),
    ("conf", "ini"),
    ("console", "bash"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("dockerfile", "Dockerfile"),
    ("elisp", "lisp"),
    ("emacs-lisp", "lisp"),
    ("fs", "F#"),
    ("fsharp", "F#"),
    ("golang", "go"),
    ("h", "C"),
    ("handlebars", "html"),
    ("hbs", "html"),
    // The one for React takes twice as long over everything.
    ("javascript", "JavaScript"),
    ("js", "JavaScript"),
    ("cjs", "JavaScript"),
    ("mjs", "JavaScript"),
    ("node", "JavaScript"),
    ("javascriptreact", "jsx"),
    ("json5", "JavaScript"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("ndjson", "json"),
    ("liquid", "HTML (Jinja2)"),
    ("njk", "HTML (Jinja2)"),
    ("tera", "HTML (Jinja2)"),
    ("make", "makefile"),
    ("mdx", "markdown"),
    ("objc", "Objective-C"),
    ("objectivec", "Objective-C"),
    ("objectpascal", "pascal"),
    ("plist", "xml"),
    ("posh", "powershell"),
    ("ps", "powershell"),
    ("pwsh", "powershell"),
    ("py3", "python"),
    ("pycon", "python"),
    ("regex", "Regular Expression"),
    ("regexp", "Regular Expression"),
    ("scheme", "lisp"),
    ("sh-session", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("terminal", "bash"),
    ("typescriptreact", "tsx"),
    ("viml", "vim"),
    ("vimscript", "vim"),
    ("yml", "yaml"),
];

/// Words that ask for no colours.
const PLAIN: &[&str] = &["", "math", "mermaid", "none", "nohighlight", "plain", "plaintext", "text", "txt"];

/// Whether the word asks for no colours.
pub(super) fn is_plain(language: &str) -> bool {
    PLAIN.contains(&language)
}

/// The word where it may stand in a `class`: a short one of letters, digits and a few signs.
pub(super) fn class_name(language: &str) -> Option<&str> {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+#.".contains(&byte);
    (1..=40).contains(&language.len()).then_some(language).filter(|word| word.bytes().all(safe))
}

/// From a word in lower case to a grammar's place in the set.
#[derive(Debug)]
pub(super) struct LanguageNames {
    places: HashMap<String, usize>,
}

impl LanguageNames {
    /// Collects all names: later grammars before earlier, extensions before names, aliases before both.
    pub(super) fn of(set: &SyntaxSet) -> LanguageNames {
        let mut places = HashMap::new();
        for (place, grammar) in set.syntaxes().iter().enumerate() {
            places.insert(grammar.name.to_lowercase(), place);
        }
        let by_name = places.clone();
        for (place, grammar) in set.syntaxes().iter().enumerate() {
            places.extend(grammar.file_extensions.iter().map(|name| (name.to_lowercase(), place)));
        }
        for (alias, name) in ALIASES {
            let name = name.to_lowercase();
            if let Some(place) = by_name.get(&name).or_else(|| places.get(&name)).copied() {
                places.insert((*alias).to_string(), place);
            }
        }
        LanguageNames { places }
    }

    /// The place of the grammar that the word means.
    pub(super) fn find(&self, language: &str) -> Option<usize> {
        self.places.get(language).or_else(|| self.places.get(&language.to_lowercase())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_to_the_grammar_that_is_meant() {
        let set = two_face::syntax::extra_newlines();
        let names = LanguageNames::of(&set);
        let name = |word: &str| names.find(word).map(|place| set.syntaxes()[place].name.as_str());
        for (word, grammar) in [
            ("rust", "Rust"),
            ("rs", "Rust"),
            ("js", "JavaScript"),
            ("jsx", "JavaScript (Babel)"),
            ("ts", "TypeScript"),
            ("tsx", "TypeScriptReact"),
            ("typescript", "TypeScript"),
            ("py", "Python"),
            ("sh", "Bourne Again Shell (bash)"),
            ("bash", "Bourne Again Shell (bash)"),
            ("shell", "Bourne Again Shell (bash)"),
            ("console", "Bourne Again Shell (bash)"),
            ("zsh", "Bourne Again Shell (bash)"),
            ("yml", "YAML"),
            ("c", "C"),
            ("h", "C"),
            ("c++", "C++"),
            ("c#", "C#"),
            ("csharp", "C#"),
            ("fsharp", "F#"),
            ("fs", "F#"),
            ("golang", "Go"),
            ("jsonc", "JSON"),
            ("mdx", "Markdown"),
            ("vue", "Vue Component"),
            ("docker", "Dockerfile"),
            ("dockerfile", "Dockerfile"),
            ("make", "Makefile"),
            ("toml", "TOML"),
            ("RUST", "Rust"),
            ("conf", "INI"),
            ("pwsh", "PowerShell"),
        ] {
            assert_eq!(name(word), Some(grammar), "{word}");
        }
        assert_eq!(name("klingon"), None);
    }

    #[test]
    fn aliases_lead_somewhere() {
        let set = two_face::syntax::extra_newlines();
        let names = LanguageNames::of(&set);
        for (alias, name) in ALIASES {
            assert!(names.find(alias).is_some(), "{alias}: {name}");
        }
    }

    #[test]
    fn only_harmless_words_become_classes() {
        assert_eq!(class_name("c++"), Some("c++"));
        for word in ["", "a\" onload=\"x", "a b", "<x>", "日本", &"x".repeat(41)] {
            assert_eq!(class_name(word), None, "{word}");
        }
    }
}
