//! The frozen site and a route turned into bytes: pages through templates, and the
//! files that machines read. Pages are rendered when they are asked for.
//!
//! Modules stand in dependency order:
//!
//! ```text
//! published ← facts ← links ← view ← folder_cache ← body ← key ← kind ← pages, files ← kinds
//! ```

pub mod published;
mod spoken;
mod parts;
mod template_error;
pub mod theme;
pub(crate) mod related;
mod relations;
mod renderer;
mod sanitize;
pub mod links;
mod listed;
mod context;
mod moved;
pub mod picture;
mod style;
mod paper;
mod facts;
mod reading;
mod day;
mod graph_label;
mod graph;
mod around;
pub mod card;
pub mod view;
mod failure;
mod folder_cache;
mod component_values;
mod data_table;
pub(crate) mod assessment;
mod implicits;
mod body;
mod drawn;
pub mod key;
mod kind;
mod pages;
mod files;
mod kinds;
mod radar;
mod report;

pub use failure::on_page;
pub(crate) use files::epub::drawing_file;
pub use files::headers::{HeaderFormat, HostHeaders};
pub use folder_cache::FolderCache;
pub use kind::{Listing, PublishedKind};
pub use kinds::{SiteRenderer, first, late};
pub use published::{Rendered, Subject, THEME_FILE};
pub use renderer::{Materials, Renderer};
pub use report::{ReportParts, ReportedResult, assess_report};
pub(crate) use style::published as custom_style;
