//! Circles of a relation in which none may be: a page that leads back to itself over others. Each is told once, at the
//! first of its pages.

use super::subject::{PagePlace, RelationSubject};
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{PageId, RelationPlace};

/// A circle is told with so many of its pages.
const MOST_NAMED: usize = 6;

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    if !subject.config.acyclic {
        return;
    }
    let mut graph = Graph::of(subject);
    graph.peel(0..graph.out.len());
    for start in 0..graph.out.len() {
        if graph.is_left(start) {
            let circle = graph.circle_from(start);
            findings.extend(told(subject, &circle));
            graph.remove(&circle);
        }
    }
}

fn told(subject: &RelationSubject<'_>, circle: &[PageId]) -> Option<Diagnostic> {
    let first = circle.iter().enumerate().min_by_key(|(_, id)| **id).map(|(at, _)| at)?;
    let in_turn: Vec<PageId> = circle[first..].iter().chain(&circle[..first]).copied().collect();
    let (from, next) = (in_turn[0], *in_turn.get(1)?);
    let page = &subject.site.pages[from].page;
    let end = subject.relation.ends[from].iter().find(|end| end.place == RelationPlace::Page(next))?;
    let mut names: Vec<String> =
        in_turn.iter().take(MOST_NAMED).map(|&id| format!("`{}`", subject.called(id))).collect();
    if in_turn.len() > MOST_NAMED {
        names.push("…".into());
    }
    names.push(format!("`{}`", subject.called(from)));
    let message = format!("`{}` leads in a circle: {}", subject.relation.key, names.join(" → "));
    let place = PagePlace::new(page, if end.inherited { Default::default() } else { end.span });
    Some(place.finding(Code::RelationCircle, message).with_help("Take away the one that leads back."))
}

/// Which pages lead to which, without those that can't be in a circle.
struct Graph {
    out: Vec<Vec<PageId>>,
    inward: Vec<Vec<PageId>>,
    /// How many of those that lead out, and in, are left; nothing of either, and the page is in no circle.
    left: Vec<(usize, usize)>,
    gone: Vec<bool>,
}

impl Graph {
    fn of(subject: &RelationSubject<'_>) -> Self {
        let pages = subject.site.pages.len();
        let (mut out, mut inward) = (vec![Vec::new(); pages], vec![Vec::new(); pages]);
        for (from, ends) in subject.relation.ends.iter().enumerate() {
            for end in ends {
                if let RelationPlace::Page(to) = end.place
                    && to != from
                    && !out[from].contains(&to)
                {
                    out[from].push(to);
                    inward[to].push(from);
                }
            }
        }
        let left = out.iter().zip(&inward).map(|(out, inward)| (out.len(), inward.len())).collect();
        Self { gone: vec![false; pages], out, inward, left }
    }

    fn is_left(&self, id: PageId) -> bool {
        !self.gone[id]
    }

    /// Takes away what leads nowhere or what nothing leads to, until all that is left does both.
    fn peel(&mut self, candidates: impl IntoIterator<Item = PageId>) {
        let mut waiting: Vec<PageId> = candidates.into_iter().collect();
        while let Some(id) = waiting.pop() {
            let (out, inward) = self.left[id];
            if !self.gone[id] && (out == 0 || inward == 0) {
                self.gone[id] = true;
                waiting.extend(self.cut_off(id));
            }
        }
    }

    /// Those around a page that is gone, each with one less.
    fn cut_off(&mut self, id: PageId) -> Vec<PageId> {
        for &to in &self.out[id] {
            self.left[to].1 = self.left[to].1.saturating_sub(1);
        }
        for &from in &self.inward[id] {
            self.left[from].0 = self.left[from].0.saturating_sub(1);
        }
        self.out[id].iter().chain(&self.inward[id]).copied().collect()
    }

    /// A circle that can be come to from a page: every page that is left leads on.
    fn circle_from(&self, start: PageId) -> Vec<PageId> {
        let mut way: Vec<PageId> = Vec::new();
        let mut place = vec![usize::MAX; self.out.len()];
        let mut at = start;
        loop {
            if place[at] != usize::MAX {
                return way.split_off(place[at]);
            }
            place[at] = way.len();
            way.push(at);
            match self.out[at].iter().find(|&&to| self.is_left(to)) {
                Some(&next) => at = next,
                None => return way,
            }
        }
    }

    fn remove(&mut self, circle: &[PageId]) {
        for &id in circle {
            self.gone[id] = true;
        }
        for &id in circle {
            let around = self.cut_off(id);
            self.peel(around);
        }
    }
}
