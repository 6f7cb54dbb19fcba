//! A change made, gone on with, and taken back: each step looks what is done already, so that it may be taken twice.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::disk;
use super::journal::{ChangeStanding, Journal, Rename, TextChange};
use crate::store;

/// The last change of a project.
pub struct Transaction {
    root: PathBuf,
    journal: Option<Journal>,
    /// Whether it is written down as one that is being made or taken back: then nobody else can begin another.
    is_begun: bool,
}

/// Where the journal is kept in a project, beside what else bokworm keeps there.
const FOLDER: &str = "moves";

impl Transaction {
    /// The last change of the project of a folder, if there was one.
    ///
    /// # Errors
    /// If what is written down of it can't be understood.
    pub fn last(root: &Path) -> anyhow::Result<Self> {
        let begun = read(&begun_file(root))?;
        let is_begun = begun.is_some();
        let journal = if is_begun { begun } else { read(&journal_file(root))? };
        Ok(Self { root: root.to_path_buf(), journal, is_begun })
    }

    /// What is written down of it.
    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// Whether it was cut off.
    pub fn is_interrupted(&self) -> bool {
        self.is_begun
    }

    /// Makes a change, which takes the last one's place. It counts as cut off until it is `settle`d.
    ///
    /// # Errors
    /// If files are not as they were when the change was thought of, or can't be written: then it can go on later.
    pub fn make(&mut self, journal: Journal) -> anyhow::Result<()> {
        self.journal = Some(Journal { standing: ChangeStanding::Going, ..journal });
        self.require_sound()?;
        self.begin()?;
        self.go_on()
    }

    /// Has one of the files hold something else before and after.
    ///
    /// # Errors
    /// If that can't be written down.
    pub fn amend(&mut self, change: &TextChange) -> anyhow::Result<()> {
        let texts = self.journal.iter_mut().flat_map(|journal| &mut journal.texts);
        for other in texts.filter(|other| other.file == change.file) {
            other.clone_from(change);
        }
        self.write_down()
    }

    /// Goes on with a change that was cut off, or with one that is made.
    ///
    /// # Errors
    /// As `make`.
    pub fn go_on(&mut self) -> anyhow::Result<()> {
        self.require_sound()?;
        self.stand(ChangeStanding::Going)?;
        let Some(journal) = &self.journal else { return Ok(()) };
        for rename in &journal.renames {
            self.rename(&rename.from, &rename.to)?;
        }
        for change in &journal.texts {
            let file = self.root.join(&change.file);
            if disk::text(&file).as_deref() != Some(&change.new) {
                disk::put(&file, &change.new, &self.staging())?;
            }
        }
        Ok(())
    }

    /// The change is made, with all that others had to do for it.
    ///
    /// # Errors
    /// If that can't be written down.
    pub fn settle(&mut self) -> anyhow::Result<()> {
        self.stand(ChangeStanding::Done)
    }

    /// Takes the change for one that never was, once it is taken back.
    ///
    /// # Errors
    /// If what is written down of it can't be removed.
    pub fn forget(&mut self) -> anyhow::Result<()> {
        disk::remove(&journal_file(&self.root))?;
        disk::remove(&begun_file(&self.root))?;
        self.journal = None;
        self.is_begun = false;
        Ok(())
    }

    /// Takes the change back. It counts as cut off until it is `forget`ten.
    ///
    /// # Errors
    /// If files were changed since, or can't be written.
    pub fn take_back(&mut self) -> anyhow::Result<()> {
        self.require_sound()?;
        self.stand(ChangeStanding::Returning)?;
        let Some(journal) = &self.journal else { return Ok(()) };
        for change in &journal.texts {
            let Some(file) = self.place(change) else { continue };
            match &change.old {
                None => disk::remove(&file)?,
                Some(old) if disk::text(&file).as_ref() == Some(old) => {}
                Some(old) => disk::put(&file, old, &self.staging())?,
            }
        }
        for rename in journal.renames.iter().rev() {
            self.rename(&rename.to, &rename.from)?;
        }
        for folder in journal.folders.iter().rev() {
            disk::remove_if_empty(&self.root.join(folder));
        }
        Ok(())
    }

    /// Whether each file is as it was before the change, or as the change makes it.
    fn require_sound(&self) -> anyhow::Result<()> {
        let Some(journal) = &self.journal else { return Ok(()) };
        for Rename { from, to } in &journal.renames {
            let (is_from, is_to) = (disk::is_there(&self.root.join(from)), disk::is_there(&self.root.join(to)));
            ensure!(is_from || is_to, "neither `{from}` nor `{to}` is there any more: nothing was changed");
            ensure!(!(is_from && is_to), "`{from}` and `{to}` are both there: somebody made one of them meanwhile");
        }
        for change in &journal.texts {
            let text = self.place(change).and_then(|file| disk::text(&file));
            let is_known = text == change.old || text.as_ref() == Some(&change.new);
            if !is_known {
                bail!(
                    "`{}` was changed since, so it is left as it is, and so is all else\n\
                     help: undo what was changed in it, and ask again; or mend by hand what is left to do",
                    change.file
                );
            }
        }
        Ok(())
    }

    /// Where a file lies at the moment that gets another text.
    fn place(&self, change: &TextChange) -> Option<PathBuf> {
        let journal = self.journal.as_ref()?;
        let former = journal.former_place(&change.file).into_iter();
        std::iter::once(change.file.clone()).chain(former).map(|file| self.root.join(file)).find(|file| file.exists())
    }

    fn rename(&self, from: &str, to: &str) -> anyhow::Result<()> {
        let (from, to) = (self.root.join(from), self.root.join(to));
        if disk::is_there(&to) && !disk::is_there(&from) {
            return Ok(());
        }
        disk::rename(&from, &to)
    }

    fn stand(&mut self, standing: ChangeStanding) -> anyhow::Result<()> {
        match self.journal.as_mut() {
            Some(journal) => journal.standing = standing,
            None => return Ok(()),
        }
        if standing != ChangeStanding::Done {
            return if self.is_begun { self.write_down() } else { self.begin() };
        }
        let was_begun = std::mem::take(&mut self.is_begun);
        self.write_down()?;
        if was_begun { disk::remove(&begun_file(&self.root)) } else { Ok(()) }
    }

    /// Writes it down as one that is being made, unless there is one already.
    fn begin(&mut self) -> anyhow::Result<()> {
        let file = begun_file(&self.root);
        let text = serde_json::to_vec_pretty(&self.journal)?;
        let is_first = store::put_first(&file, |out| write_safely(out, &text));
        let is_first = is_first.with_context(|| format!("`{}` can't be written", file.display()))?;
        ensure!(is_first, "another move began meanwhile: nothing was changed\nhelp: ask again when it is done");
        self.is_begun = true;
        Ok(())
    }

    fn write_down(&self) -> anyhow::Result<()> {
        let file = if self.is_begun { begun_file(&self.root) } else { journal_file(&self.root) };
        let text = serde_json::to_vec_pretty(&self.journal)?;
        let written = store::replace(&file, |out| write_safely(out, &text));
        written.with_context(|| format!("`{}` can't be written", file.display()))
    }

    fn staging(&self) -> PathBuf {
        self.root.join(store::OWN).join(FOLDER).join("new")
    }
}

/// Writes a text so that it is there even if the machine stops now.
fn write_safely(out: &mut BufWriter<&mut File>, text: &[u8]) -> std::io::Result<()> {
    out.write_all(text)?;
    out.flush()?;
    out.get_ref().sync_all()
}

/// What is written down of a change, if anything is.
fn read(file: &Path) -> anyhow::Result<Option<Journal>> {
    let Some(text) = disk::text(file) else { return Ok(None) };
    serde_json::from_str(&text).with_context(|| {
        format!("`{}` tells of the last change and can't be understood; remove it to go on", file.display())
    })
}

/// Where a change is written down until it is made or taken back: only one can be.
fn begun_file(root: &Path) -> PathBuf {
    root.join(store::OWN).join(FOLDER).join("begun.json")
}

fn journal_file(root: &Path) -> PathBuf {
    root.join(store::OWN).join(FOLDER).join("last.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let rename = |from: &str, to: &str| Rename { from: from.into(), to: to.into() };
        let text = |file: &str, old: Option<&str>, new: &str| TextChange {
            file: file.into(),
            old: old.map(str::to_owned),
            new: new.into(),
        };
        Journal {
            renames: vec![rename("a", "b/c"), rename("x.md", "X.md")],
            texts: vec![text("b/c/one.md", Some("1"), "one"), text("two.md", Some("2"), "two"), text("new", None, "n")],
            folders: vec!["b".into()],
            ..Journal::default()
        }
    }

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        for (file, text) in [("a/one.md", "1"), ("a/.hidden", "h"), ("two.md", "2"), ("x.md", "x")] {
            std::fs::write(folder.path().join(file), text).unwrap();
        }
        folder
    }

    /// All files but the journal's, with what they hold.
    fn files(root: &Path) -> Vec<String> {
        let mut all = Vec::new();
        let mut folders = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                match (path.is_dir(), entry.file_name() == store::OWN) {
                    (_, true) => {}
                    (true, _) => folders.push(path),
                    (false, _) => all.push(format!(
                        "{}: {}",
                        path.strip_prefix(root).unwrap().display(),
                        std::fs::read_to_string(&path).unwrap()
                    )),
                }
            }
        }
        all.sort();
        all
    }

    const AFTER: [&str; 5] = ["X.md: x", "b/c/.hidden: h", "b/c/one.md: one", "new: n", "two.md: two"];

    #[test]
    fn a_change_is_made_and_taken_back() {
        let folder = project();
        let before = files(folder.path());
        let mut change = Transaction::last(folder.path()).unwrap();
        change.make(journal()).unwrap();
        assert!(change.is_interrupted());
        change.settle().unwrap();
        assert_eq!(files(folder.path()), AFTER);
        let mut change = Transaction::last(folder.path()).unwrap();
        assert!(!change.is_interrupted());
        change.take_back().unwrap();
        change.forget().unwrap();
        assert_eq!(files(folder.path()), before);
        assert!(!folder.path().join("b").exists());
        assert_eq!(Transaction::last(folder.path()).unwrap().journal(), None);
    }

    #[test]
    fn a_change_that_was_cut_off_anywhere_goes_on_or_back() {
        // Each step done or not, in the order in which they are taken.
        let steps: [&dyn Fn(&Path); 5] = [
            &|root| {
                std::fs::create_dir(root.join("b")).unwrap();
                std::fs::rename(root.join("a"), root.join("b/c")).unwrap();
            },
            &|root| std::fs::rename(root.join("x.md"), root.join("X.md")).unwrap(),
            &|root| std::fs::write(root.join("b/c/one.md"), "one").unwrap(),
            &|root| std::fs::write(root.join("two.md"), "two").unwrap(),
            &|root| std::fs::write(root.join("new"), "n").unwrap(),
        ];
        for done in 0..=steps.len() {
            for back in [false, true] {
                let folder = project();
                let before = files(folder.path());
                let mut change = Transaction { root: folder.path().into(), journal: Some(journal()), is_begun: false };
                change.begin().unwrap();
                steps[..done].iter().for_each(|step| step(folder.path()));
                let mut change = Transaction::last(folder.path()).unwrap();
                assert!(change.is_interrupted());
                if back { change.take_back() } else { change.go_on() }.unwrap();
                let after = files(folder.path());
                if back { assert_eq!(after, before) } else { assert_eq!(after, AFTER) }
            }
        }
    }

    #[test]
    fn of_two_changes_at_once_the_second_is_refused() {
        let folder = project();
        // Both were thought of before either began.
        let [mut one, mut other] = [(); 2].map(|()| Transaction::last(folder.path()).unwrap());
        one.journal = Some(journal());
        one.begin().unwrap();
        let refused = other.make(journal()).unwrap_err().to_string();
        assert!(refused.starts_with("another move began meanwhile: nothing was changed"), "{refused}");
        assert!(Transaction::last(folder.path()).unwrap().is_interrupted());
        one.go_on().unwrap();
        one.settle().unwrap();
        assert_eq!(files(folder.path()), AFTER);
        // The same for two that would take it back.
        let [mut one, mut other] = [(); 2].map(|()| Transaction::last(folder.path()).unwrap());
        one.stand(ChangeStanding::Returning).unwrap();
        assert!(other.take_back().is_err());
        one.take_back().unwrap();
        one.forget().unwrap();
        assert!(!Transaction::last(folder.path()).unwrap().is_interrupted());
        let left = std::fs::read_dir(folder.path().join(store::OWN).join(FOLDER)).unwrap().count();
        assert_eq!(left, 0);
    }

    #[test]
    fn what_somebody_wrote_since_stays() {
        let folder = project();
        let mut change = Transaction::last(folder.path()).unwrap();
        change.make(journal()).unwrap();
        std::fs::write(folder.path().join("two.md"), "three").unwrap();
        let after = files(folder.path());
        assert!(change.take_back().unwrap_err().to_string().contains("`two.md` was changed since"));
        assert_eq!(files(folder.path()), after);
    }
}
