//! A body of knowledge, frozen: all pages together with their addresses, order, sections, tags, lists and links.
//! A *library* holds its *editions* (one language each, or one version), which are published together. Nearly all code
//! knows one edition only. Assembling cannot fail and reads nothing.

pub mod address;
mod addresses;
mod anchors;
pub mod assessment;
pub mod book;
pub mod catalog;
pub mod category;
mod catalog_pages;
mod circle;
mod clashes;
mod columns;
mod counterparts;
pub mod data;
mod edit;
mod edition;
mod effort;
mod entrance;
mod files_for_programs;
pub mod find;
mod found_out;
mod front_page;
mod incoming;
mod kebab;
mod languages;
mod leading_on;
mod library;
pub mod link;
mod linked;
mod long_pages;
mod look;
mod menu;
mod moved;
mod naming;
mod numbering;
mod order;
pub mod written_order;
mod publish;
mod published;
pub mod query;
mod query_columns;
mod reading;
mod register;
mod related;
mod relation;
mod relations;
pub mod steps;
pub mod tag;
pub mod tree;

pub use addresses::{SiteAddresses, is_of_note};
pub use anchors::{component_anchor, component_anchors, heading_anchor};
pub use book::{BookFile, Books};
pub use catalog::{Catalog, CatalogEntry, Catalogs, EntryId};
pub use category::Category;
pub use columns::TableColumn;
pub use edition::{Edition, Ingredients};
pub use effort::{Clock, Effort, Task};
pub use languages::{PlaceKeys, place as place_in_language};
pub use leading_on::{LEADS_ON, WayOn};
pub use library::{EditionId, Library, PageOf};
pub use link::{BookPlace, Place, Problem, Resolution};
pub use menu::MenuEntry;
pub use moved::MovedAnchors;
pub use naming::PageNames;
pub use numbering::Numbering;
pub use order::{IndexLetter, Order};
pub use publish::address_by_path;
pub use published::{Borrowed, LongPage, PageId, Published, Redirect, Retired, StandIn};
pub use related::binary_logarithm;
pub use relation::{
    InverseEnd, OriginalRelations, Other, Relation, RelationEnd, RelationPlace, RelationSide, Relations,
};
pub use tag::{TagPage, Vocabulary};
pub use tree::{GeneratedIndex, Indexed, LeadsTo, SidebarNode};
