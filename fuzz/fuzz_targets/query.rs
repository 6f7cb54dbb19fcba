//! Any text as a query: `cargo +nightly fuzz run query -- -max_total_time=600`. It is read, or told where it is wrong;
//! what is read and written anew reads as the same.

#![no_main]

use bokworm::query::{Expression, Grouping, SortBy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = (SortBy::read_all(text), Grouping::read(text));
    match Expression::read(text) {
        Err(fault) => {
            assert!(text.get(fault.span.start..fault.span.end).is_some(), "{fault:?}");
            assert!(!fault.message.is_empty() && !fault.help.is_empty(), "{fault:?}");
        }
        Ok(None) => assert!(text.trim().is_empty()),
        Ok(Some(read)) => {
            let written = read.to_string();
            let again = Expression::read(&written).expect("it reads again").expect("it asks for something");
            assert_eq!(again.to_string(), written);
            assert_eq!(again.terms().len(), read.terms().len());
        }
    }
});
