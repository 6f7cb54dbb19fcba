//! Pages that a term finds: as few comparisons as can be. A list of a thousand pages is not looked at where another
//! term names three.

use std::sync::Arc;

use super::super::published::PageId;

/// A query made ready to be put to pages.
pub(super) enum Ready<'a> {
    /// These pages, in order.
    Pages(Vec<PageId>),
    /// Pages marked in a row of all.
    Marked(Arc<[bool]>),
    /// What is found out of each page when it is asked.
    Each(Box<dyn Fn(PageId) -> bool + Send + Sync + 'a>),
    /// All but these.
    Not(Box<Self>),
    /// What all of these find.
    All(Vec<Self>),
    /// What one of these finds.
    Any(Vec<Self>),
}

impl Ready<'_> {
    /// None, or all pages.
    pub(super) fn always(holds: bool) -> Self {
        Self::Each(Box::new(move |_| holds))
    }

    /// Pages in whatever order, each once or more often.
    pub(super) fn of_pages(mut pages: Vec<PageId>) -> Self {
        pages.sort_unstable();
        pages.dedup();
        Self::Pages(pages)
    }

    /// Whether a page is found.
    pub(super) fn holds(&self, id: PageId) -> bool {
        match self {
            Self::Pages(pages) => pages.binary_search(&id).is_ok(),
            Self::Marked(marks) => marks[id],
            Self::Each(holds) => holds(id),
            Self::Not(of) => !of.holds(id),
            Self::All(parts) => parts.iter().all(|part| part.holds(id)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(id)),
        }
    }

    /// All that are found of so many pages, in order.
    pub(super) fn pages(&self, of: usize) -> Vec<PageId> {
        match self {
            Self::Pages(pages) => pages.clone(),
            _ => match self.at_most() {
                Some(few) => few.into_iter().filter(|&id| self.holds(id)).collect(),
                None => (0..of).filter(|&id| self.holds(id)).collect(),
            },
        }
    }

    /// Pages beside which none is found, in order, if they are known without asking each.
    fn at_most(&self) -> Option<Vec<PageId>> {
        match self {
            Self::Pages(pages) => Some(pages.clone()),
            Self::All(parts) => parts.iter().filter_map(Self::at_most).min_by_key(Vec::len),
            Self::Any(parts) => {
                let mut pages = parts.iter().map(Self::at_most).collect::<Option<Vec<_>>>()?.concat();
                pages.sort_unstable();
                pages.dedup();
                Some(pages)
            }
            Self::Marked(_) | Self::Each(_) | Self::Not(_) => None,
        }
    }
}
