//! A project read out of a commit is what a checkout of it would be: the same files, texts, findings and history,
//! whatever lies on the disk by now.

use std::path::Path;

use crate::program::{
    self,
    git::{commit, git, write},
};
use bokworm::history::Revision;
use bokworm::project::{self, Overrides};
use bokworm::session::{CommittedPlace, Purpose, Session, State};

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x20\x08\x06\0\0\0";

fn overrides() -> Overrides {
    Overrides { today: Some("2026-05-01".into()), ..Overrides::default() }
}

fn on_disk(folder: &Path) -> State {
    let project = project::open(folder, &overrides()).unwrap();
    Session::open(project, Purpose::Check).unwrap().state()
}

fn at(folder: &Path, name: &str) -> State {
    let revision = Revision::named(folder, name).unwrap();
    let place = CommittedPlace { start: folder, overrides: &overrides() };
    Session::at(revision, &place, Purpose::Check).unwrap().state()
}

/// All that is known of a project, but for where its files lie and when they were saved.
fn told(state: &State) -> String {
    let findings = state.check(&state.severities(&[]), state.translation_findings());
    let files = state.original().all_files();
    let files: Vec<String> = files.map(|file| format!("{} {} {:?}", file.path, file.len, file.dimensions)).collect();
    let parts = (&state.sources, files, &findings, &state.history, &state.original().pages, &state.original().tree);
    format!("{parts:#?} {:#?}", state.project.config)
}

/// A project with whatever can lie in one, below a folder of its repository.
fn repository() -> tempfile::TempDir {
    let folder = program::folder(&[]);
    let top = folder.path();
    git(top, &["init", "-q"]);
    let config = "[site]\ntitle = \"Handbook\"\n[folders]\nleave_out = [\"cut\"]\n[git]\nlast_updated = true\n[languages.de]\n[languages.en]\n[translations]\nnotice = true\n";
    let config = config.replace("[languages.de]\n[languages.en]\n", "");
    let files = [
        ("site/book.toml", config.as_str()),
        (
            "site/content/a.md",
            "---\ntags: [red]\nchecklist: [One]\n---\n# A\n\n[b](part/b.md) ![p](p.png) <Note text=\"t\"/>\n",
        ),
        ("site/content/part/b.md", "# B\n\n[gone](gone.md)\n"),
        ("site/content/part/_category_.yml", "label: Part\n"),
        ("site/content/_private/x.md", "# Private\n"),
        ("site/content/part/_draft.md", "# Draft\n"),
        ("site/content/.hidden/x.md", "# Hidden\n"),
        ("site/content/ü b's.md", "# Ü\n"),
        ("site/content/tags.yml", "red:\n  label: red\n"),
        ("site/content/node_modules/a.md", "# Not here\n"),
        ("site/content/cut/x.md", "# Not here\n"),
        ("site/content/cut.md", "# Here\n"),
        ("site/content/cache/CACHEDIR.TAG", "x"),
        ("site/content/cache/x.md", "# Not here\n"),
        ("site/content/left.md~", "# Left\n"),
        ("site/static/.nojekyll", ""),
        ("site/static/.secret", "x"),
        ("site/static/x.txt", "published"),
        ("site/data/levels.csv", "a,b\n1,2\n"),
        ("site/data/deep/other.csv", "a,b\n1,2\n"),
        ("site/public/old.md", "published once"),
        (
            "site/templates/components/Note.html",
            "{% component Note(text: string) %}<p>{{ text }}</p>{% endcomponent Note %}\n",
        ),
        ("site/templates/own.css", "p { color: red }\n"),
        ("site/templates/words/en.toml", "skip = \"Go on\"\n"),
        ("other/secret.md", "# Secret\n"),
    ];
    for (path, text) in files {
        write(top, path, text);
    }
    std::fs::write(top.join("site/content/p.png"), PICTURE).unwrap();
    std::fs::write(top.join("site/content/latin.md"), b"# caf\xe9\n").unwrap();
    commit(top, &[]);
    folder
}

#[cfg(unix)]
fn link(folder: &Path, target: &str, name: &str) {
    std::os::unix::fs::symlink(target, folder.join("site/content").join(name)).unwrap();
}

#[test]
fn a_commit_is_read_as_its_checkout_is() {
    let folder = repository();
    let site = folder.path().join("site");
    let told_then = told(&on_disk(&site));
    assert!(told_then.contains("Part") && told_then.contains("gone.md") && !told_then.contains("Not here"));
    assert_eq!(told(&at(&site, "HEAD")), told_then);
    // Whatever happens on the disk since, the commit is what it was: with other folders, too.
    std::fs::remove_dir_all(site.join("content")).unwrap();
    write(&site, "pages/a.md", "# Another\n");
    write(&site, "book.toml", "[folders]\nsource = \"pages\"\n");
    assert_eq!(told(&at(&site, "main")), told_then);
    commit(folder.path(), &[]);
    let told_now = told(&on_disk(&site));
    assert!(told_now != told_then);
    assert_eq!(told(&at(&site, "HEAD")), told_now);
    assert_eq!(told(&at(&site, "HEAD~1")), told_then);
    // The project has its place although somebody is deeper in it.
    std::fs::create_dir_all(site.join("pages/deep")).unwrap();
    assert_eq!(told(&at(&site.join("pages/deep"), "HEAD~1")), told_then);
}

#[test]
fn a_commit_that_is_read_beside_another_state_is_the_same() {
    for kind in ["sha1", "sha256"] {
        let folder = repository();
        let top = folder.path();
        if kind == "sha256" {
            std::fs::remove_dir_all(top.join(".git")).unwrap();
            git(top, &["init", "-q", "--object-format=sha256"]);
            commit(top, &[]);
        }
        let site = top.join("site");
        let told_then = told(&on_disk(&site));
        // A page that says something else, one by the name of another, one with other line ends, one that is gone.
        write(&site, "content/a.md", "# Another\n");
        std::fs::rename(site.join("content/part/b.md"), site.join("content/part/c.md")).unwrap();
        write(&site, "content/cut.md", "# Here\r\n");
        std::fs::remove_file(site.join("content/latin.md")).unwrap();
        let now = Session::open(project::open(&site, &overrides()).unwrap(), Purpose::Check).unwrap();
        let place = CommittedPlace { start: &site, overrides: &overrides() };
        let revision = Revision::named(&site, "HEAD").unwrap();
        let beside = now.at_beside(revision, &place, Purpose::Check).unwrap().state();
        assert_eq!(told(&beside), told_then, "{kind}");
    }
}

#[cfg(unix)]
#[test]
fn links_lead_where_they_lead_in_a_checkout() {
    let folder = repository();
    let site = folder.path().join("site");
    link(folder.path(), "part", "linked");
    link(folder.path(), "part/b.md", "b2.md");
    link(folder.path(), "../../other/secret.md", "secret.md");
    link(folder.path(), "/etc/passwd", "passwd.md");
    link(folder.path(), ".", "endless");
    link(folder.path(), "gone.md", "nowhere.md");
    link(folder.path(), "linked/../b2.md", "b3.md");
    link(folder.path(), "round-b.md", "round-a.md");
    link(folder.path(), "round-a.md", "round-b.md");
    link(folder.path(), ".hidden/x.md", "hidden.md");
    commit(folder.path(), &[]);
    let told_then = told(&on_disk(&site));
    assert!(told_then.contains("linked/b.md") && !told_then.contains("# Secret"), "{told_then}");
    assert_eq!(told(&at(&site, "HEAD")), told_then);
}

#[test]
fn translations_are_compared_as_git_knew_them_then() {
    let folder = program::folder(&[]);
    let top = folder.path();
    git(top, &["init", "-q"]);
    let config =
        "[site]\ntitle = \"A\"\nlanguage = \"en\"\n[translations]\nnotice = true\n[languages.en]\n[languages.de]\n";
    write(top, "book.toml", config);
    write(top, "content/a.md", "# A\n\nOne.\n");
    write(top, "content/de/a.md", "# A\n\nEins.\n");
    commit(top, &[]);
    let first = told(&on_disk(top));
    commit(top, &[("content/a.md", "# A\n\nTwo, which is another.\n")]);
    let second = told(&on_disk(top));
    assert!(first != second);
    commit(top, &[("content/de/a.md", "# A\n\nZwei.\n")]);
    assert_eq!(told(&at(top, "HEAD~2")), first);
    assert_eq!(told(&at(top, "HEAD~1")), second);
}

#[test]
fn what_git_knows_by_no_name_is_no_revision() {
    let folder = repository();
    for name in ["nothing", "", "--all", "HEAD:site", "HEAD~9", "main..main", "-h"] {
        assert_eq!(Revision::named(folder.path(), name), None, "{name}");
    }
    let outside = program::folder(&[]);
    assert_eq!(Revision::named(outside.path(), "HEAD"), None);
    let revision = Revision::named(folder.path(), "main").unwrap();
    assert_eq!((revision.name.as_str(), revision.commit.date.as_str()), ("main", "2026-02-03"));
    let place = CommittedPlace { start: outside.path(), overrides: &overrides() };
    let error = Session::at(revision, &place, Purpose::Check).map(|_| ()).unwrap_err();
    assert!(format!("{error:#}").starts_with("there is no such project in `main`: "), "{error:#}");
}
