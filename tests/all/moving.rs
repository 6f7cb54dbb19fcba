//! Things moved in sites that authors made at random: afterwards nothing is dead that wasn't before, every old address
//! answers, nothing but references is another, and all of it can be taken back. Single moves stand in `cases/moving/`.
//! `BOKWORM_CASES=80 cargo test --test all moving::whatever` tries more.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::edits::{Edit, apply, edit, edit_in_two};
use crate::program::arrival::BuiltSite;
use crate::program::{self, bokworm, command, git};
use bokworm::page::LinkKind;
use bokworm::project::{self, Overrides};
use bokworm::session::{Purpose, Session, State};
use bokworm::site::{Edition, PageId, Place, Problem};
use proptest::prelude::*;

/// Every file of a project with its bytes, but what bokworm makes for itself.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let is_own =
        |path: &String| path.starts_with(".bokworm/") || path.starts_with("public/") || path.starts_with(".git/");
    let files = program::files(folder).into_iter().filter(|path| !is_own(path));
    files.map(|path| (path.clone(), std::fs::read(folder.join(&path)).unwrap())).collect()
}

fn state(folder: &Path) -> State {
    let overrides = Overrides { today: Some("2026-05-01".into()), ..Overrides::default() };
    Session::open(project::open(folder, &overrides).unwrap(), Purpose::Check).unwrap().state()
}

/// Whether somebody who comes to a page finds the place on it.
fn has(site: &Edition, id: PageId, fragment: &str) -> bool {
    let moved = site.moved_anchors(id);
    let is_own = || site.anchors(id).iter().any(|anchor| anchor == fragment);
    fragment.is_empty()
        || is_own()
        || moved.away.contains_key(fragment)
        || moved.beside.values().flatten().any(|old| old == fragment)
}

/// What all references of all pages lead to: by language, file, and how many of them stand before; the page by its file.
fn references(state: &State, places: &BTreeMap<String, String>) -> BTreeMap<(usize, String, usize), (String, bool)> {
    let moved = |path: &str| places.get(path).cloned().unwrap_or_else(|| path.to_owned());
    let mut all = BTreeMap::new();
    for (at, (_, site)) in state.library.editions().enumerate() {
        for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| page.borrowed.is_none()) {
            let file = moved(page.page.path.on_disk());
            for (number, link) in site.links(id).iter().enumerate() {
                // Code that is no page's name any more is code.
                if page.page.links[number].kind == LinkKind::Code {
                    continue;
                }
                let leads_to = match &link.place {
                    Place::Page(to) => format!("page {}", moved(site.pages[*to].page.path.on_disk())),
                    Place::Here => format!("page {file}"),
                    Place::File(_) => "file".into(),
                    Place::Route(_) => "route".into(),
                    Place::Draft => "draft".into(),
                    Place::Elsewhere => "elsewhere".into(),
                    Place::Nowhere => "nowhere".into(),
                };
                let is_dead = matches!(link.problem, Some(Problem::NoHeading(_))) || link.place == Place::Nowhere;
                // Of a way by an old address the findings tell nothing, but the heading isn't there either.
                let is_dead = is_dead || matches!(link.place, Place::Page(to) if !has(site, to, &link.fragment));
                all.insert((at, file.clone(), number), (leads_to, is_dead));
            }
        }
    }
    all
}

/// Where somebody comes who asks for an address, if anything is there.
fn answers(state: &State, address: &str) -> bool {
    let parts = address.split('#').map(|part| part.replace('%', "%25").replace('?', "%3F"));
    let target = parts.collect::<Vec<_>>().join("#");
    let resolution = state.original().resolve_from_root(&target, LinkKind::Link);
    resolution.place != Place::Nowhere && !matches!(resolution.problem, Some(Problem::NoHeading(_)))
}

/// All that readers may have kept: addresses of pages, and of places on them.
fn addresses(state: &State) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (_, site) in state.library.editions() {
        for (id, page) in site.pages.iter().enumerate() {
            all.insert(page.route.clone());
            all.extend(site.anchors(id).iter().map(|anchor| format!("{}#{anchor}", page.route)));
        }
        all.extend(site.tags.iter().map(|tag| site.tag_route(tag)));
        all.extend(site.indexes.iter().map(|index| index.route.clone()));
        all.extend(site.redirects.iter().map(|redirect| redirect.from.clone()));
        all.extend(site.files.keys().cloned());
    }
    all
}

/// The published files by their paths; none where mistakes keep the site from being published.
fn built(folder: &Path) -> BTreeSet<String> {
    let ran = bokworm(folder, &["build", "--quiet"]);
    assert!(ran.code <= 1, "{ran:?}");
    if ran.code == 1 {
        return BTreeSet::new();
    }
    let files = program::files(&folder.join("public"));
    let is_page = |path: &String| path.ends_with(".html") && path != "404.html";
    files.into_iter().filter(is_page).collect()
}

/// What a move said it renamed: files and folders among the pages, first place to second.
fn told(stdout: &str, before: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    for line in stdout.lines() {
        let Some((from, to)) = line.split_once(" → ") else { continue };
        let to = to.strip_suffix(", its translation").unwrap_or(to);
        for path in before.keys() {
            let Some(below) = path.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/')) else {
                continue;
            };
            let (from, to) = (path.clone(), format!("{to}{below}"));
            places.insert(from.replacen("content/", "", 1), to.replacen("content/", "", 1));
        }
    }
    places
}

/// How many kinds of moves there are.
const KINDS: usize = 6;

/// That of a heading which goes to another page with its text.
const SECTION: usize = 5;

/// A move that somebody asks for, by numbers: what it is of, which of them, and where to.
fn wish(state: &State, before: &BTreeMap<String, Vec<u8>>, numbers: [usize; 3]) -> Option<[String; 2]> {
    const NAMES: [&str; 6] = ["new", "docs/new", "deep/er/Neu", "x/05-n w", "docs/index", "y/z/ö"];
    let [what, which, to] = numbers;
    let pick = |all: Vec<String>| (!all.is_empty()).then(|| all[which % all.len()].clone());
    let name = NAMES[to % NAMES.len()];
    let pages: Vec<String> =
        before.keys().filter(|path| path.starts_with("content/") && path.ends_with(".md")).cloned().collect();
    match what % KINDS {
        0 => Some([pick(pages)?, format!("content/{name}.md")]),
        1 => {
            let folders: BTreeSet<String> = pages
                .iter()
                .flat_map(|page| Path::new(page).ancestors().skip(1))
                .filter_map(|folder| folder.to_str().filter(|folder| folder.starts_with("content/")).map(str::to_owned))
                .collect();
            Some([pick(folders.into_iter().collect())?, format!("content/{name}")])
        }
        2 => {
            let is_file = |path: &&String| path.ends_with(".png") || path.starts_with("static/");
            let file = pick(before.keys().filter(is_file).cloned().collect())?;
            let (folder, ending) = (file.split('/').next()?.to_owned(), file.rsplit('.').next()?.to_owned());
            Some([file, format!("{folder}/{name}.{ending}")])
        }
        3 | SECTION => {
            let editions = state.library.editions();
            let headings = editions.flat_map(|(_, site)| site.pages.iter()).filter(|page| page.borrowed.is_none());
            let all = headings.flat_map(|page| {
                let path = page.page.path.on_disk().to_owned();
                page.page.headings.iter().map(move |heading| format!("content/{path}#{}", heading.id))
            });
            let heading = pick(all.collect())?;
            // Another page of its language.
            let (own, folder) = (heading.split('#').next()?, |path: &str| path.starts_with("content/de/"));
            let others = pages.iter().filter(|page| *page != own && folder(page) == folder(own)).collect::<Vec<_>>();
            let there = match what % KINDS {
                SECTION if others.is_empty() => return None,
                SECTION => others[to % others.len()],
                _ => "",
            };
            let id = if to % 2 == 0 || there.is_empty() { "#quite-new" } else { "" };
            Some([heading, format!("{there}{id}")])
        }
        _ => {
            let editions = state.library.editions();
            let labels: BTreeSet<String> = editions.flat_map(|(_, site)| site.labels().to_vec()).collect();
            Some([format!("tag:{}", pick(labels.into_iter().collect())?), "tag:Quite: new".to_owned()])
        }
    }
}

/// A text without what a move may rewrite: targets of links, names in brackets, ids, and values that are paths.
fn without_references(state: &State, path: &str, text: &str) -> String {
    let editions = state.library.editions();
    let mut pages = editions.flat_map(|(_, site)| site.pages.iter());
    let Some(page) = pages.find(|page| page.page.path.on_disk() == path) else { return text.to_owned() };
    let mut spans: Vec<_> = page.page.links.iter().filter_map(|link| link.span.target()).collect();
    let named = page.page.links.iter().filter(|link| link.kind == LinkKind::Named).map(|link| link.span.whole);
    spans.extend(named);
    spans.sort();
    spans.dedup();
    let mut out = String::new();
    let mut done = 0;
    for span in spans.iter().filter(|span| span.start >= page.page.body_start) {
        out.push_str(&text[done..span.start]);
        out.push('_');
        done = span.end;
    }
    out.push_str(&text[done..]);
    let (head, body) = out.split_at(page.page.body_start.min(out.len()));
    let plain = |line: &str| match line.split_once(": ") {
        Some((key @ ("leads" | "kin" | "image" | "list_image" | "pagination_next"), _)) => format!("{key}: _"),
        _ => line.to_owned(),
    };
    let folder = |line: &str| line.split("filter=\"").next().unwrap_or(line).to_owned();
    head.lines().map(plain).chain(body.lines().map(folder)).collect::<Vec<_>>().join("\n")
}

/// How many moves were made, of each kind, so that a test of nothing is told from one.
#[derive(Default)]
struct Made {
    of: [Cell<usize>; KINDS],
}

fn holds(edits: &[Edit], numbers: [usize; 3], made: &Made) -> Result<(), TestCaseError> {
    let folder = program::folder(&[("content/index.md", "# Home\n\n[a](a.md#one) [b](docs/02-b.md)\n")]);
    let site = folder.path();
    std::fs::write(site.join("book.toml"), "").unwrap();
    edits.iter().for_each(|edit| apply(site, edit));
    if numbers[0] % KINDS == SECTION {
        // No section is moved that is all that stands on its page.
        let pages = tree(site).into_iter().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md"));
        pages.for_each(|(path, text)| std::fs::write(site.join(path), [&*text, b"\n\n# The end\n"].concat()).unwrap());
    }
    if !state(site).project.findings.is_empty() {
        return Ok(());
    }
    // Where the ledger is kept, a build writes into it.
    let was_built = built(site);
    let before = tree(site);
    let old = state(site);
    // What somebody comes to who asks for an address, in the files that were published.
    let was_published = (!was_built.is_empty()).then(|| BuiltSite::of(&site.join("public")));
    let Some([from, to]) = wish(&old, &before, numbers) else { return Ok(()) };
    let told_addresses = addresses(&old);
    let ran = bokworm(site, &["mv", &from, &to]);
    if ran.code == 2 {
        prop_assert_eq!(tree(site), before, "{:?}", ran);
        prop_assert!(ran.stderr.starts_with("error: "), "{:?}", ran);
        return Ok(());
    }
    prop_assert_eq!(ran.code, 0, "{:?}", ran);
    let kind = numbers[0] % KINDS;
    made.of[kind].set(made.of[kind].get() + 1);
    let after = tree(site);
    let new = state(site);
    let places = told(&ran.stdout, &before);
    let (led, leads) = (references(&old, &places), references(&new, &BTreeMap::new()));
    if kind == SECTION {
        // They stand on another page now: which is which, nobody can tell, but how many lead nowhere.
        let dead = |all: &BTreeMap<_, (String, bool)>| all.values().filter(|(_, is_dead)| *is_dead).count();
        prop_assert!(led.len() == leads.len() && dead(&led) >= dead(&leads), "{:?}\n{:?}", ran, after.keys());
    }
    for (reference, (to, was_dead)) in led.iter().filter(|_| kind != SECTION) {
        let Some((now, is_dead)) = leads.get(reference) else {
            return Err(TestCaseError::fail(format!("{reference:?} is gone\n{ran:?}\n{after:?}")));
        };
        // What leads on by an old address may lead there by itself.
        prop_assert!(
            *was_dead || (!is_dead && (to == now || to == "route")),
            "{:?}: {} and not {}\n{:?}",
            reference,
            now,
            to,
            ran
        );
    }
    // Every address that was published answers, by what is published and by what is known of it.
    let is_built = built(site);
    let gone: Vec<&String> = was_built.difference(&is_built).collect();
    prop_assert!(gone.is_empty(), "{:?}\n{:?}\n{:?}", gone, ran, is_built);
    // Who replaces the theme's page leaves out the script that leads from one page to another.
    let has_script = kind != SECTION || !before.keys().any(|path| path == "templates/page.html");
    if let Some(was) = was_published.filter(|_| !is_built.is_empty() && has_script) {
        let is = BuiltSite::of(&site.join("public"));
        let lost: Vec<_> = told_addresses.iter().filter(|asked| was.arrives(asked) && !is.arrives(asked)).collect();
        prop_assert!(lost.is_empty(), "{:?} lead nowhere in the files\n{:?}\n{:?}", lost, ran, is_built);
    }
    // Of two pages at one address only one is published.
    for address in told_addresses.iter().filter(|address| answers(&old, address)) {
        prop_assert!(answers(&new, address), "{} leads nowhere\n{:?}\n{:?}", address, ran, after.keys());
    }
    // Nothing else is written otherwise.
    if kind < 3 {
        for (path, bytes) in before.iter().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md")) {
            let path = path.strip_prefix("content/").unwrap();
            let now = places.get(path).map_or(path, String::as_str);
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            let was = without_references(&old, path, &text(bytes));
            let is = without_references(&new, now, &text(&after[&format!("content/{now}")]));
            prop_assert_eq!(was, is, "{}", path);
        }
    }
    let after = tree(site);
    let again = bokworm(site, &["mv", &from, &to]);
    prop_assert_eq!(again.code, 0, "{:?}", again);
    prop_assert!(again.stdout.ends_with("there is nothing to do.\n"), "{:?}", again);
    prop_assert_eq!(tree(site), after);
    let back = bokworm(site, &["mv", "--undo"]);
    prop_assert_eq!(back.code, 0, "{:?}", back);
    let mut is = tree(site);
    if let (Some(ledger), Some(was)) = (before.get("addresses.lock"), is.get_mut("addresses.lock")) {
        // What a build recorded since stays on record, and what was there before is there again.
        let lines =
            |bytes: &[u8]| -> BTreeSet<String> { String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect() };
        let (old, now) = (lines(ledger), lines(was));
        let lost: Vec<&String> =
            old.difference(&now).filter(|line| !line.contains("->") && !line.starts_with("# ")).collect();
        prop_assert!(lost.is_empty(), "{:?}\n{:?}\n{:?}", lost, ran, now);
        was.clone_from(ledger);
    }
    prop_assert_eq!(is, before);
    Ok(())
}

fn runs(edit: impl Strategy<Value = Edit> + Clone, first: Option<usize>) {
    let made = Made::default();
    let cases = std::env::var("BOKWORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let edits = proptest::collection::vec(edit, 8..30);
    let numbers = [0..KINDS, 0..40, 0..6].map(Strategy::boxed);
    let [what, which, to] = numbers;
    let begin = first.map(Edit::Configuration);
    let all = runner.run(&(edits, what, which, to), |(edits, what, which, to)| {
        let edits: Vec<Edit> = begin.iter().cloned().chain(edits).collect();
        holds(&edits, [what, which, to], &made)
    });
    all.unwrap_or_else(|error| panic!("{error}"));
    let made = made.of.each_ref().map(Cell::get);
    assert!(cases < 32 || made.iter().all(|of_kind| *of_kind > 0), "each kind of move was made: {made:?}");
}

#[test]
fn whatever_moves_nothing_is_lost() {
    runs(edit().boxed(), None);
}

#[test]
fn whatever_moves_in_several_languages_nothing_is_lost() {
    runs(edit_in_two().boxed(), Some(8));
}

#[test]
fn in_a_shallow_clone_things_move_and_what_nobody_knows_there_is_said() {
    let folder = program::folder(&[("book.toml", "")]);
    let from = folder.path().join("from");
    std::fs::create_dir(&from).unwrap();
    git::git(&from, &["init", "-q"]);
    let page = |words: &str| format!("# A page\n\n{words}, and more of them.\n\n[Home](index.md)\n");
    for number in 0..3 {
        let files =
            [("book.toml", ""), ("content/a.md", &page(&number.to_string())), ("content/index.md", "[a](a.md)\n")];
        git::commit(&from, &files);
    }
    git::git(&from, &["checkout", "-q", "-b", "branch"]);
    for number in 3..6 {
        git::commit(&from, &[("content/a.md", &page(&number.to_string()))]);
    }
    git::git(&from, &["checkout", "-q", "main"]);
    let address = format!("file://{}", from.display());
    git::git(
        folder.path(),
        &["clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "branch", &address, "shallow"],
    );
    let shallow = folder.path().join("shallow");
    let moved = bokworm(&shallow, &["mv", "content/a.md", "content/part/b.md"]);
    assert_eq!(moved.code, 0, "{moved:?}");
    assert_eq!(program::read(&shallow, "content/index.md"), "[a](part/b.md)\n");
    assert!(git::git(&shallow, &["status", "--short"]).contains("content/part/b.md"));
    assert_eq!(bokworm(&shallow, &["mv", "--undo"]).code, 0);
    assert_eq!(program::read(&shallow, "content/index.md"), "[a](a.md)\n");
    // Where the branch began isn't there; a commit that is there will do.
    git::git(&shallow, &["mv", "content/a.md", "content/c.md"]);
    let lost = bokworm(&shallow, &["mv", "--mend"]);
    assert!(lost.code == 2 && lost.stderr.contains("git fetch --unshallow"), "{lost:?}");
    for asked in [["mv", "--mend", "HEAD~1"], ["diff", "HEAD~1", "HEAD"]] {
        let lost = bokworm(&shallow, &asked);
        assert!(
            lost.code == 2 && lost.stderr.contains("this clone is shallow, and has no commit `HEAD~1`"),
            "{lost:?}"
        );
    }
    let mended = bokworm(&shallow, &["mv", "--mend", "HEAD"]);
    assert_eq!(mended.code, 0, "{mended:?}");
    assert_eq!(program::read(&shallow, "content/index.md"), "[a](c.md)\n");
}

/// Many pages that link to each other, so that a move takes its time.
fn large(pages: usize) -> tempfile::TempDir {
    let folder = program::folder(&[("book.toml", "")]);
    for number in 0..pages {
        let links: String = (0..20).map(|other| format!("[{other}](page-{}.md)\n", (number + other) % pages)).collect();
        git::write(folder.path(), &format!("content/part/page-{number}.md"), &format!("# Page {number}\n\n{links}"));
    }
    git::write(folder.path(), "content/index.md", "# Home\n\n[one](part/page-1.md)\n");
    folder
}

#[test]
fn a_move_that_is_killed_leaves_the_site_as_before_or_after_or_says_how_to_go_on() {
    let folder = large(30);
    let site = folder.path();
    git::git(site, &["init", "-q"]);
    git::commit(site, &[(".gitignore", "public\n")]);
    let (asked, back) = (["mv", "content/part", "content/whole"], ["mv", "--undo"]);
    let before = tree(site);
    let begun = Instant::now();
    assert_eq!(bokworm(site, &asked).code, 0);
    let whole = begun.elapsed();
    let after = tree(site);
    assert_eq!(bokworm(site, &back).code, 0);
    assert_eq!(tree(site), before);
    let mut cut_off = 0;
    // When it is killed: later where nothing was done yet, sooner where all was, since the machine is now idle, now busy.
    let mut pause = whole.mul_f64(0.6);
    for moment in 0..50_u32 {
        let mut running = command(site).args(asked).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(pause);
        running.kill().unwrap();
        running.wait().unwrap();
        let left = tree(site);
        let next = bokworm(site, &["mv", "content/index.md", "content/other.md", "--dry-run"]);
        if next.stderr.contains("a move was cut off") {
            cut_off += 1;
            pause = pause.mul_f64(0.9 + 0.05 * f64::from(moment % 5));
            assert!(next.stderr.contains("`bokworm mv --continue`") && next.stderr.contains("`bokworm mv --undo`"));
            if moment % 2 == 0 {
                assert_eq!(bokworm(site, &["mv", "--continue"]).code, 0);
                assert_eq!(tree(site), after);
            }
            assert_eq!(bokworm(site, &back).code, 0);
        } else {
            assert!(left == before || left == after, "killed after {pause:?}: neither as before nor as after");
            pause = pause.mul_f64(if left == before { 1.15 } else { 0.87 });
            if left == after {
                assert_eq!(bokworm(site, &back).code, 0);
            }
        }
        assert_eq!(tree(site), before);
        assert_eq!(git::git(site, &["status", "--short"]), "", "killed in the turn {moment}");
    }
    assert!(cut_off > 0, "no move was killed half way, of {whole:?} each");
    assert!(whole < Duration::from_secs(60));
}

const PAGES: &[(&str, &str)] = &[
    ("site/book.toml", "[site]\ntitle = \"A\"\n"),
    ("site/content/index.md", "# Home\n\n[a](a.md)\n"),
    ("site/content/a.md", "# A\n\n[home](index.md)\n"),
];

/// A site below the top of a repository, and a page of it moved: in git's index, too.
fn moves_below(top: &Path) {
    let site = top.join("site");
    assert_eq!(bokworm(&site, &["mv", "content/a.md", "content/part/b.md"]).code, 0);
    let status = git::git(top, &["status", "--short", "--untracked-files=all"]);
    assert!(status.contains("site/content/a.md -> site/content/part/b.md"), "{status}");
    assert!(status.contains("M site/content/index.md"), "{status}");
    assert!(program::read(&site, "content/index.md").contains("[a](part/b.md)"));
    assert!(program::read(&site, "content/part/b.md").contains("[home](../index.md)"));
    assert_eq!(bokworm(&site, &["mv", "--undo"]).code, 0);
    assert_eq!(git::git(top, &["status", "--short", "--untracked-files=all"]), "");
}

#[test]
fn git_follows_in_a_repository_above_the_project_in_a_worktree_and_in_a_submodule() {
    let folder = program::folder(&[]);
    let top = folder.path().join("top");
    std::fs::create_dir(&top).unwrap();
    git::git(&top, &["init", "-q"]);
    git::commit(&top, PAGES);
    moves_below(&top);
    git::git(&top, &["worktree", "add", "-q", "../tree"]);
    moves_below(&folder.path().join("tree"));
    let outer = folder.path().join("outer");
    std::fs::create_dir(&outer).unwrap();
    git::git(&outer, &["init", "-q"]);
    git::git(&outer, &["submodule", "add", "-q", top.to_str().unwrap(), "inner"]);
    moves_below(&outer.join("inner"));
    let refused = bokworm(&outer.join("inner/site"), &["mv", "content/a.md", "../../b.md"]);
    assert_eq!(refused.code, 2, "{refused:?}");
}

#[test]
fn what_was_renamed_without_it_is_followed() {
    let folder = program::folder(&[]);
    let top = folder.path();
    git::git(top, &["init", "-q"]);
    git::commit(top, PAGES);
    let site = top.join("site");
    std::fs::create_dir(site.join("content/part")).unwrap();
    std::fs::rename(site.join("content/a.md"), site.join("content/part/b.md")).unwrap();
    let index = std::fs::read(top.join(".git/index")).unwrap();
    let mended = bokworm(&site, &["mv", "--mend"]);
    assert_eq!((mended.code, mended.stderr.as_str()), (0, ""), "{mended:?}");
    assert!(program::read(&site, "content/index.md").contains("[a](part/b.md)"), "{mended:?}");
    assert!(program::read(&site, "content/part/b.md").contains("[home](../index.md)"), "{mended:?}");
    assert!(program::read(&site, "addresses.lock").contains("/a -> /part/b\n"), "{mended:?}");
    assert_eq!(std::fs::read(top.join(".git/index")).unwrap(), index, "nobody's index is touched");
    let again = bokworm(&site, &["mv", "--mend"]);
    assert!(again.stdout.starts_with("Nothing was renamed"), "{again:?}");
    // Another time, with commits in between.
    git::commit(top, &[]);
    git::git(top, &["mv", "site/content/part/b.md", "site/content/c.md"]);
    git::commit(top, &[]);
    assert_eq!(bokworm(&site, &["mv", "--mend", "HEAD~1"]).code, 0);
    assert!(program::read(&site, "content/index.md").contains("[a](c.md)"));
    assert_eq!(
        program::read(&site, "addresses.lock").lines().skip(1).collect::<Vec<_>>(),
        ["/a -> /c", "/part/b -> /c"]
    );
    let outside = program::folder(&[("content/index.md", "# A\n")]);
    let ran = bokworm(outside.path(), &["mv", "--mend"]);
    assert!(ran.code == 2 && ran.stderr.contains("git knows nothing of this folder"), "{ran:?}");
}
