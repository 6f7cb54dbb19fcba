//! Hostile sites where only safe HTML is let through: `cargo +nightly fuzz run safe_mode -- -max_len=8192`.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/all/hostile/mod.rs"]
mod hostile;

use hostile::{Judge, Project};

thread_local! {
    static JUDGE: RefCell<Judge> = RefCell::new(Judge::new());
}

fuzz_target!(|bytes: &[u8]| {
    let project = Project::of_bytes(bytes);
    let faults = JUDGE.with_borrow_mut(|judge| judge.faults(&project));
    assert!(faults.is_empty(), "{faults:#?}\n{}", project.shown());
});
