//! Pages that a term finds: as few comparisons as can be. A list of a thousand pages is not looked at where another
//! term names three.

use std::sync::Arc;

use super::super::published::PageId;

/// What costs most: to ask for what stands in a page's body.
const COSTLY: usize = 2;

/// A query made ready to be put to pages.
pub(super) enum Ready<'a> {
    /// These pages, in order.
    Pages(Vec<PageId>),
    /// Pages marked in a row of all.
    Marked(Arc<[bool]>),
    /// What is found out of each page when it is asked.
    Each(Box<dyn Fn(PageId) -> bool + Send + Sync + 'a>),
    /// The same where that takes long.
    Costly(Box<dyn Fn(PageId) -> bool + Send + Sync + 'a>),
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

    /// What all of these find. What costs least is asked first, and the rest only of what that finds: the words of a page are
    /// put together for it when somebody asks for them.
    pub(super) fn all(mut parts: Vec<Self>) -> Self {
        parts.sort_by_key(Self::cost);
        Self::All(parts)
    }

    /// Whether something is asked that takes long.
    pub(super) fn is_costly(&self) -> bool {
        self.cost() == COSTLY
    }

    /// About how much it costs to ask a page.
    fn cost(&self) -> usize {
        match self {
            Self::Pages(_) | Self::Marked(_) => 0,
            Self::Each(_) => 1,
            Self::Costly(_) => COSTLY,
            Self::Not(of) => of.cost(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).max().unwrap_or_default(),
        }
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
            Self::Each(holds) | Self::Costly(holds) => holds(id),
            Self::Not(of) => !of.holds(id),
            Self::All(parts) => parts.iter().all(|part| part.holds(id)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(id)),
        }
    }

    /// Whether a page is found as far as can be said without asking what takes long.
    pub(super) fn may_hold(&self, id: PageId) -> bool {
        match self {
            Self::Costly(_) => true,
            Self::Not(of) => of.is_costly() || !of.holds(id),
            Self::All(parts) => parts.iter().all(|part| part.may_hold(id)),
            Self::Any(parts) => parts.iter().any(|part| part.may_hold(id)),
            Self::Pages(_) | Self::Marked(_) | Self::Each(_) => self.holds(id),
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
            Self::Marked(_) | Self::Each(_) | Self::Costly(_) | Self::Not(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::Ready;

    const PAGES: usize = 12;

    /// Queries of every shape, down to some depth; `asked` counts how often what takes long is asked.
    fn queries(depth: usize, asked: &Arc<AtomicUsize>) -> Vec<Ready<'static>> {
        let counted = Arc::clone(asked);
        let costly = move |id| {
            counted.fetch_add(1, Ordering::Relaxed);
            id % 3 == 0
        };
        let mut all = vec![
            Ready::Costly(Box::new(costly)),
            Ready::Each(Box::new(|id| id % 2 == 0)),
            Ready::of_pages(vec![6, 0, 3, 1]),
        ];
        if depth > 0 {
            for at in 0..queries(depth - 1, asked).len() {
                let take = || queries(depth - 1, asked).swap_remove(at);
                all.push(Ready::Not(Box::new(take())));
                for beside in 0..3 {
                    let both = || vec![queries(0, asked).swap_remove(beside), take()];
                    all.extend([Ready::all(both()), Ready::Any(both())]);
                }
            }
        }
        all
    }

    #[test]
    fn what_is_found_may_be_found_and_nothing_long_is_asked_for_that() {
        let asked = Arc::new(AtomicUsize::new(0));
        for query in queries(2, &asked) {
            asked.store(0, Ordering::Relaxed);
            let may_be: Vec<bool> = (0..PAGES).map(|id| query.may_hold(id)).collect();
            assert_eq!(asked.load(Ordering::Relaxed), 0);
            let found: Vec<usize> = (0..PAGES).filter(|&id| query.holds(id)).collect();
            assert_eq!(query.pages(PAGES), found);
            assert!(found.iter().all(|&id| may_be[id]));
        }
    }

    #[test]
    fn what_takes_long_is_asked_of_few_wherever_it_is_written() {
        let asked = Arc::new(AtomicUsize::new(0));
        let few = || Ready::of_pages(vec![1, 3, 5]);
        for query in [
            Ready::all(vec![queries(0, &asked).swap_remove(0), few()]),
            Ready::all(vec![few(), queries(0, &asked).swap_remove(0)]),
        ] {
            asked.store(0, Ordering::Relaxed);
            assert_eq!(query.pages(PAGES), [3]);
            assert_eq!(asked.load(Ordering::Relaxed), 3);
        }
    }
}
