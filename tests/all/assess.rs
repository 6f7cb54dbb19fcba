//! `bokworm assess` over the binary: benchmarks against a computation of their own, and attacked; editions compared; reports.

mod results;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::program::{self, bokworm};
use results::{Chance, model, project, ratings, result, write};
use serde_json::Value;

use bokworm::site::assessment::Model;

/// What each result rated, by the places of statements.
type Ratings = Vec<BTreeMap<usize, usize>>;

fn save(folder: &Path, model: &Model, all: &Ratings) {
    for (at, ratings) in all.iter().enumerate() {
        write(folder, &format!("results/r{at:04}.json"), &result(model, &format!("Team {at}"), ratings).as_file());
    }
}

/// Merges what is saved; the benchmark, and what was told beside it.
fn merge(folder: &Path, more: &[&str]) -> (Value, String) {
    let ran = bokworm(folder, &[&["assess", "merge", "results"], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (serde_json::from_str(&ran.stdout).unwrap(), ran.stderr)
}

/// A set of statements or of results, a bit each.
type Bits = u128;

/// A cell of a benchmark with the statements that it is about, worked out here.
struct TestCell {
    name: String,
    value: Value,
    items: Bits,
    /// What brings cells together of which each is known to be a part or the whole of others.
    families: Vec<String>,
}

fn cells(benchmark: &Value, model: &Model) -> Vec<TestCell> {
    let all = (0..model.items.len()).fold(0, |bits, at| bits | 1 << at);
    let families = vec!["levels".to_owned(), "areas".to_owned()];
    let mut cells = vec![TestCell { name: "all".into(), value: benchmark["all"].clone(), items: all, families }];
    let of_page = |page: usize| model.items.iter().find(|item| item.page == page).unwrap();
    for kind in ["levels", "areas", "pages", "items"] {
        for (at, value) in benchmark[kind].as_array().unwrap().iter().enumerate() {
            let is_of = |place: &usize| match kind {
                "levels" => model.items[*place].level == Some(at),
                "areas" => model.items[*place].area == Some(at),
                "pages" => model.items[*place].page == at,
                _ => *place == at,
            };
            let families = match kind {
                "levels" => vec!["levels".to_owned(), format!("level {at}")],
                "areas" => vec!["areas".to_owned(), format!("area {at}")],
                "pages" => {
                    let (level, area) = (of_page(at).level.unwrap(), of_page(at).area.unwrap());
                    vec![format!("level {level}"), format!("area {area}"), format!("page {at}")]
                }
                _ => vec![format!("page {}", model.items[at].page)],
            };
            let items = (0..model.items.len()).filter(is_of).fold(0, |bits, at| bits | 1 << at);
            cells.push(TestCell { name: format!("{kind} {at}"), value: value.clone(), items, families });
        }
    }
    cells
}

impl TestCell {
    fn is_withheld(&self) -> bool {
        self.value["withheld"] == true
    }

    fn has(&self, item: usize) -> bool {
        self.items >> item & 1 == 1
    }

    /// The results that rated any of its statements.
    fn group(&self, all: &Ratings) -> Bits {
        let rates = |ratings: &BTreeMap<usize, usize>| ratings.keys().any(|&item| self.has(item));
        (0..all.len()).filter(|at| rates(&all[*at])).fold(0, |bits, at| bits | 1 << at)
    }

    /// What each of them gave on average.
    fn means(&self, model: &Model, all: &Ratings) -> Vec<f64> {
        let mut means = Vec::new();
        for ratings in all {
            let rated = || ratings.iter().filter(|(item, _)| self.has(**item));
            let weight: f64 = rated().map(|(&item, _)| model.items[item].weight).sum();
            let sum: f64 = rated().map(|(&item, &rating)| rating as f64 * model.items[item].weight).sum();
            means.extend((weight > 0.0).then(|| sum / weight));
        }
        means.sort_by(f64::total_cmp);
        means
    }
}

/// A quantile by its definition: the value at this part of the way from the first to the last.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let way = (sorted.len() - 1) as f64 * part;
    let (low, high) = (sorted[way.floor() as usize], sorted[way.ceil() as usize]);
    low * (1.0 - way.fract()) + high * way.fract()
}

/// Every cell that is told says what this computation says.
fn assert_is_right(benchmark: &Value, model: &Model, all: &Ratings) {
    assert_eq!(benchmark["results"], all.len());
    for cell in cells(benchmark, model).iter().filter(|cell| !cell.is_withheld()) {
        let means = cell.means(model, all);
        assert_eq!(cell.value["count"], means.len(), "{}", cell.name);
        if means.is_empty() {
            continue;
        }
        let (lower, upper) = (quantile(&means, 0.25), quantile(&means, 0.75));
        let wanted = [("median", quantile(&means, 0.5)), ("lower", lower), ("upper", upper), ("spread", upper - lower)];
        for (name, wanted) in wanted {
            let told = cell.value[name].as_f64().unwrap();
            assert!((told - wanted).abs() < 0.0051, "{} {name}: {told}, not {wanted}", cell.name);
        }
    }
}

/// Tries to single out fewer than `least` results with what is told.
fn attack(benchmark: &Value, model: &Model, all: &Ratings, least: u32) {
    let everybody: Bits = (0..all.len()).fold(0, |bits, at| bits | 1 << at);
    let told: Vec<TestCell> = cells(benchmark, model).into_iter().filter(|cell| !cell.is_withheld()).collect();
    let told: Vec<(TestCell, Bits)> = told
        .into_iter()
        .map(|cell| {
            let group = cell.group(all);
            (cell, group)
        })
        .collect();
    let hold = |group: Bits, how: &dyn Fn() -> String| {
        let size = group.count_ones();
        assert!(size == 0 || size >= least, "{} singles out {size}", how());
    };
    let whole: HashMap<Bits, i64> =
        told.iter().map(|(cell, _)| (cell.items, cell.value["count"].as_i64().unwrap())).collect();
    for (cell, group) in &told {
        hold(*group, &|| cell.name.clone());
        hold(everybody & !group, &|| format!("not {}", cell.name));
        for (other, others) in &told {
            hold(group & !others, &|| format!("{} without {}", cell.name, other.name));
            hold(group & others, &|| format!("{} and {}", cell.name, other.name));
            // By numbers alone: of two cells that make up a third, it is known how many rated both.
            if let Some(union) = whole.get(&(cell.items | other.items)) {
                let both = whole[&cell.items] + whole[&other.items] - union;
                assert!(both == 0 || both >= i64::from(least), "{} and {} by number: {both}", cell.name, other.name);
            }
        }
    }
    // In a family any combination whatever: who is alike in all of its cells is alike in all combinations of them.
    let families: BTreeSet<&String> = told.iter().flat_map(|(cell, _)| &cell.families).collect();
    for family in families {
        let groups = told.iter().filter(|(cell, _)| cell.families.contains(family)).map(|(_, group)| *group);
        let mut alike = vec![everybody];
        groups.for_each(|group| {
            alike = alike.iter().flat_map(|&some| [some & group, some & !group]).filter(|&some| some != 0).collect();
        });
        alike.into_iter().for_each(|some| hold(some, &|| format!("a combination in {family}")));
    }
}

#[test]
fn a_benchmark_is_right_and_tells_of_no_one() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    assert_eq!((model.items.len(), model.pages.len(), model.levels.len(), model.areas.len()), (71, 23, 5, 3));
    for (seed, count, least) in [(1, 7, 5), (2, 12, 5), (3, 30, 5), (4, 60, 3), (5, 120, 10)] {
        let _ = std::fs::remove_dir_all(folder.path().join("results"));
        let all = ratings(&model, count, &mut Chance(seed));
        save(folder.path(), &model, &all);
        let (open, told) = merge(folder.path(), &[]);
        assert_eq!(told, format!("{count} results merged.\n"));
        assert!(cells(&open, &model).iter().all(|cell| !cell.is_withheld()));
        assert_eq!(open["names"].as_array().unwrap().len(), count);
        assert_is_right(&open, &model, &all);
        let (closed, _) = merge(folder.path(), &["--anonymous", "--at-least", &least.to_string()]);
        assert_eq!((closed.get("names"), &closed["atLeast"]), (None, &Value::from(least)));
        assert_is_right(&closed, &model, &all);
        attack(&closed, &model, &all, least);
        let withheld = cells(&closed, &model).iter().filter(|cell| cell.is_withheld()).count();
        assert!(withheld > 0 && withheld < 101, "{withheld} of {count}");
    }
}

#[test]
fn a_thousand_results_come_to_what_they_come_to() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    let all = ratings(&model, 1000, &mut Chance(6));
    save(folder.path(), &model, &all);
    for more in [&[][..], &["--anonymous"]] {
        let (benchmark, _) = merge(folder.path(), more);
        assert_is_right(&benchmark, &model, &all);
    }
}

#[test]
fn the_attack_finds_what_it_looks_for() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    let all = ratings(&model, 30, &mut Chance(3));
    save(folder.path(), &model, &all);
    let (open, _) = merge(folder.path(), &[]);
    let found = std::panic::catch_unwind(|| attack(&open, &model, &all, 5));
    assert!(found.is_err());
}

#[test]
fn a_second_release_tells_nothing_of_the_few_that_came_since() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    let everybody = ratings(&model, 60, &mut Chance(9));
    for (first, second) in [(30, 31), (30, 34), (30, 36), (30, 60), (58, 60)] {
        let release = |count: usize, more: &[&str]| {
            let _ = std::fs::remove_dir_all(folder.path().join("results"));
            save(folder.path(), &model, &everybody[..count].to_vec());
            merge(folder.path(), &[&["--anonymous"], more].concat()).0
        };
        let old = release(first, &[]);
        write(folder.path(), "old.json", &old.to_string());
        let new = release(second, &["--previous", "old.json"]);
        let all = everybody[..second].to_vec();
        assert_is_right(&new, &model, &all);
        attack(&new, &model, &all, 5);
        attack_both(&old, &new, &model, &everybody, first, second);
        let told = cells(&new, &model).iter().filter(|cell| !cell.is_withheld()).count();
        assert_eq!(told == 0, (second - first) < 5, "{first} then {second}: {told}");
    }
}

/// Tries to single out those who came since, from what both releases tell of a cell, of one inside another, and of two that
/// make up a third.
fn attack_both(old: &Value, new: &Value, model: &Model, all: &Ratings, first: usize, second: usize) {
    let newcomers: Bits = (first..second).fold(0, |bits, at| bits | 1 << at);
    let (old, new) = (cells(old, model), cells(new, model));
    let both = old.iter().zip(&new).filter(|(old, new)| !old.is_withheld() && !new.is_withheld());
    let all = all[..second].to_vec();
    let groups: Vec<(&TestCell, Bits)> = both.map(|(_, new)| (new, new.group(&all) & newcomers)).collect();
    let hold = |group: Bits, how: String| {
        assert!(group == 0 || group.count_ones() >= 5, "{how} singles out {} newcomers", group.count_ones());
    };
    for (cell, came) in &groups {
        hold(*came, cell.name.clone());
        hold(newcomers & !came, format!("not {}", cell.name));
        for (other, others) in &groups {
            let union = cell.items | other.items;
            if union == cell.items {
                hold(came & !others, format!("{} without {}", cell.name, other.name));
            }
            if groups.iter().any(|(whole, _)| whole.items == union) {
                hold(came & others, format!("{} and {}", cell.name, other.name));
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_left_out_and_told() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    let good = || result(&model, "Good", &BTreeMap::from([(0, 3), (1, 5)]));
    let text = good().as_file();
    let put = |name: &str, text: &str| write(folder.path(), &format!("results/{name}.json"), text);
    put("a-good", &text);
    put("again", &text);
    put("changed", &text.replace("\"rating\": 3", "\"rating\": 4"));
    put("edition", &{
        let mut other = good();
        other.model.edition = "0".repeat(16);
        other.as_file()
    });
    put("high", &result(&model, "High", &BTreeMap::from([(0, 9)])).as_file());
    put("model", &{
        let mut other = good();
        other.model.id = "other".into();
        other.as_file()
    });
    put("no", "{\"a\": 1");
    put("none", "{\"format\": \"x\"}");
    let unknown = {
        let mut other = good();
        other.answers.insert("x#y".into(), Default::default());
        other.as_file()
    };
    put("unknown", &unknown);
    put("large", &" ".repeat(5_000_001));
    write(folder.path(), "results/readme.txt", "not looked at");
    std::fs::write(folder.path().join("results/latin.json"), b"\"\xe9\"").unwrap();
    let (benchmark, told) = merge(folder.path(), &[]);
    assert_eq!(benchmark["results"], 1);
    let wanted = "\
left out: `results/again.json` says the same as `results/a-good.json`
left out: `results/changed.json` was changed after it was exported: its checksum is another
left out: `results/edition.json` is of another edition of the model: open it on the site of today and export it again
left out: `results/high.json` has an answer to `p00#statement-0` that is no rating: the highest is 5
left out: `results/large.json` is larger than 5 MB
left out: `results/latin.json` isn't JSON: it isn't UTF-8 text
left out: `results/model.json` is of another model: that has the id `other`, this one the id `m`
left out: `results/no.json` isn't JSON: EOF while parsing an object at line 1 column 7
left out: `results/none.json` isn't a result of an assessment
left out: `results/unknown.json` has an answer to `x#y`, which is no statement of the model
1 result merged, 10 files left out.
";
    assert_eq!(told, wanted);
    let ran = bokworm(folder.path(), &["assess", "merge", "results/no.json"]);
    assert_eq!(
        (ran.code, ran.stderr.contains("none of 1 file is a result of this model")),
        (2, true),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_benchmark_is_written_as_data_a_table_and_a_page() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    save(folder.path(), &model, &ratings(&model, 6, &mut Chance(2)));
    assert_eq!(bokworm(folder.path(), &["assess", "merge", "results", "--anonymous", "--out", "data"]).code, 0);
    let read = |name: &str| std::fs::read_to_string(folder.path().join("data").join(name)).unwrap();
    assert!(
        read("benchmark.json").starts_with("{\n  \"format\": \"bokworm-benchmark/1\",\n")
            && !read("benchmark.json").contains("Team")
    );
    assert!(read("benchmark.csv").starts_with(
        "about,id,title,results,median,lower quartile,upper quartile,spread,withheld\r\nall,,Maturity,6,"
    ));
    assert_eq!(read("benchmark.csv").lines().count(), 1 + 1 + 5 + 3 + 23 + 71);
    assert!(read("benchmark.md").contains("<Benchmark data=\"benchmark\" />"));
}

#[test]
fn editions_are_compared_and_what_that_does_to_answers() {
    let page = |list: &str| format!("---\ntitle: A\nchecklist:\n{list}---\n\nText.\n");
    let folder = program::folder(&[]);
    let top = folder.path();
    program::git::git(top, &["init", "-q"]);
    write(top, "book.toml", "[site]\ntitle = \"M\"\n[assessment]\nid = \"m\"\n");
    let old = "  - title: One thing is done\n  - title: Two\n  - title: Three\n    description: Old words\n  - title: Four\n  - title: Five\n";
    program::git::commit(top, &[("content/a.md", &page(old))]);
    let before = model(top);
    let result = result(&before, "T", &(0..5).map(|at| (at, at)).collect());
    write(top, "t.json", &result.as_file());
    let ran = bokworm(top, &["assess", "diff", "HEAD"]);
    assert!(ran.stdout.contains("Nothing differs: 5 statements."), "{}", ran.stdout);
    let new = "  - title: One thing is now done\n  - title: 2\n    was: Two\n  - title: Three\n    description: New words\n    weight: 2\n  - title: Six\n  - title: Five\n";
    write(top, "content/a.md", &page(new));
    let ran = bokworm(top, &["assess", "diff", "HEAD", "--answers", "t.json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for line in [
        "Added (1)\n  A: Six\n",
        "Removed: answers to these fit nothing any more (1)\n  A: Four\n",
        "Probably renamed: answers are lost unless the page says `was` (1)\n  A: One thing is now done (was: \"One thing is done\")\n",
        "  A: 2: renamed from “Two”\n  A: Three: reworded; weight 2, no more 1\n",
        "  2 stay, 1 are found again under another id, 2 fit nothing any more\n",
        "  lost: One thing is done (probably One thing is now done now)\n",
        "\nUnchanged: 1 statement.\n",
    ] {
        assert!(ran.stdout.contains(line), "{line}\nin\n{}", ran.stdout);
    }
    let json: Value =
        serde_json::from_str(&bokworm(top, &["assess", "diff", "HEAD", "--format", "json"]).stdout).unwrap();
    let fates: Vec<&str> =
        json["items"].as_array().unwrap().iter().map(|item| item["fate"].as_str().unwrap()).collect();
    assert_eq!(fates, ["probably-renamed", "renamed", "kept", "new", "lost"]);
    assert!(bokworm(top, &["assess", "diff", "HEAD", "--format", "markdown"]).stdout.starts_with("# M: from HEAD ("));
    // The other way round, a commit is the newer one; and a folder is as good as a commit.
    program::git::commit(top, &[]);
    write(top, "content/a.md", "# Nothing\n");
    let ran = bokworm(top, &["assess", "diff", "HEAD~1", "HEAD"]);
    assert!(ran.stdout.contains("Added (1)\n  A: Six\n"), "{}", ran.stdout);
    let ran = bokworm(top, &["assess", "diff", "nothing"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`nothing` is neither a folder nor a commit that git knows here"), "{}", ran.stderr);
}

#[test]
fn a_report_stands_alone_and_nothing_in_it_is_markup() {
    let folder = program::folder(&[]);
    project(folder.path());
    let model = model(folder.path());
    let marker = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    let mut told = result(&model, marker, &(0..71).map(|at| (at, 3 + at % 2)).collect());
    for answer in told.answers.values_mut() {
        answer.note = marker.into();
        answer.owner = marker.into();
        answer.target = Some(5);
    }
    let gone = bokworm::assess::ItemAnswer {
        rating: Some(1),
        title: marker.into(),
        note: marker.into(),
        ..Default::default()
    };
    told.answers.insert("gone#gone".into(), gone);
    write(folder.path(), "a.json", &told.as_file());
    write(folder.path(), "b.json", &result(&model, "Last year", &(0..40).map(|at| (at, 2)).collect()).as_file());
    let ran = bokworm(folder.path(), &["assess", "report", "a.json", "--compare", "b.json", "--out", "report.html"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let html = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    let page = scraper::Html::parse_document(&html);
    let all = |selector: &str| {
        page.select(&scraper::Selector::parse(selector).unwrap())
            .map(|one| one.text().collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(all("script, img, link, iframe, object").len(), 0);
    for address in ["src=", "href=", "url(", "@import"] {
        assert_eq!(
            html.matches(address).count(),
            html.matches("&lt;img src=x").count() * usize::from(address == "src="),
            "{address}"
        );
    }
    assert_eq!(all("h1"), [marker]);
    assert_eq!(all(".facts dd")[0].trim(), "Level 5Defined or better");
    let cells: Vec<usize> = all(".heat td").iter().map(|cell| cell.parse().unwrap()).collect();
    assert_eq!((cells.len(), cells.iter().sum::<usize>()), (5 * 8, 71));
    assert_eq!(all(".answer").len(), 72);
    assert_eq!(all("polygon").len(), 7);
    let ran = bokworm(folder.path(), &["assess", "report", "a.json", "--language", "xx"]);
    assert!(ran.code == 2 && ran.stderr.contains("no pages are written in `xx`"), "{}", ran.stderr);
    // A site's own template goes before the theme's.
    write(folder.path(), "templates/assess-report.html", "{{ report.name }} own\n");
    assert!(bokworm(folder.path(), &["assess", "report", "b.json"]).stdout.contains("Last year own"));
}

#[test]
fn formats_have_schemas() {
    let folder = program::folder(&[]);
    for (of, format) in [("assessment", "bokworm-assessment/1"), ("benchmark", "bokworm-benchmark/1")] {
        let schema: Value = serde_json::from_str(&bokworm(folder.path(), &["schema", of]).stdout).unwrap();
        assert_eq!(schema["properties"]["format"]["const"], format);
    }
}
