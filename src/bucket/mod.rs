//! A place in an object store (S3 and what speaks it, Google Cloud Storage, Azure). Who may read and write there, the
//! environment says, in the words of each store's own tools.
//!
//! ```text
//! http, profile ← place ← shared     how it is spoken to and who we are, where objects lie, what several machines keep there
//! ```

mod http;
mod profile;
pub mod place;
pub mod shared;
