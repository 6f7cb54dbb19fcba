//! The JSON schemas of result files and of benchmarks, written by hand: both are formats that others write and read, and
//! nothing that happens to a type here may change them unseen.

use serde_json::Value;

/// The schema of a result file.
pub fn result_schema() -> Value {
    read(include_str!("schema/assessment.json"))
}

/// The schema of a benchmark.
pub fn benchmark_schema() -> Value {
    read(include_str!("schema/benchmark.json"))
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_json() {
        assert_eq!(result_schema()["properties"]["format"]["const"], super::super::FORMAT);
        assert_eq!(benchmark_schema()["properties"]["format"]["const"], "bokworm-benchmark/1");
    }
}
