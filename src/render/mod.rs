//! The frozen site and a route turned into bytes: pages through templates, and the
//! files that machines read. Pages are rendered when they are asked for.
//!
//! Modules stand in dependency order:
//!
//! ```text
//! published ← facts ← links ← view ← folder_cache ← body ← pages, files ← dispatch
//! ```

pub mod published;
pub mod theme;
mod renderer;
mod sanitize;
pub mod links;
mod context;
pub mod picture;
mod style;
mod facts;
pub mod card;
pub mod view;
mod folder_cache;
mod component_values;
mod body;
mod pages;
mod files;
mod contents;
mod dispatch;
pub mod key;

pub use folder_cache::FolderCache;
pub use published::{Rendered, Subject};
pub use renderer::Renderer;
