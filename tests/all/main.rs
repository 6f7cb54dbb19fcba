//! All that is tried through the program or the library as others use it, but `../cases.rs`: in one program, since
//! linking one for each file took longer than running most of them.
//! `cargo test --test all diff::` runs what one file holds.

mod architecture;
mod assembled;
mod assess;
mod build_again;
mod chinese;
mod command_line;
mod commonmark;
mod config;
mod diff;
mod docs;
mod edits;
mod english;
mod external;
mod findings;
mod framework;
mod gfm;
mod handbook;
mod history;
mod hostile;
mod init;
mod invariants;
mod languages;
mod ledger;
mod link_checkers;
mod moving;
mod naughty;
mod new;
mod pictures;
mod po;
mod program;
mod properties;
mod publishing;
mod queries;
mod queries_osr;
mod reading;
mod revisions;
mod safe_mode;
mod serve;
mod serve_begin;
mod serve_equals_build;
mod serve_hostile;
mod served;
mod source_code;
mod translations;
