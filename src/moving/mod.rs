//! What a move does to a project besides the move itself: which references are to be written otherwise, and where old
//! addresses lead. The site is looked at from both sides; whatever led to something leads there afterwards, written in the
//! way in which it was. Gives edits and changes nothing; whoever moves asks for them.
//!
//! ```text
//! section; paths, things ← moved ← encoding, spelling ← rewriting, names, queries ← sheets ← pages, settings ← addresses, heading, folders
//! ```

mod section;
mod paths;
mod things;
mod moved;
mod encoding;
mod spelling;
mod rewriting;
mod names;
mod pages;
mod settings;
mod addresses;
mod heading;
mod queries;
mod sheets;
mod folders;

pub use addresses::MovedAddress;
pub use folders::{FolderMove, folder_names};
pub use heading::{is_id, with_id};
pub use moved::{HeadingMove, Move, TagMove, TextMove};
pub use paths::PathMoves;
pub use rewriting::{LeftReference, Rewriting};
pub use section::{PageSection, Uncut, place_behind, put_in};
pub use settings::is_sheet;

use crate::source::Source;
use moved::MovedSite;

/// What is to be written otherwise, in the texts as they are after the move.
pub fn rewriting(of: Move<'_>, sources: &[Source], configuration: Option<&Source>) -> Rewriting {
    let site = MovedSite::of(of);
    let mut out = Rewriting::default();
    pages::follow(&site, &mut out);
    settings::follow(&site, sources, configuration, &mut out);
    out.settle();
    out
}

/// Old addresses, and where each leads after the move.
pub fn addresses(of: Move<'_>) -> Vec<MovedAddress> {
    addresses::moved(&MovedSite::of(of))
}
