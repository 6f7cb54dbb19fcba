//! Pages as readers see them, one file a kind: from the site to the HTML that a template makes.

mod template;
pub(super) mod article;
pub(super) mod folder_index;
pub(super) mod tag;
pub(super) mod tag_index;
pub(super) mod print;
pub(super) mod redirect;
pub(super) mod retired;
pub(super) mod not_found;
