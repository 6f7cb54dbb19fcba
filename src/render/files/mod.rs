//! Files that machines read, one file each.

pub mod sitemap;
pub mod robots;
pub mod site_json;
pub mod feed;
pub mod markdown;
pub mod llms;
pub mod policy;
pub mod headers;
