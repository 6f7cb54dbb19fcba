//! Several files changed as one: renamed, rewritten, begun. All that is to come is written down first, so that a change
//! which was cut off goes on or goes back, whatever was done of it already, and the last one can be taken back.
//! Knows files and folders, not what they mean.

mod disk;
mod journal;
mod run;

pub use disk::{is_one_file, is_there};
pub use journal::{ChangeStanding, Journal, Rename, TextChange};
pub use run::Transaction;
