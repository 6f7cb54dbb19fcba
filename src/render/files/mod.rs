//! All published files but pages: those that machines read, the theme's, the project's own; one file a kind.

pub mod sitemap;
pub mod robots;
pub mod site_json;
pub mod feed;
pub mod markdown;
pub mod llms;
pub mod policy;
pub mod headers;
pub mod copied;
pub mod theme_file;
pub mod custom_style;
pub mod search_part;
pub mod card;
pub mod smaller_picture;
