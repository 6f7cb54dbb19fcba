//! Pages as readers see them, one file a kind: from the site to the view that a template gets.

pub mod article;
pub mod listing;
pub mod print;
