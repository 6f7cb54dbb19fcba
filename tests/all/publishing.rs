//! Publishing as a build does it: what is refused, what is kept, what is written,
//! and that the published folder is at every moment one whole site.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use bokworm::output::{FILE_LIST, Output};
use bokworm::write::{Publication, WrittenFiles};
use rayon::prelude::*;

/// A folder to play in, at its real place.
fn playground() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().canonicalize().unwrap();
    (folder, top)
}

fn publish(out: &Path, files: &[(&str, &str)]) -> anyhow::Result<WrittenFiles> {
    let site = Publication::begin(out, &[])?;
    files.par_iter().try_for_each(|(path, text)| site.put(&Output::made(*path, *text)).map(drop))?;
    site.finish()
}

/// Everything in a folder but the list of files, hidden files included.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let list = |entry: &walkdir::DirEntry| entry.depth() != 1 || entry.file_name() != FILE_LIST;
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(list)
        .map(Result::unwrap)
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn as_map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// What stands in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Sets a file's time to one that no build could give it by chance.
fn age(file: &Path) -> SystemTime {
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    File::options().write(true).open(file).unwrap().set_times(FileTimes::new().set_modified(then)).unwrap();
    then
}

fn modified(file: &Path) -> SystemTime {
    file.metadata().unwrap().modified().unwrap()
}

#[track_caller]
fn refused(out: &Path, protected: &[PathBuf], because: &str) {
    let error = format!("{:#}", Publication::begin(out, protected).expect_err("a refusal"));
    assert!(error.contains(because), "{error}");
}

const SITE: &[(&str, &str)] =
    &[("404.html", "none"), ("docs/a.html", "A"), ("docs/b/c.html", "C"), ("ü/手册 1.html", "")];

#[test]
fn a_first_site_is_published_whole_and_nothing_else_is_left() {
    let (_folder, top) = playground();
    let written = publish(&top.join("deep/er/public/"), SITE).unwrap();
    assert_eq!(files(&top.join("deep/er/public")), as_map(SITE));
    assert_eq!(names(&top.join("deep/er")), ["public"]);
    assert_eq!(written, WrittenFiles { files: 4, written: 4, bytes: 6, ..WrittenFiles::default() });
}

#[test]
fn an_empty_folder_is_taken_and_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, top) = playground();
    let out = top.join("public");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o2770)).unwrap();
    publish(&out, SITE).unwrap();
    assert_eq!(out.metadata().unwrap().permissions().mode() & 0o7777, 0o2770);
}

#[test]
fn the_same_site_again_writes_nothing() {
    use std::os::unix::fs::MetadataExt;
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    let folder = |path: &Path| (path.metadata().unwrap().ino(), modified(path));
    let before = [folder(&top), folder(&out), folder(&out.join(FILE_LIST)), folder(&out.join("docs/a.html"))];
    let written = publish(&out, SITE).unwrap();
    assert_eq!(written, WrittenFiles { files: 4, unchanged: 4, bytes: 6, ..WrittenFiles::default() });
    let after = [folder(&top), folder(&out), folder(&out.join(FILE_LIST)), folder(&out.join("docs/a.html"))];
    assert_eq!(before, after);
}

#[test]
fn two_sites_of_the_same_input_are_the_same_to_the_byte() {
    let (_folder, top) = playground();
    publish(&top.join("one"), SITE).unwrap();
    publish(&top.join("two"), &[("x", "other")]).unwrap();
    publish(&top.join("two"), SITE).unwrap();
    assert_eq!(files(&top.join("one")), files(&top.join("two")));
    let list = |out: &str| fs::read(top.join(out).join(FILE_LIST)).unwrap();
    assert_eq!(list("one"), list("two"));
}

#[test]
fn what_did_not_change_keeps_its_time_and_what_is_gone_goes() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    let then = age(&out.join("docs/a.html"));
    age(&out.join("404.html"));
    let next = &[("404.html", "gone"), ("docs/a.html", "A"), ("docs/new.html", "new")];
    let written = publish(&out, next).unwrap();
    assert_eq!(
        written,
        WrittenFiles { files: 3, written: 2, unchanged: 1, removed: 2, bytes: 8, ..WrittenFiles::default() }
    );
    assert_eq!(files(&out), as_map(next));
    assert_eq!(modified(&out.join("docs/a.html")), then);
    assert_ne!(modified(&out.join("404.html")), then);
    assert_eq!(names(&out), [FILE_LIST, "404.html", "docs"]);
    assert_eq!(names(&top), ["public"]);
}

#[test]
fn a_published_file_that_someone_changed_is_written_again() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    fs::write(out.join("docs/a.html"), "B").unwrap();
    age(&out.join("docs/a.html"));
    fs::remove_file(out.join("404.html")).unwrap();
    assert_eq!(publish(&out, SITE).unwrap().written, 2);
    assert_eq!(files(&out), as_map(SITE));
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let (_folder, top) = playground();
    let out = top.join("public");
    for site in [&[("a", "1"), ("b/c", "2")], &[("a/b", "1"), ("b", "2")], &[("a", "1"), ("b/c", "2")]] {
        publish(&out, site).unwrap();
        assert_eq!(files(&out), as_map(site));
    }
}

#[test]
fn files_are_copied_and_copied_again_only_if_they_changed() {
    let (_folder, top) = playground();
    let (out, image) = (top.join("public"), top.join("image.png"));
    fs::write(&image, "pixels").unwrap();
    let publish = || {
        let site = Publication::begin(&out, &[]).unwrap();
        site.put(&Output::copied("img/image.png", &image)).unwrap();
        site.finish().unwrap()
    };
    assert_eq!(publish().written, 1);
    age(&image);
    assert_eq!(publish().unchanged, 1);
    fs::write(&image, "pixelz").unwrap();
    assert_eq!(publish().written, 1);
    assert_eq!(files(&out), as_map(&[("img/image.png", "pixelz")]));
}

#[test]
fn a_file_that_became_a_link_is_not_copied_and_the_old_site_stays() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    fs::write(top.join("secret"), "secret").unwrap();
    std::os::unix::fs::symlink("secret", top.join("image.png")).unwrap();
    let site = Publication::begin(&out, &[]).unwrap();
    let error = site.put(&Output::copied("image.png", top.join("image.png"))).unwrap_err();
    assert!(format!("{error:#}").contains("was moved or replaced"), "{error:#}");
    drop(site);
    assert_eq!(files(&out), as_map(SITE));
    assert_eq!(names(&top), ["image.png", "public", "secret"]);
}

#[test]
fn folders_that_bokworm_did_not_make_are_refused() {
    let (_folder, top) = playground();
    let out = top.join("public");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    refused(&out, &[], "holds files that bokworm did not make (`notes.txt`); move them away");
    for name in ["b", "c", "d"] {
        fs::write(out.join(name), "").unwrap();
    }
    refused(&out, &[], "(`b`, `c`, `d`, 1 more)");
    refused(&out.join("notes.txt"), &[], "is a file");
    assert_eq!(names(&out), ["b", "c", "d", "notes.txt"]);
}

#[test]
fn files_put_into_a_site_are_never_removed() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    fs::create_dir_all(out.join("docs/mine")).unwrap();
    fs::write(out.join("docs/mine/notes.txt"), "mine").unwrap();
    refused(&out, &[], "(`docs/mine/notes.txt`)");
    fs::remove_file(out.join("docs/mine/notes.txt")).unwrap();
    std::os::unix::fs::symlink("/etc", out.join("docs/link")).unwrap();
    refused(&out, &[], "(`docs/link`)");
    fs::remove_file(out.join("docs/link")).unwrap();
    fs::write(out.join(".DS_Store"), "").unwrap();
    publish(&out, &SITE[..1]).unwrap();
    assert_eq!(names(&out), [FILE_LIST, "404.html"]);
    assert_eq!(names(&top), ["public"]);
}

#[test]
fn files_put_into_a_site_while_it_is_replaced_are_left_aside() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    let site = Publication::begin(&out, &[]).unwrap();
    site.put(&Output::made("404.html", "new")).unwrap();
    fs::write(out.join("docs/notes.txt"), "mine").unwrap();
    let aside = site.finish().unwrap().left_aside.expect("a folder");
    assert_eq!(files(&aside), as_map(&[("docs/notes.txt", "mine")]));
    publish(&out, SITE).unwrap();
    assert_eq!(files(&out), as_map(SITE));
    assert_eq!(files(&aside), as_map(&[("docs/notes.txt", "mine")]), "and the next build leaves it alone");
}

#[test]
fn folders_that_must_survive_are_refused() {
    let (_folder, top) = playground();
    fs::create_dir_all(top.join("project/content")).unwrap();
    let content = top.join("project/content");
    for out in ["project/content", "project", "project/content/..", "project/./content/"] {
        refused(&top.join(out), std::slice::from_ref(&content), "holds the project's own files");
    }
    refused(Path::new("/"), &[], "and a site would replace all of it");
    refused(&std::env::home_dir().unwrap(), &[], "and a site would replace all of it");
    refused(Path::new("."), &[], "holds the folder that you are in");
    refused(Path::new(""), &[], "is empty");
    refused(&top.join("missing/../../etc"), &[], "does not exist");
    refused(Path::new("/proc"), &[], "is a disk of its own");
    fs::create_dir(top.join("project/public")).unwrap();
    Publication::begin(&top.join("project/public"), &[content]).expect("a folder beside the content is fine");
}

#[test]
fn links_and_repositories_are_refused() {
    let (_folder, top) = playground();
    fs::create_dir_all(top.join("real")).unwrap();
    std::os::unix::fs::symlink("real", top.join("link")).unwrap();
    std::os::unix::fs::symlink("nowhere", top.join("dangling")).unwrap();
    for out in ["link", "link/", "dangling"] {
        refused(&top.join(out), &[], "is a symbolic link");
    }
    publish(&top.join("real"), SITE).unwrap();
    fs::write(top.join("real/.git"), "gitdir: elsewhere").unwrap();
    refused(&top.join("real"), &[], "is a repository's own folder (it holds `.git`)");
}

#[test]
fn a_damaged_list_is_not_trusted() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    fs::write(out.join(FILE_LIST), "bokworm made").unwrap();
    refused(&out, &[], "holds a damaged list of bokworm's files");
    assert_eq!(files(&out), as_map(SITE));
}

#[test]
fn impossible_paths_are_refused_and_the_old_site_stays() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    for (path, because) in [
        ("../escape", "`..`"),
        ("/etc/passwd", "empty part"),
        ("a//b", "empty part"),
        ("a\0b", "NUL"),
        ("a\\b", "backslash"),
        (&"x".repeat(256), "longer than the 255 bytes"),
        (FILE_LIST, "its own list"),
    ] {
        let error = publish(&out, &[("ok.html", ""), (path, "")]).unwrap_err();
        assert!(error.to_string().contains(because), "{error:#}");
    }
    assert_eq!(files(&out), as_map(SITE));
    assert_eq!(names(&top), ["public"]);
}

#[test]
fn one_place_is_not_given_twice() {
    let (_folder, top) = playground();
    let out = top.join("public");
    let published = |files: &[(&str, &str)]| format!("{:#}", publish(&out, files).unwrap_err());
    let sentence = "`a` would be both a file and the folder of `a/b`";
    assert!(published(&[("a", "1"), ("a/b", "2")]).contains(sentence));
    assert!(published(&[("a/b", "2"), ("a", "1")]).contains(sentence));
    assert!(published(&[("a", "1"), ("a", "1")]).contains("two files would be published as `a`"));
    publish(&out, &[("a", "1")]).unwrap();
    assert!(published(&[("a", "1"), ("a/b", "2")]).contains(sentence), "also if one of them was there");
    let written = publish(&out, &[("b/A.html", "1"), ("b/a.html", "2"), ("b/c", "")]).unwrap();
    assert_eq!(written.alike, [("b/A.html".to_owned(), "b/a.html".to_owned())]);
}

#[test]
fn a_build_that_is_given_up_leaves_nothing() {
    let (_folder, top) = playground();
    let site = Publication::begin(&top.join("new/public"), &[]).unwrap();
    site.put(&Output::made("a.html", "half")).unwrap();
    drop(site);
    assert!(names(&top.join("new")).is_empty());

    publish(&top.join("public"), SITE).unwrap();
    let site = Publication::begin(&top.join("public"), &[]).unwrap();
    site.put(&Output::made("404.html", "half")).unwrap();
    drop(site);
    assert_eq!(files(&top.join("public")), as_map(SITE));
    assert_eq!(names(&top), ["new", "public"]);
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let (_folder, top) = playground();
    let out = top.join("public");
    let first = Publication::begin(&out, &[]).unwrap();
    refused(&out, &[], "another build is writing");
    first.put(&Output::made("a", "1")).unwrap();
    first.finish().unwrap();
    Publication::begin(&out, &[]).expect("free again");
}

#[test]
fn many_builds_that_fight_for_a_folder_leave_one_whole_site() {
    let (_folder, top) = playground();
    let out = top.join("public");
    let sites = std::thread::scope(|scope| {
        let builders: Vec<_> = (0..4)
            .map(|builder| {
                let out = &out;
                scope.spawn(move || {
                    (0..40).filter(|turn| publish_numbered(out, &format!("{builder}-{turn}"), 12).is_ok()).count()
                })
            })
            .collect();
        builders.into_iter().map(|builder| builder.join().unwrap()).sum::<usize>()
    });
    assert!(sites > 0);
    whole_site(&out, 12);
    assert_eq!(names(&top), ["public"]);
}

/// A site whose every file holds its name, half of them under names of its own.
fn publish_numbered(out: &Path, site: &str, count: usize) -> anyhow::Result<WrittenFiles> {
    let publication = Publication::begin(out, &[])?;
    for number in 0..count {
        let path = if number % 2 == 0 { format!("docs/{number}") } else { format!("docs/{site}/{number}") };
        publication.put(&Output::made(path, site))?;
    }
    publication.put(&Output::made("constant.html", "the same"))?;
    publication.finish()
}

/// The name of the site that is published, after a check that it is all there and alone.
#[track_caller]
fn whole_site(out: &Path, count: usize) -> String {
    let mut files = files(out);
    assert_eq!(files.remove("constant.html").as_deref(), Some("the same"));
    let site = files.values().next().expect("a file").clone();
    assert_eq!(files.len(), count, "{site}");
    for (path, text) in &files {
        assert_eq!(*text, site, "{path}");
        assert!(path.split('/').count() == 2 || path.starts_with(&format!("docs/{site}/")), "{path} in {site}");
    }
    site
}

const KILLED_SITE: usize = 60;

/// Not a test: what the next one starts and kills.
#[test]
fn publish_for_ever() {
    let Some(out) = std::env::var_os("BOKWORM_TEST_PUBLISH_TO") else { return };
    for turn in 0.. {
        publish_numbered(Path::new(&out), ["even", "odd"][turn % 2], KILLED_SITE).unwrap();
    }
}

fn itself(test: &str, out: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test]).env("BOKWORM_TEST_PUBLISH_TO", out);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_build_killed_at_any_moment_leaves_one_whole_site() {
    let (_folder, top) = playground();
    let out = top.join("public");
    // How long a child takes to begin, and to publish both: it is killed at any moment of twice that.
    let started = Instant::now();
    itself("no test has this name", &out).status().unwrap();
    for site in ["odd", "even"] {
        publish_numbered(&out, site, KILLED_SITE).unwrap();
    }
    let long = 2 * started.elapsed().as_micros() as u64;
    let mut seed = std::process::id() as u64 + 1;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let mut child = itself("publishing::publish_for_ever", &out).spawn().unwrap();
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        std::thread::sleep(Duration::from_micros((seed >> 33) % long));
        child.kill().unwrap();
        child.wait().unwrap();
        seen.insert(whole_site(&out, KILLED_SITE));
    }
    assert_eq!(seen.len(), 2, "both sites were seen: {seen:?}");
    publish_numbered(&out, "last", KILLED_SITE).unwrap();
    assert_eq!(whole_site(&out, KILLED_SITE), "last");
    assert_eq!(names(&top), ["public"], "what the killed builds left is gone");
}

#[test]
fn a_site_left_aside_by_a_kill_between_two_steps_is_brought_back() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    fs::rename(&out, top.join(".public.bokworm-old-1")).unwrap();
    drop(Publication::begin(&out, &[]).unwrap());
    assert_eq!(files(&out), as_map(SITE));
    assert_eq!(names(&top), ["public"]);
}

#[test]
fn folders_that_only_look_like_leavings_are_left_alone() {
    let (_folder, top) = playground();
    let looks = top.join(".public.bokworm-new-7");
    fs::create_dir(&looks).unwrap();
    fs::write(looks.join("notes.txt"), "mine").unwrap();
    publish(&top.join("public"), SITE).unwrap();
    assert_eq!(names(&top), [".public.bokworm-new-7", "public"]);
}

/// Not a test: publishes a site with a page that is too long for the limit it runs under.
#[test]
fn publish_too_much() {
    let Some(out) = std::env::var_os("BOKWORM_TEST_PUBLISH_TO") else { return };
    let long = "x".repeat(1 << 20);
    let error = publish(Path::new(&out), &[("a.html", "new"), ("404.html", &long)]).unwrap_err();
    assert!(format!("{error:#}").contains("is as it was"), "{error:#}");
}

/// A limit on the size of files stands in for a full disk: both fail in the middle of a file.
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_site_whole() {
    let (_folder, top) = playground();
    let out = top.join("public");
    publish(&out, SITE).unwrap();
    let limited = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" --exact publishing::publish_too_much"])
        .arg(std::env::current_exe().unwrap())
        .env("BOKWORM_TEST_PUBLISH_TO", &out)
        .output()
        .unwrap();
    assert!(limited.status.success(), "{}", String::from_utf8_lossy(&limited.stdout));
    assert!(String::from_utf8_lossy(&limited.stdout).contains("1 passed"), "it was tried");
    assert_eq!(files(&out), as_map(SITE));
    assert_eq!(names(&top), ["public"]);
}
