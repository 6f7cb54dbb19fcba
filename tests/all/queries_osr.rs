//! Queries over the live site that `../shared/corpora/osr` holds: each finds what a short script finds that reads nothing
//! but front matter and the places of files. Where the corpus isn't at hand, nothing is tested here: `queries.rs`
//! holds the same over made-up sites.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A page as its front matter says it: the keys of the first level with the values on their lines.
struct Plain {
    path: String,
    keys: BTreeMap<String, Vec<String>>,
}

impl Plain {
    fn read(path: String, text: &str) -> Self {
        let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
        let mut current = String::new();
        if lines.next() == Some("---") {
            for line in lines.take_while(|line| *line != "---") {
                let is_key = line.starts_with(|c: char| c.is_alphabetic());
                match line.split_once(':').filter(|_| is_key) {
                    Some((key, value)) => {
                        key.trim().clone_into(&mut current);
                        keys.entry(current.clone())
                            .or_default()
                            .extend(Some(unquoted(value)).filter(|v| !v.is_empty()));
                    }
                    None => {
                        if let Some(item) = line.trim_start().strip_prefix("- ") {
                            keys.entry(current.clone()).or_default().push(unquoted(item));
                        }
                    }
                }
            }
        }
        Self { path, keys }
    }

    fn tag(&self, is: impl Fn(&str) -> bool) -> bool {
        self.keys.get("tags").is_some_and(|tags| tags.iter().any(|tag| is(tag)))
    }

    fn carries(&self, label: &str) -> bool {
        self.tag(|tag| tag == label)
    }

    fn kind(&self, kind: &str) -> bool {
        self.tag(|tag| tag.ends_with(&format!("({kind})")))
    }

    fn lies_in(&self, folder: &str) -> bool {
        let above = self.path.rsplit_once('/').map_or("", |(above, _)| above);
        format!("/{above}/").contains(&format!("/{folder}/"))
    }

    fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.keys.get(key)?.first()?.parse().ok()
    }

    fn title(&self, is: impl Fn(&str) -> bool) -> bool {
        self.keys.get("title").and_then(|title| title.first()).is_some_and(|title| is(&title.to_lowercase()))
    }
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/osr/docs");
    folder.is_dir().then_some(folder)
}

fn pages(folder: &Path) -> Vec<Plain> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let is_page = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "md" || ending == "mdx");
    let page = |file: PathBuf| {
        let path = file.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        Plain::read(path, &String::from_utf8_lossy(&std::fs::read(&file).unwrap()))
    };
    let pages = files.filter(is_page).map(page);
    pages.filter(|page| page.keys.get("draft").is_none_or(|draft| draft != &["true"])).collect()
}

/// A query, and what it asks of a page.
type Case = (&'static str, fn(&Plain) -> bool);

const CASES: &[Case] = &[
    ("tag:'Level 4 (OSMM)'", |page| page.carries("Level 4 (OSMM)")),
    ("tag:'Developer (Role)'", |page| page.carries("Developer (Role)")),
    ("tag:'Legal Risk'", |page| page.carries("Legal Risk")),
    ("tag:Training", |page| page.carries("Training")),
    ("tag:'Level *'", |page| page.tag(|tag| tag.starts_with("Level "))),
    ("tag:'* Risk'", |page| page.tag(|tag| tag.ends_with(" Risk"))),
    ("tag:any", |page| page.has("tags")),
    ("tag:none", |page| !page.has("tags")),
    ("kind:Role", |page| page.kind("Role")),
    ("kind:OSMM and kind:role", |page| page.kind("OSMM") && page.kind("Role")),
    ("kind:none and tag:any", |page| page.has("tags") && !page.tag(|tag| tag.ends_with(')'))),
    ("in:Activities", |page| page.lies_in("Activities")),
    ("in:Activities/Level-3", |page| page.lies_in("Activities/Level-3")),
    ("in:Training", |page| page.lies_in("Training")),
    ("in:InnerSource or in:Risks", |page| page.lies_in("InnerSource") || page.lies_in("Risks")),
    ("in:Level-*", |page| (1..=5).any(|level| page.lies_in(&format!("Level-{level}")))),
    ("tag:'Developer (Role)' and in:Activities", |page| page.carries("Developer (Role)") && page.lies_in("Activities")),
    ("tag:'Legal Risk' or tag:'Security Risk'", |page| page.carries("Legal Risk") || page.carries("Security Risk")),
    ("in:Artifacts and not kind:Role", |page| page.lies_in("Artifacts") && !page.kind("Role")),
    ("not (in:Activities or in:Training) and kind:Role", |page| {
        !(page.lies_in("Activities") || page.lies_in("Training")) && page.kind("Role")
    }),
    ("in:Risks or in:Roles and tag:none", |page| page.lies_in("Risks") || page.lies_in("Roles") && !page.has("tags")),
    ("has:checklist", |page| page.has("checklist")),
    ("has:course and in:Training", |page| page.has("course") && page.lies_in("Training")),
    ("has:list_image and sidebar_label:none", |page| page.has("list_image") && !page.has("sidebar_label")),
    ("sidebar_position >= 3", |page| page.number("sidebar_position").is_some_and(|at| at >= 3.0)),
    ("sidebar_position != 1 and has:sidebar_position", |page| {
        page.number("sidebar_position").is_some_and(|at| at != 1.0)
    }),
    ("sidebar_position > 2 and sidebar_position < 5", |page| {
        page.number("sidebar_position").is_some_and(|at| at > 2.0 && at < 5.0)
    }),
    ("hide_table_of_contents = true", |page| {
        page.keys.get("hide_table_of_contents").is_some_and(|value| value == &["true"])
    }),
    ("title = 'software inventory'", |page| page.title(|title| title == "software inventory")),
    ("title = '*compliance*' and not in:Training", |page| {
        page.title(|title| title.contains("compliance")) && !page.lies_in("Training")
    }),
    ("list_image = '*risk*'", |page| {
        page.keys.get("list_image").is_some_and(|image| image.iter().any(|image| image.to_lowercase().contains("risk")))
    }),
];

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bokworm"))
        .args(arguments)
        .args(["--source", "docs"])
        .current_dir(folder.parent().unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn queries_find_what_a_script_finds_in_the_front_matter() {
    let Some(folder) = corpus() else { return };
    let pages = pages(&folder);
    assert!(pages.len() > 150 && CASES.len() >= 30);
    let mut different = Vec::new();
    for (query, is_so) in CASES {
        let said = printed(&folder, &["query", query, "--format", "paths"]);
        let found: BTreeSet<&str> = said.lines().map(|line| line.strip_prefix("docs/").unwrap()).collect();
        let expected: BTreeSet<&str> = pages.iter().filter(|page| is_so(page)).map(|page| page.path.as_str()).collect();
        if found != expected {
            different.push(format!("{query}: {:?}", found.symmetric_difference(&expected).collect::<Vec<_>>()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn a_matrix_counts_what_a_script_counts_in_the_front_matter() {
    let Some(folder) = corpus() else { return };
    let pages = pages(&folder);
    let labels = |kind: &str| -> BTreeSet<String> {
        let labels = pages.iter().flat_map(|page| page.keys.get("tags").into_iter().flatten());
        labels.filter(|label| label.ends_with(&format!("({kind})"))).cloned().collect()
    };
    let name = |label: &str| label.rsplit_once(" (").unwrap().0.to_owned();
    let said = printed(
        &folder,
        &["matrix", "in:Activities", "--rows", "kind:Role", "--columns", "kind:OSMM", "--format", "json"],
    );
    let rows: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let levels = labels("OSMM");
    // Labels that fall on one address share a row: these are left out.
    let address = |label: &String| label.replace('/', "-");
    let roles: Vec<String> = labels("Role").into_iter().collect();
    let alone = |role: &&String| roles.iter().filter(|other| address(other) == address(role)).count() == 1;
    let roles: Vec<&String> = roles.iter().filter(alone).collect();
    assert!(roles.len() >= 18 && rows.len() > roles.len(), "{roles:?}");
    for role in roles {
        let row = rows.iter().find(|row| row["row"] == name(role)).unwrap();
        for level in &levels {
            let both = |page: &&Plain| page.lies_in("Activities") && page.carries(role) && page.carries(level);
            assert_eq!(row[name(level)], pages.iter().filter(both).count(), "{role} {level}");
        }
    }
}
