//! Opens an address in the author's browser, without waiting for it.

use std::process::{Command, Stdio};

/// Opens an address; if that fails, it has been printed anyway.
pub(super) fn open(address: &str) {
    let named = std::env::var("BROWSER").ok().filter(|browser| !browser.is_empty());
    let (program, before): (String, &[&str]) = match named {
        Some(browser) => (browser, &[]),
        None if cfg!(target_os = "macos") => ("open".into(), &[]),
        None if cfg!(windows) => ("cmd".into(), &["/C", "start", ""]),
        None => ("xdg-open".into(), &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        // Whoever is not waited for stays in the process table.
        std::thread::spawn(move || child.wait());
    }
}
