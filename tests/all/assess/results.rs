//! A body of knowledge with checklists, and results of it that were made up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use bokworm::assess::{AssessmentResult, ItemAnswer, ModelName};
use bokworm::project::{self, Overrides};
use bokworm::session::{Purpose, Session};
use bokworm::site::assessment::Model;

/// Numbers that look like chance, and are the same each time.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    pub fn is_so(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A project of as many pages with statements as the OSMM has: 23 with 71, on five levels, in three areas that cross them.
pub fn project(folder: &Path) {
    let level =
        |number: usize| format!("[[assessment.levels]]\nname = \"Level {number}\"\npages = 'tag:\"L{number}\"'\n");
    let area = |name: &str| format!("[[assessment.areas]]\nname = \"{name}\"\npages = 'tag:\"{name}\"'\nweight = 2\n");
    let levels: String = (1..=5).map(level).collect();
    let areas: String = ["Code", "People", "Law"].into_iter().map(area).collect();
    let config = format!("[site]\ntitle = \"Maturity\"\n\n[assessment]\nid = \"m\"\n\n{levels}\n{areas}");
    write(folder, "book.toml", &config);
    for page in 0..23 {
        let mut text = format!(
            "---\ntitle: Page {page}\ntags: [L{}, {}]\nchecklist:\n",
            page * 5 / 23 + 1,
            ["Code", "People", "Law"][page % 3]
        );
        for item in (0..71).filter(|item| item * 23 / 71 == page) {
            let _ = writeln!(text, "  - title: Statement {item}\n    weight: {}", item % 3 + 1);
        }
        write(folder, &format!("content/p{page:02}.md"), &(text + "---\n\nText.\n"));
    }
}

pub fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// What is assessed in a project.
pub fn model(folder: &Path) -> Model {
    let project = project::open(folder, &Overrides::default()).unwrap();
    let state = Session::open(project, Purpose::Ask).unwrap().state();
    Model::of(state.question_to(state.original()), None)
}

/// A result with ratings by the places of their statements; what isn't rated isn't there.
pub fn result(model: &Model, name: &str, ratings: &BTreeMap<usize, usize>) -> AssessmentResult {
    let answer = |(&at, &rating): (&usize, &usize)| {
        let item = &model.items[at];
        let page = &model.pages[item.page];
        let answer = ItemAnswer {
            rating: Some(rating),
            note: format!("Noted by {name}"),
            page: page.title.clone(),
            address: page.route.clone(),
            title: item.title.clone(),
            ..ItemAnswer::default()
        };
        (item.id.clone(), answer)
    };
    AssessmentResult {
        model: ModelName { id: model.id.clone(), title: model.title.clone(), edition: model.edition.clone() },
        name: name.to_owned(),
        created: "2026-01-01".into(),
        changed: "2026-02-01".into(),
        answers: ratings.iter().map(answer).collect(),
        ..AssessmentResult::default()
    }
}

/// Ratings as people give them: many rate all, some stop after a level, some leave out a tenth.
pub fn ratings(model: &Model, count: usize, chance: &mut Chance) -> Vec<BTreeMap<usize, usize>> {
    let one = |_| {
        let kind = chance.below(100);
        let stop = if !(60..85).contains(&kind) { 5 } else { chance.below(4) as usize + 1 };
        let level = |item: usize| model.items[item].level.unwrap();
        let mut ratings = BTreeMap::new();
        for item in 0..model.items.len() {
            let leaves_out = level(item) >= stop || (kind >= 85 && chance.is_so(10));
            let rating = chance.below(6) as usize;
            if !leaves_out {
                ratings.insert(item, rating);
            }
        }
        ratings
    };
    (0..count).map(one).collect()
}
