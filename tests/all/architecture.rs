//! Holds the floor plan of `ARCHITECTURE.md`, for the program and the crates below `crates/`: modules stand in `lib.rs` in dependency
//! order and use only those above them, files don't use each other in circles, each library is known
//! only where it serves, and only the edges touch the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::source_code::{self, Crate};

/// For a library that is as good as a part of the language.
const EVERYWHERE: &[&str] = &[];

/// The modules that may name a library, each of which does; all others may not.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("blake3", EVERYWHERE),
    ("foldhash", EVERYWHERE),
    ("memchr", EVERYWHERE),
    ("percent_encoding", EVERYWHERE),
    ("rayon", EVERYWHERE),
    ("serde", EVERYWHERE),
    ("serde_json", EVERYWHERE),
    ("unicode_normalization", EVERYWHERE),
    ("ab_glyph", &["read", "picture"]),
    ("ammonia", &["render"]),
    ("annotate_snippets", &["report"]),
    (
        "anyhow",
        &[
            "read",
            "picture",
            "project",
            "session",
            "mend",
            "transaction",
            "write",
            "make",
            "bucket",
            "publish",
            "serve",
            "command",
            "main",
        ],
    ),
    ("axum", &["serve"]),
    ("clap", &["command", "main"]),
    ("clap_complete", &["command"]),
    ("clap_mangen", &["command"]),
    ("fast2s", &["search"]),
    ("fast_image_resize", &["picture"]),
    ("flate2", &["make"]),
    ("futures_util", &["publish"]),
    ("gray_matter", &["page"]),
    ("html5ever", &["html"]),
    ("hyper", &["bucket", "serve"]),
    ("hyper_util", &["serve"]),
    ("icu_collator", &["site"]),
    ("icu_locale_core", &["words", "site"]),
    ("icu_plurals", &["words"]),
    ("image_webp", &["picture"]),
    ("imagesize", &["read"]),
    ("jiff", &["config", "page", "history", "query", "render", "serve"]),
    ("notify", &["serve"]),
    ("object_store", &["bucket", "publish"]),
    ("bokworm_diagram", &["check", "render"]),
    ("bokworm_highlight", &["highlight"]),
    ("pulldown_latex", &["formula"]),
    ("onig", &["bokworm_highlight"]),
    ("png", &["picture"]),
    ("pulldown_cmark", &["page"]),
    ("rust_embed", &["render"]),
    ("rustix", &["make", "read", "write"]),
    ("serde_path_to_error", &["config"]),
    ("sha1", &["history"]),
    ("similar", &["diff"]),
    ("snowball_stemmers_rs", &["search"]),
    ("strsim", &["nearest", "page", "site", "assess", "check"]),
    ("syntect", &["bokworm_highlight"]),
    ("tempfile", &["store", "mend"]),
    ("tera", &["render"]),
    ("tokio", &["bucket", "serve"]),
    ("toml", &["words", "config", "page", "check", "command"]),
    ("two_face", &["bokworm_highlight"]),
    ("ureq", &["external", "bucket"]),
    ("walkdir", &["read", "command"]),
    ("webp", &["picture"]),
    ("yaml_rust2", &["page"]),
    ("zune_jpeg", &["picture"]),
];

/// The modules that may touch the machine, each of which does, by the words that they do it with; the others turn
/// values into values. What is printed and what day it is, one place says for all.
const EDGES: &[(&[&str], &[&str])] = &[
    (
        &["fs::", "File::", "OpenOptions::"],
        &[
            "store",
            "history",
            "read",
            "project",
            "mend",
            "transaction",
            "external",
            "write",
            "bucket",
            "publish",
            "serve",
            "command",
        ],
    ),
    (&["env::"], &["store", "terminal", "project", "write", "bucket", "serve", "command"]),
    (&["process::"], &["history", "write", "publish", "serve", "main"]),
    (&["net::"], &["serve"]),
    (&["thread::"], &["store", "external", "publish", "serve", "command"]),
    // Highlighting gives up on code that takes too long.
    (
        &["Instant::now", "SystemTime::now"],
        &["bokworm_highlight", "read", "external", "make", "publish", "serve", "command"],
    ),
];

/// A longer file does two things; what is in it for tests doesn't count.
const LONGEST_FILE: usize = 450;

/// A longer function can't be seen at once.
const LONGEST_FUNCTION: usize = 75;

/// Names that several files still give to a type of their own: each has one meaning in its room. Nothing is to be added.
const SHARED_NAMES: &[&str] = &[
    // What a subcommand takes, one file a subcommand.
    "Arguments",
    "Attribute",
    "Edit",
    "Found",
    "Frame",
    "Line",
    "Place",
    "Reader",
    "Tag",
    "Writer",
];

/// Libraries of which the program knows more than they promise: another version, however small the step,
/// may change what is published, or that it is at all.
const PINNED: &[(&str, &str)] = &[
    ("pulldown-cmark", "`page/markdown` follows blocks exactly as it does"),
    ("syntect", "`crates/highlight` reads a private structure of it; when it can't, code loses its colours"),
    ("two-face", "its grammars are what colours code, and what tests compare"),
];

/// The modules in the order in which a crate's `lib.rs` declares them.
fn declared_order(of: &Crate) -> Vec<String> {
    let lib = std::fs::read_to_string(of.folder.join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod ")))
        .filter_map(|rest| rest.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// All Rust files of a crate by the module that they belong to.
fn files_by_module(of: &Crate) -> BTreeMap<String, Vec<PathBuf>> {
    let source = of.folder.join("src");
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&source).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let below = entry.path().strip_prefix(&source).unwrap();
            let first = below.iter().next().unwrap().to_string_lossy();
            let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
            files.entry(module).or_default().push(entry.into_path());
        }
    }
    files
}

/// All Rust files of all crates, with their tests.
fn all_files() -> impl Iterator<Item = PathBuf> {
    source_code::crates().into_iter().flat_map(|of| files_by_module(&of).into_values().flatten())
}

/// What all manifests say.
fn manifests() -> Vec<String> {
    let crates = source_code::crates().into_iter();
    crates.map(|of| std::fs::read_to_string(of.folder.join("Cargo.toml")).unwrap()).collect()
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
    for of in source_code::crates() {
        // A crate's tests may stand in a file beside its others.
        let no_room = |name: &String| ["lib", "main", "tests"].contains(&name.as_str());
        let mut modules: Vec<String> = files_by_module(&of).into_keys().filter(|name| !no_room(name)).collect();
        let mut declared = declared_order(&of);
        declared.retain(|name| name != "tests");
        modules.sort();
        declared.sort();
        assert_eq!(modules, declared);
    }
}

#[test]
fn modules_use_only_those_above_them() {
    let wrong: Vec<String> = source_code::crates().iter().flat_map(uses_of_those_below).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where modules of a crate use those that stand below them.
fn uses_of_those_below(of: &Crate) -> Vec<String> {
    let order = declared_order(of);
    let mut wrong = Vec::new();
    for (module, files) in files_by_module(of) {
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
    wrong
}

/// A file of a room that names another one of it is fine; two that name each other are one file in two places.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let files = source_code::all();
    let places: BTreeMap<&[String], usize> =
        files.iter().enumerate().map(|(at, file)| (file.module.as_slice(), at)).collect();
    let file_of = |path: &[String]| (1..=path.len()).rev().find_map(|length| places.get(&path[..length]).copied());
    let mut uses: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate().filter(|(_, file)| file.module != ["lib"]) {
        let used = file.names().into_iter().filter_map(|path| file_of(&path)).filter(|used| *used != at);
        uses.insert(at, used.collect());
    }
    // What uses nothing, or nothing that is left, is in no circle; and neither is what nothing left uses.
    loop {
        let used: BTreeSet<usize> = uses.values().flatten().copied().collect();
        let free: Vec<usize> =
            uses.iter().filter(|(at, uses)| uses.is_empty() || !used.contains(at)).map(|(at, _)| *at).collect();
        if free.is_empty() {
            break;
        }
        uses.retain(|at, _| !free.contains(at));
        uses.values_mut().for_each(|uses| uses.retain(|at| !free.contains(at)));
    }
    let shown = |at: &usize| files[*at].module.join("/");
    let left = uses
        .iter()
        .map(|(at, uses)| format!("{} uses {}", shown(at), uses.iter().map(shown).collect::<Vec<_>>().join(", ")));
    assert!(uses.is_empty(), "files in a circle, or between two:\n{}", left.collect::<Vec<_>>().join("\n"));
}

/// Whoever calls such a function counts brackets, and nothing says what the second part is: a struct has names.
#[test]
fn no_parameter_is_a_tuple() {
    let mut wrong = Vec::new();
    for file in source_code::all() {
        for function in file.functions() {
            let bare = |parameter: &String| parameter.trim_start_matches('&').trim_start_matches("mut ").to_owned();
            let tuple = |inside: &str| source_code::split_list(inside).len() > 1;
            let inside = |of_type: &str| of_type.strip_prefix('(')?.strip_suffix(')').map(str::to_owned);
            if function.parameters.iter().map(bare).any(|of_type| inside(&of_type).is_some_and(|inside| tuple(&inside)))
            {
                wrong.push(format!("{}: {}", file.path.display(), function.name));
            }
        }
    }
    assert!(wrong.is_empty(), "these take tuples, a struct has names:\n{}", wrong.join("\n"));
}

/// Whoever looks for a type, or reads of one in an error, finds one.
#[test]
fn types_have_names_of_their_own() {
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in source_code::all() {
        for name in file.types() {
            files.entry(name).or_default().push(file.module.join("/"));
        }
    }
    assert!(files.len() > 300, "there are more types than {}: the reader of the source misses some", files.len());
    files.retain(|_, files| files.len() > 1);
    let settled: Vec<_> = SHARED_NAMES.iter().filter(|name| !files.contains_key(**name)).collect();
    files.retain(|name, _| !SHARED_NAMES.contains(name));
    assert!(files.is_empty(), "these names are taken: {files:#?}");
    assert!(settled.is_empty(), "these names are shared no more, and can go from the list: {settled:?}");
}

#[test]
fn files_and_functions_are_short() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for file in source_code::all() {
        let lines = file.code.trim_end().lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines of at most {LONGEST_FILE}", file.path.display()));
        }
        let functions = file.functions();
        count += functions.len();
        for function in functions.into_iter().filter(|function| function.lines > LONGEST_FUNCTION) {
            let (name, lines) = (function.name, function.lines);
            wrong.push(format!("{}: {name} has {lines} lines of at most {LONGEST_FUNCTION}", file.path.display()));
        }
    }
    assert!(count > 1_500, "there are more functions than {count}: the reader of the source misses some");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edges_touch_the_machine() {
    let mut wrong = Vec::new();
    for (words, allowed) in EDGES {
        let mut seen = BTreeSet::new();
        for file in source_code::all() {
            let word = words.iter().find(|word| stands_alone(word, &file.code));
            let Some(word) = word else { continue };
            seen.insert(file.module[0].clone());
            if !allowed.contains(&file.module[0].as_str()) {
                wrong.push(format!("{} names `{word}`, which only {allowed:?} may", file.path.display()));
            }
        }
        let idle = allowed.iter().filter(|module| !seen.contains(**module));
        wrong.extend(idle.map(|module| format!("`{module}` uses none of {words:?}, so the table needn't allow it")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_library_is_known_only_where_it_serves() {
    let files = source_code::all();
    let mut wrong = Vec::new();
    for (library, allowed) in LIBRARIES {
        let named = |file: &&source_code::SourceFile| stands_alone(&format!("{library}::"), &file.code);
        let mine: BTreeSet<&str> = files.iter().filter(named).map(|file| file.module[0].as_str()).collect();
        if mine.is_empty() {
            wrong.push(format!("nothing names `{library}`"));
        }
        if allowed.is_empty() {
            continue;
        }
        let foreign = mine.iter().filter(|module| !allowed.contains(*module));
        wrong.extend(foreign.map(|module| format!("`{module}` names `{library}`, which only {allowed:?} may")));
        let idle = allowed.iter().filter(|module| !mine.contains(*module));
        wrong.extend(idle.map(|module| format!("`{module}` doesn't name `{library}`, so the table needn't allow it")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether code names something at the beginning of a path or below `std`: `toml::`, not `crate::toml::` or `my_toml::`.
fn stands_alone(name: &str, code: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].strip_suffix("std::").unwrap_or(&code[..at]);
        !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.'))
    })
}

#[test]
fn the_table_of_libraries_is_that_of_the_manifest() {
    let mut names = BTreeSet::new();
    for manifest in manifests() {
        let (_, below) = manifest.split_once("[dependencies]\n").unwrap();
        let (section, _) = below.split_once("\n[").unwrap();
        let lines = section.lines().filter_map(|line| line.split_once(" = "));
        names.extend(lines.map(|(name, _)| name.replace('-', "_")));
    }
    let listed = LIBRARIES.iter().map(|(library, _)| (*library).to_owned());
    assert_eq!(names, listed.collect::<BTreeSet<_>>());
}

#[test]
fn libraries_that_are_known_too_well_are_pinned() {
    let manifests = manifests();
    for (library, why) in PINNED {
        let mut lines = manifests.iter().flat_map(|manifest| manifest.lines());
        let line = lines.find(|line| line.starts_with(&format!("{library} = "))).unwrap();
        assert!(line.contains("version = \"="), "Cargo.toml must pin `{library}` with `=`: {why}");
    }
}

/// What no code may do stands in one place.
#[test]
fn every_crate_has_the_lints_of_the_program() {
    assert!(manifests().iter().all(|manifest| manifest.contains("\n[lints]\nworkspace = true\n")));
}

/// The days of the program and of the preview can't differ if there is but one.
#[test]
fn one_place_says_which_day_it_is() {
    for file in all_files() {
        let asks = ["Zoned::now", "Timestamp::now", "strftime(\"%Y-%m-%d\")"];
        let asks = asks.iter().find(|asks| code(&file).contains(**asks));
        let asks = asks.filter(|_| !file.ends_with("src/history/mod.rs"));
        assert_eq!(asks, None, "{}: `history::today` says it", file.display());
    }
}

/// `println!` ends the program where a disk is full, and `eprintln!`, too.
#[test]
fn one_place_prints() {
    for file in all_files() {
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
    for file in all_files() {
        let code = code(&file);
        for name in ["finos", "ospology", "osr.finos", "open-source-readiness", "bok/"] {
            assert!(!code.to_lowercase().contains(name), "{} names `{name}`", file.display());
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
