//! `bokworm new`: a page where it belongs, named as its neighbours are, and
//! nothing else on disk touched.

use crate::program::{Ran, bokworm, files, folder, read};
use snapbox::{assert_data_eq, str};

/// A project whose pages are named `Like-This`.
fn project() -> tempfile::TempDir {
    folder(&[
        ("book.toml", ""),
        ("content/index.md", "---\ntitle: Home\n---\n"),
        ("content/Practices/Ask-Early.md", "---\ntitle: Ask early\ntags: [Lead (Role)]\nsidebar_position: 3\n---\n"),
        ("content/Practices/Write-Down.md", "---\ntitle: Write down\ntags: [Lead (Role)]\nsidebar_position: 7\n---\n"),
        ("content/Roles/Lead.md", "---\ntitle: Lead\n---\n"),
        ("content/loose_ends/first_one.md", ""),
    ])
}

fn new(here: &tempfile::TempDir, arguments: &[&str]) -> Ran {
    bokworm(here.path(), &[&["new"], arguments].concat())
}

#[test]
fn a_page_is_made_where_it_was_asked_for() {
    let here = project();
    let ran = new(&here, &["Page title", "--in", "Roles", "--tag", "A", "--tag", "B: c", "--tag", "A"]);
    assert_eq!((ran.code, &*ran.stdout), (0, "content/Roles/Page-Title.md\n"));
    assert_data_eq!(
        read(here.path(), "content/Roles/Page-Title.md"),
        str![[r#"
---
title: Page title
tags:
  - A
  - "B: c"
---


"#]]
    );
}

#[test]
fn without_a_folder_it_lies_in_the_current_one_or_at_the_top() {
    let here = project();
    assert_eq!(new(&here, &["One"]).stdout, "content/One.md\n");
    let ran = bokworm(&here.path().join("content/Roles"), &["new", "Two"]);
    assert_eq!((ran.code, &*ran.stdout), (0, "Two.md\n"));
    assert!(here.path().join("content/Roles/Two.md").is_file());
}

#[test]
fn a_folder_may_be_named_as_the_shell_completes_it() {
    let here = project();
    assert_eq!(new(&here, &["One", "--in", "content/Roles/"]).stdout, "content/Roles/One.md\n");
    let ran = bokworm(&here.path().join("content/Roles"), &["new", "Two", "--in", "../Practices"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(here.path().join("content/Practices/Two.md").is_file());
}

#[test]
fn a_name_follows_the_neighbours() {
    let here = project();
    assert_eq!(new(&here, &["Second One", "--in", "loose_ends"]).stdout, "content/loose_ends/second_one.md\n");
}

#[test]
fn a_folder_that_is_new_is_made_and_mentioned() {
    let here = project();
    let ran = new(&here, &["One", "--in", "Practice/Deep"]);
    assert_eq!((ran.code, &*ran.stdout), (0, "content/Practice/Deep/One.md\n"));
    assert_eq!(ran.stderr, "note: the folder `content/Practice/Deep` is new\n");
    let ran = new(&here, &["One", "--in", "Rolse"]);
    assert_eq!(ran.stderr, "note: the folder `content/Rolse` is new; did you mean `Roles`?\n");
}

#[test]
fn a_page_comes_after_the_last_of_its_neighbours() {
    let here = project();
    new(&here, &["One", "--in", "Practices"]);
    assert!(read(here.path(), "content/Practices/One.md").contains("\nsidebar_position: 8\n"));
}

#[test]
fn neighbours_with_weights_get_a_neighbour_with_a_weight() {
    let here = folder(&[("content/a.md", "---\nweight: 20\n---\n"), ("content/b.md", "---\nweight: 30\n---\n")]);
    new(&here, &["One"]);
    assert!(read(here.path(), "content/one.md").contains("\nweight: 31\n"));
}

#[test]
fn a_tag_that_nobody_carries_is_told_with_the_nearest() {
    let here = project();
    let ran = new(&here, &["One", "--tag", "Lead (role)", "--tag", "Lead (Role)", "--tag", "Kitchen"]);
    assert_eq!(ran.code, 0);
    assert_data_eq!(
        ran.stderr,
        str![[r#"
warning: no other page carries the tag `Lead (role)` yet; did you mean `Lead (Role)`?
warning: no other page carries the tag `Kitchen` yet

"#]]
    );
}

#[test]
fn a_page_that_exists_is_left_alone_in_any_spelling() {
    let here = project();
    for title in ["Lead", "lead!", "LEAD"] {
        let ran = new(&here, &[title, "--in", "Roles"]);
        assert_eq!((ran.code, &*ran.stdout), (2, ""));
        assert_eq!(ran.stderr, "error: `content/Roles/Lead.md` exists already: nothing was written\n");
    }
    assert_eq!(read(here.path(), "content/Roles/Lead.md"), "---\ntitle: Lead\n---\n");
}

#[test]
fn no_folder_outside_the_pages_is_written_to() {
    let here = project();
    let before = files(here.path());
    for outside in ["..", "../x", "Roles/../../x", "/tmp", "./../../x"] {
        let ran = new(&here, &["One", "--in", outside]);
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{outside}");
        assert!(ran.stderr.contains("leads out of the folder of the pages, `[here]/content`"), "{}", ran.stderr);
    }
    for unpublished in [".git", "_drafts", "Roles/_x"] {
        let ran = new(&here, &["One", "--in", unpublished]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("what begins with `.` or `_` is not published"), "{}", ran.stderr);
    }
    let ran = new(&here, &["One", "--in", "Roles/Lead.md/x"]);
    assert_eq!(ran.stderr, "error: `content/Roles/Lead.md` is not a folder\n");
    assert_eq!(new(&here, &["One", "--in", "a\nb"]).code, 2);
    assert_eq!(files(here.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_among_the_folders_leads_nowhere_else() {
    let here = project();
    let elsewhere = folder(&[]);
    std::os::unix::fs::symlink(elsewhere.path(), here.path().join("content/link")).expect("a link can be made");
    for inside in ["link", "link/deep"] {
        let ran = new(&here, &["One", "--in", inside]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("leads out of the folder of the pages"), "{}", ran.stderr);
    }
    assert_eq!(files(elsewhere.path()), [""; 0]);
}

#[test]
fn hostile_titles_make_sound_pages_with_sound_names() {
    let long = "long ".repeat(60);
    let titles = [
        ("It's \"quoted\": yes", "Its-Quoted-Yes.md"),
        ("a/b\\c", "A-B-C.md"),
        ("../../etc/passwd", "Etc-Passwd.md"),
        ("🐛", "Untitled.md"),
        ("two\nlines\u{7} \u{202e}and more", "Two-Lines-And-More.md"),
        ("- no: list #none", "No-List-None.md"),
        ("2024", "2024.md"),
        ("true", "True.md"),
        ("---", "Untitled.md"),
        ("知識 体系", "知識-体系.md"),
        ("<script>alert(1)</script>", "Script-Alert-1-Script.md"),
        ("{{ site.title }} {frontMatter.x}", "Site-Title-FrontMatter-X.md"),
        (&*long, "Long-Long-Long-Long-Long-Long-Long-Long-Long-Long-Long-Long-Long-Long-Long-Long.md"),
    ];
    for (title, name) in titles {
        let here = folder(&[("content/index.md", "")]);
        let ran = new(&here, &[&format!("--tag={title}"), "--", title]);
        assert_eq!((ran.code, &*ran.stdout), (0, &*format!("content/{name}\n")), "{}", ran.stderr);
        let text = read(here.path(), &format!("content/{name}"));
        let block = text.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\n\n")).expect("front matter");
        let yaml = yaml_rust2::YamlLoader::load_from_str(block).expect("YAML");
        let clean = title.replace(['\n', '\u{7}', '\u{202e}'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(yaml[0]["title"].as_str(), Some(&*clean));
        assert_eq!(yaml[0]["tags"][0].as_str(), Some(&*clean));
    }
}

#[test]
fn a_page_needs_something_to_be_called() {
    let here = project();
    for arguments in [&["  \n "][..], &["x", "--tag", "\u{200b}"]] {
        let ran = new(&here, arguments);
        assert_eq!((ran.code, &*ran.stdout), (2, ""));
        assert!(ran.stderr.starts_with("error: a page needs a title"), "{}", ran.stderr);
    }
}

#[test]
fn a_broken_configuration_keeps_it_from_guessing() {
    let here = folder(&[("book.toml", "[folders]\nsorce = \"pages\"\n"), ("content/a.md", "")]);
    let ran = new(&here, &["One"]);
    assert_eq!((ran.code, &*ran.stdout), (1, ""));
    assert_eq!(ran.stderr, "book.toml:2:1: error: `sorce` is not a key of [folders]; did you mean `source`?\n");
    assert_eq!(files(here.path()), ["book.toml", "content/a.md"]);
}

#[test]
fn it_works_from_elsewhere_and_without_a_configuration() {
    let here = folder(&[("a/pages/first.md", "")]);
    let ran = bokworm(here.path(), &["-C", "a", "new", "Second", "--source", "pages"]);
    assert_eq!((ran.code, &*ran.stdout), (0, "pages/second.md\n"), "{}", ran.stderr);
    assert!(here.path().join("a/pages/second.md").is_file());
}
