//! What is at a place and what a site has → what is to be done there, in which order. Knows names and digests only.
//!
//! A reader comes by links from a page that was there before. So what isn't a page is sent before pages, pages that are
//! new before those that may name them, and what lists pages after those. What the site no longer has stays until its
//! time has come; then pages go before what they name.

use std::collections::{BTreeMap, BTreeSet};

use super::list::{PublishedFile, PublishedList, PublishedState};
use crate::search;

/// The files of a site: what each is known by.
pub type SiteDigests = BTreeMap<String, String>;

/// What was found where a site is to be published.
#[derive(Clone, Debug, Default)]
pub struct PlaceFound {
    /// What bokworm published there; nothing if it never did.
    pub list: Option<PublishedList>,
    /// All files there but those that bokworm keeps for itself.
    pub there: BTreeSet<String>,
}

/// When what the site no longer has goes away.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    /// What time it is, in seconds.
    pub now: u64,
    /// How long it stays.
    pub grace: u64,
    /// Whether a file is in the way of another as a folder of its name would be.
    pub by_folders: bool,
}

impl Leaving {
    /// Whether the time has come. A clock that was put back keeps nothing for ever.
    fn is_due(self, since: u64) -> bool {
        self.now.abs_diff(since) >= self.grace
    }
}

/// Pages that are there as the site doesn't have them, by when the site lost them.
struct StalePages {
    /// The first that was lost.
    first: Option<u64>,
    /// The first of those that are removed or replaced now.
    first_to_go: Option<u64>,
}

impl StalePages {
    fn of<'a>(
        there: impl Iterator<Item = (&'a String, &'a PublishedFile)> + Clone,
        site: &SiteDigests,
        leaving: Leaving,
    ) -> Self {
        let pages = there.filter_map(|(path, file)| {
            let is_stale = Sort::of(path) == Sort::Page && (file.gone_since.is_some() || !site.contains_key(path));
            is_stale.then(|| (file.gone_since.unwrap_or(leaving.now), site.contains_key(path)))
        });
        let to_go = pages.clone().filter(|(since, comes_back)| *comes_back || leaving.is_due(*since));
        Self { first: pages.map(|(since, _)| since).min(), first_to_go: to_go.map(|(since, _)| since).min() }
    }
}

/// Readers know it before it is there.
const FRONT_PAGE: &str = "index.html";

/// One thing to do. Of a step, all can be done at once, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Send a file.
    Put(String),
    /// Remove one.
    Delete(String),
}

/// What is to be done, step by step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishPlan {
    /// The list as it has to stand there before anything else is done.
    pub before: PublishedList,
    /// What is sent first: nothing that readers can come to names it yet.
    pub bringing: Vec<Vec<Deed>>,
    /// The list as it has to stand there before readers can come to pages that are new; nothing if there are none.
    pub between: Option<PublishedList>,
    /// What is sent then.
    pub replacing: Vec<Vec<Deed>>,
    /// What is removed in the end: the time of those that go now came long ago.
    pub leaving: Vec<Vec<Deed>>,
    /// The list when all is done.
    pub after: PublishedList,
    /// Files that weren't there.
    pub new: Vec<String>,
    /// Those that were there otherwise.
    pub changed: Vec<String>,
    /// Those that the site has lost since the last time.
    pub lost: Vec<String>,
    /// Those that go now.
    pub deleted: Vec<String>,
    /// Those that stay, though a page goes or changes now that may name them: somebody may just have got it.
    pub unnamed: Vec<String>,
    /// How many are there as they have to be.
    pub unchanged: usize,
}

/// What can't be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplanned {
    /// Somebody else's files lie there, and bokworm never published there.
    Foreign(Vec<String>),
    /// Somebody else's files lie where files of the site have to.
    InTheWay(Vec<String>),
}

impl PublishPlan {
    /// What is to be done.
    ///
    /// # Errors
    /// If files would be replaced that aren't bokworm's.
    pub fn of(site: &SiteDigests, found: &PlaceFound, leaving: Leaving) -> Result<Self, Unplanned> {
        let Some(list) = &found.list else {
            let foreign: Vec<String> = found.there.iter().cloned().collect();
            return if foreign.is_empty() {
                Ok(Self::planned(site, &PublishedList::default(), found, leaving))
            } else {
                Err(Unplanned::Foreign(foreign))
            };
        };
        let taken = |path: &&String| found.there.contains(*path) && !list.files.contains_key(*path);
        let in_the_way: Vec<String> = site.keys().filter(taken).cloned().collect();
        if in_the_way.is_empty() {
            Ok(Self::planned(site, list, found, leaving))
        } else {
            Err(Unplanned::InTheWay(in_the_way))
        }
    }

    fn planned(site: &SiteDigests, list: &PublishedList, found: &PlaceFound, leaving: Leaving) -> Self {
        let mut plan = Self { before: list.clone(), ..Self::default() };
        let mut fresh = BTreeSet::new();
        for (path, digest) in site {
            let known = list.files.get(path).filter(|_| found.there.contains(path));
            let digest = PublishedState::Known(digest.clone());
            let state = match known.map(|file| &file.state) {
                Some(state) if *state == digest => {
                    plan.unchanged += 1;
                    digest.clone()
                }
                // Sent for the first time when a publish was cut off.
                Some(PublishedState::Begun) => {
                    plan.changed.push(path.clone());
                    fresh.extend(Some(path).filter(|path| *path != FRONT_PAGE).cloned());
                    PublishedState::Begun
                }
                Some(_) => {
                    plan.changed.push(path.clone());
                    PublishedState::Unsure
                }
                None => {
                    plan.new.push(path.clone());
                    fresh.extend(Some(path).filter(|path| *path != FRONT_PAGE).cloned());
                    PublishedState::Begun
                }
            };
            plan.before.files.insert(path.clone(), PublishedFile { state, ..PublishedFile::default() });
            plan.after.files.insert(path.clone(), PublishedFile { state: digest, ..PublishedFile::default() });
        }
        let blocking = plan.leave(site, list, found, leaving);
        plan.order(&fresh, &blocking);
        plan
    }

    /// Finds out what goes, and what stays for a while; comes back with what goes at once, since it is in the way.
    fn leave(&mut self, site: &SiteDigests, list: &PublishedList, found: &PlaceFound, leaving: Leaving) -> Vec<String> {
        let there = list.files.iter().filter(|(path, _)| found.there.contains(*path));
        let stale = StalePages::of(there.clone(), site, leaving);
        let mut blocking = Vec::new();
        for (path, file) in there.filter(|(path, _)| !site.contains_key(*path)) {
            let since = file.gone_since.unwrap_or(leaving.now);
            if file.gone_since.is_none() {
                self.lost.push(path.clone());
            }
            // A page that is still there may name it, if it went no later.
            let may_be_named = leaving.grace > 0 && Sort::of(path) != Sort::Page;
            let before = |page: Option<u64>| may_be_named && page.is_some_and(|page| page <= since);
            let blocks = leaving.by_folders && blocks(path, site);
            if blocks || (!before(stale.first) && leaving.is_due(file.unnamed_since.unwrap_or(since))) {
                blocking.extend(blocks.then(|| path.clone()));
                self.deleted.push(path.clone());
                continue;
            }
            self.after.files.insert(path.clone(), PublishedFile { gone_since: Some(since), ..file.clone() });
            if before(stale.first_to_go) {
                self.unnamed.push(path.clone());
                // Where it is cut off, nobody knows when the page went.
                let lost = PublishedFile { state: file.state.clone(), ..PublishedFile::default() };
                self.before.files.insert(path.clone(), lost);
            }
        }
        blocking
    }

    /// Puts what is to be done in order.
    fn order(&mut self, fresh: &BTreeSet<String>, blocking: &[String]) {
        let sent: Vec<&String> = self.new.iter().chain(&self.changed).collect();
        let put = |is_fresh: bool, of: &[Sort]| -> Vec<Deed> {
            let asked = |path: &&&String| fresh.contains(**path) == is_fresh && of.contains(&Sort::of(path));
            sent.iter().filter(asked).map(|path| Deed::Put((*path).clone())).collect()
        };
        let delete = |of: &dyn Fn(&String) -> bool| -> Vec<Deed> {
            self.deleted.iter().filter(|path| of(path)).cloned().map(Deed::Delete).collect()
        };
        let blocks = |path: &String| blocking.contains(path);
        let is_page = |path: &String| Sort::of(path) == Sort::Page;
        let new_pages = put(true, &[Sort::Page]);
        let replacing = vec![put(false, &[Sort::Page]), put(false, &[Sort::Listing])];
        let bringing =
            vec![delete(&blocks), put(true, &[Sort::Part, Sort::Listing]), put(false, &[Sort::Part]), new_pages];
        let leaving =
            vec![delete(&|path| !blocks(path) && is_page(path)), delete(&|path| !blocks(path) && !is_page(path))];
        let filled = |mut steps: Vec<Vec<Deed>>| {
            steps.retain(|step| !step.is_empty());
            steps
        };
        (self.bringing, self.replacing, self.leaving) = (filled(bringing), filled(replacing), filled(leaving));
        if self.replacing.is_empty() || !fresh.iter().any(is_page) {
            return;
        }
        let mut between = self.before.clone();
        let begun = between.files.iter_mut().filter(|(path, _)| fresh.contains(*path));
        begun.for_each(|(_, file)| file.state = PublishedState::Unsure);
        self.between = Some(between);
    }

    /// Whether there is nothing to be done, the list included.
    pub fn is_done(&self, found: &PlaceFound) -> bool {
        self.count() == 0 && found.list.as_ref() == Some(&self.after)
    }

    /// How many deeds there are.
    pub fn count(&self) -> usize {
        [&self.bringing, &self.replacing, &self.leaving].into_iter().flatten().map(Vec::len).sum()
    }

    /// How many files the site has lost since the last time that aren't in `assets/`, where names follow from what is in the files.
    pub fn losses(&self) -> usize {
        losses(&self.lost)
    }
}

/// Of files, how many aren't in `assets/`.
pub fn losses(paths: &[String]) -> usize {
    paths.iter().filter(|path| !path.starts_with("assets/")).count()
}

/// What a file is to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Pages are made of it.
    Part,
    /// A page, or its copy for programs.
    Page,
    /// It tells which pages there are.
    Listing,
}

impl Sort {
    fn of(path: &str) -> Self {
        if path.starts_with("assets/") {
            return Self::Part;
        }
        // What readers search names pages, as lists do. Each language has its own.
        let is_below = |folder: &str| path.starts_with(folder) || path.contains(&format!("/{folder}"));
        if path.ends_with(".js") && is_below(search::FOLDER) {
            return Self::Listing;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "html" | "htm" | "md" => Self::Page,
            "xml" | "txt" | "json" | "" | "htaccess" => Self::Listing,
            _ => Self::Part,
        }
    }
}

/// Whether a file stands where a folder of the site has to, or in a folder where a file has to.
fn blocks(path: &str, site: &SiteDigests) -> bool {
    let folder = format!("{path}/");
    let is_folder = site.range(folder.clone()..).next().is_some_and(|(next, _)| next.starts_with(&folder));
    is_folder || path.match_indices('/').any(|(at, _)| site.contains_key(&path[..at]))
}
