//! Which answer belongs to which statement, after pages and statements got other names. Scripts do the same
//! (`templates/assess/matching.js`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::result::{AssessmentResult, ItemAnswer};
use crate::site::assessment::{Item, Model};

/// The answers of a result by today's statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    /// By the place of the statement: the id that the answer had, and the answer.
    pub found: BTreeMap<usize, (String, ItemAnswer)>,
    /// Those that fit none, or whose rating is on no scale of this model.
    pub unmatched: BTreeMap<String, ItemAnswer>,
}

impl Settled {
    /// The answers by the ids of their statements, as they are called today.
    pub fn answers(&self, model: &Model) -> BTreeMap<String, ItemAnswer> {
        self.found.iter().map(|(&at, (_, answer))| (model.items[at].id.clone(), answer.clone())).collect()
    }
}

/// How an answer and a statement can know each other, the surest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum KnownBy<'a> {
    Id(&'a str),
    Address { address: &'a str, title: &'a str },
    Page { page: &'a str, title: &'a str },
}

/// Finds the statement of each answer of a result, among them those that fitted none before.
pub fn settle(result: &AssessmentResult, model: &Model) -> Settled {
    let highest = model.ratings.len();
    let fits =
        |answer: &ItemAnswer| [answer.rating, answer.target].into_iter().flatten().all(|rating| rating < highest);
    let mut all: BTreeMap<&str, &ItemAnswer> =
        result.answers.iter().map(|(id, answer)| (id.as_str(), answer)).collect();
    all.extend(result.unmatched.iter().map(|(id, answer)| (id.as_str(), answer)));
    let mut left: BTreeSet<&str> = all.iter().filter(|(_, answer)| fits(answer)).map(|(id, _)| *id).collect();
    let mut settled = Settled::default();
    for way in [of_id, of_address, of_page] {
        let mut known: HashMap<KnownBy<'_>, &str> = HashMap::new();
        for id in &left {
            if let Some(name) = way(id, all[id]) {
                known.entry(name).or_insert(id);
            }
        }
        for (at, item) in model.items.iter().enumerate() {
            if settled.found.contains_key(&at) {
                continue;
            }
            let names = names(item, model);
            let mut ids = names.iter().filter_map(|name| known.get(name)).copied();
            if let Some(id) = ids.find(|id| left.contains(id)) {
                left.remove(id);
                settled.found.insert(at, (id.to_owned(), all[id].clone()));
            }
        }
    }
    let taken: BTreeSet<&str> = settled.found.values().map(|(id, _)| id.as_str()).collect();
    let unmatched = all.iter().filter(|(id, _)| !taken.contains(**id));
    settled.unmatched = unmatched.map(|(id, answer)| ((*id).to_owned(), (*answer).clone())).collect();
    settled
}

fn of_id<'a>(id: &'a str, _: &'a ItemAnswer) -> Option<KnownBy<'a>> {
    Some(KnownBy::Id(id))
}

fn of_address<'a>(_: &'a str, answer: &'a ItemAnswer) -> Option<KnownBy<'a>> {
    let (address, title) = (answer.address.as_str(), answer.title.as_str());
    (!address.is_empty() && !title.is_empty()).then_some(KnownBy::Address { address, title })
}

fn of_page<'a>(_: &'a str, answer: &'a ItemAnswer) -> Option<KnownBy<'a>> {
    let (page, title) = (answer.page.as_str(), answer.title.as_str());
    (!page.is_empty() && !title.is_empty()).then_some(KnownBy::Page { page, title })
}

/// What an answer to a statement may know it by, the surest first.
fn names<'a>(item: &'a Item, model: &'a Model) -> Vec<KnownBy<'a>> {
    let page = &model.pages[item.page];
    let ids = std::iter::once(&item.id).chain(&item.was).map(|id| KnownBy::Id(id));
    let title = item.title.as_str();
    let addresses = std::iter::once(&page.route).chain(&page.was);
    let addresses = addresses.map(|address| KnownBy::Address { address, title });
    ids.chain(addresses).chain([KnownBy::Page { page: &page.title, title }]).collect()
}
