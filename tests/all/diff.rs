//! What an edit does to a site, whatever the edit: compared the other way round it comes out mirrored, a site has no
//! difference from itself, and what shows a page is what a search in the dark finds. Single edits stand in `cases/diff/`.

use crate::program;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::edits::{Edit, IN_TWO, apply, edit, edit_in_two};
use bokworm::diff::{
    self, AssetEvent, ComparedSite, Comparing, Difference, FindingFact, ListChange, PageChange, PageEvent,
    ReportedDifference, ReportedSite, SiteSeen,
};
use bokworm::make::Tools;
use bokworm::output::Bytes;
use bokworm::project::{self, Overrides};
use bokworm::session::{Purpose, Session, State};
use bokworm::site::Place;
use bokworm::source::{Asset, SourcePath};
use bokworm::store::Cache;
use proptest::prelude::*;
use scraper::{Html, Selector};

fn state(folder: &Path) -> State {
    let overrides = Overrides { today: Some("2026-05-01".into()), ..Overrides::default() };
    Session::open(project::open(folder, &overrides).unwrap(), Purpose::Check).unwrap().state()
}

fn compared(before: &State, after: &State, depth: usize) -> Difference {
    let shown = |path: &SourcePath| path.to_string();
    let findings = |state: &State| state.check(&state.severities(&[]), Vec::new());
    let (old, new) = (findings(before), findings(after));
    let old = SiteSeen {
        library: &before.library,
        calendar: before.calendar(),
        findings: &old,
        sources: &before.sources,
        shown: &shown,
    };
    let new = SiteSeen {
        library: &after.library,
        calendar: after.calendar(),
        findings: &new,
        sources: &after.sources,
        shown: &shown,
    };
    // Both lie in one folder, so that the bytes of the first are gone.
    let comparing = Comparing { depth, differ: &|_, _| false, text: &|_| None };
    diff::compare(&ComparedSite::of(old), &ComparedSite::of(new), comparing)
}

/// What is known of both directions, with files by the paths that they have before.
fn plain(difference: &Difference, names: &BTreeMap<String, String>, mirror: bool) -> String {
    let name = |path: &String| names.get(path).unwrap_or(path).clone();
    let pages = difference.pages.iter().map(|page| one(page, mirror)).collect::<BTreeSet<_>>();
    let list = |list: &ListChange| {
        let paths = |all: &[diff::PageInList]| {
            all.iter().map(|page| (name(&page.path), page.through.clone())).collect::<BTreeSet<_>>()
        };
        let (gained, lost) = (paths(&list.gained), paths(&list.lost));
        let (gained, lost) = if mirror { (lost, gained) } else { (gained, lost) };
        // A list may be called otherwise on the other side; what it gains and loses says which it is.
        format!("{:?} {:?} {gained:?} {lost:?} {}", list.kind, list.on.as_ref().map(name), list.reordered)
    };
    let mut lists: Vec<String> = difference.lists.iter().map(list).collect();
    lists.sort();
    let tags = &difference.tags;
    let respelt: BTreeSet<_> =
        tags.respelt.iter().map(|(was, is)| if mirror { (is, was) } else { (was, is) }).collect();
    let (appeared, vanished) = if mirror { (&tags.vanished, &tags.appeared) } else { (&tags.appeared, &tags.vanished) };
    let relations: BTreeSet<_> = difference
        .relations
        .iter()
        .map(|one| (one.name.clone(), name(&one.from), name(&one.to), one.added != mirror))
        .collect();
    let findings = |all: &[FindingFact]| {
        let mut all: Vec<_> = all.iter().map(|one| (name(&one.path), one.code.clone(), one.message.clone())).collect();
        all.sort();
        all
    };
    let (new, gone) = (findings(&difference.findings.new), findings(&difference.findings.gone));
    let (new, gone) = if mirror { (gone, new) } else { (new, gone) };
    let event = |event: AssetEvent| match event {
        AssetEvent::Added if mirror => AssetEvent::Removed,
        AssetEvent::Removed if mirror => AssetEvent::Added,
        event => event,
    };
    let files = difference.files.iter().map(|file| (&file.path, event(file.event), &file.address)).collect::<Vec<_>>();
    format!(
        "{pages:#?}\n{lists:#?}\n{respelt:?} {appeared:?} {vanished:?}\n{relations:#?}\n{new:#?}\n{gone:#?}\n{files:?}"
    )
}

/// A page's change as a text that doesn't tell from which side it was seen.
fn one(page: &PageChange, mirror: bool) -> String {
    let event = match (page.event, mirror) {
        (PageEvent::Added, true) => PageEvent::Removed,
        (PageEvent::Removed, true) => PageEvent::Added,
        (event, _) => event,
    };
    let path = page.path.clone().or_else(|| page.former_path.clone());
    let ends = |now: &Option<String>, former: &Option<String>| {
        let former = former.clone().or_else(|| now.clone());
        if mirror { (former, now.clone()) } else { (now.clone(), former) }
    };
    let kept = !matches!(page.event, PageEvent::Added | PageEvent::Removed);
    let paths = if kept { ends(&path, &page.former_path) } else { (path.clone(), path) };
    let title = Some(page.title.clone());
    let titles = if kept { ends(&title, &page.former_title) } else { (title.clone(), title) };
    let address = page.address.clone().or_else(|| page.former_address.clone());
    let addresses = if kept { ends(&address, &page.former_address) } else { (address.clone(), address) };
    let swap = |a: String, b: String| if mirror { (b, a) } else { (a, b) };
    let words = swap(page.words_added.to_string(), page.words_removed.to_string());
    let gone: Vec<&String> = page.headings_gone.iter().map(|heading| &heading.text).collect();
    let headings =
        if kept { swap(format!("{:?}", page.headings_added), format!("{gone:?}")) } else { Default::default() };
    let links = swap(format!("{:?}", page.links_broken), format!("{:?}", page.links_mended));
    let list = &page.checklist;
    let statements = swap(format!("{:?}", list.added), format!("{:?}", list.removed));
    let reworded = list.reworded.len();
    format!(
        "{event:?} {paths:?} {titles:?} {addresses:?} {words:?} {:?} {headings:?} {links:?} {statements:?} {reworded}",
        page.keys
    )
}

fn renamed(difference: &Difference) -> BTreeMap<String, String> {
    let renamed = difference.pages.iter().filter(|page| page.event == PageEvent::Renamed);
    renamed.filter_map(|page| Some((page.path.clone()?, page.former_path.clone()?))).collect()
}

fn holds_both_ways(configuration: &str, first: &[Edit], second: &[Edit]) -> Result<(), TestCaseError> {
    let folder = program::folder(&[("book.toml", configuration), ("content/index.md", "# Home\n")]);
    first.iter().for_each(|edit| apply(folder.path(), edit));
    let before = state(folder.path());
    prop_assert_eq!(compared(&before, &before, 2), Difference::default());
    second.iter().for_each(|edit| apply(folder.path(), edit));
    let after = state(folder.path());
    let (there, back) = (compared(&before, &after, 0), compared(&after, &before, 0));
    prop_assert_eq!(plain(&there, &renamed(&there), false), plain(&back, &BTreeMap::new(), true));
    for depth in 1..4 {
        impact(&before, &after, depth)?;
    }
    Ok(())
}

/// What shows each changed page, found by asking every page again and again.
fn impact(before: &State, after: &State, depth: usize) -> Result<(), TestCaseError> {
    for page in compared(before, after, depth).pages {
        let (state, path) = match (&page.path, &page.former_path) {
            (Some(path), _) => (after, path.clone()),
            (None, Some(path)) => (before, path.clone()),
            (None, None) => continue,
        };
        let shown = shows(state);
        let mut steps: BTreeMap<String, usize> = BTreeMap::new();
        let mut front = BTreeSet::from([path.clone()]);
        for step in 1..=depth {
            let next: BTreeSet<String> = shown
                .iter()
                .filter(|(_, of)| front.iter().any(|path| of.contains(path)))
                .map(|(by, _)| by.clone())
                .collect();
            front = next.into_iter().filter(|by| *by != path && !steps.contains_key(by)).collect();
            steps.extend(front.iter().map(|by| (by.clone(), step)));
        }
        let told: BTreeMap<String, usize> = page.shown_by.into_iter().map(|shown| (shown.path, shown.steps)).collect();
        prop_assert_eq!(told, steps, "{} over {} steps", path, depth);
    }
    Ok(())
}

/// For each page, the pages that it links to or lists.
fn shows(state: &State) -> Vec<(String, BTreeSet<String>)> {
    let mut all = Vec::new();
    for (_, edition) in state.library.editions() {
        for (id, published) in edition.pages.iter().enumerate().filter(|(_, page)| page.borrowed.is_none()) {
            let linked = edition.links(id).iter().filter_map(|link| match link.place {
                Place::Page(to) => Some(to),
                _ => None,
            });
            let components = published.page.components.iter();
            let listed = components.filter(|used| edition.asked(used).is_some());
            let listed = listed.flat_map(|used| edition.list(used, id, state.calendar()).to_vec());
            let shown = linked.chain(listed).filter(|to| edition.pages[*to].borrowed.is_none());
            let paths = shown.map(|to| edition.pages[to].page.path.to_string()).collect();
            all.push((published.page.path.to_string(), paths));
        }
    }
    all
}

/// The files of a report.
fn reported(before: &State, after: &State) -> BTreeMap<String, String> {
    let tools = Tools::of_preview(&Cache::none());
    let (search_before, search_after) = (tools.search(before), tools.search(after));
    let (old, new) = (tools.renderer(before, &search_before), tools.renderer(after, &search_after));
    let shown = |path: &SourcePath| path.to_string();
    let bytes = |file: &Asset| std::fs::read(&file.file).ok();
    let files = diff::report(&ReportedDifference {
        difference: &compared(before, after, 1),
        before: ReportedSite { library: &before.library, renderer: &old, shown: &shown, bytes: &bytes },
        after: ReportedSite { library: &after.library, renderer: &new, shown: &shown, bytes: &bytes },
        called: ["before", "after"],
        preview: None,
    });
    let text = |bytes| match bytes {
        Bytes::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Bytes::File(file) => panic!("{file:?} was to be held"),
    };
    let count = files.len();
    let files: BTreeMap<String, String> = files.into_iter().map(|file| (file.path, text(file.bytes))).collect();
    assert_eq!(files.len(), count, "each file is there once");
    files
}

/// What is wrong with a report's page: ids twice, links and pictures to nowhere, what runs.
fn faults(files: &BTreeMap<String, String>, file: &str) -> Vec<String> {
    let read = |file: &str| files.get(file).map(|text| Html::parse_document(text));
    let html = read(file).unwrap();
    let all = |selector: &str| html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    let twice = all("[id]").into_iter().filter(|one| !ids.insert(one.attr("id").unwrap().to_owned()));
    faults.extend(twice.map(|one| format!("{} again", one.attr("id").unwrap())));
    faults.extend(
        all("script, style, iframe, object, [style], [onclick], [srcset]").iter().map(scraper::ElementRef::html),
    );
    for one in all("[href], [src]") {
        let address = one.attr("href").or(one.attr("src")).unwrap();
        if address.contains(':') {
            continue;
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let folder = format!("/{}", bokworm::site::address::parent(file));
        let whole = match path {
            "" => file.to_owned(),
            path => bokworm::site::address::resolve(&folder, &decoded(path)).trim_start_matches('/').to_owned(),
        };
        let Some(target) = files.get(&whole) else {
            faults.push(format!("{address} leads to no file"));
            continue;
        };
        let page = Html::parse_document(target);
        let ids = Selector::parse("[id]").unwrap();
        let is_there = page.select(&ids).any(|one| one.attr("id") == Some(&decoded(fragment)));
        if !fragment.is_empty() && !is_there {
            faults.push(format!("{address} leads to no id"));
        }
    }
    faults
}

fn report_is_sound(configuration: &str, first: &[Edit], second: &[Edit]) -> Result<(), TestCaseError> {
    let folder = program::folder(&[("book.toml", configuration), ("content/index.md", "# Home\n")]);
    first.iter().for_each(|edit| apply(folder.path(), edit));
    let before = state(folder.path());
    let pages = |files: &BTreeMap<String, String>| files.keys().filter(|file| file.ends_with(".html")).count();
    prop_assert_eq!(pages(&reported(&before, &before)), 1);
    second.iter().for_each(|edit| apply(folder.path(), edit));
    let after = state(folder.path());
    let files = reported(&before, &after);
    prop_assert!(files == reported(&before, &after), "it is the same each time");
    for file in files.keys().filter(|file| file.ends_with(".html")) {
        let faults = faults(&files, file);
        prop_assert!(faults.is_empty(), "{}: {:?}\n{}", file, faults, files[file]);
    }
    let told = compared(&before, &after, 1).pages;
    for page in told.iter().filter(|page| page.event != PageEvent::Rewritten) {
        let file = format!("pages/{}.html", page.path.as_ref().or(page.former_path.as_ref()).unwrap());
        prop_assert!(files.contains_key(&file), "{} has a page", file);
    }
    Ok(())
}

fn cases() -> u32 {
    std::env::var("BOKWORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_difference_is_the_same_from_both_sides(
        first in prop::collection::vec(edit(), 4..14),
        second in prop::collection::vec(edit(), 1..6),
    ) {
        holds_both_ways("[site]\nurl = \"https://example.org\"\n", &first, &second)?;
    }

    #[test]
    fn so_it_is_with_two_languages(
        first in prop::collection::vec(edit_in_two(), 4..14),
        second in prop::collection::vec(edit_in_two(), 1..6),
    ) {
        holds_both_ways(IN_TWO[0], &first, &second)?;
    }

    #[test]
    fn a_report_leads_nowhere_false_and_runs_nothing(
        first in prop::collection::vec(edit(), 4..14),
        second in prop::collection::vec(edit(), 1..6),
    ) {
        report_is_sound("", &first, &second)?;
    }

    #[test]
    fn so_does_one_of_two_languages(
        first in prop::collection::vec(edit_in_two(), 4..14),
        second in prop::collection::vec(edit_in_two(), 1..6),
    ) {
        report_is_sound(IN_TWO[0], &first, &second)?;
    }
}

/// The shell steps of the workflow that `docs/changes.md` shows, run as GitHub runs them: in a clone, on a branch.
#[test]
#[cfg(unix)]
fn the_workflow_of_the_docs_works() {
    let docs = include_str!("../../docs/changes.md");
    let workflow = docs.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let steps: Vec<String> = workflow
        .split("run: |\n")
        .skip(1)
        .map(|step| {
            step.lines()
                .take_while(|line| line.starts_with("          "))
                .map(|line| line.trim_start().to_owned() + "\n")
                .collect()
        })
        .collect();
    assert_eq!(steps.len(), 3);
    let origin = program::folder(&[]);
    program::git::git(origin.path(), &["init", "-q"]);
    program::git::commit(
        origin.path(),
        &[("book.toml", ""), ("content/index.md", "# Home\n"), ("content/a.md", "# A\n")],
    );
    let place = program::folder(&[]);
    let clone = place.path().join("clone");
    program::git::git(place.path(), &["clone", "-q", origin.path().to_str().unwrap(), "clone"]);
    program::git::git(&clone, &["checkout", "-q", "-b", "feature"]);
    program::git::commit(&clone, &[("content/b.md", "# B\n")]);
    let summary = place.path().join("summary.md");
    let run = |step: &str| {
        let program = Path::new(env!("CARGO_BIN_EXE_bokworm")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        let mut shell = std::process::Command::new("bash");
        shell.args(["-e", "-c", step]).current_dir(&clone).env("PATH", path);
        shell.env("GITHUB_BASE_REF", "main").env("GITHUB_STEP_SUMMARY", &summary).output().unwrap().status.success()
    };
    assert!(run(&steps[0]) && run(&steps[1]) && run(&steps[2]));
    assert!(clone.join("changes/pages/content/b.md.html").is_file());
    assert!(std::fs::read_to_string(&summary).unwrap().starts_with("**1 page added**"));
    std::fs::remove_file(clone.join("content/a.md")).unwrap();
    assert!(run(&steps[0]) && run(&steps[1]) && !run(&steps[2]), "an address that is taken away stops it");
}
