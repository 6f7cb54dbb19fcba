//! Which pages are at another address than before, so that the browser follows
//! them. A page is the same if its file is, or if all that it says is.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::site::{Edition, Published, address};

/// A move takes an editor or git several steps: for so many pages that vanished it is
/// remembered what they said.
const REMEMBERED: usize = 256;

/// Pages that are nowhere at present.
#[derive(Default)]
pub(super) struct Vanished {
    pages: VecDeque<Arc<Published>>,
}

impl Vanished {
    /// The moves between two states of the site, from and to whole paths of addresses.
    pub(super) fn moves(&mut self, old: &Edition, new: &Edition) -> Vec<(String, String)> {
        if new.has_frame_of(old) {
            return Vec::new();
        }
        let at_home = |site: &Edition, page: &Published| {
            matches!(site.target(&page.route), Some(crate::site::link::Target::Page(_)))
        };
        let arrived: Vec<&Arc<Published>> = new.pages.iter().filter(|page| !at_home(old, page)).collect();
        let left: Vec<&Arc<Published>> = old.pages.iter().filter(|page| !at_home(new, page)).collect();
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
