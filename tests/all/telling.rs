//! How the program tells what it has to say: in colours or not, with more or less of it, from where its reader stands, by
//! variables in place of options, and to those who know other tools.

use std::path::Path;
use std::process::Output;

use crate::program::{Ran, bokworm, command, folder, read};

const SITE: [(&str, &str); 3] = [
    ("book.toml", "[site]\ntitle = \"Handbook\"\n"),
    ("content/index.md", "---\ntitle: Home\ntags: [Guide (Kind), Other]\n---\n\n[Nowhere](nowhere)\n"),
    ("content/roles/lead.md", "---\ntitle: Lead\ntags: [Guide (Kind)]\n---\n\n[Nor there](nor-there)\n"),
];

/// Variables that would say something in place of the options of a test.
const SILENT: [&str; 5] = ["CLICOLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"];

fn with(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut program = command(folder);
    for name in SILENT {
        program.env_remove(name);
    }
    program.envs(variables.iter().copied()).args(arguments).output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8")
}

#[test]
fn colours_are_where_they_are_asked_for() {
    let here = folder(&SITE);
    let coloured = |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = with(here.path(), variables, arguments);
        let all = text(&output.stdout) + &text(&output.stderr);
        assert!(all.len() > 50, "{arguments:?}: {all}");
        all.contains('\u{1b}')
    };
    for what in [&["check"][..], &["build"], &["--help"], &["build", "--today", "never"], &["bild"]] {
        let and = |option: &[&'static str]| [what, option].concat();
        assert!(!coloured(&[], what), "{what:?}");
        assert!(coloured(&[], &and(&["--color", "always"])), "{what:?}");
        assert!(coloured(&[("NO_COLOR", "1")], &and(&["--color=always"])), "{what:?}");
        assert!(coloured(&[("CLICOLOR_FORCE", "1")], what), "{what:?}");
        assert!(coloured(&[("BOKWORM_COLOR", "always")], what), "{what:?}");
        assert!(!coloured(&[("BOKWORM_COLOR", "always")], &and(&["--color", "never"])), "{what:?}");
        assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], what), "{what:?}");
        assert!(!coloured(&[("CLICOLOR_FORCE", "0")], what), "{what:?}");
    }
    // Addresses to be clicked are for a terminal alone.
    let output = with(here.path(), &[], &["check", "--color", "always"]);
    assert!(!text(&output.stdout).contains("\u{1b}]8;"));
}

#[test]
fn variables_stand_in_place_of_options_and_empty_ones_say_nothing() {
    let here = folder(&SITE);
    let code = |variables: &[(&str, &str)], arguments: &[&str]| {
        with(here.path(), variables, arguments).status.code().expect("it ends by itself")
    };
    let cache = [("BOKWORM_OUT", "elsewhere"), ("BOKWORM_CACHE", "kept"), ("BOKWORM_BASE_URL", "https://a.example/b/")];
    assert_eq!(code(&cache, &["build"]), 0);
    assert!(here.path().join("kept").is_dir() && !here.path().join(".bokworm/cache").exists());
    assert!(read(here.path(), "elsewhere/sitemap.xml").contains("https://a.example/b/"));
    assert_eq!(code(&cache, &["build", "--out", "said"]), 0, "what is said goes before");
    assert!(here.path().join("said/index.html").exists());
    for strict in ["1", "true", "yes"] {
        assert_eq!(code(&[("BOKWORM_STRICT", strict)], &["build"]), 1, "{strict}");
    }
    for lenient in ["0", "false", "no", ""] {
        assert_eq!(code(&[("BOKWORM_STRICT", lenient)], &["build"]), 0, "{lenient}");
    }
    assert_eq!(code(&[("BOKWORM_TODAY", "never")], &["query"]), 2);
    let empty = ["CONFIG", "SOURCE", "STATIC", "TODAY", "OUT", "BASE_URL", "CACHE", "DRAFTS", "LOCKED", "COLOR"];
    let empty: Vec<(String, &str)> = empty.iter().map(|name| (format!("BOKWORM_{name}"), "")).collect();
    let empty: Vec<(&str, &str)> = empty.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(code(&empty, &["build"]), 0);
    assert!(here.path().join("public/index.html").exists());
    let help = bokworm(here.path(), &["build", "--help"]).stdout;
    for (name, _) in empty {
        assert!(help.contains(name), "{name} isn't in {help}");
    }
}

#[test]
fn whoever_wants_to_know_is_told_what_was_read_and_from_where() {
    let here = folder(&SITE);
    let output = with(&here.path().join("content"), &[("BOKWORM_OUT", "../site")], &["-v", "build"]);
    let told = text(&output.stderr);
    for line in [
        "verbose: the environment says BOKWORM_OUT=../site\n",
        "verbose: the configuration is `../book.toml`, the nearest",
        "verbose: pages: `.`\n",
        "verbose: static files: nowhere\n",
        "verbose: the cache: `../.bokworm/cache`\n",
        "verbose: 2 pages, 0 other files and 0 templates were read\n",
        " to be made; all others would come out as they are\n",
    ] {
        assert!(told.contains(line), "`{line}` isn't in {told}");
    }
    let again = text(&with(here.path(), &[("BOKWORM_OUT", "site")], &["build", "--verbose"]).stderr);
    assert!(again.contains("verbose: 0 files to be made"), "{again}");
    for arguments in [&["query", "-v"][..], &["-v", "check"], &["tags", "-v"], &["-v", "links", "index.md"]] {
        let output = with(here.path(), &[], arguments);
        assert!(text(&output.stderr).contains("verbose: 2 pages"), "{arguments:?}");
        assert!(!text(&output.stdout).contains("verbose: "), "{arguments:?}");
    }
    assert!(!bokworm(here.path(), &["check"]).stderr.contains("verbose"));
}

#[test]
fn findings_name_their_files_from_where_their_reader_stands() {
    let here = folder(&SITE);
    let roles = here.path().join("content/roles");
    let check = with(&roles, &[], &["check"]);
    assert!(text(&check.stdout).contains("--> lead.md:6:") && text(&check.stdout).contains("--> ../index.md:6:"));
    let build = with(&roles, &[], &["build"]);
    assert!(text(&build.stderr).contains("--> lead.md:6:") && text(&build.stderr).contains("--> ../index.md:6:"));
    assert!(text(&build.stdout).contains("to `../../public`"), "{}", text(&build.stdout));
    let json = text(&with(&roles, &[], &["check", "--format", "json"]).stdout);
    assert!(json.contains("\"path\":\"../index.md\""), "{json}");
    let elsewhere = with(&roles, &[], &["-C", "../..", "check"]);
    assert!(text(&elsewhere.stdout).contains("--> lead.md:6:"), "{}", text(&elsewhere.stdout));
    std::fs::write(here.path().join("book.toml"), "[site]\ntitel = \"x\"\n").unwrap();
    let mistaken = text(&with(&roles, &[], &["build"]).stderr);
    assert!(mistaken.starts_with("../../book.toml:2:1: error: "), "{mistaken}");
    // Git takes what `--fix` would do, from the project's own folder.
    std::fs::write(here.path().join("content/roles/lead.md"), "# A\r\nb\n").unwrap();
    let diff = text(&with(&roles, &[], &["check", "--fix", "--dry-run"]).stdout);
    assert!(!diff.contains(".."), "{diff}");
}

#[test]
fn the_version_says_how_the_program_was_built() {
    let here = folder(&[]);
    let plain = bokworm(here.path(), &["--version"]).stdout;
    assert_eq!(plain, format!("bokworm {}\n", env!("CARGO_PKG_VERSION")));
    for arguments in [&["--version", "--verbose"][..], &["-v", "-V"], &["-vV"], &["--verbose", "-V"]] {
        let ran = bokworm(here.path(), arguments);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{arguments:?}");
        let lines: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!(lines[0], plain.trim_end());
        let names: Vec<&str> = lines[1..].iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        assert_eq!(names, ["commit", "target", "profile", "features"]);
        assert!(lines[2].contains('-') && lines.iter().all(|line| !line.ends_with(": ")), "{lines:?}");
    }
}

#[test]
fn words_of_other_tools_are_understood_or_pointed_at() {
    let here = folder(&SITE);
    for (other, ours) in [
        ("dev", "serve"),
        ("preview", "serve"),
        ("start", "serve"),
        ("server", "serve"),
        ("watch", "serve"),
        ("lint", "check"),
        ("generate", "build"),
    ] {
        let help = bokworm(here.path(), &[other, "--help"]);
        assert_eq!((help.code, help.stdout), (0, bokworm(here.path(), &[ours, "--help"]).stdout), "{other}");
    }
    for (arguments, tip) in [
        (&["create", "handbook"][..], "`bokworm init DIR`"),
        (&["new", "site", "handbook"], "`bokworm init DIR`"),
        (&["test"], "`bokworm check`"),
        (&["list"], "`bokworm query`"),
        (&["swizzle"], "`bokworm theme eject FILE`"),
        (&["clean"], "nothing has to be cleaned"),
    ] {
        let Ran { code, stdout, stderr } = bokworm(here.path(), arguments);
        assert_eq!((code, &*stdout), (2, ""), "{arguments:?}");
        assert!(stderr.contains(&format!("tip: {tip}")) && stderr.contains("--help"), "{arguments:?}: {stderr}");
        assert_eq!(stderr.matches("tip: ").count(), 1, "{stderr}");
    }
    assert_eq!(bokworm(here.path(), &["new", "site"]).code, 0, "a page may be called so");
}

#[test]
fn tags_are_listed_for_programs() {
    let here = folder(&SITE);
    let ran = bokworm(here.path(), &["tags", "--format", "json"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let one = "{\"tag\":\"Guide (Kind)\",\"kind\":\"Kind\",\"pages\":2,\"address\":\"/tags/guide-kind\"}\n";
    let other = "{\"tag\":\"Other\",\"kind\":\"\",\"pages\":1,\"address\":\"/tags/other\"}\n";
    assert_eq!(ran.stdout, format!("{one}{other}"));
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let here = folder(&[]);
    let ran = bokworm(here.path(), &["man", "share/man1"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let names = crate::program::files(&here.path().join("share/man1"));
    assert_eq!(ran.stdout, format!("{} pages written to `share/man1`\n", names.len()));
    for name in ["bokworm.1", "bokworm-build.1", "bokworm-tags-rename.1", "bokworm-man.1"] {
        assert!(names.iter().any(|written| written == name), "{name} isn't among {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("help")), "{names:?}");
    let page = read(here.path(), "share/man1/bokworm-build.1");
    for said in ["Publish the site", "base\\-url", "BOKWORM_BASE_URL", "bokworm build \\-\\-source docs"] {
        assert!(page.contains(said), "`{said}` isn't in {page}");
    }
    assert_eq!(bokworm(here.path(), &["man", "share/man1"]).code, 0, "newer pages replace older ones");
}

#[test]
fn a_workflow_of_github_gets_a_summary() {
    let here = folder(&SITE);
    let summary = here.path().join("summary.md");
    let root = here.path().display().to_string();
    let variables =
        [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()), ("GITHUB_WORKSPACE", &root)];
    let silent = [("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    with(here.path(), &silent, &["build"]);
    assert!(!summary.exists(), "nobody's workflow is nobody's business");
    with(&here.path().join("content"), &variables, &["build", "--quiet"]);
    with(&here.path().join("content"), &variables, &["build", "--strict"]);
    with(&here.path().join("content"), &variables, &["check", "--format", "github"]);
    let told = std::fs::read_to_string(&summary).unwrap();
    let headings: Vec<&str> = told.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["### bokworm build", "### bokworm build", "### bokworm check"]);
    for said in ["\nPublished 2 pages", "\nNot published because of warnings", "\n2 pages checked.\n", "2 warnings"] {
        assert!(told.contains(said), "`{said}` isn't in {told}");
    }
    assert_eq!(told.matches("| warning | content/roles/lead.md:6 | ").count(), 3, "{told}");
    // A summary that can't be written is told, and keeps nothing from being published.
    let nowhere = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "nowhere/at/all.md")];
    let output = with(here.path(), &nowhere, &["build"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("warning: the summary of the step can't be written"));
}
