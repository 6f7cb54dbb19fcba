//! Everything that can be led to, by its address, and the other ways in which an address may be written.

use std::sync::OnceLock;

use foldhash::HashMap;

use super::super::published::PageId;

/// Everything that can be led to, by address and by path.
#[derive(Debug, Default)]
pub struct Targets {
    /// Each with its turn among those taken up.
    exact: HashMap<String, (Target, usize)>,
    /// By lower-cased address: the address itself. Made when an address is first not found as it is written.
    any_case: OnceLock<HashMap<String, String>>,
}

/// A thing with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page.
    Page(PageId),
    /// A draft.
    Draft,
    /// A generated page, under its own address.
    Generated,
    /// A redirect to an address.
    Redirect(String),
    /// A file.
    File,
    /// Another way to write a page's address: its path or id, where a slug replaced it.
    Alias(PageId),
}

impl Targets {
    /// Takes up an address; what came first stays.
    pub fn insert(&mut self, route: String, target: Target) -> Option<&Target> {
        self.any_case.take();
        let turn = self.exact.len();
        match self.exact.entry(route) {
            std::collections::hash_map::Entry::Occupied(taken) => Some(&taken.into_mut().0),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert((target, turn));
                None
            }
        }
    }

    /// Addresses by their lower case; of two that differ only in that, what came first.
    fn any_case(&self) -> &HashMap<String, String> {
        self.any_case.get_or_init(|| {
            let mut routes: Vec<(&String, usize)> =
                self.exact.iter().map(|(route, (_, turn))| (route, *turn)).collect();
            routes.sort_unstable_by_key(|(_, turn)| std::cmp::Reverse(*turn));
            routes.into_iter().map(|(route, _)| (route.to_lowercase(), route.clone())).collect()
        })
    }

    /// What lies at exactly that address.
    pub fn get(&self, route: &str) -> Option<&Target> {
        self.exact.get(route).map(|(target, _)| target)
    }

    /// All addresses with what lies there, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.exact.iter().map(|(route, (target, _))| (route.as_str(), target))
    }

    /// What lies at an address, however it is written: with an extension, as an
    /// index, with a slash at its end, in another case (then the real address comes along).
    pub fn find(&self, route: &str) -> Option<(&str, &Target, bool)> {
        self.find_exactly(route).map(|(route, target)| (route, target, true)).or_else(|| {
            spellings(route).find_map(|spelling| {
                let route = self.any_case().get(&spelling.to_lowercase())?;
                let (route, (target, _)) = self.exact.get_key_value(route.as_str())?;
                Some((route.as_str(), target, false))
            })
        })
    }

    /// The same, but for another case.
    pub fn find_exactly(&self, route: &str) -> Option<(&str, &Target)> {
        let (route, (target, _)) = spellings(route).find_map(|spelling| self.exact.get_key_value(spelling))?;
        Some((route, target))
    }
}

/// The ways in which an address may be meant, the likeliest first.
fn spellings(route: &str) -> impl Iterator<Item = &str> {
    let trimmed = if route.len() > 1 { route.trim_end_matches('/') } else { route };
    let stems = ENDINGS.iter().filter_map(move |ending| trimmed.strip_suffix(ending));
    std::iter::once(trimmed).chain(stems).map(|spelling| if spelling.is_empty() { "/" } else { spelling })
}

/// What may stand at the end of an address and mean the same without.
const ENDINGS: [&str; 11] = [
    ".md",
    ".mdx",
    ".html",
    "/index",
    "/README",
    "/_index",
    "/index.html",
    "/index.md",
    "/README.md",
    "/index.mdx",
    "/_index.md",
];
