//! The workflows that `bokworm init --ci github` writes: what they may do, and their shell steps, run as GitHub runs them.
#![cfg(unix)]

use crate::program::runner::{Runner, jobs, permissions, sound, steps, workflow};
use crate::program::{bokworm, files, folder, git, read};

const PUBLISH: &str = ".github/workflows/publish.yml";
const CHANGES: &str = ".github/workflows/changes.yml";

#[test]
fn they_may_do_no_more_than_they_have_to() {
    let here = folder(&[]);
    let ran = bokworm(here.path(), &["init", "--ci", "github"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    for said in
        ["made book.toml\n", "made .github/workflows/publish.yml\n", "Source, \"GitHub Actions\"", "BOKWORM_REPOSITORY"]
    {
        assert!(ran.stdout.contains(said), "`{said}` isn't in {}", ran.stdout);
    }
    for file in [PUBLISH, CHANGES] {
        let text = read(here.path(), file);
        assert!(!text.contains("secrets") && !text.contains("pull_request_target"), "{file}");
        // Each placeholder was filled in: what is left of `@` belongs to actions.
        assert_eq!(text.matches('@').count(), text.matches("uses: ").count(), "{text}");
        sound(&text);
    }
    let publish = workflow(here.path(), PUBLISH);
    let may: Vec<_> = jobs(&publish).map(|(name, job)| (name, permissions(job))).collect();
    assert_eq!(
        may,
        [
            ("build", vec![("contents", "read"), ("pages", "read")]),
            ("deploy", vec![("pages", "write"), ("id-token", "write")])
        ]
    );
    let changes = workflow(here.path(), CHANGES);
    let may: Vec<_> = jobs(&changes).map(|(name, job)| (name, permissions(job))).collect();
    assert_eq!(may, [("changes", vec![("contents", "read"), ("pull-requests", "write")])]);
}

#[test]
fn they_are_added_to_a_project_that_is_there_in_the_folder_of_its_repository() {
    let here =
        folder(&[("handbook/book.toml", "[folders]\noutput = \"out\"\n"), ("handbook/content/index.md", "# A\n")]);
    git::git(here.path(), &["init", "-q"]);
    let ran = bokworm(here.path(), &["init", "handbook", "--ci", "github"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let mut written = files(here.path());
    written.retain(|file| !file.starts_with(".git/"));
    assert_eq!(written, [CHANGES, PUBLISH, "handbook/book.toml", "handbook/content/index.md"]);
    let publish = workflow(here.path(), PUBLISH);
    let build = &publish["jobs"]["build"];
    assert_eq!(build["defaults"]["run"]["working-directory"].as_str(), Some("handbook"));
    let with = |action: &str, key: &str| {
        let mut step =
            steps(build).iter().filter(|step| step["uses"].as_str().is_some_and(|uses| uses.contains(action)));
        step.next_back().unwrap()["with"][key].as_str().unwrap().to_owned()
    };
    assert_eq!(with("upload-pages-artifact", "path"), "handbook/out");
    assert_eq!(with("actions/cache", "path"), "handbook/.bokworm/cache");
    // Again it changes nothing; what somebody changed, it leaves, and says so.
    let again = bokworm(here.path(), &["init", "handbook", "--ci", "github"]);
    assert!(again.code == 0 && again.stdout.contains("left .github/workflows/publish.yml"), "{again:?}");
    std::fs::write(here.path().join(CHANGES), "mine").unwrap();
    let refused = bokworm(here.path(), &["init", "handbook", "--ci", "github"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains(".github/workflows/changes.yml") && refused.stderr.contains("help: move them away")
    );
    assert_eq!(read(here.path(), CHANGES), "mine");
}

#[test]
fn the_site_is_built_for_where_it_will_be() {
    let here = folder(&[]);
    bokworm(here.path(), &["init", "--ci", "github"]);
    let place = folder(&[]);
    let cargo = format!("echo \"$@\" > {}/installed", place.path().display());
    let runner = Runner::at(here.path(), place.path(), &[("cargo", &cargo)]);
    let publish = workflow(here.path(), PUBLISH);
    let build = &publish["jobs"]["build"];
    let (code, told) = runner.run(build, "Install bokworm", &[("vars.BOKWORM_REPOSITORY", "")]);
    assert!(code == 1 && told.starts_with("::error::Set the variable BOKWORM_REPOSITORY"), "{told}");
    let (code, _) = runner.run(build, "Install bokworm", &[("vars.BOKWORM_REPOSITORY", "https://git.example/b")]);
    let version = env!("CARGO_PKG_VERSION");
    let asked = format!("install --locked --git https://git.example/b --tag v{version} bokworm\n");
    assert_eq!((code, read(place.path(), "installed")), (0, asked));
    let (code, told) = runner.run(build, "Build", &[("steps.pages.outputs.base_url", "https://me.example/handbook")]);
    assert_eq!(code, 0, "{told}");
    let map = read(here.path(), "public/sitemap.xml");
    assert!(map.contains("<loc>https://me.example/handbook/roles/Lead/</loc>"), "{map}");
    assert!(here.path().join(".bokworm/cache").is_dir());
    assert!(read(place.path(), "summary.md").starts_with("### bokworm build\n"));
    std::fs::write(here.path().join("book.toml"), "[site]\ntitel = 1\n").unwrap();
    assert_eq!(runner.run(build, "Build", &[("steps.pages.outputs.base_url", "")]).0, 1, "nothing wrong is published");
}

#[test]
fn a_pull_request_is_checked_and_gets_one_comment() {
    let origin = folder(&[]);
    bokworm(origin.path(), &["init", "--ci", "github"]);
    git::git(origin.path(), &["init", "-q"]);
    git::commit(origin.path(), &[]);
    let place = folder(&[]);
    git::git(place.path(), &["clone", "-q", origin.path().to_str().unwrap(), "clone"]);
    let clone = place.path().join("clone");
    git::git(&clone, &["checkout", "-q", "-b", "feature"]);
    git::commit(&clone, &[("content/new.md", "# New\n\n[Nowhere](nowhere)\n")]);
    // There is a comment to be edited once there was one.
    let comments = place.path().join("comments");
    let gh = format!(
        "echo \"$@\" >> {0}; case $* in *--edit-last*) test -e {0}.one;; *) touch {0}.one;; esac",
        comments.display()
    );
    let runner = Runner::at(&clone, place.path(), &[("gh", &gh)]);
    let changes = workflow(&clone, CHANGES);
    let job = &changes["jobs"]["changes"];
    let (code, told) = runner.run(job, "Tell what it changes", &[]);
    assert_eq!(code, 0, "{told}");
    let comment = read(place.path(), "changes.md");
    assert!(comment.starts_with("**1 page added**"), "{comment}");
    assert_eq!(read(place.path(), "summary.md"), comment);
    let values = [("github.token", "t"), ("github.event.pull_request.number", "7")];
    for _ in 0..2 {
        assert_eq!(runner.run(job, "Comment", &values).0, 0);
    }
    let asked = std::fs::read_to_string(&comments).unwrap();
    let kinds: Vec<bool> = asked.lines().map(|line| line.contains("--edit-last")).collect();
    assert_eq!(kinds, [true, false, true], "{asked}");
    assert!(asked.lines().all(|line| line.starts_with("pr comment 7 ") && line.ends_with("/changes.md")));
    let (code, told) = runner.run(job, "Check", &[]);
    assert_eq!(code, 1);
    assert!(told.contains("::warning file=content/new.md,line=3,"), "{told}");
}
