//! Does what was planned: step by step, and of each step as much at once as the place takes. Whenever it is cut off, what
//! lies there is a whole site to readers, and the next time goes on.

use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};

use super::list::{PUBLISHED_LIST, PublishedFile, PublishedList};
use super::plan::{Deed, Leaving, PlaceFound, PublishPlan, Unplanned};
use super::site::SiteFiles;
use super::target::PublishTarget;

/// How many names are told of files in the way.
const MOST_TOLD: usize = 3;

/// How a site is to be published.
#[derive(Clone, Copy)]
pub struct PublishTerms<'a> {
    /// What time it is, in seconds.
    pub clock: &'a (dyn Fn() -> u64 + Sync),
    /// How long files stay that the site no longer has, in seconds.
    pub grace: u64,
    /// How many files the site may lose.
    pub max_deletes: usize,
}

/// Finds out what is to be done, and changes nothing.
///
/// # Errors
/// If it can't be found out, or must not be done.
pub fn look(
    site: &SiteFiles,
    target: &dyn PublishTarget,
    terms: PublishTerms<'_>,
) -> Result<(PublishPlan, PlaceFound)> {
    let list = match target.read(PUBLISHED_LIST)? {
        None => None,
        Some(bytes) => Some(PublishedList::read(&bytes).with_context(|| damaged(target))?),
    };
    let found = PlaceFound { list, there: target.list()? };
    let leaving = Leaving { now: (terms.clock)(), grace: terms.grace, by_folders: target.has_folders() };
    let plan = PublishPlan::of(&site.digests(), &found, leaving).map_err(|why| refusal(target, why))?;
    ensure_few(plan.losses(), terms.max_deletes)?;
    Ok((plan, found))
}

/// A site on its way to a place, which nobody else can publish to meanwhile.
pub struct Sending<'a> {
    site: &'a SiteFiles,
    target: &'a dyn PublishTarget,
    terms: PublishTerms<'a>,
    /// What is to be done.
    pub plan: PublishPlan,
    is_done: bool,
    _lock: Box<dyn Any + Send + Sync>,
}

impl<'a> Sending<'a> {
    /// Takes the place, and finds out what is to be done.
    ///
    /// # Errors
    /// If somebody else publishes there, or if it can't or must not be done.
    pub fn begin(site: &'a SiteFiles, target: &'a dyn PublishTarget, terms: PublishTerms<'a>) -> Result<Self> {
        let lock = target.lock()?.with_context(|| {
            format!("somebody else is publishing to `{}`; wait until that is done, then publish again", target.called())
        })?;
        let (plan, found) = look(site, target, terms)?;
        let is_done = plan.is_done(&found);
        Ok(Self { site, target, terms, plan, is_done, _lock: lock })
    }

    /// Does it; `step` is told of each file.
    ///
    /// # Errors
    /// If something can't be done. Then the next time goes on.
    pub fn finish(mut self, step: &(dyn Fn() + Sync)) -> Result<PublishPlan> {
        if self.is_done {
            return Ok(self.plan);
        }
        let mut list = self.plan.before.written();
        self.target.write(PUBLISHED_LIST, list.clone())?;
        self.plan.bringing.iter().try_for_each(|deeds| self.all(deeds, step))?;
        if let Some(between) = &self.plan.between {
            list = between.written();
            self.target.write(PUBLISHED_LIST, list.clone())?;
        }
        self.plan.replacing.iter().try_for_each(|deeds| self.all(deeds, step))?;
        // Until now readers may have got a page that names them.
        let now = (self.terms.clock)();
        for path in &self.plan.lost {
            if let Some(file) = self.plan.after.files.get_mut(path) {
                file.gone_since = Some(now);
            }
        }
        // Where a disk knows no locks, two may be at work. What the other one sent must not be removed.
        if self.target.read(PUBLISHED_LIST)?.as_ref() != Some(&list) {
            bail!("somebody else published to `{}` meanwhile; publish again", self.target.called());
        }
        if !self.plan.leaving.is_empty() {
            // If it is cut off from here on, readers may come to some of what goes, and not to what that names.
            let mut going = self.plan.after.clone();
            let gone_since =
                |path: &String| self.plan.before.files.get(path).and_then(|file| file.gone_since).or(Some(now));
            let gone =
                self.plan.deleted.iter().map(|path| {
                    (path.clone(), PublishedFile { gone_since: gone_since(path), ..PublishedFile::default() })
                });
            going.files.extend(gone);
            let unnamed = |path: &String| Some((path.clone(), self.plan.before.files.get(path)?.clone()));
            going.files.extend(self.plan.unnamed.iter().filter_map(unnamed));
            self.target.write(PUBLISHED_LIST, going.written())?;
        }
        self.plan.leaving.iter().try_for_each(|deeds| self.all(deeds, step))?;
        let now = (self.terms.clock)();
        for path in &self.plan.unnamed {
            if let Some(file) = self.plan.after.files.get_mut(path) {
                file.unnamed_since = Some(now);
            }
        }
        self.target.write(PUBLISHED_LIST, self.plan.after.written())?;
        Ok(self.plan)
    }

    /// Does all deeds of a step, several at once.
    fn all(&self, deeds: &[Deed], step: &(dyn Fn() + Sync)) -> Result<()> {
        let (next, failed) = (AtomicUsize::new(0), Mutex::new(None::<anyhow::Error>));
        let work = || {
            while let Some(deed) = deeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(error) = self.one(deed) {
                    // The others end what they are at, and begin nothing new.
                    next.store(deeds.len(), Ordering::Relaxed);
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    return;
                }
                step();
            }
        };
        let width = self.target.width().min(deeds.len());
        std::thread::scope(|scope| {
            (1..width).for_each(|_| _ = scope.spawn(work));
            work();
        });
        failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    fn one(&self, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Put(path) => {
                self.target.put(self.site.file(path).with_context(|| format!("`{path}` is no file of the site"))?)
            }
            Deed::Delete(path) => self.target.delete(path),
        }
    }
}

/// Refuses to take away more than anybody meant to.
///
/// # Errors
/// If it is more.
pub fn ensure_few(losses: usize, most: usize) -> Result<()> {
    if losses <= most {
        return Ok(());
    }
    bail!(
        "the site has lost {losses} files since it was last published (those in `assets/` aside), and at most {most} may go \
         at once: nothing was published\nhelp: if they are to go, say so with `--max-deletes {losses}`"
    )
}

fn damaged(target: &dyn PublishTarget) -> String {
    format!(
        "bokworm's own list of what it published to `{}` (`{PUBLISHED_LIST}`) is damaged, so it can't tell which files are its own\
         \nhelp: see that nothing of yours is there, then remove all of it and publish again",
        target.called()
    )
}

fn refusal(target: &dyn PublishTarget, why: Unplanned) -> anyhow::Error {
    let called = target.called();
    match why {
        Unplanned::Foreign(files) => anyhow!(
            "`{called}` holds files, and bokworm never published there ({})\nhelp: choose an empty place, or move them away",
            named(&files)
        ),
        Unplanned::InTheWay(files) => anyhow!(
            "`{called}` holds files that bokworm didn't publish, where files of the site have to be ({})\nhelp: move them away",
            named(&files)
        ),
    }
}

/// The first of several files.
fn named(files: &[String]) -> String {
    let mut names: Vec<String> = files.iter().take(MOST_TOLD).map(|file| format!("`{file}`")).collect();
    if files.len() > MOST_TOLD {
        names.push(format!("{} more", files.len() - MOST_TOLD));
    }
    names.join(", ")
}
