//! Redirects that come back to where they began: a reader who followed one would never arrive.

use super::link::Target;
use super::{Edition, Place};
use crate::page::LinkKind;

/// More redirects than this, one after the other, are followed by nobody.
const MOST: usize = 100;

impl Edition {
    /// Whether the redirect at an address leads back to that address, or into a circle further on.
    pub fn comes_back(&self, from: &str) -> bool {
        let mut passed = vec![from.to_owned()];
        while let Some(Target::Redirect(to)) = passed.last().and_then(|route| self.target(route)) {
            let next = match self.resolve_from_root(self.below_own_address(to), LinkKind::Link).place {
                Place::Here => return true,
                Place::Route(route) => route,
                _ => return false,
            };
            if passed.contains(&next) || passed.len() > MOST {
                return true;
            }
            passed.push(next);
        }
        false
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
