//! What all that is done with results begins with: the model of the project, and files read and written.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::assess::{self, ResultFile};
use crate::command::asking::edition;
use crate::session::State;
use crate::site::assessment::Model;

/// What is assessed in a project, in one of its languages.
pub(super) fn model(state: &State, language: Option<&str>) -> anyhow::Result<Model> {
    let asked = edition(state, language)?;
    let original = (!std::ptr::eq(asked, state.original())).then(|| state.question_to(state.original()));
    let model = Model::of(state.question_to(asked), original);
    ensure!(
        !model.items.is_empty(),
        "no page here has a checklist\nhelp: `checklist:` in a page's front matter is a list of statements"
    );
    Ok(model)
}

/// A result file, read.
pub(super) fn result(file: &Path) -> anyhow::Result<ResultFile> {
    let shown = file.display();
    let text = text(file).map_err(|why| anyhow::anyhow!("`{shown}` {why}"))?;
    assess::read(&text).map_err(|why| anyhow::anyhow!("`{shown}` {why}"))
}

/// Refuses a result of another model.
pub(super) fn ensure_of(model: &Model, file: &ResultFile, shown: &Path) -> anyhow::Result<()> {
    let named = &file.result.model;
    if named.id != model.id {
        bail!(
            "`{}` is of another model, `{}`",
            shown.display(),
            if named.id.is_empty() { &named.title } else { &named.id }
        );
    }
    Ok(())
}

/// The text of a file that may be a result: of a longer one, only as much is read as shows that it is too long.
///
/// # Errors
/// Why there is none, as a sentence without its subject.
pub(super) fn text(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let most = assess::MOST_BYTES as u64 + 1;
    let read = File::open(file).and_then(|opened| opened.take(most).read_to_end(&mut bytes));
    read.map_err(|error| format!("can't be read: {error}"))?;
    if bytes.len() > assess::MOST_BYTES {
        return Err(format!("is larger than {} MB", assess::MOST_BYTES / 1_000_000));
    }
    String::from_utf8(bytes).map_err(|_| "isn't JSON: it isn't UTF-8 text".into())
}

/// Writes a file, and its folder where there is none.
pub(super) fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let folder = file.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.and_then(|()| std::fs::write(file, text)).with_context(|| format!("`{}` can't be written", file.display()))
}
