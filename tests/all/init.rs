//! `bokworm init`: a project that is complete or not there at all.

use crate::program::{bokworm, files, folder, read};
use bokworm::config;
use bokworm::source::{Root, SourcePath};
use snapbox::{assert_data_eq, str};

const FILES: [&str; 10] = [
    ".gitignore",
    "book.schema.json",
    "book.toml",
    "content/index.md",
    "content/practices/Keep-a-Glossary.md",
    "content/practices/Write-Decisions-Down.md",
    "content/practices/index.md",
    "content/roles/Lead.md",
    "content/roles/_category_.yml",
    "static/img/mark.svg",
];

#[test]
fn a_project_is_made_in_a_new_folder() {
    let here = folder(&[]);
    let ran = bokworm(here.path(), &["init", "open-source_handbook"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert_data_eq!(
        ran.stdout,
        str![[r#"
made book.toml
made book.schema.json
made content/index.md
made content/practices/index.md
made content/practices/Write-Decisions-Down.md
made content/practices/Keep-a-Glossary.md
made content/roles/_category_.yml
made content/roles/Lead.md
made static/img/mark.svg
made .gitignore

Now build it: cd open-source_handbook && bokworm build

"#]]
    );
    assert_eq!(files(&here.path().join("open-source_handbook")), FILES);
    assert!(read(here.path(), "open-source_handbook/book.toml").contains("\ntitle = \"Open source handbook\"\n"));
}

#[test]
fn its_configuration_has_no_mistake_and_neither_have_the_options_in_its_comments() {
    let here = folder(&[]);
    bokworm(here.path(), &["init"]);
    let text = read(here.path(), "book.toml");
    assert!(text.starts_with("#:schema ./book.schema.json\n"));
    let option = |line: &str| {
        let rest = line.strip_prefix("# ").unwrap_or_default();
        let key = rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        if key || rest.starts_with('[') { rest.to_owned() } else { line.to_owned() }
    };
    let every_option: String = text.lines().map(|line| option(line) + "\n").collect();
    assert!(every_option.contains("\nbase_path = ") && every_option.contains("\n[[footer.columns]]"));
    for text in [text, every_option] {
        let (_, findings) = config::parse(&SourcePath::new(Root::Project, "book.toml"), &text);
        assert_eq!(findings, [], "{text}");
    }
}

#[test]
fn its_schema_is_the_one_that_the_program_prints() {
    let here = folder(&[]);
    bokworm(here.path(), &["init"]);
    assert_eq!(read(here.path(), "book.schema.json"), bokworm(here.path(), &["schema"]).stdout);
}

#[test]
fn a_second_time_changes_nothing() {
    let here = folder(&[]);
    bokworm(here.path(), &["init"]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(ran.stdout.starts_with("left book.toml, which was there\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("made"), "{}", ran.stdout);
    assert_eq!(files(here.path()), FILES);
}

#[test]
fn files_of_somebody_elses_are_no_hindrance() {
    let here = folder(&[("README.md", "mine"), ("content/mine.md", "mine"), ("static/a.txt", "mine")]);
    assert_eq!(bokworm(here.path(), &["init", "--demo"]).code, 0);
    assert_eq!(files(here.path()).len(), FILES.len() + 3);
    assert_eq!(read(here.path(), "content/mine.md"), "mine");
}

#[test]
fn what_was_taken_away_is_made_again() {
    let here = folder(&[]);
    bokworm(here.path(), &["init"]);
    std::fs::remove_dir_all(here.path().join("content")).expect("it was made");
    let ran = bokworm(here.path(), &["init"]);
    assert!(ran.stdout.contains("left book.toml") && ran.stdout.contains("made content/index.md"), "{}", ran.stdout);
}

#[test]
fn where_a_file_says_something_else_nothing_is_written() {
    let here = folder(&[("book.toml", "mine"), ("content/roles/Lead.md", "mine")]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!((ran.code, &*ran.stdout), (2, ""));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error: nothing was written, because these exist already and are not what `init` would write: `book.toml`, `content/roles/Lead.md`
help: name another folder, as in `bokworm init handbook`

"#]]
    );
    assert_eq!(files(here.path()), ["book.toml", "content/roles/Lead.md"]);
    assert_eq!(read(here.path(), "book.toml"), "mine");
}

#[test]
fn where_a_file_stands_in_the_place_of_a_folder_nothing_is_written() {
    let here = folder(&[("content", "mine"), ("file", "mine")]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("would write: `content`\n"), "{}", ran.stderr);
    let ran = bokworm(here.path(), &["init", "file"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("would write: `./file`\n"), "{}", ran.stderr);
    assert_eq!(files(here.path()), ["content", "file"]);
}

#[test]
fn a_gitignore_that_is_there_is_left_with_a_word_about_it() {
    let here = folder(&[(".gitignore", "target\n")]);
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("left .gitignore, which was there\nAdd /public/ and /.bokworm/ to .gitignore"));
    assert_eq!(read(here.path(), ".gitignore"), "target\n");
}

#[cfg(unix)]
#[test]
fn when_the_disk_is_full_halfway_nothing_is_left_behind() {
    let here = folder(&[("a/static/mine.txt", "mine")]);
    // No file may grow past a few kilobytes, and the schema is larger.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{}' init a", env!("CARGO_BIN_EXE_bokworm"));
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(here.path()).output();
    let output = output.expect("there is a shell");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("error: nothing was written: `./a/book.schema.json` can't be written: "), "{stderr}");
    assert_eq!(files(here.path()), ["a/static/mine.txt"]);
    assert!(!here.path().join("a/content").exists());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_counts_as_there() {
    let here = folder(&[]);
    std::os::unix::fs::symlink("nowhere", here.path().join("book.toml")).expect("a link can be made");
    let ran = bokworm(here.path(), &["init"]);
    assert_eq!(ran.code, 2);
    assert_eq!(files(here.path()), ["book.toml"]);
}

#[test]
fn a_folder_with_a_hostile_name_gives_a_sound_configuration() {
    for name in ["a \"b\" \\ 'c'", "--x", "日本", "]]"] {
        let here = folder(&[]);
        let ran = bokworm(here.path(), &["init", "--", name]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let text = read(&here.path().join(name), "book.toml");
        let (config, findings) = config::parse(&SourcePath::new(Root::Project, "book.toml"), &text);
        assert_eq!(findings, []);
        assert!(!config.site.title.is_empty());
    }
}
