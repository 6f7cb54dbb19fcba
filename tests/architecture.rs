//! Holds the floor plan of `ARCHITECTURE.md`: modules stand in `lib.rs` in dependency
//! order and use only those above them, and each library is known only where it serves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The modules that may name a library; all others may not.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["page"]),
    ("gray_matter", &["page"]),
    ("yaml_rust2", &["page"]),
    ("tera", &["render"]),
    ("syntect", &["highlight"]),
    ("onig", &["highlight"]),
    ("two_face", &["highlight"]),
    ("ammonia", &["render"]),
    ("rust_embed", &["render"]),
    ("walkdir", &["read", "command"]),
    ("imagesize", &["read"]),
    ("image", &["picture"]),
    ("fast_image_resize", &["picture"]),
    ("webp", &["picture"]),
    ("png", &["picture"]),
    ("ab_glyph", &["picture"]),
    ("toml", &["config", "page", "check", "command"]),
    ("annotate_snippets", &["report"]),
    ("axum", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("tokio", &["serve"]),
    ("notify", &["serve"]),
    ("ureq", &["check", "external"]),
    ("clap", &["command", "main"]),
    ("clap_complete", &["command", "main"]),
];

/// Libraries of which the program knows more than they promise: another version, however small the step,
/// may change what is published, or that it is at all.
const PINNED: &[(&str, &str)] = &[
    ("pulldown-cmark", "`page/markdown` follows blocks exactly as it does"),
    ("syntect", "`highlight` reads a private structure of it; when it can't, code loses its colours"),
    ("two-face", "its grammars are what colours code, and what tests compare"),
];

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules in the order in which `lib.rs` declares them.
fn declared_order() -> Vec<String> {
    let lib = std::fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod ")))
        .filter_map(|rest| rest.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// All Rust files by the module that they belong to.
fn files_by_module() -> BTreeMap<String, Vec<PathBuf>> {
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(source_folder()).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let below = entry.path().strip_prefix(source_folder()).unwrap();
            let first = below.iter().next().unwrap().to_string_lossy();
            let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
            files.entry(module).or_default().push(entry.into_path());
        }
    }
    files
}

/// The code of a file: without comments, and without the tests at its end.
fn code(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The names that follow a path prefix, also inside braces: `crate::{a, b::c}` names `a` and `b`.
fn named_after(prefix: &str, code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.push(identifier(rest)),
        }
    }
    names
}

/// The first name of each path in a braced group of a `use`.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(identifier(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(identifier(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn every_module_is_in_the_floor_plan() {
    let mut modules: Vec<String> =
        files_by_module().into_keys().filter(|name| name != "lib" && name != "main").collect();
    let mut declared = declared_order();
    modules.sort();
    declared.sort();
    assert_eq!(modules, declared);
}

#[test]
fn modules_use_only_those_above_them() {
    let order = declared_order();
    let mut wrong = Vec::new();
    for (module, files) in files_by_module() {
        let Some(place) = order.iter().position(|name| *name == module) else { continue };
        for file in files {
            for used in named_after("crate::", &code(&file)) {
                let Some(of_used) = order.iter().position(|name| *name == used) else { continue };
                if of_used > place {
                    wrong.push(format!("{} uses `{used}`, which stands below `{module}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_library_is_known_only_where_it_serves() {
    let mut wrong = Vec::new();
    for (module, files) in files_by_module() {
        for file in files {
            let code = code(&file);
            for (library, allowed) in LIBRARIES {
                let named = code.contains(&format!("{library}::")) || code.contains(&format!("use {library}"));
                let mine = named && named_outside_a_path(library, &code);
                if mine && !allowed.contains(&module.as_str()) {
                    wrong.push(format!("{} names `{library}`, which only {allowed:?} may", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a library's name stands by itself: `toml::`, not `crate::toml::` or `my_toml::`.
fn named_outside_a_path(library: &str, code: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + library.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '.' || c == '"')
            && after.starts_with("::")
    })
}

#[test]
fn libraries_that_are_known_too_well_are_pinned() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    for (library, why) in PINNED {
        let line = manifest.lines().find(|line| line.starts_with(&format!("{library} = "))).unwrap();
        assert!(line.contains("version = \"="), "Cargo.toml must pin `{library}` with `=`: {why}");
    }
}

/// The days of the program and of the preview can't differ if there is but one.
#[test]
fn one_place_says_which_day_it_is() {
    for file in files_by_module().into_values().flatten() {
        let asks = ["Zoned::now", "Timestamp::now", "strftime(\"%Y-%m-%d\")"];
        let asks = asks.iter().find(|asks| code(&file).contains(**asks));
        let asks = asks.filter(|_| !file.ends_with("src/history.rs"));
        assert_eq!(asks, None, "{}: `history::today` says it", file.display());
    }
}

/// `println!` ends the program where a disk is full, and `eprintln!`, too.
#[test]
fn one_place_prints() {
    for file in files_by_module().into_values().flatten() {
        if file.ends_with("terminal.rs") || file.ends_with("tests.rs") {
            continue;
        }
        let prints = ["print!(", "println!(", "stdout()", "stderr()", "dbg!("];
        let prints = prints.into_iter().find(|prints| code(&file).contains(prints));
        assert_eq!(prints, None, "{}: `terminal.rs` prints", file.display());
    }
}

#[test]
fn no_file_of_the_corpora_is_named_in_the_program() {
    for files in files_by_module().into_values() {
        for file in files {
            let code = code(&file);
            for name in ["finos", "ospology", "osr.finos", "open-source-readiness", "bok/"] {
                assert!(!code.to_lowercase().contains(name), "{} names `{name}`", file.display());
            }
        }
    }
}

#[test]
fn nothing_that_a_build_makes_is_committed() {
    let listed = std::process::Command::new("git").arg("ls-files").current_dir(env!("CARGO_MANIFEST_DIR")).output();
    // Not a checkout, or no git.
    let Ok(listed) = listed else { return };
    let made = |path: &&str| path.split('/').any(|folder| folder == ".bokworm") || path.starts_with("public/");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!(listed.lines().filter(made).collect::<Vec<_>>(), Vec::<&str>::new());
}
