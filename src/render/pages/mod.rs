//! Pages as readers see them, one file a kind: from the site to the HTML that a template makes.

mod template;
pub mod article;
pub mod folder_index;
pub mod tag;
pub mod tag_index;
pub mod print;
pub mod redirect;
pub mod not_found;
