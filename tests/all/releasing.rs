//! How a version is released: the script that prepares it, what is packed, and what the action that installs it does.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use crate::program::runner::{Runner, jobs, parsed, permissions, sound, steps};
use crate::program::{files, folder, git, read};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Two crates as ours are, without what they need.
const WORKSPACE: [(&str, &str); 6] = [
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.package]\nversion = \"0.1.0\"\nlicense = \"Apache-2.0\"\n\
         # repository: not published yet.\n\n\
         [package]\nname = \"bokworm\"\nversion.workspace = true\n# repository.workspace\n\n\
         [dependencies]\nbokworm-highlight = { path = \"crates/highlight\", version = \"0.1.0\" }\n",
    ),
    ("src/lib.rs", ""),
    (
        "crates/highlight/Cargo.toml",
        "[package]\nname = \"bokworm-highlight\"\nversion.workspace = true\n# repository.workspace\n",
    ),
    ("crates/highlight/src/lib.rs", ""),
    ("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n### Added\n\n- News.\n\n## 0.1.0 – 2026-01-01\n\n- Old.\n"),
    (".gitignore", "/target\n"),
];

/// Runs the script of a workspace: its exit code, and what it said.
fn release(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    std::fs::create_dir_all(folder.join(".ci")).unwrap();
    std::fs::copy(Path::new(ROOT).join(".ci/release"), folder.join(".ci/release")).unwrap();
    let mut script = Command::new("bash");
    script.arg(folder.join(".ci/release")).args(arguments);
    for name in ["GITHUB_REPOSITORY", "GITHUB_REF_TYPE", "GITHUB_REF_NAME", "GITHUB_SERVER_URL"] {
        script.env_remove(name);
    }
    let author = [("GIT_COMMITTER_NAME", "Test Author"), ("GIT_COMMITTER_EMAIL", "author@example.org")];
    let output = script.envs(author).envs(variables.iter().copied()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap(), told)
}

#[test]
fn a_version_is_set_checked_and_tagged() {
    let here = folder(&WORKSPACE);
    let at = here.path();
    git::git(at, &["init", "-q"]);
    let (code, told) = release(at, &[], &["set", "0.2.0", "2026-02-03"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(read(at, "Cargo.toml").matches("\"0.2.0\"").count(), 2);
    assert_eq!(read(at, "Cargo.lock").matches("\nversion = \"0.2.0\"").count(), 2);
    assert!(read(at, "CHANGELOG.md").contains("\n## 0.2.0 – 2026-02-03\n\n### Added\n\n- News.\n"));
    assert_eq!(release(at, &[], &["notes"]), (0, "\n### Added\n\n- News.\n\n".into()));
    let (code, told) = release(at, &[], &["check"]);
    assert_eq!(code, 1);
    assert!(told.contains("something isn't committed") && told.contains("where the source is published"), "{told}");
    git::commit(at, &[]);
    assert_eq!(release(at, &[], &["tag"]).0, 1, "where the source is has to be said");
    assert_eq!(release(at, &[], &["repository", "https://github.com/OWNER/bokworm"]).0, 2);
    assert_eq!(release(at, &[], &["repository", "https://git.example/me/bokworm"]), (0, String::new()));
    git::commit(at, &[]);
    assert_eq!(release(at, &[], &["check"]), (0, "0.2.0 is ready to be released.\n".into()));
    let server = [("GITHUB_SERVER_URL", "https://git.example"), ("GITHUB_REF_TYPE", "tag")];
    let on = |repository, tag| [&server[..], &[("GITHUB_REPOSITORY", repository), ("GITHUB_REF_NAME", tag)]].concat();
    assert_eq!(release(at, &on("me/bokworm", "v0.2.0"), &["check"]).0, 0);
    assert!(release(at, &on("me/fork", "v0.2.0"), &["check"]).1.contains("and not here"));
    assert!(release(at, &on("me/bokworm", "v0.3.0"), &["check"]).1.contains("and not v0.2.0"));
    assert_eq!(release(at, &[], &["tag"]).0, 0);
    assert!(git::git(at, &["tag", "-n9", "--list", "v0.2.0"]).contains("- News."));
    assert_ne!(release(at, &[], &["tag"]).0, 0, "a version is released once");
}

#[test]
fn what_isnt_ready_is_not_tagged() {
    let here = folder(&WORKSPACE);
    let at = here.path();
    git::git(at, &["init", "-q"]);
    assert_eq!(release(at, &[], &["set", "2"]).0, 2);
    release(at, &[], &["set", "0.2.0"]);
    git::commit(at, &[]);
    assert_eq!(release(at, &[], &["tag", "--unpublished"]).0, 0, "for those who release nowhere yet");
    for (file, old, new, fault) in [
        ("Cargo.lock", "version = \"0.2.0\"", "version = \"0.1.0\"", "Cargo.lock has another version"),
        ("Cargo.toml", "highlight\", version = \"0.2.0\"", "highlight\", version = \"0.1.0\"", "asks for another"),
        ("CHANGELOG.md", "## 0.1.0 – ", "## Unreleased\n\n- More.\n\n## 0.1.0 – ", "belong to no version"),
        ("CHANGELOG.md", "## 0.2.0 – ", "## 0.2.0 of ", "no heading"),
        ("CHANGELOG.md", "### Added\n\n- News.\n", "", "says nothing of 0.2.0"),
    ] {
        let was = read(at, file);
        std::fs::write(at.join(file), was.replace(old, new)).unwrap();
        let (code, told) = release(at, &[], &["check"]);
        assert!(code == 1 && told.contains(fault), "{fault}: {told}");
        std::fs::write(at.join(file), was).unwrap();
    }
    std::fs::write(at.join("CHANGELOG.md"), "## Unreleased\n\n## 0.2.0 – 2026-01-01\n").unwrap();
    assert_eq!(release(at, &[], &["set", "0.2.0"]).0, 1, "news of two places aren't mixed");
}

#[test]
fn our_own_manifests_take_the_address_of_the_source() {
    let own = ["Cargo.toml", "crates/highlight/Cargo.toml"];
    let texts = own.map(|file| read(Path::new(ROOT), file));
    let here = folder(&[(own[0], &texts[0]), (own[1], &texts[1])]);
    let address = "https://git.example/me/bokworm";
    assert_eq!(release(here.path(), &[], &["repository", address]), (0, String::new()));
    let [program, highlight] = own.map(|file| read(here.path(), file).parse::<toml::Table>().unwrap());
    assert_eq!(program["workspace"]["package"]["repository"].as_str(), Some(address));
    for manifest in [&program, &highlight] {
        assert_eq!(manifest["package"]["repository"]["workspace"].as_bool(), Some(true));
    }
    assert!(!read(here.path(), "Cargo.toml").contains("not published yet"));
}

/// Packs the program under test as if it were for a target, where a server would have it.
fn released(site: &Path, target: &str) -> String {
    let downloads = site.join(format!("releases/download/v{VERSION}"));
    let packed = Command::new("bash")
        .arg(Path::new(ROOT).join(".ci/archive"))
        .args([target, env!("CARGO_BIN_EXE_bokworm")])
        .arg(&downloads)
        .output()
        .unwrap();
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let name = String::from_utf8(packed.stdout).unwrap().trim().to_owned();
    let digest = read(&downloads, &format!("{name}.sha256"));
    std::fs::write(downloads.join("SHA256SUMS"), digest).unwrap();
    name
}

#[test]
fn an_archive_has_all_that_belongs_to_the_program_and_the_action_installs_it() {
    let site = folder(&[]);
    let target = "x86_64-unknown-linux-musl";
    let archive = released(site.path(), target);
    assert_eq!(archive, format!("bokworm-{VERSION}-{target}.tar.gz"));
    let manifest = format!(
        "[workspace.package]\nversion = \"{VERSION}\"\nrepository = \"file://{}\"\n\n[package]\nversion = \"9\"\n",
        site.path().display()
    );
    let action = folder(&[("Cargo.toml", &manifest)]);
    let place = folder(&[]);
    let mut runner = Runner::at(place.path(), place.path(), &[]);
    let job = &parsed(&read(Path::new(ROOT), "action.yml"))["runs"];
    let at = action.path().to_str().unwrap();
    let install = |runner: &Runner, version| {
        runner.run(job, "Install bokworm", &[("inputs.version", version), ("github.action_path", at)])
    };
    runner
        .variables
        .extend([("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")].map(|(name, value)| (name.into(), value.into())));
    let (code, told) = install(&runner, "");
    assert_eq!(code, 0, "{told}");
    let installed = read(place.path(), "path").trim().to_owned();
    let ran = Command::new(Path::new(&installed).join("bokworm")).arg("--version").output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), format!("bokworm {VERSION}\n"));
    assert_eq!(read(place.path(), "output"), format!("version={VERSION}\n"));
    let packed = files(Path::new(&installed));
    for file in [
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "man/bokworm.1",
        "completions/bokworm.bash",
        "completions/bokworm.fish",
    ] {
        assert!(packed.iter().any(|name| name == file), "{file} isn't among {packed:?}");
    }
    let (code, told) = install(&runner, "9.9.9");
    assert!(code == 1 && told.contains("was bokworm 9.9.9 released?"), "{told}");
    // What isn't what was released, isn't unpacked.
    let file = site.path().join(format!("releases/download/v{VERSION}/{archive}"));
    std::fs::write(&file, "something else").unwrap();
    std::fs::remove_dir_all(&installed).unwrap();
    let (code, told) = install(&runner, VERSION);
    assert!(code != 0 && told.contains("FAILED") && !Path::new(&installed).exists(), "{told}");
    runner.variables.insert("RUNNER_OS".into(), "Plan9".into());
    assert!(install(&runner, "").1.contains("no released bokworm for Plan9"));
}

#[test]
fn what_was_built_is_tried_before_it_is_packed() {
    let here = folder(&[]);
    let place = folder(&[]);
    let target = "x86_64-unknown-linux-musl";
    let built = here.path().join("target").join(target).join("release");
    std::fs::create_dir_all(&built).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_bokworm"), built.join("bokworm")).unwrap();
    let mut runner = Runner::at(here.path(), place.path(), &[]);
    runner
        .variables
        .extend([("RUNNER_OS", "Linux"), ("TARGET", target)].map(|(name, value)| (name.into(), value.into())));
    let workflow = parsed(&read(Path::new(ROOT), ".github/workflows/release.yml"));
    let job = &workflow["jobs"]["build"];
    let (code, told) = runner.run(job, "Try it", &[]);
    assert!(code == 0 && told.contains("\ntarget: ") && told.contains("Published 5 pages"), "{told}");
    std::fs::remove_file(built.join("bokworm")).unwrap();
    assert_ne!(runner.run(job, "Try it", &[]).0, 0);
}

#[test]
fn all_speak_of_the_same_targets_and_archives() {
    let text = read(Path::new(ROOT), ".github/workflows/release.yml");
    sound(&text);
    assert!(!text.contains("secrets"));
    let workflow = parsed(&text);
    let may: Vec<_> = jobs(&workflow).map(|(name, job)| (name, permissions(job))).collect();
    let reads = ("contents", "read");
    assert_eq!(
        may,
        [
            ("check", vec![reads]),
            ("build", vec![reads]),
            ("release", vec![("contents", "write")]),
            ("container", vec![reads, ("packages", "write")])
        ]
    );
    let matrix = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].as_vec().unwrap();
    let targets: Vec<&str> = matrix.iter().map(|row| row["target"].as_str().unwrap()).collect();
    let action = read(Path::new(ROOT), "action.yml");
    assert!(targets.iter().all(|target| action.contains(&format!(") target={target} ;;"))), "{targets:?}");
    assert_eq!(action.matches(") target=").count(), targets.len());
    let manifest = read(Path::new(ROOT), "Cargo.toml").parse::<toml::Table>().unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let named = |value: &toml::Value| value["pkg-url"].as_str().unwrap().rsplit_once('/').unwrap().1.to_owned();
    assert_eq!(named(binstall), "bokworm-{ version }-{ target }.tar.gz");
    for (target, other) in binstall["overrides"].as_table().unwrap() {
        assert!(targets.contains(&target.as_str()) && named(other).ends_with("-{ target }.zip"), "{target}");
    }
}

#[test]
fn the_archives_are_released_with_their_digests_and_the_news() {
    let here = folder(&[]);
    let site = folder(&[]);
    let name = released(site.path(), "aarch64-apple-darwin");
    let packed = site.path().join(format!("releases/download/v{VERSION}"));
    std::fs::remove_file(packed.join("SHA256SUMS")).unwrap();
    std::fs::rename(packed, here.path().join("archives")).unwrap();
    std::fs::create_dir(here.path().join(".ci")).unwrap();
    std::fs::write(here.path().join(".ci/release"), "#!/bin/sh\necho news\n").unwrap();
    Command::new("chmod").arg("+x").arg(here.path().join(".ci/release")).status().unwrap();
    let place = folder(&[]);
    let gh = format!("for one in \"$@\"; do echo \"$one\"; done > {}/asked", place.path().display());
    let mut runner = Runner::at(here.path(), place.path(), &[("gh", &gh)]);
    runner.variables.insert("GITHUB_REF_NAME".into(), format!("v{VERSION}"));
    let workflow = parsed(&read(Path::new(ROOT), ".github/workflows/release.yml"));
    let job = &workflow["jobs"]["release"];
    assert!(steps(job).len() == 3);
    let (code, told) = runner.run(job, "Release", &[("github.token", "t")]);
    assert_eq!(code, 0, "{told}");
    let asked = read(place.path(), "asked");
    let files: Vec<&str> = asked.lines().filter(|line| line.starts_with("archives/")).collect();
    assert_eq!(files, ["archives/SHA256SUMS", &format!("archives/{name}")]);
    assert!(asked.starts_with(&format!("release\ncreate\nv{VERSION}\n")) && read(place.path(), "notes.md") == "news\n");
}
