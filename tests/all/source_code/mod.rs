//! The program's own source, read as far as the guards of its architecture need: which files there are, which of them
//! name which, and what their functions take. A lexer and no parser: what is written in an unusual way may be missed.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A file of the program.
pub struct SourceFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its place among the modules: `check`, `link` for `check/link.rs`, and `check` for `check/mod.rs`; first, for a
    /// crate below `crates/`, the crate: `bokworm_highlight`, `runs`.
    pub module: Vec<String>,
    /// What it calls `crate`: nothing in the program itself.
    top: Vec<String>,
    /// Whether it stands for its folder.
    pub is_mod: bool,
    /// Its code without comments and tests. Of texts in quotes only the quotes are left.
    pub code: String,
}

/// A function, as it is written.
pub struct Function {
    /// Its name.
    pub name: String,
    /// The type of each parameter, but for `self`.
    pub parameters: Vec<String>,
    /// From its name to its last bracket.
    pub lines: usize,
}

/// The crates that the program is made of.
pub struct Crate {
    /// What others call it; none for the program itself.
    pub name: Option<String>,
    /// Its folder, with `Cargo.toml` and `src/`.
    pub folder: PathBuf,
}

/// The program, and the crates below `crates/`.
pub fn crates() -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut crates = Vec::from([Crate { name: None, folder: root.to_owned() }]);
    for entry in walkdir::WalkDir::new(root.join("crates")).min_depth(1).max_depth(1).sort_by_file_name() {
        let folder = entry.unwrap().into_path();
        let name = format!("bokworm_{}", folder.file_name().unwrap().to_string_lossy());
        crates.push(Crate { name: Some(name), folder });
    }
    crates
}

/// All files of the program and its crates, but for those of tests, in order; read once.
pub fn all() -> &'static [SourceFile] {
    static FILES: LazyLock<Vec<SourceFile>> = LazyLock::new(read);
    &FILES
}

fn read() -> Vec<SourceFile> {
    crates().iter().flat_map(files_of).collect()
}

fn files_of(of: &Crate) -> Vec<SourceFile> {
    let source = of.folder.join("src");
    let entries = walkdir::WalkDir::new(&source).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths =
        entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let files = paths.map(|path| {
        let below = path.strip_prefix(&source).unwrap().with_extension("");
        let mut module: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let mut is_mod = module.pop_if(|last| last == "mod").is_some();
        let top = Vec::from_iter(of.name.clone());
        if of.name.is_some() {
            is_mod |= module.pop_if(|last| last == "lib").is_some();
            module.splice(..0, top.iter().cloned());
        }
        let code = without_tests(&bare(&std::fs::read_to_string(&path).unwrap()));
        SourceFile { path, module, top, is_mod, code }
    });
    files.filter(|file| file.module.last().is_some_and(|last| last != "tests")).collect()
}

/// Code with spaces in the place of comments and of what stands in quotes; lines stay where they are.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (kept, length) = if rest.starts_with("//") {
            (0, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (0, rest.find("*/").map_or(rest.len(), |at| at + 2))
        } else if let Some(length) = raw_text(rest).filter(|_| !out.ends_with(is_of_a_word)) {
            (0, length)
        } else if c == '"' {
            (1, text_in(rest, '"'))
        } else if c == '\'' && is_character(rest) {
            (1, text_in(rest, '\''))
        } else {
            (c.len_utf8(), c.len_utf8())
        };
        out.push_str(&rest[..kept]);
        out.extend(rest[kept..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    out
}

/// The length of `r"…"` or `r#"…"#`.
fn raw_text(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let marks = after.len() - after.trim_start_matches('#').len();
    let begins = text.len() - after.len() + marks + 1;
    let end = format!("\"{}", "#".repeat(marks));
    after[marks..].strip_prefix('"').and_then(|inside| inside.find(&end)).map(|at| begins + at + end.len())
}

/// The length of a text in quotes, in which a backslash stands before what would end it.
fn text_in(text: &str, quote: char) -> usize {
    let mut is_escaped = true;
    for (at, c) in text.char_indices() {
        if c == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    text.len()
}

/// Whether a quote begins a character and no lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.next() == Some('\\') || chars.next() == Some('\'')
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bare code without what is there for tests only.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = ["#[cfg(test)]", "#[cfg(all(test"].iter().filter_map(|mark| rest.find(mark)).min() {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        // A braced `use` ends at its semicolon.
        let braced = item.find('{').filter(|brace| !item[..*brace].contains(';') && !item[..*brace].contains("use "));
        let end =
            braced.map_or_else(|| item.find(';').unwrap_or(item.len() - 1), |brace| brace + closing(&item[brace..]));
        rest = &item[end + 1..];
    }
    out + rest
}

/// The place of the bracket that closes the one that a text begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len() - 1
}

/// A list's parts, as far as the commas between them stand in no brackets.
pub fn split_list(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0i32, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if list[..at].ends_with('-') => {}
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

impl SourceFile {
    /// The functions that have a body.
    pub fn functions(&self) -> Vec<Function> {
        let begins = self.code.match_indices("fn ").map(|(at, _)| at);
        let begins = begins.filter(|at| !self.code[..*at].ends_with(is_of_a_word));
        begins.filter_map(|at| function(&self.code[at + 3..])).collect()
    }

    /// The names of the types that it makes, but for those inside of functions.
    pub fn types(&self) -> Vec<&str> {
        let made = self.code.lines().filter_map(|line| {
            let line =
                line.strip_prefix("pub").map_or(line, |after| after.split_once(' ').map_or("", |(_, item)| item));
            let kinds = ["struct ", "enum ", "trait ", "type ", "union "];
            kinds.iter().find_map(|kind| line.strip_prefix(kind))
        });
        made.map(|rest| rest.split(|c| !is_of_a_word(c)).next().unwrap_or_default()).collect()
    }

    /// The modules that it names with a path: `check::link` as `["check", "link", …]`, with what is taken from them.
    pub fn names(&self) -> Vec<Vec<String>> {
        let mut names = Vec::new();
        let (mut code, mut rest) = (String::new(), self.code.as_str());
        while let Some(Use { before, tree, after }) = split_use(rest) {
            let is_public = before.ends_with("pub ") || before.ends_with(") ");
            for path in expanded(tree) {
                // A room that only hands on what its files hold takes nothing from them.
                let hands_on = self.is_mod && is_public && !["crate", "super", "self"].contains(&path[0].as_str());
                names.extend(self.absolute(&path).filter(|_| !hands_on));
            }
            code.push_str(before);
            rest = after;
        }
        code.push_str(rest);
        let starts = code.char_indices().filter(|(at, c)| {
            let before = &code[..*at];
            (c.is_alphabetic() || *c == '_')
                && !before.ends_with(is_of_a_word)
                && !before.ends_with("::")
                && !before.ends_with("(in ")
        });
        for (at, _) in starts {
            let end = code[at..].find(|c| !is_of_a_word(c) && c != ':').map_or(code.len(), |length| at + length);
            let path: Vec<String> = code[at..end].split("::").map(str::to_owned).collect();
            if path.len() > 1 {
                names.extend(self.absolute(&path));
            }
        }
        names
    }

    /// A path from the top of the program; none for one that leads out of it, or to what was imported.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let mut here = self.module.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => return Some([&self.top, &rest[1..]].concat()),
            "self" | "super" => {
                while let Some(("self" | "super", after)) =
                    rest.split_first().map(|(first, after)| (first.as_str(), after))
                {
                    if rest[0] == "super" {
                        here.pop()?;
                    }
                    rest = after;
                }
            }
            child if self.code.contains(&format!("mod {child};")) => {}
            _ => return None,
        }
        here.extend(rest.iter().cloned());
        Some(here)
    }
}

/// The first `use` of some code, and what stands around it.
struct Use<'a> {
    before: &'a str,
    tree: &'a str,
    after: &'a str,
}

fn split_use(code: &str) -> Option<Use<'_>> {
    let at = code.match_indices("use ").map(|(at, _)| at).find(|at| !code[..*at].ends_with(is_of_a_word))?;
    let (tree, after) = code[at + 4..].split_once(';')?;
    Some(Use { before: &code[..at], tree, after })
}

/// The paths of a `use`: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn expanded(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let (path, group) = match tree.split_once('{') {
        Some((path, group)) => (path, group.rsplit_once('}').map(|(inside, _)| inside)),
        None => (tree, None),
    };
    let path = path.split(" as ").next().unwrap_or_default();
    let path: Vec<String> =
        path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let Some(group) = group else { return Vec::from([path]) };
    let below = split_list(group).into_iter().flat_map(expanded);
    below.map(|below| path.iter().cloned().chain(below.into_iter().filter(|part| part != "self")).collect()).collect()
}

/// A function, from its name on.
fn function(code: &str) -> Option<Function> {
    let name: String = code.chars().take_while(|c| is_of_a_word(*c)).collect();
    let mut rest = &code[name.len()..];
    if rest.starts_with('<') {
        let depths = rest.char_indices().scan((0, ' '), |(depth, before), (at, c)| {
            *depth += i32::from(c == '<') - i32::from(c == '>' && *before != '-');
            *before = c;
            Some((at, *depth))
        });
        rest = &rest[depths.into_iter().find(|(_, depth)| *depth == 0)?.0 + 1..];
    }
    if name.is_empty() || !rest.starts_with('(') {
        return None;
    }
    let end = closing(rest);
    let types = split_list(&rest[1..end]).into_iter().filter_map(|parameter| type_of(parameter).map(str::to_owned));
    let parameters = types.collect();
    let body = end + body_of(&rest[end..])?;
    let body_end = body + closing(&rest[body..]);
    let whole = code.len() - rest.len() + body_end;
    Some(Function { name, parameters, lines: code[..whole].lines().count() })
}

/// The place of the bracket that begins a function's body; none if it has none.
fn body_of(after_parameters: &str) -> Option<usize> {
    let mut depth = 0;
    let end = after_parameters.char_indices().skip(1).find(|(_, c)| {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        depth == 0 && matches!(c, '{' | ';')
    });
    end.filter(|(_, c)| *c == '{').map(|(at, _)| at)
}

/// The type of a parameter; none for `self`.
fn type_of(parameter: &str) -> Option<&str> {
    let pattern_end = if parameter.starts_with('(') { closing(parameter) } else { 0 };
    let (_, of_type) = parameter[pattern_end..].split_once(": ")?;
    Some(of_type.trim())
}
