//! Queries: what they find over random sites is what an evaluator finds that was written apart from the program's and
//! goes through all pages one by one; `--why-not` says the same; what the manual shows is what the program prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::assembled;
use bokworm::config::{Config, RelationConfig};
use bokworm::query::{Day, Expression, SortBy};
use bokworm::site::Edition;
use bokworm::site::find::{Calendar, Changes, Question};
use bokworm::source::{Source, SourcePath};
use proptest::prelude::*;

/// A page as the evaluator knows it: as it was made up, not as it was read.
#[derive(Clone, Debug)]
struct MadePage {
    folder: &'static str,
    name: usize,
    title: String,
    tags: Vec<&'static str>,
    status: Option<&'static str>,
    level: Option<i32>,
    reviewed: Option<(i32, u32, u32)>,
    owners: Vec<&'static str>,
    links: Vec<usize>,
    needs: Vec<usize>,
    words: Vec<&'static str>,
    unlisted: bool,
}

const FOLDERS: [&str; 5] = ["", "Risks", "Roles", "Risks/Legal", "Activities"];
const TAGS: [&str; 6] = ["Legal Risk", "Level 1 (OSMM)", "Level 2 (OSMM)", "Developer (Role)", "Lead (Role)", "plain"];
const STATUS: [&str; 3] = ["Completed", "Draft", "in review"];
const OWNERS: [&str; 3] = ["legal", "OSPO", "a team"];
const WORDS: [&str; 5] = ["licence", "licences", "supply", "chain", "open-source"];
const TODAY: &str = "2026-06-15";

fn made_pages() -> impl Strategy<Value = Vec<MadePage>> {
    let page = (
        (0..FOLDERS.len(), "[A-D][a-c]{0,2}( [a-c]{1,3})?"),
        prop::sample::subsequence(TAGS.to_vec(), 0..4),
        prop::option::of(prop::sample::select(STATUS.to_vec())),
        prop::option::of(-3..12i32),
        prop::option::of((2024..2027i32, 1..13u32, 1..29u32)),
        prop::sample::subsequence(OWNERS.to_vec(), 0..3),
        (prop::collection::vec(0..12usize, 0..3), prop::collection::vec(0..12usize, 0..3)),
        prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..5),
        prop::bool::weighted(0.1),
    );
    prop::collection::vec(page, 1..12).prop_map(|pages| {
        let count = pages.len();
        let made = |(name, page)| {
            let ((folder, title), tags, status, level, reviewed, owners, (links, needs), words, unlisted) = page;
            let others = |of: Vec<usize>| of.into_iter().map(|at| at % count).filter(|at| *at != name).collect();
            let (links, needs) = (others(links), others(needs));
            MadePage {
                folder: FOLDERS[folder],
                name,
                title,
                tags,
                status,
                level,
                reviewed,
                owners,
                links,
                needs,
                words,
                unlisted,
            }
        };
        pages.into_iter().enumerate().map(made).collect()
    })
}

fn path(page: &MadePage) -> String {
    let slash = if page.folder.is_empty() { "" } else { "/" };
    format!("{}{slash}p{}.md", page.folder, page.name)
}

fn text(page: &MadePage, all: &[MadePage]) -> String {
    let mut out = format!("---\ntitle: \"{}\"\n", page.title);
    let quoted = |labels: &[&str]| labels.iter().map(|label| format!("\"{label}\"")).collect::<Vec<_>>().join(", ");
    if !page.tags.is_empty() {
        let _ = writeln!(out, "tags: [{}]", quoted(&page.tags));
    }
    if let Some(status) = page.status {
        let _ = writeln!(out, "status: {status}");
    }
    if let Some(level) = page.level {
        let _ = writeln!(out, "level: {level}");
    }
    if let Some((year, month, day)) = page.reviewed {
        let _ = writeln!(out, "reviewed: {year}-{month:02}-{day:02}");
    }
    if !page.owners.is_empty() {
        let _ = writeln!(out, "meta:\n  owners: [{}]", quoted(&page.owners));
    }
    match page.needs.as_slice() {
        [] => {}
        [one] => _ = writeln!(out, "needs: {}  # alone", path(&all[*one])),
        several => {
            let several: Vec<String> =
                several.iter().map(|at| format!("{{to: {}, note: x}}", path(&all[*at]))).collect();
            let _ = writeln!(out, "needs: [{}]", several.join(", "));
        }
    }
    if page.unlisted {
        out.push_str("unlisted: true\n");
    }
    let _ = write!(out, "---\n{}\n", page.words.join(" "));
    for link in &page.links {
        let _ = write!(out, "\n[x](/{})\n", path(&all[*link]));
    }
    out
}

/// A question, by which both evaluators are asked.
#[derive(Clone, Debug)]
enum Asked {
    Tag(&'static str),
    TagLike(&'static str),
    Kind(&'static str),
    In(&'static str),
    TitleBegins(String),
    Status(&'static str, bool),
    StatusIs(&'static str),
    Owner(&'static str),
    Level(&'static str, i32),
    Reviewed(&'static str, (i32, u32, u32)),
    ReviewedMonths(&'static str, i32),
    Has(&'static str),
    None(&'static str),
    LinksTo(usize),
    LinkedFrom(usize),
    LinksToThose(Box<Self>),
    LinkedFromThose(Box<Self>),
    LinkedFromNone,
    Needs(usize),
    NeededBy(usize),
    NeedsThose(Box<Self>),
    NeededByThose(Box<Self>),
    NeedsNone,
    NeededByAny,
    Word(&'static str),
    WordsBeside(&'static str, &'static str),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

fn asked() -> impl Strategy<Value = Asked> {
    let sign = || prop::sample::select(vec!["<", "<=", ">", ">=", "=", "!="]);
    let leaf = prop_oneof![
        prop::sample::select(TAGS.to_vec()).prop_map(Asked::Tag),
        prop::sample::select(vec!["Level ", "Le", "L"]).prop_map(Asked::TagLike),
        prop::sample::select(vec!["OSMM", "Role", "role"]).prop_map(Asked::Kind),
        prop::sample::select(vec!["Risks", "Legal", "Risks/Legal", "Roles", "Nowhere"]).prop_map(Asked::In),
        "[a-d][a-c]?".prop_map(Asked::TitleBegins),
        (prop::sample::select(STATUS.to_vec()), any::<bool>()).prop_map(|(status, small)| Asked::Status(status, small)),
        prop::sample::select(STATUS.to_vec()).prop_map(Asked::StatusIs),
        prop::sample::select(OWNERS.to_vec()).prop_map(Asked::Owner),
        (sign(), -3..12i32).prop_map(|(sign, level)| Asked::Level(sign, level)),
        (sign(), (2024..2027i32, 1..13u32, 1..29u32)).prop_map(|(sign, day)| Asked::Reviewed(sign, day)),
        (sign(), 0..30i32).prop_map(|(sign, months)| Asked::ReviewedMonths(sign, months)),
        prop::sample::select(vec!["status", "level", "reviewed", "tags", "meta.owners"]).prop_map(Asked::Has),
        prop::sample::select(vec!["status", "level", "meta.owners"]).prop_map(Asked::None),
        (0..12usize).prop_map(Asked::LinksTo),
        (0..12usize).prop_map(Asked::LinkedFrom),
        Just(Asked::LinkedFromNone),
        (0..12usize).prop_map(Asked::Needs),
        (0..12usize).prop_map(Asked::NeededBy),
        Just(Asked::NeedsNone),
        Just(Asked::NeededByAny),
        prop::sample::select(vec!["licence", "licenc*", "supply", "open-source", "*chain"]).prop_map(Asked::Word),
        (prop::sample::select(WORDS.to_vec()), prop::sample::select(WORDS.to_vec()))
            .prop_map(|(one, other)| Asked::WordsBeside(one, other)),
    ];
    leaf.prop_recursive(4, 20, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| Asked::Not(Box::new(of))),
            inner.clone().prop_map(|of| Asked::LinksToThose(Box::new(of))),
            inner.clone().prop_map(|of| Asked::LinkedFromThose(Box::new(of))),
            inner.clone().prop_map(|of| Asked::NeedsThose(Box::new(of))),
            inner.clone().prop_map(|of| Asked::NeededByThose(Box::new(of))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Asked::All),
            prop::collection::vec(inner, 2..4).prop_map(Asked::Any),
        ]
    })
}

/// The question as text.
fn written(asked: &Asked, pages: &[MadePage]) -> String {
    let joined = |parts: &[Asked], by: &str| {
        let parts: Vec<String> = parts.iter().map(|part| format!("({})", written(part, pages))).collect();
        parts.join(by)
    };
    let name = |at: usize| path(&pages[at % pages.len()]);
    match asked {
        Asked::Tag(label) => format!("tag:\"{label}\""),
        Asked::TagLike(begin) => format!("tag:\"{begin}*\""),
        Asked::Kind(kind) => format!("kind:{kind}"),
        Asked::In(folder) => format!("in:{folder}"),
        Asked::TitleBegins(begin) => format!("title:{begin}*"),
        Asked::Status(status, small) => {
            format!("status:\"{}\"", if *small { status.to_lowercase() } else { (*status).to_owned() })
        }
        Asked::StatusIs(status) => format!("status = '{status}'"),
        Asked::Owner(owner) => format!("meta.owners:\"{owner}\""),
        Asked::Level(sign, level) => format!("level {sign} {level}"),
        Asked::Reviewed(sign, (year, month, day)) => format!("reviewed{sign}{year}-{month:02}-{day:02}"),
        Asked::ReviewedMonths(sign, months) => format!("reviewed {sign} today - {months} months"),
        Asked::Has(key) => format!("has:{key}"),
        Asked::None(key) => format!("{key}:none"),
        Asked::LinksTo(at) => format!("links-to:{}", name(*at)),
        Asked::LinkedFrom(at) => format!("linked-from:/{}", name(*at).trim_end_matches(".md")),
        Asked::LinksToThose(of) => format!("links-to:({})", written(of, pages)),
        Asked::LinkedFromThose(of) => format!("linked-from:({})", written(of, pages)),
        Asked::LinkedFromNone => "linked-from:none".into(),
        Asked::Needs(at) => format!("needs:{}", name(*at)),
        Asked::NeededBy(at) => format!("needed-by = {}", name(*at)),
        Asked::NeedsThose(of) => format!("needs:({})", written(of, pages)),
        Asked::NeededByThose(of) => format!("needed-by:({})", written(of, pages)),
        Asked::NeedsNone => "needs:none".into(),
        Asked::NeededByAny => "needed-by:any".into(),
        Asked::Word(word) => format!("word:{word}"),
        Asked::WordsBeside(one, other) => format!("word:\"{one}  {other}\""),
        Asked::Not(of) => format!("not ({})", written(of, pages)),
        Asked::All(parts) => joined(parts, " and "),
        Asked::Any(parts) => joined(parts, " OR "),
    }
}

/// Whether a page is as asked, found out from what was made up, one page at a time.
fn is_so(asked: &Asked, page: &MadePage, pages: &[MadePage]) -> bool {
    let holds = |sign: &str, compared: std::cmp::Ordering| match sign {
        "<" => compared.is_lt(),
        "<=" => compared.is_le(),
        ">" => compared.is_gt(),
        ">=" => compared.is_ge(),
        "=" => compared.is_eq(),
        _ => compared.is_ne(),
    };
    let compares = |sign: &str, compared: Option<std::cmp::Ordering>| match compared {
        None => sign == "!=",
        Some(compared) => holds(sign, compared),
    };
    let title_words: Vec<String> = page.title.to_lowercase().split(' ').map(str::to_owned).collect();
    let seen = {
        let words = page.words.join(" ").replace('-', " ");
        let links = page.links.iter().map(|_| " x").collect::<String>();
        format!(" {} {words}{links} ", page.title.to_lowercase())
    };
    match asked {
        Asked::Tag(label) => page.tags.contains(label),
        Asked::TagLike(begin) => page.tags.iter().any(|tag| tag.starts_with(begin)),
        Asked::Kind(kind) => {
            page.tags.iter().any(|tag| tag.to_lowercase().ends_with(&format!("({})", kind.to_lowercase())))
        }
        Asked::In(folder) => match *folder {
            "Legal" | "Risks/Legal" => page.folder == "Risks/Legal",
            "Risks" => page.folder.starts_with("Risks"),
            other => page.folder == other,
        },
        Asked::TitleBegins(begin) => title_words.iter().any(|word| word.starts_with(begin.as_str())),
        Asked::Status(status, _) | Asked::StatusIs(status) => page.status == Some(status),
        Asked::Owner(owner) => page.owners.contains(owner),
        Asked::Level(sign, level) => compares(sign, page.level.map(|own| own.cmp(level))),
        Asked::Reviewed(sign, day) => compares(sign, page.reviewed.map(|own| own.cmp(day))),
        Asked::ReviewedMonths(sign, months) => {
            // The fifteenth of a month is there in every month.
            let month = 2026 * 12 + 5 - months;
            let day = (month / 12, u32::try_from(month % 12 + 1).unwrap(), 15);
            compares(sign, page.reviewed.map(|own| own.cmp(&day)))
        }
        Asked::Has(key) => has(page, key),
        Asked::None(key) => !has(page, key),
        Asked::LinksTo(at) => page.links.contains(&(at % pages.len())),
        Asked::LinkedFrom(at) => pages[at % pages.len()].links.contains(&page.name),
        Asked::LinksToThose(of) => page.links.iter().any(|to| !pages[*to].unlisted && is_so(of, &pages[*to], pages)),
        Asked::LinkedFromThose(of) => {
            pages.iter().any(|from| !from.unlisted && from.links.contains(&page.name) && is_so(of, from, pages))
        }
        Asked::Needs(at) => page.needs.contains(&(at % pages.len())),
        Asked::NeededBy(at) => pages[at % pages.len()].needs.contains(&page.name),
        Asked::NeedsThose(of) => page.needs.iter().any(|to| !pages[*to].unlisted && is_so(of, &pages[*to], pages)),
        Asked::NeededByThose(of) => {
            pages.iter().any(|from| !from.unlisted && from.needs.contains(&page.name) && is_so(of, from, pages))
        }
        Asked::NeedsNone => page.needs.is_empty(),
        Asked::NeededByAny => pages.iter().any(|from| from.needs.contains(&page.name)),
        Asked::LinkedFromNone => !pages.iter().any(|from| from.links.contains(&page.name)),
        Asked::Word(word) => match *word {
            "licenc*" => seen.contains(" licenc"),
            "*chain" => seen.contains("chain "),
            "open-source" => seen.contains(" open source "),
            word => seen.contains(&format!(" {word} ")),
        },
        Asked::WordsBeside(one, other) => seen.contains(&format!(" {one} {other} ").replace('-', " ")),
        Asked::Not(of) => !is_so(of, page, pages),
        Asked::All(parts) => parts.iter().all(|part| is_so(part, page, pages)),
        Asked::Any(parts) => parts.iter().any(|part| is_so(part, page, pages)),
    }
}

fn has(page: &MadePage, key: &str) -> bool {
    match key {
        "status" => page.status.is_some(),
        "level" => page.level.is_some(),
        "reviewed" => page.reviewed.is_some(),
        "tags" => !page.tags.is_empty(),
        _ => !page.owners.is_empty(),
    }
}

/// Git knows nothing of what was made up.
struct Unknown;

impl Changes for Unknown {
    fn last_change(&self, _: &SourcePath) -> Option<&str> {
        None
    }
}

fn edition(pages: &[MadePage], assemble: fn(Config, &[Source]) -> Edition) -> Edition {
    let source = |made: &MadePage| Source { path: SourcePath::content(path(made)), text: text(made, pages).into() };
    let mut sources: Vec<Source> = pages.iter().map(source).collect();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let needs = RelationConfig { inverse: Some("Needed by".into()), ..RelationConfig::default() };
    let config = Config { relations: BTreeMap::from([("needs".to_owned(), needs)]), ..Config::default() };
    assemble(config, &sources)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_query_finds_what_looking_at_each_page_finds(pages in made_pages(), asked in asked()) {
        let site = edition(&pages, assembled::edition);
        let question = Question::to(&site, Calendar { today: Day::read(TODAY).unwrap(), changes: &Unknown });
        let query = written(&asked, &pages);
        let read = Expression::read(&query).map_err(|fault| TestCaseError::fail(format!("{query}: {fault:?}")))?;
        let expression = read.as_ref().unwrap();
        let of = |id: usize| pages.iter().find(|page| path(page) == site.pages[id].page.path.as_str()).unwrap();
        let found = question.find(Some(expression));
        for id in 0..site.pages.len() {
            let page = of(id);
            let should = !page.unlisted && is_so(&asked, page, &pages);
            prop_assert_eq!(found.contains(&id), should, "{} finds {}?\n{}", &query, path(page), text(page, &pages));
            prop_assert_eq!(question.finds(expression, id), should, "{}", &query);
            // Each term holds or not as it does when it is asked alone.
            for answer in question.answers(expression, id) {
                let alone = Expression::read(&answer.term).unwrap().unwrap();
                prop_assert_eq!(answer.holds && !page.unlisted, question.finds(&alone, id), "{}", answer.term);
            }
        }
        // Nobody can tell that bodies weren't read yet.
        let unread = edition(&pages, assembled::unread);
        let of_unread = Question::to(&unread, question.calendar).find(Some(expression));
        prop_assert_eq!(&of_unread, &found, "{}", &query);
        // One that is read from what was written anew finds the same.
        let anew = Expression::read(&expression.to_string()).unwrap().unwrap();
        prop_assert_eq!(question.find(Some(&anew)), found, "{}", &query);
    }

    #[test]
    fn sorting_takes_no_page_away_and_keeps_to_the_keys(pages in made_pages(), reversed in any::<bool>()) {
        let site = edition(&pages, assembled::edition);
        let question = Question::to(&site, Calendar { today: Day::read(TODAY).unwrap(), changes: &Unknown });
        let by = SortBy::read_all(if reversed { "-level, title" } else { "level, -title" }).unwrap();
        let mut sorted: Vec<usize> = (0..site.pages.len()).collect();
        question.sort(&mut sorted, &by);
        let level = |id: usize| site.pages[id].page.meta.data.get("level").and_then(serde_json::Value::as_i64);
        let title = |id: usize| site.order.key(&site.pages[id].title);
        for pair in sorted.windows(2) {
            let (one, other) = (level(pair[0]), level(pair[1]));
            match (one, other) {
                (None, Some(_)) => prop_assert!(one.is_some(), "what has no level comes last"),
                (Some(one), Some(other)) => prop_assert!((reversed && one >= other) || (!reversed && one <= other)),
                _ => {}
            }
            if one == other {
                let by_title = title(pair[0]).cmp(&title(pair[1]));
                prop_assert!((reversed && by_title.is_le()) || (!reversed && by_title.is_ge()));
            }
        }
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..site.pages.len()).collect::<Vec<_>>());
    }
}

#[test]
fn a_place_compares_as_a_key_with_the_same_number_does() {
    let numbers = ["-1", "-0.0", "0", "1", "2.5", "3", "100000"];
    let source = |(at, number): (usize, &str)| {
        let said =
            if number.is_empty() { String::new() } else { format!("sidebar_position: {number}\nlevel: {number}\n") };
        Source {
            path: SourcePath::content(format!("{}.md", ["a", "b"][at % 2].repeat(at + 1))),
            text: format!("---\n{said}---\n").into(),
        }
    };
    let mut sources: Vec<Source> = numbers.into_iter().chain([""]).enumerate().map(source).collect();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let site = assembled::edition(Config::default(), &sources);
    let question = Question::to(&site, Calendar { today: Day::read(TODAY).unwrap(), changes: &Unknown });
    let find = |query: &str| question.find(Expression::read(query).unwrap().as_ref());
    for number in numbers.into_iter().chain(["2", "2025-01-01", "some"]) {
        for sign in ["=", "!=", "<", "<=", ">", ">=", ":"] {
            let [place, key] = ["position", "level"].map(|name| find(&format!("{name} {sign} {number}")));
            assert_eq!(place, key, "{sign} {number}");
        }
    }
    assert_eq!(find("position != 3").len(), numbers.len());
    assert_eq!(find("position > 2").len(), 3);
}

/// The words of a command line as a shell reads them.
fn shell_words(line: &str) -> Vec<String> {
    let output = Command::new("sh").args(["-c", &format!("printf '%s\\n' {line}")]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn each_query_of_the_manual_prints_what_the_manual_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("docs/queries.md");
    let manual = std::fs::read_to_string(&file).unwrap();
    let (mut out, mut rest, mut shown) = (String::new(), manual.as_str(), 0);
    while let Some(at) = rest.find("```console\n") {
        let (before, block) = rest.split_at(at + "```console\n".len());
        let (block, after) = block.split_once("\n```").expect("a block ends");
        let command = block.lines().next().unwrap().strip_prefix("$ bokworm ").expect("a block begins with a command");
        let output =
            Command::new(env!("CARGO_BIN_EXE_bokworm")).args(shell_words(command)).current_dir(root).output().unwrap();
        let said =
            [output.stdout, output.stderr].map(|stream| String::from_utf8(stream).unwrap().replace('\r', "")).concat();
        let _ = write!(out, "{before}$ bokworm {command}\n{}\n```", said.trim_end());
        rest = after;
        shown += 1;
    }
    out.push_str(rest);
    if std::env::var_os("BOKWORM_ACCEPT").is_some() {
        std::fs::write(&file, &out).unwrap();
    }
    assert!(shown >= 11, "{shown} queries");
    let kept = std::fs::read_to_string(&file).unwrap();
    let differs = kept.lines().zip(out.lines()).find(|(kept, now)| kept != now);
    assert!(kept == out, "{differs:?}: `BOKWORM_ACCEPT=1 cargo test --test all queries::` writes what is printed now");
}

/// Slips in queries, the column (from 1) at which each is told, and what stands in the message or the help.
const SLIPS: &[(&str, usize, &str)] = &[
    ("tag:Legal Risk", 11, "`tag:\"Legal Risk\"`"),
    ("tag:'Legal Rsik'", 5, "`Legal Risk`"),
    ("tag:'legal risk'", 5, "`Legal Risk`"),
    ("tga:'Legal Risk'", 1, "`tag`"),
    ("Tags:plain", 1, "`tags`"),
    ("kind:Rol", 6, "`Role`"),
    ("kind:Roles", 6, "`Role`"),
    ("in:Risk", 4, "`Risks`"),
    ("in:risks", 4, "`Risks`"),
    ("in:'Risks/Legl'", 4, "`Risks/Legal`"),
    ("status:Complete", 8, "`Completed`"),
    ("status = 'in reveiw'", 10, "`in review`"),
    ("statu:Draft", 1, "`status`"),
    ("meta.owner:legal", 1, "no term"),
    ("level > high", 9, "can be compared"),
    ("reviewed < 12", 12, "`2026-01-31`"),
    ("reviewed < today - 12", 18, "how long"),
    ("reviewed < today - 12 mths", 23, "`today - 12 months`"),
    ("reviewed < 2025-13-01", 12, "`2026-01-31`"),
    ("has:reviewd", 5, "`reviewed`"),
    ("has:", 4, "lacks its value"),
    ("title:Drfit", 7, "`Drift`"),
    ("links-to:Risks/p9", 10, "`Risks/p0`"),
    ("linked-from:Drfit", 13, "`Drift`"),
    ("linksto:Drift", 1, "`links-to`"),
    ("needs:p9", 7, "nothing is called"),
    ("need:Drift", 1, "`needs`"),
    ("needed_by:Drift", 1, "`needed-by`"),
    ("needs < 3", 1, "can't be compared"),
    ("status:(in:Risks)", 1, "leads to no pages"),
    ("tag:plain in:Risks", 11, "a word is missing"),
    ("tag:plain && in:Risks", 11, "Write `and`"),
    ("tag:plain, in:Risks", 12, "a word is missing"),
    ("tag:plain & in:Risks", 11, "Write `and`"),
    ("!tag:plain", 1, "is no name"),
    ("-tag:plain", 1, "Write `not tag`"),
    ("tag:plain or", 13, "something is missing after `or`"),
    ("or tag:plain", 1, "something is missing before `or`"),
    ("(tag:plain", 1, "never closed"),
    ("tag:plain)", 10, "closes none"),
    ("tag:\"plain", 5, "never closed"),
    ("licence", 1, "stands here alone"),
    ("'Legal Risk'", 1, "stands here alone"),
    ("tag:*risk", 5, "like `*risk`"),
];

#[test]
fn slips_are_told_at_their_column_with_what_was_meant() {
    let page = |name: usize, folder, title: &str, status, level| MadePage {
        folder,
        name,
        title: title.to_owned(),
        tags: TAGS.to_vec(),
        status: Some(status),
        level: Some(level),
        reviewed: Some((2026, 1, 31)),
        owners: vec!["legal"],
        links: Vec::new(),
        needs: vec![1 - name],
        words: Vec::new(),
        unlisted: false,
    };
    let pages = [page(0, "Risks", "Drift", "Completed", 3), page(1, "Risks/Legal", "Lock-in", "in review", 4)];
    let site = edition(&pages, assembled::edition);
    assert!(SLIPS.len() >= 40);
    let mut wrong = Vec::new();
    for (query, column, said) in SLIPS {
        let faults = match Expression::read(query) {
            Err(fault) => vec![fault],
            Ok(read) => bokworm::site::find::doubts(&site, &read.unwrap()),
        };
        let told: Vec<String> = faults
            .iter()
            .map(|fault| {
                let at = query[..fault.span.start].chars().count() + 1;
                format!("{at}: {}. {}", fault.message, fault.help)
            })
            .collect();
        if !told.first().is_some_and(|told| told.starts_with(&format!("{column}: ")) && told.contains(said)) {
            wrong.push(format!("{query} at {column} `{said}`: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
