//! Bokworm: the static site generator for bodies of knowledge.
//!
//! ```text
//! read ──► page::parse ──► site::assemble ──► check ──► report
//!                                │
//!                                └──────────► render ──► write
//! ```
//!
//! Modules stand in dependency order and use only those above them.

// What is wrong is told or given back; the program ends only in `main`.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::exit)]
#![cfg_attr(not(test), warn(clippy::unreachable))]
// What a room doesn't offer to others, they can't take; and what nobody takes is told.
#![warn(unreachable_pub)]

pub mod typeface;
pub mod source;
pub mod diagnostic;
mod nearest;
mod conflict;
mod html;
mod words;
pub mod store;
pub mod output;
mod media_type;
pub mod query;
pub mod ledger;
pub mod config;
pub mod page;
mod component;
pub mod site;
pub mod history;
pub mod translations;
pub mod assess;
mod formula;
pub mod highlight;
pub mod search;
pub mod render;
pub mod check;
pub mod diff;
pub mod moving;
pub mod report;
pub mod terminal;
pub mod read;
mod picture;
pub mod project;
pub mod session;
mod mend;
pub mod transaction;
pub mod external;
pub mod write;
pub mod make;
#[cfg(feature = "stores")]
pub mod bucket;
pub mod publish;
pub mod serve;
pub mod command;
