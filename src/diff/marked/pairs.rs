//! Which part of an element was which before: what is the same first, then, in each stretch that differs, what has most
//! in common, in order.

use std::ops::Range;

use similar::DiffOp;

use super::super::steps;
use super::parts::ArticlePart;

/// What has less in common is something else.
const ALIKE: f64 = 0.4;

/// How well what is the same fits: better than all that changed.
const SAME: f64 = 1.5;

/// Parts of an element that are the same if there is but one of a kind on either side, whatever stands in them.
const SOLE: [&str; 20] = [
    "h1 ",
    "ul ",
    "ol ",
    "dl ",
    "table ",
    "pre ",
    "summary ",
    "figcaption ",
    "div prose",
    "div table-wrap",
    "header article-head",
    "footer article-foot",
    "figure code",
    "figure picture",
    "p picture",
    "section relations",
    "p admonition-title",
    "p lead",
    "p meta",
    "p status",
];

/// Longer stretches are not looked into: all of it is new, and all of it gone.
const MOST: usize = 40_000;

/// Texts with more parts are not compared.
const MOST_PARTS: usize = 10_000;

/// What comes next, by places on both sides.
#[derive(Debug, PartialEq)]
pub(super) enum PartStep {
    /// The same.
    Same(usize),
    /// The same, changed.
    Changed(usize, usize),
    /// What is gone, and what is new there.
    Replaced(Vec<usize>, Vec<usize>),
}

/// How the parts of an element become others.
pub(super) fn steps(old: &[ArticlePart<'_>], new: &[ArticlePart<'_>]) -> Vec<PartStep> {
    let is_same = |(old, new): &(&ArticlePart<'_>, &ArticlePart<'_>)| old.key == new.key;
    let begin = old.iter().zip(new).take_while(is_same).count();
    let end = old[begin..].iter().rev().zip(new[begin..].iter().rev()).take_while(is_same).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let mut steps: Vec<PartStep> = (0..begin).map(PartStep::Same).collect();
    steps.extend(between(DifferingStretch { old, new }, begin..old_end, begin..new_end));
    steps.extend((new_end..new.len()).map(PartStep::Same));
    steps
}

/// The same between what is the same at both ends: as a whole, or, where that is too much, what is the same first.
fn between(stretch: DifferingStretch<'_, '_>, old: Range<usize>, new: Range<usize>) -> Vec<PartStep> {
    if old.len() * new.len() <= MOST {
        return matched(stretch, &old.collect::<Vec<_>>(), &new.collect::<Vec<_>>());
    }
    let keys = |parts: &[ArticlePart<'_>]| parts.iter().map(|part| part.key.clone()).collect::<Vec<String>>();
    let mut steps = Vec::new();
    for op in operations(&keys(&stretch.old[old.clone()]), &keys(&stretch.new[new.clone()])) {
        let gone: Vec<usize> = op.old_range().map(|at| old.start + at).collect();
        let come: Vec<usize> = op.new_range().map(|at| new.start + at).collect();
        match op {
            DiffOp::Equal { .. } => steps.extend(come.into_iter().map(PartStep::Same)),
            _ => steps.extend(matched(stretch, &gone, &come)),
        }
    }
    steps
}

/// How one text becomes another, part by part.
pub(super) fn operations<T: Eq + std::hash::Hash + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    if old.len() + new.len() > MOST_PARTS && old != new {
        return vec![DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() }];
    }
    joined(steps::steps(old, new))
}

/// What is new and what is gone at one place, told as one.
fn joined(operations: Vec<DiffOp>) -> Vec<DiffOp> {
    let mut out: Vec<DiffOp> = Vec::with_capacity(operations.len());
    for op in operations {
        let is_equal = matches!(op, DiffOp::Equal { .. });
        match out.last_mut() {
            Some(last) if !is_equal && !matches!(last, DiffOp::Equal { .. }) => {
                let (old, new) = (last.old_range(), last.new_range());
                *last = DiffOp::Replace {
                    old_index: old.start,
                    old_len: old.len() + op.old_range().len(),
                    new_index: new.start,
                    new_len: new.len() + op.new_range().len(),
                };
            }
            _ => out.push(op),
        }
    }
    out
}

/// Both sides of an element.
#[derive(Clone, Copy)]
struct DifferingStretch<'a, 'n> {
    old: &'a [ArticlePart<'n>],
    new: &'a [ArticlePart<'n>],
}

impl DifferingStretch<'_, '_> {
    /// How well two parts fit; 0 for what is something else.
    fn fit(self, old: usize, new: usize) -> f64 {
        let (old, new) = (&self.old[old], &self.new[new]);
        if old.key == new.key {
            return SAME;
        }
        let alike = if old.kind == new.kind { old.alike(new) } else { 0.0 };
        if alike < ALIKE { 0.0 } else { alike }
    }

    fn fit_of_sole(self, gone: &[usize], come: &[usize], kind: &str) -> Option<(usize, usize)> {
        let only = |parts: &[ArticlePart<'_>], places: &[usize]| {
            let mut of_kind = (0..places.len()).filter(|at| parts[places[*at]].kind == kind);
            of_kind.next().filter(|_| of_kind.next().is_none())
        };
        Some((only(self.old, gone)?, only(self.new, come)?))
    }
}

/// A stretch that differs: which of its parts belong together, so that all have most in common.
fn matched(stretch: DifferingStretch<'_, '_>, gone: &[usize], come: &[usize]) -> Vec<PartStep> {
    if gone.is_empty() || come.is_empty() || gone.len() * come.len() > MOST {
        return vec![PartStep::Replaced(gone.to_vec(), come.to_vec())];
    }
    let sole: Vec<(usize, usize)> = SOLE.iter().filter_map(|kind| stretch.fit_of_sole(gone, come, kind)).collect();
    let width = come.len() + 1;
    let mut fits = vec![0.0; gone.len() * come.len()];
    // The best that can be made of what follows both places.
    let mut best = vec![0.0; (gone.len() + 1) * width];
    for a in (0..gone.len()).rev() {
        for b in (0..come.len()).rev() {
            let fit = stretch.fit(gone[a], come[b]);
            let fit = if sole.contains(&(a, b)) { fit.max(1.0) } else { fit };
            fits[a * come.len() + b] = fit;
            let together: f64 = if fit > 0.0 { fit + best[(a + 1) * width + b + 1] } else { 0.0 };
            best[a * width + b] = together.max(best[(a + 1) * width + b]).max(best[a * width + b + 1]);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut steps = Vec::new();
    let (mut lost, mut won) = (Vec::new(), Vec::new());
    while a < gone.len() && b < come.len() {
        let fit = fits[a * come.len() + b];
        if fit > 0.0 && best[a * width + b] == fit + best[(a + 1) * width + b + 1] {
            push_replaced(&mut steps, &mut lost, &mut won);
            let is_same = stretch.old[gone[a]].key == stretch.new[come[b]].key;
            steps.push(if is_same { PartStep::Same(come[b]) } else { PartStep::Changed(gone[a], come[b]) });
            (a, b) = (a + 1, b + 1);
        } else if best[a * width + b] == best[(a + 1) * width + b] {
            lost.push(gone[a]);
            a += 1;
        } else {
            won.push(come[b]);
            b += 1;
        }
    }
    lost.extend_from_slice(&gone[a..]);
    won.extend_from_slice(&come[b..]);
    push_replaced(&mut steps, &mut lost, &mut won);
    steps
}

fn push_replaced(steps: &mut Vec<PartStep>, lost: &mut Vec<usize>, won: &mut Vec<usize>) {
    if !lost.is_empty() || !won.is_empty() {
        steps.push(PartStep::Replaced(std::mem::take(lost), std::mem::take(won)));
    }
}
