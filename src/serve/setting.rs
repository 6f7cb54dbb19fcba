//! What a preview serves, as the project's configuration says.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::read::Places;
use crate::source::Source;
use crate::store::Cache;

/// A project as its configuration describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The folder of `book.toml`.
    pub root: PathBuf,
    /// The configuration.
    pub config: Arc<Config>,
    /// Its text, if there is a file.
    pub configuration: Option<Source>,
    /// What is wrong in it.
    pub findings: Vec<Diagnostic>,
    /// Where the project's folders lie.
    pub places: Places,
    /// Where results are kept between runs.
    pub cache: Cache,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether the terminal shows colours.
    pub colour: bool,
}

/// Reads the project's configuration as it stands now.
pub type Open = Box<dyn FnMut() -> anyhow::Result<Setting> + Send>;
