//! Files that machines read, one file each.

pub mod data;
pub mod feed;
pub mod markdown;
pub mod llms;
pub mod policy;
pub mod headers;
