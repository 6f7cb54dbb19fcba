//! Which pages are at another address than before, so that the browser follows
//! them. A page is the same if its file is, or if all that it says is.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::config::Fallback;
use crate::site::{Edition, Library, Published, address};

/// A move takes an editor or git several steps: for so many pages that vanished it is
/// remembered what they said.
const REMEMBERED: usize = 256;

/// Pages that are nowhere at present, by language.
#[derive(Default)]
pub(super) struct Vanished(BTreeMap<String, VanishedPages>);

/// Those of one language.
#[derive(Default)]
struct VanishedPages {
    pages: VecDeque<Arc<Published>>,
}

impl Vanished {
    /// The moves between two states of the site, from and to whole paths of addresses.
    pub(super) fn moves(&mut self, old: &Library, new: &Library) -> Vec<(String, String)> {
        let both = languages_of_both(old, new);
        let moves = both.map(|(old, new)| self.0.entry(code(new).to_owned()).or_default().moves(old, new));
        moves.flatten().collect()
    }
}

/// The editions of the languages that both have, as they were and as they are.
pub(super) fn languages_of_both<'a>(
    old: &'a Library,
    new: &'a Library,
) -> impl Iterator<Item = (&'a Edition, &'a Edition)> {
    new.editions().filter_map(|(_, new)| {
        let (_, old) = old.editions().find(|(_, old)| code(old) == code(new))?;
        Some((&**old, &**new))
    })
}

/// Which language an edition is in; nothing where there is only one.
fn code(site: &Edition) -> &str {
    site.language.as_ref().map_or("", |language| &language.code)
}

impl VanishedPages {
    fn moves(&mut self, old: &Edition, new: &Edition) -> Vec<(String, String)> {
        if new.has_frame_of(old) {
            return Vec::new();
        }
        let at_home = |site: &Edition, page: &Published| {
            matches!(site.target(&page.route), Some(crate::site::link::Target::Page(_)))
        };
        // What leads to the original's page is at no address of this language.
        let has_address = |page: &&Arc<Published>| page.borrowed != Some(Fallback::Link);
        let arrived = new.pages.iter().filter(has_address).filter(|page| !at_home(old, page));
        let arrived: Vec<&Arc<Published>> = arrived.collect();
        let left: Vec<&Arc<Published>> =
            old.pages.iter().filter(has_address).filter(|page| !at_home(new, page)).collect();
        self.pages.extend(left.into_iter().rev().take(REMEMBERED).cloned());
        let mut moves = Vec::new();
        for page in arrived.iter().take(REMEMBERED) {
            let same = |gone: &Arc<Published>| gone.page.path == page.page.path || says_the_same(gone, page);
            if let Some(gone) = self.pages.iter().position(same).and_then(|at| self.pages.remove(at)) {
                moves.push((whole(old, &gone.route), whole(new, &page.route)));
            }
        }
        let surplus = self.pages.len().saturating_sub(REMEMBERED);
        self.pages.drain(..surplus);
        self.pages.retain(|page| !at_home(new, page));
        moves
    }
}

fn says_the_same(one: &Published, other: &Published) -> bool {
    let (one, other) = (&one.page, &other.page);
    one.body.len() == other.body.len()
        && one.content_title == other.content_title
        && one.meta.data == other.meta.data
        && one.body == other.body
        && !(one.body.is_empty() && one.meta.data.is_empty())
}

/// An address with the base path, encoded.
fn whole(site: &Edition, route: &str) -> String {
    let config = &site.config;
    format!("{}{}", address::encode_path(&config.site.base_path), address::encode_page(&config.urls, route))
}
