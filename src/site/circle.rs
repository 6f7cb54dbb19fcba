//! Redirects that come back to where they began: a reader who followed one would never arrive.

use super::link::Target;
use super::{Edition, Place};
use crate::page::LinkKind;

/// More redirects than this, one after the other, are followed by nobody.
const MOST: usize = 100;

impl Edition {
    /// Whether who is led on from an address, an old one or that of a page that leads on, comes back to it or into a
    /// circle further on.
    pub fn comes_back(&self, from: &str) -> bool {
        self.leads_back(from, self.leads_on_from(from))
    }

    /// The same for who takes a first step of his own.
    pub(super) fn leads_back(&self, from: &str, first: Option<Place>) -> bool {
        let mut passed = vec![from.to_owned()];
        let mut next = first;
        while let Some(place) = next {
            let route = match place {
                Place::Here => return true,
                Place::Route(route) => route,
                Place::Page(id) => self.pages[id].route.clone(),
                _ => return false,
            };
            if passed.contains(&route) || passed.len() > MOST {
                return true;
            }
            next = self.leads_on_from(&route);
            passed.push(route);
        }
        false
    }

    /// Where the next step leads from an address, if there is one.
    fn leads_on_from(&self, route: &str) -> Option<Place> {
        match self.target(route)? {
            Target::Redirect(to) => Some(self.resolve_from_root(self.below_own_address(to), LinkKind::Link).place),
            Target::Page(id) => self.led_on_to(*id),
            _ => None,
        }
    }

    /// A path of this site for its whole address; any other target as it is.
    fn below_own_address<'a>(&self, target: &'a str) -> &'a str {
        let own = self.config.site.url.trim_end_matches('/');
        let base = self.config.site.base_path.trim_end_matches('/');
        let below = target.trim().strip_prefix(own).filter(|_| !own.is_empty());
        let below = below.and_then(|path| path.strip_prefix(base)).filter(|path| path.starts_with('/'));
        below.unwrap_or(target)
    }
}
