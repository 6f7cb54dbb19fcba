//! Pages by what a wiki would call them: their title, or the name of their file.

use std::collections::HashMap;

use crate::site::{Edition, PageId};

/// Pages by name, in lower case; none where several are called the same.
pub(in crate::check) struct CalledPages {
    by_name: HashMap<String, Option<PageId>>,
}

impl CalledPages {
    /// The names of all pages.
    pub(in crate::check) fn of(site: &Edition) -> Self {
        let mut by_name: HashMap<String, Option<PageId>> = HashMap::new();
        for (id, published) in site.pages.iter().enumerate() {
            let (stem, title) = (published.page.path.stem().to_lowercase(), published.title.to_lowercase());
            let other = (title != stem).then_some(title);
            for name in [Some(stem), other].into_iter().flatten() {
                by_name.entry(name).and_modify(|page| *page = None).or_insert(Some(id));
            }
        }
        Self { by_name }
    }

    /// The one page that is called so.
    pub(in crate::check) fn page(&self, name: &str) -> Option<PageId> {
        self.by_name.get(&name.to_lowercase()).copied().flatten()
    }
}
