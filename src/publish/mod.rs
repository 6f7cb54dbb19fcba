//! A site sent to where readers find it. Only what changed is sent, in an order in which no page that a reader can get
//! ever names a file that isn't there: what pages are made of goes first, then pages, and what the site no longer has
//! goes last, some time later.
//!
//! ```text
//! list ← plan ← send        what is to be done, and doing it
//! site ← target ← folder, store      places that take file by file
//! headers                   what browsers are told of a file
//! branch                    a place that takes a whole site at once
//! ```

pub mod list;
pub mod plan;
pub mod target;
pub mod site;
pub mod folder;
pub mod headers;
pub mod send;
pub mod branch;
#[cfg(feature = "stores")]
pub mod store;
