//! Where readers come in who are led to a language and not to a page of it.

use super::edition::Edition;
use super::link::Target;
use super::tree::LeadsTo;
use crate::config::Fallback;

impl Edition {
    /// The address of the front page; where there is none, that of the first page that is published here, and else of
    /// the index of tags, which always is: nobody is led to where nothing lies.
    pub fn entrance(&self) -> String {
        let docs_route = self.config.urls.docs_route.as_str();
        let is_here = |route: &&str| {
            matches!(self.target(route), Some(Target::Page(_) | Target::Generated | Target::Redirect(_)))
        };
        if let Some(front) =
            [self.first_page.as_deref(), Some(self.home()), Some(docs_route)].into_iter().flatten().find(is_here)
        {
            return front.to_owned();
        }
        let first = self.reading_order.iter().find_map(|place| match place {
            LeadsTo::Page(id) => {
                let page = &self.pages[*id];
                (page.borrowed != Some(Fallback::Link)).then(|| page.route.clone())
            }
            LeadsTo::Index(at) => Some(self.indexes[*at].route.clone()),
            LeadsTo::Nothing => None,
        });
        first.unwrap_or_else(|| self.tags_route())
    }
}
