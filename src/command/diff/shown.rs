//! What files are called in a difference.

use crate::session::State;
use crate::source::SourcePath;

/// A file by its place in the project, so that it is called the same wherever its commit lies.
pub(super) fn shown(state: &State, path: &SourcePath) -> String {
    let file = state.project.locate(path);
    let below = file.as_deref().and_then(|file| file.strip_prefix(&state.project.root).ok());
    let parts = below.map(|below| below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"));
    parts.unwrap_or_else(|| path.to_string())
}
