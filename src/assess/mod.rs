//! What readers answered: result files read with distrust and written in one form only, what answers add up to, many of them
//! merged into a benchmark that tells of no one, and what another edition of the model does to answers. What is asked,
//! `site::assessment` says. No file is touched here.
//!
//! ```text
//! strict_json ← result ← read
//!               result ← matching ← standing ← difference
//!               benchmark ← groups ← threshold ← merge
//! ```

mod benchmark;
mod difference;
mod groups;
mod matching;
mod merge;
mod read;
mod result;
mod schema;
mod standing;
mod strict_json;
mod threshold;

pub use benchmark::{Benchmark, Cell, CellNumbers, read_benchmark};
pub use difference::{Fate, FateOfAnswer, ItemChange, ModelDifference, Moved, StepChange, StepKind, difference, fates};
pub use matching::{Settled, settle};
pub use merge::{MergeWanted, Merged, NamedText, merge};
pub use read::{MOST_BYTES, ResultFile, read};
pub use result::{AssessmentResult, FORMAT, ItemAnswer, ModelName, checksum};
pub use schema::{benchmark_schema, result_schema};
pub use standing::{LevelReached, Score, Tally, TargetGap};
