//! `bokworm translations --export po` and `--import po`: the catalogues of translators, written from the pages and taken
//! over into them. What they hold, `translations/po/` says; here they are found, read and written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use walkdir::WalkDir;

use super::Outcome;
use crate::diagnostic::counted;
use crate::mend;
use crate::session::State;
use crate::terminal;
use crate::translations::Doubt;
use crate::translations::po::{self, Catalogue, CatalogueImport, CataloguePage, CatalogueText};

/// For whom catalogues are written or taken over.
pub(super) struct CatalogueJob<'a> {
    pub(super) state: &'a State,
    /// Where the command runs.
    pub(super) start: &'a Path,
    /// The one language that is asked for.
    pub(super) language: Option<&'a str>,
}

/// Where catalogues lie if nobody says it: Weblate finds them there with `po/*/….po`.
const FOLDER: &str = "po";

/// Refuses a language that is none of those into which something is translated.
pub(super) fn ensure_known<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    let known: Vec<&str> = known.collect();
    if known.iter().any(|known| known.eq_ignore_ascii_case(code)) {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(|code| format!("`{code}`")).collect();
    let known = if known.is_empty() { "no language".to_owned() } else { known.join(", ") };
    bail!("nothing is translated into `{code}`, but into {known}");
}

impl<'a> CatalogueJob<'a> {
    fn pages(&self) -> anyhow::Result<BTreeMap<String, CataloguePage<'a>>> {
        let languages = self.state.library.editions().skip(1).filter_map(|(_, edition)| edition.language.as_ref());
        if let Some(code) = self.language {
            ensure_known(code, languages.map(|language| language.code.as_str()))?;
        } else if languages.count() == 0 {
            bail!("the site is written in one language: `[languages.CODE]` in book.toml names more");
        }
        let mut pages = po::pages(&self.state.library, &self.state.project.source_dir);
        pages.retain(|_, page| self.language.is_none_or(|code| page.language.code.eq_ignore_ascii_case(code)));
        Ok(pages)
    }

    fn folder(&self, asked: Option<&Path>) -> PathBuf {
        let folder = asked.map_or_else(|| self.state.project.root.join(FOLDER), |folder| self.start.join(folder));
        std::path::absolute(&folder).unwrap_or(folder)
    }

    fn shown(&self, file: &Path) -> String {
        self.state.project.shown(file)
    }

    /// The original's file as translators see it: from the folder of book.toml, or that of the pages.
    fn reference(&self, page: &CataloguePage<'_>) -> String {
        let project = &self.state.project;
        let file = project.source_dir.join(page.original.path.on_disk());
        let below = file.strip_prefix(&project.root).or_else(|_| file.strip_prefix(&project.source_dir));
        let path = below.unwrap_or(&file).to_string_lossy().replace('\\', "/");
        // Gettext puts a name with spaces between these marks.
        if path.contains(' ') { format!("\u{2068}{path}\u{2069}") } else { path }
    }

    /// Tells which catalogues belong to no page any more.
    fn tell_orphans(&self, folder: &Path, pages: &BTreeMap<String, CataloguePage<'_>>) -> anyhow::Result<()> {
        let languages: BTreeSet<&str> = pages.values().map(|page| page.language.code.as_str()).collect();
        for language in languages {
            for entry in WalkDir::new(folder.join(language)).sort_by_file_name().into_iter().flatten() {
                let file = entry.path();
                let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
                let is_catalogue = entry.file_type().is_file() && name.ends_with(".po");
                if is_catalogue && !pages.contains_key(&name) {
                    let shown = self.shown(file);
                    terminal::note(&format!(
                        "warning: `{shown}` belongs to no page of the original: it is passed over\n"
                    ))?;
                }
            }
        }
        Ok(())
    }

    /// A catalogue of the disk; nothing where there is none.
    fn read(&self, file: &Path) -> anyhow::Result<Option<ReadCatalogue>> {
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("`{}` can't be read", file.display())),
        };
        let shown = self.shown(file);
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| anyhow::anyhow!("`{shown}` is not UTF-8: `msgconv -t UTF-8` converts it"))?;
        let catalogue = po::read(&text).map_err(|error| {
            let (line, column, why) = (error.line, error.column, error.why);
            anyhow::anyhow!("{shown}:{line}:{column}: {why}; `msgfmt -c` tells more of a PO file")
        })?;
        Ok(Some(ReadCatalogue { text, catalogue }))
    }

    fn tell_doubt(pages: &BTreeMap<String, CataloguePage<'_>>) -> anyhow::Result<()> {
        let number = pages.values().filter(|page| page.doubt == Some(Doubt::Shallow)).count();
        if number > 0 {
            let pages = counted(number, "page");
            terminal::note(&format!(
                "warning: this clone has only the last commits, so nothing is fuzzy in {pages}: `git fetch --unshallow` brings the others\n"
            ))?;
        }
        Ok(())
    }
}

/// A catalogue as it was read.
struct ReadCatalogue {
    text: String,
    catalogue: Catalogue,
}

/// Writes the catalogues, by default into `po/` beside book.toml.
pub(super) fn export(job: &CatalogueJob<'_>, to: Option<&Path>) -> anyhow::Result<Outcome> {
    let (pages, folder) = (job.pages()?, job.folder(to));
    let mut made: Vec<(PathBuf, Option<ReadCatalogue>, CatalogueText)> = Vec::with_capacity(pages.len());
    for (name, page) in &pages {
        let file = folder.join(name);
        let older = job.read(&file)?;
        let title = job.state.library.original().config.site.title.as_str();
        let text = page.export(title, &job.reference(page), older.as_ref().map(|older| &older.catalogue));
        made.push((file, older, text));
    }
    let (mut messages, mut fuzzy, mut empty) = (0, 0, 0);
    for (file, older, made) in &made {
        match older {
            None => mend::create(file, &made.text)?,
            Some(older) if older.text != made.text => {
                let shown = job.shown(file);
                anyhow::ensure!(
                    mend::is_as_read(file, &older.text)?,
                    "`{shown}` was changed by somebody else meanwhile"
                );
                mend::replace(file, &made.text)?;
                if made.replaced > 0 {
                    let replaced = counted(made.replaced, "translation");
                    terminal::note(&format!("warning: `{shown}`: {replaced} replaced by what the page says now\n"))?;
                }
            }
            Some(_) => {}
        }
        messages += made.messages;
        fuzzy += made.fuzzy;
        empty += made.empty;
    }
    job.tell_orphans(&folder, &pages)?;
    CatalogueJob::tell_doubt(&pages)?;
    let (files, messages) = (counted(made.len(), "file"), counted(messages, "message"));
    let shown = job.shown(&folder);
    terminal::say(&format!("{files} in `{shown}`: {messages}, {fuzzy} fuzzy, {empty} not translated\n"))?;
    Ok(Outcome::Clean)
}

/// A page that changes.
struct ChangedPage<'a> {
    file: PathBuf,
    page: &'a CataloguePage<'a>,
    text: String,
}

/// Takes the catalogues over: all of them, or, if one of them can't be, none.
pub(super) fn import(job: &CatalogueJob<'_>, from: Option<&Path>) -> anyhow::Result<Outcome> {
    let (pages, folder) = (job.pages()?, job.folder(from));
    anyhow::ensure!(folder.is_dir(), "there is no folder `{}`: `--export po` makes it", job.shown(&folder));
    let mut changed: Vec<ChangedPage<'_>> = Vec::new();
    let (mut files, mut taken_over, mut errors) = (0, 0, 0);
    for (name, page) in &pages {
        let file = folder.join(name);
        let Some(read) = job.read(&file)? else { continue };
        files += 1;
        let import = page.import(&read.catalogue);
        errors += import.errors.len();
        tell(job, &file, page, &import)?;
        taken_over += import.taken_over;
        if let Some(text) = import.text.filter(|_| import.errors.is_empty()) {
            let text = if import.is_complete { mark(job, page, text)? } else { text };
            if page.translation.is_some_and(|translation| *translation.text == *text) {
                continue;
            }
            if import.own_blocks > 0 && import.is_complete {
                let (path, blocks) = (&page.path, counted(import.own_blocks, "block"));
                terminal::note(&format!("warning: `{path}` has {blocks} that the original has not\n"))?;
            }
            let file = job.state.project.locate(&page.path).context("the page lies nowhere on the disk")?;
            changed.push(ChangedPage { file, page, text });
        }
    }
    if errors > 0 {
        bail!("nothing was taken over: {} would break its page", counted(errors, "translation"));
    }
    for page in &changed {
        write(job, page)?;
    }
    job.tell_orphans(&folder, &pages)?;
    let files = counted(files, "file");
    let (taken_over, pages) = (counted(taken_over, "translation"), counted(changed.len(), "page"));
    terminal::say(&format!("{files} read: {taken_over} taken over, {pages} changed\n"))?;
    Ok(Outcome::Clean)
}

/// Tells what is wrong in a catalogue, or may be.
fn tell(job: &CatalogueJob<'_>, file: &Path, page: &CataloguePage<'_>, import: &CatalogueImport) -> anyhow::Result<()> {
    let file = job.shown(file);
    let mut told = String::new();
    for (severity, remarks) in [("error", &import.errors), ("warning", &import.warnings)] {
        for remark in remarks {
            told.push_str(&format!("{severity}: {file}:{}: {}\n", remark.line, remark.what));
        }
    }
    if let Some(line) = import.unknown.first() {
        let unknown = counted(import.unknown.len(), "translation");
        let original = &page.original.path;
        told.push_str(&format!(
            "warning: {file}:{line}: {unknown} of texts that `{original}` no longer has: `--export po` brings the new ones\n"
        ));
    }
    Ok(terminal::note(&told)?)
}

/// The text of a page that is wholly translated, with the commit that it is translated from.
fn mark(job: &CatalogueJob<'_>, page: &CataloguePage<'_>, text: String) -> anyhow::Result<String> {
    match page.marked(&text, &job.state.project.source_dir) {
        Ok((marked, _)) => Ok(marked),
        Err(why) => {
            let (path, original) = (&page.path, &page.original.path);
            terminal::note(&format!("warning: `{path}` isn't marked as translated: `{original}` {why}\n"))?;
            Ok(text)
        }
    }
}

fn write(job: &CatalogueJob<'_>, changed: &ChangedPage<'_>) -> anyhow::Result<()> {
    let ChangedPage { file, page, text } = changed;
    let Some(translation) = page.translation else { return mend::create(file, text) };
    anyhow::ensure!(
        mend::is_as_read(file, &translation.text)?,
        "`{}` was changed by somebody else meanwhile, or is not UTF-8 text",
        job.shown(file)
    );
    mend::replace(file, text)
}
