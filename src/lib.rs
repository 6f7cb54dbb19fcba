//! Bokworm: the static site generator for bodies of knowledge.
//!
//! ```text
//! read ──► page::parse ──► site::assemble ──► check ──► report
//!                                │
//!                                └──────────► render ──► write
//! ```
//!
//! Modules stand in dependency order and use only those above them.

pub mod source;
pub mod diagnostic;
pub mod nearest;
pub mod conflict;
pub mod html;
pub mod words;
pub mod store;
pub mod output;
pub mod config;
pub mod page;
pub mod component;
pub mod site;
pub mod history;
pub mod highlight;
pub mod search;
pub mod render;
pub mod check;
pub mod report;
pub mod terminal;
pub mod read;
pub mod picture;
pub mod project;
pub mod session;
pub mod mend;
pub mod external;
pub mod write;
pub mod make;
pub mod serve;
pub mod command;
