//! Which page before is which page after: those of one path, and of the others those that say most alike, as git knows a
//! file that was renamed. Seen the other way round, the pairs are the same.

use std::collections::{BTreeMap, HashMap};

use super::view::{ComparedSite, PageSeen};

/// Below that, a file that is gone and one that is new are two files; git draws the line there, too.
const ALIKE: f64 = 0.5;

/// The pages of two states that are one.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// For each page that was there before, its place after.
    pub after: BTreeMap<usize, usize>,
    /// For each page that is there after, its place before.
    pub before: BTreeMap<usize, usize>,
    /// The places of pages that are gone.
    pub removed: Vec<usize>,
    /// The places of pages that are new.
    pub added: Vec<usize>,
}

impl Pairs {
    pub(super) fn of(before: &ComparedSite<'_>, after: &ComparedSite<'_>) -> Self {
        let mut pairs = Self::default();
        let mut gone = Vec::new();
        for (old, page) in before.pages.iter().enumerate() {
            match after.place(&page.path) {
                Some(new) => pairs.join(old, new),
                None => gone.push(old),
            }
        }
        let new: Vec<usize> = (0..after.pages.len()).filter(|new| !pairs.before.contains_key(new)).collect();
        let mut alike = Vec::new();
        let lines_of_new: Vec<SharedLines<'_>> =
            new.iter().map(|&new| SharedLines::of(&after.pages[new].page.text)).collect();
        for &old in &gone {
            let lines = SharedLines::of(&before.pages[old].page.text);
            let of_one_language = |new: &usize| language(&before.pages[old]) == language(&after.pages[*new]);
            for (&new, lines_of_new) in new.iter().zip(&lines_of_new).filter(|(new, _)| of_one_language(new)) {
                let alikeness = lines.alike(lines_of_new);
                if alikeness >= ALIKE {
                    let paths = [before.pages[old].path.as_str(), after.pages[new].path.as_str()];
                    alike.push(Alike { alikeness, same_name: name(paths[0]) == name(paths[1]), paths, old, new });
                }
            }
        }
        alike.sort_by(|a, b| a.key().partial_cmp(&b.key()).unwrap_or(std::cmp::Ordering::Equal));
        for one in alike {
            if !pairs.after.contains_key(&one.old) && !pairs.before.contains_key(&one.new) {
                pairs.join(one.old, one.new);
            }
        }
        pairs.removed = gone.into_iter().filter(|old| !pairs.after.contains_key(old)).collect();
        pairs.added = new.into_iter().filter(|new| !pairs.before.contains_key(new)).collect();
        pairs
    }

    fn join(&mut self, old: usize, new: usize) {
        self.after.insert(old, new);
        self.before.insert(new, old);
    }
}

fn language<'a>(page: &'a PageSeen<'_>) -> &'a str {
    &page.edition.config.site.language
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Two files that may be one.
struct Alike<'a> {
    alikeness: f64,
    same_name: bool,
    paths: [&'a str; 2],
    old: usize,
    new: usize,
}

impl Alike<'_> {
    /// The likeliest first; what is as likely comes in an order that is the same from both sides.
    fn key(&self) -> (f64, bool, [&str; 2]) {
        let mut paths = self.paths;
        paths.sort_unstable();
        (-self.alikeness, !self.same_name, paths)
    }
}

/// The lines of a text, each with how often it stands there.
struct SharedLines<'t> {
    counts: HashMap<&'t str, usize>,
    bytes: usize,
}

impl<'t> SharedLines<'t> {
    fn of(text: &'t str) -> Self {
        let mut counts = HashMap::new();
        text.lines().for_each(|line| *counts.entry(line).or_default() += 1);
        Self { counts, bytes: text.lines().map(|line| line.len() + 1).sum() }
    }

    /// How much of the longer one both have, from 0 to 1.
    fn alike(&self, other: &Self) -> f64 {
        let longest = self.bytes.max(other.bytes);
        if longest == 0 || self.bytes.min(other.bytes) * 2 < longest {
            return 0.0;
        }
        let shared =
            |(line, count): (&&str, &usize)| (line.len() + 1) * *count.min(other.counts.get(line).unwrap_or(&0));
        self.counts.iter().map(shared).sum::<usize>() as f64 / longest as f64
    }
}
