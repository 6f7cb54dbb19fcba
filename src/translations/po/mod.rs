//! Translations for those who work with gettext.
mod align;
mod catalogue;
mod segments;
