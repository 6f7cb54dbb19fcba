//! Any text as a page: `cargo +nightly fuzz run page_parse -- -max_total_time=600`.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/all/invariants/mod.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::check(text));
