//! The program as its caller sees it: help, exit codes, streams, and how it
//! finds the project.

use std::path::Path;
use std::process::Stdio;

use crate::program::{bokworm, command, folder};
use bokworm::config;
use bokworm::project::{self, Overrides};
use bokworm::source::{Root, SourcePath};
use serde_json::Value;

const COMMANDS: [(&str, &[&str]); 6] = [
    (
        "build",
        &[
            "--config",
            "--source",
            "--static",
            "--out",
            "--base-url",
            "--cache",
            "--drafts",
            "--strict",
            "--quiet",
            "-q",
        ],
    ),
    ("init", &["DIR"]),
    ("new", &["TITLE", "--in", "--tag", "--config", "--source"]),
    ("schema", &["#:schema", "--config", "page", "category", "tags"]),
    ("completions", &["bash", "zsh", "fish", "powershell", "elvish"]),
    ("man", &["DIR", "--color", "--verbose"]),
];

#[test]
fn the_help_names_every_command_and_each_command_every_option() {
    let here = folder(&[]);
    let whole = bokworm(here.path(), &["--help"]);
    assert_eq!((whole.code, &*whole.stderr), (0, ""));
    assert!(whole.stdout.contains("bokworm init handbook"));
    for (name, options) in COMMANDS {
        assert!(whole.stdout.contains(&format!("\n  {name} ")), "{name} is missing in {}", whole.stdout);
        for help in ["--help", "-h"] {
            let ran = bokworm(here.path(), &[name, help]);
            assert_eq!(ran.code, 0);
            for option in options.iter().filter(|option| help == "--help" || !option.starts_with('#')) {
                assert!(ran.stdout.contains(option), "{option} is missing in {name} {help}: {}", ran.stdout);
            }
            assert!(ran.stdout.contains("-C <DIR>"));
        }
    }
}

#[test]
fn every_option_is_explained() {
    let here = folder(&[]);
    for (name, _) in COMMANDS {
        let help = bokworm(here.path(), &[name, "-h"]).stdout;
        let (_, options) = help.split_once("Options:\n").expect("there are options");
        for line in options.lines().filter(|line| line.trim_start().starts_with('-')) {
            let words = line.trim_start().split("  ").filter(|part| !part.is_empty()).count();
            assert!(words >= 2, "an option of {name} is not explained: {line}");
        }
    }
}

#[test]
fn the_version_is_told() {
    let here = folder(&[]);
    assert_eq!(bokworm(here.path(), &["--version"]).stdout, format!("bokworm {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_cannot_be_understood_cannot_run() {
    let here = folder(&[]);
    for arguments in [&["bild"][..], &["build", "--fast"], &["new"], &["completions", "tcsh"], &[]] {
        let ran = bokworm(here.path(), arguments);
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("--help"), "{}", ran.stderr);
    }
    assert!(bokworm(here.path(), &["bild"]).stderr.contains("'build'"));
}

#[test]
fn an_error_is_a_sentence_without_colour_where_nobody_looks() {
    let here = folder(&[]);
    let ran = bokworm(here.path(), &["build"]);
    assert_eq!((ran.code, &*ran.stdout), (2, ""));
    assert_eq!(
        ran.stderr,
        "error: there is no `book.toml` in this folder or one above it\n\
         help: `bokworm init` starts a project here; `--source DIR` takes any folder of Markdown pages\n"
    );
    let ran = bokworm(here.path(), &["-C", "nowhere", "build"]);
    assert_eq!((ran.code, &*ran.stderr), (2, "error: `-C nowhere` names no folder\n"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_mistake() {
    let here = folder(&[]);
    for arguments in [&["schema"][..], &["completions", "bash"], &["--help"]] {
        let mut program = command(here.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(program.stdout.take());
        let output = program.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]), "{arguments:?}");
    }
}

/// A project with something to tell for every command.
#[cfg(target_os = "linux")]
const TALKATIVE: [(&str, &str); 2] = [
    ("book.toml", "[site]\ntitle = \"Handbook\"\n"),
    ("content/index.md", "---\ntitle: Home\ntags: [Guide]\n---\n\n[Nowhere](nowhere) [Nor there](nor-there)\n"),
];

/// What every command prints on the standard output, and on the standard error.
#[cfg(target_os = "linux")]
const SAYING: [&[&str]; 26] = [
    &["build"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--fix", "--dry-run"],
    &["explain"],
    &["explain", "index.md"],
    &["tags"],
    &["tags", "rename", "Guide", "Guides", "--dry-run"],
    &["init", "other"],
    &["new", "Another"],
    &["theme", "list"],
    &["theme", "eject", "base.html"],
    &["schema"],
    &["--help"],
    &["build", "-h"],
    &["--version"],
    &["--version", "--verbose"],
    &["query"],
    &["matrix", "--rows", "title", "--columns", "title"],
    &["links", "index.md"],
    &["tags", "--format", "json"],
    &["headers"],
    &["translations"],
    &["completions", "bash"],
    &["man", "man1"],
    &["ledger", "init"],
];

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_no_panic() {
    for arguments in SAYING {
        let here = folder(&TALKATIVE);
        let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = command(here.path()).args(arguments).stdout(full()).output().expect("it ends");
        let told = String::from_utf8(output.stderr).expect("it speaks UTF-8");
        let last = told.lines().last().unwrap_or_default();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(
            last.starts_with("error: ") && last.contains("can't be printed: No space left"),
            "{arguments:?}: {told}"
        );
    }
    for arguments in
        [&["build"][..], &["-v", "query"], &["build", "--timings", "--quiet"], &["new", "Another", "--tag", "Odd"]]
    {
        let here = folder(&TALKATIVE);
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = command(here.path()).args(arguments).stderr(full).output().expect("it ends");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_keeps_nothing_from_being_done() {
    let here = folder(&TALKATIVE);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    command(here.path()).args(["-v", "build"]).stderr(full).output().expect("it ends");
    assert!(here.path().join("public/index.html").exists(), "findings that nobody could be told kept the site");
    for (arguments, made) in [(&["build"][..], "public/index.html"), (&["theme", "eject"], "templates/tags.html")] {
        let here = folder(&TALKATIVE);
        let mut program = command(here.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop((program.stdout.take(), program.stderr.take()));
        assert_eq!(program.wait().expect("it ends").code(), Some(0), "{arguments:?}");
        assert!(here.path().join(made).exists(), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_is_quiet_in_every_command() {
    for arguments in SAYING {
        let here = folder(&TALKATIVE);
        let mut program = command(here.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(program.stdout.take());
        let output = program.wait_with_output().expect("it ends");
        let told = String::from_utf8(output.stderr).expect("it speaks UTF-8");
        let code = i32::from(arguments[0] == "check" && !arguments.contains(&"--fix"));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(!told.contains("panicked") && !told.contains("error:"), "{arguments:?}: {told}");
    }
}

/// What is offered behind a line, as each shell but Bash asks for it.
fn offered(shell: &str, site: &Path, words: &[&str]) -> String {
    let last = (words.len() - 1).to_string();
    let asked = command(site)
        .env("BOKWORM_COMPLETE", shell)
        .env("_CLAP_COMPLETE_INDEX", last)
        .arg("--")
        .args(words)
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&asked.stderr), "", "{shell} {words:?}");
    String::from_utf8(asked.stdout).expect("UTF-8")
}

/// A project that has a bit of all that can be offered.
fn site_to_complete() -> tempfile::TempDir {
    folder(&[
        ("book.toml", "[relations.mitigates]\ninverse = \"Mitigated by\"\n[books.handbook]\nsite = \"a.json\"\n"),
        ("content/index.md", "# Home\n"),
        ("content/Model/Level 1.md", "---\ntags: [Developer (Role), Legal Risk]\nstatus: Draft\n---\n"),
        ("content/Model/Level-2.md", "---\ntags: [Director (Role)]\nstatus: Done\nmitigates: index\n---\n"),
    ])
}

#[test]
fn every_shell_is_offered_every_command_and_what_the_project_has() {
    let here = site_to_complete();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = bokworm(here.path(), &["completions", shell]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""));
        assert!(ran.stdout.contains("BOKWORM_COMPLETE"), "{shell}: {}", ran.stdout);
    }
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        let commands = offered(shell, here.path(), &["bokworm", ""]);
        for (name, _) in COMMANDS {
            assert!(commands.contains(name), "{shell} lacks {name}: {commands}");
        }
        assert!(offered(shell, here.path(), &["bokworm", "build", "--base"]).contains("--base-url"));
        let tags = offered(shell, here.path(), &["bokworm", "tags", "rename", "De"]);
        assert!(tags.contains("Developer (Role)") && !tags.contains("Director"), "{shell}: {tags}");
    }
    let unknown = command(here.path()).env("BOKWORM_COMPLETE", "tcsh").args(["--", "bokworm", ""]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn bash_completes_names_as_they_have_to_be_written() {
    let here = site_to_complete();
    let program = Path::new(env!("CARGO_BIN_EXE_bokworm")).parent().unwrap().to_str().unwrap().to_owned();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
    // As readline calls it, and what it is left with, each in a line of its own.
    let ask = r#"source <(bokworm completions bash); COMP_LINE=$1; COMP_POINT=${#COMP_LINE}
        compopt() { echo "no space"; }; _complete_bokworm; printf '%s\n' "${COMPREPLY[@]}""#;
    for (line, expected) in [
        ("bokworm lin", "lint\nlinks\n"),
        ("bokworm tags rename De", "Developer\\ \\(Role\\)\n"),
        ("bokworm tags rename \"L", "Legal Risk\n"),
        ("bokworm links content/Model/", "content/Model/Level\\ 1.md\ncontent/Model/Level-2.md\n"),
        ("bokworm links /Model/Level-", "/Model/Level-2\n"),
        ("bokworm query in:", "Model\n"),
        ("bokworm query 'tag:\"De", "tag:\"Developer (Role)\"\n"),
        ("bokworm query 'in:Model and not mitigates", "no space\nin:Model and not mitigates:\n"),
        ("bokworm query status=D", "Done\nDraft\n"),
        ("bokworm query --sort title,-sta", "title,-status\n"),
        ("bokworm matrix --rows ki", "kind:Role\n"),
        ("bokworm explain unused-de", "unused-definition\n"),
        ("bokworm check --severity dead-l", "no space\ndead-link=\n"),
        ("bokworm mv tag:Leg", "Legal\\ Risk\n"),
        ("bokworm theme eject parts/sid", "parts/sidebar.html\n"),
        ("bokworm query --language ", "en\n"),
        ("bokworm books update ha", "handbook\n"),
    ] {
        let asked = std::process::Command::new("bash")
            .args(["-c", ask, "bash", line])
            .current_dir(here.path())
            .env("PATH", &path)
            .env("COMP_WORDBREAKS", " \t\n\"'><=;|&(:")
            .output()
            .expect("bash starts");
        assert_eq!(
            String::from_utf8_lossy(&asked.stdout),
            expected,
            "{line}: {}",
            String::from_utf8_lossy(&asked.stderr)
        );
    }
    // In no project there is nothing to offer, and nothing to say.
    let nowhere = folder(&[]);
    assert_eq!(offered("fish", nowhere.path(), &["bokworm", "tags", "rename", "D"]), "");
    let elsewhere = here.path().to_str().unwrap();
    assert!(
        offered("fish", nowhere.path(), &["bokworm", "-C", elsewhere, "tags", "rename", "De"]).contains("Developer")
    );
}

#[test]
fn mistakes_in_the_configuration_are_told_and_nothing_is_published() {
    let here = folder(&[("book.toml", "[site]\ntitel = \"x\"\nurl = 1\n"), ("content/a.md", "")]);
    let ran = bokworm(here.path(), &["build"]);
    assert_eq!((ran.code, &*ran.stdout), (1, ""));
    assert_eq!(
        ran.stderr,
        "book.toml:2:1: error: `titel` is not a key of [site]; did you mean `title`?\n\
         book.toml:3:7: error: `site.url` wants a text in quotes, not a number\n"
    );
    assert!(!here.path().join("public").exists());
}

/// Checks a value against the schema by its own rules, not by those of our parser.
fn violations(root: &Value, node: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = node["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a reference leads somewhere");
        return violations(root, target, value, at);
    }
    let words: Vec<&Value> = match (&node["enum"], &node["oneOf"]) {
        (Value::Array(words), _) => words.iter().collect(),
        (_, Value::Array(choices)) => choices.iter().map(|choice| &choice["const"]).collect(),
        _ => vec![],
    };
    if !words.is_empty() {
        return if words.contains(&value) { vec![] } else { vec![format!("{at} is {value}")] };
    }
    match (node["type"].as_str().expect("every node has a type"), value) {
        ("string", Value::String(_)) | ("boolean", Value::Bool(_)) | ("integer", Value::Number(_)) => vec![],
        ("array", Value::Array(items)) => {
            items.iter().flat_map(|item| violations(root, &node["items"], item, at)).collect()
        }
        ("object", Value::Object(entries)) => {
            let required = node["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing = required.filter(|key| !entries.contains_key(*key)).map(|key| format!("{at} lacks {key}"));
            let inner = entries.iter().flat_map(|(key, value)| {
                match node["properties"].get(key).or(node.get("additionalProperties").filter(|any| any.is_object())) {
                    Some(node) => violations(root, node, value, &format!("{at}.{key}")),
                    None => vec![format!("{at} knows no {key}")],
                }
            });
            missing.chain(inner).collect()
        }
        (wanted, _) => vec![format!("{at} is no {wanted}")],
    }
}

#[test]
fn the_schema_accepts_what_the_program_accepts() {
    let here = folder(&[]);
    let schema: Value = serde_json::from_str(&bokworm(here.path(), &["schema"]).stdout).expect("JSON");
    assert_eq!(schema["title"], "book.toml");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/finos-osr/book.toml");
    bokworm(here.path(), &["init"]);
    for file in [example, here.path().join("book.toml")] {
        let text = std::fs::read_to_string(&file).expect("it is there");
        let (_, findings) = config::parse(&SourcePath::new(Root::Project, "book.toml"), &text);
        assert_eq!(findings, [], "{}", file.display());
        let value: Value = toml::from_str(&text).expect("TOML");
        assert_eq!(violations(&schema, &schema, &value, "book.toml"), [""; 0], "{}", file.display());
    }
    let wrong = serde_json::json!({ "site": { "titel": 1, "authors": [1] }, "navbar": { "items": [{}] } });
    assert_eq!(violations(&schema, &schema, &wrong, "book.toml").len(), 4);
}

#[test]
fn the_schema_explains_every_key() {
    fn unexplained(node: &Value, at: &str, found: &mut Vec<String>) {
        for (key, value) in node["properties"].as_object().into_iter().flatten() {
            if !value["description"].is_string() {
                found.push(format!("{at}.{key}"));
            }
        }
        for (name, definition) in node["$defs"].as_object().into_iter().flatten() {
            unexplained(definition, name, found);
        }
    }
    let mut found = vec![];
    unexplained(&config::schema(), "book.toml", &mut found);
    assert_eq!(found, [""; 0]);
}

fn pages(source: &str) -> Overrides {
    Overrides { source: Some(source.into()), ..Overrides::default() }
}

#[test]
fn the_nearest_book_above_is_the_project() {
    let here = folder(&[
        ("book.toml", ""),
        ("site/book.toml", "[folders]\nsource = \"pages\"\nstatic = \"../files\"\n"),
        ("site/pages/deep/down/a.md", ""),
        ("files/a.txt", ""),
    ]);
    let site = here.path().join("site");
    let project = project::open(&site.join("pages/deep/down"), &Overrides::default());
    let project = project.expect("it is found");
    assert_eq!(project.root, site);
    assert_eq!(project.source_dir, site.join("pages"));
    assert_eq!(project.static_dir, Some(site.join("../files")));
    assert_eq!(project.templates_dir, None);
    assert_eq!(project.out_dir, site.join("public"));
    assert_eq!(project.cache_dir, Some(site.join(".bokworm/cache")));
    assert_eq!(project.locate(&SourcePath::content("a.md")), Some(site.join("pages/a.md")));
}

#[test]
fn what_the_command_line_names_is_relative_to_where_it_runs() {
    let here =
        folder(&[("deep/book.toml", "[site]\nurl = \"https://example.org\"\n"), ("docs/a.md", ""), ("files/a", "")]);
    let overrides = Overrides {
        config: Some("deep/book.toml".into()),
        source: Some("docs".into()),
        static_files: Some("files".into()),
        out: Some("site".into()),
        base_url: Some("https://preview.example.org/pull/7".into()),
        shared_cache: None,
        cache: Some("kept".into()),
        today: Some("2026-01-31".into()),
    };
    let project = project::open(here.path(), &overrides).expect("it is found");
    assert_eq!(project.root, here.path().join("deep"));
    assert_eq!(project.source_dir, here.path().join("docs"));
    assert_eq!(project.static_dir, Some(here.path().join("files")));
    assert_eq!(project.out_dir, here.path().join("site"));
    assert_eq!(project.cache_dir, Some(here.path().join("kept")));
    assert_eq!(project.config.site.url, "https://preview.example.org");
    assert_eq!(project.config.site.base_path, "/pull/7/");
    assert_eq!(project.today.to_string(), "2026-01-31");
    let someday = Overrides { today: Some("someday".into()), ..overrides.clone() };
    let error = project::open(here.path(), &someday).expect_err("it is no day").to_string();
    assert_eq!(error, "`--today someday` is no day: write one like 2026-01-31");
    let overrides = Overrides { base_url: Some("/pull/8".into()), ..overrides };
    let project = project::open(here.path(), &overrides).expect("it is found");
    assert_eq!(project.config.site.url, "https://example.org");
    assert_eq!(project.config.site.base_path, "/pull/8/");
}

#[test]
fn any_folder_of_pages_is_a_project_of_only_what_is_named() {
    let here = folder(&[("my-book/docs/a.md", ""), ("static/a", ""), ("templates/a.html", "")]);
    let project = project::open(here.path(), &pages("my-book/docs")).expect("it is found");
    assert_eq!(project.config.site.title, "My book");
    assert_eq!((project.static_dir, project.templates_dir, project.cache_dir), (None, None, None));
    assert_eq!(project.out_dir, here.path().join("public"));
    assert_eq!(project.config_path, None);
    let project = project::open(&here.path().join("my-book"), &pages("./docs"));
    assert_eq!(project.expect("it is found").config.site.title, "My book");
}

#[test]
fn who_names_the_folder_of_the_pages_wrongly_is_told_what_of_it_was_not_understood() {
    let here = folder(&[
        ("book.toml", "[build]\nsource = \"docs\"\n\n[folders]\nsourc = \"docs\"\n"),
        ("docs/index.md", "# A\n"),
    ]);
    assert_eq!(
        bokworm(here.path(), &["check"]).stderr,
        "error: the folder of the pages, `[here]/content`, does not exist\n\
         help: make it, or say below `[folders]` in `book.toml` which folder the pages are in: `source = \"docs\"`\n\
         book.toml:1:2: book.toml has no table [build]\n\
         book.toml:5:1: `sourc` is not a key of [folders]; did you mean `source`?\n"
    );
}

#[test]
fn a_folder_that_is_laid_out_like_a_project_keeps_its_ledger_beside_the_pages() {
    let here = folder(&[("content/index.md", "# A\n"), ("content/old.md", "# Old\n")]);
    let ran = bokworm(here.path(), &["ledger", "init"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("`addresses.lock` has "), "{}", ran.stdout);
    assert!(here.path().join("addresses.lock").exists() && !here.path().join("content/addresses.lock").exists());
    // The next build reads it: an address that is gone is told.
    std::fs::rename(here.path().join("content/old.md"), here.path().join("content/new.md")).unwrap();
    let told = bokworm(here.path(), &["check"]).stdout;
    assert!(told.contains("lost-address") && told.contains("addresses.lock"), "{told}");
}

#[test]
fn a_folder_that_is_named_but_missing_is_told() {
    let here = folder(&[("book.toml", "[folders]\nstatic = \"statc\"\n"), ("content/a.md", ""), ("file", "")]);
    let told = |arguments: &[&str]| {
        let ran = bokworm(here.path(), &[&["build"], arguments].concat());
        assert_eq!(ran.code, 2);
        ran.stderr
    };
    assert_eq!(told(&[]), "error: the folder of static files, `[here]/statc`, does not exist\n");
    assert_eq!(told(&["--source", "x"]), "error: the folder of the pages, `[here]/x`, does not exist\n");
    assert_eq!(told(&["--static", "file"]), "error: the folder of static files, `[here]/file`, is not a folder\n");
    assert!(told(&["--config", "other.toml"]).starts_with("error: `[here]/other.toml` can't be read: No such file"));
    assert!(
        told(&["--static", ".", "--base-url", "ftp://x"])
            .starts_with("error: `--base-url` does not begin with `https://`")
    );
}
