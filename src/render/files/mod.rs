//! All published files but pages: those that machines read, the theme's, the project's own; one file a kind.

pub(super) mod sitemap;
pub(super) mod redirects;
pub(super) mod robots;
pub(super) mod site_json;
pub(super) mod feed;
pub(super) mod in_markdown;
mod markdown_table;
mod markdown_values;
mod markdown_checklist;
pub(super) mod markdown;
pub(super) mod llms;
pub(super) mod made_copies;
pub(super) mod policy;
pub(super) mod ahead;
pub(super) mod epub;
pub(super) mod headers;
pub(super) mod copied;
pub(super) mod theme_file;
pub(super) mod custom_style;
pub(super) mod paper;
pub(super) mod search_part;
pub(super) mod card;
pub(super) mod smaller_picture;
