//! All files of a site made for a folder on the disk: what would come out as it is published is left as it is, all
//! else is made on all cores and handed to the publication.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::failing::{self, as_error};
use super::file::{Made, Unmade, make};
use super::timings::Timings;
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::picture::Pictures;
use crate::render::key::Keys;
use crate::render::{FolderCache, SiteRenderer, Subject};
use crate::site::address;
use crate::source::Source;
use crate::write::Publication;
use crate::write::record::Record;

/// From a site to the files of its folder.
pub struct SiteMaker<'a> {
    /// What its files are rendered with.
    pub renderer: &'a SiteRenderer<'a>,
    /// Makes smaller pictures and draws cards.
    pub pictures: &'a Pictures,
    /// Takes the files.
    pub publication: &'a Publication,
    /// What the published files were made from.
    pub record: &'a Record,
    /// Where the time goes.
    pub timings: &'a Timings,
}

/// What a site comes to: its files' keys, and those of them that have to be made.
pub struct Plan<'a> {
    /// Those of each edition.
    keys: Vec<Keys<'a>>,
    /// How many files there are of each kind.
    of_kind: BTreeMap<&'static str, usize>,
    /// Path and subject of each file that has to be made.
    new: Vec<(String, Subject)>,
}

impl Plan<'_> {
    /// How many files have to be made.
    pub fn count(&self) -> usize {
        self.new.len()
    }
}

impl<'a> SiteMaker<'a> {
    /// Finds out which files have to be made: what would come out as it is published is left as it is.
    ///
    /// # Errors
    /// If the published site can't be looked at, or two files have one path.
    pub fn plan(&self, sources: &[Source], program: &str) -> anyhow::Result<Plan<'a>> {
        let editions = self.renderer.editions();
        let keys_of = |renderer| Keys::of(renderer, sources, program);
        let keys: Vec<Keys<'a>> = self.timings.stage("compare", || editions.iter().map(keys_of).collect());
        for renderer in editions.iter().filter(|renderer| renderer.site.config.search.enabled) {
            self.timings.stage("search index", || renderer.search.prepare(renderer.site));
        }
        let files: Vec<(String, Subject)> =
            self.timings.stage("list files", || self.renderer.contents().into_iter().collect());
        let mut of_kind: BTreeMap<&'static str, usize> = BTreeMap::new();
        files.iter().for_each(|(_, subject)| *of_kind.entry(subject.kind).or_default() += 1);
        let kept = |(path, subject): &(String, Subject)| self.keep(keys_for(&keys, subject), path, subject);
        let kept = self.timings.stage("keep", || files.par_iter().map(kept).collect::<anyhow::Result<Vec<bool>>>())?;
        let new = files.into_iter().zip(kept).filter_map(|(file, kept)| (!kept).then_some(file)).collect();
        Ok(Plan { keys, of_kind, new })
    }

    /// Makes the smaller pictures that files need: on all cores, one original at a time on each.
    pub fn prepare(&self, plan: &Plan<'_>) {
        let new = || plan.new.iter().map(|(_, subject)| subject);
        let recipes = self.renderer.recipes(new());
        self.timings.stage("pictures", || {
            self.pictures.fetch(&recipes, SiteRenderer::cards(new()));
            self.pictures.prepare(recipes);
        });
    }

    /// Makes files and hands them to the publication, on all cores; `step` is told of each. Templates that can't be
    /// rendered are findings, each told once however many pages it concerns; so are damaged pictures. A template that
    /// shows no page at all is an error.
    ///
    /// # Errors
    /// If the machine can't read or write what it has to.
    pub fn make(&self, plan: Plan<'_>, step: impl Fn() + Sync) -> anyhow::Result<Vec<Diagnostic>> {
        let Plan { keys, of_kind, mut new } = plan;
        // Folder by folder, since the pages of one share a cache; a page that has a folder to itself goes with those beside it.
        let beside = |path: &str| address::parent(path.strip_suffix("/index.html").unwrap_or(path)).to_owned();
        new.sort_by_cached_key(|(path, _)| beside(path));
        let one = |cache: &mut FolderCache, (path, subject): &(String, Subject)| {
            step();
            self.make_file(keys_for(&keys, subject), cache, path, subject)
        };
        let cache = || FolderCache::new(&self.renderer.editions()[0]);
        let told = new.par_iter().map_init(cache, one).collect::<anyhow::Result<Vec<Vec<Diagnostic>>>>()?;
        let page_of = |subject: &Subject| {
            let site = self.renderer.of_edition(subject.edition).site;
            subject.page().map(|id| &*site.pages[id].page)
        };
        Ok(failing::weighed(told, &new, &of_kind, page_of))
    }

    /// Leaves a file as it is published, if it would come out the same. Says whether it did.
    fn keep(&self, keys: &Keys<'_>, path: &str, subject: &Subject) -> anyhow::Result<bool> {
        let Some(key) = keys.subject(subject) else { return Ok(false) };
        let Some(stamp) = self.record.known(path, &key) else { return Ok(false) };
        let kept = self.publication.keep(path, &stamp)?;
        if kept {
            self.record.note(path, key, stamp);
        }
        Ok(kept)
    }

    /// Makes a file and hands it over.
    fn make_file(
        &self,
        keys: &Keys<'_>,
        cache: &mut FolderCache,
        path: &str,
        subject: &Subject,
    ) -> anyhow::Result<Vec<Diagnostic>> {
        let made = self.timings.file("render", path, || make(self.renderer, self.pictures, cache, subject));
        let Made { bytes, told } = match made {
            Ok(made) => made,
            Err(Unmade::Template(finding)) => return Ok(vec![as_error(*finding)]),
            Err(Unmade::Original { error, .. }) => return Err(error),
        };
        let output = Output { path: path.to_owned(), bytes };
        let stamp = self.timings.file("write", path, || self.publication.put(&output))?;
        // What there is to tell is told each time, so it is made each time.
        if told.is_empty()
            && let Some((key, stamp)) = keys.subject(subject).zip(stamp)
        {
            self.record.note(path, key, stamp);
        }
        Ok(told)
    }
}

/// The keys of the edition that a file belongs to.
fn keys_for<'k, 'a>(keys: &'k [Keys<'a>], subject: &Subject) -> &'k Keys<'a> {
    keys.get(subject.edition.place()).unwrap_or(&keys[0])
}
