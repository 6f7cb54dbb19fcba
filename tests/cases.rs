//! Runs every case below `tests/cases/`: a small tree of files, a command, what it
//! prints, what it publishes, in one readable file. `tests/cases/README.md` tells how
//! one is written; `BOKWORM_ACCEPT=1 cargo test --test cases` rewrites what is expected.
//! Each is a test of its own: `cargo test --test cases lists/` runs some, and `-- --exact` one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use scraper::{ElementRef, Html, Selector};

/// One part of a case, in order.
#[derive(Debug)]
enum Part {
    /// Text before the first part: what the case shows.
    Words(String),
    /// `--- path`: a file of the input, with its text.
    File { path: String, text: String },
    /// `$ bokworm …` with what it prints, and its exit code if it isn't 0.
    Run { command: String, prints: String },
    /// `> path …`: what a published file holds.
    Look { what: String, shows: String },
}

fn parse(text: &str) -> Vec<Part> {
    let mut parts = vec![Part::Words(String::new())];
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if let Some(path) = bare.strip_prefix("--- ").filter(|path| !path.trim().is_empty()) {
            parts.push(Part::File { path: path.to_owned(), text: String::new() });
        } else if let Some(command) = bare.strip_prefix("$ ") {
            parts.push(Part::Run { command: command.to_owned(), prints: String::new() });
        } else if let Some(what) =
            bare.strip_prefix("> ").filter(|what| what.starts_with("public") || what.starts_with("file "))
        {
            parts.push(Part::Look { what: what.to_owned(), shows: String::new() });
        } else {
            let (Part::Words(into) | Part::File { text: into, .. }) = parts.last_mut().unwrap() else {
                let (Part::Run { prints: into, .. } | Part::Look { shows: into, .. }) = parts.last_mut().unwrap()
                else {
                    unreachable!()
                };
                into.push_str(line);
                continue;
            };
            into.push_str(line);
        }
    }
    parts
}

/// Runs a case and writes it anew as it turned out.
fn play(case: &Path) -> (String, String) {
    let text = fs::read_to_string(case).unwrap();
    let project = tempfile::tempdir().unwrap();
    // A name of its own, since a project without a configuration is called like its folder.
    let root = project.path().canonicalize().unwrap().join("handbook");
    fs::create_dir(&root).unwrap();
    let mut out = String::new();
    for part in parse(&text) {
        match part {
            Part::Words(words) => out.push_str(&words),
            Part::File { path, text } => {
                let _ = write!(out, "--- {path}\n{text}");
                write_input(&root, &path, &text);
            }
            Part::Run { command, .. } => {
                let _ = write!(out, "$ {command}\n{}", shielded(&run(&root, &command)));
            }
            Part::Look { what, .. } => {
                let _ = write!(out, "> {what}\n{}", shielded(&without_fingerprints(&look(&root, &what))));
            }
        }
    }
    (text, out)
}

/// Output whose lines look like the beginning of a part has them behind a backslash.
fn shielded(output: &str) -> String {
    let begins_a_part = |line: &&str| ["--- ", "$ ", "> "].iter().any(|start| line.starts_with(start));
    output
        .split_inclusive('\n')
        .map(|line| if begins_a_part(&line) { format!("\\{line}") } else { line.to_owned() })
        .collect()
}

/// Writes an input file. `\r` at a line's end stands for CR LF, `\u{…}` for a character, and a
/// last line `\c` for "no line end here".
fn write_input(root: &Path, path: &str, text: &str) {
    let path = root.join(unescape(path.trim()));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = text.strip_suffix("\\c\n").map_or(text, |text| text.strip_suffix('\n').unwrap_or(text));
    fs::write(path, unescape(text).replace("\\r\n", "\r\n")).unwrap();
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u{") {
        let (before, after) = rest.split_at(at);
        let end = after.find('}').expect("an escape ends with }");
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(&after[3..end], 16).unwrap()).unwrap());
        rest = &after[end + 1..];
    }
    out + rest
}

/// Runs a command of the case in its folder: `bokworm …`, or `sh: …` to prepare something.
fn run(root: &Path, command: &str) -> String {
    let output = match command.strip_prefix("sh: ") {
        Some(script) => Command::new("sh").arg("-c").arg(script).current_dir(root).output().unwrap(),
        None => {
            let words = split_words(command.strip_prefix("bokworm").expect("a command is `bokworm …` or `sh: …`"));
            Command::new(env!("CARGO_BIN_EXE_bokworm"))
                .args(words)
                .current_dir(root)
                .env("NO_COLOR", "1")
                .env_remove("RUST_BACKTRACE")
                .output()
                .unwrap()
        }
    };
    let mut prints = String::from_utf8_lossy(&output.stdout).into_owned();
    prints.push_str(&String::from_utf8_lossy(&output.stderr));
    let mut prints = prints.replace(&root.display().to_string(), "[ROOT]");
    prints = without_times(&prints);
    prints = prints.replace(concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\""), "\"version\": \"[VERSION]\"");
    if !prints.is_empty() && !prints.ends_with('\n') {
        prints.push('\n');
    }
    if output.status.code() != Some(0) {
        let _ = writeln!(prints, "[exit {}]", output.status.code().map_or("by signal".into(), |code| code.to_string()));
    }
    prints
}

/// Words of a command line, with quotes of either kind around those that hold spaces.
fn split_words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut quote, mut in_word) = (None, false);
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                if !std::mem::replace(&mut in_word, true) {
                    words.push(String::new());
                }
            }
            None if c == ' ' => in_word = false,
            _ => {
                if !std::mem::replace(&mut in_word, true) {
                    words.push(String::new());
                }
                words.last_mut().unwrap().push(c);
            }
        }
    }
    words
}

/// Fingerprints of the theme's files change with the theme: `theme.0123abcd.css` becomes `theme.[HASH].css`.
fn without_fingerprints(text: &str) -> String {
    let mut parts = text.split('.').peekable();
    let mut out = String::new();
    while let Some(part) = parts.next() {
        let is_fingerprint = part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit()) && parts.peek().is_some();
        out.push_str(if is_fingerprint { "[HASH]" } else { part });
        if parts.peek().is_some() {
            out.push('.');
        }
    }
    out
}

/// How long something took differs each time: `12 ms` and `1.2 s` become `[TIME]`.
fn without_times(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let words: Vec<&str> = line.split(' ').collect();
        let is_unit = |word: &str| matches!(word.trim_end_matches(['\n', '.', ',', ')']), "ms" | "s" | "µs");
        let timed = words
            .windows(2)
            .position(|pair| pair[0].trim_start_matches('(').parse::<f64>().is_ok() && is_unit(pair[1]));
        match timed {
            Some(at) => {
                let tail: String = words[at + 1].chars().skip_while(|c| c.is_alphabetic()).collect();
                let mut kept: Vec<String> = words[..at].iter().map(|word| (*word).to_owned()).collect();
                kept.push(format!("[TIME]{tail}"));
                kept.extend(words[at + 2..].iter().map(|word| (*word).to_owned()));
                out.push_str(&kept.join(" "));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// What a published file holds: `public` lists all files; `public/a.html` is its text;
/// `public/a.html SELECTOR` is the markup of each match, one a line; `… @attribute`
/// only that attribute; `… text` only the text. `file PATH` is the text of any file.
fn look(root: &Path, what: &str) -> String {
    if let Some(path) = what.strip_prefix("file ") {
        return read(&root.join(path));
    }
    let (path, question) = what.split_once(' ').unwrap_or((what, ""));
    let file = root.join(path.replace("%20", " "));
    if file.is_dir() {
        return list(&file, question);
    }
    let text = read(&file);
    if question.is_empty() {
        return text;
    }
    let (selector, form) = match question.rsplit_once(' ') {
        Some((selector, form)) if form == "text" || form.starts_with('@') => (selector, form),
        _ => (question, "markup"),
    };
    let html = Html::parse_document(&text);
    let selector = Selector::parse(selector).unwrap_or_else(|_| panic!("not a selector: {selector}"));
    let mut out = String::new();
    for element in html.select(&selector) {
        let shown = show(element, form);
        let _ = writeln!(out, "{shown}");
    }
    if out.is_empty() { "[nothing]\n".into() } else { out }
}

fn show(element: ElementRef<'_>, form: &str) -> String {
    match form.strip_prefix('@') {
        Some(name) => element.attr(name).unwrap_or("[none]").to_owned(),
        None if form == "text" => element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "),
        None => element.html(),
    }
}

fn read(file: &Path) -> String {
    match fs::read(file) {
        Ok(bytes) => {
            let mut text = String::from_utf8_lossy(&bytes).replace('\r', "\\r");
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text
        }
        Err(_) => "[no such file]\n".into(),
    }
}

/// The files below a folder, one a line, those of the theme left out; with a word: only paths that hold it.
fn list(folder: &Path, holding: &str) -> String {
    let mut out = String::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        let of_theme = path.starts_with("assets/") || path.starts_with("search/") || path.starts_with('.');
        if entry.file_type().is_file() && !of_theme && path.contains(holding) {
            let _ = writeln!(out, "{path}");
        }
    }
    if out.is_empty() { "[nothing]\n".into() } else { out }
}

/// Every case, named by its place below `tests/cases/`.
fn cases() -> Vec<Trial> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().flatten();
    let paths = files.map(walkdir::DirEntry::into_path);
    let cases = paths.filter(|path| path.extension().is_some_and(|end| end == "case"));
    cases.map(|path| Trial::test(name(&folder, &path), move || turns_out(&path))).collect()
}

fn name(folder: &Path, case: &Path) -> String {
    case.strip_prefix(folder).unwrap().with_extension("").display().to_string().replace('\\', "/")
}

/// Whether a case turns out as it says; with `BOKWORM_ACCEPT` it says from now on how it turned out.
fn turns_out(case: &Path) -> Result<(), Failed> {
    let (expected, turned_out) = play(case);
    if expected == turned_out {
        return Ok(());
    }
    if std::env::var_os("BOKWORM_ACCEPT").is_some() {
        fs::write(case, turned_out).unwrap();
        return Ok(());
    }
    Err(format!("{}\n{}", case.display(), difference(&expected, &turned_out)).into())
}

fn main() -> ExitCode {
    let cases = cases();
    assert!(!cases.is_empty(), "there are cases");
    libtest_mimic::run(&Arguments::from_args(), cases).exit_code()
}

/// The lines that differ, with `-` for what was expected and `+` for what came.
fn difference(expected: &str, turned_out: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), turned_out.lines().collect());
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut out = format!("  (line {})\n", same_start + 1);
    for line in &old[same_start..old.len() - same_end] {
        let _ = writeln!(out, "  - {line}");
    }
    for line in &new[same_start..new.len() - same_end] {
        let _ = writeln!(out, "  + {line}");
    }
    out
}
