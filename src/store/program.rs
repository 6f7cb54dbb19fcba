//! Which program this is, for what depends on all that it does.

use std::time::UNIX_EPOCH;

/// What this program is: its version, and when it was built where that can be told, since what
/// it makes of the same sources may be other than what another one did.
pub fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok();
    let built = file.as_ref().and_then(|file| file.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    format!("{} {:?} {built:?}", env!("CARGO_PKG_VERSION"), file.map(|file| file.len()))
}
